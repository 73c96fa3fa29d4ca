//! Lengths of time and repetitions: `five-hour`, `the past 24 hours`, `six to eight weeks`, `every three months`.
//!
//! Ages (`36-year-old`, `aged 40 years`) are figures and not times. What ends in `ago` or `from now` is a date.

use super::expression::{Time, Unit};
use super::lexicon::*;
use super::parse::{Read, Reader};
use crate::story::figure::number::Amount;

/// How many units: a number, or only that there are several.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Count {
    Exact(Amount),
    Unknown,
}

impl Reader<'_> {
    pub(super) fn duration_led(&self, at: u32) -> Option<Read> {
        self.stopwatch(at)
            .or_else(|| self.repeated(at))
            .or_else(|| self.pointed(at))
            .or_else(|| self.loose(at))
            .or_else(|| self.counted(at))
            .or_else(|| self.single(at))
            .or_else(|| self.bare(at))
    }

    /// `every day`, `every three months`, `each year`, `annually`, `alternate days`, `on Mondays`.
    fn repeated(&self, at: u32) -> Option<Read> {
        let set = |end, value: String| Some(Read::new(end, Time::Fixed { value, precision: "set" }));
        if let Some(adverb) = self.value(at, SET) {
            let paper =
                self.is(at + 1, &["newspaper", "newspapers", "paper", "papers", "magazine", "newsletter"]);
            let lower = !paper && self.lexicon.surface(at, self.end).chars().all(char::is_lowercase);
            let value = ["PT1H", "P1D", "P1W", "P2W", "P1M", "P3M", "P1Y"][(adverb as usize - 1).min(6)];
            return if lower { set(at + 1, value.into()) } else { None };
        }
        if let Some(day) = self.value(at, WEEKDAYS) {
            return set(at + 1, format!("XXXX-WXX-{day}"));
        }
        if self.is(at, &["alternate"]) && self.value(at + 1, UNITS) == Some(4) {
            return set(at + 2, "P2D".into());
        }
        self.value(at, EVERY)?;
        let of = at + 1 + u32::from(self.is(at + 1, &["other", "single", "second"]));
        let other = i64::from(self.is(at + 1, &["other", "second"])) + 1;
        if let Some(unit) = self.value(of, UNIT) {
            return set(of + 1, length(Count::Exact(Amount::whole(other)), Unit::from_value(unit)));
        }
        if let Some(day) = self.value(of, WEEKDAY) {
            return set(of + 1, format!("XXXX-WXX-{day}"));
        }
        if let Some(part) = self.value(of, PART) {
            let part = super::expression::Part::from_value(part);
            return set(of + 1, format!("XXXX-XX-XX{}", part.suffix()));
        }
        let (end, count) = self.count(of)?;
        let unit = Unit::from_value(self.value(end, UNITS).or(self.value(end, UNIT))?);
        set(end + 1, length(count, unit))
    }

    /// `the past 24 hours`, `the next few days`, `the last several years`, `the first two weeks`.
    fn pointed(&self, at: u32) -> Option<Read> {
        let next = at + u32::from(self.is(at, &["the", "these", "those"]));
        let turned = self.value(next, TURN).is_some() && !self.is(next, &["this"]);
        if !(turned || next > at && self.lexicon.numbers.may_begin(next)) {
            return None;
        }
        self.counted(next + u32::from(turned))
    }

    /// `recent months`, `the coming days`, `previous years`.
    fn loose(&self, at: u32) -> Option<Read> {
        let mut next = at;
        if self.is(at, &["in", "the", "over", "within"]) {
            next += 1 + u32::from(self.is(at + 1, &["the"]));
        }
        let turn = self.value(next, LOOSE)?;
        self.value(next + 1, UNITS)?;
        let value = if turn < 0 { "PAST_REF" } else { "FUTURE_REF" };
        Some(Read::new(next + 2, Time::Fixed { value: value.into(), precision: "vague" }))
    }

    /// A count and a unit, with what may follow: a smaller unit, `ago`, `from now`.
    fn counted(&self, at: u32) -> Option<Read> {
        let fixed = |end, value| Read::new(end, Time::Fixed { value, precision: "duration" });
        let between = self.is(at, &["between"]);
        let (mut next, count) = self.count(at + u32::from(between))?;
        // six to eight weeks, 3 or 4 minutes, between 500 and 600 seconds
        let joint = self.is(next, &["to", "or", "and"]) || self.lexicon.hyphen(next, self.end);
        if joint && let Some((end, upper)) = self.count(next + 1) {
            let end = end + u32::from(self.lexicon.hyphen(end, self.end));
            if let Some(unit) = self.value(end, UNITS).or(self.value(end, UNIT))
                && !self.is_age(end + 1)
                && (between || !self.is(next, &["and"]))
            {
                let unit = Unit::from_value(unit);
                if self.after(at, &["from"]) && !between {
                    // from 13 to 33 seconds: two lengths
                    return Some(fixed(next, length(count, unit)));
                }
                return Some(fixed(end + 1, format!("{}/{}", length(count, unit), length(upper, unit))));
            }
        }
        if between {
            return None;
        }
        let hyphen = self.lexicon.hyphen(next, self.end);
        next += u32::from(hyphen);
        let unit = Unit::from_value(self.value(next, UNITS).or(self.value(next, UNIT))?);
        // "second" and "quarter" after a number are ranks and places as well: 33 second, five quarter-finals.
        let degrees = self.is(next + 1, &["north", "south", "east", "west"]);
        let idiom =
            self.is(at, &["one"]) && self.is(next, &["day", "second"]) && !self.closes(at.saturating_sub(1));
        if self.is_age(next + 1) || self.value(next, UNIT) == Some(11) || degrees || idiom {
            return None;
        }
        next += 1;
        if let Some(read) = self.ago(next, count, unit) {
            return Some(read);
        }
        let mut value = length(count, unit);
        // five and a half hours is one count; 8 minutes 50 seconds and two years and a month go on.
        let and = next + u32::from(self.is(next, &["and", ","]));
        if let Some((end, more)) = self.count(and)
            && let Some(smaller) = self.value(end, UNITS).or(self.value(end, UNIT)).map(Unit::from_value)
            && smaller < unit
            && !self.is_age(end + 1)
            && let (true, Some(joined)) =
                (and == next || smaller < Unit::Day, join(&value, &length(more, smaller)))
        {
            (value, next) = (joined, end + 1);
            if let Some((end, more)) = self.count(next)
                && self.value(end, UNITS) == Some(1)
                && let Some(joined) = join(&value, &length(more, Unit::Second))
            {
                (value, next) = (joined, end + 1);
            }
        }
        next += u32::from(self.is(next, &["later", "earlier"]));
        Some(fixed(next, value))
    }

    fn ago(&self, at: u32, count: Count, unit: Unit) -> Option<Read> {
        let (end, sign) = if self.value(at, AGO).is_some() {
            (at + 1, -1)
        } else if self.is(at, &["from"]) && self.is(at + 1, &["now", "today"]) {
            (at + 2, 1)
        } else {
            return None;
        };
        let count = match count {
            Count::Exact(amount) => amount.as_whole(),
            Count::Unknown => None,
        };
        Some(Read::new(end, Time::Ago { count, unit, sign }))
    }

    /// `36-year-old`, `40 years old`, `years of age`.
    fn is_age(&self, after: u32) -> bool {
        let next = after + u32::from(self.lexicon.hyphen(after, self.end));
        self.is(next, &["old", "olds"]) || self.is(after, &["of"]) && self.is(after + 1, &["age"])
    }

    /// A number of units, `four and a half`, `a few`, `several`, `a couple of`, `half a`.
    fn count(&self, at: u32) -> Option<(u32, Count)> {
        if let Some(pair) = self.lexicon.numbers.pair(at, self.end) {
            return Some((pair.end, Count::Exact(pair.value)));
        }
        let article = u32::from(self.is(at, &["a"]));
        if self.value(at + article, FEW).is_some() {
            return Some((at + article + 1, Count::Unknown));
        }
        let number = self.lexicon.numbers.at(at, self.end).filter(|n| !n.ordinal)?;
        if number.vague {
            let of = u32::from(self.is(number.end, &["of"]));
            return Some((number.end + of, Count::Unknown));
        }
        let dash = self.lexicon.hyphen(number.end, self.end);
        let step = 1 + u32::from(dash);
        let and = number.end + u32::from(dash);
        if self.is(and, &["and"]) && self.is(and + step, &["a"]) && self.is(and + 2 * step, &["half"]) {
            let half = Amount::whole(5).tenth();
            return Some((and + 2 * step + 1, Count::Exact(number.value.plus(half))));
        }
        Some((number.end, Count::Exact(number.value)))
    }

    /// One unit with an article: `for a day`, `an hour later`, `half a century`, `a quarter of an hour`.
    fn single(&self, at: u32) -> Option<Read> {
        let fixed = |end, value: String| Some(Read::new(end, Time::Fixed { value, precision: "duration" }));
        if self.is(at, &["a"]) && self.is(at + 1, &["matter"]) && self.is(at + 2, &["of"]) {
            let unit = self.value(at + 3, UNITS).map(Unit::from_value)?;
            return fixed(at + 4, length(Count::Unknown, unit));
        }
        let part = at + u32::from(self.is(at, &["a"]));
        let share = match () {
            () if self.is(part, &["quarter"]) && self.is(part + 1, &["of"]) => Some((part + 2, 4)),
            () if self.is(part, &["half"]) => Some((part + 1, 2)),
            () => None,
        };
        if let Some((next, share)) = share {
            let article = self.is(next, &["a", "an"]);
            let hyphen = self.lexicon.hyphen(next, self.end);
            let unit = self.value(next + u32::from(article || hyphen), UNIT).map(Unit::from_value)?;
            let value = match (unit, share) {
                (Unit::Hour, _) => format!("PT{}M", 60 / share),
                (Unit::Minute, _) => format!("PT{}S", 60 / share),
                (Unit::Century, _) => format!("P{}Y", 100 / share),
                (Unit::Decade, 2) => "P5Y".into(),
                (Unit::Year, _) => format!("P{}M", 12 / share),
                (Unit::Day, 2) => "PT12H".into(),
                _ => return None,
            };
            return fixed(next + u32::from(article || hyphen) + 1, value);
        }
        if !self.is(at, &["a", "an", "one"]) {
            return None;
        }
        let unit = self.value(at + 1, UNIT)?;
        let kind = Unit::from_value(unit);
        let next = at + 2;
        if let Some(read) = self.ago(next, Count::Exact(Amount::whole(1)), kind) {
            return Some(read);
        }
        let led = self.after(
            at,
            &[
                "for", "in", "within", "after", "about", "than", "over", "nearly", "almost", "under",
                "around", "just", "lasted", "takes", "took", "only", "until",
            ],
        );
        let trailed = self.is(next, &["later", "earlier", "before", "after", "behind", "ahead", "and"]);
        let rank = matches!(kind, Unit::Second | Unit::Quarter | Unit::Night);
        if self.is_age(next) || !(led || trailed) || rank && !self.after(at, &["than", "within"]) {
            return None;
        }
        let half = self.is(next, &["and"]) && self.is(next + 1, &["a"]) && self.is(next + 2, &["half"]);
        if self.is(next, &["and"]) && !half && !led {
            return None;
        }
        let amount = if half { Amount::whole(15).tenth() } else { Amount::whole(1) };
        let end = if half { next + 3 } else { next + u32::from(self.is(next, &["later", "earlier"])) };
        fixed(end, length(Count::Exact(amount), kind))
    }

    /// Plural units without a count: `within months`, `years of talks`, `hours earlier`.
    fn bare(&self, at: u32) -> Option<Read> {
        let unit = Unit::from_value(self.value(at, UNITS)?);
        let joined = at > self.start && self.lexicon.hyphen(at - 1, self.end);
        let named =
            self.after(at, &["these", "those", "early", "school", "light", "working", "business", "old"]);
        let whole = matches!(
            unit,
            Unit::Minute | Unit::Hour | Unit::Day | Unit::Week | Unit::Month | Unit::Year | Unit::Decade
        );
        let degrees = self.is(at + 1, &["north", "south", "east", "west"]);
        if joined
            || named
            || degrees
            || !whole
            || self.lexicon.hyphen(at + 1, self.end)
            || self.is_age(at + 1)
        {
            return None;
        }
        if let Some(read) = self.ago(at + 1, Count::Unknown, unit) {
            return Some(read);
        }
        let end = at + 1 + u32::from(self.is(at + 1, &["later", "earlier"]));
        Some(Read::new(end, Time::Fixed { value: length(Count::Unknown, unit), precision: "duration" }))
    }
}

