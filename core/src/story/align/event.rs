//! Which event a statement is of: the days and minutes it names, the years it goes back to, and which documents tell
//! of different events.
//!
//! In: sources, statements and their figures. Out: [`Events`]. Two documents tell of different events when what they
//! measure (magnitudes, depths, distances, minutes of the clock) differs in two ways or more and hardly ever agrees:
//! sources that agree on no measure do not contradict each other, they speak of something else.

use super::compare::{self, Fact};
use super::statement::{Statement, Statements};
use crate::story::TimeExpression;
use crate::story::figure::number::Amount;
use std::collections::{BTreeMap, BTreeSet};

/// What so many documents name belongs to the story and tells nothing about any of them.
const BACKDROP: usize = 3;
/// A year in the first sentences of so many documents is a year of the story.
const HEADS: usize = 2;
const HEAD: u32 = 4;
/// Measures of a document that are compared with those of the others.
const MEASURES: usize = 24;
/// Documents beyond these are taken to tell of one event.
const DOCUMENTS: usize = 60;
/// Measures that differ before two documents are of different events, for each that agrees too.
const CLASHES: usize = 2;
/// Estimates of one magnitude lie closer together.
const FAR: f64 = 1.1;
const MAGNITUDE: &str = "magnitude";
/// How far before a figure the word that says what it measures may stand: "a depth of 35 kilometers".
const MEASURED: u32 = 4;

/// The days among expressions of time, ascending.
pub(super) fn days(own: &[TimeExpression]) -> Vec<&str> {
    fn day(t: &TimeExpression) -> Option<&str> {
        let named = matches!(t.precision.as_ref(), "day" | "time") && !t.value.starts_with("XXXX-XX");
        t.value.get(..10).filter(|_| named)
    }
    let mut days: Vec<&str> = own.iter().filter_map(day).collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// Times of the clock among expressions of time, to the minute, with the day as far as it is known.
pub(super) fn clocks(own: &[TimeExpression]) -> Vec<&str> {
    own.iter().filter_map(|t| t.value.get(..16).filter(|v| v.as_bytes()[10] == b'T')).collect()
}

/// What is known of the events of a story.
pub(super) struct Events<'a> {
    /// Days that three or more documents name.
    pub(super) backdrop: BTreeSet<&'a str>,
    /// Years that the heads of two or more documents name.
    years: BTreeSet<&'a str>,
    /// Pairs of documents, the smaller first, that tell of different events.
    apart: BTreeSet<(usize, usize)>,
    /// Figures with their units that three or more documents give.
    common: BTreeSet<Value<'a>>,
}

impl<'a> Events<'a> {
    pub(super) fn read(all: &Statements<'a>, facts: &[Vec<Fact<'a>>]) -> Self {
        let mut named: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        let mut years: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        let mut given: BTreeMap<Value, BTreeSet<usize>> = BTreeMap::new();
        for (statement, facts) in all.list.iter().zip(facts) {
            for &day in &statement.days {
                named.entry(day).or_default().insert(statement.document);
            }
            for &year in statement.years.iter().filter(|_| statement.sentence < HEAD) {
                years.entry(year).or_default().insert(statement.document);
            }
            for fact in facts {
                given.entry(value(fact)).or_default().insert(statement.document);
            }
        }
        fn common<K: Ord>(held: BTreeMap<K, BTreeSet<usize>>, documents: usize) -> BTreeSet<K> {
            held.into_iter().filter(|(_, d)| d.len() >= documents).map(|(key, _)| key).collect()
        }
        let common_figures = common(given, BACKDROP);
        let apart = apart(all, facts, &common_figures);
        Events {
            backdrop: common(named, BACKDROP),
            years: common(years, HEADS),
            apart,
            common: common_figures,
        }
    }

    pub(super) fn are_apart(&self, a: usize, b: usize) -> bool {
        self.apart.contains(&(a.min(b), a.max(b)))
    }

    /// Whether many documents give the figure: it belongs to the story.
    pub(super) fn is_common(&self, fact: &Fact) -> bool {
        self.common.contains(&value(fact))
    }

    /// The year that a statement goes back or forward to: written out, and not one of those that the story is about.
    pub(super) fn occasion<'s>(&self, statement: &Statement<'s>) -> Option<&'s str> {
        statement.years.iter().copied().find(|year| !self.years.contains(year))
    }
}

