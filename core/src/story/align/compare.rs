//! Two figures side by side: whether they are of the same thing, and whether they say the same.
//!
//! Rounded equals agree; "over 19 %" and "20 %" agree; lengths of time and ages differ too freely to be set against
//! each other. What is compared has the same unit, and the same counted noun, toll, or words close to the number.

use super::statement::{Cues, Likeness, Statement, Statements, TOLLS, cue_of};
use super::term;
use crate::story::figure::Measured;
use crate::text::Analysis;
use crate::text::stem::Stemmer;
use std::ops::Range;

/// A figure with what it is about.
#[derive(Clone, Debug)]
pub(super) struct Fact<'a> {
    pub(super) measured: &'a Measured,
    /// The term of the counted noun.
    noun: Option<u32>,
    /// What toll it is, if one: a single bit.
    pub(super) toll: Cues,
    /// Terms close to the number.
    near: Vec<u32>,
    /// The name after the figure and the word before it: "18 kilometers southwest of Rancagua", "a depth of 35 km".
    place: Option<u32>,
    before: Option<u32>,
}

/// How far "close to the number" reaches, in tokens.
const NEAR: u32 = 5;
/// How far after a length the place may stand that it is measured from, and before it the word for what is measured.
const PLACE: u32 = 6;
const BEFORE: u32 = 4;
/// How far the word of a toll may stand from its number.
const TOLL_REACH: u32 = 30;

/// Numbers from this on are compared by the words beside them even when they count nothing.
const LARGE: f64 = 1000.0;

/// How two figures stand to each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Verdict {
    pub(super) agrees: bool,
    pub(super) score: f64,
    pub(super) toll: Cues,
    /// A range and what lies outside it: not the same, and too open to be called a conflict.
    pub(super) range: bool,
}

/// Reads what the figures of a statement are about.
pub(super) fn facts<'a>(
    all: &Statements<'_>,
    statement: &Statement,
    figures: &'a [Measured],
) -> Vec<Fact<'a>> {
    let analysis = &all.analyses[statement.document];
    let sentence = &analysis.sentences[statement.sentence as usize].tokens;
    let mut stemmer = Stemmer::default();
    let own = &figures[statement.figures.start as usize..statement.figures.end as usize];
    let tolls = tolls(analysis, sentence.clone(), own);
    own.iter()
        .zip(tolls)
        .map(|(measured, toll)| {
            let (first, end) = measured.tokens;
            let close = |t: &&super::statement::Term| {
                t.token + NEAR >= first && t.token < end + NEAR && !(first..end).contains(&t.token)
            };
            let near = statement.terms.iter().filter(close).map(|t| t.id).collect();
            let noun = measured.noun.and_then(|noun| {
                let mut of = |at: u32| term::of(analysis, analysis.tokens[at as usize].word, &mut stemmer);
                let word = of(noun);
                let same = |t: &&super::statement::Term| t.token == noun || of(t.token) == word;
                statement.terms.iter().find(same).map(|t| t.id)
            });
            let after = |t: &&super::statement::Term| t.token >= end && t.token <= end + PLACE;
            let place = statement.terms.iter().filter(after).filter(|t| all.is_name[t.id as usize]);
            let place = place.min_by_key(|t| t.token).map(|t| t.id);
            let preceding = |t: &&super::statement::Term| t.token < first && t.token + BEFORE >= first;
            let before = statement.terms.iter().filter(preceding).max_by_key(|t| t.token).map(|t| t.id);
            Fact { measured, noun, toll, near, place, before }
        })
        .collect()
}

/// What toll each figure is: a word such as "killed" belongs to the count that stands nearest to it.
fn tolls(analysis: &Analysis, sentence: Range<u32>, figures: &[Measured]) -> Vec<Cues> {
    let mut tolls: Vec<(Cues, u32)> = vec![(0, u32::MAX); figures.len()];
    let distance = |measured: &Measured, at: u32| {
        let (first, end) = measured.tokens;
        if at < first { first - at } else { at.saturating_sub(end) }
    };
    for at in sentence {
        let cue = cue_of(analysis.vocabulary.hash(analysis.tokens[at as usize].word)) & TOLLS;
        if cue == 0 {
            continue;
        }
        let counts = figures.iter().enumerate().filter(|(_, m)| m.figure.unit.is_empty() && !m.ordinal);
        let nearest = counts.map(|(i, m)| (distance(m, at), i)).min();
        if let Some((far, i)) = nearest.filter(|(far, i)| *far <= TOLL_REACH && *far < tolls[*i].1) {
            tolls[i] = (cue, far);
        }
    }
    tolls.into_iter().map(|(cue, _)| cue).collect()
}

pub(super) fn is_money(unit: &str) -> bool {
    unit.len() == 3 && unit.bytes().all(|b| b.is_ascii_uppercase())
}

/// Lengths of time, ages and ranks.
pub(super) fn is_loose_unit(unit: &str) -> bool {
    matches!(
        unit,
        "seconds"
            | "minutes"
            | "hours"
            | "days"
            | "weeks"
            | "months"
            | "years"
            | "decades"
            | "years old"
            | "rank"
    )
}

