//! `CatalogMatch` and the iterators that yield it. What the catalog says about a match is looked up when it is asked for.

use crate::document::{bytes, text};
use crate::error::raise;
use nutgraf::binding::Named;
use nutgraf::{Catalog, CatalogStream, FindOptions};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::{PyString, PyTuple};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// Bytes asked of a file at a time.
const PIECE: usize = 1 << 16;

/// A text and the catalog that searched it.
pub(crate) struct Source {
    catalog: Catalog,
    text: Py<PyAny>,
}

impl Source {
    pub(crate) fn new(catalog: &Catalog, text: &Bound<'_, PyAny>) -> Arc<Self> {
        Arc::new(Source { catalog: catalog.clone(), text: text.clone().unbind() })
    }

    fn surface<'a>(&self, text: &'a Bound<'_, PyAny>, span: std::ops::Range<usize>) -> PyResult<&'a str> {
        nutgraf::binding::utf8(&bytes(text)?[span], "text").map_err(|e| raise(text.py(), e))
    }
}

/// A place where a text has a name of a catalog.
#[pyclass(frozen, module = "nutgraf")]
pub(crate) struct CatalogMatch {
    place: Place,
}

enum Place {
    Text { found: nutgraf::CatalogMatch, source: Arc<Source> },
    Alone(Box<Named>),
}

impl CatalogMatch {
    fn named(&self, py: Python<'_>) -> PyResult<Named> {
        match &self.place {
            Place::Alone(named) => Ok((**named).clone()),
            Place::Text { found, source } => {
                let text = source.text.bind(py);
                let surface = source.surface(text, found.span.byte_span())?;
                Ok(Named::of_surface(&source.catalog, surface, found))
            }
        }
    }
}

#[pymethods]
impl CatalogMatch {
    #[getter]
    fn char_span(&self) -> (usize, usize) {
        match &self.place {
            Place::Text { found, .. } => (found.span.char_span().start, found.span.char_span().end),
            Place::Alone(named) => (named.char_span[0], named.char_span[1]),
        }
    }

    #[getter]
    fn byte_span(&self) -> (usize, usize) {
        match &self.place {
            Place::Text { found, .. } => (found.span.byte_span().start, found.span.byte_span().end),
            Place::Alone(named) => (named.byte_span[0], named.byte_span[1]),
        }
    }

    #[getter]
    fn text(&self, py: Python<'_>) -> PyResult<String> {
        Ok(self.named(py)?.text)
    }

    #[getter]
    fn found(&self) -> &'static str {
        match &self.place {
            Place::Text { found, .. } => found.found.as_str(),
            Place::Alone(named) => named.found.as_str(),
        }
    }

    #[getter]
    fn weak(&self) -> bool {
        match &self.place {
            Place::Text { found, .. } => found.weak,
            Place::Alone(named) => named.weak,
        }
    }

    #[getter]
    fn name(&self, py: Python<'_>) -> PyResult<String> {
        Ok(self.named(py)?.name)
    }

    #[getter]
    fn candidates<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let class = py.import("nutgraf._parts")?.getattr("Candidate")?;
        let candidates = self.named(py)?.candidates.into_iter();
        let candidates = candidates.map(|c| class.call1((c.catalog_id, c.name, c.kind.as_str(), c.weight)));
        PyTuple::new(py, candidates.collect::<PyResult<Vec<_>>>()?)
    }

    #[getter]
    fn entities<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.named(py)?.entities)
    }

    /// Reads back what `to_json` wrote.
    #[staticmethod]
    fn from_json(py: Python<'_>, json: &str) -> PyResult<Self> {
        let named = Named::from_json(json).map_err(|e| raise(py, e))?;
        Ok(CatalogMatch { place: Place::Alone(Box::new(named)) })
    }

    /// Writes the match as JSON.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        Ok(self.named(py)?.to_json())
    }

    /// Returns the match as dicts and lists.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        py.import("json")?.call_method1("loads", (self.to_json(py)?,))
    }

    fn __eq__(&self, py: Python<'_>, other: &Bound<'_, PyAny>) -> PyResult<bool> {
        let Ok(other) = other.cast::<CatalogMatch>() else { return Ok(false) };
        Ok(self.named(py)? == other.get().named(py)?)
    }

    fn __hash__(&self) -> usize {
        let ((start, end), kind) = (self.byte_span(), self.found().len());
        start.rotate_left(32) ^ end ^ kind.rotate_left(60)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let named = self.named(py)?;
        let (start, end) = self.char_span();
        Ok(format!("CatalogMatch({:?}, char_span=({start}, {end}), found={:?})", named.text, self.found()))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        Ok((py.get_type::<CatalogMatch>().getattr("from_json")?, (self.to_json(py)?,)))
    }
}

