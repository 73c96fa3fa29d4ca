//! Times of the clock and the days they are on.
//!
//! In: an expression that says a time of the clock, or a day by the day before it. Out: its value on the day that the sentence
//! names for it, else on the last day spoken of.

use super::expression::{Calendar, Clock, Parsed, Time, Within};
use super::resolve::{Resolver, Value, on_day};
use crate::Date;
use crate::text::Analysis;

/// The last day spoken of, as the beginning of a value.
pub(super) struct Told {
    pub(super) day: String,
    /// The sentence that speaks of it, and the time of the clock said with it.
    pub(super) sentence: u32,
    pub(super) clock: Option<Clock>,
}

/// The time of the clock that an expression says.
pub(super) fn clock_of(time: &Time) -> Option<Clock> {
    match time {
        Time::Clock(clock) => Some(*clock),
        Time::Calendar(Calendar { within, .. }) | Time::Today(_, within) | Time::Told(_, within) => {
            within.clock
        }
        _ => None,
    }
}

/// The day at `clock` when one instant is told twice and it is `day` at the other time: `23:49 local time (Thursday
/// 02:49 UTC)` is on Wednesday, since no place is more than 14 hours before or 12 behind Universal Time.
fn same_instant(day: &str, other: Option<Clock>, clock: Clock) -> String {
    let minutes = |c: Clock| i64::from(c.hour) * 60 + i64::from(c.minute);
    let ahead = match other {
        Some(other) if clock.utc != other.utc => {
            (minutes(clock) - minutes(other)) * if clock.utc { -1 } else { 1 }
        }
        _ => 0,
    };
    let turn = i64::from(ahead < -12 * 60) - i64::from(ahead > 14 * 60);
    let turn = if clock.utc { -turn } else { turn };
    let moved = match (turn, day.strip_prefix("XXXX-WXX-").and_then(|d| d.parse::<i64>().ok())) {
        (0, _) => None,
        (_, Some(weekday)) => Some(format!("XXXX-WXX-{}", (weekday - 1 + turn).rem_euclid(7) + 1)),
        (_, None) => day.parse::<Date>().ok().and_then(|d| d.add_days(turn)).map(|d| d.to_string()),
    };
    moved.unwrap_or_else(|| day.to_string())
}

/// The day part of a value that names a day or a weekday.
pub(super) fn day_of(value: &str) -> Option<&str> {
    let day = value.split('T').next()?;
    let weekday = day.len() == 10 && day.starts_with("XXXX-WXX-");
    let full = day.len() == 10 && day.as_bytes()[4] == b'-' && day.as_bytes()[5] != b'W';
    (weekday || full && !value.contains('/')).then_some(day)
}

/// The end of the bracket that tells in another zone what was told before it: `7 a.m. Wednesday (8:30 p.m. ET Tuesday)`.
pub(super) fn aside_until(analysis: &Analysis, last: &Parsed, time: &Parsed) -> u32 {
    const LONGEST: u32 = 12;
    let between = analysis.tokens_of(&(last.tokens.1..time.tokens.0.max(last.tokens.1)));
    if !matches!(between, [open] if analysis.surface(open) == "(") || clock_of(&time.time).is_none() {
        return 0;
    }
    let rest = time.tokens.1..(time.tokens.1 + LONGEST).min(analysis.tokens.len() as u32);
    let close = analysis.tokens_of(&rest).iter().position(|token| analysis.surface(token) == ")");
    close.map_or(0, |at| rest.start + at as u32)
}

impl Resolver<'_> {
    pub(super) fn clock(&self, i: usize, clock: Clock, told: Option<&Told>) -> Value {
        let within = Within { part: None, clock: Some(clock) };
        let sentence = self.parsed[i].sentence;
        // Its own day: "10 a.m. on Friday".
        if let Some((day, by)) = self.day_at(i + 1, sentence).filter(|_| self.leads_to_next(i)) {
            return on_day(same_instant(&day, self.clock_at(i + 1), clock), within, by);
        }
        let told_here = told.filter(|told| told.sentence == sentence);
        if let Some(told) = told_here {
            let by = "the day said in the sentence".into();
            return on_day(same_instant(&told.day, told.clock, clock), within, by);
        }
        // A day that follows in the sentence: "at 14:52 on Friday".
        for next in i + 1..(i + 4).min(self.parsed.len()) {
            if let Some((day, by)) = self.day_at(next, sentence) {
                return on_day(same_instant(&day, self.clock_at(next), clock), within, by);
            }
        }
        if let Some(told) = told {
            return on_day(told.day.clone(), within, "the last day spoken of".into());
        }
        let (day, by) = self
            .by_anchor(|date| Some(date.to_string()))
            .unwrap_or_else(|| ("XXXX-XX-XX".into(), "no day is said".into()));
        on_day(day, within, by)
    }

    /// The day that an expression of the sentence names.
    fn day_at(&self, i: usize, sentence: u32) -> Option<(String, String)> {
        let time = &self.parsed.get(i).filter(|parsed| parsed.sentence == sentence)?.time;
        let names_a_day = matches!(time, Time::Calendar(cal) if cal.day.is_some() || cal.weekday.is_some());
        if !names_a_day && !matches!(time, Time::Today(..)) {
            return None;
        }
        let value = self.value(i, None);
        Some((day_of(&value.value)?.to_string(), value.by))
    }

    fn clock_at(&self, i: usize) -> Option<Clock> {
        clock_of(&self.parsed[i].time)
    }

    /// Whether nothing but "on" parts an expression from the next.
    fn leads_to_next(&self, i: usize) -> bool {
        let between = self.parsed[i].tokens.1..self.parsed[i + 1].tokens.0;
        between.is_empty()
            || between.len() == 1
                && self.analysis.folded(&self.analysis.tokens[between.start as usize]) == "on"
    }

    pub(super) fn told(&self, days: i64, within: Within, told: Option<&Told>) -> Value {
        let last = told.and_then(|told| told.day.parse::<Date>().ok()).and_then(|d| d.add_days(days));
        if let Some(day) = last {
            return on_day(day.to_string(), within, "the last day spoken of".into());
        }
        let found =
            if told.is_none() { self.by_anchor(|date| Some(date.add_days(days)?.to_string())) } else { None };
        let (day, by) = found.unwrap_or_else(|| ("XXXX-XX-XX".into(), "no day is said".into()));
        on_day(day, within, by)
    }
}
