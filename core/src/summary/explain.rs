//! Why a sentence was chosen or not.
//!
//! In: a finished selection and one sentence. Out: an [`Explanation`] with the parts of its score and the factor that
//! decided, in words.

use super::field::Field;
use super::select::{Model, Selection};
use super::{Reason, SummaryOptions};
use crate::cast::Cast;
use crate::span::Span;
use crate::text::{Analysis, Region};
use crate::{Error, ErrorKind};
use serde::{Deserialize, Serialize};

/// Reports why one sentence is or is not part of a summary.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Explanation {
    /// The index of the document.
    pub document: usize,
    /// The index of the sentence in the document, headings and noise counted.
    pub sentence: usize,
    /// Where it stands in that document.
    #[serde(flatten)]
    pub span: Span,
    /// The sentence, exactly `text[span]`.
    pub text: String,
    /// Whether the summary holds it.
    pub chosen: bool,
    /// What it adds to the sentences chosen (to those chosen before it, when it is chosen).
    pub score: f64,
    /// What the score is made of; the values sum to it. Empty for a sentence that may not be chosen.
    pub reasons: Vec<Reason>,
    /// The factor that decided, in words.
    pub decision: String,
}

/// Explains one sentence of a job, given by the index of its document and its index in the document.
///
/// # Errors
/// [`ErrorKind::Span`] when there is no such sentence.
pub(crate) fn explain(
    analyses: &[Analysis],
    cast: Option<&Cast>,
    options: &SummaryOptions,
    (document, sentence): (usize, usize),
) -> Result<Explanation, Error> {
    let Some(analysis) = analyses.get(document) else {
        let message = format!("there is no document {document}; the job has {}", analyses.len());
        return Err(Error::new(ErrorKind::Span, message));
    };
    let Some(place) = analysis.sentences.get(sentence) else {
        let count = analysis.sentences.len();
        let message = format!("document {document} has no sentence {sentence}; it has {count}");
        return Err(Error::new(ErrorKind::Span, message));
    };
    super::with_selection(&Field::new(analyses), cast, options, Explainer { document, sentence }).map(
        |found| {
            let found = found.unwrap_or_else(|| Outcome {
                decision: match place.region {
                    Region::Furniture => "it is scrape noise, not running text",
                    Region::Title | Region::Heading => "it is a heading, not running text",
                    Region::Body => "it has no words",
                }
                .to_owned(),
                ..Outcome::default()
            });
            Explanation {
                document,
                sentence,
                span: analysis.report(place.span),
                text: place.span.slice(&analysis.text).to_owned(),
                chosen: found.chosen,
                score: super::total(&found.reasons),
                reasons: found.reasons,
                decision: found.decision,
            }
        },
    )
}

/// What a selection says on one candidate.
#[derive(Default)]
pub(crate) struct Outcome {
    chosen: bool,
    reasons: Vec<Reason>,
    decision: String,
}

struct Explainer {
    document: usize,
    sentence: usize,
}

impl super::Task for Explainer {
    type Output = Option<Outcome>;

    /// `None` when the sentence is no candidate.
    fn finish<M: Model>(self, selection: Selection<M>) -> Result<Option<Outcome>, Error> {
        let candidates = &selection.field.candidates;
        let key = (self.document as u32, self.sentence as u32);
        let Ok(candidate) = candidates.binary_search_by_key(&key, |c| (c.document, c.sentence)) else {
            return Ok(None);
        };
        if let Some(order) = selection.taken.iter().position(|choice| choice.candidate == candidate) {
            let reasons = selection.taken[order].reasons.clone();
            let decision = format!("chosen as number {}, mostly for its {}", order + 1, largest(&reasons));
            return Ok(Some(Outcome { chosen: true, reasons, decision }));
        }
        if let Some(refusal) = selection.focus.refusal(candidate) {
            return Ok(Some(Outcome { decision: refusal.to_owned(), ..Outcome::default() }));
        }
        let reasons = selection.reasons(candidate);
        let decision = decide(&selection, candidate, &reasons);
        Ok(Some(Outcome { chosen: false, reasons, decision }))
    }
}

/// The name of the largest part.
fn largest(reasons: &[Reason]) -> String {
    let most = reasons.iter().max_by(|a, b| a.value.total_cmp(&b.value));
    most.map_or_else(|| "place".to_owned(), |reason| reason.name.replace('_', " "))
}

/// Why an admitted candidate was not chosen.
fn decide<M: Model>(selection: &Selection<M>, candidate: usize, reasons: &[Reason]) -> String {
    if !selection.budget.fits(&selection.budget.empty(), candidate) {
        return "it alone is longer than the budget allows".to_owned();
    }
    if !selection.model.is_plain(candidate) && !selection.taken.is_empty() {
        return "its length is unusual for a summary, and plainer sentences fill the budget".to_owned();
    }
    let Some(last) = selection.taken.last() else {
        return "nothing fits the budget".to_owned();
    };
    // The part in which it falls furthest behind the sentence that was taken last.
    let value = |reasons: &[Reason], name: &str| -> f64 {
        reasons.iter().filter(|reason| reason.name == name).map(|reason| reason.value).sum()
    };
    let behind = reasons
        .iter()
        .map(|reason| (value(&last.reasons, &reason.name) - reason.value, &reason.name))
        .max_by(|a, b| a.0.total_cmp(&b.0));
    match behind {
        Some((gap, name)) if gap > 0.0 => {
            let name = name.replace('_', " ");
            format!("its {name} lies {gap:.3} below that of the last sentence chosen, and the budget is full")
        }
        _ => "the budget was full before its turn".to_owned(),
    }
}
