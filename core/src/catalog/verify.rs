//! Whether a surface whose folded words are those of a name may stand for it.
//!
//! In: words of a text and the spellings of one key. Out: which spellings agree in letters, in case and in what
//! stands between the words, and the exact span. Both ways of looking names up end here, so that they cannot differ.

use super::found::Found;
use super::gap::{NONE, SPACE, gaps_agree, is_break};
use super::name::{
    ALL_CAPITALS, Flags, HAS_CAPITAL, MAX_SPELLINGS, MORE, PLAIN, SAME_WORDS, SHORT, WEAK, capital_mask,
};
use super::options::CaseMatching;
use super::piece::{BEFORE, compare};
use super::view::{OWNER_LIST, View};
use super::word::{CAPITAL, Word, Words, is_apostrophe};
use crate::span::ByteSpan;

/// Lines longer than this count as mixed in case, so that reading them never dominates.
pub(crate) const LONGEST_LINE: usize = 4096;

/// What agreed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Verified {
    pub(crate) span: ByteSpan,
    pub(crate) spellings: u32,
    pub(crate) found: Found,
    pub(crate) weak: bool,
    /// The one owner of a name that has a single spelling, as [`View::lone`] tells; [`OWNER_LIST`] when another has to be
    /// asked.
    pub(crate) lone: u32,
    /// The same letters agree with the names wherever they stand: what was compared is one word.
    pub(crate) lasting: bool,
}

/// Checks surfaces of one text.
pub(crate) struct Verifier<'t> {
    text: &'t str,
    case: CaseMatching,
    kinds: u8,
    line: LineCase,
    /// Comparisons of short words, as texts repeat them.
    remembered: Vec<Remembered>,
}

/// What the letters of a short word tell of all spellings of a key.
#[derive(Clone, Copy, Default)]
pub(crate) struct Remembered {
    /// The word without its ending, the place of the catalog in memory, the row in it, and the bytes of the word.
    key: (u128, usize, u32, u32),
    spellings: Option<Spellings>,
}

/// Spellings of a key, one bit each.
#[derive(Clone, Copy, Default)]
struct Spellings {
    /// Their letters agree with those of the word, and their kinds are wanted.
    agree: u32,
    /// They are the word.
    equal: u32,
    /// Every owner lists them as weak.
    weak: u32,
}

/// Bytes of a word that is remembered.
const SHORT_WORD: usize = 16;
/// Comparisons that are remembered.
const REMEMBERED: usize = 256;

#[derive(Clone, Copy, Default)]
struct LineCase {
    start: usize,
    end: usize,
    upper: bool,
    lower: bool,
}

impl<'t> Verifier<'t> {
    /// With the memory that another gave back.
    pub(crate) fn new(text: &'t str, case: CaseMatching, kinds: u8, mut remembered: Vec<Remembered>) -> Self {
        remembered.clear();
        Verifier { text, case, kinds, line: LineCase::default(), remembered }
    }

    /// Gives its memory back.
    pub(crate) fn forget(&mut self) -> Vec<Remembered> {
        std::mem::take(&mut self.remembered)
    }

    /// Checks words against the spellings from row `first` on; `possessive` when the last word counts without its
    /// ending.
    #[inline]
    pub(crate) fn check(
        &mut self,
        view: &View<'_>,
        first: u32,
        words: &[Word],
        possessive: bool,
    ) -> Option<Verified> {
        let (head, tail) = (words.first()?, words.last()?);
        let (start, end) = (head.start as usize, tail.end as usize);
        // Most names have one spelling, without punctuation at its ends, that the surface is but for case.
        let (place, flags, owner) = view.row_numbers(first)?;
        let length = end.wrapping_sub(start);
        if !possessive && flags.is_simple() && place.len() == length && flags.kinds() & self.kinds != 0 {
            let (same, equal) = compare(view.text, place.start, self.text.as_bytes(), start, length);
            if same {
                let agrees = equal
                    || self.case == CaseMatching::Ignore
                    || self.case_agrees(view.text.get(place)?, flags, words, &self.text[start..end]);
                return agrees.then(|| Verified {
                    span: ByteSpan::new(start, end),
                    spellings: 1,
                    found: if equal { Found::Exact } else { Found::Folded },
                    weak: flags.has(WEAK),
                    lone: owner,
                    lasting: words.len() == 1 && (equal || self.case_lasts(flags, words)),
                });
            }
        }
        let (core_end, span_end) = ends(tail, possessive);
        match self.remembered(view, first, words, (start, core_end)) {
            Some(known) => self.check_known(view, first, words, (start, core_end, span_end), known),
            None => self.check_slowly(view, first, words, possessive),
        }
    }

