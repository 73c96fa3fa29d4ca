//! What the jobs take by keyword.

use crate::document::read_some;
use nutgraf::binding::{DEFAULT_THREADS, DEFAULT_TOPICS};
use nutgraf::{Counter, DigestOptions, Error, ErrorKind, SummaryOptions};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

/// The keywords of a call.
pub(crate) type Keywords<'a, 'py> = &'a Bound<'py, PyDict>;

/// What every job that makes a summary takes.
pub(crate) const SUMMARY: &[&str] = &[
    "max_sentences",
    "max_words",
    "max_chars",
    "max_bytes",
    "max_tokens",
    "counter",
    "ratio",
    "about",
    "about_required",
    "since",
];
/// What a digest takes besides.
pub(crate) const PINS: &[&str] = &["pin_together", "pin_apart"];

/// The options of any job.
pub(crate) struct Options {
    pub(crate) summary: SummaryOptions,
    pins: DigestOptions,
    pub(crate) threads: usize,
    pub(crate) count: usize,
    pub(crate) document: usize,
}

/// A mention: the index of its document and a byte inside it.
type Place = (usize, usize);

impl Options {
    /// Reads the keywords of a job; `None` is as good as not given.
    pub(crate) fn read(
        keywords: Option<Keywords<'_, '_>>,
        job: &str,
        accepted: &[&[&str]],
    ) -> PyResult<Self> {
        let mut summary = SummaryOptions::new();
        let mut pins = DigestOptions::new();
        let (mut threads, mut count, mut document) = (DEFAULT_THREADS, DEFAULT_TOPICS, 0);
        let (mut max_tokens, mut counter) = (None, None);
        for (key, value) in keywords.into_iter().flatten() {
            let key: String = key.extract()?;
            if !accepted.concat().contains(&key.as_str()) {
                let accepted = accepted.concat().join(", ");
                return Err(PyTypeError::new_err(format!(
                    "{job}() got an unexpected keyword argument '{key}'; accepted are {accepted}"
                )));
            }
            if value.is_none() {
                continue;
            }
            match key.as_str() {
                "max_sentences" => summary = summary.max_sentences(extract(&key, &value)?),
                "max_words" => summary = summary.max_words(extract(&key, &value)?),
                "max_chars" => summary = summary.max_chars(extract(&key, &value)?),
                "max_bytes" => summary = summary.max_bytes(extract(&key, &value)?),
                "max_tokens" => max_tokens = Some(extract(&key, &value)?),
                "counter" => counter = Some(counted_by(&value)?),
                "ratio" => summary = summary.ratio(extract(&key, &value)?),
                "about" => summary = summary.about(phrases(&key, &value)?),
                "about_required" => summary = summary.about_required(extract(&key, &value)?),
                "since" => summary = summary.since(read_some(&value)?),
                "threads" => threads = extract(&key, &value)?,
                "count" => count = extract(&key, &value)?,
                "document" => document = extract(&key, &value)?,
                "pin_together" => {
                    let pairs: Vec<(Place, Place)> = extract(&key, &value)?;
                    pins = pairs.into_iter().fold(pins, |pins, (a, b)| pins.pin_together(a, b));
                }
                _ => {
                    let pairs: Vec<(Place, Place)> = extract(&key, &value)?;
                    pins = pairs.into_iter().fold(pins, |pins, (a, b)| pins.pin_apart(a, b));
                }
            }
        }
        match (max_tokens, counter) {
            (Some(limit), Some(counter)) => summary = summary.max_tokens(limit, counter),
            (None, None) => {}
            _ => return Err(PyTypeError::new_err("max_tokens and counter are given together or not at all")),
        }
        Ok(Options { summary, pins, threads, count, document })
    }

    /// The options of a digest.
    pub(crate) fn digest(self) -> DigestOptions {
        self.pins.summary(self.summary)
    }
}

/// Reads a value, naming its keyword when it has the wrong type.
fn extract<'a, 'py, T: FromPyObject<'a, 'py>>(key: &str, value: &'a Bound<'py, PyAny>) -> PyResult<T> {
    let py = value.py();
    value.extract().map_err(|error: T::Error| {
        let error: PyErr = error.into();
        if !error.is_instance_of::<PyTypeError>(py) {
            return error;
        }
        PyTypeError::new_err(format!("argument '{key}': {}", error.value(py)))
    })
}

/// One phrase, or several.
fn phrases(key: &str, value: &Bound<'_, PyAny>) -> PyResult<Vec<String>> {
    if value.is_instance_of::<PyString>() {
        return Ok(vec![value.extract()?]);
    }
    value.try_iter()?.map(|phrase| extract(key, &phrase?)).collect()
}

/// The caller's function as a counter; what it raises comes back out of the job.
fn counted_by(function: &Bound<'_, PyAny>) -> PyResult<Counter> {
    if !function.is_callable() {
        let kind = function.get_type().name()?.to_string();
        return Err(PyTypeError::new_err(format!("argument 'counter': expected a callable, got {kind}")));
    }
    let function = function.clone().unbind();
    Ok(Counter::new(move |text| {
        Python::attach(|py| function.call1(py, (text,))?.extract::<usize>(py)).map_err(|raised| {
            Error::new(ErrorKind::Callback, format!("the counter failed: {raised}")).with_source(raised)
        })
    }))
}
