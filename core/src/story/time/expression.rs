//! What an expression of time says before anything outside it is asked.

use crate::span::ByteSpan;

/// A unit of calendar or clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
    Decade,
    Century,
    Weekend,
    Quarter,
    Fortnight,
    Night,
}

impl Unit {
    pub(super) fn from_value(value: i64) -> Self {
        use Unit::*;
        const ALL: [Unit; 13] = [
            Second, Minute, Hour, Day, Week, Month, Year, Decade, Century, Weekend, Quarter, Fortnight, Night,
        ];
        ALL[(value as usize - 1).min(12)]
    }

    /// The letter of ISO 8601 and how many of it make one unit; whether it counts in hours or less.
    pub(super) fn letter(self) -> (char, i64, bool) {
        match self {
            Unit::Second => ('S', 1, true),
            Unit::Minute => ('M', 1, true),
            Unit::Hour => ('H', 1, true),
            Unit::Day | Unit::Night => ('D', 1, false),
            Unit::Week => ('W', 1, false),
            Unit::Weekend => ('D', 2, false),
            Unit::Fortnight => ('W', 2, false),
            Unit::Month => ('M', 1, false),
            Unit::Quarter => ('M', 3, false),
            Unit::Year => ('Y', 1, false),
            Unit::Decade => ('Y', 10, false),
            Unit::Century => ('Y', 100, false),
        }
    }
}

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Morning,
    Noon,
    Afternoon,
    Evening,
    Night,
    Midnight,
}

impl Part {
    pub(super) fn from_value(value: i64) -> Self {
        [Part::Morning, Part::Noon, Part::Afternoon, Part::Evening, Part::Night, Part::Midnight]
            [(value as usize - 1).min(5)]
    }

    pub(super) fn suffix(self) -> &'static str {
        match self {
            Part::Morning => "TMO",
            Part::Noon => "T12:00",
            Part::Afternoon => "TAF",
            Part::Evening => "TEV",
            Part::Night => "TNI",
            Part::Midnight => "T24:00",
        }
    }
}

/// A time of the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) hour: u8,
    pub(super) minute: u8,
    pub(super) second: Option<u8>,
    /// Given in Universal Time.
    pub(super) utc: bool,
}

/// What is added to a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Within {
    pub(super) part: Option<Part>,
    pub(super) clock: Option<Clock>,
}

/// Where a bare name of a weekday, month or season points: `last`, `this`, `next`, or nowhere.
pub(super) type Turn = Option<i8>;

/// A calendar day with the fields that are said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Calendar {
    pub(super) year: Option<i32>,
    /// `this year`, `last year` said beside a month.
    pub(super) year_turn: Turn,
    pub(super) month: Option<u8>,
    pub(super) day: Option<u8>,
    pub(super) weekday: Option<u8>,
    /// `last Thursday`, `next May`.
    pub(super) turn: Turn,
    /// `Monday of this week`.
    pub(super) week: Turn,
    pub(super) within: Within,
}

/// One expression of time.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Time {
    Calendar(Calendar),
    Clock(Clock),
    /// Days from today: `yesterday`, `this morning`, `last night`.
    Today(i64, Within),
    /// `last week`, `this year`, `next month`, as units from the current one.
    Current(Unit, i64),
    Season {
        season: u8,
        year: Option<i32>,
        turn: Turn,
    },
    Quarter {
        quarter: u8,
        year: Option<i32>,
        turn: Turn,
    },
    /// `two days ago`, `four years from now`.
    Ago {
        count: Option<i64>,
        unit: Unit,
        sign: i64,
    },
    /// `the following day`, `the same day`, `the day before`: days from the last day spoken of.
    Told(i64, Within),
    /// A finished value: `P4D`, `198X`, `2014/2019`.
    Fixed {
        value: String,
        precision: &'static str,
    },
}

/// One expression and its place.
#[derive(Clone, Debug)]
pub(super) struct Parsed {
    pub(super) span: ByteSpan,
    /// The first token, and the first after it.
    pub(super) tokens: (u32, u32),
    pub(super) sentence: u32,
    pub(super) time: Time,
}
