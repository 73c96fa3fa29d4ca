//! The words of names and texts as matching sees them, and what stands between them.
//!
//! In: text. Out: [`Word`]s with a hash of their folded form, made in one pass without storing the folded text.
//! A word is a run of letters, digits and marks. Apostrophes between letters are dropped (`O'Brien` equals `OBrien`),
//! and so are the dots of initials (`U.S.` equals `US`). Han, Hiragana and Katakana are one word per character;
//! `& + @ # $ %`, currency signs and emoji are words of their own, `&` the same word as `and`.
//! A word that ends in `'s`, or in a bare `s`, has a second hash without that ending.

use super::gap::{Gap, NONE, gap_class};
use super::letter::{ALPHABETIC, APOSTROPHE, EXTEND, IDEOGRAPH, LETTER, Letter, SYMBOL, UPPER};
use super::scan::{self, BARE, PENDING, bare_stem, gap_between};
use crate::text::fold::{fold_char, is_accent, is_ignorable};
use unicode_normalization::char::is_combining_mark;

/// One word of a text or a name.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Word {
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// Hash of the folded form.
    pub(crate) hash: u64,
    /// Hash of the folded form without a possessive ending; zero when there is none.
    pub(crate) stem: u64,
    /// What stands before the word.
    pub(crate) gap: Gap,
    /// Bytes of `'s` at the end; zero when the possessive is a bare `s`.
    pub(crate) tail: u8,
    pub(crate) flags: u8,
}

/// The word begins with a capital letter.
pub(crate) const CAPITAL: u8 = 1;

/// Longest surface of a word that can belong to a name, in bytes.
pub(crate) const MAX_WORD: usize = 4096;

const K: u64 = 0xA076_1D64_78BD_642F;
const SEED: u64 = 0x9E37_79B9_7F4A_7C15;

/// Multiplies to 128 bits and folds the halves: the mixing step of wyhash.
#[inline]
pub(crate) fn mix(a: u64, b: u64) -> u64 {
    let wide = u128::from(a) * u128::from(b);
    (wide as u64) ^ ((wide >> 64) as u64)
}

/// The hash of a sequence of words from the hash of all but the last and the hash of the last.
#[inline]
pub(crate) fn extend_hash(prefix: u64, word: u64) -> u64 {
    mix(prefix.rotate_left(25) ^ SEED, word ^ K)
}

/// The hash of a folded word of up to sixteen bytes, given as two numbers with zeros behind it.
#[inline]
pub(crate) fn hash_pair(low: u64, high: u64) -> u64 {
    mix(SEED ^ low, K ^ high)
}

/// The hash of a folded word, sixteen bytes at a time.
pub(crate) fn hash_word(folded: &[u8]) -> u64 {
    folded.chunks(16).fold(SEED, |hash, chunk| {
        let mut padded = [0; 16];
        padded[..chunk.len()].copy_from_slice(chunk);
        let wide = u128::from_le_bytes(padded);
        mix(hash ^ wide as u64, K ^ (wide >> 64) as u64)
    })
}

/// Reads the words of a text one after the other.
pub(crate) struct Words<'t> {
    text: &'t str,
    at: usize,
    scratch: String,
}

impl<'t> Words<'t> {
    /// Reads from the start of a text of less than 4 GiB; what lies beyond is not read.
    pub(crate) fn new(text: &'t str) -> Self {
        Words::starting_at(text, 0)
    }

    /// Reads from a byte at which a word or a gap begins.
    pub(crate) fn starting_at(text: &'t str, at: usize) -> Self {
        let mut end = text.len().min(u32::MAX as usize);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        Words { text: &text[..end], at: at.min(end), scratch: String::new() }
    }

