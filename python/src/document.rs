//! `Document`, and what is accepted in its place.

use crate::error::raise;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

/// One article: its text and what is known about it.
#[pyclass(frozen, eq, hash, from_py_object, module = "nutgraf")]
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct Document {
    pub(crate) core: nutgraf::Document,
}

#[pymethods]
impl Document {
    #[new]
    #[pyo3(signature = (text, *, id = None, title = None, source = None, published = None))]
    fn new(
        text: &Bound<'_, PyAny>,
        id: Option<&str>,
        title: Option<&str>,
        source: Option<&str>,
        published: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        known(read(text)?, id, title, source, published)
    }

    /// Reads a web page.
    #[staticmethod]
    #[pyo3(signature = (html, *, id = None, title = None, source = None, published = None))]
    fn from_html(
        html: &Bound<'_, PyAny>,
        id: Option<&str>,
        title: Option<&str>,
        source: Option<&str>,
        published: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let written = nutgraf::binding::utf8(bytes(html)?, "HTML").map_err(|e| raise(html.py(), e))?;
        let core = html.py().detach(|| nutgraf::Document::from_html(written));
        known(core, id, title, source, published)
    }

    /// Reads a document of a JSON object.
    #[staticmethod]
    fn from_json(py: Python<'_>, json: &str) -> PyResult<Self> {
        nutgraf::Document::from_json(json).map(|core| Document { core }).map_err(|e| raise(py, e))
    }

    /// Reads documents from JSON lines.
    #[staticmethod]
    fn from_jsonl(py: Python<'_>, jsonl: &str) -> PyResult<Vec<Self>> {
        let documents = py.detach(|| nutgraf::Document::from_jsonl(jsonl)).map_err(|e| raise(py, e))?;
        Ok(documents.into_iter().map(|core| Document { core }).collect())
    }

    #[getter]
    fn text(&self) -> &str {
        self.core.text()
    }

    #[getter]
    fn id(&self) -> &str {
        self.core.id()
    }

    #[getter]
    fn title(&self) -> Option<&str> {
        self.core.title()
    }

    #[getter]
    fn source(&self) -> Option<&str> {
        self.core.source()
    }

    #[getter]
    fn published(&self) -> Option<String> {
        self.core.published().map(|day| day.to_string())
    }

    fn __repr__(&self) -> String {
        format!("Document(id={:?}, bytes={})", self.core.id(), self.core.text().len())
    }

    /// Restores a pickled document.
    #[staticmethod]
    fn _restored(
        written: &Bound<'_, PyAny>,
        parts: Option<&str>,
        id: Option<&str>,
        title: Option<&str>,
        source: Option<&str>,
        published: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let core = match parts {
            Some(parts) => {
                nutgraf::binding::with_parts(text(written)?, parts).map_err(|e| raise(written.py(), e))?
            }
            None => read(written)?,
        };
        known(core, id, title, source, published)
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, Restored<'_>)> {
        let restored = py.get_type::<Document>().getattr("_restored")?;
        let parts = nutgraf::binding::parts(&self.core);
        Ok((restored, (self.text(), parts, self.id(), self.title(), self.source(), self.published())))
    }
}

/// What a document is pickled as: text, parts, id, title, source, day of publication.
type Restored<'a> = (&'a str, Option<String>, &'a str, Option<&'a str>, Option<&'a str>, Option<String>);

/// A document with what is known beside its text.
fn known(
    mut core: nutgraf::Document,
    id: Option<&str>,
    title: Option<&str>,
    source: Option<&str>,
    published: Option<&Bound<'_, PyAny>>,
) -> PyResult<Document> {
    if let Some(id) = id {
        core = core.with_id(id);
    }
    if let Some(title) = title {
        core = core.with_title(title);
    }
    if let Some(source) = source {
        core = core.with_source(source);
    }
    if let Some(published) = published {
        core = core.with_published(day(published)?);
    }
    Ok(Document { core })
}

/// Accepts `YYYY-MM-DD`, or a `datetime.date`.
fn day(object: &Bound<'_, PyAny>) -> PyResult<nutgraf::Date> {
    let written = if object.is_instance_of::<PyString>() {
        object.clone()
    } else {
        let kind = object.get_type().name()?;
        let wrong = |_| PyTypeError::new_err(format!("expected str or datetime.date, got {kind}"));
        object.call_method0("isoformat").map_err(wrong)?
    };
    written.cast::<PyString>()?.to_str()?.parse().map_err(|e| raise(object.py(), e))
}

/// Accepts a `Document`, a `str`, or UTF-8 `bytes`.
pub(crate) fn read(object: &Bound<'_, PyAny>) -> PyResult<nutgraf::Document> {
    if let Ok(document) = object.cast::<Document>() {
        return Ok(document.get().core.clone());
    }
    text(object).map(nutgraf::Document::new)
}

/// Accepts a `str`, or UTF-8 `bytes`.
pub(crate) fn text<'a>(object: &'a Bound<'_, PyAny>) -> PyResult<&'a str> {
    nutgraf::binding::utf8(bytes(object)?, "text").map_err(|e| raise(object.py(), e))
}

/// Accepts a `str`, or `bytes`.
pub(crate) fn bytes<'a>(object: &'a Bound<'_, PyAny>) -> PyResult<&'a [u8]> {
    if let Ok(text) = object.cast::<PyString>() {
        return Ok(text.to_str()?.as_bytes());
    }
    if let Ok(bytes) = object.cast::<PyBytes>() {
        return Ok(bytes.as_bytes());
    }
    Err(PyTypeError::new_err(format!("expected str, bytes or Document, got {}", object.get_type().name()?)))
}

/// Reads every document of an iterable.
pub(crate) fn read_all(objects: &Bound<'_, PyAny>) -> PyResult<Vec<nutgraf::Document>> {
    if objects.is_instance_of::<PyString>() || objects.is_instance_of::<PyBytes>() {
        return Err(PyTypeError::new_err("expected an iterable of documents, got one text"));
    }
    objects.try_iter()?.map(|object| read(&object?)).collect()
}

/// Reads one document, or every document of an iterable.
pub(crate) fn read_some(objects: &Bound<'_, PyAny>) -> PyResult<Vec<nutgraf::Document>> {
    let one = objects.is_instance_of::<PyString>() || objects.is_instance_of::<PyBytes>();
    if one || objects.is_instance_of::<Document>() {
        return Ok(vec![read(objects)?]);
    }
    read_all(objects)
}
