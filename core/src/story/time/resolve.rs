//! From what an expression says to its value, with the evidence.
//!
//! In: the parsed expressions of one document and what the story fixes. Out: [`TimeExpression`]s.

use super::expression::{Calendar, Parsed, Part, Time, Turn, Unit, Within};
use super::instant::{Told, aside_until, clock_of, day_of};
use super::solve::{Anchor, Story, full_date};
use super::tense::Tenses;
use super::today::SEASONS;
use crate::Date;
use crate::story::TimeExpression;
use crate::text::{Analysis, Known, Token, TokenKind};

/// Values the expressions of one document.
pub(super) fn values(
    analysis: &Analysis,
    parsed: &[Parsed],
    story: &Story,
    document: usize,
) -> Vec<TimeExpression> {
    let resolver = Resolver {
        analysis,
        tenses: Tenses::new(analysis),
        story,
        document,
        anchor: story.anchors[document].as_ref(),
        parsed,
    };
    let mut out: Vec<TimeExpression> = Vec::with_capacity(parsed.len());
    let mut told: Option<Told> = None;
    let mut aside = 0;
    for (i, time) in parsed.iter().enumerate() {
        let value = resolver.value(i, told.as_ref());
        aside = aside.max(i.checked_sub(1).map_or(0, |last| aside_until(analysis, &parsed[last], time)));
        // Of "the 7th and 8th of July" the first is when things begin.
        let joined = i > 0 && parsed[i - 1].sentence == time.sentence && {
            let between = parsed[i - 1].tokens.1..time.tokens.0;
            let word = analysis.tokens_of(&between).first().map_or("", |t| analysis.folded(t));
            between.len() == 1 && matches!(word, "and" | "or" | "to" | "through" | "until" | "-")
        };
        let speaks_of_it = !joined && time.tokens.0 >= aside && !names_a_thing(analysis, time);
        if let Some(day) = day_of(&value.value).filter(|_| speaks_of_it) {
            told = Some(Told { day: day.to_string(), sentence: time.sentence, clock: clock_of(&time.time) });
        }
        out.push(TimeExpression {
            span: analysis.report(time.span),
            text: time.span.slice(&analysis.text).to_string(),
            value: value.value,
            precision: value.precision.into(),
            resolved_by: value.by,
        });
    }
    out
}

/// Whether a day is part of what something is called: "the February 27 earthquake" is spoken of on any day.
fn names_a_thing(analysis: &Analysis, time: &Parsed) -> bool {
    let (first, end) = time.tokens;
    let word = |at: u32| analysis.tokens.get(at as usize).filter(|token| token.is_word());
    let led = first.checked_sub(1).and_then(word).is_some_and(|t| analysis.folded(t) == "the");
    let follows =
        |t: &Token| t.kind == TokenKind::Number || t.is_word() && !analysis.known(t).has(Known::STOP);
    led && matches!(time.time, Time::Calendar(_)) && analysis.tokens.get(end as usize).is_some_and(follows)
}

pub(super) struct Value {
    pub(super) value: String,
    pub(super) precision: &'static str,
    pub(super) by: String,
}

pub(super) struct Resolver<'a> {
    pub(super) analysis: &'a Analysis,
    tenses: Tenses<'a>,
    story: &'a Story,
    document: usize,
    anchor: Option<&'a Anchor>,
    pub(super) parsed: &'a [Parsed],
}

const TEXT: &str = "the words themselves";

