//! JSON in and out: results with their schema number, documents as JSON lines.
//!
//! In: results, or text that claims to be one. Out: JSON of schema 1: keys in the order of the types' fields, no
//! white space, numbers in their shortest form, so that equal results are equal bytes in every language.

use crate::cast::NameSimilarity;
use crate::engine::Matches;
use crate::story::{Digest, Stories};
use crate::summary::{Explanation, HeadlineCheck, KeyTopics, Summary};
use crate::{Date, Document, Error, ErrorKind};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// The version of the JSON that results are written in.
pub const SCHEMA: u32 = 1;

/// What stands at the top: the schema, then the parts.
#[derive(Serialize, Deserialize)]
struct Envelope<T> {
    schema: u32,
    #[serde(flatten)]
    parts: T,
}

#[derive(Serialize, Deserialize)]
struct SummaryPart<T> {
    summary: T,
}

fn write<T: Serialize>(parts: T) -> String {
    serde_json::to_string(&Envelope { schema: SCHEMA, parts })
        .expect("results hold strings, numbers and lists only")
}

fn read<T: DeserializeOwned>(json: &str, what: &str) -> Result<T, Error> {
    let envelope: Envelope<T> = serde_json::from_str(json).map_err(|e| {
        Error::new(ErrorKind::Document, format!("this JSON is not {what} of schema {SCHEMA}: {e}"))
            .with_source(e)
    })?;
    if envelope.schema == SCHEMA {
        return Ok(envelope.parts);
    }
    let schema = envelope.schema;
    Err(Error::new(ErrorKind::Document, format!("{what} has schema {schema}; this version reads {SCHEMA}")))
}

/// Defines how a result is written and read back; its fields stand at the top unless a key is named.
macro_rules! json {
    ($($type:ident $(in $part:ident)?, $what:literal;)*) => {$(
        impl $type {
            #[doc = concat!("Writes ", $what, " as JSON of schema 1: one line, the same bytes in every language.")]
            pub fn to_json(&self) -> String {
                write(json!(@wrap self $(, $part)?))
            }

            /// Reads back what `to_json` wrote.
            ///
            /// # Errors
            /// [`ErrorKind::Document`] when the text is not such JSON.
            pub fn from_json(json: &str) -> Result<Self, Error> {
                json!(@read json, $what $(, $part)?)
            }
        }
    )*};
    (@wrap $value:expr) => { $value };
    (@wrap $value:expr, $part:ident) => { $part { summary: $value } };
    (@read $json:expr, $what:literal) => { read($json, $what) };
    (@read $json:expr, $what:literal, $part:ident) => { read($json, $what).map(|part: $part<Self>| part.summary) };
}

json! {
    Matches, "a list of mentions";
    Summary in SummaryPart, "a summary";
    Digest, "a digest";
    Explanation, "an explanation";
    KeyTopics, "a list of key topics";
    HeadlineCheck, "a check of a headline";
    NameSimilarity, "a comparison of names";
    Stories, "a list of stories";
}

/// Reads a web page where the library was built to.
#[cfg(feature = "html")]
pub(crate) fn of_html(html: &str) -> Result<Document, Error> {
    Ok(Document::from_html(html))
}

/// Reads a web page where the library was built to.
#[cfg(not(feature = "html"))]
pub(crate) fn of_html(_: &str) -> Result<Document, Error> {
    Err(Error::new(
        ErrorKind::Document,
        "this library was built without the feature html; it reads no web pages",
    ))
}

/// A document as a JSON line gives it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DocumentLine {
    #[serde(default)]
    id: String,
    text: Option<String>,
    html: Option<String>,
    title: Option<String>,
    source: Option<String>,
    published: Option<String>,
}

impl Document {
    /// Reads a document of a JSON object: `text`, or `html` for a web page (as `Document::from_html` reads it), and where
    /// known `id`, `title`, `source`, `published` (YYYY-MM-DD).
    ///
    /// # Errors
    /// [`ErrorKind::Document`] when the text is not such an object or the date is none.
    pub fn from_json(json: &str) -> Result<Self, Error> {
        let accepted =
            "accepted is an object with text or html, and where known id, title, source, published";
        let line: DocumentLine = serde_json::from_str(json).map_err(|e| {
            Error::new(ErrorKind::Document, format!("this JSON is not a document: {e}; {accepted}"))
                .with_source(e)
        })?;
        let document = match (line.text, line.html) {
            (Some(text), None) => Document::new(text),
            (None, Some(html)) => of_html(&html)?,
            (text, _) => {
                let has = if text.is_some() { "text and html" } else { "neither text nor html" };
                let message = format!("this JSON is not a document: it has {has}; {accepted}");
                return Err(Error::new(ErrorKind::Document, message));
            }
        };
        let mut document = document.with_id(line.id);
        if let Some(title) = line.title {
            document = document.with_title(title);
        }
        if let Some(source) = line.source {
            document = document.with_source(source);
        }
        if let Some(published) = line.published {
            document = document.with_published(published.parse::<Date>()?);
        }
        Ok(document)
    }

    /// Reads documents from JSON lines, as [`Document::from_json`] reads each; empty lines are passed over.
    ///
    /// # Errors
    /// [`ErrorKind::Document`], naming the line, for the first line that is not a document.
    pub fn from_jsonl(jsonl: &str) -> Result<Vec<Self>, Error> {
        let lines = jsonl.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        lines
            .map(|(number, line)| {
                Document::from_json(line).map_err(|e| {
                    Error::new(e.kind(), format!("document line {}: {e}", number + 1)).with_source(e)
                })
            })
            .collect()
    }
}
