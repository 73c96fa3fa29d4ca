//! What a character is to the tokeniser.
//!
//! In: a character. Out: its [`Class`]; for ASCII by a table.

use super::fold::{is_accent, is_ignorable};
use unicode_normalization::char::is_combining_mark;

/// What a character is to the tokeniser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Class {
    Letter,
    Digit,
    Space,
    Break,
    /// Continues what stands before it: marks, joiners, ignorable characters.
    Extend,
    /// One token per character.
    Ideograph,
    Punctuation,
    Symbol,
}

const fn ascii_classes() -> [Class; 128] {
    let mut table = [Class::Punctuation; 128];
    let mut i = 0;
    while i < 128 {
        table[i] = match i as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b'\n' | b'\r' | 0x0b | 0x0c => Class::Break,
            b' ' | b'\t' | 0..=8 | 14..=31 | 127 => Class::Space,
            b'$' | b'%' | b'+' | b'<' | b'=' | b'>' | b'^' | b'`' | b'|' | b'~' => Class::Symbol,
            _ => Class::Punctuation,
        };
        i += 1;
    }
    table
}

pub(super) const ASCII: [Class; 128] = ascii_classes();

pub(super) fn class(c: char) -> Class {
    if c.is_ascii() {
        return ASCII[c as usize];
    }
    match c {
        '\u{2028}' | '\u{2029}' | '\u{85}' => Class::Break,
        '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}' => Class::Punctuation,
        '\u{1F3FB}'..='\u{1F3FF}' | '\u{FF9E}' | '\u{FF9F}' => Class::Extend,
        _ if c.is_whitespace() => Class::Space,
        _ if is_accent(c) || is_ignorable(c) || is_combining_mark(c) => Class::Extend,
        '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}' => {
            if c.is_alphabetic() {
                Class::Ideograph
            } else {
                Class::Punctuation
            }
        }
        _ if c.is_alphabetic() => Class::Letter,
        _ if c.is_numeric() => Class::Digit,
        '\u{A1}' | '\u{A7}' | '\u{AB}' | '\u{B6}' | '\u{B7}' | '\u{BB}' | '\u{BF}' => Class::Punctuation,
        '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}' => Class::Punctuation,
        _ => Class::Symbol,
    }
}

/// A run of ASCII letters and digits.
#[derive(Clone, Copy, Debug)]
pub(super) struct AsciiRun {
    pub(super) end: usize,
    /// How many of them are capitals: 0, 1, or 2 for more.
    pub(super) capitals: usize,
    pub(super) has_small: bool,
    /// The first eight of them, small, the first one lowest, zeros behind a shorter run.
    pub(super) head: u64,
}

impl AsciiRun {
    /// The run that begins at `start`, read eight bytes at a time; empty when another character stands there.
    pub(super) fn at(bytes: &[u8], start: usize) -> Self {
        let mut run = AsciiRun { end: start, capitals: 0, has_small: false, head: 0 };
        loop {
            let eight = Eight::new(chunk(bytes, run.end));
            let length = eight.run_length();
            let kept = if length == 8 { u64::MAX } else { (1 << (8 * length)) - 1 };
            let capitals = eight.capitals & kept;
            let several = capitals & capitals.wrapping_sub(1) != 0;
            run.capitals = (run.capitals + usize::from(capitals != 0) + usize::from(several)).min(2);
            run.has_small |= eight.letters & !eight.capitals & kept != 0;
            if run.end == start {
                run.head = eight.small & kept;
            }
            run.end += length;
            if length < 8 {
                return run;
            }
        }
    }
}

/// The eight bytes at `at`, the first one lowest, zeros behind the last byte there is.
pub(super) fn chunk(bytes: &[u8], at: usize) -> u64 {
    match bytes[at..].first_chunk() {
        Some(eight) => u64::from_le_bytes(*eight),
        None => bytes[at..].iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte)),
    }
}

/// Eight bytes looked at together: in each mask the highest bit of a byte tells.
#[derive(Clone, Copy, Debug)]
pub(super) struct Eight {
    /// The bytes with ASCII capitals made small.
    pub(super) small: u64,
    capitals: u64,
    letters: u64,
    digits: u64,
}

impl Eight {
    pub(super) fn new(word: u64) -> Self {
        let low = word & (0x7F * EACH);
        let ascii = !word & HIGHEST;
        let capitals = within(low, b'A', b'Z') & ascii;
        let letters = within(low | (0x20 * EACH), b'a', b'z') & ascii;
        Eight { small: word | capitals >> 2, capitals, letters, digits: within(low, b'0', b'9') & ascii }
    }

    /// How many bytes from the first one on are letters and digits.
    fn run_length(self) -> usize {
        (!(self.letters | self.digits) & HIGHEST).trailing_zeros() as usize / 8
    }
}

const EACH: u64 = 0x0101_0101_0101_0101;
const HIGHEST: u64 = 0x80 * EACH;

/// Marks the bytes from `first` to `last` by their highest bit; all bytes must be ASCII. Of two sums one reaches that
/// bit from `first` on, the other behind `last`.
fn within(low: u64, first: u8, last: u8) -> u64 {
    (low + u64::from(0x80 - first) * EACH) ^ (low + u64::from(0x7F - last) * EACH)
}

/// Whether a word ends before this byte for certain: apostrophes, dots, the marks of addresses and all that is not ASCII
/// may continue it.
pub(super) fn ends_word(byte: u8) -> bool {
    ENDS[byte as usize]
}

const ENDS: [bool; 256] = {
    let mut table = [false; 256];
    let mut i = 0;
    while i < 128 {
        let byte = i as u8;
        table[i] =
            !byte.is_ascii_alphanumeric() && !matches!(byte, b'@' | b'.' | b':' | b'-' | b'_' | b'+' | b'\'');
        i += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn runs_are_those_of_single_bytes(text in "[a-zA-Z0-9@\\[`{é/:.\u{0}\u{7f} ]{0,40}", start in 0usize..40) {
            let bytes = text.as_bytes();
            let start = start.min(bytes.len());
            let run = AsciiRun::at(bytes, start);
            let length = bytes[start..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
            let own = &bytes[start..start + length];
            prop_assert_eq!(run.end, start + length);
            prop_assert_eq!(run.capitals, own.iter().filter(|b| b.is_ascii_uppercase()).count().min(2));
            prop_assert_eq!(run.has_small, own.iter().any(u8::is_ascii_lowercase));
            let head = own.iter().take(8).rev().fold(0, |head, b| head << 8 | u64::from(b.to_ascii_lowercase()));
            prop_assert_eq!(run.head, head);
        }
    }
}
