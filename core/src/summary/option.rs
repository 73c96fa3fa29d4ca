//! What a summary shall look like.
//!
//! In: the caller's wishes, chained by value. Out: [`SummaryOptions`], checked once by the job that takes them.

use crate::{Document, Error};
use std::fmt;
use std::sync::Arc;

/// Counts the units of a text in the caller's own way, such as the tokens of a language model.
///
/// Cheap to clone; two counters are equal when they are the same function object.
#[derive(Clone)]
pub struct Counter(Arc<CountFunction>);

type CountFunction = dyn Fn(&str) -> Result<usize, Error> + Send + Sync;

impl Counter {
    /// Creates a counter from a function, which is called once for every candidate sentence and for whole summaries.
    ///
    /// An error that the function returns ends the job and is handed to the caller.
    pub fn new(count: impl Fn(&str) -> Result<usize, Error> + Send + Sync + 'static) -> Self {
        Counter(Arc::new(count))
    }

    pub(crate) fn count(&self, text: &str) -> Result<u64, Error> {
        (self.0)(text).map(|count| count as u64)
    }
}

impl fmt::Debug for Counter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Counter(..)")
    }
}

impl PartialEq for Counter {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// Chooses what a summary looks like; every limit given is kept, and the tightest decides.
///
/// # Examples
/// ```
/// use nutgraf::SummaryOptions;
/// let brief = SummaryOptions::new().max_words(60).max_sentences(3).about(["Jane Doe"]);
/// # assert_eq!(brief, brief.clone());
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct SummaryOptions {
    pub(crate) max_sentences: Option<usize>,
    pub(crate) max_words: Option<usize>,
    pub(crate) max_chars: Option<usize>,
    pub(crate) max_bytes: Option<usize>,
    pub(crate) max_tokens: Option<(usize, Counter)>,
    pub(crate) ratio: Option<f64>,
    pub(crate) about: Vec<String>,
    pub(crate) about_required: bool,
    pub(crate) since: Vec<Document>,
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

    /// Allows at most this many units as the caller's function counts them.
    ///
    /// The sentences are counted one by one with one unit between them, and the summary, joined by blanks, as a
    /// whole; neither sum exceeds the limit.
    #[must_use]
    pub fn max_tokens(mut self, count: usize, counter: Counter) -> Self {
        self.max_tokens = Some((count, counter));
        self
    }

    /// Allows at most this share of the words of all sentences that can be chosen, more than 0 and at most 1.
    #[must_use]
    pub fn ratio(mut self, share: f64) -> Self {
        self.ratio = Some(share);
        self
    }

    /// Prefers sentences on these names or phrases.
    #[must_use]
    pub fn about<T: Into<String>>(mut self, phrases: impl IntoIterator<Item = T>) -> Self {
        self.about = phrases.into_iter().map(Into::into).collect();
        self
    }

    /// Admits no sentence that names none of the [`about`](Self::about) phrases when `required` is true.
    #[must_use]
    pub fn about_required(mut self, required: bool) -> Self {
        self.about_required = required;
        self
    }

    /// Whether the summary gains from knowing who is who.
    pub(crate) fn names_matter(&self) -> bool {
        !self.about.is_empty()
    }

    /// Leaves out what these documents, already read, say.
    #[must_use]
    pub fn since(mut self, read: impl IntoIterator<Item = Document>) -> Self {
        self.since = read.into_iter().collect();
        self
    }
}