    /// What the letters tell of a short word of the text, kept for when it comes again; `None` when they do not tell all.
    #[inline]
    fn remembered(
        &mut self,
        view: &View<'_>,
        row: u32,
        words: &[Word],
        (start, end): (usize, usize),
    ) -> Option<Spellings> {
        let [word] = words else { return None };
        let length = end.checked_sub(start)?;
        let keep = BEFORE.get(length).filter(|_| length <= SHORT_WORD)?;
        let bytes = self.text.as_bytes();
        let core = match bytes.get(start..).and_then(|rest| rest.first_chunk()) {
            Some(chunk) => u128::from_ne_bytes(*chunk) & u128::from_ne_bytes(*keep),
            None => {
                let mut padded = [0; SHORT_WORD];
                padded[..length].copy_from_slice(bytes.get(start..end)?);
                u128::from_ne_bytes(padded)
            }
        };
        let key = (core, view.rows.as_ptr() as usize, row, length as u32);
        if self.remembered.is_empty() {
            self.remembered.resize(REMEMBERED, Remembered::default());
        }
        let place = (word.hash ^ u64::from(row)) as usize % REMEMBERED;
        if self.remembered[place].key != key {
            let spellings = self.read_spellings(view, row, words, (start, end));
            self.remembered[place] = Remembered { key, spellings };
        }
        self.remembered[place].spellings
    }

    /// Compares a word with all spellings of a key; `None` when one has punctuation at its ends.
    #[inline(never)]
    fn read_spellings(
        &self,
        view: &View<'_>,
        first: u32,
        words: &[Word],
        (start, end): (usize, usize),
    ) -> Option<Spellings> {
        let core = &self.text[start..end];
        let mut all = Spellings::default();
        let mut known = false;
        for spelling in 0..MAX_SPELLINGS {
            let Some((name, flags)) = view.row(first + spelling) else { break };
            if flags.has_ends() {
                return None;
            }
            let bit = 1 << spelling;
            let equal = name == core.as_bytes();
            known &= flags.has(SAME_WORDS);
            known |= equal
                || (known && flags.has(PLAIN))
                || name.eq_ignore_ascii_case(core.as_bytes())
                || careful_letters(name, flags, words, core);
            if known && flags.kinds() & self.kinds != 0 {
                all.agree |= bit;
                all.equal |= if equal { bit } else { 0 };
                all.weak |= if flags.has(WEAK) { bit } else { 0 };
            }
            if !flags.has(MORE) {
                break;
            }
        }
        Some(all)
    }

    /// Which of the spellings whose letters agree do so in case.
    #[inline]
    fn check_known(
        &mut self,
        view: &View<'_>,
        first: u32,
        words: &[Word],
        (start, core_end, span_end): (usize, usize, usize),
        known: Spellings,
    ) -> Option<Verified> {
        let mut spellings = known.agree;
        let mut lasting = core_end == words[0].end as usize;
        if self.case != CaseMatching::Ignore {
            let mut asked = known.agree & !known.equal;
            while asked != 0 {
                let spelling = asked.trailing_zeros();
                asked &= asked - 1;
                let (name, flags) = view.row(first + spelling)?;
                lasting &= self.case_lasts(flags, words);
                if !self.case_agrees(name, flags, words, &self.text[start..core_end]) {
                    spellings &= !(1 << spelling);
                }
            }
        }
        let exact = spellings & known.equal != 0 && core_end == span_end;
        // Without `'s` the rest of the word is a bare `s`.
        let bare = core_end != words[0].end as usize && words[0].tail == 0;
        (spellings != 0).then(|| Verified {
            lasting,
            span: ByteSpan::new(start, span_end),
            spellings,
            found: if exact { Found::Exact } else { Found::Folded },
            weak: bare || spellings & !known.weak == 0,
            lone: OWNER_LIST,
        })
    }

