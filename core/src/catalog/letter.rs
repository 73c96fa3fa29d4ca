//! What matching knows of a character: its part in words, its case, its folded form.
//!
//! In: a character. Out: a [`Letter`], from blocks of 256 that are filled when one of their characters is first asked
//! for, so that names of any script cost one read where Unicode's tables would be searched several times.

use super::word::{
    extends, is_apostrophe, is_common_ideograph, is_ideograph_slowly, is_letter_or_digit_slowly, is_symbol,
};
use crate::text::fold::fold_alone;
use std::sync::OnceLock;

/// What is known of one character.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Letter {
    /// Its folded form when [`FOLDS`], zeros behind it.
    folded: [u16; 3],
    bits: u16,
}

/// A letter or digit of a word.
pub(crate) const LETTER: u16 = 1;
/// Continues a word: accents, vowel signs, joiners.
pub(crate) const EXTEND: u16 = 1 << 1;
/// A word by itself.
pub(crate) const IDEOGRAPH: u16 = 1 << 2;
/// A mark that is a word by itself.
pub(crate) const SYMBOL: u16 = 1 << 3;
pub(crate) const APOSTROPHE: u16 = 1 << 4;
pub(crate) const UPPER: u16 = 1 << 5;
pub(crate) const LOWER: u16 = 1 << 6;
pub(crate) const ALPHABETIC: u16 = 1 << 7;
pub(crate) const SPACE: u16 = 1 << 8;
/// Its folded form does not depend on what stands before it and is kept.
const FOLDS: u16 = 1 << 9;

const BLOCK: usize = 256;
static BLOCKS: [OnceLock<Box<[Letter; BLOCK]>>; 256] = [const { OnceLock::new() }; 256];

impl Letter {
    #[inline]
    pub(crate) fn of(c: char) -> Letter {
        let number = c as usize;
        if is_common_ideograph(c) {
            // Blocks of them would be many.
            return Letter::plain(c, IDEOGRAPH | ALPHABETIC | FOLDS);
        }
        if matches!(c, '\u{AC00}'..='\u{D7A3}') {
            return Letter::plain(c, LETTER | ALPHABETIC | FOLDS);
        }
        match BLOCKS.get(number / BLOCK) {
            Some(block) => block.get_or_init(|| Letter::block(number / BLOCK))[number % BLOCK],
            None => Letter::read(c),
        }
    }

    /// Whether it is one of several things.
    #[inline]
    pub(crate) fn is(self, what: u16) -> bool {
        self.bits & what != 0
    }

    /// Whether a word begins with it, whatever follows.
    #[inline]
    pub(crate) fn is_plain_letter(self) -> bool {
        let folded = char::from_u32(self.folded[0].into());
        self.is(LETTER | IDEOGRAPH)
            && !self.is(EXTEND)
            && self.is(FOLDS)
            && folded.is_some_and(|c| c != '\0' && !c.is_whitespace())
    }

    /// Appends the folded form; `false`, and nothing is appended, when it depends on what stands before.
    #[inline]
    pub(crate) fn fold_into(self, out: &mut String) -> bool {
        if !self.is(FOLDS) {
            return false;
        }
        for number in self.folded {
            match char::from_u32(number.into()) {
                Some(c) if c != '\0' => out.push(c),
                _ => break,
            }
        }
        true
    }

    fn plain(c: char, bits: u16) -> Letter {
        Letter { folded: [c as u16, 0, 0], bits }
    }

    fn block(number: usize) -> Box<[Letter; BLOCK]> {
        let first = (number * BLOCK) as u32;
        let letter = |i: usize| char::from_u32(first + i as u32).map_or(Letter::default(), Letter::read);
        Box::new(std::array::from_fn(letter))
    }

    /// The same from the tables of Unicode.
    #[cold]
    fn read(c: char) -> Letter {
        let folded = fold_alone(c);
        let known = [
            (is_letter_or_digit_slowly(c), LETTER),
            (extends(c), EXTEND),
            (is_ideograph_slowly(c), IDEOGRAPH),
            (is_symbol(c), SYMBOL),
            (is_apostrophe(c), APOSTROPHE),
            (c.is_uppercase(), UPPER),
            (c.is_lowercase(), LOWER),
            (c.is_alphabetic(), ALPHABETIC),
            (c.is_whitespace(), SPACE),
            (folded.is_some(), FOLDS),
        ];
        let bits = known.iter().filter(|known| known.0).fold(0, |bits, known| bits | known.1);
        Letter { folded: folded.unwrap_or_default(), bits }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::fold_char;

    #[test]
    fn what_is_kept_is_what_the_tables_tell() {
        for c in (0..=0x10_FFFF).filter_map(char::from_u32) {
            assert_eq!(Letter::of(c), Letter::read(c), "{c:?}");
        }
    }

    #[test]
    fn kept_folded_forms_do_not_depend_on_what_stands_before() {
        let before =
            ["", "e", "e\u{323}", "\u{1100}", "가", "か", "ｶ", "\u{9C7}", "\u{DD9}", "\u{5D0}\u{5BC}"];
        for c in (0..=0x10_FFFF).filter_map(char::from_u32) {
            for before in before {
                let (mut kept, mut folded) = (before.to_owned(), before.to_owned());
                fold_char(c, &mut folded);
                if Letter::of(c).fold_into(&mut kept) {
                    assert_eq!(kept, folded, "{before:?} {c:?}");
                }
            }
        }
    }
}