    /// The text that is read.
    pub(crate) fn text(&self) -> &'t str {
        self.text
    }

    /// The folded form of a word of this text, as it is hashed.
    pub(crate) fn folded(&mut self, word: &Word) -> &str {
        self.folded_at(word.start as usize, word.end as usize)
    }

    /// The same, by the places where the word begins and ends.
    pub(crate) fn folded_at(&mut self, start: usize, end: usize) -> &str {
        let surface = &self.text[start..end];
        if surface.bytes().all(|b| b.is_ascii_alphanumeric()) {
            self.scratch.clear();
            self.scratch.push_str(surface);
            self.scratch.make_ascii_lowercase();
        } else {
            read_word(self.text, start, &mut self.scratch);
        }
        &self.scratch
    }

    /// Reads words to the end of `block` until it holds `size` or a few more, or the text ends; whether it goes on.
    pub(crate) fn fill(&mut self, block: &mut Vec<Word>, size: usize) -> bool {
        let (first, mut before) = (block.len(), self.at);
        if !self.text.is_ascii() {
            while block.len() < size {
                match self.next() {
                    Some(word) => block.push(word),
                    None => return false,
                }
            }
            return true;
        }
        let goes_on = self.fill_in_part(block, size, |_| {});
        for word in &mut block[first..] {
            if word.gap == PENDING {
                word.gap = gap_between(self.text, before, word.start as usize);
            }
            complete_stem(self.text, word);
            before = word.end as usize;
        }
        goes_on
    }

    /// The same, with gaps and stems left for [`complete_gap`] and [`complete_stem`]. Shows plain words as they come, few at a
    /// time.
    pub(crate) fn fill_in_part(
        &mut self,
        block: &mut Vec<Word>,
        size: usize,
        mut show: impl FnMut(&[Word]),
    ) -> bool {
        while block.len() < size {
            self.at = scan::fill(self.text, self.at, block, size, &mut show);
            if block.len() < size {
                match self.next() {
                    Some(word) => block.push(word),
                    None => return false,
                }
            }
        }
        true
    }

    fn careful_word(&mut self, start: usize) -> Option<Word> {
        let read = read_word(self.text, start, &mut self.scratch)?;
        let folded = self.scratch.as_bytes();
        let mut word = Word {
            start: start as u32,
            end: read.end as u32,
            hash: hash_word(folded),
            tail: read.tail,
            ..Word::default()
        };
        if self.text[start..].chars().next().is_some_and(|c| Letter::of(c).is(UPPER)) {
            word.flags |= CAPITAL;
        }
        let stem = folded.strip_suffix(b"s").unwrap_or_default();
        let ends_in_s = matches!(self.text.as_bytes()[read.end - 1], b's' | b'S');
        if read.end - start > MAX_WORD {
            // Marks without end: no name.
            word.hash = 0;
            return Some(word);
        }
        if read.tail > 0 || (!read.initials && ends_in_s && has_bare_ending(folded)) {
            word.stem = if stem.is_empty() { 0 } else { hash_word(stem) };
            word.flags |= u8::from(word.stem != 0) * BARE;
        }
        Some(word)
    }
}

/// Puts in what stands before a word of a block that has the word before.
#[inline]
pub(crate) fn complete_gap(text: &str, block: &mut [Word], at: usize) -> Gap {
    if let Some([before, word]) =
        block.get_mut(at.wrapping_sub(1)..=at).and_then(|pair| pair.first_chunk_mut())
    {
        if word.gap == PENDING {
            word.gap = gap_between(text, before.end as usize, word.start as usize);
        }
        return word.gap;
    }
    NONE
}

/// Puts in the hash without a bare `s`.
#[inline]
pub(crate) fn complete_stem(text: &str, word: &mut Word) {
    if word.flags & BARE != 0 && word.stem == 0 {
        word.stem = bare_stem(text, word.start as usize, word.end as usize);
    }
}

impl Iterator for Words<'_> {
    type Item = Word;

    fn next(&mut self) -> Option<Word> {
        let mut gap = NONE;
        loop {
            let from = self.at;
            let start = skip_gap(self.text, from);
            gap = gap.max(gap_class(&self.text[from..start]));
            self.at = start;
            if start >= self.text.len() {
                return None;
            }
            if let Some(mut word) = self.careful_word(start) {
                self.at = word.end as usize;
                word.gap = gap;
                return Some(word);
            }
            // Letters that fold to nothing: part of the gap.
            self.at = start + self.text[start..].chars().next().map_or(1, char::len_utf8);
        }
    }
}