/// A number and its unit.
type Value<'a> = (Amount, &'a str);

fn value<'a>(fact: &Fact<'a>) -> Value<'a> {
    (fact.measured.amount, fact.measured.figure.unit.as_str())
}

/// The years that expressions of time write out.
pub(super) fn written_years(own: &[TimeExpression]) -> Vec<&str> {
    fn year(t: &TimeExpression) -> Option<&str> {
        let year = t.value.get(..4).filter(|y| y.bytes().all(|b| b.is_ascii_digit()))?;
        t.text.contains(year).then_some(year)
    }
    own.iter().filter_map(year).collect()
}

/// One thing that a document measures: the unit and the word that says what, with the values it gives.
type Measures<'f> = BTreeMap<(&'f str, u32), Vec<&'f Fact<'f>>>;

/// The pairs of documents that agree on no measure and differ in several.
fn apart(
    all: &Statements<'_>,
    facts: &[Vec<Fact>],
    common: &BTreeSet<Value<'_>>,
) -> BTreeSet<(usize, usize)> {
    let count = all.analyses.len().min(DOCUMENTS);
    let mut measures: Vec<Measures> = (0..count).map(|_| Measures::new()).collect();
    let mut minutes: Vec<BTreeSet<&str>> = vec![BTreeSet::new(); count];
    for (statement, facts) in all.list.iter().zip(facts) {
        let document = statement.document;
        if document >= count {
            continue;
        }
        for clock in &statement.clocks {
            if minutes[document].len() < MEASURES {
                minutes[document].insert(&clock[11..]);
            }
        }
        for fact in facts.iter().filter(|f| is_measure(f) && !common.contains(&value(f))) {
            let first = fact.measured.tokens.0;
            let before = |t: &&super::statement::Term| t.token < first && t.token + MEASURED >= first;
            let word = statement.terms.iter().filter(before).max_by_key(|t| t.token).map(|t| t.id);
            let unit = fact.measured.figure.unit.as_str();
            let word = if unit == MAGNITUDE { Some(u32::MAX) } else { word };
            if let Some(word) = word {
                let list = measures[document].entry((unit, word)).or_default();
                if list.len() < MEASURES {
                    list.push(fact);
                }
            }
        }
    }
    let mut apart = BTreeSet::new();
    for a in 0..count {
        for b in a + 1..count {
            let (mut agree, mut clash) = (0, 0);
            for (key, values) in &measures[a] {
                let Some(others) = measures[b].get(key) else { continue };
                let same = |p: &&Fact| others.iter().any(|q| compare::is_compatible(p.measured, q.measured));
                if values.iter().any(same) {
                    agree += 1;
                } else {
                    clash += if key.0 == MAGNITUDE && are_far(values, others) { CLASHES } else { 1 };
                }
            }
            if !minutes[a].is_empty() && !minutes[b].is_empty() {
                if minutes[a].is_disjoint(&minutes[b]) { clash += 1 } else { agree += 1 }
            }
            if clash >= CLASHES && clash >= CLASHES * agree {
                apart.insert((a, b));
            }
        }
    }
    apart
}

/// Whether two lists of magnitudes are so far apart that no two estimates of one earthquake are.
fn are_far(values: &[&Fact], others: &[&Fact]) -> bool {
    let far = |p: &f64, q: &f64| p.max(*q) > FAR * p.min(*q);
    let of = |list: &[&Fact]| list.iter().map(|f| f.measured.figure.value).collect::<Vec<_>>();
    let others = of(others);
    of(values).iter().all(|p| others.iter().all(|q| far(p, q)))
}

/// Whether a figure measures an event: a size, place or strength, no sum, share, count, age or length of time.
fn is_measure(fact: &Fact) -> bool {
    let unit = fact.measured.figure.unit.as_str();
    !unit.is_empty()
        && !matches!(unit, "%" | "points" | "seats" | "rank" | "percentage-points")
        && !compare::is_money(unit)
        && !compare::is_loose_unit(unit)
}
