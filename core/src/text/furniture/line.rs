//! What one line looks like: its length, case, ending and marks.
//!
//! In: the tokens of a line. Out: [`LineFacts`], from which the rules decide; no decision is made here.

use super::phrase::{LineWords, NUMBER};
use crate::text::lexicon::entries;
use crate::text::{Analysis, Known, Line, Shape, TokenKind};

/// Words of dates and time stamps.
pub(in crate::text) fn time_words() -> impl Iterator<Item = &'static str> {
    entries(include_str!("times.txt"))
}

/// Words that a running sentence cannot do without.
pub(in crate::text) const SMALL: [&str; 24] = [
    "the", "a", "an", "is", "are", "was", "were", "has", "have", "had", "will", "that", "to", "it", "he",
    "she", "they", "we", "i", "be", "been", "not", "but", "which",
];

/// Words of telling. A line that holds one, and does not speak to the reader, is part of a story about newsletters and
/// not a request to take one.
pub(in crate::text) const TOLD: [&str; 20] = [
    "said", "says", "say", "told", "tells", "asked", "asks", "added", "was", "were", "had", "he", "she",
    "his", "her", "him", "who", "did", "recalls", "recalled",
];

/// Words with which a page speaks to its reader.
pub(in crate::text) const ADDRESS: [&str; 14] = [
    "you", "your", "yours", "our", "us", "we", "we're", "you're", "please", "click", "here", "this", "sorry",
    "my",
];

/// What the rules ask about one line.
#[derive(Clone, Debug, Default)]
pub(super) struct LineFacts {
    /// Words and numbers.
    pub(super) words: u32,
    /// Words that begin with a capital.
    pub(super) capitals: u32,
    /// Words in small letters.
    pub(super) lowers: u32,
    /// Numbers, times included.
    pub(super) numbers: u32,
    /// Words and numbers that belong to dates and times.
    pub(super) times: u32,
    /// Articles, pronouns and auxiliaries.
    pub(super) small: u32,
    /// Words of telling.
    pub(super) told: u32,
    /// Words that speak to the reader.
    pub(super) address: u32,
    /// Quotation marks that are no apostrophes.
    pub(super) marks: u32,
    /// Ends in dots: a text cut short.
    pub(super) is_cut: bool,
    /// Ends a sentence: `.`, `!`, `?`, `…`, marks after it allowed.
    pub(super) is_final: bool,
    pub(super) ends_question: bool,
    pub(super) ends_colon: bool,
    /// Begins with a list mark or a list number.
    pub(super) is_item: bool,
    /// Separators of menus and breadcrumbs: `>`, `»`, `|`, `/`, `•` with space around.
    pub(super) separators: u32,
    /// `|` alone.
    pub(super) pipes: u32,
    /// Begins with a quotation mark.
    pub(super) quoted: bool,
    /// The hash of the words, marks and case aside; equal for a copy of the line.
    pub(super) hash: u64,
    /// The byte where the words after the last separator begin.
    pub(super) last_part: u32,
}

impl LineFacts {
    /// Running text: long enough and ended.
    pub(super) fn is_strong(&self) -> bool {
        self.words >= 10 && self.is_final
    }

