//! What the text says, in its own sentences.
//!
//! In: one or several analyses, and the cast when there is one. Out: sentences as spans of the source with score and
//! reasons, within a hard budget. Sentences come from the running text alone; nothing is rewritten.

mod budget;
mod consensus;
mod explain;
mod field;
mod focus;
mod headline;
mod knapsack;
mod option;
mod phrase;
mod rank;
mod select;

pub use explain::Explanation;
pub(crate) use explain::explain;
pub(crate) use headline::check_headline;
pub use headline::{HeadlineCheck, Support};
pub use option::{Counter, SummaryOptions};
pub(crate) use phrase::key_topics;
pub use phrase::{KeyEntity, KeyPhrase, KeyPlace, KeyTopics};

use crate::Error;
use crate::cast::Cast;
use crate::span::Span;
use crate::text::Analysis;
use budget::Budget;
use consensus::Consensus;
use field::Field;
use focus::Focus;
use rank::Ranking;
use select::{Model, Selection};
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
        // The sum makes -0 a plain 0.
        Reason { name: Cow::Borrowed(name), value: value + 0.0 }
    }
}

/// Chooses sentences of one or several documents; the cast serves the focus on a name.
pub(crate) fn summarize(
    analyses: &[Analysis],
    cast: Option<&Cast>,
    options: &SummaryOptions,
) -> Result<Summary, Error> {
    with_selection(&Field::new(analyses), cast, options, Report)
}

/// As [`summarize`] where it is known of each document which one it copies, as `text::copy` tells.
pub(crate) fn summarize_originals(
    analyses: &[Analysis],
    origins: Vec<usize>,
    cast: Option<&Cast>,
    options: &SummaryOptions,
) -> Result<Summary, Error> {
    with_selection(&Field::with_origins(analyses, origins), cast, options, Report)
}

/// What is made of a finished selection.
pub(crate) trait Task {
    /// The result.
    type Output;
    fn finish<M: Model>(self, selection: Selection<M>) -> Result<Self::Output, Error>;
}

/// Chooses sentences and hands the selection to a task.
fn with_selection<T: Task>(
    field: &Field,
    cast: Option<&Cast>,
    options: &SummaryOptions,
    task: T,
) -> Result<T::Output, Error> {
    budget::validate(options)?;
    let focus = Focus::new(field, cast, options);
    let budget = Budget::new(field, options)?;
    if field.group_count > 1 {
        let mut selection = Selection::new(field, focus, &budget, Consensus::new(field, budget.sentences()));
        selection.run(options.max_tokens.as_ref())?;
        task.finish(selection)
    } else {
        let mut selection = Selection::new(field, focus, &budget, Ranking::new(field));
        selection.run(options.max_tokens.as_ref())?;
        task.finish(selection)
    }
}

struct Report;

impl Task for Report {
    type Output = Summary;

    fn finish<M: Model>(self, selection: Selection<M>) -> Result<Summary, Error> {
        let field = selection.field;
        let sentences = selection.into_reading_order().into_iter().map(|choice| report(field, choice));
        Ok(Summary { sentences: sentences.collect() })
    }
}

/// A chosen candidate with the parts of its score.
#[derive(Clone, Debug)]
pub(crate) struct Choice {
    pub(crate) candidate: usize,
    pub(crate) reasons: Vec<Reason>,
}

impl Choice {
    /// What the sentence added when it was taken.
    pub(crate) fn value(&self) -> f64 {
        total(&self.reasons)
    }
}

/// The score that the reasons make; 0 when there is none.
pub(crate) fn total(reasons: &[Reason]) -> f64 {
    reasons.iter().fold(0.0, |sum, reason| sum + reason.value)
}

fn report(field: &Field, choice: Choice) -> SummarySentence {
    let candidate = &field.candidates[choice.candidate];
    let analysis = &field.analyses[candidate.document as usize];
    let span = analysis.sentences[candidate.sentence as usize].span;
    SummarySentence {
        document: candidate.document as usize,
        span: analysis.report(span),
        text: span.slice(&analysis.text).to_owned(),
        score: total(&choice.reasons),
        reasons: choice.reasons,
    }
}

#[cfg(test)]
mod tests;
