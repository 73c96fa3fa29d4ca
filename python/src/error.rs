//! Errors of the core as Python exceptions, one class for each kind.

use pyo3::intern;
use pyo3::prelude::*;
use std::error::Error;

/// Turns the core's error into the exception of its kind, or into the one that the caller's own function raised.
pub(crate) fn raise(py: Python<'_>, error: nutgraf::Error) -> PyErr {
    if let Some(raised) = error.source().and_then(|source| source.downcast_ref::<PyErr>()) {
        return raised.clone_ref(py);
    }
    let exception = || {
        let errors = py.import(intern!(py, "nutgraf._errors"))?;
        let class = errors.getattr(intern!(py, "BY_KIND"))?.get_item(error.kind().as_str())?;
        class.call1((error.to_string(),))
    };
    exception().map_or_else(|failure| failure, PyErr::from_value)
}
