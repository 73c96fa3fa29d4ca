//! `Entity`: a row of a catalog.

use crate::error::raise;
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use std::hash::{DefaultHasher, Hash, Hasher};

/// One thing that has names.
#[pyclass(frozen, eq, module = "nutgraf")]
#[derive(PartialEq)]
pub(crate) struct Entity {
    pub(crate) core: nutgraf::Entity,
}

#[pymethods]
impl Entity {
    /// Reads an entity of a line of JSON.
    #[staticmethod]
    fn from_json(py: Python<'_>, json: &str) -> PyResult<Self> {
        nutgraf::Entity::from_json(json).map(|core| Entity { core }).map_err(|e| raise(py, e))
    }

    #[getter]
    fn id(&self) -> &str {
        &self.core.id
    }

    #[getter]
    fn name(&self) -> &str {
        &self.core.name
    }

    #[getter]
    fn kind(&self) -> &'static str {
        self.core.kind.as_str()
    }

    #[getter]
    fn aliases<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, &self.core.aliases)
    }

    #[getter]
    fn weak_aliases<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, &self.core.weak_aliases)
    }

    #[getter]
    fn description(&self) -> &str {
        &self.core.description
    }

    #[getter]
    fn weight(&self) -> f64 {
        self.core.weight
    }

    /// The further keys of the row.
    #[getter]
    fn attributes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        py.import("json")?.call_method1("loads", (self.core.attributes_to_json(),))
    }

    /// Writes the entity as a line of JSON.
    fn to_json(&self) -> String {
        self.core.to_json()
    }

    /// Returns the row as dicts and lists.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        py.import("json")?.call_method1("loads", (self.to_json(),))
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.core.id.hash(&mut hasher);
        hasher.finish()
    }

    fn __repr__(&self) -> String {
        format!("Entity({:?}, {:?}, kind={:?})", self.core.id, self.core.name, self.kind())
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        Ok((py.get_type::<Entity>().getattr("from_json")?, (self.to_json(),)))
    }
}