    /// The same, whatever the spellings.
    #[inline(never)]
    fn check_slowly(
        &mut self,
        view: &View<'_>,
        first: u32,
        words: &[Word],
        possessive: bool,
    ) -> Option<Verified> {
        let (head, tail) = (words.first()?, words.last()?);
        let start = head.start as usize;
        let (core_end, span_end) = ends(tail, possessive);
        let core = &self.text[start..core_end];
        let bare = possessive && tail.tail == 0;
        let mut verified: Option<Verified> = None;
        let plain = words[1..].iter().all(|word| matches!(word.gap, NONE | SPACE));
        // Whether the row before has the surface's words; rows that share them need no comparison of their own.
        let mut known = false;
        for spelling in 0..MAX_SPELLINGS {
            let Some((place, flags)) = view.row_place(first + spelling) else { break };
            let Some(name) = view.text.get(place.clone()) else { break };
            if flags.kinds() & self.kinds == 0 && !flags.has(MORE) {
                break;
            }
            known &= flags.has(SAME_WORDS);
            let settled = known && plain && flags.has(PLAIN);
            let bare_ends = !flags.has_ends();
            let (same, equal) = if bare_ends && name.len() == core.len() {
                compare(view.text, place.start, self.text.as_bytes(), start, name.len())
            } else {
                let inner = inner(name, flags);
                (inner.eq_ignore_ascii_case(core.as_bytes()), inner == core.as_bytes())
            };
            let letters = same || settled || careful_letters(inner(name, flags), flags, words, core);
            known |= letters;
            if letters
                && (flags.kinds() & self.kinds) != 0
                && (equal || self.case_agrees(name, flags, words, core))
            {
                let span = if possessive || bare_ends {
                    ByteSpan::new(start, span_end)
                } else {
                    widen(self.text, name, flags, start, span_end)
                };
                let exact = if bare_ends {
                    equal && span_end == core_end
                } else {
                    span.slice(self.text).as_bytes() == name
                };
                let weak = flags.has(WEAK) || (bare && words.len() == 1);
                let found = if exact { Found::Exact } else { Found::Folded };
                let this = Verified {
                    span,
                    spellings: 1 << spelling,
                    found,
                    weak,
                    lone: OWNER_LIST,
                    lasting: false,
                };
                verified = Some(verified.map_or(this, |before| Verified {
                    span: before.span.join(span),
                    spellings: before.spellings | this.spellings,
                    found: before.found.min(found),
                    weak: before.weak && weak,
                    ..this
                }));
            }
            if !flags.has(MORE) {
                break;
            }
        }
        verified
    }

    /// Whether a word whose letters agree with a name does so in case, whatever stands around it.
    #[inline]
    fn case_lasts(&self, flags: Flags, words: &[Word]) -> bool {
        let asked = flags.capitals();
        self.case == CaseMatching::Ignore
            || (self.case == CaseMatching::Smart
                && flags.has(HAS_CAPITAL)
                && !flags.has(SHORT)
                && words[0].flags & CAPITAL != 0
                && asked != 0
                && asked & !capital_mask(words) == 0)
    }

    #[inline]
    fn case_agrees(&mut self, name: &[u8], flags: Flags, words: &[Word], core: &str) -> bool {
        if self.case == CaseMatching::Ignore {
            return true;
        }
        let inner = inner(name, flags);
        if self.case == CaseMatching::Exact {
            return same_case(inner, core);
        }
        let start = words[0].start as usize;
        // The filter for small beginnings relies on this rule.
        if flags.capitals() & 1 != 0 && words[0].flags & CAPITAL == 0 && self.line_at(start).upper {
            return false;
        }
        if !flags.has(HAS_CAPITAL) {
            // who, iota: any case, but a short one not in capitals (WHO) unless the whole line is.
            return !flags.has(SHORT) || !all_capitals(core) || !self.line_at(start).lower;
        }
        if flags.has(SHORT) {
            if same_case(inner, core) {
                return true;
            }
            if all_capitals(core) {
                return !self.line_at(start).lower;
            }
            // Nato for NATO, where no sentence begins: a capital there is the name's own.
            return flags.has(ALL_CAPITALS)
                && words.len() == 1
                && core.chars().filter(|c| c.is_alphabetic()).count() == super::name::SHORT_LETTERS
                && words[0].flags & CAPITAL != 0
                && !core.chars().skip(1).any(char::is_uppercase)
                && !starts_sentence(&self.text[..start]);
        }
        let (asked, given) = (flags.capitals(), capital_mask(words));
        let enough = if asked == 0 { core.chars().any(char::is_uppercase) } else { asked & !given == 0 };
        enough || !self.line_at(start).upper
    }

    /// Whether a word without a capital at a place can only belong to a name that begins with a small letter, and up to
    /// where that holds.
    #[inline]
    pub(crate) fn small_until(&mut self, at: u32) -> (u32, bool) {
        if self.case != CaseMatching::Smart {
            return (u32::MAX, false);
        }
        let line = self.line_at(at as usize);
        (line.end as u32, line.upper)
    }

    #[inline]
    fn line_at(&mut self, at: usize) -> LineCase {
        if at >= self.line.start && at < self.line.end { self.line } else { self.read_line(at) }
    }

    fn read_line(&mut self, at: usize) -> LineCase {
        let bytes = self.text.as_bytes();
        let floor = at.saturating_sub(LONGEST_LINE);
        let ceiling = (at + LONGEST_LINE + 1).min(bytes.len());
        let start = memchr::memrchr2(b'\n', b'\r', &bytes[floor..at]).map(|i| floor + i + 1);
        let end = memchr::memchr2(b'\n', b'\r', &bytes[at..ceiling]).map(|i| at + i);
        let start = if floor == 0 { Some(start.unwrap_or(0)) } else { start };
        let end = if ceiling == bytes.len() { Some(end.unwrap_or(ceiling)) } else { end };
        self.line = match (start, end) {
            (Some(start), Some(end)) if end - start <= LONGEST_LINE => {
                let line = &self.text[start..end];
                LineCase {
                    start,
                    end,
                    upper: line.chars().any(char::is_uppercase),
                    lower: line.chars().any(char::is_lowercase),
                }
            }
            _ => LineCase { start: at, end: end.unwrap_or(ceiling), upper: true, lower: true },
        };
        self.line
    }
}

