//! `nutgraf_document`: one article.

use crate::boundary::{change, fallible, infallible};
use crate::error::ErrorHandle;
use crate::handle::{borrow, free, required_mut};
use crate::string::String;
use nutgraf::{Document, Error};

/// Creates a document of a text, with an empty id.
///
/// # Safety
/// `text` must describe readable bytes; `out` and `error` must be null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_document_new(
    text: String,
    out: *mut *mut Document,
    error: *mut *mut ErrorHandle,
) -> u32 {
    // SAFETY: the caller keeps the promises of this function.
    unsafe { fallible(out, error, || Ok(Document::new(text.text("text")?))) }
}

/// Reads a web page.
///
/// # Safety
/// `html` must describe readable bytes; `out` and `error` must be null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_document_from_html(
    html: String,
    out: *mut *mut Document,
    error: *mut *mut ErrorHandle,
) -> u32 {
    // SAFETY: the caller keeps the promises of this function.
    unsafe { fallible(out, error, || Ok(Document::from_html(html.text("HTML")?))) }
}

/// Reads a document of a JSON object.
///
/// # Safety
/// `json` must describe readable bytes; `out` and `error` must be null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_document_from_json(
    json: String,
    out: *mut *mut Document,
    error: *mut *mut ErrorHandle,
) -> u32 {
    // SAFETY: the caller keeps the promises of this function.
    unsafe { fallible(out, error, || Document::from_json(json.text("JSON")?)) }
}

/// Names the document.
///
/// # Safety
/// `document` must be null or live and used by nobody else; `id` must describe readable bytes; `error` must be null
/// or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_document_set_id(
    document: *mut Document,
    id: String,
    error: *mut *mut ErrorHandle,
) -> u32 {
    // SAFETY: the caller keeps the promises of this function.
    unsafe { set(document, id, "id", error, |document, id| Ok(document.with_id(id))) }
}

/// Gives the headline.
///
/// # Safety
/// As for [`nutgraf_document_set_id`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_document_set_title(
    document: *mut Document,
    title: String,
    error: *mut *mut ErrorHandle,
) -> u32 {
    // SAFETY: the caller keeps the promises of this function.
    unsafe { set(document, title, "title", error, |document, title| Ok(document.with_title(title))) }
}

/// Names the outlet.
///
/// # Safety
/// As for [`nutgraf_document_set_id`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_document_set_source(
    document: *mut Document,
    source: String,
    error: *mut *mut ErrorHandle,
) -> u32 {
    // SAFETY: the caller keeps the promises of this function.
    unsafe { set(document, source, "source", error, |document, source| Ok(document.with_source(source))) }
}

/// Gives the day of publication, `YYYY-MM-DD`.
///
/// # Safety
/// As for [`nutgraf_document_set_id`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_document_set_published(
    document: *mut Document,
    published: String,
    error: *mut *mut ErrorHandle,
) -> u32 {
    // SAFETY: the caller keeps the promises of this function.
    unsafe {
        set(document, published, "date", error, |document, day| Ok(document.with_published(day.parse()?)))
    }
}

/// The text that places refer to.
///
/// # Safety
/// `document` must be null or live.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_document_text(document: *const Document) -> String {
    // SAFETY: the caller promises that it is null or live.
    infallible(String::EMPTY, || {
        unsafe { borrow(document) }.map_or(String::EMPTY, |d| String::lend(d.text()))
    })
}

/// The headline, empty when none is known.
///
/// # Safety
/// As for [`nutgraf_document_text`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_document_title(document: *const Document) -> String {
    // SAFETY: the caller promises that it is null or live.
    let title = || unsafe { borrow(document) }.and_then(Document::title).map_or(String::EMPTY, String::lend);
    infallible(String::EMPTY, title)
}

free!(nutgraf_document_free, Document);

/// # Safety
/// As for [`nutgraf_document_set_id`].
unsafe fn set(
    document: *mut Document,
    value: String,
    what: &str,
    error: *mut *mut ErrorHandle,
    with: impl FnOnce(Document, &str) -> Result<Document, Error>,
) -> u32 {
    let job = || {
        // SAFETY: the caller keeps the promises of this function.
        let (document, value) = unsafe { (required_mut(document, "document")?, value.text(what)?) };
        *document = with(document.clone(), value)?;
        Ok(())
    };
    // SAFETY: the caller keeps the promises of this function.
    unsafe { change(error, job) }
}
