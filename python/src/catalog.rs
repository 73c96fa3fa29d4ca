//! `Catalog`: lists of names.

use crate::document::bytes;
use crate::error::raise;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

/// A list of entities whose names are looked for.
#[pyclass(frozen, module = "nutgraf")]
pub(crate) struct Catalog {
    pub(crate) core: nutgraf::Catalog,
}

#[pymethods]
impl Catalog {
    /// Returns the built-in world catalog.
    #[staticmethod]
    fn world(py: Python<'_>) -> Self {
        Catalog { core: py.detach(nutgraf::Catalog::world) }
    }

    /// Reads a catalog from JSON lines.
    #[staticmethod]
    fn from_jsonl(py: Python<'_>, jsonl: &Bound<'_, PyAny>) -> PyResult<Self> {
        let jsonl = bytes(jsonl)?;
        let core = py.detach(|| nutgraf::Catalog::from_jsonl(jsonl)).map_err(|e| raise(py, e))?;
        Ok(Catalog { core })
    }

    /// Finds the catalog's names, without discovery or resolution.
    fn find<'py>(&self, text: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyTuple>> {
        let (py, text) = (text.py(), crate::document::text(text)?);
        let parts = py.import("nutgraf._parts")?;
        let (class, candidate) = (parts.getattr("CatalogMatch")?, parts.getattr("Candidate")?);
        let found = py.detach(|| self.core.find(text));
        let matches = found.iter().map(|found| {
            let candidates = self.core.candidates(found).into_iter();
            let candidates =
                candidates.map(|c| candidate.call1((c.catalog_id, c.name, c.kind.as_str(), c.weight)));
            let candidates = PyTuple::new(py, candidates.collect::<PyResult<Vec<_>>>()?)?;
            let (chars, bytes) = (found.span.char_span(), found.span.byte_span());
            let surface = &text[bytes.clone()];
            let spans = ((chars.start, chars.end), (bytes.start, bytes.end));
            class.call1((spans.0, spans.1, surface, found.found.as_str(), found.weak, candidates))
        });
        PyTuple::new(py, matches.collect::<PyResult<Vec<_>>>()?)
    }

    fn __len__(&self) -> usize {
        self.core.len()
    }

    fn __repr__(&self) -> String {
        format!("Catalog(entities={})", self.core.len())
    }
}
