//! What points from the day of writing or from the last day spoken of: `yesterday evening`, `next week`, `all summer`.

use super::expression::{Calendar, Part, Time, Turn, Unit, Within};
use super::lexicon::*;
use super::parse::{Read, Reader};
use crate::text::Shape;

/// Season codes of TIMEX3, spring first.
pub(super) const SEASONS: [&str; 4] = ["SP", "SU", "FA", "WI"];

impl Reader<'_> {
    pub(super) fn today_led(&self, at: u32) -> Option<Read> {
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
        if part.is_some()
            && let Some(day) = self.value(after, DAY)
        {
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
        } else if self.is(next, &["the"])
            && self.value(next + 1, EDGE) == Some(2)
            && self.is(next + 2, &["of"])
        {
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
        if matches!(unit, Unit::Second | Unit::Minute | Unit::Hour) || self.lexicon.hyphen(next + 1, self.end)
        {
            return None;
        }
        let past_span = self.is(next - 1, &["past"]) && told;
        match unit {
            Unit::Day if self.is(next - 1, &["last", "past", "this", "current", "coming", "upcoming"]) => {
                None
            }
            Unit::Day => {
                let clock_at = next + 1 + u32::from(self.is(next + 1, &["at"]));
                let clock = self.clock(clock_at, clock_at > next + 1);
                let end = clock.map_or(next + 1, |(end, _)| end);
                Some(Read::new(end, Time::Told(turn, Within { part: None, clock: clock.map(|(_, c)| c) })))
            }
            Unit::Decade | Unit::Century | Unit::Fortnight | Unit::Night => self.span_of_units(next, unit),
            _ if past_span => self.span_of_units(next, unit),
            // The last weekend before the vote is the last of several, whenever this is written.
            Unit::Week | Unit::Weekend if turn == -1 && self.is(next + 1, &["of", "before"]) => {
                let value = if unit == Unit::Week { "XXXX-WXX" } else { "XXXX-WXX-WE" };
                Some(Read::new(next + 1, Time::Fixed { value: value.into(), precision: "week" }))
            }
            _ => Some(Read::new(next + 1, Time::Current(unit, turn))),
        }
    }

    /// `the past decade`, `the past year`: so many days up to now.
    pub(super) fn span_of_units(&self, at: u32, unit: Unit) -> Option<Read> {
        let (letter, count, clock) = unit.letter();
        let value = format!("P{}{count}{letter}", if clock { "T" } else { "" });
        Some(Read::new(at + 1, Time::Fixed { value, precision: "duration" }))
    }

    pub(super) fn season_led(&self, at: u32) -> Option<Read> {
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
        let certain = certain && self.lexicon.token(end, self.end).is_none_or(|t| t.shape != Shape::Capital);
        certain.then(|| Read::new(end, Time::Season { season, year: cal.year, turn }))
    }

    pub(super) fn quarter(&self, at: u32) -> Option<Read> {
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
}
