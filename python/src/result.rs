//! `Matches`, `Summary`, `Digest`: the results of the jobs, frozen.
//!
//! The parts of a result are frozen Python dataclasses, made of the core's JSON when first asked for.

use crate::document::read;
use crate::error::raise;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyTuple;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Parts of a result by name, made once.
type Parts = PyOnceLock<Py<PyAny>>;

fn part<'py>(
    py: Python<'py>,
    parts: &Parts,
    json: impl FnOnce() -> String,
    name: &str,
) -> PyResult<Bound<'py, PyAny>> {
    let make =
        || py.import(intern!(py, "nutgraf._parts"))?.call_method1("load", (json(),)).map(Bound::unbind);
    parts.get_or_try_init(py, make)?.bind(py).get_item(name)
}

fn hash(json: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    json.hash(&mut hasher);
    hasher.finish()
}

/// Defines what every result has, and the getters of its parts.
macro_rules! result {
    ($name:ident { $($part:ident),+ } { $($extra:tt)* }) => {
        #[pymethods]
        impl $name {
            $(
                #[getter]
                fn $part<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                    part(py, &self.parts, || self.core.to_json(), stringify!($part))
                }
            )+

            /// Returns the result as JSON of schema 1.
            fn to_json(&self, py: Python<'_>) -> String {
                py.detach(|| self.core.to_json())
            }

            /// Returns what `to_json` says as dicts and lists.
            fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                py.import(intern!(py, "json"))?.call_method1("loads", (self.to_json(py),))
            }

            /// Returns a page of plain text.
            fn to_text(&self, py: Python<'_>) -> String {
                py.detach(|| self.core.to_text())
            }

            fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
                self.to_html(py)
            }

            fn __hash__(&self) -> u64 {
                hash(&self.core.to_json())
            }

            $($extra)*
        }
    };
}

/// Who is named in one document; iterates over the mentions.
#[pyclass(frozen, module = "nutgraf")]
pub(crate) struct Matches {
    core: nutgraf::Matches,
    document: nutgraf::Document,
    parts: Parts,
}

/// The sentences that say most; iterates over them.
#[pyclass(frozen, module = "nutgraf")]
pub(crate) struct Summary {
    core: nutgraf::Summary,
    parts: Parts,
}

/// What several articles on one story say.
#[pyclass(frozen, module = "nutgraf")]
pub(crate) struct Digest {
    core: nutgraf::Digest,
    parts: Parts,
}

impl Matches {
    pub(crate) fn new(core: nutgraf::Matches, document: nutgraf::Document) -> Self {
        Matches { core, document, parts: PyOnceLock::new() }
    }
}

impl Summary {
    pub(crate) fn new(core: nutgraf::Summary) -> Self {
        Summary { core, parts: PyOnceLock::new() }
    }
}

impl Digest {
    pub(crate) fn new(core: nutgraf::Digest) -> Self {
        Digest { core, parts: PyOnceLock::new() }
    }
}

result! {
    Matches { mentions, cast } {
        /// Reads back what `to_json` wrote of this document.
        #[staticmethod]
        fn from_json(json: &str, document: &Bound<'_, PyAny>) -> PyResult<Self> {
            let core = nutgraf::Matches::from_json(json).map_err(|e| raise(document.py(), e))?;
            Ok(Matches::new(core, read(document)?))
        }

        /// Returns the document with its mentions marked, as an HTML element.
        fn to_html(&self, py: Python<'_>) -> PyResult<String> {
            py.detach(|| self.core.to_html(&self.document)).map_err(|e| raise(py, e))
        }

        fn __len__(&self) -> usize {
            self.core.mentions.len()
        }

        fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
            Ok(self.mentions(py)?.try_iter()?.into_any())
        }

        fn __getitem__<'py>(&self, index: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
            self.mentions(index.py())?.get_item(index)
        }

        fn __eq__(&self, other: &Self) -> bool {
            self.core == other.core && self.document == other.document
        }

        fn __repr__(&self) -> String {
            format!("Matches(mentions={}, cast={})", self.core.mentions.len(), self.core.cast.len())
        }

        fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
            let document = crate::document::Document { core: self.document.clone() };
            let arguments = (self.to_json(py), document).into_pyobject(py)?;
            Ok((py.get_type::<Matches>().getattr("from_json")?, arguments))
        }
    }
}

result! {
    Summary { sentences } {
        /// Reads back what `to_json` wrote.
        #[staticmethod]
        fn from_json(py: Python<'_>, json: &str) -> PyResult<Self> {
            nutgraf::Summary::from_json(json).map(Summary::new).map_err(|e| raise(py, e))
        }

        /// Returns the sentences with their scores, as an HTML element.
        fn to_html(&self, py: Python<'_>) -> PyResult<String> {
            Ok(py.detach(|| self.core.to_html()))
        }

        fn __len__(&self) -> usize {
            self.core.sentences.len()
        }

        fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
            Ok(self.sentences(py)?.try_iter()?.into_any())
        }

        fn __getitem__<'py>(&self, index: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
            self.sentences(index.py())?.get_item(index)
        }

        fn __eq__(&self, other: &Self) -> bool {
            self.core == other.core
        }

        fn __repr__(&self) -> String {
            format!("Summary(sentences={})", self.core.sentences.len())
        }

        fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
            Ok((py.get_type::<Summary>().getattr("from_json")?, (self.to_json(py),)))
        }
    }
}

result! {
    Digest { documents, cast, timeline, claims } {
        /// Reads back what `to_json` wrote.
        #[staticmethod]
        fn from_json(py: Python<'_>, json: &str) -> PyResult<Self> {
            nutgraf::Digest::from_json(json).map(Digest::new).map_err(|e| raise(py, e))
        }

        #[getter]
        fn summary(&self) -> Summary {
            Summary::new(self.core.summary.clone())
        }

        /// Returns the digest as a page, one HTML element.
        fn to_html(&self, py: Python<'_>) -> PyResult<String> {
            Ok(py.detach(|| self.core.to_html()))
        }

        fn __eq__(&self, other: &Self) -> bool {
            self.core == other.core
        }

        fn __repr__(&self) -> String {
            let (documents, cast) = (self.core.documents.len(), self.core.cast.len());
            let (timeline, claims) = (self.core.timeline.len(), self.core.claims.len());
            format!("Digest(documents={documents}, cast={cast}, timeline={timeline}, claims={claims})")
        }

        fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
            Ok((py.get_type::<Digest>().getattr("from_json")?, (self.to_json(py),)))
        }
    }
}
