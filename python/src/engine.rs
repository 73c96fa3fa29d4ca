//! `Engine`, and the jobs on the default engine.

use crate::catalog::Catalog;
use crate::document::{read, read_all};
use crate::error::raise;
use crate::result::{Digest, Matches, Summary};
use nutgraf::binding::DEFAULT_THREADS;
use nutgraf::{DigestOptions, SummaryOptions};
use pyo3::prelude::*;
use std::sync::OnceLock;

/// A catalog and settings; does the three jobs.
#[pyclass(frozen, module = "nutgraf")]
pub(crate) struct Engine {
    core: nutgraf::Engine,
}

impl Engine {
    fn shared() -> &'static Engine {
        static DEFAULT: OnceLock<Engine> = OnceLock::new();
        DEFAULT.get_or_init(|| Engine { core: nutgraf::Engine::new() })
    }
}

/// The limits of a summary in the order of the signatures.
type Limits = (Option<usize>, Option<usize>, Option<usize>, Option<usize>, Option<f64>);

fn budget((sentences, words, chars, bytes, ratio): Limits) -> SummaryOptions {
    let mut options = SummaryOptions::new();
    options = sentences.map_or(options.clone(), |n| options.max_sentences(n));
    options = words.map_or(options.clone(), |n| options.max_words(n));
    options = chars.map_or(options.clone(), |n| options.max_chars(n));
    options = bytes.map_or(options.clone(), |n| options.max_bytes(n));
    ratio.map_or(options.clone(), |share| options.ratio(share))
}

#[pymethods]
impl Engine {
    #[new]
    #[pyo3(signature = (catalog = None, *, max_document_bytes = None))]
    fn new(catalog: Option<&Catalog>, max_document_bytes: Option<usize>) -> Self {
        let catalog = catalog.map_or_else(nutgraf::Catalog::world, |catalog| catalog.core.clone());
        let mut builder = nutgraf::Engine::builder(catalog);
        if let Some(bytes) = max_document_bytes {
            builder = builder.max_document_bytes(bytes);
        }
        Engine { core: builder.build() }
    }

    #[getter]
    fn catalog(&self) -> Catalog {
        Catalog { core: self.core.catalog().clone() }
    }

    fn __repr__(&self) -> String {
        format!("Engine(entities={})", self.core.catalog().len())
    }

    /// Finds who and what is named in one document.
    #[pyo3(signature = (document))]
    fn match_entities(&self, py: Python<'_>, document: &Bound<'_, PyAny>) -> PyResult<Matches> {
        let document = read(document)?;
        let core = py.detach(|| self.core.match_entities(&document)).map_err(|e| raise(py, e))?;
        Ok(Matches::new(core, document))
    }

    /// Chooses the sentences of one document that say most, within every limit given.
    #[pyo3(signature = (document, *, max_sentences = None, max_words = None, max_chars = None, max_bytes = None, ratio = None))]
    #[allow(clippy::too_many_arguments, reason = "keyword-only options")]
    fn summarize(
        &self,
        py: Python<'_>,
        document: &Bound<'_, PyAny>,
        max_sentences: Option<usize>,
        max_words: Option<usize>,
        max_chars: Option<usize>,
        max_bytes: Option<usize>,
        ratio: Option<f64>,
    ) -> PyResult<Summary> {
        let (document, options) =
            (read(document)?, budget((max_sentences, max_words, max_chars, max_bytes, ratio)));
        let core = py.detach(|| self.core.summarize(&document, &options)).map_err(|e| raise(py, e))?;
        Ok(Summary::new(core))
    }

    /// Reads several articles on one story.
    #[pyo3(signature = (documents, *, max_sentences = None, max_words = None, max_chars = None, max_bytes = None, ratio = None))]
    #[allow(clippy::too_many_arguments, reason = "keyword-only options")]
    fn digest(
        &self,
        py: Python<'_>,
        documents: &Bound<'_, PyAny>,
        max_sentences: Option<usize>,
        max_words: Option<usize>,
        max_chars: Option<usize>,
        max_bytes: Option<usize>,
        ratio: Option<f64>,
    ) -> PyResult<Digest> {
        let options =
            DigestOptions::new().summary(budget((max_sentences, max_words, max_chars, max_bytes, ratio)));
        let documents = read_all(documents)?;
        let core = py.detach(|| self.core.digest(&documents, &options)).map_err(|e| raise(py, e))?;
        Ok(Digest::new(core))
    }

    /// Does `match_entities` for many documents; results keep the order.
    #[pyo3(signature = (documents, *, threads = None))]
    fn match_entities_batch(
        &self,
        py: Python<'_>,
        documents: &Bound<'_, PyAny>,
        threads: Option<usize>,
    ) -> PyResult<Vec<Matches>> {
        let (documents, threads) = (read_all(documents)?, threads.unwrap_or(DEFAULT_THREADS));
        let job = || self.core.match_entities_batch(&documents, threads);
        let cores = py.detach(job).map_err(|e| raise(py, e))?;
        Ok(cores.into_iter().zip(documents).map(|(core, document)| Matches::new(core, document)).collect())
    }

