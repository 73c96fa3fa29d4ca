//! Days, weekdays and months: `Saturday, Jan. 1`, `26 December 2004`, `last Thursday`, `June 13 and 14, 2007`.

use super::expression::{Calendar, Parsed, Part, Time};
use super::lexicon::*;
use super::parse::{Read, Reader};
use crate::text::{Shape, TokenKind};

impl Reader<'_> {
    pub(super) fn calendar_led(&self, at: u32) -> Option<Read> {
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
    pub(super) fn weekday(&self, at: u32) -> Option<u8> {
        let weekday = self.value(at, WEEKDAY)?;
        let token = self.lexicon.token(at, self.end)?;
        let name = self.is(at + 1, &["times", "telegraph", "herald", "mirror", "mail", "express", "post"])
            && self.lexicon.token(at + 1, self.end).is_some_and(|t| t.shape == Shape::Capital);
        (matches!(token.shape, Shape::Capital | Shape::Upper) && !name).then_some(weekday as u8)
    }

    pub(super) fn after_weekday(&self, after: u32, mut cal: Calendar) -> Option<Read> {
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
        if self.is(after, &["week"])
            && self.after(after, &["monday", "tuesday", "wednesday", "thursday", "friday"])
        {
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

    pub(super) fn with_clock(&self, end: u32, mut cal: Calendar) -> Read {
        let at = self.comma(end);
        let at = at + u32::from(self.is(at, &["at", "around", "about"]));
        let at = at + u32::from(self.is(at, &["around", "about"]));
        let led = at > end || self.lexicon.surface(at, self.end).contains(':');
        if (cal.day.is_some() || cal.weekday.is_some())
            && let Some((end, clock)) = self.clock(at, led)
        {
            cal.within.clock = Some(clock);
            return Read::new(end, Time::Calendar(cal));
        }
        Read::new(end, Time::Calendar(cal))
    }

    /// `December 26, 2004`, `26 December`, `the 7th of July`, `June 2004`, `March`.
    pub(super) fn month_and_day(&self, at: u32, cal: &mut Calendar) -> Option<(u32, Option<u32>)> {
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
    pub(super) fn month(&self, at: u32) -> Option<u8> {
        let month = self.value(at, MONTH)?;
        let token = self.lexicon.token(at, self.end)?;
        matches!(token.shape, Shape::Capital | Shape::Upper).then_some(month as u8)
    }

    /// `May` and `March` are verbs, `April`, `June` and `August` given names: without a day they need company.
    pub(super) fn is_doubtful_month(&self, at: u32, cal: &Calendar) -> bool {
        let dated = cal.turn.is_some()
            || self.year(at + 1).is_some()
            || self.is(at + 1, &["of", ","]) && self.year(at + 2).is_some()
            || at > self.start
                && (self.value(at - 1, PREPOSITION).is_some() || self.is(at - 1, &["-", "a", "an", "the"]));
        // "the March of Folly"
        let of_something =
            self.is(at + 1, &["of"]) && self.year(at + 2).is_none() && self.value(at + 2, TURN).is_none();
        match self.lexicon.analysis.folded(&self.lexicon.analysis.tokens[at as usize]) {
            "march" if of_something => true,
            "may" | "march" | "mar" | "jan" | "april" | "june" | "august" => {
                let name_follows = self.lexicon.token(at + 1, self.end).is_some_and(|t| {
                    t.shape == Shape::Capital && t.is_word() && self.value(at + 1, PREPOSITION).is_none()
                });
                !dated
                    || name_follows
                        && self.is(at - u32::from(at > self.start), &["by", "to", "from", "and", "for"])
            }
            "dec" | "oct" | "sep" | "nov" | "feb" | "apr" | "jun" | "jul" | "aug" => !dated,
            _ => false,
        }
    }

    /// The day of the month: 1 to 31, in digits or as an ordinal.
    pub(super) fn day(&self, at: u32) -> Option<u8> {
        let token = self.lexicon.token(at, self.end)?;
        let surface = self.lexicon.analysis.surface(token);
        if token.kind == TokenKind::Number {
            let digits = surface.trim_end_matches(|c: char| c.is_alphabetic());
            let suffix = &surface[digits.len()..];
            if !matches!(suffix.to_ascii_lowercase().as_str(), "" | "st" | "nd" | "rd" | "th")
                || digits.len() > 2
            {
                return None;
            }
            return digits.parse().ok().filter(|d| (1..=31).contains(d));
        }
        let number = self.lexicon.numbers.at(at, self.end).filter(|n| n.ordinal && n.end == at + 1)?;
        number.value.as_whole().and_then(|d| u8::try_from(d).ok()).filter(|d| (1..=31).contains(d))
    }

    /// Whether what follows says that the number counts something: `March 20 people`, `May 5%`, `June 10:30`.
    pub(super) fn counts_something(&self, at: u32) -> bool {
        self.is(at, &["%", "percent", "million", "billion", "people"]) || self.value(at, UNITS).is_some()
    }

    /// A year of four digits.
    pub(super) fn year(&self, at: u32) -> Option<(i32, Option<u32>)> {
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
    pub(super) fn year_after(&self, end: u32, cal: &mut Calendar) -> (u32, Option<u32>) {
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
    pub(super) fn iso_date(&self, at: u32) -> Option<Read> {
        let (year, torn) = self.year(at)?;
        let glued = |at| self.lexicon.hyphen(at, self.end);
        let part = |at| self.lexicon.surface(at, self.end).parse::<u8>().ok();
        if torn.is_some()
            || !glued(at + 1)
            || !glued(at + 3)
            || self.lexicon.surface(at + 2, self.end).len() != 2
        {
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
    pub(super) fn continued(&self, at: u32, before: Option<&Parsed>) -> Option<Read> {
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

    pub(super) fn holiday(&self, end: u32, (month, day): (u8, u8)) -> Option<Read> {
        let capital = self.lexicon.token(end - 1, self.end).is_some_and(|t| t.shape != Shape::Lower);
        let mut cal = Calendar { month: Some(month), day: Some(day), ..Calendar::default() };
        let (end, last_byte) = self.year_after(end, &mut cal);
        capital.then(|| Read { last_byte, ..Read::new(end, Time::Calendar(cal)) })
    }
}
