//! `nutgraf_find_options`, `nutgraf_catalog_matches` and `nutgraf_catalog_stream`: the bare matcher.

use crate::boundary::{change, fallible, infallible};
use crate::catalog::{kinds_of, one_of};
use crate::error::ErrorHandle;
use crate::handle::{borrow, free, required, required_mut};
use crate::result::{Batch, accessors};
use crate::string::{self, Span, String};
use nutgraf::binding::Named;
use nutgraf::{CaseMatching, Catalog, CatalogStream, Error, FindOptions, Overlap, StreamMatch, WeakNames};
use std::sync::OnceLock;

/// Places of a catalog's names, and their JSON once asked for.
#[derive(Debug)]
pub struct Located {
    found: Vec<Named>,
    json: OnceLock<std::string::String>,
}

impl Located {
    fn new(found: impl Iterator<Item = Named>) -> Self {
        Located { found: found.collect(), json: OnceLock::new() }
    }

    fn of_stream(stream: &CatalogStream, places: Vec<StreamMatch>) -> Self {
        Located::new(places.into_iter().map(|place| Named::of_stream(stream.catalog(), place)))
    }
}

/// Creates options that are the defaults.
///
/// # Safety
/// `out` and `error` must be null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_find_options_new(
    out: *mut *mut FindOptions,
    error: *mut *mut ErrorHandle,
) -> u32 {
    // SAFETY: the caller keeps the promises of this function.
    unsafe { fallible(out, error, || Ok(FindOptions::new())) }
}

/// # Safety
/// `options` must be null or live and used by nobody else; `error` must be null or writable.
unsafe fn set(
    options: *mut FindOptions,
    error: *mut *mut ErrorHandle,
    with: impl FnOnce(FindOptions) -> Result<FindOptions, Error>,
) -> u32 {
    let job = || {
        // SAFETY: the caller keeps the promises of this function.
        let options = unsafe { required_mut(options, "find_options") }?;
        *options = with(*options)?;
        Ok(())
    };
    // SAFETY: the caller keeps the promises of this function.
    unsafe { change(error, job) }
}

/// Chooses between overlapping names.
///
/// # Safety
/// `options` must be null or live and used by nobody else; `error` must be null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_find_options_set_overlap(
    options: *mut FindOptions,
    overlap: u32,
    error: *mut *mut ErrorHandle,
) -> u32 {
    // SAFETY: the caller keeps the promises of this function.
    unsafe { set(options, error, |options| Ok(options.overlap(one_of(&Overlap::ALL, overlap, "overlap")?))) }
}

/// Chooses how case is compared.
///
/// # Safety
/// As for [`nutgraf_find_options_set_overlap`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_find_options_set_case(
    options: *mut FindOptions,
    case: u32,
    error: *mut *mut ErrorHandle,
) -> u32 {
    // SAFETY: the caller keeps the promises of this function.
    unsafe { set(options, error, |options| Ok(options.case(one_of(&CaseMatching::ALL, case, "case")?))) }
}

/// Chooses what becomes of weak names.
///
/// # Safety
/// As for [`nutgraf_find_options_set_overlap`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_find_options_set_weak(
    options: *mut FindOptions,
    weak: u32,
    error: *mut *mut ErrorHandle,
) -> u32 {
    // SAFETY: the caller keeps the promises of this function.
    unsafe { set(options, error, |options| Ok(options.weak(one_of(&WeakNames::ALL, weak, "weak")?))) }
}

/// Reports names of some kinds only.
///
/// # Safety
/// As for [`nutgraf_find_options_set_overlap`]; `kinds` must point to `count` numbers, or be null when `count` is 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_find_options_set_kinds(
    options: *mut FindOptions,
    kinds: *const u32,
    count: usize,
    error: *mut *mut ErrorHandle,
) -> u32 {
    // SAFETY: the caller keeps the promises of this function.
    unsafe { set(options, error, |options| Ok(options.kinds(&kinds_of(kinds, count)?))) }
}

free!(nutgraf_find_options_free, FindOptions);

/// Finds the catalog's names, without discovery or resolution; null options are the defaults.
///
/// # Safety
/// `catalog` and `options` must be null or live; `text` must describe readable bytes; `out` and `error` must be null or
/// writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_catalog_find(
    catalog: *const Catalog,
    text: String,
    options: *const FindOptions,
    out: *mut *mut Located,
    error: *mut *mut ErrorHandle,
) -> u32 {
    let job = || {
        // SAFETY: the caller keeps the promises of this function.
        let (catalog, text) = unsafe { (required(catalog, "catalog")?, text.text("text")?) };
        // SAFETY: the caller keeps the promises of this function.
        let options = unsafe { borrow(options) }.copied().unwrap_or_default();
        let found = catalog.find_with(text, &options);
        Ok(Located::new(found.iter().map(|found| Named::of(catalog, text, found))))
    };
    // SAFETY: the caller keeps the promises of this function.
    unsafe { fallible(out, error, job) }
}

/// Does `nutgraf_catalog_find` for many texts on up to `threads` threads; results keep the order.
///
/// # Safety
/// As for [`nutgraf_catalog_find`]; `texts` must point to `count` strings that describe readable bytes, or be null when
/// `count` is 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_catalog_find_batch(
    catalog: *const Catalog,
    texts: *const String,
    count: usize,
    options: *const FindOptions,
    threads: usize,
    out: *mut *mut Batch<Located>,
    error: *mut *mut ErrorHandle,
) -> u32 {
    let job = || {
        // SAFETY: the caller keeps the promises of this function.
        let (catalog, texts) =
            unsafe { (required(catalog, "catalog")?, string::texts(texts, count, "text")?) };
        // SAFETY: the caller keeps the promises of this function.
        let options = unsafe { borrow(options) }.copied().unwrap_or_default();
        let found = catalog.find_batch(&texts, &options, threads);
        let named = found
            .iter()
            .zip(&texts)
            .map(|(found, text)| Located::new(found.iter().map(|found| Named::of(catalog, text, found))));
        Ok(named.collect())
    };
    // SAFETY: the caller keeps the promises of this function.
    unsafe { fallible(out, error, job) }
}