    /// Does `summarize` for many documents; results keep the order.
    #[pyo3(signature = (documents, *, max_sentences = None, max_words = None, max_chars = None, max_bytes = None, ratio = None, threads = None))]
    #[allow(clippy::too_many_arguments, reason = "keyword-only options")]
    fn summarize_batch(
        &self,
        py: Python<'_>,
        documents: &Bound<'_, PyAny>,
        max_sentences: Option<usize>,
        max_words: Option<usize>,
        max_chars: Option<usize>,
        max_bytes: Option<usize>,
        ratio: Option<f64>,
        threads: Option<usize>,
    ) -> PyResult<Vec<Summary>> {
        let (documents, threads) = (read_all(documents)?, threads.unwrap_or(DEFAULT_THREADS));
        let options = budget((max_sentences, max_words, max_chars, max_bytes, ratio));
        let job = || self.core.summarize_batch(&documents, &options, threads);
        let cores = py.detach(job).map_err(|e| raise(py, e))?;
        Ok(cores.into_iter().map(Summary::new).collect())
    }

    /// Does `digest` for many stories, each a list of documents; results keep the order.
    #[pyo3(signature = (stories, *, max_sentences = None, max_words = None, max_chars = None, max_bytes = None, ratio = None, threads = None))]
    #[allow(clippy::too_many_arguments, reason = "keyword-only options")]
    fn digest_batch(
        &self,
        py: Python<'_>,
        stories: &Bound<'_, PyAny>,
        max_sentences: Option<usize>,
        max_words: Option<usize>,
        max_chars: Option<usize>,
        max_bytes: Option<usize>,
        ratio: Option<f64>,
        threads: Option<usize>,
    ) -> PyResult<Vec<Digest>> {
        let options =
            DigestOptions::new().summary(budget((max_sentences, max_words, max_chars, max_bytes, ratio)));
        let stories = stories.try_iter()?.map(|story| read_all(&story?)).collect::<PyResult<Vec<_>>>()?;
        let threads = threads.unwrap_or(DEFAULT_THREADS);
        let job = || self.core.digest_batch(&stories, &options, threads);
        let cores = py.detach(job).map_err(|e| raise(py, e))?;
        Ok(cores.into_iter().map(Digest::new).collect())
    }
}

/// Finds who and what is named in one document.
#[pyfunction]
#[pyo3(signature = (document))]
pub(crate) fn match_entities(py: Python<'_>, document: &Bound<'_, PyAny>) -> PyResult<Matches> {
    py.detach(Engine::shared).match_entities(py, document)
}

/// Chooses the sentences of one document that say most, within every limit given.
#[pyfunction]
#[pyo3(signature = (document, *, max_sentences = None, max_words = None, max_chars = None, max_bytes = None, ratio = None))]
#[allow(clippy::too_many_arguments, reason = "keyword-only options")]
pub(crate) fn summarize(
    py: Python<'_>,
    document: &Bound<'_, PyAny>,
    max_sentences: Option<usize>,
    max_words: Option<usize>,
    max_chars: Option<usize>,
    max_bytes: Option<usize>,
    ratio: Option<f64>,
) -> PyResult<Summary> {
    py.detach(Engine::shared).summarize(py, document, max_sentences, max_words, max_chars, max_bytes, ratio)
}

/// Reads several articles on one story.
#[pyfunction]
#[pyo3(signature = (documents, *, max_sentences = None, max_words = None, max_chars = None, max_bytes = None, ratio = None))]
#[allow(clippy::too_many_arguments, reason = "keyword-only options")]
pub(crate) fn digest(
    py: Python<'_>,
    documents: &Bound<'_, PyAny>,
    max_sentences: Option<usize>,
    max_words: Option<usize>,
    max_chars: Option<usize>,
    max_bytes: Option<usize>,
    ratio: Option<f64>,
) -> PyResult<Digest> {
    py.detach(Engine::shared).digest(py, documents, max_sentences, max_words, max_chars, max_bytes, ratio)
}

/// Does `match_entities` for many documents; results keep the order.
#[pyfunction]
#[pyo3(signature = (documents, *, threads = None))]
pub(crate) fn match_entities_batch(
    py: Python<'_>,
    documents: &Bound<'_, PyAny>,
    threads: Option<usize>,
) -> PyResult<Vec<Matches>> {
    py.detach(Engine::shared).match_entities_batch(py, documents, threads)
}

/// Does `summarize` for many documents; results keep the order.
#[pyfunction]
#[pyo3(signature = (documents, *, max_sentences = None, max_words = None, max_chars = None, max_bytes = None, ratio = None, threads = None))]
#[allow(clippy::too_many_arguments, reason = "keyword-only options")]
pub(crate) fn summarize_batch(
    py: Python<'_>,
    documents: &Bound<'_, PyAny>,
    max_sentences: Option<usize>,
    max_words: Option<usize>,
    max_chars: Option<usize>,
    max_bytes: Option<usize>,
    ratio: Option<f64>,
    threads: Option<usize>,
) -> PyResult<Vec<Summary>> {
    py.detach(Engine::shared).summarize_batch(
        py,
        documents,
        max_sentences,
        max_words,
        max_chars,
        max_bytes,
        ratio,
        threads,
    )
}

/// Does `digest` for many stories, each a list of documents; results keep the order.
#[pyfunction]
#[pyo3(signature = (stories, *, max_sentences = None, max_words = None, max_chars = None, max_bytes = None, ratio = None, threads = None))]
#[allow(clippy::too_many_arguments, reason = "keyword-only options")]
pub(crate) fn digest_batch(
    py: Python<'_>,
    stories: &Bound<'_, PyAny>,
    max_sentences: Option<usize>,
    max_words: Option<usize>,
    max_chars: Option<usize>,
    max_bytes: Option<usize>,
    ratio: Option<f64>,
    threads: Option<usize>,
) -> PyResult<Vec<Digest>> {
    py.detach(Engine::shared).digest_batch(
        py,
        stories,
        max_sentences,
        max_words,
        max_chars,
        max_bytes,
        ratio,
        threads,
    )
}
