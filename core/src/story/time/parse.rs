//! From tokens to expressions of time: calendar days, months, years, and what points from today.
//!
//! In: one analysis. Out: [`Parsed`] expressions in text order, not overlapping. Every production looks at a bounded
//! number of tokens, so that the whole is linear.

use super::expression::{Parsed, Time};
use super::lexicon::*;
use crate::span::ByteSpan;
use crate::text::{Analysis, Shape};

/// Finds the expressions of time in one document.
pub(super) fn expressions(analysis: &Analysis) -> Vec<Parsed> {
    let lexicon = Lexicon::new(analysis);
    let mut found: Vec<Parsed> = Vec::new();
    for (number, sentence) in analysis.sentences.iter().enumerate() {
        let (start, end) = (sentence.tokens.start, sentence.tokens.end);
        let first_here = found.len();
        let mut at = start;
        while at < end {
            if !lexicon.may_begin(at, end) {
                at += 1;
                continue;
            }
            let before = found.last().filter(|_| found.len() > first_here);
            let reader = Reader { lexicon: &lexicon, start, end };
            let Some(read) = reader.continued(at, before).or_else(|| reader.expression(at)) else {
                at += 1;
                continue;
            };
            if let (Time::Calendar(cal), Some(last)) =
                (&read.time, found.last_mut().filter(|_| read.shares_year))
                && let Time::Calendar(before) = &mut last.time
            {
                before.year = before.year.or(cal.year);
                before.year_turn = before.year_turn.or(cal.year_turn);
            }
            let floor = found.last().filter(|_| found.len() > first_here).map_or(start, |last| last.tokens.1);
            let first = reader.with_modifier(at, floor);
            let last_end = read.last_byte.unwrap_or(analysis.tokens[read.end as usize - 1].span.end);
            let span = ByteSpan { start: analysis.tokens[first as usize].span.start, end: last_end };
            found.push(Parsed { span, tokens: (first, read.end), sentence: number as u32, time: read.time });
            at = read.end;
        }
    }
    found
}

/// What a production returns.
pub(super) struct Read {
    /// The first token after the expression.
    pub(super) end: u32,
    pub(super) time: Time,
    /// Where the expression ends inside its last token, when that is torn (`2005Through`).
    pub(super) last_byte: Option<u32>,
    /// The year said here belongs to the expression before as well (`June 13 and 14, 2007`).
    pub(super) shares_year: bool,
}

impl Read {
    pub(super) fn new(end: u32, time: Time) -> Self {
        Read { end, time, last_byte: None, shares_year: false }
    }
}

/// Reads one sentence.
pub(super) struct Reader<'a> {
    pub(super) lexicon: &'a Lexicon<'a>,
    pub(super) start: u32,
    pub(super) end: u32,
}

impl<'a> Reader<'a> {
    pub(super) fn value(&self, at: u32, kind: u8) -> Option<i64> {
        self.lexicon.value(at, self.end, kind)
    }

    #[inline]
    pub(super) fn is(&self, at: u32, words: &[&str]) -> bool {
        self.lexicon.is(at, self.end, words)
    }

    /// Whether the token before `at` is one of the words.
    #[inline]
    pub(super) fn after(&self, at: u32, words: &[&str]) -> bool {
        at > self.start && self.is(at - 1, words)
    }

    pub(super) fn comma(&self, at: u32) -> u32 {
        at + u32::from(self.is(at, &[","]))
    }

    pub(super) fn expression(&self, at: u32) -> Option<Read> {
        let phrase = self.phrase(at);
        if phrase.as_ref().is_some_and(|read| read.end > at + 1) {
            return phrase;
        }
        self.clock_led(at)
            .or_else(|| self.calendar_led(at))
            .or_else(|| self.today_led(at))
            .or_else(|| self.duration_led(at))
            .or_else(|| self.season_led(at))
            .or_else(|| self.year_led(at))
            .or_else(|| self.lexicon.holiday(at, self.end).and_then(|(end, day)| self.holiday(end, day)))
            .or(phrase)
    }

    /// A fixed expression, unless the words around it make it something else: `at the time of`, `as soon as`.
    pub(super) fn phrase(&self, at: u32) -> Option<Read> {
        let (end, value) = self.lexicon.phrase(at, self.end)?;
        let capital =
            at > self.start && self.lexicon.token(at, self.end).is_some_and(|t| t.shape == Shape::Capital);
        let bound = match self.lexicon.surface(end - 1, self.end) {
            "time" | "moment" | "point" => self.is(end, &["of", "the", "that", "when"]),
            "future" | "Future" => self.is(end, &["of"]) || self.is(at, &["the"]) && !self.closes(end),
            "past" => {
                self.value(end, UNITS).is_some()
                    || self.lexicon.numbers.may_begin(end)
                    || self.value(end, FEW).is_some()
            }
            "soon" => {
                self.is(end, &["after", "thereafter", "as", "to"]) || self.after(at, &["as", "too", "how"])
            }
            // "the previously criticised plan" says what the plan is and not when.
            "previously" => {
                let helped =
                    self.after(at, &["was", "were", "had", "has", "have", "been", "is", "are", "than"]);
                let adjective = |t: &crate::text::Token| {
                    t.shape == Shape::Lower && self.value(end, PREPOSITION).is_none()
                };
                !helped
                    && self.lexicon.token(end, self.end).is_some_and(adjective)
                    && !self.is(end, &["had", "has"])
            }
            _ => false,
        };
        let name = capital && end == at + 1;
        (!bound && !name).then(|| Read::new(end, Time::Fixed { value: value.into(), precision: "vague" }))
    }

    /// The first token of the expression with the words that loosen it: `about`, `more than`, `up to`.
    pub(super) fn with_modifier(&self, at: u32, floor: u32) -> u32 {
        let mut first = at;
        while first > floor {
            if self.value(first - 1, ABOUT).is_some() {
                first -= 1;
            } else if first >= floor + 2
                && (self.is(first - 1, &["than"])
                    && self.is(first - 2, &["more", "less", "fewer", "longer", "later"])
                    || self.is(first - 1, &["least", "most"]) && self.is(first - 2, &["at"])
                    || self.is(first - 1, &["to"]) && self.is(first - 2, &["up"]))
            {
                first -= 2;
            } else {
                break;
            }
        }
        first
    }
}
