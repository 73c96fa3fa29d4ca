//! The words of time, from data files, and cheap questions on the tokens of one document.

use super::super::figure::number::Numbers;
use super::super::figure::table::{Classes, WordTable};
use crate::text::number::Numbers as Dense;
use crate::text::word::hash_bytes;
use crate::text::{Analysis, Token};
use std::sync::LazyLock;

pub(super) const MONTH: u8 = 1;
pub(super) const WEEKDAY: u8 = 2;
pub(super) const WEEKDAYS: u8 = 3;
pub(super) const UNIT: u8 = 4;
pub(super) const UNITS: u8 = 5;
pub(super) const SEASON: u8 = 6;
pub(super) const PART: u8 = 7;
pub(super) const DAY: u8 = 8;
pub(super) const TURN: u8 = 9;
pub(super) const LOOSE: u8 = 10;
pub(super) const EVERY: u8 = 11;
pub(super) const SET: u8 = 12;
pub(super) const ZONE: u8 = 13;
pub(super) const HALF: u8 = 14;
pub(super) const ABOUT: u8 = 15;
pub(super) const EDGE: u8 = 16;
pub(super) const AGO: u8 = 17;
pub(super) const FEW: u8 = 18;
pub(super) const PREPOSITION: u8 = 19;

const KINDS: [&str; 19] = [
    "month", "weekday", "weekdays", "unit", "units", "season", "part", "day", "turn", "loose", "every",
    "set", "zone", "half", "about", "edge", "ago", "few", "pref",
];

static WORDS: LazyLock<WordTable> = LazyLock::new(|| WordTable::parse(include_str!("word.txt"), &KINDS));

/// Fixed expressions by the hash of their first word, longest first.
struct Phrases<V> {
    firsts: Dense,
    /// For each first word.
    lists: Vec<Vec<(Vec<u64>, V)>>,
}

impl<V> Phrases<V> {
    fn new() -> Self {
        Phrases { firsts: Dense::default(), lists: Vec::new() }
    }

    fn insert(&mut self, words: &str, value: V) {
        let hashes: Vec<u64> = words.split_whitespace().map(|w| hash_bytes(w.as_bytes())).collect();
        let number = self.firsts.number(hashes[0]) as usize;
        self.lists.resize_with(self.firsts.len(), Vec::new);
        let list = &mut self.lists[number];
        list.push((hashes, value));
        list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    }

    fn of(&self, first: u64) -> Option<&[(Vec<u64>, V)]> {
        self.firsts.find(first).map(|number| self.lists[number as usize].as_slice())
    }
}

static PHRASES: LazyLock<Phrases<&'static str>> = LazyLock::new(|| {
    let mut phrases = Phrases::new();
    for line in include_str!("phrase.txt").lines().filter(|l| !l.starts_with('#')) {
        if let Some((value, words)) = line.split_once(' ') {
            phrases.insert(words, value);
        }
    }
    phrases
});

static HOLIDAYS: LazyLock<Phrases<(u8, u8)>> = LazyLock::new(|| {
    let mut phrases = Phrases::new();
    for line in include_str!("holiday.txt").lines().filter(|l| !l.starts_with('#')) {
        let mut fields = line.splitn(3, ' ');
        if let (Some(Ok(month)), Some(Ok(day)), Some(name)) =
            (fields.next().map(str::parse), fields.next().map(str::parse), fields.next())
        {
            phrases.insert(name, (month, day));
        }
    }
    phrases
});

/// Reads the tokens of one document with the words of time at hand.
pub(super) struct Lexicon<'a> {
    pub(super) analysis: &'a Analysis,
    pub(super) numbers: Numbers<'a>,
    classes: Classes,
    /// Per distinct word: a fixed expression may begin with it.
    starts: Vec<bool>,
    begins: Vec<Begins>,
}

/// What may begin with a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Begins {
    Nothing,
    /// An expression of time whose first word says nothing of time: one of the next few words does.
    Led,
    Time,
}

/// How far behind the word that leads an expression a word of time stands at most: `a matter of days`.
const LED: u32 = 3;

/// Words that are no words of time and yet may begin an expression; one preposition among them: `in recent months`.
const OPENING: [&str; 13] =
    ["the", "a", "an", "at", "mid", "post", "pre", "within", "all", "between", "alternate", "same", "in"];