impl Resolver<'_> {
    pub(super) fn value(&self, i: usize, told: Option<&Told>) -> Value {
        let parsed = &self.parsed[i];
        match &parsed.time {
            Time::Fixed { value, precision } => Value { value: value.clone(), precision, by: TEXT.into() },
            Time::Calendar(cal) => self.calendar(i, cal),
            Time::Clock(clock) => self.clock(i, *clock, told),
            Time::Today(days, within) => {
                let day = self.by_anchor(|date| Some(date.add_days(*days)?.to_string()));
                let (day, by) = day.unwrap_or_else(|| ("XXXX-XX-XX".into(), "no publication date".into()));
                on_day(day, *within, by)
            }
            Time::Told(days, within) => self.told(*days, *within, told),
            Time::Current(unit, turn) => self.current(*unit, *turn),
            Time::Season { season, year, turn } => {
                let tense = self.tenses.of(parsed);
                let name = SEASONS[*season as usize - 1];
                let middle = [4u8, 7, 10, 12][*season as usize - 1];
                let known = year.map(|y| (format!("{y:04}-{name}"), TEXT.to_string()));
                let found = known.or_else(|| {
                    self.by_anchor(|date| {
                        Some(format!("{:04}-{name}", season_year(date, middle, *turn, tense)))
                    })
                });
                let (value, by) =
                    found.unwrap_or_else(|| (format!("XXXX-{name}"), "no publication date".into()));
                Value { value, precision: "season", by }
            }
            Time::Quarter { quarter, year, turn } => {
                let known = year.map(|y| (format!("{y:04}-Q{quarter}"), TEXT.to_string()));
                let turn = i32::from(turn.unwrap_or(0));
                let found = known
                    .or_else(|| self.by_anchor(|date| Some(format!("{:04}-Q{quarter}", date.year() + turn))));
                let (value, by) =
                    found.unwrap_or_else(|| (format!("XXXX-Q{quarter}"), "no publication date".into()));
                Value { value, precision: "quarter", by }
            }
            Time::Ago { count, unit, sign } => self.ago(*count, *unit, *sign),
        }
    }

    /// A value that is the same for every day on which the document may have been written.
    pub(super) fn by_anchor(&self, value: impl Fn(Date) -> Option<String>) -> Option<(String, String)> {
        let anchor = self.anchor?;
        let (first, last) = (value(anchor.earliest)?, value(anchor.latest)?);
        (first == last).then(|| (first, anchor.evidence.clone()))
    }

    fn calendar(&self, i: usize, cal: &Calendar) -> Value {
        if let Some(date) = full_date(cal) {
            return on_day(date.to_string(), cal.within, TEXT.into());
        }
        if let Some((date, evidence)) = self.story.solved.get(&(self.document, i)) {
            return on_day(date.to_string(), cal.within, evidence.clone());
        }
        match (cal.month, cal.day) {
            (Some(month), Some(day)) => self.month_and_day(i, cal, (month, day)),
            (Some(month), None) => self.month(i, cal, month),
            (None, _) => match (cal.year, cal.weekday) {
                (_, Some(weekday)) => self.weekday(i, cal, weekday),
                (Some(year), None) => {
                    Value { value: format!("{year:04}"), precision: "year", by: TEXT.into() }
                }
                (None, None) => Value { value: "XXXX".into(), precision: "year", by: TEXT.into() },
            },
        }
    }

    fn month_and_day(&self, i: usize, cal: &Calendar, (month, day): (u8, u8)) -> Value {
        let tense = self.tenses.of(&self.parsed[i]);
        let near = |reference: Date| {
            let turned = cal.year_turn.map(|turn| reference.year() + i32::from(turn));
            let years = match turned {
                Some(year) => [year; 3],
                None => [reference.year() - 1, reference.year(), reference.year() + 1],
            };
            let candidates = years.iter().filter_map(|y| Date::new(*y, month, day).ok());
            // The nearest such day on the side of which the words tell; news tells of the past when they do not.
            let distance = |date: &Date| {
                let days = date.days() - reference.days();
                match (days.signum(), tense) {
                    (1, -1) => days * 100,
                    (1, 0) => days * 2,
                    (-1, 1) => -days * 2,
                    _ => days.abs(),
                }
            };
            candidates.min_by_key(distance).map(|d| d.to_string())
        };
        if let Some((day, by)) = self.by_anchor(near) {
            return on_day(day, cal.within, by);
        }
        if let Some([(year, from)]) = self.story.days.get(&(month, day)).map(Vec::as_slice) {
            let place = if *from == self.document {
                "this document".into()
            } else {
                format!("document {}", from + 1)
            };
            return on_day(
                format!("{year:04}-{month:02}-{day:02}"),
                cal.within,
                format!("the year in {place}"),
            );
        }
        if let Some((near, by)) = self.nearest(i, cal.year_turn, |year| Date::new(year, month, day).ok()) {
            return on_day(near.to_string(), cal.within, by);
        }
        on_day(format!("XXXX-{month:02}-{day:02}"), cal.within, "no year is said".into())
    }

    fn month(&self, i: usize, cal: &Calendar, month: u8) -> Value {
        let tense = self.tenses.of(&self.parsed[i]);
        let as_month = |value: String, by: String| Value { value, precision: "month", by };
        if let Some(year) = cal.year {
            return as_month(format!("{year:04}-{month:02}"), TEXT.into());
        }
        let near = |reference: Date| {
            let year = reference.year();
            let ahead = cal.turn == Some(1) || cal.turn.is_none() && tense > 0;
            let year = match cal.year_turn {
                Some(turn) => year + i32::from(turn),
                None if ahead && month < reference.month() => year + 1,
                None if ahead => year,
                None if month > reference.month() => year - 1,
                None if month == reference.month() && cal.turn == Some(-1) => year - 1,
                None => year,
            };
            Some(format!("{year:04}-{month:02}"))
        };
        if let Some((value, by)) = self.by_anchor(near) {
            return as_month(value, by);
        }
        if let Some((near, by)) = self.nearest(i, cal.year_turn, |year| Date::new(year, month, MIDDLE).ok()) {
            return as_month(format!("{:04}-{month:02}", near.year()), by);
        }
        as_month(format!("XXXX-{month:02}"), "no year is said".into())
    }

    /// The day of a year that is nearest to the date in full beside it, when nothing tells when the document was written;
    /// where it has no such date, to those of the other documents if that is one day for all of them.
    fn nearest(&self, i: usize, turn: Turn, day_in: impl Fn(i32) -> Option<Date>) -> Option<(Date, String)> {
        // "This year" is that of the writing.
        if self.anchor.is_some() || turn.is_some() {
            return None;
        }
        if let Some(date) = self.nearest_full(i) {
            return Some((nearest_to(date, day_in)?, "the nearest date in full".into()));
        }
        let (first, last) = self.story.span?;
        let day = nearest_to(first, &day_in)?;
        (Some(day) == nearest_to(last, &day_in)).then(|| (day, "the dates of the other documents".into()))
    }

    /// The date in full that stands nearest in the text: in the sentence, then days before months.
    fn nearest_full(&self, i: usize) -> Option<Date> {
        let calendar = |p: &Parsed| match &p.time {
            Time::Calendar(cal) => Some(*cal),
            _ => None,
        };
        let day = |p: &Parsed| full_date(&calendar(p)?);
        let month = |p: &Parsed| calendar(p).and_then(|cal| Date::new(cal.year?, cal.month?, MIDDLE).ok());
        let before = self.parsed[i.saturating_sub(REACH)..i].iter().rev();
        let after = self.parsed[i + 1..].iter().take(REACH);
        let mut near = before.chain(after);
        let here = |p: &&Parsed| p.sentence == self.parsed[i].sentence;
        let in_sentence = near.clone().filter(here).find_map(|p| day(p).or_else(|| month(p)));
        in_sentence.or_else(|| near.clone().find_map(day)).or_else(|| near.find_map(month))
    }

    fn weekday(&self, i: usize, cal: &Calendar, weekday: u8) -> Value {
        let tense = self.tenses.of(&self.parsed[i]);
        let near = |reference: Date| {
            let monday = reference.add_days(1 - i64::from(reference.weekday()))?;
            if let Some(week) = cal.week {
                return Some(monday.add_days(i64::from(weekday) - 1 + 7 * i64::from(week))?.to_string());
            }
            let back = (i64::from(reference.weekday()) - i64::from(weekday)).rem_euclid(7);
            let days = match cal.turn {
                Some(-1) => -(if back == 0 { 7 } else { back }),
                Some(1) => 7 - back,
                Some(_) => i64::from(weekday) - i64::from(reference.weekday()),
                None if tense > 0 && back > 0 => 7 - back,
                None => -back,
            };
            Some(reference.add_days(days)?.to_string())
        };
        if let Some((day, evidence)) = self.by_anchor(near) {
            let by = match (cal.turn.or(cal.week), tense) {
                (None, 1) => format!("{evidence}, and words of the future"),
                (None, -1) => format!("{evidence}, and words of the past"),
                _ => evidence,
            };
            return on_day(day, cal.within, by);
        }
        if let Some(week) = self.story.weeks[self.document].as_ref().filter(|_| cal.turn.is_none()) {
            let monday = week.earliest.add_days(1 - i64::from(week.earliest.weekday()));
            if let Some(day) = monday.and_then(|m| m.add_days(i64::from(weekday) - 1)) {
                return on_day(day.to_string(), cal.within, format!("the week of {}", week.evidence));
            }
        }
        on_day(format!("XXXX-WXX-{weekday}"), cal.within, "no date is said".into())
    }

    fn current(&self, unit: Unit, turn: i64) -> Value {
        let months = |date: Date, months: i64| {
            let all = i64::from(date.year()) * 12 + i64::from(date.month()) - 1 + months;
            (all.div_euclid(12), all.rem_euclid(12) + 1)
        };
        let week = |date: Date, tail: &str| {
            let (year, week) = date.add_days(7 * turn)?.iso_week();
            Some(format!("{year:04}-W{week:02}{tail}"))
        };
        let (open, precision) = match unit {
            Unit::Week => ("XXXX-WXX", "week"),
            Unit::Weekend => ("XXXX-WXX-WE", "week"),
            Unit::Month => ("XXXX-XX", "month"),
            Unit::Quarter => ("XXXX-QX", "quarter"),
            _ => ("XXXX", "year"),
        };
        let found = self.by_anchor(|date| match unit {
            Unit::Week => week(date, ""),
            Unit::Weekend => week(date, "-WE"),
            Unit::Month => {
                let (year, month) = months(date, turn);
                Some(format!("{year:04}-{month:02}"))
            }
            Unit::Quarter => {
                let (year, month) = months(date, 3 * turn);
                Some(format!("{year:04}-Q{}", (month + 2) / 3))
            }
            _ => Some(format!("{:04}", i64::from(date.year()) + turn)),
        });
        let (value, by) = found.unwrap_or_else(|| (open.into(), "no publication date".into()));
        Value { value, precision, by }
    }

    fn ago(&self, count: Option<i64>, unit: Unit, sign: i64) -> Value {
        let vague = if sign < 0 { "PAST_REF" } else { "FUTURE_REF" };
        let open = || Value { value: vague.into(), precision: "vague", by: "no publication date".into() };
        let Some(count) = count.filter(|c| (0..=100_000).contains(c)) else {
            return Value { by: TEXT.into(), ..open() };
        };
        let (letter, factor, clock) = unit.letter();
        if clock {
            return Value { by: TEXT.into(), ..open() };
        }
        if letter == 'D' {
            let found = self.by_anchor(|date| Some(date.add_days(sign * count * factor)?.to_string()));
            return found.map_or_else(open, |(day, by)| on_day(day, Within::default(), by));
        }
        let unit = match letter {
            'W' => Unit::Week,
            'M' => Unit::Month,
            _ => Unit::Year,
        };
        let value = self.current(unit, sign * count * factor);
        if value.value.starts_with('X') { open() } else { value }
    }
}

