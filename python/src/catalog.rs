//! `Catalog`: lists of names.

use crate::catalog_match::{FindIter, Source, StreamIter, matches};
use crate::document::{bytes, text};
use crate::entity::Entity;
use crate::error::raise;
use nutgraf::binding::{self, DEFAULT_THREADS};
use nutgraf::{CatalogBuilder, CatalogFormat, EntityKind, FindOptions};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString, PyTuple};
use std::path::PathBuf;
use std::str::FromStr;

/// A list of entities whose names are looked for.
#[pyclass(frozen, module = "nutgraf")]
pub(crate) struct Catalog {
    pub(crate) core: nutgraf::Catalog,
}

/// The choices of `find`, as the signatures have them; `None` leaves one to the core.
type Choices<'a> = (Option<&'a str>, Option<&'a str>, Option<&'a str>, Option<Vec<String>>);

fn options(py: Python<'_>, (overlap, case, weak, kinds): Choices<'_>) -> PyResult<FindOptions> {
    fn word<T: FromStr<Err = nutgraf::Error>>(py: Python<'_>, word: Option<&str>) -> PyResult<Option<T>> {
        word.map(|word| word.parse().map_err(|e| raise(py, e))).transpose()
    }
    let mut options = FindOptions::new();
    options = word(py, overlap)?.map_or(options, |overlap| options.overlap(overlap));
    options = word(py, case)?.map_or(options, |case| options.case(case));
    options = word(py, weak)?.map_or(options, |weak| options.weak(weak));
    kinds.map_or(Ok(options), |kinds| Ok(options.kinds(&kinds_of(py, &kinds)?)))
}

fn kinds_of(py: Python<'_>, kinds: &[String]) -> PyResult<Vec<EntityKind>> {
    kinds.iter().map(|kind| binding::kind(kind).map_err(|e| raise(py, e))).collect()
}

