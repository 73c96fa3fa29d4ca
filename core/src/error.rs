//! What can go wrong, told the same way in every language.
//!
//! In: a kind and a message in our words. Out: one opaque [`Error`] with a fieldless [`ErrorKind`] whose numbers
//! never change meaning, so that C and Python can branch on it.

use std::error::Error as StdError;
use std::fmt;

/// Tells what kind of mistake an [`Error`] reports; the numbers are part of the C ABI and are never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u32)]
#[non_exhaustive]
pub enum ErrorKind {
    /// An option has a value that is not accepted.
    Option = 1,
    /// A catalog's source (JSONL, CSV, builder) has a row that is not accepted.
    Catalog = 2,
    /// A compiled file (catalog or tagger weights) is damaged, truncated or of an unknown version.
    File = 3,
    /// A document is not accepted (not UTF-8, bad JSON, bad date).
    Document = 4,
    /// An input is larger than a documented limit.
    Limit = 5,
    /// The operating system could not read or write.
    Io = 6,
    /// A span or an index does not lie inside what it refers to.
    Span = 7,
    /// A caller's own function failed.
    Callback = 8,
}

impl ErrorKind {
    /// Returns the lower-case word that Python and the command line show for this kind.
    pub fn as_str(self) -> &'static str {
        match self {
            ErrorKind::Option => "option",
            ErrorKind::Catalog => "catalog",
            ErrorKind::File => "file",
            ErrorKind::Document => "document",
            ErrorKind::Limit => "limit",
            ErrorKind::Io => "io",
            ErrorKind::Span => "span",
            ErrorKind::Callback => "callback",
        }
    }
}

/// Describes one mistake: what was wrong, where, and what is accepted.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    message: String,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Error {
    /// Creates an error of a kind with a message that says what was wrong, where, and what is accepted.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Error { kind, message: message.into(), source: None }
    }

    /// Attaches the lower-level error that caused this one.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Returns what kind of mistake this is.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|s| s as &(dyn StdError + 'static))
    }
}
