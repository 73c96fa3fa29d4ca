//! Reads the surface of one document once: lines, tokens, vocabulary, sentences, furniture.
//!
//! In: a [`Document`](crate::Document). Out: one [`Analysis`] that every later stage reads; nothing is computed
//! twice. Knows characters, words and lines; knows nothing about names, importance; of other documents only what they
//! repeat.

mod class;
pub(crate) mod copy;
pub(crate) mod fold;
pub(crate) mod furniture;
pub(crate) mod known;
pub(crate) mod lexicon;
pub(crate) mod number;
pub(crate) mod sentence;
mod shape;
pub(crate) mod stem;
pub(crate) mod stop;
pub(crate) mod token;
pub(crate) mod word;

pub use furniture::{Furniture, FurnitureKind};
pub(crate) use known::Known;
pub(crate) use shape::Shape;
use stem::Stemmer;
pub(crate) use token::{Token, TokenKind};
use word::hash_bytes;
pub(crate) use word::{Vocabulary, WordId};

#[cfg(test)]
mod tests;

use crate::Document;
use crate::span::{ByteSpan, Positions, Span};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// Everything that the later stages know about the surface of one document.
#[derive(Debug)]
pub(crate) struct Analysis {
    pub(crate) text: Arc<str>,
    pub(crate) positions: Positions,
    pub(crate) tokens: Vec<Token>,
    pub(crate) vocabulary: Vocabulary,
    /// For each word the lists of this layer that name it.
    known: Vec<Known>,
    /// For each word the hash of its stem, from when first asked for.
    stems: OnceLock<Vec<u64>>,
    pub(crate) lines: Vec<Line>,
    pub(crate) sentences: Vec<Sentence>,
    pub(crate) furniture: Vec<FurnitureMark>,
    /// The headline: the line that serves as title, if there is one.
    pub(crate) title: Option<ByteSpan>,
}

/// One line of the text without its line break; blank lines are not kept.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) span: ByteSpan,
    pub(crate) tokens: Range<u32>,
    pub(crate) region: Region,
    /// Whether a blank line (or the start of the text) stands before it.
    pub(crate) after_blank: bool,
}

/// Which part of the page a line or sentence belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Region {
    /// The chosen headline, and repetitions of it.
    Title,
    /// A subheading or a second headline.
    Heading,
    /// Running text and list items.
    Body,
    /// Scrape noise.
    Furniture,
}

/// One sentence (or heading, or list item): trimmed of white space, never across lines.
#[derive(Clone, Debug)]
pub(crate) struct Sentence {
    pub(crate) span: ByteSpan,
    pub(crate) tokens: Range<u32>,
    pub(crate) line: u32,
    pub(crate) region: Region,
}

/// One removed piece, before its span is reported.
#[derive(Clone, Debug)]
pub(crate) struct FurnitureMark {
    pub(crate) span: ByteSpan,
    pub(crate) kind: FurnitureKind,
    pub(crate) reason: String,
}

impl Analysis {
    /// Reads one document's surface in time linear in its text.
    pub(crate) fn new(document: &Document) -> Self {
        let text = document.shared_text();
        let positions = Positions::new(&text);
        let token::Tokens { tokens, vocabulary, lines } = token::tokenize(&text);
        let known = vocabulary.hashes().map(Known::of).collect();
        let mut analysis = Analysis {
            text,
            positions,
            tokens,
            known,
            stems: OnceLock::new(),
            vocabulary,
            lines,
            sentences: Vec::new(),
            furniture: Vec::new(),
            title: None,
        };
        furniture::mark(&mut analysis, document);
        sentence::split(&mut analysis);
        furniture::mark_notices(&mut analysis);
        analysis
    }

    /// The surface of a token.
    pub(crate) fn surface(&self, token: &Token) -> &str {
        token.span.slice(&self.text)
    }

    /// The folded form (lower case, no accents, plain quotes) of a token.
    pub(crate) fn folded(&self, token: &Token) -> &str {
        self.vocabulary.folded(token.word)
    }

    /// The lists of this layer that name the word of a token.
    pub(crate) fn known(&self, token: &Token) -> Known {
        self.known[token.word as usize]
    }

    /// The hash of the stem of a word.
    pub(crate) fn stem(&self, word: WordId) -> u64 {
        let all = || {
            let mut stemmer = Stemmer::default();
            let words = 0..self.vocabulary.len() as WordId;
            words.map(|word| hash_bytes(stemmer.stem(self.vocabulary.folded(word)))).collect()
        };
        self.stems.get_or_init(all)[word as usize]
    }

    /// The tokens of a range.
    pub(crate) fn tokens_of(&self, range: &Range<u32>) -> &[Token] {
        &self.tokens[range.start as usize..range.end as usize]
    }

    /// The index of the sentence that holds a byte offset, if one does.
    pub(crate) fn sentence_at(&self, byte: u32) -> Option<usize> {
        let i = self.sentences.partition_point(|s| s.span.end <= byte);
        (i < self.sentences.len() && self.sentences[i].span.start <= byte).then_some(i)
    }

    /// The byte span that a range of tokens covers; the range must not be empty.
    pub(crate) fn span_of(&self, range: &Range<u32>) -> ByteSpan {
        let (first, last) =
            (self.tokens[range.start as usize].span, self.tokens[range.end as usize - 1].span);
        first.join(last)
    }

    /// A span as it is reported to callers.
    pub(crate) fn report(&self, span: ByteSpan) -> Span {
        self.positions.span(&self.text, span)
    }
}
