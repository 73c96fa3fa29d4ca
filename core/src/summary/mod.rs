//! What the text says, in its own sentences.
//!
//! In: one or several analyses, and the cast when there is one. Out: sentences as spans of the source with score and
//! reasons, within a hard budget. Sentences come from the running text alone; nothing is rewritten.

mod budget;
mod field;
mod option;
mod rank;
mod select;

pub use option::{Counter, SummaryOptions};

use crate::Error;
use crate::span::Span;
use crate::text::Analysis;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Reports the chosen sentences in reading order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Summary {
    /// The sentences, in reading order.
    pub sentences: Vec<SummarySentence>,
}

/// Reports one chosen sentence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SummarySentence {
    /// The index of its document.
    pub document: usize,
    /// Where it stands in that document.
    #[serde(flatten)]
    pub span: Span,
    /// The sentence, exactly `text[span]`.
    pub text: String,
    /// How much it says, comparable within one summary.
    pub score: f64,
    /// What the score is made of; the values sum to it.
    pub reasons: Vec<Reason>,
}

/// Reports one part of a score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Reason {
    /// Its name, such as `position` or `coverage`.
    pub name: Cow<'static, str>,
    /// Its share of the score.
    pub value: f64,
}

impl Reason {
    pub(crate) fn new(name: &'static str, value: f64) -> Self {
        Reason { name: Cow::Borrowed(name), value }
    }
}

/// Chooses sentences of one or several documents.
pub(crate) fn summarize(analyses: &[Analysis], options: &SummaryOptions) -> Result<Summary, Error> {
    budget::validate(options)?;
    let field = field::Field::new(analyses);
    let budget = budget::Budget::new(&field, options)?;
    let chosen = if analyses.len() == 1 {
        select::by_rank(&field, &rank::rank(&field), &budget)
    } else {
        select::by_coverage(&field, &budget)
    };
    let sentences = chosen.into_iter().map(|choice| report(&field, choice)).collect();
    Ok(Summary { sentences })
}

/// A chosen candidate with the parts of its score.
#[derive(Clone, Debug)]
pub(crate) struct Choice {
    pub(crate) candidate: usize,
    pub(crate) reasons: Vec<Reason>,
}

fn report(field: &field::Field, choice: Choice) -> SummarySentence {
    let candidate = &field.candidates[choice.candidate];
    let analysis = &field.analyses[candidate.document as usize];
    let span = analysis.sentences[candidate.sentence as usize].span;
    SummarySentence {
        document: candidate.document as usize,
        span: analysis.report(span),
        text: span.slice(&analysis.text).to_owned(),
        score: choice.reasons.iter().map(|reason| reason.value).sum(),
        reasons: choice.reasons,
    }
}

#[cfg(test)]
mod tests;
