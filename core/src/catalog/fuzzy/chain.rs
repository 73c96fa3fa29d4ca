//! The chains of words in a text in which a name of several words may stand.
//!
//! In: the words of a text, one after the other. Out: chains that begin with a proper word and hold another one, kept in
//! blocks. What stands outside a chain is looked at once and forgotten.

use super::super::gap::{COMMA, DOT, Gap, NONE, OTHER, SPACE};
use super::super::name::{Flags, PLAIN};
use super::super::scan::{PENDING, gap_between};
use super::super::word::{CAPITAL, Word, Words};
use super::MAX_WORDS;
use crate::span::ByteSpan;

/// Words without a capital that may stand between two that have one (`Ursula von der Leyen`).
const MAX_SMALL: usize = 2;
/// Longest word with a dot after it inside a name (`St. Petersburg`), in bytes.
const ABBREVIATION: u32 = 4;
/// Words kept at a time: enough for what is asked about them to overlap, few enough to stay in the first cache.
const BLOCK: usize = 256;

/// A word of a chain.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    /// Without the ending of a possessive.
    pub(super) hash: u64,
    pub(super) start: u32,
    pub(super) end: u32,
    /// Its number among the words of the text.
    pub(super) number: u32,
    /// Bytes of the ending of a possessive.
    pub(super) tail: u8,
    gap: Gap,
    capital: bool,
    /// It may begin a name: it has a capital, or its script has none.
    pub(super) proper: bool,
    /// It may end a name or be misspelt: it may begin one, or a hyphen joins it to the word before (`Jong-un`).
    pub(super) own: bool,
}

impl Piece {
    /// The folded form, without the ending of a possessive.
    pub(super) fn folded<'w>(&self, reader: &'w mut Words<'_>) -> &'w str {
        let folded = reader.folded_at(self.start as usize, self.end as usize);
        if self.tail > 0 { folded.strip_suffix('s').unwrap_or(folded) } else { folded }
    }
}

/// The chains of a block.
pub(super) struct Chains<'t> {
    text: &'t str,
    pub(super) words: Vec<Piece>,
    /// Where each chain begins and ends in `words`, and where the first words of names end in it.
    pub(super) list: Vec<(usize, usize, usize)>,
    /// Where the chain begins that may go on.
    open: Option<usize>,
    /// Behind its last word that may end a name.
    end: usize,
    /// Words of the text that were taken.
    taken: u32,
}

impl<'t> Chains<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Chains { text, words: Vec::new(), list: Vec::new(), open: None, end: 0, taken: 0 }
    }

    /// Takes the next word of the text.
    #[inline]
    pub(super) fn take(&mut self, word: &Word) {
        let small = word.flags & CAPITAL == 0 && self.text.as_bytes()[word.start as usize].is_ascii();
        if self.open.is_some() || !small {
            self.consider(word);
        }
        self.taken += 1;
    }

    fn consider(&mut self, word: &Word) {
        let start = word.start as usize;
        let proper = word.flags & CAPITAL != 0 || is_caseless(self.text, start);
        let own = proper || (start > 0 && self.text.as_bytes()[start - 1] == b'-');
        let mut piece = Piece {
            hash: if word.tail > 0 { word.stem } else { word.hash },
            start: word.start,
            end: word.end,
            number: self.taken,
            tail: word.tail,
            gap: word.gap,
            capital: word.flags & CAPITAL != 0,
            proper,
            own,
        };
        if self.open.is_some() {
            if piece.gap == PENDING
                && let Some(before) = self.words.last()
            {
                piece.gap = gap_between(self.text, before.end as usize, start);
            }
            let goes_on = (own || self.words.len() - self.end < MAX_SMALL) && self.joins(piece.gap);
            if goes_on {
                self.words.push(piece);
                if own {
                    self.end = self.words.len();
                }
                return;
            }
            self.close();
        }
        if proper {
            self.open = Some(self.words.len());
            self.words.push(piece);
            self.end = self.words.len();
        }
    }

    pub(super) fn is_full(&self) -> bool {
        self.words.len() >= BLOCK
    }

    /// Whether a word may belong to the same name as the one taken before.
    fn joins(&self, gap: Gap) -> bool {
        let Some(before) = self.words.last().filter(|before| before.tail == 0) else { return false };
        let short = || before.capital && before.end - before.start <= ABBREVIATION;
        match gap {
            NONE | SPACE | COMMA => true,
            DOT => short(),
            // `Co., Ltd.`
            OTHER => short() && self.text.as_bytes()[before.end as usize..].starts_with(b"., "),
            _ => false,
        }
    }

    fn close(&mut self) {
        let Some(start) = self.open.take() else { return };
        if self.end > start + 1 {
            self.words.truncate(self.end);
            self.list.push((start, self.end, self.end));
        } else {
            self.words.truncate(start);
        }
    }

    /// Lists the chains of the block; `last` when the text has ended.
    pub(super) fn finish(&mut self, last: bool) {
        match self.open {
            Some(start) if !last && self.words.len() - start > MAX_WORDS => {
                self.list.push((start, self.words.len(), self.words.len() - MAX_WORDS));
            }
            _ if last => self.close(),
            _ => {}
        }
    }

    /// Forgets the chains of the block, but for what of the last one may yet belong to names.
    pub(super) fn clear(&mut self) {
        self.list.clear();
        let kept = match &mut self.open {
            None => self.words.len(),
            Some(start) => {
                let kept = (*start).max(self.words.len().saturating_sub(MAX_WORDS));
                *start = 0;
                self.end = self.end.saturating_sub(kept);
                kept
            }
        };
        self.words.drain(..kept);
    }

    /// Names in which no comma stands are not looked for across one.
    pub(super) fn gaps_agree(&self, (first, words): (usize, usize), flags: Flags) -> bool {
        let rest = &self.words[first + 1..first + words];
        !flags.has(PLAIN) || rest.iter().all(|word| !matches!(word.gap, COMMA | OTHER))
    }

    /// What is written there, without the ending of a possessive.
    pub(super) fn surface(&self, (first, words): (usize, usize)) -> &'t str {
        let span = self.span(first, words);
        &self.text[span.start as usize..span.end as usize]
    }

    /// So many words from one on, without the ending of a possessive.
    pub(super) fn span(&self, first: usize, words: usize) -> ByteSpan {
        let last = &self.words[first + words - 1];
        ByteSpan { start: self.words[first].start, end: last.end - u32::from(last.tail) }
    }
}

/// Whether at a place stands a letter beyond ASCII that is not a small one, as in scripts that have no capitals.
fn is_caseless(text: &str, at: usize) -> bool {
    !text.as_bytes()[at].is_ascii()
        && text[at..].chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
}
