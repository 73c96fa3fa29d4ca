//! From tokens to expressions of time: calendar days, months, years, and what points from today.
//!
//! In: one analysis. Out: [`Parsed`] expressions in text order, not overlapping. Every production looks at a bounded
//! number of tokens, so that the whole is linear.

use super::expression::{Calendar, Parsed, Part, Time, Turn, Unit, Within};
use super::lexicon::*;
use crate::span::ByteSpan;
use crate::text::{Analysis, Shape, TokenKind};

/// Finds the expressions of time in one document.
pub(super) fn expressions(analysis: &Analysis) -> Vec<Parsed> {
    let lexicon = Lexicon::new(analysis);
    let mut found: Vec<Parsed> = Vec::new();
    for (number, sentence) in analysis.sentences.iter().enumerate() {
        let (start, end) = (sentence.tokens.start, sentence.tokens.end);
        let first_here = found.len();
        let mut at = start;
        while at < end {
            if !lexicon.may_begin(at) {
                at += 1;
                continue;
            }
            let before = found.last().filter(|_| found.len() > first_here);
            let reader = Reader { lexicon: &lexicon, start, end };
            let Some(read) = reader.continued(at, before).or_else(|| reader.expression(at)) else {
                at += 1;
                continue;
            };
            if let (Time::Calendar(cal), Some(last)) = (&read.time, found.last_mut().filter(|_| read.shares_year))
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
    last_byte: Option<u32>,
    /// The year said here belongs to the expression before as well (`June 13 and 14, 2007`).
    shares_year: bool,
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

    pub(super) fn is(&self, at: u32, words: &[&str]) -> bool {
        self.lexicon.is(at, self.end, words)
    }

    /// Whether the token before `at` is one of the words.
    pub(super) fn after(&self, at: u32, words: &[&str]) -> bool {
        at > self.start && self.is(at - 1, words)
    }

    pub(super) fn comma(&self, at: u32) -> u32 {
        at + u32::from(self.is(at, &[","]))
    }

    fn expression(&self, at: u32) -> Option<Read> {
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
    fn phrase(&self, at: u32) -> Option<Read> {
        let (end, value) = self.lexicon.phrase(at, self.end)?;
        let capital = at > self.start && self.lexicon.token(at, self.end).is_some_and(|t| t.shape == Shape::Capital);
        let bound = match self.lexicon.surface(end - 1, self.end) {
            "time" | "moment" | "point" => self.is(end, &["of", "the", "that", "when"]),
            "future" | "Future" => self.is(end, &["of"]) || self.is(at, &["the"]) && !self.closes(end),
            "past" => self.value(end, UNITS).is_some() || self.lexicon.numbers.may_begin(end) || self.value(end, FEW).is_some(),
            "soon" => self.is(end, &["after", "thereafter", "as", "to"]) || self.after(at, &["as", "too", "how"]),
            // "the previously criticised plan" says what the plan is and not when.
            "previously" => {
                let helped = self.after(at, &["was", "were", "had", "has", "have", "been", "is", "are", "than"]);
                let adjective = |t: &crate::text::Token| t.shape == Shape::Lower && self.value(end, PREPOSITION).is_none();
                !helped && self.lexicon.token(end, self.end).is_some_and(adjective) && !self.is(end, &["had", "has"])
            }
            _ => false,
        };
        (!bound && !(capital && end == at + 1))
            .then(|| Read::new(end, Time::Fixed { value: value.into(), precision: "vague" }))
    }

    /// The first token of the expression with the words that loosen it: `about`, `more than`, `up to`.
    fn with_modifier(&self, at: u32, floor: u32) -> u32 {
        let mut first = at;
        while first > floor {
            if self.value(first - 1, ABOUT).is_some() {
                first -= 1;
            } else if first >= floor + 2
                && (self.is(first - 1, &["than"]) && self.is(first - 2, &["more", "less", "fewer", "longer", "later"])
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

    // Calendar days ------------------------------------------------------------------------------------------

    fn calendar_led(&self, at: u32) -> Option<Read> {
        if let Some(read) = self.iso_date(at) {
            return Some(read);
        }
        let mut cal = Calendar::default();
        let mut next = at;
        if let Some(turn) = self.value(at, TURN) {
            cal.turn = Some(turn as i8);
            next += 1;
            if self.value(next, TURN).is_some() && turn == 0 {
                // this coming Friday, this past Monday
                cal.turn = self.value(next, TURN).map(|t| t as i8);
                next += 1;
            }
            if self.value(next, WEEKDAY).is_none() && self.value(next, MONTH).is_none() {
                return None;
            }
        } else if self.is(at, &["a", "the"]) && self.value(at + 1, WEEKDAY).is_some() {
            next += 1;
        } else if self.is(at, &["the"]) && self.value(at + 1, PART).is_some() && self.is(at + 2, &["of"]) {
            // the evening of August 10
            cal.within.part = self.value(at + 1, PART).map(Part::from_value);
            next += 3;
        } else if self.value(at, EDGE) == Some(1) {
            next += 1 + u32::from(self.lexicon.hyphen(at + 1, self.end));
        }
        if let Some(weekday) = self.weekday(next) {
            cal.weekday = Some(weekday);
            return self.after_weekday(next + 1, cal);
        }
        let (end, last_byte) = self.month_and_day(next, &mut cal)?;
        let mut read = self.with_clock(end, cal);
        if read.end == end {
            read.last_byte = last_byte;
        }
        Some(read)
    }

    /// A weekday: capitalised, or in a line of capitals.
    fn weekday(&self, at: u32) -> Option<u8> {
        let weekday = self.value(at, WEEKDAY)?;
        let token = self.lexicon.token(at, self.end)?;
        let name = self.is(at + 1, &["times", "telegraph", "herald", "mirror", "mail", "express", "post"])
            && self.lexicon.token(at + 1, self.end).is_some_and(|t| t.shape == Shape::Capital);
        (matches!(token.shape, Shape::Capital | Shape::Upper) && !name).then_some(weekday as u8)
    }

    fn after_weekday(&self, after: u32, mut cal: Calendar) -> Option<Read> {
        let mut next = self.comma(after);
        next += u32::from(self.is(next, &["the"]));
        let mut dated = cal;
        if let Some((end, last_byte)) = self.month_and_day(next, &mut dated)
            && dated.day.is_some()
        {
            let mut read = self.with_clock(end, dated);
            if read.end == end {
                read.last_byte = last_byte;
            }
            return Some(read);
        }
        if self.is(after, &["of"]) && self.value(after + 1, TURN).is_some() && self.is(after + 2, &["week"]) {
            cal.week = self.value(after + 1, TURN).map(|t| t as i8);
            return Some(self.with_clock(after + 3, cal));
        }
        if self.value(after, TURN).is_some() && self.is(after + 1, &["week"]) {
            cal.week = self.value(after, TURN).map(|t| t as i8);
            return Some(self.with_clock(after + 2, cal));
        }
        if self.is(after, &["week"]) && self.after(after, &["monday", "tuesday", "wednesday", "thursday", "friday"]) {
            return None;
        }
        let (end, part) = self.part(after);
        cal.within.part = part.or(cal.within.part);
        Some(self.with_clock(end, cal))
    }

    /// A part of the day that follows a day: `night`, `early morning`, `'s midnight`.
    pub(super) fn part(&self, after: u32) -> (u32, Option<Part>) {
        let mut next = after + u32::from(self.lexicon.token(after, self.end).is_some_and(|t| t.is_clitic()));
        next += u32::from(self.value(next, EDGE) == Some(1));
        match self.value(next, PART) {
            Some(part) => {
                let hours = u32::from(self.is(next + 1, &["hours"]));
                (next + 1 + hours, Some(Part::from_value(part)))
            }
            None => (after, None),
        }
    }

    fn with_clock(&self, end: u32, mut cal: Calendar) -> Read {
        let at = self.comma(end);
        let at = at + u32::from(self.is(at, &["at", "around", "about"]));
        let at = at + u32::from(self.is(at, &["around", "about"]));
        if cal.day.is_some() || cal.weekday.is_some() {
            if let Some((end, clock)) = self.clock(at, at > end || self.lexicon.surface(at, self.end).contains(':')) {
                cal.within.clock = Some(clock);
                return Read::new(end, Time::Calendar(cal));
            }
        }
        Read::new(end, Time::Calendar(cal))
    }

    /// `December 26, 2004`, `26 December`, `the 7th of July`, `June 2004`, `March`.
    fn month_and_day(&self, at: u32, cal: &mut Calendar) -> Option<(u32, Option<u32>)> {
        if let Some(month) = self.month(at) {
            cal.month = Some(month);
            let next = at + 1 + u32::from(self.is(at + 1, &["the"]) && self.day(at + 2).is_some());
            if let Some(day) = self.day(next).filter(|_| !self.counts_something(next + 1)) {
                cal.day = Some(day);
                return Some(self.year_after(next + 1, cal));
            }
            if self.is_doubtful_month(at, cal) {
                return None;
            }
            return Some(self.year_after(at + 1, cal));
        }
        let at = at + u32::from(self.is(at, &["the"]));
        let day = self.day(at)?;
        let mut next = at + 1 + u32::from(self.is(at + 1, &["of"]));
        // the 7th and 8th of July
        if self.is(next, &["and", "or", "to", "-"]) && self.day(next + 1).is_some() {
            next += 2 + u32::from(self.is(next + 2, &["of"]));
            cal.month = Some(self.month(next)?);
            cal.day = Some(day);
            return Some((at + 1, None));
        }
        cal.month = Some(self.month(next)?);
        cal.day = Some(day);
        Some(self.year_after(next + 1, cal))
    }

    /// A month's name, capitalised.
    fn month(&self, at: u32) -> Option<u8> {
        let month = self.value(at, MONTH)?;
        let token = self.lexicon.token(at, self.end)?;
        matches!(token.shape, Shape::Capital | Shape::Upper).then_some(month as u8)
    }

    /// `May` and `March` are verbs, `April`, `June` and `August` given names: without a day they need company.
    fn is_doubtful_month(&self, at: u32, cal: &Calendar) -> bool {
        let dated = cal.turn.is_some()
            || self.year(at + 1).is_some()
            || self.is(at + 1, &["of", ","]) && self.year(at + 2).is_some()
            || at > self.start && (self.value(at - 1, PREPOSITION).is_some() || self.is(at - 1, &["-", "a", "an", "the"]));
        match self.lexicon.analysis.folded(&self.lexicon.analysis.tokens[at as usize]) {
            "may" | "march" | "mar" | "jan" | "april" | "june" | "august" => {
                let name_follows = self.lexicon.token(at + 1, self.end).is_some_and(|t| {
                    t.shape == Shape::Capital && t.is_word() && self.value(at + 1, PREPOSITION).is_none()
                });
                !dated || name_follows && self.is(at - u32::from(at > self.start), &["by", "to", "from", "and", "for"])
            }
            "dec" | "oct" | "sep" | "nov" | "feb" | "apr" | "jun" | "jul" | "aug" => !dated,
            _ => false,
        }
    }

    /// The day of the month: 1 to 31, in digits or as an ordinal.
    fn day(&self, at: u32) -> Option<u8> {
        let token = self.lexicon.token(at, self.end)?;
        let surface = self.lexicon.analysis.surface(token);
        if token.kind == TokenKind::Number {
            let digits = surface.trim_end_matches(|c: char| c.is_alphabetic());
            let suffix = &surface[digits.len()..];
            if !matches!(suffix.to_ascii_lowercase().as_str(), "" | "st" | "nd" | "rd" | "th") || digits.len() > 2 {
                return None;
            }
            return digits.parse().ok().filter(|d| (1..=31).contains(d));
        }
        let number = self.lexicon.numbers.at(at, self.end).filter(|n| n.ordinal && n.end == at + 1)?;
        number.value.as_whole().and_then(|d| u8::try_from(d).ok()).filter(|d| (1..=31).contains(d))
    }

    /// Whether what follows says that the number counts something: `March 20 people`, `May 5%`, `June 10:30`.
    fn counts_something(&self, at: u32) -> bool {
        self.is(at, &["%", "percent", "million", "billion", "people"]) || self.value(at, UNITS).is_some()
    }

    /// A year of four digits.
    fn year(&self, at: u32) -> Option<(i32, Option<u32>)> {
        let token = self.lexicon.token(at, self.end).filter(|t| t.kind == TokenKind::Number)?;
        let surface = self.lexicon.analysis.surface(token);
        let digits = surface.bytes().take_while(u8::is_ascii_digit).count();
        let torn = surface[digits..].chars().next();
        if digits != 4 || torn.is_some_and(|c| !c.is_uppercase()) {
            return None;
        }
        let year = surface[..4].parse().ok().filter(|y| (1000..=2199).contains(y))?;
        Some((year, torn.map(|_| token.span.start + 4)))
    }

    /// The year after a month or day: `, 2004`, `of 2004`, `this year`.
    fn year_after(&self, end: u32, cal: &mut Calendar) -> (u32, Option<u32>) {
        for at in [end, end + u32::from(self.is(end, &[",", "of"]))] {
            if let Some((year, byte)) = self.year(at).filter(|_| !self.counts_something(at + 1)) {
                cal.year = Some(year);
                return (at + 1, byte);
            }
        }
        let of = end + u32::from(self.is(end, &["of"]));
        if let (Some(turn), true) = (self.value(of, TURN), self.is(of + 1, &["year"])) {
            cal.year_turn = Some(turn as i8);
            return (of + 2, None);
        }
        (end, None)
    }

    /// `2004-12-26`.
    fn iso_date(&self, at: u32) -> Option<Read> {
        let (year, torn) = self.year(at)?;
        let glued = |at| self.lexicon.hyphen(at, self.end);
        let part = |at| self.lexicon.surface(at, self.end).parse::<u8>().ok();
        if torn.is_some() || !glued(at + 1) || !glued(at + 3) || self.lexicon.surface(at + 2, self.end).len() != 2 {
            return None;
        }
        let (month, day) = (part(at + 2)?, part(at + 4)?);
        if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return None;
        }
        let cal = Calendar { year: Some(year), month: Some(month), day: Some(day), ..Calendar::default() };
        Some(self.with_clock(at + 5, cal))
    }

    /// A second day that shares month or year with the one before: `June 13 and 14, 2007`, `Dec. 3-14`.
    fn continued(&self, at: u32, before: Option<&Parsed>) -> Option<Read> {
        let before = before.filter(|b| b.tokens.1 + 1 == at)?;
        let Time::Calendar(cal) = &before.time else { return None };
        if self.after(at, &["and", "or", "to", "through", "-", "until"])
            && cal.day.is_none()
            && cal.year.is_none()
            && cal.month.is_some()
            && let Some(read) = self.calendar_led(at)
            && matches!(read.time, Time::Calendar(c) if c.month.is_some() && (c.year.is_some() || c.year_turn.is_some()))
        {
            // between June and August this year
            return Some(Read { shares_year: true, ..read });
        }
        let joined = self.after(at, &["and", "or", "to", "through", "-", "until"]);
        let month_first = self.value(before.tokens.1.checked_sub(2)?, MONTH).is_some();
        if !joined || cal.day.is_none() || cal.year.is_some() || !month_first {
            return None;
        }
        let mut cal = Calendar { month: cal.month, day: Some(self.day(at)?), ..Calendar::default() };
        let (end, last_byte) = self.year_after(at + 1, &mut cal);
        let open = |t: &crate::text::Token| t.is_word() && !t.is_clitic();
        let follows_noun = end == at + 1
            && self.lexicon.token(end, self.end).is_some_and(open)
            && self.value(end, PREPOSITION).is_none();
        let shares_year = cal.year.is_some();
        (!follows_noun).then(|| Read { last_byte, shares_year, ..Read::new(end, Time::Calendar(cal)) })
    }

    fn holiday(&self, end: u32, (month, day): (u8, u8)) -> Option<Read> {
        let capital = self.lexicon.token(end - 1, self.end).is_some_and(|t| t.shape != Shape::Lower);
        let mut cal = Calendar { month: Some(month), day: Some(day), ..Calendar::default() };
        let (end, last_byte) = self.year_after(end, &mut cal);
        capital.then(|| Read { last_byte, ..Read::new(end, Time::Calendar(cal)) })
    }

    // What points from today ----------------------------------------------------------------------------------

    fn today_led(&self, at: u32) -> Option<Read> {
        let mut next = at;
        if self.is(at, &["the"]) && self.is(at + 1, &["day", "night", "morning", "evening"]) {
            let days = if self.is(at + 2, &["before"]) {
                -1
            } else if self.is(at + 2, &["after"]) {
                1
            } else {
                return None;
            };
            if let Some(more) = self.value(at + 3, DAY).filter(|more| more.signum() == days) {
                return Some(Read::new(at + 4, Time::Today(days + more, Within::default())));
            }
            // The day after something that the sentence names is told by that, not by the last day spoken of.
            let closed = self.lexicon.token(at + 3, self.end).is_none_or(|t| !t.is_word());
            let (_, part) = self.part(at + 1);
            return closed.then(|| Read::new(at + 3, Time::Told(days, Within { part, clock: None })));
        }
        // the early morning hours yesterday
        let early = at + u32::from(self.is(at, &["the"]));
        let (after, part) = self.part(early);
        if part.is_some() && let Some(day) = self.value(after, DAY) {
            return Some(Read::new(after + 1, Time::Today(day, Within { part, clock: None })));
        }
        if let Some(day) = self.value(at, DAY) {
            let tonight = self.is(at, &["tonight"]).then_some(Part::Night);
            let (end, part) = self.part(at + 1);
            let mut within = Within { part: part.or(tonight), clock: None };
            let clock_at = end + u32::from(self.is(end, &["at"]));
            if let Some((end, clock)) = self.clock(clock_at, true) {
                within.clock = Some(clock);
                return Some(Read::new(end, Time::Today(day, within)));
            }
            return Some(Read::new(end, Time::Today(day, within)));
        }
        if self.value(next, EDGE) == Some(1) {
            next += 1;
        } else if self.is(next, &["the"]) && self.value(next + 1, EDGE) == Some(2) && self.is(next + 2, &["of"]) {
            next += 3;
        } else if self.is(next, &["the"]) && self.value(next + 1, EDGE) == Some(1) {
            next += 2;
        }
        next += u32::from(self.is(next, &["the"]));
        let same = self.is(next, &["same"]);
        if self.is(next, &["weekend"]) && next > at {
            return Some(Read::new(next + 1, Time::Current(Unit::Weekend, 0)));
        }
        let turn = if same { 0 } else { self.value(next, TURN)? };
        if turn == 0 && self.is(next + 1, &["years"]) && next == at {
            // this year's, without its apostrophe
            return Some(Read::new(next + 2, Time::Current(Unit::Year, 0)));
        }
        if same && self.is(next + 1, &["day"]) && self.is(next + 2, &["that", "as"]) {
            return Some(Read::new(next + 2, Time::Today(0, Within::default())));
        }
        next += 1;
        let told = same || next >= at + 2 && self.is(next - 2, &["the"]);
        let (end, part) = self.part(next);
        if let Some(part) = part {
            let within = Within { part: Some(part), clock: None };
            let days = match (turn, part) {
                (0, _) => 0,
                (-1, Part::Night | Part::Evening) => -1,
                (turn, _) => turn,
            };
            let time = if told || self.is(next - 1, &["following"]) {
                Time::Told(if same { 0 } else { turn }, within)
            } else {
                Time::Today(days, within)
            };
            return Some(Read::new(end, time));
        }
        let unit = Unit::from_value(self.value(next, UNIT)?);
        if matches!(unit, Unit::Second | Unit::Minute | Unit::Hour) || self.lexicon.hyphen(next + 1, self.end) {
            return None;
        }
        let past_span = self.is(next - 1, &["past"]) && told;
        match unit {
            Unit::Day if self.is(next - 1, &["last", "past", "this", "current", "coming", "upcoming"]) => None,
            Unit::Day => {
                let clock_at = next + 1 + u32::from(self.is(next + 1, &["at"]));
                let clock = self.clock(clock_at, clock_at > next + 1);
                let end = clock.map_or(next + 1, |(end, _)| end);
                Some(Read::new(end, Time::Told(turn, Within { part: None, clock: clock.map(|(_, c)| c) })))
            }
            Unit::Decade | Unit::Century | Unit::Fortnight | Unit::Night => self.span_of_units(next, unit),
            _ if past_span => self.span_of_units(next, unit),
            _ => Some(Read::new(next + 1, Time::Current(unit, turn))),
        }
    }

    /// `the past decade`, `the past year`: so many days up to now.
    fn span_of_units(&self, at: u32, unit: Unit) -> Option<Read> {
        let (letter, count, clock) = unit.letter();
        let value = format!("P{}{count}{letter}", if clock { "T" } else { "" });
        Some(Read::new(at + 1, Time::Fixed { value, precision: "duration" }))
    }

    fn season_led(&self, at: u32) -> Option<Read> {
        // the first quarter of 2005, Q3 2024
        if let Some(read) = self.quarter(at) {
            return Some(read);
        }
        let mut next = at;
        let mut turn: Turn = None;
        let mut said = false;
        if let Some(value) = self.value(at, TURN) {
            (turn, next, said) = (Some(value as i8), at + 1, true);
        } else if self.is(at, &["all", "the", "in"]) {
            next += 1 + u32::from(self.is(at, &["in"]) && self.is(at + 1, &["the"]));
            said = true;
        } else if self.value(at, EVERY).is_some() {
            let season = self.value(at + 1, SEASON)?;
            let value = format!("XXXX-{}", SEASONS[season as usize - 1]);
            return Some(Read::new(at + 2, Time::Fixed { value, precision: "set" }));
        }
        let season = self.value(next, SEASON)? as u8;
        let mut cal = Calendar::default();
        let (end, _) = self.year_after(next + 1, &mut cal);
        let word = self.is(next, &["spring", "fall"]);
        let dated = cal.year.is_some() || cal.year_turn.is_some();
        // "the fall of the city", "in spring water": without a turn or a year only summer, autumn, winter stand alone.
        let certain = dated || turn.is_some() || said && !word && self.closes(end) && !self.is(at, &["the"]);
        let turn = turn.or(cal.year_turn);
        let certain = certain && !self.lexicon.token(end, self.end).is_some_and(|t| t.shape == Shape::Capital);
        certain.then(|| Read::new(end, Time::Season { season, year: cal.year, turn }))
    }

    fn quarter(&self, at: u32) -> Option<Read> {
        let the = at + u32::from(self.is(at, &["the"]));
        let (quarter, next) = match self.lexicon.surface(at, self.end) {
            "Q1" | "Q2" | "Q3" | "Q4" => (self.lexicon.surface(at, self.end).as_bytes()[1] - b'0', at + 1),
            _ => {
                let number = self.lexicon.numbers.at(the, self.end).filter(|n| n.ordinal)?;
                let quarter = number.value.as_whole().filter(|q| (1..=4).contains(q))?;
                (quarter as u8, self.is(number.end, &["quarter"]).then_some(number.end + 1)?)
            }
        };
        let mut cal = Calendar::default();
        let (end, _) = self.year_after(next, &mut cal);
        // "the second quarter" of a match has no year; "in the first quarter" of a year is told by its company.
        let said = cal.year.is_some() || cal.year_turn.is_some() || next == at + 1;
        said.then(|| Read::new(end, Time::Quarter { quarter, year: cal.year, turn: cal.year_turn }))
    }

    /// Whether a noun phrase ends before `at`.
    pub(super) fn closes(&self, at: u32) -> bool {
        self.lexicon.token(at, self.end).is_none_or(|t| !t.is_word() || self.value(at, PREPOSITION).is_some())
    }

    // Years -------------------------------------------------------------------------------------------------

    fn year_led(&self, at: u32) -> Option<Read> {
        // between 2014 and 2019; 2014-2019
        if self.is(at, &["between"])
            && let (Some((a, _)), true, Some((b, _))) = (self.year(at + 1), self.is(at + 2, &["and"]), self.year(at + 3))
            && a < b
        {
            return Some(Read::new(at + 4, Time::Fixed { value: format!("{a:04}/{b:04}"), precision: "year" }));
        }
        let mut next = at;
        if self.is(at, &["post", "pre", "mid"]) {
            next += 1 + u32::from(self.lexicon.hyphen(at + 1, self.end));
        } else if self.is(at, &["the"]) {
            next += 1 + u32::from(self.value(at + 1, EDGE) == Some(1));
            next += u32::from(next > at + 1 && self.lexicon.hyphen(next, self.end));
            next += u32::from(self.is(next, &["year"]));
        } else if self.value(at, EDGE) == Some(1) || self.is(at, &["year"]) {
            next += 1 + u32::from(self.is(at + 1, &["in"])) + u32::from(self.lexicon.hyphen(at + 1, self.end));
        }
        if let Some(read) = self.decade(next) {
            return Some(read);
        }
        let named = next > at && self.is(next - 1, &["year"]);
        let (year, last_byte) = self.year(next)?;
        if self.lexicon.dash(next + 1, self.end) && self.year(next + 2).is_some_and(|(b, _)| b > year) {
            let value = format!("{year:04}/{}", self.lexicon.surface(next + 2, self.end));
            return Some(Read::new(next + 3, Time::Fixed { value, precision: "year" }));
        }
        let after_war = next > at && self.is(at, &["post", "pre"]);
        if last_byte.is_some() || !named && !after_war && !self.is_year(next, year) {
            return None;
        }
        if next > at && self.is(at, &["the"]) && !named && !self.is(next - 1, &["early", "late", "mid", "-"]) {
            // The article belongs to the noun after the year: the 2004 tsunami.
            return None;
        }
        Some(Read::new(next + 1, Time::Calendar(Calendar { year: Some(year), ..Calendar::default() })))
    }

    fn is_year(&self, at: u32, year: i32) -> bool {
        let before = |words: &[&str]| self.after(at, words);
        let token = &self.lexicon.analysis.tokens[at as usize];
        let previous = at.checked_sub(1).map(|p| &self.lexicon.analysis.tokens[p as usize]);
        if token.is_glued() && previous.is_some_and(|p| p.kind == TokenKind::Symbol)
            || before(&["no.", "#", "/", "no", "flight", "room", "route", "$", "€", "£", "than", "about", "nearly"])
            || self.value(at + 1, UNIT).is_some()
            || self.value(at + 1, UNITS).is_some()
            || self.is(at + 1, &["%", "percent", "/", "people", "euros", "dollars", "pounds", "million", "billion"])
            || self.lexicon.hyphen(at + 1, self.end)
            || self.value(at + 1, ZONE).is_some()
            || token.is_glued() && self.is(at - u32::from(at > 0), &["-"]) && !self.is(at.saturating_sub(2), &["post", "pre", "mid"])
        {
            return false;
        }
        let led = previous.is_some() && at > self.start && self.value(at - 1, PREPOSITION).is_some();
        if !(1900..=2100).contains(&year) {
            return led && before(&["in", "since", "by", "until", "from", "of", "between", "before", "after", "circa"]);
        }
        let plural = self.lexicon.token(at + 1, self.end).is_some_and(|t| {
            t.shape == Shape::Lower && self.lexicon.surface(at + 1, self.end).ends_with('s')
        });
        led || !plural || before(&["the", "its", "their", "his", "her"])
    }

    /// `1990s`, `'90s`, `19th century`.
    fn decade(&self, at: u32) -> Option<Read> {
        let surface = self.lexicon.surface(at, self.end);
        if let Some(digits) = surface.strip_suffix('s').filter(|d| d.len() == 4 && d.ends_with('0'))
            && digits.bytes().all(|b| b.is_ascii_digit())
        {
            let value = format!("{}X", &digits[..3]);
            return Some(Read::new(at + 1, Time::Fixed { value, precision: "year" }));
        }
        let number = self.lexicon.numbers.at(at, self.end).filter(|n| n.ordinal)?;
        let hyphen = u32::from(self.lexicon.hyphen(number.end, self.end));
        let century = number.value.as_whole().filter(|c| (10..=22).contains(c))?;
        let word = number.end + hyphen;
        self.is(word, &["century"])
            .then(|| Read::new(word + 1, Time::Fixed { value: format!("{}XX", century - 1), precision: "year" }))
    }
}

pub(super) const SEASONS: [&str; 4] = ["SP", "SU", "FA", "WI"];