/// The matches of one text.
pub(crate) fn matches<'py>(
    source: &Arc<Source>,
    py: Python<'py>,
    found: Vec<nutgraf::CatalogMatch>,
) -> PyResult<Bound<'py, PyTuple>> {
    let place = |found| CatalogMatch { place: Place::Text { found, source: Arc::clone(source) } };
    let matches = found.into_iter().map(|found| Bound::new(py, place(found)));
    PyTuple::new(py, matches.collect::<PyResult<Vec<_>>>()?)
}

/// A text that an iterator keeps.
enum Held {
    Python(PyBackedStr),
    Copied(String),
}

impl AsRef<str> for Held {
    fn as_ref(&self) -> &str {
        match self {
            Held::Python(text) => text,
            Held::Copied(text) => text,
        }
    }
}

/// Yields the matches of one text.
#[pyclass(frozen, module = "nutgraf")]
pub(crate) struct FindIter {
    source: Arc<Source>,
    core: Mutex<nutgraf::FindIter<Held>>,
}

impl FindIter {
    pub(crate) fn new(catalog: &Catalog, given: &Bound<'_, PyAny>, options: &FindOptions) -> PyResult<Self> {
        let held = match given.cast::<PyString>() {
            Ok(text) => Held::Python(PyBackedStr::try_from(text.clone())?),
            Err(_) => Held::Copied(text(given)?.to_owned()),
        };
        Ok(FindIter {
            source: Source::new(catalog, given),
            core: Mutex::new(catalog.find_iter(held, options)),
        })
    }
}

#[pymethods]
impl FindIter {
    fn __iter__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
        slf
    }

    fn __next__(&self, py: Python<'_>) -> Option<CatalogMatch> {
        // The lock is taken and given back while the interpreter is released, so that no thread waits for both.
        let next = || self.core.lock().unwrap_or_else(PoisonError::into_inner).next();
        let found = py.detach(next)?;
        Some(CatalogMatch { place: Place::Text { found, source: Arc::clone(&self.source) } })
    }
}

/// Yields the matches of a stream.
#[pyclass(frozen, module = "nutgraf")]
pub(crate) struct StreamIter {
    pieces: Py<PyAny>,
    is_file: bool,
    core: Mutex<Stream>,
}

struct Stream {
    stream: CatalogStream,
    ready: VecDeque<Named>,
    ended: bool,
}

impl StreamIter {
    pub(crate) fn new(catalog: &Catalog, reader: &Bound<'_, PyAny>, options: &FindOptions) -> PyResult<Self> {
        let stream = catalog.stream(options).map_err(|e| raise(reader.py(), e))?;
        let is_file = reader.hasattr("read")?;
        let pieces = if is_file { reader.clone() } else { reader.try_iter()?.into_any() };
        let core = Mutex::new(Stream { stream, ready: VecDeque::new(), ended: false });
        Ok(StreamIter { pieces: pieces.unbind(), is_file, core })
    }

    /// The next piece; `None` at the end.
    fn piece<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let pieces = self.pieces.bind(py);
        if !self.is_file {
            return pieces.try_iter()?.next().transpose();
        }
        let piece = pieces.call_method1("read", (PIECE,))?;
        Ok(if bytes(&piece)?.is_empty() { None } else { Some(piece) })
    }
}

#[pymethods]
impl StreamIter {
    fn __iter__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
        slf
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<CatalogMatch>> {
        loop {
            let next = || {
                let mut core = self.core.lock().unwrap_or_else(PoisonError::into_inner);
                (core.ready.pop_front(), core.ended)
            };
            let (found, ended) = py.detach(next);
            if let Some(named) = found {
                return Ok(Some(CatalogMatch { place: Place::Alone(Box::new(named)) }));
            }
            if ended {
                return Ok(None);
            }
            let piece = self.piece(py)?;
            let given = piece.as_ref().map(bytes).transpose()?;
            let push = || {
                let mut core = self.core.lock().unwrap_or_else(PoisonError::into_inner);
                let found = match given {
                    Some(bytes) => core.stream.push(bytes)?,
                    None => {
                        core.ended = true;
                        core.stream.finish()?
                    }
                };
                let catalog = core.stream.catalog().clone();
                core.ready.extend(found.into_iter().map(|place| Named::of_stream(&catalog, place)));
                Ok(())
            };
            py.detach(push).map_err(|e| raise(py, e))?;
        }
    }
}
