//! What the Python and C bindings and the command line share: text that arrives as bytes, and defaults.
//!
//! In: bytes from outside. Out: text, or an error that names the first bad byte. Not part of the public interface.

use crate::document::Part;
use crate::{
    Candidate, Catalog, CatalogMatch, Document, Entity, EntityKind, Error, ErrorKind, Found, SCHEMA,
    StreamMatch,
};
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::path::Path;

/// Threads of a batch when the caller names no number: threads are the caller's to spend.
pub const DEFAULT_THREADS: usize = 1;

/// Key phrases and key entities when the caller names no number.
pub const DEFAULT_TOPICS: usize = 10;

/// Reads bytes as UTF-8; `what` names them in the message.
///
/// # Errors
/// [`ErrorKind::Document`] with the offset of the first byte that is not UTF-8.
pub fn utf8<'a>(bytes: &'a [u8], what: &str) -> Result<&'a str, Error> {
    std::str::from_utf8(bytes).map_err(|e| {
        let at = e.valid_up_to();
        let message = format!("the {what} is not UTF-8: byte {at} is 0x{:02x}; accepted is UTF-8", bytes[at]);
        Error::new(ErrorKind::Document, message).with_source(e)
    })
}

/// What the structure of a page says about a document's lines, as JSON; nothing for plain text.
pub fn parts(document: &Document) -> Option<String> {
    let parts = document.parts();
    (!parts.is_empty()).then(|| serde_json::to_string(parts).expect("parts hold strings and numbers only"))
}

/// A document of a text with what [`parts`] gave for it.
///
/// # Errors
/// [`ErrorKind::Document`] when these are no parts of this text.
pub fn with_parts(text: &str, parts: &str) -> Result<Document, Error> {
    let wrong = || Error::new(ErrorKind::Document, "these are no parts of this text".to_owned());
    let parts: Vec<Part> = serde_json::from_str(parts).map_err(|e| wrong().with_source(e))?;
    let ascending = parts.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start);
    let fits = |part: &Part| part.span.start < part.span.end && text.get(part.span.range()).is_some();
    if !ascending || !parts.iter().all(fits) {
        return Err(wrong());
    }
    Ok(Document::new(text).with_parts(parts))
}

/// A match of the bare matcher with everything that the catalog says about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Named {
    /// Where it stands, in code points.
    pub char_span: [usize; 2],
    /// The same in bytes.
    pub byte_span: [usize; 2],
    /// The surface.
    pub text: String,
    /// How the surface agrees with the name.
    pub found: Found,
    /// Whether the name alone does not prove the entity.
    pub weak: bool,
    /// The catalog's spelling.
    pub name: String,
    /// The owners, best first.
    pub candidates: Vec<Candidate>,
    /// Their indices in the catalog.
    pub entities: Vec<usize>,
}

impl Named {
    /// Tells about a match of a text.
    pub fn of(catalog: &Catalog, text: &str, found: &CatalogMatch) -> Self {
        Named::of_surface(catalog, text.get(found.span.byte_span()).unwrap_or_default(), found)
    }

    /// Tells about a match whose surface is known.
    pub fn of_surface(catalog: &Catalog, surface: &str, found: &CatalogMatch) -> Self {
        let spans = (found.span.char_span(), found.span.byte_span());
        Named::new(catalog, found, surface.to_owned(), spans)
    }

    /// Tells about a match of a stream.
    pub fn of_stream(catalog: &Catalog, place: StreamMatch) -> Self {
        let range = |span: &Range<u64>| span.start as usize..span.end as usize;
        let spans = (range(&place.char_span), range(&place.byte_span));
        Named::new(catalog, &place.found, place.text, spans)
    }

    fn new(
        catalog: &Catalog,
        found: &CatalogMatch,
        text: String,
        (chars, bytes): (Range<usize>, Range<usize>),
    ) -> Self {
        Named {
            char_span: [chars.start, chars.end],
            byte_span: [bytes.start, bytes.end],
            text,
            found: found.found,
            weak: found.weak,
            name: catalog.matched_name(found).unwrap_or_default(),
            candidates: catalog.candidates(found),
            entities: catalog.entity_indices(found),
        }
    }

    /// Writes the match as JSON.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("a match holds strings, numbers and lists only")
    }

    /// Reads back what [`Named::to_json`] wrote.
    ///
    /// # Errors
    /// [`ErrorKind::Document`] when the text is not such JSON.
    pub fn from_json(json: &str) -> Result<Self, Error> {
        serde_json::from_str(json).map_err(|e| {
            Error::new(ErrorKind::Document, format!("this JSON is not a match: {e}")).with_source(e)
        })
    }

    /// Writes matches as JSON of schema 1: one line, the same bytes in every language.
    pub fn list_to_json(matches: &[Named]) -> String {
        #[derive(Serialize)]
        struct Envelope<'m> {
            schema: u32,
            matches: &'m [Named],
        }
        serde_json::to_string(&Envelope { schema: SCHEMA, matches })
            .expect("matches hold strings, numbers and lists only")
    }
}

/// Opens a compiled catalog: by memory map unless told otherwise, and proved whole when asked for; one that is read into
/// memory is proved whole unless told otherwise.
///
/// # Errors
/// As [`Catalog::open`] and [`Catalog::verify`].
pub fn open(path: &Path, verify: Option<bool>, map: Option<bool>) -> Result<Catalog, Error> {
    if map == Some(false) {
        return if verify == Some(false) { Catalog::read_unverified(path) } else { Catalog::read(path) };
    }
    let catalog = Catalog::open(path)?;
    if verify == Some(true) {
        catalog.verify()?;
    }
    Ok(catalog)
}

/// Takes the bytes of a compiled catalog, proved whole unless told otherwise.
///
/// # Errors
/// As [`Catalog::from_bytes`].
pub fn from_bytes(data: &[u8], verify: Option<bool>) -> Result<Catalog, Error> {
    if verify == Some(false) { Catalog::from_bytes_unverified(data) } else { Catalog::from_bytes(data) }
}

/// An entity that must be there.
///
/// # Errors
/// [`ErrorKind::Span`] when the catalog has fewer.
pub fn entity(catalog: &Catalog, index: usize) -> Result<Entity, Error> {
    catalog.entity(index).ok_or_else(|| {
        let message = format!("there is no entity {index}; accepted are indices below {}", catalog.len());
        Error::new(ErrorKind::Span, message)
    })
}

/// The kind that a word names, as an option.
///
/// # Errors
/// [`ErrorKind::Option`] with the words that are accepted.
pub fn kind(word: &str) -> Result<EntityKind, Error> {
    word.parse().map_err(|e: Error| Error::new(ErrorKind::Option, e.to_string()))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_first_bad_byte_is_named() {
        let error = super::utf8(b"na\xefve", "text").unwrap_err();
        assert_eq!(error.kind(), crate::ErrorKind::Document);
        assert_eq!(error.to_string(), "the text is not UTF-8: byte 2 is 0xef; accepted is UTF-8");
        assert_eq!(super::utf8("né".as_bytes(), "text").unwrap(), "né");
    }
}
