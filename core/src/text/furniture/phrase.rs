//! The phrases that give scrape noise away, and where in a line they stand.
//!
//! In: the words of one line. Out: which phrases of `phrases.txt` it holds. Phrases are compared by the hashes of
//! their folded words, so that a line costs a few table lookups for the words that begin some phrase and nothing for
//! the others.

use super::FurnitureKind;
use crate::text::token::{self, Token, TokenKind};
use crate::text::word::hash_bytes;
use crate::text::{Analysis, Known};
use std::sync::LazyLock;

const PHRASES: &str = include_str!("phrases.txt");

/// The hash that stands for any number.
pub(super) const NUMBER: u64 = 1;

/// Where in a line a phrase must stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Line,
    Start,
    /// At the start of a line that ends no sentence.
    Head,
    End,
    /// At the end of a line that ends no sentence.
    Tail,
    Anywhere,
    /// At the start of a sentence that stands between others on its line.
    Between,
    /// Anywhere, and only beside other evidence in running text.
    Hint,
}

/// One entry of the table.
#[derive(Debug)]
pub(super) struct Phrase {
    pub(super) kind: FurnitureKind,
    pub(super) place: Place,
    /// Whether what follows the line belongs to it: a heading over links or comments.
    pub(super) opens: bool,
    pub(super) text: &'static str,
    words: Vec<u64>,
}

impl Phrase {
    /// Two words, or one and a colon.
    pub(super) fn is_long(&self) -> bool {
        self.words.len() > 1
    }
}

#[derive(Debug)]
pub(super) struct PhraseTable {
    phrases: Vec<Phrase>,
    /// First word of a phrase and its number, sorted.
    first: Vec<(u64, u32)>,
    /// A bit for the first two words of each phrase, or for its only one.
    openings: Vec<u64>,
    /// The hash of a colon.
    colon: u64,
}

/// The words of one line as phrases are compared: folded hashes, numbers as one word.
#[derive(Debug, Default)]
pub(super) struct LineWords {
    hashes: Vec<u64>,
    /// The places of the words that may begin a phrase.
    starts: Vec<u32>,
}

impl LineWords {
    pub(super) fn clear(&mut self) {
        self.hashes.clear();
        self.starts.clear();
    }

    /// Adds a word; `starts` tells that it may begin a phrase.
    pub(super) fn push(&mut self, hash: u64, starts: bool) {
        if starts {
            self.starts.push(self.hashes.len() as u32);
        }
        self.hashes.push(hash);
    }
}

/// The hashes of the words that begin a phrase.
pub(in crate::text) fn phrase_starts() -> Vec<u64> {
    TABLE.first.iter().map(|entry| entry.0).filter(|&hash| hash != NUMBER).collect()
}

pub(super) static TABLE: LazyLock<PhraseTable> = LazyLock::new(PhraseTable::read);

impl PhraseTable {
    fn read() -> Self {
        let mut phrases = Vec::new();
        for entry in PHRASES.lines().filter(|line| !line.starts_with('#')) {
            let mut parts = entry.split('\t');
            let (Some(kind), Some(place), Some(text)) = (parts.next(), parts.next(), parts.next()) else {
                continue;
            };
            let kind = kind_of(kind).expect("the table's kinds are listed in kind_of");
            let place = match place {
                "line" => Place::Line,
                "start" => Place::Start,
                "head" => Place::Head,
                "end" => Place::End,
                "tail" => Place::Tail,
                "between" => Place::Between,
                "in" => Place::Anywhere,
                "hint" => Place::Hint,
                _ => panic!("phrases.txt: {place} is no place"),
            };
            let heads = kind == FurnitureKind::RelatedLinks || text.contains("comment");
            let opens = (place == Place::Line && heads) || text.starts_with("leave a reply");
            phrases.push(Phrase { kind, place, opens, text, words: words_of(text) });
        }
        let mut first: Vec<(u64, u32)> =
            phrases.iter().enumerate().map(|(i, phrase)| (phrase.words[0], i as u32)).collect();
        first.sort_unstable();
        let mut openings = vec![0u64; OPENINGS / 64];
        for phrase in &phrases {
            let bit = opening(phrase.words[0], phrase.words.get(1));
            openings[bit / 64] |= 1 << (bit % 64);
        }
        PhraseTable { phrases, first, openings, colon: hash_bytes(b":") }
    }

