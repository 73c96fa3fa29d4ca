//! `nutgraf_catalog`: lists of names, compiled files, and `nutgraf_entity`.

use crate::boundary::{change, fallible, infallible};
use crate::error::ErrorHandle;
use crate::handle::{borrow, free, required};
use crate::result::accessors;
use crate::string::{self, String};
use nutgraf::{
    Catalog, CatalogBuilder, CatalogFormat, Engine, Entity, EntityKind, Error, ErrorKind, binding,
};
use std::path::Path;
use std::sync::OnceLock;

/// Returns the built-in world catalog.
///
/// # Safety
/// `out` and `error` must be null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_catalog_world(out: *mut *mut Catalog, error: *mut *mut ErrorHandle) -> u32 {
    // SAFETY: the caller keeps the promises of this function.
    unsafe { fallible(out, error, || Ok(Catalog::world())) }
}

/// Reads a catalog from JSON lines.
///
/// # Safety
/// `jsonl` must describe readable bytes; `out` and `error` must be null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_catalog_from_jsonl(
    jsonl: String,
    out: *mut *mut Catalog,
    error: *mut *mut ErrorHandle,
) -> u32 {
    // SAFETY: the caller keeps the promises of this function.
    unsafe { fallible(out, error, || Catalog::from_jsonl(jsonl.bytes()?)) }
}

/// Reads a catalog from a source in one of the known formats.
///
/// # Safety
/// As for [`nutgraf_catalog_from_jsonl`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_catalog_from_source(
    source: String,
    format: u32,
    out: *mut *mut Catalog,
    error: *mut *mut ErrorHandle,
) -> u32 {
    // SAFETY: the caller keeps the promises of this function.
    let job = || {
        Catalog::from_source(unsafe { source.text("text") }?, one_of(&CatalogFormat::ALL, format, "format")?)
    };
    // SAFETY: the caller keeps the promises of this function.
    unsafe { fallible(out, error, job) }
}

/// Opens a compiled catalog by memory map.
///
/// # Safety
/// `path` must describe readable bytes; `out` and `error` must be null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_catalog_open(
    path: String,
    verify: u32,
    out: *mut *mut Catalog,
    error: *mut *mut ErrorHandle,
) -> u32 {
    // SAFETY: the caller keeps the promises of this function.
    let job = || binding::open(Path::new(unsafe { path.text("path") }?), Some(verify != 0), None);
    // SAFETY: the caller keeps the promises of this function.
    unsafe { fallible(out, error, job) }
}

/// Reads a compiled catalog into memory and proves it whole.
///
/// # Safety
/// As for [`nutgraf_catalog_open`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_catalog_read(
    path: String,
    out: *mut *mut Catalog,
    error: *mut *mut ErrorHandle,
) -> u32 {
    // SAFETY: the caller keeps the promises of this function.
    unsafe { fallible(out, error, || Catalog::read(path.text("path")?)) }
}

/// Takes a copy of the bytes of a compiled catalog.
///
/// # Safety
/// `bytes` must describe readable bytes; `out` and `error` must be null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_catalog_from_bytes(
    bytes: String,
    verify: u32,
    out: *mut *mut Catalog,
    error: *mut *mut ErrorHandle,
) -> u32 {
    // SAFETY: the caller keeps the promises of this function.
    unsafe { fallible(out, error, || binding::from_bytes(bytes.bytes()?, Some(verify != 0))) }
}

/// Returns the same catalog without the entities of some ids and with those of a source behind the others.
///
/// # Safety
/// `catalog` must be null or live; `add` must describe readable bytes; `remove` must point to `count` strings that
/// describe readable bytes, or be null when `count` is 0; `out` and `error` must be null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_catalog_with_changes(
    catalog: *const Catalog,
    add: String,
    format: u32,
    remove: *const String,
    count: usize,
    out: *mut *mut Catalog,
    error: *mut *mut ErrorHandle,
) -> u32 {
    let job = || {
        // SAFETY: the caller keeps the promises of this function.
        let (catalog, add) = unsafe { (required(catalog, "catalog")?, add.text("text")?) };
        // SAFETY: the caller keeps the promises of this function.
        let remove = unsafe { string::texts(remove, count, "id") }?;
        let mut added = CatalogBuilder::new();
        added.add_source(add, one_of(&CatalogFormat::ALL, format, "format")?)?;
        catalog.with_changes(added, &remove)
    };
    // SAFETY: the caller keeps the promises of this function.
    unsafe { fallible(out, error, job) }
}

