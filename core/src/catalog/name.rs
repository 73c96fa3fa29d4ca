//! What the catalog keeps about one spelling of one name.
//!
//! In: a name as the caller wrote it. Out: its hashes, word by word, and one number of flags that tell how strictly
//! a surface must agree with it. Two names are one key when their folded words are the same; case, accents and what
//! stands between the words are checked against the spelling afterwards.

use super::gap::{NONE, SPACE};
use super::letter::{ALPHABETIC, LOWER, Letter, UPPER};
use super::word::{CAPITAL, Word, Words, extend_hash};
use std::borrow::Cow;

/// The next row is another spelling of the same key.
pub(crate) const MORE: u32 = 1;
/// Every owner lists the name as weak.
pub(crate) const WEAK: u32 = 1 << 1;
/// At most [`SHORT_LETTERS`] letters: case must agree.
pub(crate) const SHORT: u32 = 1 << 2;
/// Capital letters and no small ones.
pub(crate) const ALL_CAPITALS: u32 = 1 << 3;
/// At least one capital letter.
pub(crate) const HAS_CAPITAL: u32 = 1 << 4;
/// Nothing but [`NONE`] and [`SPACE`] stands between its words.
pub(crate) const PLAIN: u32 = 1 << 5;
/// Its folded words are those of the row before, not only their hash.
pub(crate) const SAME_WORDS: u32 = 1 << 6;
const KINDS_SHIFT: u32 = 8;
const CAPITALS_SHIFT: u32 = 16;
const LEAD_SHIFT: u32 = 24;
const TRAIL_SHIFT: u32 = 28;
/// Longest punctuation kept before the first and after the last word of a name, in bytes.
const MAX_EDGE: usize = 15;

/// Spellings of one key that are told apart.
pub(crate) const MAX_SPELLINGS: u32 = 32;
/// Names of up to so many letters must agree in case: longest that common English words and abbreviations share
/// (US, us; WHO, who; CARE, care).
pub(crate) const SHORT_LETTERS: usize = 4;

/// The flags of one spelling.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Flags(pub(crate) u32);

impl Flags {
    pub(crate) fn has(self, flag: u32) -> bool {
        self.0 & flag != 0
    }

    /// The kinds of its owners, one bit each.
    pub(crate) fn kinds(self) -> u8 {
        (self.0 >> KINDS_SHIFT) as u8
    }

    pub(crate) fn with_kinds(self, kinds: u8) -> Flags {
        Flags(self.0 | u32::from(kinds) << KINDS_SHIFT)
    }

    /// The same spelling with other owners: their kinds, and whether all of them list it as weak.
    pub(crate) fn owned_by(self, kinds: u8, weak: bool) -> Flags {
        let flags = self.0 & !(0xFF << KINDS_SHIFT | WEAK);
        Flags(flags | if weak { WEAK } else { 0 }).with_kinds(kinds)
    }

    /// Which of the first eight words begin with a capital.
    pub(crate) fn capitals(self) -> u8 {
        (self.0 >> CAPITALS_SHIFT) as u8
    }

    /// Whether it is the only spelling of its key and has no bytes before its first word and after its last.
    #[inline]
    pub(crate) fn is_simple(self) -> bool {
        self.0 & (MORE | 0xFF << LEAD_SHIFT) == 0
    }

    /// Whether there are bytes before the first word or after the last.
    #[inline]
    pub(crate) fn has_ends(self) -> bool {
        self.0 >> LEAD_SHIFT != 0
    }

    /// Bytes before the first word.
    pub(crate) fn lead(self) -> usize {
        (self.0 >> LEAD_SHIFT & 0xF) as usize
    }

    /// Bytes after the last word.
    pub(crate) fn trail(self) -> usize {
        (self.0 >> TRAIL_SHIFT) as usize
    }
}

/// Which of the first eight words begin with a capital.
pub(crate) fn capital_mask(words: &[Word]) -> u8 {
    words
        .iter()
        .take(8)
        .enumerate()
        .map(|(i, word)| (word.flags & CAPITAL) << i)
        .fold(0, |mask, bit| mask | bit)
}

/// One spelling, ready to be stored.
pub(crate) struct NormalName<'n> {
    /// Without punctuation that is no part of it.
    pub(crate) surface: &'n str,
    /// Where that begins in the name.
    pub(crate) start: u32,
    pub(crate) hash: u64,
    pub(crate) flags: Flags,
}