/// Sets two figures side by side; `None` when they are not of the same thing.
pub(super) fn compare(a: &Fact, b: &Fact, like: Likeness, same_document: bool) -> Option<Verdict> {
    let (x, y) = (a.measured, b.measured);
    if x.ordinal || y.ordinal {
        return None;
    }
    let (ux, uy) = (x.figure.unit.as_str(), y.figure.unit.as_str());
    let equal = x.amount == y.amount && x.upper == y.upper;
    let large = x.figure.value >= 1e5;
    // A sum that one of two writes without its currency.
    let sum = |f: &Fact| f.measured.figure.unit.is_empty() && f.noun.is_none() && f.toll == 0;
    let money = is_money(ux) && sum(b) || is_money(uy) && sum(a);
    if ux != uy && !(money && equal && large) {
        return None;
    }
    let counted = a.noun.is_some() && a.noun == b.noun;
    let toll = a.toll & b.toll;
    let near = a.near.iter().filter(|t| b.near.contains(t)).count();
    let bonus = if counted { 0.12 } else { 0.0 } + if toll != 0 { 0.1 } else { 0.0 };
    let small = ux.is_empty() && x.figure.value < 10.0 && y.figure.value < 10.0;
    let small = if small { 0.15 } else { 0.0 };
    if is_compatible(x, y) {
        let digits = if equal { significant(x.figure.value) } else { 0 };
        let anchored = equal || counted || toll != 0 || near > 0;
        if same_document
            || !anchored
            || is_loose_unit(ux) && like.shared < 3
            || like.shared == 0 && digits < 3
        {
            return None;
        }
        let exact = [0.0, 0.0, 0.1, 0.25][digits.min(3)]
            + match (equal && large, money || is_money(ux)) {
                (true, true) => 0.2,
                (true, false) => 0.1,
                _ => 0.0,
            };
        // 15 sailors and 15 pages: of few digits the same number is chance.
        let other = if ux.is_empty() && a.noun.is_some() && b.noun.is_some() && !counted && digits < 3 {
            0.12
        } else {
            0.0
        };
        let score = like.cosine + bonus + exact + 0.05 * near as f64 - small - other;
        return Some(Verdict { agrees: true, score, toll, range: false });
    }
    let named = ux == "points";
    if matches!(ux, "km" | "mi" | "m" | "ft" | "nmi")
        && (a.place != b.place || a.place.is_none() && a.before != b.before)
    {
        // Lengths of one thing: from the same place, or of the same dimension.
        return None;
    }
    let (low, high) = (x.figure.value.min(y.figure.value), x.figure.value.max(y.figure.value));
    let bare = a.noun.is_none() || b.noun.is_none();
    let comparable = counted || toll != 0 || near > 0 && (!ux.is_empty() || bare && low >= LARGE) || named;
    // The dead are not set against the homeless, nor a toll against a crowd.
    if is_loose_unit(ux)
        || toll == 0 && a.toll | b.toll != 0
        || x.vague
        || y.vague
        || !comparable
        || low <= 0.0
        || high > 20.0 * low
    {
        return None;
    }
    let named = if named { 0.2 } else { 0.0 };
    let score = like.cosine + bonus + 0.06 * near as f64 + named - small;
    let range = x.upper.is_some() || y.upper.is_some();
    Some(Verdict { agrees: false, score, toll, range })
}

/// Whether two figures can both be true of one thing: equal, one rounded, or within the bounds they state.
pub(super) fn is_compatible(a: &Measured, b: &Measured) -> bool {
    if a.amount == b.amount && (a.upper == b.upper || a.upper.is_none() || b.upper.is_none()) {
        return true;
    }
    let within =
        |x: &Measured, y: &Measured| x.upper.is_some_and(|upper| x.amount <= y.amount && y.amount <= upper);
    if within(a, b) || within(b, a) {
        return true;
    }
    let (x, y) = (a.figure.value, b.figure.value);
    let (low, high) = (x.min(y), x.max(y));
    if low <= 0.0 {
        return false;
    }
    let loose = a.side.is_some() || b.side.is_some();
    let bound = |p: &Measured, q: &Measured| match p.side {
        Some(-1) => q.figure.value >= p.figure.value,
        Some(1) => q.figure.value <= p.figure.value,
        _ => false,
    };
    high <= 1.01 * low && significant(x) != significant(y)
        || loose && high <= 1.08 * low
        || (bound(a, b) || bound(b, a)) && high <= 1.15 * low
}

/// The number of significant digits, trailing zeros left out.
fn significant(value: f64) -> usize {
    if value.fract() == 0.0 && value.abs() < 1e15 {
        let mut whole = value.abs() as u64;
        while whole > 0 && whole.is_multiple_of(10) {
            whole /= 10;
        }
        return whole.checked_ilog10().map_or(0, |power| power as usize + 1);
    }
    let text = format!("{value:.6}");
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').len()
}
