//! One document as the sieve reads it: which token is a name, a noun that speaks, a word on the way to one.
//!
//! In: tokens, mentions and quoted pieces. Out: a [`Reader`], and [`Who`], what a phrase is: a mention, a pronoun or a run of nouns.

use super::mark::Quoted;
use crate::cast::{Cast, LinkedMention};
use crate::catalog::EntityKind;
use crate::text::lexicon::{Lexicon, lexicon};
use crate::text::{Analysis, Shape, TokenKind};
use std::ops::Range;

lexicon!(speaker_nouns, "speakers.txt", tagged);

/// Tokens walked outward at most; longer phrases are given up.
pub(super) const REACH: u32 = 40;

/// What stands in subject place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// The index of a mention of the document.
    Mention(usize),
    /// The token of a pronoun.
    Pronoun(u32),
    /// The tokens of a phrase without a name as its head.
    Nouns(Range<u32>),
}

/// One document as the sieve reads it.
pub(super) struct Reader<'a> {
    pub(super) analysis: &'a Analysis,
    pub(super) mentions: &'a [LinkedMention],
    pub(super) cast: &'a Cast,
    /// The number of the mention of a token plus one; zero outside names.
    mention_of: Vec<u32>,
    /// Whether a token stands inside a quoted piece, its marks included.
    quoted: Vec<bool>,
}

pub(super) const PREPOSITIONS: [&str; 24] = [
    "of", "for", "in", "from", "at", "with", "by", "to", "near", "on", "against", "about", "during", "after",
    "before", "under", "inside", "outside", "across", "between", "among", "behind", "within", "through",
];
pub(super) const SKIPPED: [&str; 44] = [
    "has",
    "have",
    "had",
    "was",
    "were",
    "is",
    "are",
    "be",
    "been",
    "being",
    "will",
    "would",
    "can",
    "could",
    "may",
    "might",
    "must",
    "should",
    "did",
    "does",
    "do",
    "also",
    "later",
    "then",
    "now",
    "again",
    "already",
    "once",
    "not",
    "never",
    "only",
    "just",
    "first",
    "even",
    "still",
    "further",
    "went",
    "to",
    "himself",
    "herself",
    "itself",
    "themselves",
    "however",
    "too",
];
pub(super) const DETERMINERS: [&str; 22] = [
    "the", "a", "an", "one", "another", "some", "many", "several", "two", "three", "his", "her", "their",
    "its", "our", "my", "this", "that", "these", "those", "both", "other",
];
pub(super) const STOPS: [&str; 30] = [
    "and", "or", "but", "while", "when", "as", "if", "because", "since", "although", "though", "that", "who",
    "which", "whom", "whose", "where", "than", "so", "what", "whether", "he", "she", "they", "it", "we", "i",
    "you", "not", "there",
];

pub(super) fn is_pronoun(word: &str) -> bool {
    matches!(word, "he" | "she" | "they" | "it" | "i" | "we" | "you")
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        analysis: &'a Analysis,
        mentions: &'a [LinkedMention],
        cast: &'a Cast,
        pieces: &[Quoted],
    ) -> Self {
        let mut quoted = vec![false; analysis.tokens.len()];
        for piece in pieces {
            quoted[piece.open as usize..piece.close as usize].fill(true);
        }
        let mut mention_of = vec![0; analysis.tokens.len()];
        for (i, mention) in mentions.iter().enumerate() {
            mention_of[mention.raw.tokens.start as usize..mention.raw.tokens.end as usize].fill(i as u32 + 1);
        }
        Reader { analysis, mentions, cast, mention_of, quoted }
    }

    pub(super) fn folded(&self, at: u32) -> &'a str {
        self.analysis.folded(&self.analysis.tokens[at as usize])
    }

    pub(super) fn hash(&self, at: u32) -> u64 {
        self.analysis.vocabulary.hash(self.analysis.tokens[at as usize].word)
    }

    pub(super) fn surface(&self, at: u32) -> &'a str {
        self.analysis.surface(&self.analysis.tokens[at as usize])
    }

    pub(super) fn is_word(&self, at: u32) -> bool {
        self.analysis.tokens[at as usize].kind == TokenKind::Word
    }

    /// Whether a token stands inside a quoted piece.
    pub(super) fn is_quoted(&self, at: u32) -> bool {
        self.quoted[at as usize]
    }

    /// The mention that holds a token.
    pub(super) fn mention(&self, at: u32) -> Option<usize> {
        (self.mention_of[at as usize] as usize).checked_sub(1)
    }

    pub(super) fn kind(&self, mention: usize) -> EntityKind {
        self.mentions[mention].raw.kind
    }

    pub(super) fn tokens(&self, mention: usize) -> Range<u32> {
        self.mentions[mention].raw.tokens.clone()
    }

    /// A name that can speak.
    pub(super) fn speaks(&self, mention: usize) -> bool {
        matches!(self.kind(mention), EntityKind::Person | EntityKind::Organization | EntityKind::Place)
    }

    /// A word with a capital.
    pub(super) fn is_capital(&self, at: u32) -> bool {
        let token = &self.analysis.tokens[at as usize];
        token.is_word() && token.is_capitalised(self.surface(at))
    }

    /// The name is possessive: it modifies what follows.
    pub(super) fn is_owner(&self, mention: usize) -> bool {
        let end = self.tokens(mention).end as usize;
        self.analysis.tokens.get(end).is_some_and(|token| {
            token.is_clitic() || (token.is_glued() && matches!(self.analysis.surface(token), "’" | "'"))
        })
    }

    /// Whether a word can be passed on the way from a verb back to its subject.
    pub(super) fn is_skipped(&self, at: u32) -> bool {
        let word = self.folded(at);
        self.is_word(at)
            && self.mention(at).is_none()
            && (SKIPPED.contains(&word)
                || (word.len() > 4
                    && word.ends_with("ly")
                    && self.analysis.tokens[at as usize].shape == Shape::Lower))
    }

    /// A word in small letters that is no function word.
    pub(super) fn noun_like(&self, at: u32) -> bool {
        let word = self.folded(at);
        self.analysis.tokens[at as usize].shape == Shape::Lower
            && !STOPS.contains(&word)
            && !PREPOSITIONS.contains(&word)
            && !DETERMINERS.contains(&word)
            && !word.ends_with("ed")
    }

    /// Whether the token can be the head that a prepositional phrase belongs to: a name or a noun that speaks.
    pub(super) fn head_of(&self, at: u32) -> bool {
        self.mention(at).is_some_and(|m| self.kind(m) == EntityKind::Person)
            || self.speaker_noun(at).is_some()
    }

    /// The gender tag of a noun that names a speaker, in singular or plural.
    pub(super) fn speaker_noun(&self, at: u32) -> Option<&'static str> {
        noun_tag(speaker_nouns(), self.folded(at))
    }
}

/// The tag of a noun in the list, plural endings taken off.
pub(super) fn noun_tag(list: &'static Lexicon, word: &str) -> Option<&'static str> {
    list.tag(word)
        .or_else(|| list.tag(word.strip_suffix('s')?))
        .or_else(|| list.tag(&format!("{}y", word.strip_suffix("ies")?)))
        .or_else(|| list.tag(&format!("{}man", word.strip_suffix("men")?)))
        .or_else(|| list.tag(word.strip_suffix("es")?))
}