    /// Reads a line; `words` receives its words as the phrase table compares them.
    pub(super) fn read(analysis: &Analysis, line: &Line, words: &mut LineWords) -> Self {
        words.clear();
        let mut facts = LineFacts { last_part: line.span.start, ..LineFacts::default() };
        let tokens = analysis.tokens_of(&line.tokens);
        let mut hash = 0u64;
        for (i, token) in tokens.iter().enumerate() {
            match token.kind {
                TokenKind::Word | TokenKind::Link | TokenKind::Tag => {
                    let word = analysis.vocabulary.hash(token.word);
                    let known = analysis.known(token);
                    words.push(word, known.has(Known::PHRASE));
                    hash = (hash.rotate_left(5) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
                    if token.is_clitic() {
                        continue;
                    }
                    facts.words += 1;
                    match token.shape {
                        Shape::Lower => facts.lowers += 1,
                        Shape::Capital | Shape::Upper => facts.capitals += 1,
                        _ if token.is_capitalised(analysis.surface(token)) => facts.capitals += 1,
                        _ => {}
                    }
                    facts.times += u32::from(known.has(Known::TIME));
                    facts.small += u32::from(known.has(Known::SMALL));
                    facts.told += u32::from(known.has(Known::TOLD));
                    facts.address += u32::from(known.has(Known::ADDRESS));
                    facts.is_final = token.is_dotted() && i + 1 == tokens.len();
                }
                TokenKind::Number => {
                    words.push(NUMBER, true);
                    let word = analysis.vocabulary.hash(token.word);
                    hash = (hash.rotate_left(5) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
                    facts.words += 1;
                    facts.numbers += 1;
                    facts.is_final = false;
                }
                TokenKind::Punctuation | TokenKind::Symbol => {
                    let surface = analysis.surface(token);
                    let apart = !token.is_glued() && i > 0;
                    match surface {
                        ">" | "»" | "›" | "→" | "•" | "·" | "/" | "|" | "»»" if apart => {
                            facts.separators += 1;
                            facts.pipes += u32::from(surface == "|");
                            facts.last_part = token.span.end;
                        }
                        _ => {}
                    }
                    let mark = surface.chars().next();
                    if matches!(mark, Some(':' | '©')) {
                        words.push(
                            analysis.vocabulary.hash(token.word),
                            analysis.known(token).has(Known::PHRASE),
                        );
                    }
                    match mark {
                        Some('.' | '!' | '?' | '…' | '。') => {
                            facts.is_final = true;
                            facts.is_cut = surface == "…" || surface.starts_with("...");
                        }
                        Some('"' | '\'' | '”' | '’' | ')' | ']' | '*' | '»') => {}
                        _ => facts.is_final = false,
                    }
                    facts.marks += u32::from(matches!(mark, Some('"' | '“' | '”' | '«' | '»')));
                    facts.ends_question = mark == Some('?');
                    facts.ends_colon = surface == ":";
                    if i == 0 {
                        facts.is_item =
                            matches!(surface, "-" | "•" | "*" | "·" | "–" | "—" | "▪" | "●" | "◦");
                        facts.quoted = matches!(surface, "\"" | "“" | "'" | "‘");
                    }
                    continue;
                }
            }
            facts.ends_question = false;
            facts.ends_colon = false;
        }
        facts.is_cut &= facts.is_final;
        if let [first, second, ..] = tokens
            && first.kind == TokenKind::Number
            && second.is_glued()
            && matches!(analysis.surface(second), "." | ")")
        {
            facts.is_item = true;
        }
        facts.hash = hash;
        facts
    }

    /// Every word belongs to a date or a time, and at least one says which.
    pub(super) fn is_timestamp(&self) -> bool {
        let said = self.times + self.numbers;
        // `Friday.` and `Just now!` are answers.
        let answer = self.is_final && self.numbers == 0;
        self.words > 0 && self.times > 0 && said == self.words && self.words <= 20 && !answer
    }

    /// Tells a story and does not speak to the reader, unless in quotation marks.
    pub(super) fn tells(&self) -> bool {
        self.is_final
            && !self.ends_question
            && self.words >= 5
            && self.told > 0
            && (self.address == 0 || self.quoted || self.marks >= 2)
    }

    /// A word or two of a menu, a count or a single figure and nothing else.
    pub(super) fn is_number(&self) -> bool {
        self.words == 1 && self.numbers == 1
    }

    /// `Harwick 3, Tamsel 1`: two names and two numbers that are no time.
    pub(super) fn is_score(&self) -> bool {
        self.numbers == 2 && self.times == 0 && self.capitals >= 2 && self.lowers == 0 && self.words <= 10
    }

    /// Few words, most of them capitalised, none of a running sentence: a name or a label.
    pub(super) fn is_label(&self) -> bool {
        self.words <= 6 && self.lowers <= 1 && self.small == 0 && !self.is_final
    }
}

/// The hash of a text's words as [`LineFacts::hash`] holds it.
pub(super) fn hash_of_text(text: &str) -> u64 {
    let read = crate::text::token::tokenize(text);
    words_hash(
        read.tokens
            .iter()
            .filter(|token| counts_in_hash(token.kind))
            .map(|token| read.vocabulary.hash(token.word)),
    )
}

/// The hash of the words of a piece of a line, from the byte `from` to its end.
pub(super) fn hash_from(analysis: &Analysis, line: &Line, from: u32) -> u64 {
    let tokens = analysis.tokens_of(&line.tokens).iter();
    words_hash(
        tokens
            .filter(|token| token.span.start >= from && counts_in_hash(token.kind))
            .map(|token| analysis.vocabulary.hash(token.word)),
    )
}

fn counts_in_hash(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Word | TokenKind::Link | TokenKind::Tag | TokenKind::Number)
}

fn words_hash(words: impl Iterator<Item = u64>) -> u64 {
    words.fold(0, |hash, word| (hash.rotate_left(5) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15))
}
