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
    /// How many of them are capitals.
    pub(super) capitals: usize,
    pub(super) has_small: bool,
}

impl AsciiRun {
    /// The run that begins at `start`; empty when another character stands there.
    pub(super) fn at(bytes: &[u8], start: usize) -> Self {
        let (mut seen, mut capitals, mut end) = (0, 0, start);
        while let Some(&byte) = bytes.get(end) {
            let kind = KINDS[byte as usize];
            if kind & (SMALL | CAPITAL | DIGIT) == 0 {
                break;
            }
            seen |= kind;
            capitals += usize::from(kind == CAPITAL);
            end += 1;
        }
        AsciiRun { end, capitals, has_small: seen & SMALL != 0 }
    }
}

const SMALL: u8 = 1;
const CAPITAL: u8 = 2;
const DIGIT: u8 = 4;
/// Ends a word wherever it stands.
const END: u8 = 8;

const KINDS: [u8; 256] = {
    let mut table = [0; 256];
    let mut i = 0;
    while i < 128 {
        table[i] = match i as u8 {
            b'a'..=b'z' => SMALL,
            b'A'..=b'Z' => CAPITAL,
            b'0'..=b'9' => DIGIT,
            b'@' | b'.' | b':' | b'-' | b'_' | b'+' | b'\'' => 0,
            _ => END,
        };
        i += 1;
    }
    table
};

/// Whether a word ends before this byte for certain: apostrophes, dots, the marks of addresses and all that is not ASCII
/// may continue it.
pub(super) fn ends_word(byte: u8) -> bool {
    KINDS[byte as usize] == END
}