/// Whether a folded (or ASCII) word may be a name with a lost apostrophe: four letters and one `s`.
#[inline]
pub(super) fn has_bare_ending(word: &[u8]) -> bool {
    matches!(word, [.., before, b's' | b'S'] if word.len() >= 5 && before.is_ascii_alphabetic() && before | 0x20 != b's')
}

struct Read {
    end: usize,
    tail: u8,
    initials: bool,
}

/// Reads the word that begins at `start`, folding it into `folded`; `None` when nothing is left of it.
fn read_word(text: &str, start: usize, folded: &mut String) -> Option<Read> {
    folded.clear();
    let first = text[start..].chars().next()?;
    let mut read = Read { end: start, tail: 0, initials: false };
    let letter = Letter::of(first);
    // Whether the letter or digit before is a letter, which a dot asks about.
    let mut last_alphabetic = letter.is(ALPHABETIC);
    let single = letter.is(SYMBOL | IDEOGRAPH);
    let mut segment = 1;
    // Whether the folded form of a letter depends on those before it.
    let mut joins = false;
    let mut take = |c: char, letter: Letter, folded: &mut String| {
        if !letter.fold_into(folded) {
            joins = true;
            fold_char(c, folded);
        }
    };
    take(first, letter, folded);
    let mut at = start + first.len_utf8();
    read.end = at;
    while let Some(c) = text[at..].chars().next() {
        let after = at + c.len_utf8();
        if c.is_ascii_alphanumeric() && !single {
            folded.push(c.to_ascii_lowercase());
            last_alphabetic = c.is_ascii_alphabetic();
            segment += 1;
            read.end = after;
            at = after;
            continue;
        }
        let letter = Letter::of(c);
        if letter.is(EXTEND) {
            take(c, letter, folded);
            read.end = after;
        } else if single {
            break;
        } else if letter.is(APOSTROPHE) {
            if !word_starts(text, after) {
                break;
            }
            segment = 0;
            read.tail = 0;
            if matches!(text.as_bytes()[after], b's' | b'S') && !word_continues(text, after + 1) {
                read.tail = (after + 1 - at) as u8;
            }
        } else if c == '.' {
            if segment != 1 || !last_alphabetic || read.tail > 0 {
                break;
            }
            if single_letter(text, after) {
                segment = 0;
                read.initials = true;
            } else {
                // The last dot of initials belongs to them.
                if read.initials {
                    read.end = after;
                }
                break;
            }
        } else if letter.is(LETTER) {
            take(c, letter, folded);
            last_alphabetic = letter.is(ALPHABETIC);
            segment += 1;
            read.end = after;
        } else {
            break;
        }
        at = after;
    }
    if first == '&' || first == '\u{FF06}' {
        folded.replace_range(.., "and");
    }
    if joins {
        folded.retain(|c| !c.is_whitespace());
    }
    (!folded.is_empty()).then_some(read)
}

/// Whether one letter stands at `at` and no second one follows it.
fn single_letter(text: &str, at: usize) -> bool {
    let mut chars = text[at..].chars().filter(|&c| !is_extend(c));
    chars.next().is_some_and(|c| c.is_alphabetic() && !is_ideograph(c))
        && !chars.next().is_some_and(is_letter_or_digit)
}

fn word_starts(text: &str, at: usize) -> bool {
    text[at..].chars().next().is_some_and(is_letter_or_digit)
}

fn word_continues(text: &str, at: usize) -> bool {
    text[at..].chars().next().is_some_and(|c| {
        is_letter_or_digit(c) || is_extend(c) || (is_apostrophe(c) && word_starts(text, at + c.len_utf8()))
    })
}

fn is_letter_or_digit(c: char) -> bool {
    Letter::of(c).is(LETTER)
}

/// The same from the tables, which [`Letter`] keeps.
pub(super) fn is_letter_or_digit_slowly(c: char) -> bool {
    match c {
        ..'\u{80}' => c.is_ascii_alphanumeric(),
        _ => c.is_alphanumeric() && !is_apostrophe(c) && !is_ideograph_slowly(c),
    }
}

