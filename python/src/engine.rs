//! `Engine` and `Tagger`, and the jobs on the default engine.

use crate::catalog::Catalog;
use crate::document::{read, read_all, read_some};
use crate::error::raise;
use crate::options::{Keywords, Options, PINS, SUMMARY};
use crate::result::{Digest, Explanation, HeadlineCheck, KeyTopics, Matches, Stories, Summary};
use pyo3::prelude::*;
use std::sync::OnceLock;

/// Weights of a model that discovers names.
#[pyclass(frozen, module = "nutgraf")]
pub(crate) struct Tagger {
    core: nutgraf::Tagger,
}

#[pymethods]
impl Tagger {
    /// Returns the tagger that is compiled into the library.
    #[staticmethod]
    fn built_in(py: Python<'_>) -> Self {
        Tagger { core: py.detach(nutgraf::Tagger::built_in) }
    }

    /// Reads weights that the trainer wrote.
    #[staticmethod]
    fn from_bytes(py: Python<'_>, weights: &[u8]) -> PyResult<Self> {
        let core = py.detach(|| nutgraf::Tagger::from_bytes(weights)).map_err(|e| raise(py, e))?;
        Ok(Tagger { core })
    }
}

/// A catalog and settings; does the jobs.
#[pyclass(frozen, module = "nutgraf")]
pub(crate) struct Engine {
    core: nutgraf::Engine,
}

impl Engine {
    fn shared() -> &'static Engine {
        static DEFAULT: OnceLock<Engine> = OnceLock::new();
        DEFAULT.get_or_init(|| Engine { core: nutgraf::Engine::new() })
    }

    /// Does a job of the core with the interpreter released.
    fn run<T: Send>(
        &self,
        py: Python<'_>,
        job: impl FnOnce(&nutgraf::Engine) -> Result<T, nutgraf::Error> + Send,
    ) -> PyResult<T> {
        py.detach(|| job(&self.core)).map_err(|e| raise(py, e))
    }
}

#[pymethods]
impl Engine {
    #[new]
    #[pyo3(signature = (catalog = None, *, max_document_bytes = None, tagger = None, discovery = None))]
    fn new(
        catalog: Option<&Catalog>,
        max_document_bytes: Option<usize>,
        tagger: Option<&Tagger>,
        discovery: Option<bool>,
    ) -> Self {
        let catalog = catalog.map_or_else(nutgraf::Catalog::world, |catalog| catalog.core.clone());
        let mut builder = nutgraf::Engine::builder(catalog);
        if let Some(bytes) = max_document_bytes {
            builder = builder.max_document_bytes(bytes);
        }
        if let Some(tagger) = tagger {
            builder = builder.tagger(tagger.core.clone());
        }
        if discovery == Some(false) {
            builder = builder.without_discovery();
        }
        Engine { core: builder.build() }
    }

    #[getter]
    fn catalog(&self) -> Catalog {
        Catalog { core: self.core.catalog() }
    }

    /// Replaces the catalog and returns the one that the engine had.
    fn swap_catalog(&self, catalog: &Catalog) -> Catalog {
        Catalog { core: self.core.swap_catalog(catalog.core.clone()) }
    }

    fn __repr__(&self) -> String {
        format!("Engine(entities={})", self.core.catalog().len())
    }

    /// Finds who and what is named in one document.
    fn match_entities(&self, py: Python<'_>, document: &Bound<'_, PyAny>) -> PyResult<Matches> {
        let document = read(document)?;
        let core = self.run(py, |engine| engine.match_entities(&document))?;
        Ok(Matches::new(core, vec![document]))
    }

    /// Chooses the sentences of one document that say most, within every limit given.
    ///
    /// Keywords: max_sentences, max_words, max_chars, max_bytes, ratio; max_tokens with counter, one's own function of a text;
    /// about, a name or phrase or several, with about_required; since, documents already read.
    #[pyo3(signature = (document, **options))]
    fn summarize(
        &self,
        py: Python<'_>,
        document: &Bound<'_, PyAny>,
        options: Option<Keywords<'_, '_>>,
    ) -> PyResult<Summary> {
        let options = Options::read(options, "summarize", &[SUMMARY])?.summary;
        let document = read(document)?;
        Ok(Summary::new(self.run(py, |engine| engine.summarize(&document, &options))?, Vec::new()))
    }

    /// Chooses the sentences of several documents on one story that together say most.
    ///
    /// Keywords: max_sentences, max_words, max_chars, max_bytes, ratio; max_tokens with counter, one's own function of a text;
    /// about, a name or phrase or several, with about_required; since, documents already read.
    #[pyo3(signature = (documents, **options))]
    fn summarize_story(
        &self,
        py: Python<'_>,
        documents: &Bound<'_, PyAny>,
        options: Option<Keywords<'_, '_>>,
    ) -> PyResult<Summary> {
        let options = Options::read(options, "summarize_story", &[SUMMARY])?.summary;
        let documents = read_all(documents)?;
        Ok(Summary::new(self.run(py, |engine| engine.summarize_story(&documents, &options))?, Vec::new()))
    }

