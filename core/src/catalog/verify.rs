//! Whether a surface whose folded words are those of a name may stand for it.
//!
//! In: words of a text and the spellings of one key. Out: which spellings agree in letters, in case and in what
//! stands between the words, and the exact span. Both ways of looking names up end here, so that they cannot differ.

use super::found::Found;
use super::gap::{DOT, Gap, NONE, OTHER, SPACE, is_break};
use super::name::{
    ALL_CAPITALS, Flags, HAS_CAPITAL, MAX_SPELLINGS, MORE, PLAIN, SAME_WORDS, SHORT, WEAK, capital_mask,
};
use super::options::CaseMatching;
use super::view::View;
use super::word::{CAPITAL, Word, Words, is_apostrophe};
use crate::span::ByteSpan;
use crate::text::fold::fold_into;

/// Words that end in a dot and are no longer than this may be abbreviations inside a name (`St. Petersburg`).
const ABBREVIATION_BYTES: u32 = 4;
/// Lines longer than this count as mixed in case, so that reading them never dominates.
pub(crate) const LONGEST_LINE: usize = 4096;

/// What agreed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Verified {
    pub(crate) span: ByteSpan,
    pub(crate) spellings: u32,
    pub(crate) found: Found,
    pub(crate) weak: bool,
}

/// Checks surfaces of one text.
pub(crate) struct Verifier<'t> {
    text: &'t str,
    case: CaseMatching,
    kinds: u8,
    line: LineCase,
    /// Careful comparisons of single words, as texts repeat them.
    remembered: Vec<Remembered>,
}