/// Letters that names have most beside plain Latin and Cyrillic ones, about which no table is asked: Greek, Hebrew,
/// Arabic, Devanagari, Thai, Georgian, Latin with two accents, Korean.
#[inline]
pub(super) fn is_common_letter(c: char) -> bool {
    matches!(c, '\u{3B1}'..='\u{3C9}' | '\u{5D0}'..='\u{5EA}' | '\u{620}'..='\u{64A}' | '\u{671}'..='\u{6D3}'
        | '\u{904}'..='\u{939}' | '\u{E01}'..='\u{E30}' | '\u{10D0}'..='\u{10FA}' | '\u{1E00}'..='\u{1EFF}'
        | '\u{AC00}'..='\u{D7A3}')
}

/// Ideographs that need no table.
#[inline]
pub(super) fn is_common_ideograph(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | '\u{4E00}'..='\u{9FFF}')
}

/// Continues a word: accents, vowel signs, joiners.
pub(crate) fn is_extend(c: char) -> bool {
    !c.is_ascii() && Letter::of(c).is(EXTEND)
}

/// The same from the tables, which [`Letter`] keeps.
pub(super) fn extends(c: char) -> bool {
    match c {
        // No table is asked about Latin, Greek and Cyrillic letters.
        ..'\u{300}' => c == '\u{AD}',
        '\u{370}'..='\u{482}' | '\u{48A}'..='\u{590}' => false,
        _ if is_common_letter(c) || is_common_ideograph(c) => false,
        _ => is_accent(c) || is_ignorable(c) || is_combining_mark(c),
    }
}

pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '\u{2018}'
            | '\u{2019}'
            | '\u{201A}'
            | '\u{201B}'
            | '\u{2032}'
            | '\u{02BC}'
            | '\u{02B9}'
            | '\u{00B4}'
            | '\u{FF07}'
    )
}

/// Scripts written without spaces, where every character is a word.
fn is_ideograph(c: char) -> bool {
    !c.is_ascii() && Letter::of(c).is(IDEOGRAPH)
}

/// The same from the tables, which [`Letter`] keeps.
pub(super) fn is_ideograph_slowly(c: char) -> bool {
    matches!(c,
        '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | '\u{30FC}' | '\u{31F0}'..='\u{31FF}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF66}'..='\u{FF9D}'
        | '\u{20000}'..='\u{3FFFF}')
        && (is_common_ideograph(c) || c.is_alphabetic())
}

pub(super) fn is_symbol(c: char) -> bool {
    matches!(c, '&' | '+' | '@' | '#' | '$' | '%' | '¢'..='¥' | '\u{FF06}' | '\u{20A0}'..='\u{20CF}'
        | '\u{2600}'..='\u{27BF}' | '\u{1F000}'..='\u{1FAFF}')
}

/// The start of the next word at or after `from`.
fn skip_gap(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii() {
            if byte.is_ascii_alphanumeric() || is_symbol(byte as char) {
                break;
            }
            at += 1;
        } else {
            let Some(c) = text[at..].chars().next() else { break };
            let letter = Letter::of(c);
            if !letter.is(EXTEND) && letter.is(LETTER | IDEOGRAPH | SYMBOL) {
                break;
            }
            at += c.len_utf8();
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_ways_agree_with_the_tables() {
        for c in (0..=0x10_FFFF).filter_map(char::from_u32) {
            if is_common_letter(c) {
                assert!(c.is_alphanumeric() && !is_apostrophe(c) && !is_ideograph(c), "{c:?}");
            }
            if is_common_letter(c) || is_common_ideograph(c) {
                let extends = is_accent(c) || is_ignorable(c) || is_combining_mark(c);
                assert!(c.is_alphabetic() && !extends, "{c:?}");
            }
            let caseless =
                matches!(c, '\u{590}'..'\u{10A0}' | '\u{2E80}'..'\u{A640}' | '\u{AC00}'..='\u{D7A3}');
            assert!(!caseless || !(c.is_uppercase() || c.is_lowercase()), "{c:?}");
        }
    }
}
