//! One article as the caller has it.
//!
//! In: text and what the caller knows about it. Out: an immutable [`Document`]. Nothing is read or changed here.

use crate::Date;
use crate::span::ByteSpan;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Holds one article: its text as scraped, and what the caller knows about it.
///
/// Cheap to clone; the text is shared.
///
/// # Examples
/// ```
/// use nutgraf::Document;
/// let article = Document::new("Mayor opens bridge\n\nThe mayor opened the bridge on Monday.")
///     .with_id("daily-17")
///     .with_source("Daily")
///     .with_published("2026-01-22".parse()?);
/// assert_eq!(article.id(), "daily-17");
/// # Ok::<(), nutgraf::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Document {
    text: Arc<str>,
    id: Arc<str>,
    title: Option<Arc<str>>,
    source: Option<Arc<str>>,
    published: Option<Date>,
    /// What a page's structure says of lines of the text, in text order; absent for plain text.
    parts: Option<Arc<[Part]>>,
}

/// One line of a text of which the structure of its page says what it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Part {
    #[serde(flatten)]
    pub(crate) span: ByteSpan,
    pub(crate) kind: PartKind,
    /// The element that says so, empty for lines of the article.
    pub(crate) reason: String,
}

/// What a line is: part of the article, or a kind of furniture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PartKind {
    Title,
    Heading,
    Body,
    Breadcrumb,
    Byline,
    RelatedLinks,
    SharePrompt,
    CookieNotice,
    AdblockNotice,
    NewsletterPrompt,
    Caption,
    Navigation,
    Other,
}

impl Document {
    /// Creates a document of a text, with an empty id.
    pub fn new(text: impl Into<Arc<str>>) -> Self {
        Document { text: text.into(), id: "".into(), title: None, source: None, published: None, parts: None }
    }

    /// Names the document; results carry this id.
    #[must_use]
    pub fn with_id(mut self, id: impl Into<Arc<str>>) -> Self {
        self.id = id.into();
        self
    }

    /// Gives the headline when it is known apart from the text.
    #[must_use]
    pub fn with_title(mut self, title: impl Into<Arc<str>>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Names the outlet; lines repeated across documents of one source are seen as furniture.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Arc<str>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Gives the day of publication, against which "Tuesday" and "last week" are resolved.
    #[must_use]
    pub fn with_published(mut self, published: Date) -> Self {
        self.published = Some(published);
        self
    }

    /// Returns the text exactly as given.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the caller's id, empty when none was given.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns the headline the caller gave.
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// Returns the outlet the caller gave.
    pub fn source(&self) -> Option<&str> {
        self.source.as_deref()
    }

    /// Returns the day of publication the caller gave.
    pub fn published(&self) -> Option<Date> {
        self.published
    }

    /// Tells what lines of the text are; the parts are in text order and lie on character boundaries.
    pub(crate) fn with_parts(mut self, parts: Vec<Part>) -> Self {
        self.parts = (!parts.is_empty()).then(|| parts.into());
        self
    }

    pub(crate) fn parts(&self) -> &[Part] {
        self.parts.as_deref().unwrap_or_default()
    }

    pub(crate) fn shared_text(&self) -> Arc<str> {
        Arc::clone(&self.text)
    }
}

impl From<&str> for Document {
    fn from(text: &str) -> Self {
        Document::new(text)
    }
}

impl From<String> for Document {
    fn from(text: String) -> Self {
        Document::new(text)
    }
}