/// The result of a careful comparison.
#[derive(Clone, Copy, Default)]
struct Remembered {
    /// The place of the catalog in memory, and the row in it.
    row: (usize, u32),
    /// The surface, and its length.
    core: (u128, usize),
    agrees: bool,
}

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
    pub(crate) fn new(text: &'t str, case: CaseMatching, kinds: u8) -> Self {
        Verifier { text, case, kinds, line: LineCase::default(), remembered: Vec::new() }
    }

    /// Checks words against the spellings from row `first` on; `possessive` when the last word counts without its
    /// ending.
    pub(crate) fn check(
        &mut self,
        view: &View<'_>,
        first: u32,
        words: &[Word],
        possessive: bool,
    ) -> Option<Verified> {
        let (head, tail) = (words.first()?, words.last()?);
        let start = head.start as usize;
        let (core_end, span_end) = match (possessive, tail.tail) {
            (false, _) => (tail.end as usize, tail.end as usize),
            (true, 0) => (tail.end as usize - 1, tail.end as usize),
            (true, bytes) => (tail.end as usize - bytes as usize, tail.end as usize - bytes as usize),
        };
        let core = &self.text[start..core_end];
        // Most names have one spelling, without punctuation at its ends, that the surface is but for case.
        let (place, flags) = view.row_place(first)?;
        if !possessive && flags.is_simple() && place.len() == core.len() && flags.kinds() & self.kinds != 0 {
            let (same, equal) = compare(view.text, place.start, self.text.as_bytes(), start, place.len());
            if same {
                let name = view.text.get(place)?;
                let agrees = equal || self.case_agrees(name, flags, words, core);
                return agrees.then(|| Verified {
                    span: ByteSpan::new(start, span_end),
                    spellings: 1,
                    found: if equal { Found::Exact } else { Found::Folded },
                    weak: flags.has(WEAK),
                });
            }
        }
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
            let letters =
                same || settled || self.letters_agree(view, first + spelling, (name, flags), words, core);
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
                verified = Some(match verified {
                    None => Verified { span, spellings: 1 << spelling, found, weak },
                    Some(before) => Verified {
                        span: before.span.join(span),
                        spellings: before.spellings | 1 << spelling,
                        found: before.found.min(found),
                        weak: before.weak && weak,
                    },
                });
            }
            if !flags.has(MORE) {
                break;
            }
        }
        verified
    }

    /// [`careful_letters`], which costs some microseconds, once for a short word of the text.
    #[cold]
    fn letters_agree(
        &mut self,
        view: &View<'_>,
        row: u32,
        (name, flags): (&[u8], Flags),
        words: &[Word],
        core: &str,
    ) -> bool {
        let mut padded = [0; 16];
        let (1, Some(short)) = (words.len(), padded.get_mut(..core.len())) else {
            return careful_letters(inner(name, flags), flags, words, core);
        };
        short.copy_from_slice(core.as_bytes());
        let core_key = (u128::from_le_bytes(padded), core.len());
        let key = (view.rows.as_ptr() as usize, row);
        self.remembered.resize(REMEMBERED, Remembered::default());
        let place = (words[0].hash ^ u64::from(row)) as usize % REMEMBERED;
        if self.remembered[place].row != key || self.remembered[place].core != core_key {
            let agrees = careful_letters(inner(name, flags), flags, words, core);
            self.remembered[place] = Remembered { row: key, core: core_key, agrees };
        }
        self.remembered[place].agrees
    }

    #[inline]
    fn case_agrees(&mut self, name: &[u8], flags: Flags, words: &[Word], core: &str) -> bool {
        if self.case == CaseMatching::Ignore {
            return true;
        }
        let inner = inner(name, flags);
        match self.case {
            CaseMatching::Ignore => return true,
            CaseMatching::Exact => return same_case(inner, core),
            CaseMatching::Smart => {}
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

/// A name without the punctuation at its ends.
#[inline]
fn inner(name: &[u8], flags: Flags) -> &[u8] {
    name.get(flags.lead()..name.len().saturating_sub(flags.trail())).unwrap_or_default()
}

/// Whether two pieces of one length are the same but for the case of ASCII letters, and whether they are the same.
/// Up to sixteen bytes are compared without a branch that depends on them or on their number.
#[inline]
fn compare(a: &[u8], a_start: usize, b: &[u8], b_start: usize, length: usize) -> (bool, bool) {
    let (a_rest, b_rest) = (a.get(a_start..).unwrap_or_default(), b.get(b_start..).unwrap_or_default());
    if let (1..=16, Some(a), Some(b)) = (length, a_rest.first_chunk(), b_rest.first_chunk()) {
        return differences(a, b, &BEFORE[length & 31]);
    }
    let (Some(a), Some(b)) = (a_rest.get(..length), b_rest.get(..length)) else { return (false, false) };
    let (Some(a_last), Some(b_last)) = (a.last_chunk(), b.last_chunk()) else {
        return (a.eq_ignore_ascii_case(b), a == b);
    };
    let (mut same, mut equal) = differences(a_last, b_last, &BEFORE[16]);
    for (a, b) in a.as_chunks().0.iter().zip(b.as_chunks().0) {
        let (this_same, this_equal) = differences(a, b, &BEFORE[16]);
        same &= this_same;
        equal &= this_equal;
    }
    (same, equal)
}

/// For a number of bytes: which of sixteen come before, all bits each.
const BEFORE: [[u8; 16]; 32] = {
    let mut before = [[0xFF; 16]; 32];
    let mut length = 0;
    while length < 16 {
        let mut at = length;
        while at < 16 {
            before[length][at] = 0;
            at += 1;
        }
        length += 1;
    }
    before
};

/// Whether the bytes that count are the same but for the case of ASCII letters, and whether they are the same.
#[inline]
fn differences(a: &[u8; 16], b: &[u8; 16], counts: &[u8; 16]) -> (bool, bool) {
    let (mut cased, mut exact) = ([0u8; 16], [0u8; 16]);
    for at in 0..16 {
        let other = (a[at] ^ b[at]) & counts[at];
        let letter = (a[at] | 0x20).wrapping_sub(b'a') < 26;
        exact[at] = other;
        cased[at] = other & if letter { !0x20 } else { 0xFF };
    }
    (u128::from_ne_bytes(cased) == 0, u128::from_ne_bytes(exact) == 0)
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

fn gaps_agree(name: (Gap, &str), text: (Gap, &str), before: &Word) -> bool {
    let joins = |gap| matches!(gap, NONE | SPACE);
    match name.0 {
        NONE | SPACE => {
            joins(text.0)
                || (text.0 == DOT
                    && before.flags & CAPITAL != 0
                    && before.end - before.start <= ABBREVIATION_BYTES
                    && text.1.len() > 1)
        }
        OTHER => joins(text.0) || same_gap(name.1, text.1),
        class => joins(text.0) || text.0 == class,
    }
}

fn same_gap(a: &str, b: &str) -> bool {
    let fold = |gap: &str| {
        let mut out = String::new();
        fold_into(gap, &mut out);
        out.retain(|c| !c.is_whitespace());
        out
    };
    fold(a) == fold(b)
}

fn same_case(inner: &[u8], core: &str) -> bool {
    let Ok(inner) = std::str::from_utf8(inner) else { return false };
    let cases = |text: &str| -> Vec<bool> {
        text.chars().filter(|c| c.is_uppercase() || c.is_lowercase()).map(char::is_uppercase).collect()
    };
    cases(inner) == cases(core)
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

#[cfg(test)]
mod tests {
    use super::compare;

    #[test]
    fn pieces_compare_as_their_bytes_do() {
        for (a, b) in (0..=u8::MAX).flat_map(|a| (0..=u8::MAX).map(move |b| (a, b))) {
            // The byte at every place of pieces with and without readable bytes behind them.
            let length = 1 + usize::from(a ^ b) % 24;
            for (place, behind) in [(0, 30), (length - 1, 30), (length / 2, 0)] {
                let (mut left, mut right) =
                    (vec![b'x'; 2 + length + behind], vec![b'X'; 1 + length + behind]);
                (left[2 + place], right[1 + place]) = (a, b);
                right[1 + length..].fill(b'?');
                let (one, other) = (&left[2..2 + length], &right[1..1 + length]);
                let expected = (one.eq_ignore_ascii_case(other), one == other);
                assert_eq!(compare(&left, 2, &right, 1, length), expected, "{one:?} {other:?}");
                assert_eq!(compare(&left, 2, &left, 2, length), (true, true));
            }
        }
    }
}
