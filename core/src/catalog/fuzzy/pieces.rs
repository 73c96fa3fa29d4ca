//! The words of a stretch of text as misspelt names are looked for in it.
//!
//! In: a text, block by block. Out: which words may begin or end a name, how far a name may reach, and for every word
//! what the index asks about; words that were read lately are not read again.

use super::super::gap::{COMMA, DOT, NONE, OTHER, SPACE};
use super::super::name::{Flags, PLAIN};
use super::super::sound::Spoken;
use super::super::word::{CAPITAL, Word, Words};
use super::MAX_WORDS;
use super::index::Coded;
use crate::span::ByteSpan;

/// Words without a capital that may stand between two that have one (`Ursula von der Leyen`).
const MAX_SMALL: usize = 2;
/// Longest word with a dot after it inside a name (`St. Petersburg`), in bytes.
const ABBREVIATION: u32 = 4;
/// Words remembered; a power of two.
const REMEMBERED: usize = 1 << 11;

pub(super) struct Pieces<'t> {
    pub(super) text: &'t str,
    reader: Words<'t>,
    pub(super) block: Vec<Word>,
    /// By the low bits of their hash.
    remembered: Vec<Coded>,
    /// The words of the name that is compared, and the one that is.
    pub(super) name: Vec<Word>,
    pub(super) name_word: Spoken,
    pub(super) text_word: Spoken,
    /// Where the word begins that `text_word` is.
    spoken_at: usize,
}

impl<'t> Pieces<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Pieces {
            text,
            reader: Words::new(text),
            block: Vec::new(),
            remembered: vec![Coded::default(); REMEMBERED],
            name: Vec::new(),
            name_word: Spoken::default(),
            text_word: Spoken::default(),
            spoken_at: usize::MAX,
        }
    }

    /// Whether a word may begin a name: it has a capital, or its script has none.
    #[inline]
    pub(super) fn is_proper(&self, at: usize) -> bool {
        let word = &self.block[at];
        word.flags & CAPITAL != 0
            || (!self.text.as_bytes()[word.start as usize].is_ascii()
                && self.text[word.start as usize..]
                    .chars()
                    .next()
                    .is_some_and(|c| c.is_alphabetic() && !c.is_lowercase()))
    }

    /// Whether a word may end a name or be misspelt: it may begin one, or a hyphen joins it to the word before (`Jong-un`).
    #[inline]
    pub(super) fn is_own(&self, at: usize) -> bool {
        let start = self.block[at].start as usize;
        self.is_proper(at) || (start > 0 && self.text.as_bytes()[start - 1] == b'-')
    }

    /// Words from `first` on that may belong to one name.
    pub(super) fn reach(&self, first: usize) -> usize {
        let (mut reach, mut small, mut last) = (1, 0, 1);
        for at in first + 1..self.block.len().min(first + MAX_WORDS) {
            let (before, word) = (&self.block[at - 1], &self.block[at]);
            let short = || before.flags & CAPITAL != 0 && before.end - before.start <= ABBREVIATION;
            let joined = match word.gap {
                NONE | SPACE | COMMA => true,
                DOT => short(),
                // `Co., Ltd.`
                OTHER => short() && self.text.as_bytes()[before.end as usize..].starts_with(b"., "),
                _ => false,
            };
            let own = self.is_own(at);
            small = if own { 0 } else { small + 1 };
            if !joined || before.tail > 0 || small > MAX_SMALL {
                break;
            }
            reach += 1;
            if own {
                last = reach;
            }
        }
        last
    }

    /// Names in which no comma stands are not looked for across one.
    pub(super) fn gaps_agree(&self, range: std::ops::Range<usize>, flags: Flags) -> bool {
        !flags.has(PLAIN) || self.block[range].iter().skip(1).all(|word| !matches!(word.gap, COMMA | OTHER))
    }

    /// So many words from one on, without the ending of a possessive.
    pub(super) fn span(&self, first: usize, words: usize) -> ByteSpan {
        let last = &self.block[first + words - 1];
        ByteSpan { start: self.block[first].start, end: last.end - u32::from(last.tail) }
    }

    pub(super) fn coded(&mut self, at: usize) -> Coded {
        let word = &self.block[at];
        let hash = if word.tail > 0 { word.stem } else { word.hash };
        let slot = hash as usize & (REMEMBERED - 1);
        if self.remembered[slot].hash != hash {
            self.spoken_at = usize::MAX;
            let folded = folded(&mut self.reader, word);
            self.remembered[slot] = Coded::new(&mut self.text_word, folded, hash);
        }
        self.remembered[slot]
    }

    /// Reads a word of the text into `text_word`.
    pub(super) fn speak(&mut self, at: usize) {
        let word = &self.block[at];
        if self.spoken_at != word.start as usize {
            self.spoken_at = word.start as usize;
            self.text_word.read(folded(&mut self.reader, word));
        }
    }

    /// Reads the next words; whether the text goes on behind them.
    pub(super) fn fill(&mut self, size: usize) -> bool {
        self.reader.fill(&mut self.block, size)
    }
}

/// The folded form of a word, without the ending of a possessive.
fn folded<'w>(reader: &'w mut Words<'_>, word: &Word) -> &'w str {
    let folded = reader.folded(word);
    if word.tail > 0 { folded.strip_suffix('s').unwrap_or(folded) } else { folded }
}
