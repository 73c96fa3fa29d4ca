//! Errors of the core as Python exceptions, one class for each kind.

use pyo3::intern;
use pyo3::prelude::*;

/// Turns the core's error into the exception of its kind.
pub(crate) fn raise(py: Python<'_>, error: nutgraf::Error) -> PyErr {
    let exception = || {
        let errors = py.import(intern!(py, "nutgraf._errors"))?;
        let class = errors.getattr(intern!(py, "BY_KIND"))?.get_item(error.kind().as_str())?;
        class.call1((error.to_string(),))
    };
    exception().map_or_else(|failure| failure, PyErr::from_value)
}