/// So many expressions before and behind are looked through for a date in full.
const REACH: usize = 20;
/// A day that stands for its month.
const MIDDLE: u8 = 15;
/// A day without a year this many days from the date in full beside it may as well be of another year.
const FAR: i64 = 122;

/// The day of a year that is nearest to a date. The date is not that of the document, so that the tense tells nothing.
fn nearest_to(date: Date, day_in: impl Fn(i32) -> Option<Date>) -> Option<Date> {
    let distance = |day: &Date| (day.days() - date.days()).abs();
    let years = date.year() - 1..=date.year() + 1;
    years.filter_map(day_in).min_by_key(distance).filter(|day| distance(day) <= FAR)
}

/// The year of a season whose middle month is given, seen from a day.
fn season_year(date: Date, middle: u8, turn: Turn, tense: i8) -> i32 {
    match turn {
        Some(0) => date.year(),
        Some(-1) if middle >= date.month() => date.year() - 1,
        Some(1) if middle <= date.month() => date.year() + 1,
        Some(_) => date.year(),
        None if tense <= 0 && middle > date.month() + 2 => date.year() - 1,
        None => date.year(),
    }
}

/// A day with the part or the time of it that is said.
pub(super) fn on_day(day: String, within: Within, by: String) -> Value {
    if let Some(clock) = within.clock {
        let second = clock.second.map_or(String::new(), |s| format!(":{s:02}"));
        let zone = if clock.utc { "Z" } else { "" };
        let value = format!("{day}T{:02}:{:02}{second}{zone}", clock.hour, clock.minute);
        return Value { value, precision: "time", by };
    }
    match within.part {
        Some(Part::Midnight) => Value { value: format!("{day}TNI"), precision: "time", by },
        Some(part) => Value { value: format!("{day}{}", part.suffix()), precision: "time", by },
        None => Value { value: day, precision: "day", by },
    }
}