/// The ISO 8601 length of a count of units; half hours become minutes.
fn length(count: Count, unit: Unit) -> String {
    let (letter, factor, clock) = unit.letter();
    let t = if clock { "T" } else { "" };
    let Count::Exact(amount) = count else {
        return format!("P{t}X{letter}");
    };
    let amount = amount.scaled(factor).unwrap_or(amount);
    if unit == Unit::Hour && amount.as_whole().is_none() {
        let minutes = amount.scaled(60).and_then(Amount::as_whole);
        if let Some(minutes) = minutes {
            let (hours, minutes) = (minutes / 60, minutes % 60);
            return if hours == 0 { format!("PT{minutes}M") } else { format!("PT{hours}H{minutes}M") };
        }
    }
    format!("P{t}{amount}{letter}")
}

/// `PT8M` and `PT50S` as one length.
fn join(longer: &str, shorter: &str) -> Option<String> {
    match (longer.strip_prefix("PT"), shorter.strip_prefix("PT")) {
        (Some(_), Some(rest)) => Some(format!("{longer}{rest}")),
        (None, Some(rest)) => Some(format!("{longer}T{rest}")),
        (None, None) => shorter.strip_prefix('P').map(|rest| format!("{longer}{rest}")),
        (Some(_), None) => None,
    }
}