    /// Explains why a sentence is or is not part of the summary of a document, or of several.
    ///
    /// Keywords: max_sentences, max_words, max_chars, max_bytes, ratio; max_tokens with counter, one's own function of a text;
    /// about, a name or phrase or several, with about_required; since, documents already read; document, the index of the sentence's document.
    #[pyo3(signature = (documents, sentence, **options))]
    fn explain(
        &self,
        py: Python<'_>,
        documents: &Bound<'_, PyAny>,
        sentence: usize,
        options: Option<Keywords<'_, '_>>,
    ) -> PyResult<Explanation> {
        let options = Options::read(options, "explain", &[SUMMARY, &["document"]])?;
        let documents = read_some(documents)?;
        let job = |engine: &nutgraf::Engine| {
            engine.explain(&documents, &options.summary, options.document, sentence)
        };
        Ok(Explanation::new(self.run(py, job)?, Vec::new()))
    }

    /// Finds the key phrases and key entities of a document, or of several on one story.
    ///
    /// Keywords: count, the most of each.
    #[pyo3(signature = (documents, **options))]
    fn key_topics(
        &self,
        py: Python<'_>,
        documents: &Bound<'_, PyAny>,
        options: Option<Keywords<'_, '_>>,
    ) -> PyResult<KeyTopics> {
        let count = Options::read(options, "key_topics", &[&["count"]])?.count;
        let documents = read_some(documents)?;
        Ok(KeyTopics::new(self.run(py, |engine| engine.key_topics(&documents, count))?, Vec::new()))
    }

    /// Finds the sentences that support a headline, and its words that none of them holds.
    fn check_headline(
        &self,
        py: Python<'_>,
        documents: &Bound<'_, PyAny>,
        headline: &str,
    ) -> PyResult<HeadlineCheck> {
        let documents = read_some(documents)?;
        Ok(HeadlineCheck::new(
            self.run(py, |engine| engine.check_headline(&documents, headline))?,
            Vec::new(),
        ))
    }

    /// Reads several articles on one story.
    ///
    /// Keywords: max_sentences, max_words, max_chars, max_bytes, ratio; max_tokens with counter, one's own function of a text;
    /// about, a name or phrase or several, with about_required; since, documents already read; pin_together and pin_apart, pairs of mentions, each (document, byte); threads that read the articles, 1 unless given.
    #[pyo3(signature = (documents, **options))]
    fn digest(
        &self,
        py: Python<'_>,
        documents: &Bound<'_, PyAny>,
        options: Option<Keywords<'_, '_>>,
    ) -> PyResult<Digest> {
        let options = Options::read(options, "digest", &[SUMMARY, PINS, &["threads"]])?;
        let threads = options.threads;
        let options = options.digest().threads(threads);
        let documents = read_all(documents)?;
        let core = self.run(py, |engine| engine.digest(&documents, &options))?;
        Ok(Digest::new(core, documents))
    }

    /// Sorts a heap of articles into stories.
    fn group_stories(&self, py: Python<'_>, documents: &Bound<'_, PyAny>) -> PyResult<Stories> {
        let documents = read_all(documents)?;
        Ok(Stories::new(self.run(py, |engine| engine.group_stories(&documents))?, Vec::new()))
    }

    /// Does `match_entities` for many documents; results keep the order.
    #[pyo3(signature = (documents, **options))]
    fn match_entities_batch(
        &self,
        py: Python<'_>,
        documents: &Bound<'_, PyAny>,
        options: Option<Keywords<'_, '_>>,
    ) -> PyResult<Vec<Matches>> {
        let threads = Options::read(options, "match_entities_batch", &[&["threads"]])?.threads;
        let documents = read_all(documents)?;
        let cores = self.run(py, |engine| engine.match_entities_batch(&documents, threads))?;
        Ok(cores
            .into_iter()
            .zip(documents)
            .map(|(core, document)| Matches::new(core, vec![document]))
            .collect())
    }

    /// Does `summarize` for many documents; results keep the order.
    ///
    /// Keywords: max_sentences, max_words, max_chars, max_bytes, ratio; max_tokens with counter, one's own function of a text;
    /// about, a name or phrase or several, with about_required; since, documents already read; threads.
    #[pyo3(signature = (documents, **options))]
    fn summarize_batch(
        &self,
        py: Python<'_>,
        documents: &Bound<'_, PyAny>,
        options: Option<Keywords<'_, '_>>,
    ) -> PyResult<Vec<Summary>> {
        let options = Options::read(options, "summarize_batch", &[SUMMARY, &["threads"]])?;
        let documents = read_all(documents)?;
        let job =
            |engine: &nutgraf::Engine| engine.summarize_batch(&documents, &options.summary, options.threads);
        Ok(self.run(py, job)?.into_iter().map(|core| Summary::new(core, Vec::new())).collect())
    }