/// Returns the same catalog, finding misspelt names of some kinds too.
///
/// # Safety
/// `catalog` must be null or live; `kinds` must point to `count` numbers, or be null when `count` is 0; `out` and
/// `error` must be null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_catalog_with_fuzzy(
    catalog: *const Catalog,
    kinds: *const u32,
    count: usize,
    out: *mut *mut Catalog,
    error: *mut *mut ErrorHandle,
) -> u32 {
    // SAFETY: the caller keeps the promises of this function.
    let job = || Ok(unsafe { required(catalog, "catalog")?.with_fuzzy(&kinds_of(kinds, count)?) });
    // SAFETY: the caller keeps the promises of this function.
    unsafe { fallible(out, error, job) }
}

/// Writes the compiled form to a file, which appears whole or not at all.
///
/// # Safety
/// `catalog` must be null or live; `path` must describe readable bytes; `error` must be null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_catalog_save(
    catalog: *const Catalog,
    path: String,
    error: *mut *mut ErrorHandle,
) -> u32 {
    // SAFETY: the caller keeps the promises of this function.
    unsafe { change(error, || required(catalog, "catalog")?.save(path.text("path")?)) }
}

/// Proves the compiled form whole.
///
/// # Safety
/// `catalog` must be null or live; `error` must be null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_catalog_verify(
    catalog: *const Catalog,
    error: *mut *mut ErrorHandle,
) -> u32 {
    // SAFETY: the caller keeps the promises of this function.
    unsafe { change(error, || required(catalog, "catalog")?.verify()) }
}

/// `nutgraf_bytes`: bytes that C owns.
#[derive(Debug)]
pub struct Bytes {
    data: Vec<u8>,
}

/// Hands over the compiled form.
///
/// # Safety
/// `catalog` must be null or live; `out` and `error` must be null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_catalog_to_bytes(
    catalog: *const Catalog,
    out: *mut *mut Bytes,
    error: *mut *mut ErrorHandle,
) -> u32 {
    // SAFETY: the caller keeps the promises of this function.
    unsafe { fallible(out, error, || Ok(Bytes { data: required(catalog, "catalog")?.to_bytes()? })) }
}

/// `nutgraf_catalog_info`: what a catalog holds.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct Info {
    entities: usize,
    names: usize,
    shared_names: usize,
    duplicate_names: usize,
    bytes: usize,
    index_bytes: usize,
}

impl From<nutgraf::CatalogInfo> for Info {
    fn from(info: nutgraf::CatalogInfo) -> Self {
        Info {
            entities: info.entities,
            names: info.names,
            shared_names: info.shared_names,
            duplicate_names: info.duplicate_names,
            bytes: info.bytes,
            index_bytes: info.index_bytes,
        }
    }
}

/// `nutgraf_entity`: a row of a catalog, and its JSON once asked for.
#[derive(Debug)]
pub struct Row {
    entity: Entity,
    json: OnceLock<std::string::String>,
}

/// Hands over an entity by its index in the order of the source.
///
/// # Safety
/// `catalog` must be null or live; `out` and `error` must be null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_catalog_entity(
    catalog: *const Catalog,
    index: usize,
    out: *mut *mut Row,
    error: *mut *mut ErrorHandle,
) -> u32 {
    let job = || {
        // SAFETY: the caller keeps the promises of this function.
        let entity = binding::entity(unsafe { required(catalog, "catalog") }?, index)?;
        Ok(Row { entity, json: OnceLock::new() })
    };
    // SAFETY: the caller keeps the promises of this function.
    unsafe { fallible(out, error, job) }
}