/// Reads a name, trimmed and with single spaces, into `words` and returns what is stored about it; `None` when it has no
/// letter and no digit.
pub(crate) fn normalize<'n>(name: &'n str, words: &mut Vec<Word>) -> Option<NormalName<'n>> {
    let mut surface = name;
    words.clear();
    Words::new(name).fill(words, usize::MAX);
    let (first, last) = (*words.first()?, *words.last()?);
    let (mut start, mut lead, mut trail) = (0, first.start as usize, name.len() - last.end as usize);
    if lead > MAX_EDGE || trail > MAX_EDGE {
        // Punctuation without end is no part of a name.
        surface = &name[first.start as usize..last.end as usize];
        for word in words.iter_mut() {
            word.start -= first.start;
            word.end -= first.start;
        }
        (start, lead, trail) = (first.start, 0, 0);
    }
    let hash = words[1..].iter().fold(words[0].hash, |hash, word| extend_hash(hash, word.hash));
    let (letters, upper, lower) = letters(surface);
    let mut flags = u32::from(capital_mask(words)) << CAPITALS_SHIFT
        | (lead as u32) << LEAD_SHIFT
        | (trail as u32) << TRAIL_SHIFT;
    if letters <= SHORT_LETTERS {
        flags |= SHORT;
    }
    if upper {
        flags |= HAS_CAPITAL | if lower { 0 } else { ALL_CAPITALS };
    }
    if words[1..].iter().all(|word| matches!(word.gap, NONE | SPACE)) {
        flags |= PLAIN;
    }
    Some(NormalName { surface, start, hash, flags: Flags(flags) })
}

/// Whether it can be told at a glance that [`normalize`] takes a name and finds at most so many words in it.
pub(crate) fn is_plainly_a_name(name: &str, words: usize) -> bool {
    name.len() <= words && name.chars().next().is_some_and(|c| Letter::of(c).is_plain_letter())
}

/// How many letters there are, counted to one more than [`SHORT_LETTERS`], and whether there are capital and small ones.
fn letters(surface: &str) -> (usize, bool, bool) {
    let (mut letters, mut upper, mut lower) = (0, false, false);
    if surface.is_ascii() {
        for &byte in surface.as_bytes() {
            let (is_upper, is_lower) = (byte.wrapping_sub(b'A') < 26, byte.wrapping_sub(b'a') < 26);
            upper |= is_upper;
            lower |= is_lower;
            letters += usize::from(is_upper | is_lower);
        }
        return (letters.min(SHORT_LETTERS + 1), upper, lower);
    }
    for c in surface.chars() {
        let letter = Letter::of(c);
        upper |= letter.is(UPPER);
        lower |= letter.is(LOWER);
        letters += usize::from(letters <= SHORT_LETTERS && letter.is(ALPHABETIC));
    }
    (letters, upper, lower)
}

/// The folded words of a name, one after the other.
pub(crate) fn folded_words(name: &str) -> Vec<String> {
    let mut reader = Words::new(name);
    let mut words: Vec<Word> = Vec::new();
    reader.fill(&mut words, usize::MAX);
    words.iter().map(|word| reader.folded(word).to_owned()).collect()
}

/// The name trimmed, with single spaces.
pub(crate) fn single_spaces(name: &str) -> Cow<'_, str> {
    let name = name.trim();
    let bytes = name.as_bytes();
    let (mut controls, mut doubles, mut beyond) = (false, false, false);
    for &byte in bytes {
        controls |= (byte < b' ') | (byte == 0x7F);
        // The first bytes of white space beyond ASCII.
        beyond |= matches!(byte, 0xC2 | 0xE1..=0xE3);
    }
    for (one, two) in bytes.iter().zip(bytes.iter().skip(1)) {
        doubles |= (*one == b' ') & (*two == b' ');
    }
    let tidy =
        !controls && !doubles && (!beyond || !name.contains(|c: char| !c.is_ascii() && c.is_whitespace()));
    if tidy {
        return Cow::Borrowed(name);
    }
    let mut out = String::with_capacity(name.len());
    for part in name.split(char::is_whitespace).filter(|part| !part.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(part);
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_plain_letter_is_a_name() {
        let plain = |c: &char| is_plainly_a_name(&c.to_string(), 64);
        for c in (0..=0x10_FFFF).filter_map(char::from_u32).filter(plain) {
            for name in [c.to_string(), format!("{c}\u{301}"), format!("{c}\u{FC5E} \u{AD}")] {
                assert!(normalize(&single_spaces(&name), &mut Vec::new()).is_some(), "{c:?}");
            }
        }
        assert!(['a', 'Z', '7', 'é', 'Ж', '中', '한', 'ش'].iter().all(plain));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn what_is_told_at_a_glance_is_so(name in "\\PC{0,24}|[a-zé\u{301}\u{AD}\u{115F}ﹶ '.]{0,24}") {
            let (name, mut words) = (single_spaces(&name), Vec::new());
            if is_plainly_a_name(&name, 12) {
                prop_assert!(normalize(&name, &mut words).is_some());
                prop_assert!(words.len() <= 12);
            }
        }
    }
}