    /// Does `digest` for many stories, each a list of documents; results keep the order.
    ///
    /// Keywords: max_sentences, max_words, max_chars, max_bytes, ratio; max_tokens with counter, one's own function of a text;
    /// about, a name or phrase or several, with about_required; since, documents already read; pin_together, pin_apart, threads.
    #[pyo3(signature = (stories, **options))]
    fn digest_batch(
        &self,
        py: Python<'_>,
        stories: &Bound<'_, PyAny>,
        options: Option<Keywords<'_, '_>>,
    ) -> PyResult<Vec<Digest>> {
        let options = Options::read(options, "digest_batch", &[SUMMARY, PINS, &["threads"]])?;
        let (threads, options) = (options.threads, options.digest());
        let stories = stories.try_iter()?.map(|story| read_all(&story?)).collect::<PyResult<Vec<_>>>()?;
        let cores = self.run(py, |engine| engine.digest_batch(&stories, &options, threads))?;
        Ok(cores.into_iter().zip(stories).map(|(core, story)| Digest::new(core, story)).collect())
    }
}

/// Defines the jobs on the default engine as functions of the module.
macro_rules! on_the_default_engine {
    ($($name:ident($($argument:ident: $type:ty),+ $(; $options:ident)?) -> $out:ty, $does:literal;)*) => {$(
        #[doc = $does]
        #[pyfunction]
        #[pyo3(signature = ($($argument),+ $(, **$options)?))]
        pub(crate) fn $name(
            py: Python<'_>,
            $($argument: $type,)+
            $($options: Option<Keywords<'_, '_>>,)?
        ) -> PyResult<$out> {
            py.detach(Engine::shared).$name(py, $($argument,)+ $($options,)?)
        }
    )*};
}

on_the_default_engine! {
    match_entities(document: &Bound<'_, PyAny>) -> Matches, "Finds who and what is named in one document.";
    summarize(document: &Bound<'_, PyAny>; options) -> Summary,
        "Chooses the sentences of one document that say most, within every limit given.\n\nKeywords: max_sentences, max_words, max_chars, max_bytes, ratio; max_tokens with counter, one's own function of a text; about, a name or phrase or several, with about_required; since, documents already read.";
    summarize_story(documents: &Bound<'_, PyAny>; options) -> Summary,
        "Chooses the sentences of several documents on one story that together say most.\n\nKeywords: max_sentences, max_words, max_chars, max_bytes, ratio; max_tokens with counter, one's own function of a text; about, a name or phrase or several, with about_required; since, documents already read.";
    explain(documents: &Bound<'_, PyAny>, sentence: usize; options) -> Explanation,
        "Explains why a sentence is or is not part of the summary of a document, or of several.\n\nKeywords: max_sentences, max_words, max_chars, max_bytes, ratio; max_tokens with counter, one's own function of a text; about, a name or phrase or several, with about_required; since, documents already read; document, the index of the sentence's document.";
    key_topics(documents: &Bound<'_, PyAny>; options) -> KeyTopics,
        "Finds the key phrases and key entities of a document, or of several on one story.\n\nKeywords: count, the most of each.";
    check_headline(documents: &Bound<'_, PyAny>, headline: &str) -> HeadlineCheck,
        "Finds the sentences that support a headline, and its words that none of them holds.";
    digest(documents: &Bound<'_, PyAny>; options) -> Digest, "Reads several articles on one story.\n\nKeywords: max_sentences, max_words, max_chars, max_bytes, ratio; max_tokens with counter, one's own function of a text; about, a name or phrase or several, with about_required; since, documents already read; pin_together and pin_apart, pairs of mentions, each (document, byte); threads that read the articles, 1 unless given.";
    group_stories(documents: &Bound<'_, PyAny>) -> Stories, "Sorts a heap of articles into stories.";
    match_entities_batch(documents: &Bound<'_, PyAny>; options) -> Vec<Matches>,
        "Does `match_entities` for many documents; results keep the order.";
    summarize_batch(documents: &Bound<'_, PyAny>; options) -> Vec<Summary>,
        "Does `summarize` for many documents; results keep the order.\n\nKeywords: max_sentences, max_words, max_chars, max_bytes, ratio; max_tokens with counter, one's own function of a text; about, a name or phrase or several, with about_required; since, documents already read; threads.";
    digest_batch(stories: &Bound<'_, PyAny>; options) -> Vec<Digest>,
        "Does `digest` for many stories, each a list of documents; results keep the order.\n\nKeywords: max_sentences, max_words, max_chars, max_bytes, ratio; max_tokens with counter, one's own function of a text; about, a name or phrase or several, with about_required; since, documents already read; pin_together, pin_apart, threads.";
}
