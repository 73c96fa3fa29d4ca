//! What the text says, in its own sentences.
//!
//! In: one or several analyses. Out: sentences as spans of the source with score and reasons, within a hard budget.

use crate::span::Span;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Chooses what a summary looks like; every limit given is kept, and the tightest decides.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct SummaryOptions {
    pub(crate) max_sentences: Option<usize>,
    pub(crate) max_words: Option<usize>,
    pub(crate) max_chars: Option<usize>,
    pub(crate) max_bytes: Option<usize>,
    pub(crate) ratio: Option<f64>,
}

impl SummaryOptions {
    /// Creates options with no limit given, which means three sentences (five for several documents).
    pub fn new() -> Self {
        SummaryOptions::default()
    }

    /// Allows at most this many sentences.
    #[must_use]
    pub fn max_sentences(mut self, count: usize) -> Self {
        self.max_sentences = Some(count);
        self
    }

    /// Allows at most this many words (runs of characters that are not white space).
    #[must_use]
    pub fn max_words(mut self, count: usize) -> Self {
        self.max_words = Some(count);
        self
    }

    /// Allows at most this many code points, one between sentences included.
    #[must_use]
    pub fn max_chars(mut self, count: usize) -> Self {
        self.max_chars = Some(count);
        self
    }

    /// Allows at most this many bytes of UTF-8, one between sentences included.
    #[must_use]
    pub fn max_bytes(mut self, count: usize) -> Self {
        self.max_bytes = Some(count);
        self
    }

    /// Allows at most this share of the body's words, more than 0 and at most 1.
    #[must_use]
    pub fn ratio(mut self, share: f64) -> Self {
        self.ratio = Some(share);
        self
    }
}

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