/// Returns an attribute as JSON; nothing when there is none of this name.
///
/// # Safety
/// `entity` must be null or live; `key` must describe readable bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_entity_attribute(entity: *const Row, key: String) -> String {
    infallible(String::EMPTY, || {
        // SAFETY: the caller keeps the promises of this function.
        let (row, key) = unsafe { (borrow(entity), key.text("key")) };
        let value = row.zip(key.ok()).and_then(|(row, key)| row.entity.attributes.get(key));
        value.map_or(String::EMPTY, |value| String::lend(value))
    })
}

accessors! {
    nutgraf_catalog_len(catalog: Catalog) -> usize = Some(catalog.len()), else 0;
    nutgraf_catalog_info_of(catalog: Catalog) -> Info = Some(catalog.info().into()), else Info::default();
    nutgraf_bytes_view(bytes: Bytes) -> String = Some(String::lend_bytes(&bytes.data)), else String::EMPTY;
    nutgraf_entity_id(entity: Row) -> String = Some(String::lend(&entity.entity.id)), else String::EMPTY;
    nutgraf_entity_name(entity: Row) -> String = Some(String::lend(&entity.entity.name)), else String::EMPTY;
    nutgraf_entity_kind_of(entity: Row) -> u32 = Some(entity.entity.kind as u32), else u32::MAX;
    nutgraf_entity_weight(entity: Row) -> f64 = Some(entity.entity.weight), else 0.0;
    nutgraf_entity_description(entity: Row) -> String =
        Some(String::lend(&entity.entity.description)), else String::EMPTY;
    nutgraf_entity_alias_count(entity: Row) -> usize = Some(entity.entity.aliases.len()), else 0;
    nutgraf_entity_alias(entity: Row, index) -> String =
        entity.entity.aliases.get(index).map(|alias| String::lend(alias)), else String::EMPTY;
    nutgraf_entity_weak_alias_count(entity: Row) -> usize = Some(entity.entity.weak_aliases.len()), else 0;
    nutgraf_entity_weak_alias(entity: Row, index) -> String =
        entity.entity.weak_aliases.get(index).map(|alias| String::lend(alias)), else String::EMPTY;
    nutgraf_entity_to_json(entity: Row) -> String =
        Some(String::lend(entity.json.get_or_init(|| entity.entity.to_json()))), else String::EMPTY;
}

free!(nutgraf_catalog_free, Catalog);
free!(nutgraf_bytes_free, Bytes);
free!(nutgraf_entity_free, Row);

/// The value that a number from C stands for.
pub(crate) fn one_of<T: Copy>(all: &[T], number: u32, what: &str) -> Result<T, Error> {
    all.get(number as usize).copied().ok_or_else(|| {
        let message = format!("{what} {number} is not known; accepted are numbers below {}", all.len());
        Error::new(ErrorKind::Option, message)
    })
}

/// Reads an array of kinds.
///
/// # Safety
/// `kinds` must point to `count` numbers, or be null when `count` is 0.
pub(crate) unsafe fn kinds_of(kinds: *const u32, count: usize) -> Result<Vec<EntityKind>, Error> {
    if kinds.is_null() && count > 0 {
        let message = format!("the array of {count} kinds is NULL; accepted is a pointer to that many kinds");
        return Err(Error::new(ErrorKind::Option, message));
    }
    // SAFETY: not null when `count` is more than 0, and the caller promises `count` numbers.
    (0..count).map(|at| one_of(&EntityKind::ALL, unsafe { *kinds.add(at) }, "kind")).collect()
}

/// Replaces the catalog of an engine and hands over the one that it had.
///
/// # Safety
/// `engine` and `catalog` must be null or live; `out` and `error` must be null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_engine_swap_catalog(
    engine: *const Engine,
    catalog: *const Catalog,
    out: *mut *mut Catalog,
    error: *mut *mut ErrorHandle,
) -> u32 {
    let job = || {
        // SAFETY: the caller keeps the promises of this function.
        let (engine, catalog) = unsafe { (required(engine, "engine")?, required(catalog, "catalog")?) };
        Ok(engine.swap_catalog(catalog.clone()))
    };
    // SAFETY: the caller keeps the promises of this function.
    unsafe { fallible(out, error, job) }
}
