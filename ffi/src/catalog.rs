//! `nutgraf_catalog`: lists of names.

use crate::boundary::{fallible, infallible};
use crate::error::ErrorHandle;
use crate::handle::{borrow, free, required};
use crate::result::Located;
use crate::string::String;
use nutgraf::Catalog;

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

/// Returns the number of entities.
///
/// # Safety
/// `catalog` must be null or live.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_catalog_len(catalog: *const Catalog) -> usize {
    // SAFETY: the caller promises that it is null or live.
    infallible(0, || unsafe { borrow(catalog) }.map_or(0, Catalog::len))
}

free!(nutgraf_catalog_free, Catalog);

/// Finds the catalog's names, without discovery or resolution.
///
/// # Safety
/// `catalog` must be null or live; `text` must describe readable bytes; `out` and `error` must be null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_catalog_find(
    catalog: *const Catalog,
    text: String,
    out: *mut *mut Located,
    error: *mut *mut ErrorHandle,
) -> u32 {
    let job = || {
        // SAFETY: the caller keeps the promises of this function.
        let (catalog, text) = unsafe { (required(catalog, "catalog")?, text.text("text")?) };
        Ok(Located::new(catalog, catalog.find(text)))
    };
    // SAFETY: the caller keeps the promises of this function.
    unsafe { fallible(out, error, job) }
}