/// Where the letters of a surface and its span end.
#[inline]
fn ends(last: &Word, possessive: bool) -> (usize, usize) {
    let end = last.end as usize;
    match (possessive, usize::from(last.tail)) {
        (false, _) => (end, end),
        (true, 0) => (end - 1, end),
        (true, bytes) => (end - bytes, end - bytes),
    }
}

/// A name without the punctuation at its ends.
#[inline]
fn inner(name: &[u8], flags: Flags) -> &[u8] {
    name.get(flags.lead()..name.len().saturating_sub(flags.trail())).unwrap_or_default()
}

/// The careful comparison of folded words, then of what stands between them.
#[cold]
#[inline(never)]
fn careful_letters(inner: &[u8], flags: Flags, words: &[Word], core: &str) -> bool {
    let Ok(inner) = std::str::from_utf8(inner) else { return false };
    let mut name_words = Words::new(inner);
    let mut text_words = Words::new(core);
    let (mut last_name, mut last_text) = (0, 0);
    for (i, word) in words.iter().enumerate() {
        let (Some(ours), Some(theirs)) = (name_words.next(), text_words.next()) else { return false };
        if name_words.folded(&ours) != text_words.folded(&theirs) {
            return false;
        }
        if i > 0 {
            let name_gap = &inner[last_name..ours.start as usize];
            let text_gap = &core[last_text..theirs.start as usize];
            let before = &words[i - 1];
            let plain = flags.has(PLAIN) && matches!(word.gap, NONE | SPACE);
            if !plain && !gaps_agree((ours.gap, name_gap), (theirs.gap, text_gap), before) {
                return false;
            }
        }
        (last_name, last_text) = (ours.end as usize, theirs.end as usize);
    }
    name_words.next().is_none() && text_words.next().is_none()
}

/// Takes in the punctuation that the name itself begins and ends with, where the text has it.
pub(crate) fn widen(text: &str, name: &[u8], flags: Flags, start: usize, end: usize) -> ByteSpan {
    let (lead, trail) = (flags.lead(), flags.trail());
    let bytes = text.as_bytes();
    let mut span = ByteSpan::new(start, end);
    // The name may come from a damaged file: its ends need not be where the flags say, nor whole characters.
    let head = name.get(..lead).unwrap_or_default();
    let tail = name.len().checked_sub(trail).and_then(|at| name.get(at..)).unwrap_or_default();
    if !head.is_empty() && bytes[..start].ends_with(head) && text.is_char_boundary(start - head.len()) {
        span.start -= head.len() as u32;
    }
    if !tail.is_empty() && bytes[end..].starts_with(tail) && text.is_char_boundary(end + tail.len()) {
        span.end += tail.len() as u32;
    }
    span
}

fn same_case(inner: &[u8], core: &str) -> bool {
    if inner.len() == core.len() && inner.is_ascii() && core.is_ascii() {
        let case = |byte: u8| (byte.is_ascii_uppercase(), byte.is_ascii_lowercase());
        // Letters at the same places, as most surfaces have them.
        if inner.iter().zip(core.as_bytes()).all(|(&a, &b)| a | 0x20 == b | 0x20) {
            return inner.iter().zip(core.as_bytes()).all(|(&a, &b)| case(a) == case(b));
        }
    }
    let Ok(inner) = std::str::from_utf8(inner) else { return false };
    fn cases(text: &str) -> impl Iterator<Item = bool> {
        text.chars().filter(|c| c.is_uppercase() || c.is_lowercase()).map(char::is_uppercase)
    }
    cases(inner).eq(cases(core))
}

/// Capitals, at least two, and no small letter.
fn all_capitals(core: &str) -> bool {
    let mut capitals = 0;
    for c in core.chars() {
        if c.is_lowercase() {
            return false;
        }
        capitals += usize::from(c.is_uppercase());
    }
    capitals >= 2
}

/// Whether a sentence or a line begins after `before`.
fn starts_sentence(before: &str) -> bool {
    for c in before.chars().rev().take(8) {
        if is_break(c) || matches!(c, '.' | '!' | '?' | ':' | '…' | '•' | '*') {
            return true;
        }
        if !c.is_whitespace()
            && !is_apostrophe(c)
            && !matches!(c, '"' | '\u{201C}'..='\u{201F}' | '(' | '[' | '-')
        {
            return false;
        }
    }
    before.len() < 8
}
