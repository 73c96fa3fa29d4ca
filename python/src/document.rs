//! `Document`, and what is accepted in its place.

use crate::error::raise;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyString};

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
        let mut core = read(text)?;
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

    fn __getnewargs_ex__<'py>(&self, py: Python<'py>) -> PyResult<((&str,), Bound<'py, PyDict>)> {
        let known = PyDict::new(py);
        known.set_item("id", self.id())?;
        known.set_item("title", self.title())?;
        known.set_item("source", self.source())?;
        known.set_item("published", self.published())?;
        Ok(((self.text(),), known))
    }
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