/// Starts finding names in a stream that arrives piece by piece; null options are the defaults.
///
/// # Safety
/// `catalog` and `options` must be null or live; `out` and `error` must be null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_catalog_stream_new(
    catalog: *const Catalog,
    options: *const FindOptions,
    out: *mut *mut CatalogStream,
    error: *mut *mut ErrorHandle,
) -> u32 {
    let job = || {
        // SAFETY: the caller keeps the promises of this function.
        let options = unsafe { borrow(options) }.copied().unwrap_or_default();
        // SAFETY: the caller keeps the promises of this function.
        unsafe { required(catalog, "catalog") }?.stream(&options)
    };
    // SAFETY: the caller keeps the promises of this function.
    unsafe { fallible(out, error, job) }
}

/// Takes the next bytes of the stream and hands over the matches that are settled.
///
/// # Safety
/// `stream` must be null or live and used by nobody else; `bytes` must describe readable bytes; `out` and `error` must be
/// null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_catalog_stream_push(
    stream: *mut CatalogStream,
    bytes: String,
    out: *mut *mut Located,
    error: *mut *mut ErrorHandle,
) -> u32 {
    let job = || {
        // SAFETY: the caller keeps the promises of this function.
        let (stream, bytes) = unsafe { (required_mut(stream, "catalog_stream")?, bytes.bytes()?) };
        let places = stream.push(bytes)?;
        Ok(Located::of_stream(stream, places))
    };
    // SAFETY: the caller keeps the promises of this function.
    unsafe { fallible(out, error, job) }
}

/// Ends the stream and hands over the matches that were held back.
///
/// # Safety
/// As for [`nutgraf_catalog_stream_push`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_catalog_stream_finish(
    stream: *mut CatalogStream,
    out: *mut *mut Located,
    error: *mut *mut ErrorHandle,
) -> u32 {
    let job = || {
        // SAFETY: the caller keeps the promises of this function.
        let stream = unsafe { required_mut(stream, "catalog_stream") }?;
        let places = stream.finish()?;
        Ok(Located::of_stream(stream, places))
    };
    // SAFETY: the caller keeps the promises of this function.
    unsafe { fallible(out, error, job) }
}

free!(nutgraf_catalog_stream_free, CatalogStream);

fn span(named: &Named) -> Span {
    Span::of(named.byte_span, named.char_span)
}

accessors! {
    nutgraf_catalog_matches_to_json(matches: Located) -> String =
        Some(String::lend(matches.json.get_or_init(|| Named::list_to_json(&matches.found)))), else String::EMPTY;
    nutgraf_catalog_matches_count(matches: Located) -> usize = Some(matches.found.len()), else 0;
    nutgraf_catalog_matches_span(matches: Located, index) -> Span =
        matches.found.get(index).map(span), else Span::default();
    nutgraf_catalog_matches_text(matches: Located, index) -> String =
        matches.found.get(index).map(|m| String::lend(&m.text)), else String::EMPTY;
    nutgraf_catalog_matches_found(matches: Located, index) -> u32 =
        matches.found.get(index).map(|m| m.found as u32), else u32::MAX;
    nutgraf_catalog_matches_weak(matches: Located, index) -> u32 =
        matches.found.get(index).map(|m| u32::from(m.weak)), else 0;
    nutgraf_catalog_matches_name(matches: Located, index) -> String =
        matches.found.get(index).map(|m| String::lend(&m.name)), else String::EMPTY;
    nutgraf_catalog_matches_candidate_count(matches: Located, index) -> usize =
        matches.found.get(index).map(|m| m.candidates.len()), else 0;
    nutgraf_catalog_matches_candidate_id(matches: Located, index, candidate) -> String =
        matches.found.get(index).and_then(|m| m.candidates.get(candidate)).map(|c| String::lend(&c.catalog_id)), else String::EMPTY;
    nutgraf_catalog_matches_candidate_name(matches: Located, index, candidate) -> String =
        matches.found.get(index).and_then(|m| m.candidates.get(candidate)).map(|c| String::lend(&c.name)), else String::EMPTY;
    nutgraf_catalog_matches_candidate_kind(matches: Located, index, candidate) -> u32 =
        matches.found.get(index).and_then(|m| m.candidates.get(candidate)).map(|c| c.kind as u32), else u32::MAX;
    nutgraf_catalog_matches_candidate_weight(matches: Located, index, candidate) -> f64 =
        matches.found.get(index).and_then(|m| m.candidates.get(candidate)).map(|c| c.weight), else 0.0;
    nutgraf_catalog_matches_candidate_entity(matches: Located, index, candidate) -> usize =
        matches.found.get(index).and_then(|m| m.entities.get(candidate)).copied(), else usize::MAX;

    nutgraf_catalog_matches_batch_count(batch: Batch<Located>) -> usize = Some(batch.results.len()), else 0;
    nutgraf_catalog_matches_batch_at(batch: Batch<Located>, index) -> *const Located =
        batch.results.get(index).map(std::ptr::from_ref), else std::ptr::null();
}

free!(nutgraf_catalog_matches_free, Located);
free!(nutgraf_catalog_matches_batch_free, Batch<Located>);
