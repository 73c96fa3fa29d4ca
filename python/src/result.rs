//! The results of the jobs, frozen.
//!
//! The parts of a result are frozen Python dataclasses, made of the core's JSON when first asked for. A result that
//! shows its documents holds them.

use crate::document::{Document, read, read_some};
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

/// Defines a result: the getters of its parts, what it iterates over, its JSON and its nature as a value.
macro_rules! result {
    ($does:literal $name:ident { $($part:ident),+ } $([$items:ident])? { $($extra:tt)* }) => {
        #[doc = $does]
        #[pyclass(frozen, module = "nutgraf")]
        pub(crate) struct $name {
            core: nutgraf::$name,
            documents: Vec<nutgraf::Document>,
            parts: Parts,
        }

        impl $name {
            pub(crate) fn new(core: nutgraf::$name, documents: Vec<nutgraf::Document>) -> Self {
                $name { core, documents, parts: PyOnceLock::new() }
            }
        }

        #[pymethods]
        impl $name {
            $(
                #[getter]
                fn $part<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                    part(py, &self.parts, || self.core.to_json(), stringify!($part))
                }
            )+

            $(
                fn __len__(&self) -> usize {
                    self.core.$items.len()
                }

                fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                    Ok(self.$items(py)?.try_iter()?.into_any())
                }

                fn __getitem__<'py>(&self, index: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
                    self.$items(index.py())?.get_item(index)
                }
            )?

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

            fn __hash__(&self) -> u64 {
                hash(&self.core.to_json())
            }

            fn __eq__(&self, other: &Self) -> bool {
                self.core == other.core && self.documents == other.documents
            }

            fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
                Ok((py.get_type::<$name>().getattr("from_json")?, self.source(py)?))
            }

            $($extra)*
        }
    };
}

/// Defines a result that shows no document.
macro_rules! plain {
    ($does:literal $name:ident { $($part:ident),+ } $([$items:ident])? { $($extra:tt)* }) => {
        result! {
            $does $name { $($part),+ } $([$items])? {

            /// Reads back what `to_json` wrote.
            #[staticmethod]
            fn from_json(py: Python<'_>, json: &str) -> PyResult<Self> {
                let core = nutgraf::$name::from_json(json).map_err(|e| raise(py, e))?;
                Ok($name::new(core, Vec::new()))
            }

            $($extra)*
            }
        }

        impl $name {
            fn source<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
                (self.to_json(py),).into_pyobject(py)
            }
        }
    };
}

result! {
    "Who is named in one document; iterates over the mentions."
    Matches { mentions, cast } [mentions] {

    /// Reads back what `to_json` wrote of this document.
    #[staticmethod]
    fn from_json(json: &str, document: &Bound<'_, PyAny>) -> PyResult<Self> {
        let core = nutgraf::Matches::from_json(json).map_err(|e| raise(document.py(), e))?;
        Ok(Matches::new(core, vec![read(document)?]))
    }

    /// Returns the document with its mentions marked, as an HTML element.
    fn to_html(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| self.core.to_html(&self.documents[0])).map_err(|e| raise(py, e))
    }

    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        self.to_html(py)
    }

    fn __repr__(&self) -> String {
        format!("Matches(mentions={}, cast={})", self.core.mentions.len(), self.core.cast.len())
    }
    }
}

impl Matches {
    fn source<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        (self.to_json(py), Document { core: self.documents[0].clone() }).into_pyobject(py)
    }
}

plain! {
    "The sentences that say most; iterates over them."
    Summary { sentences } [sentences] {

    /// Returns the sentences with their scores, as an HTML element.
    fn to_html(&self, py: Python<'_>) -> String {
        py.detach(|| self.core.to_html())
    }

    fn _repr_html_(&self, py: Python<'_>) -> String {
        self.to_html(py)
    }

    fn __repr__(&self) -> String {
        format!("Summary(sentences={})", self.core.sentences.len())
    }
    }
}

result! {
    "What several articles on one story say."
    Digest { documents, cast, timeline, events, claims } {

    /// Reads back what `to_json` wrote; the pages of a digest show the articles when the documents are given.
    #[staticmethod]
    #[pyo3(signature = (json, documents = None))]
    fn from_json(py: Python<'_>, json: &str, documents: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        let core = nutgraf::Digest::from_json(json).map_err(|e| raise(py, e))?;
        Ok(Digest::new(core, documents.map(read_some).transpose()?.unwrap_or_default()))
    }

    #[getter]
    fn summary(&self) -> Summary {
        Summary::new(self.core.summary.clone(), Vec::new())
    }

    /// Returns the digest and its articles as one HTML file.
    fn to_html(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| self.core.to_html(&self.documents)).map_err(|e| raise(py, e))
    }

    /// Returns the content of `to_html` as one HTML element.
    fn to_html_element(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| self.core.to_html_element(&self.documents)).map_err(|e| raise(py, e))
    }

    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        self.to_html_element(py)
    }

    /// Returns the digest as Markdown.
    fn to_markdown(&self, py: Python<'_>) -> String {
        py.detach(|| self.core.to_markdown())
    }

    fn __repr__(&self) -> String {
        let (documents, cast) = (self.core.documents.len(), self.core.cast.len());
        let (timeline, claims) = (self.core.timeline.len(), self.core.claims.len());
        format!("Digest(documents={documents}, cast={cast}, timeline={timeline}, claims={claims})")
    }
    }
}

impl Digest {
    fn source<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let documents = self.documents.iter().map(|core| Document { core: core.clone() });
        (self.to_json(py), documents.collect::<Vec<_>>()).into_pyobject(py)
    }
}

plain! {
    "Why one sentence is or is not part of a summary."
    Explanation { document, sentence, char_span, byte_span, text, chosen, score, reasons, decision } {

    fn __repr__(&self) -> String {
        let chosen = if self.core.chosen { "True" } else { "False" };
        format!("Explanation(chosen={chosen}, score={:.3}, decision={:?})", self.core.score, self.core.decision)
    }
    }
}

plain! {
    "What one or several documents turn on."
    KeyTopics { phrases, entities } {

    fn __repr__(&self) -> String {
        format!("KeyTopics(phrases={}, entities={})", self.core.phrases.len(), self.core.entities.len())
    }
    }
}

plain! {
    "How well documents support a headline."
    HeadlineCheck { score, supports, missing } {

    fn __repr__(&self) -> String {
        let (score, supports, missing) = (self.core.score, self.core.supports.len(), self.core.missing.len());
        format!("HeadlineCheck(score={score:.3}, supports={supports}, missing={missing})")
    }
    }
}

plain! {
    "How alike two names are, and why."
    NameSimilarity { score, is_same, reasons } {

    fn __repr__(&self) -> String {
        let same = if self.core.is_same { "True" } else { "False" };
        format!("NameSimilarity(score={:.3}, is_same={same})", self.core.score)
    }
    }
}

plain! {
    "Which articles of a heap tell one story; iterates over the groups."
    Stories { groups } [groups] {

    fn __repr__(&self) -> String {
        format!("Stories(groups={})", self.core.groups.len())
    }
    }
}

/// Compares two names: how alike they are, whether they may be one, and why.
#[pyfunction]
pub(crate) fn name_similarity(py: Python<'_>, a: &str, b: &str) -> NameSimilarity {
    NameSimilarity::new(py.detach(|| nutgraf::name_similarity(a, b)), Vec::new())
}