    /// Whether some phrase may open so.
    fn may_open(&self, first: u64, second: Option<&u64>) -> bool {
        let bit = opening(first, second);
        self.openings[bit / 64] >> (bit % 64) & 1 != 0
    }

    /// Whether some phrase may open so as these tokens do.
    pub(super) fn opens(&self, analysis: &Analysis, tokens: &[Token]) -> bool {
        let mut words = tokens.iter().map(|token| match token.kind {
            TokenKind::Number => NUMBER,
            _ => analysis.vocabulary.hash(token.word),
        });
        let Some(first) = words.next() else { return false };
        let known = analysis.known(&tokens[0]).has(Known::PHRASE) || first == NUMBER;
        known && (self.may_open(first, words.next().as_ref()) || self.may_open(first, None))
    }

    /// Calls `hit` for every phrase that the line of these words holds, with the place of its first word.
    pub(super) fn find<'t>(&'t self, words: &LineWords, mut hit: impl FnMut(&'t Phrase, usize)) {
        let LineWords { hashes: words, starts } = words;
        for at in starts.iter().map(|&at| at as usize) {
            let (word, next) = (words[at], words.get(at + 1));
            // Words like "the" begin many phrases and many more lines: most of them end here.
            if !self.may_open(word, next) && !self.may_open(word, None) {
                continue;
            }
            let from = self.first.partition_point(|entry| entry.0 < word);
            for &(_, number) in self.first[from..].iter().take_while(|entry| entry.0 == word) {
                let phrase = &self.phrases[number as usize];
                if !words[at..].starts_with(&phrase.words) {
                    continue;
                }
                let ends = at + phrase.words.len() == words.len();
                let holds = match phrase.place {
                    // A colon may stand behind a heading.
                    Place::Line => {
                        at == 0
                            && (ends
                                || at + phrase.words.len() + 1 == words.len()
                                    && words.last() == Some(&self.colon))
                    }
                    Place::Start | Place::Head | Place::Between => at == 0,
                    Place::End | Place::Tail => ends,
                    Place::Anywhere | Place::Hint => true,
                };
                if holds {
                    hit(phrase, at);
                }
            }
        }
    }
}

/// The number of bits for openings: about twenty for each phrase.
const OPENINGS: usize = 1 << 14;

/// The bit of two words, or of one.
fn opening(first: u64, second: Option<&u64>) -> usize {
    let both = first.rotate_left(9) ^ second.unwrap_or(&0);
    (both ^ both >> 32) as usize % OPENINGS
}

/// The words of a phrase as lines are compared: folded hashes, numbers as one word, colons kept, other marks dropped.
fn words_of(text: &str) -> Vec<u64> {
    let read = token::tokenize(text);
    let mut words = Vec::new();
    for token in &read.tokens {
        match (token.kind, token.span.slice(text)) {
            (TokenKind::Tag, "#") | (TokenKind::Punctuation, "#") => words.push(NUMBER),
            (_, ":" | "©") | (TokenKind::Word | TokenKind::Link, _) => {
                words.push(read.vocabulary.hash(token.word));
            }
            _ => {}
        }
    }
    words
}

fn kind_of(word: &str) -> Option<FurnitureKind> {
    Some(match word {
        "related" => FurnitureKind::RelatedLinks,
        "share" | "comment" => FurnitureKind::SharePrompt,
        "cookie" => FurnitureKind::CookieNotice,
        "adblock" => FurnitureKind::AdblockNotice,
        "newsletter" => FurnitureKind::NewsletterPrompt,
        "byline" => FurnitureKind::Byline,
        "caption" => FurnitureKind::Caption,
        "navigation" => FurnitureKind::Navigation,
        _ => return None,
    })
}