impl Catalog {
    /// Makes a catalog with the interpreter released.
    fn make(
        py: Python<'_>,
        make: impl FnOnce() -> Result<nutgraf::Catalog, nutgraf::Error> + Send,
    ) -> PyResult<Self> {
        py.detach(make).map(|core| Catalog { core }).map_err(|e| raise(py, e))
    }
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
        Catalog::make(py, || nutgraf::Catalog::from_jsonl(jsonl))
    }

    /// Reads a catalog from a source in one of the known formats.
    #[staticmethod]
    fn from_source(py: Python<'_>, source: &Bound<'_, PyAny>, format: &str) -> PyResult<Self> {
        let (source, format) = (text(source)?, format.parse::<CatalogFormat>().map_err(|e| raise(py, e))?);
        Catalog::make(py, || nutgraf::Catalog::from_source(source, format))
    }

    /// Makes a catalog of a dictionary from each clean name to its aliases, as flashtext takes it.
    #[staticmethod]
    #[pyo3(signature = (names, *, kind = None))]
    fn from_dict(py: Python<'_>, names: &Bound<'_, PyAny>, kind: Option<&str>) -> PyResult<Self> {
        let kind =
            kind.map_or(Ok(EntityKind::Other), |kind| binding::kind(kind).map_err(|e| raise(py, e)))?;
        let mut builder = nutgraf::Catalog::builder();
        for item in names.call_method0("items")?.try_iter()? {
            let (name, aliases): (String, Bound<'_, PyAny>) = item?.extract()?;
            let mut entity = nutgraf::Entity::new(name.as_str(), name.as_str(), kind);
            entity.aliases = match aliases.cast::<PyString>() {
                Ok(alias) => vec![alias.to_str()?.to_owned()],
                Err(_) => aliases.try_iter()?.map(|alias| alias?.extract()).collect::<PyResult<_>>()?,
            };
            builder.add(entity).map_err(|e| raise(py, e))?;
        }
        Catalog::make(py, || builder.build())
    }

    /// Opens a compiled catalog by memory map, or reads it into memory and proves it whole.
    #[staticmethod]
    #[pyo3(signature = (path, *, verify = None, map = None))]
    fn open(py: Python<'_>, path: PathBuf, verify: Option<bool>, map: Option<bool>) -> PyResult<Self> {
        Catalog::make(py, || binding::open(&path, verify, map))
    }

    /// Takes the bytes of a compiled catalog.
    #[staticmethod]
    #[pyo3(signature = (data, *, verify = None))]
    fn from_bytes(py: Python<'_>, data: &[u8], verify: Option<bool>) -> PyResult<Self> {
        Catalog::make(py, || binding::from_bytes(data, verify))
    }

    /// Returns the compiled form.
    fn to_bytes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let data = py.detach(|| self.core.to_bytes()).map_err(|e| raise(py, e))?;
        Ok(PyBytes::new(py, &data))
    }

    /// Writes the compiled form to a file, which appears whole or not at all.
    fn save(&self, py: Python<'_>, path: PathBuf) -> PyResult<()> {
        py.detach(|| self.core.save(&path)).map_err(|e| raise(py, e))
    }

    /// Proves the compiled form whole.
    fn verify(&self, py: Python<'_>) -> PyResult<()> {
        py.detach(|| self.core.verify()).map_err(|e| raise(py, e))
    }

    /// Tells what the catalog holds.
    #[getter]
    fn info<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let i = self.core.info();
        let counts = (i.entities, i.names, i.shared_names, i.duplicate_names, i.bytes, i.index_bytes);
        py.import("nutgraf._parts")?.getattr("CatalogInfo")?.call1(counts)
    }

    /// Returns an entity with all its names and attributes.
    fn entity(&self, py: Python<'_>, index: usize) -> PyResult<Entity> {
        binding::entity(&self.core, index).map(|core| Entity { core }).map_err(|e| raise(py, e))
    }

    /// Returns the same catalog, finding misspelt names of these kinds too.
    fn with_fuzzy(&self, py: Python<'_>, kinds: Vec<String>) -> PyResult<Self> {
        let kinds = kinds_of(py, &kinds)?;
        Ok(Catalog { core: py.detach(|| self.core.with_fuzzy(&kinds)) })
    }

    /// Returns the same catalog without the entities of some ids and with those of a source behind the others.
    #[pyo3(signature = (*, add = None, format = None, remove = Vec::new()))]
    fn with_changes(
        &self,
        py: Python<'_>,
        add: Option<&Bound<'_, PyAny>>,
        format: Option<&str>,
        remove: Vec<String>,
    ) -> PyResult<Self> {
        let format = format.map_or(Ok(CatalogFormat::Jsonl), str::parse).map_err(|e| raise(py, e))?;
        let add = add.map_or(Ok(""), text)?;
        Catalog::make(py, || {
            let mut added = CatalogBuilder::new();
            added.add_source(add, format)?;
            self.core.with_changes(added, &remove)
        })
    }

    /// Finds the catalog's names, without discovery or resolution.
    #[pyo3(signature = (text, *, overlap = None, case = None, weak = None, kinds = None))]
    fn find<'py>(
        &self,
        text: &Bound<'py, PyAny>,
        overlap: Option<&str>,
        case: Option<&str>,
        weak: Option<&str>,
        kinds: Option<Vec<String>>,
    ) -> PyResult<Bound<'py, PyTuple>> {
        let py = text.py();
        let options = options(py, (overlap, case, weak, kinds))?;
        let given = crate::document::text(text)?;
        let found = py.detach(|| self.core.find_with(given, &options));
        matches(&Source::new(&self.core, text), py, found)
    }

    /// Finds the catalog's names as the iterator is advanced.
    #[pyo3(signature = (text, *, overlap = None, case = None, weak = None, kinds = None))]
    fn find_iter(
        &self,
        text: &Bound<'_, PyAny>,
        overlap: Option<&str>,
        case: Option<&str>,
        weak: Option<&str>,
        kinds: Option<Vec<String>>,
    ) -> PyResult<FindIter> {
        FindIter::new(&self.core, text, &options(text.py(), (overlap, case, weak, kinds))?)
    }

    /// Does `find` for many texts; results keep the order.
    #[pyo3(signature = (texts, *, overlap = None, case = None, weak = None, kinds = None, threads = None))]
    #[allow(clippy::too_many_arguments, reason = "keyword-only options")]
    fn find_batch<'py>(
        &self,
        texts: &Bound<'py, PyAny>,
        overlap: Option<&str>,
        case: Option<&str>,
        weak: Option<&str>,
        kinds: Option<Vec<String>>,
        threads: Option<usize>,
    ) -> PyResult<Vec<Bound<'py, PyTuple>>> {
        let py = texts.py();
        if texts.is_instance_of::<PyString>() || texts.is_instance_of::<PyBytes>() {
            return Err(PyTypeError::new_err("expected an iterable of texts, got one text"));
        }
        let options = options(py, (overlap, case, weak, kinds))?;
        let texts = texts.try_iter()?.collect::<PyResult<Vec<_>>>()?;
        let given = texts.iter().map(text).collect::<PyResult<Vec<_>>>()?;
        let threads = threads.unwrap_or(DEFAULT_THREADS);
        let found = py.detach(|| self.core.find_batch(&given, &options, threads));
        let results = found.into_iter().zip(&texts);
        results.map(|(found, text)| matches(&Source::new(&self.core, text), py, found)).collect()
    }

    /// Finds the catalog's names in a binary file, or in an iterable of pieces, in bounded memory.
    #[pyo3(signature = (reader, *, overlap = None, case = None, weak = None, kinds = None))]
    fn find_in_reader(
        &self,
        reader: &Bound<'_, PyAny>,
        overlap: Option<&str>,
        case: Option<&str>,
        weak: Option<&str>,
        kinds: Option<Vec<String>>,
    ) -> PyResult<StreamIter> {
        StreamIter::new(&self.core, reader, &options(reader.py(), (overlap, case, weak, kinds))?)
    }

    fn __len__(&self) -> usize {
        self.core.len()
    }

    fn __repr__(&self) -> String {
        format!("Catalog(entities={})", self.core.len())
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyBytes>,))> {
        Ok((py.get_type::<Catalog>().getattr("from_bytes")?, (self.to_bytes(py)?,)))
    }
}
