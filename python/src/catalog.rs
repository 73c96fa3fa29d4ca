//! `Catalog`: lists of names.

use crate::document::bytes;
use crate::error::raise;
use pyo3::prelude::*;

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

    fn __len__(&self) -> usize {
        self.core.len()
    }

    fn __repr__(&self) -> String {
        format!("Catalog(entities={})", self.core.len())
    }
}