impl<'a> Lexicon<'a> {
    pub(super) fn new(analysis: &'a Analysis) -> Self {
        let vocabulary = &analysis.vocabulary;
        let starts: Vec<bool> = vocabulary
            .hashes()
            .map(|hash| PHRASES.of(hash).is_some() || HOLIDAYS.of(hash).is_some())
            .collect();
        let classes = WORDS.classify(vocabulary);
        let begins = |word: u32| {
            let class = classes.of(word);
            let timely = starts[word as usize] || class.is_listed() && !class.is_only(PREPOSITION);
            if timely { Begins::Time } else { Begins::Nothing }
        };
        let mut begins: Vec<Begins> = (0..vocabulary.len() as u32).map(begins).collect();
        for word in OPENING {
            if let Some(word) = vocabulary.find(word)
                && begins[word as usize] == Begins::Nothing
            {
                begins[word as usize] = Begins::Led;
            }
        }
        Lexicon { analysis, numbers: Numbers::new(analysis), classes, starts, begins }
    }

    pub(super) fn token(&self, at: u32, end: u32) -> Option<&'a Token> {
        (at < end).then(|| &self.analysis.tokens[at as usize])
    }

    /// The value of the token as a word of a kind.
    pub(super) fn value(&self, at: u32, end: u32, kind: u8) -> Option<i64> {
        self.token(at, end).and_then(|t| self.classes.of(t.word).value(kind))
    }

    #[inline]
    pub(super) fn is(&self, at: u32, end: u32, words: &[&str]) -> bool {
        let Some(token) = self.token(at, end) else { return false };
        let folded = self.analysis.folded(token);
        // Hardly a word begins like the one that is asked for.
        let first = folded.as_bytes().first();
        words.iter().any(|word| word.as_bytes().first() == first && *word == folded)
    }

    pub(super) fn surface(&self, at: u32, end: u32) -> &'a str {
        self.token(at, end).map_or("", |t| self.analysis.surface(t))
    }

    /// Whether the token is a hyphen without space around it.
    pub(super) fn hyphen(&self, at: u32, end: u32) -> bool {
        let mark = matches!(self.surface(at, end), "-" | "\u{2010}" | "\u{2011}");
        mark && self.is_inner(at, end)
    }

    /// Whether the token is a hyphen or a short dash without space around it, as between years.
    pub(super) fn dash(&self, at: u32, end: u32) -> bool {
        matches!(self.surface(at, end), "-" | "\u{2010}" | "\u{2011}" | "\u{2012}" | "\u{2013}")
            && self.is_inner(at, end)
    }

    fn is_inner(&self, at: u32, end: u32) -> bool {
        self.token(at, end).is_some_and(|t| t.is_glued())
            && self.token(at + 1, end).is_some_and(|t| t.is_glued())
    }

    /// Whether anything of time may begin at the token of a sentence that ends at `end`; cheap.
    pub(super) fn may_begin(&self, at: u32, end: u32) -> bool {
        self.is_timely(at)
            || self.begins(at) == Begins::Led
                && (at + 1..end.min(at + 1 + LED)).any(|next| self.is_timely(next))
    }

    fn begins(&self, at: u32) -> Begins {
        self.begins[self.analysis.tokens[at as usize].word as usize]
    }

    /// Whether the token is a word of time or a number.
    fn is_timely(&self, at: u32) -> bool {
        self.begins(at) == Begins::Time || self.numbers.may_begin(at)
    }

    /// A fixed expression that begins at the token: the first token after it, and its value.
    pub(super) fn phrase(&self, at: u32, end: u32) -> Option<(u32, &'static str)> {
        self.longest(&PHRASES, at, end)
    }

    /// A holiday on a fixed day: the first token after it, month and day.
    pub(super) fn holiday(&self, at: u32, end: u32) -> Option<(u32, (u8, u8))> {
        self.longest(&HOLIDAYS, at, end)
    }

    fn longest<V: Copy>(&self, phrases: &Phrases<V>, at: u32, end: u32) -> Option<(u32, V)> {
        let first = self.token(at, end)?;
        if !self.starts[first.word as usize] {
            return None;
        }
        let hash = |at: u32| self.token(at, end).map(|t| self.analysis.vocabulary.hash(t.word));
        let list = phrases.of(hash(at)?)?;
        list.iter().find_map(|(words, value)| {
            let same = words.iter().enumerate().all(|(i, word)| hash(at + i as u32) == Some(*word));
            same.then(|| (at + words.len() as u32, *value))
        })
    }
}
