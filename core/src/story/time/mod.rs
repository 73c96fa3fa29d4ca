//! Expressions of time: where they stand and the TIMEX3-like value they have.
//!
//! In: the analyses of one or several documents, with `published` where the caller knows it. Out: per document the
//! [`TimeExpression`]s in text order. A publication date is never invented: without one a weekday stays
//! `XXXX-WXX-2`, unless the documents themselves determine its date; `resolved_by` says what a value was taken from.
//! Values follow TimeML's TIMEX3 (`2026-01-22`, `2007-W49`, `2007-SU`, `P4D`, `PAST_REF`), with `a/b` for ranges.

mod calendar;
mod clock;
mod duration;
mod expression;
mod instant;
mod lexicon;
mod parse;
mod resolve;
mod solve;
mod tense;
#[cfg(test)]
mod tests;
mod today;
mod year;

use super::TimeExpression;
use crate::Document;
use crate::text::Analysis;

/// Finds and values every expression of time in the documents, in time linear in their length.
pub(crate) fn dates(analyses: &[Analysis], documents: &[Document]) -> Vec<Vec<TimeExpression>> {
    let parsed: Vec<_> = analyses.iter().map(parse::expressions).collect();
    let story = solve::story(analyses, documents, &parsed);
    let values = |(document, analysis): (usize, &Analysis)| {
        resolve::values(analysis, &parsed[document], &story, document)
    };
    analyses.iter().enumerate().map(values).collect()
}
