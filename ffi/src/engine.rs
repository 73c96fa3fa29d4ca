//! `nutgraf_engine`: the three jobs and their batch forms.

use crate::boundary::{change, fallible};
use crate::error::ErrorHandle;
use crate::handle::{borrow, free, required, required_mut, shared};
use crate::result::{Batch, Digested, Matched, Summarized};
use nutgraf::{Catalog, DigestOptions, Document, Engine, EngineBuilder, Error, SummaryOptions};

/// Creates an engine on the built-in world catalog.
///
/// # Safety
/// `out` and `error` must be null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_engine_new(out: *mut *mut Engine, error: *mut *mut ErrorHandle) -> u32 {
    // SAFETY: the caller keeps the promises of this function.
    unsafe { fallible(out, error, || Ok(Engine::new())) }
}

/// Creates an engine on a catalog, which it shares.
///
/// # Safety
/// `catalog` must be null or live; `out` and `error` must be null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_engine_with_catalog(
    catalog: *const Catalog,
    out: *mut *mut Engine,
    error: *mut *mut ErrorHandle,
) -> u32 {
    // SAFETY: the caller keeps the promises of this function.
    unsafe { fallible(out, error, || Ok(Engine::with_catalog(required(catalog, "catalog")?.clone()))) }
}

free!(nutgraf_engine_free, Engine);

/// Starts an engine on a catalog, or on the built-in one when null.
///
/// # Safety
/// `catalog` must be null or live; `out` and `error` must be null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_engine_builder_new(
    catalog: *const Catalog,
    out: *mut *mut EngineBuilder,
    error: *mut *mut ErrorHandle,
) -> u32 {
    // SAFETY: the caller promises that it is null or live.
    let job = || Ok(Engine::builder(unsafe { borrow(catalog) }.cloned().unwrap_or_else(Catalog::world)));
    // SAFETY: the caller keeps the promises of this function.
    unsafe { fallible(out, error, job) }
}

/// Sets the largest document accepted.
///
/// # Safety
/// `builder` must be null or live and used by nobody else; `error` must be null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_engine_builder_set_max_document_bytes(
    builder: *mut EngineBuilder,
    bytes: usize,
    error: *mut *mut ErrorHandle,
) -> u32 {
    let job = || {
        // SAFETY: the caller keeps the promises of this function.
        let builder = unsafe { required_mut(builder, "engine_builder")? };
        *builder = builder.clone().max_document_bytes(bytes);
        Ok(())
    };
    // SAFETY: the caller keeps the promises of this function.
    unsafe { change(error, job) }
}

/// Returns the engine.
///
/// # Safety
/// `builder` must be null or live; `out` and `error` must be null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_engine_builder_build(
    builder: *const EngineBuilder,
    out: *mut *mut Engine,
    error: *mut *mut ErrorHandle,
) -> u32 {
    // SAFETY: the caller keeps the promises of this function.
    unsafe { fallible(out, error, || Ok(required(builder, "engine_builder")?.clone().build())) }
}

free!(nutgraf_engine_builder_free, EngineBuilder);

/// Finds who and what is named in one document.
///
/// # Safety
/// `engine` and `document` must be null or live; `out` and `error` must be null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_engine_match_entities(
    engine: *const Engine,
    document: *const Document,
    out: *mut *mut Matched,
    error: *mut *mut ErrorHandle,
) -> u32 {
    let job = || {
        // SAFETY: the caller keeps the promises of this function.
        let (engine, document) = unsafe { (required(engine, "engine")?, required(document, "document")?) };
        engine.match_entities(document).map(Matched::from)
    };
    // SAFETY: the caller keeps the promises of this function.
    unsafe { fallible(out, error, job) }
}

/// Chooses the sentences of one document that say most; null options are the defaults.
///
/// # Safety
/// `engine`, `document` and `options` must be null or live; `out` and `error` must be null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_engine_summarize(
    engine: *const Engine,
    document: *const Document,
    options: *const SummaryOptions,
    out: *mut *mut Summarized,
    error: *mut *mut ErrorHandle,
) -> u32 {
    let job = || {
        // SAFETY: the caller keeps the promises of this function.
        let (engine, document) = unsafe { (required(engine, "engine")?, required(document, "document")?) };
        // SAFETY: the caller keeps the promises of this function.
        let options = unsafe { borrow(options) }.cloned().unwrap_or_default();
        engine.summarize(document, &options).map(Summarized::from)
    };
    // SAFETY: the caller keeps the promises of this function.
    unsafe { fallible(out, error, job) }
}

/// Reads several articles on one story; null options are the defaults.
///
/// # Safety
/// `engine` and `options` must be null or live; `documents` must point to `count` live handles, or be null when
/// `count` is 0; `out` and `error` must be null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_engine_digest(
    engine: *const Engine,
    documents: *const *const Document,
    count: usize,
    options: *const DigestOptions,
    out: *mut *mut Digested,
    error: *mut *mut ErrorHandle,
) -> u32 {
    let job = || {
        // SAFETY: the caller keeps the promises of this function.
        let (engine, documents) = unsafe { (required(engine, "engine")?, shared(documents, count)?) };
        // SAFETY: the caller keeps the promises of this function.
        let options = unsafe { borrow(options) }.cloned().unwrap_or_default();
        engine.digest(&documents, &options).map(Digested::from)
    };
    // SAFETY: the caller keeps the promises of this function.
    unsafe { fallible(out, error, job) }
}

/// Does `nutgraf_engine_match_entities` for many documents; results keep the order.
///
/// # Safety
/// As for [`nutgraf_engine_digest`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_engine_match_entities_batch(
    engine: *const Engine,
    documents: *const *const Document,
    count: usize,
    threads: usize,
    out: *mut *mut Batch<Matched>,
    error: *mut *mut ErrorHandle,
) -> u32 {
    let job = || {
        // SAFETY: the caller keeps the promises of this function.
        let (engine, documents) = unsafe { (required(engine, "engine")?, shared(documents, count)?) };
        engine.match_entities_batch(&documents, threads).map(Batch::from)
    };
    // SAFETY: the caller keeps the promises of this function.
    unsafe { fallible(out, error, job) }
}

/// Does `nutgraf_engine_summarize` for many documents; results keep the order.
///
/// # Safety
/// As for [`nutgraf_engine_digest`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_engine_summarize_batch(
    engine: *const Engine,
    documents: *const *const Document,
    count: usize,
    options: *const SummaryOptions,
    threads: usize,
    out: *mut *mut Batch<Summarized>,
    error: *mut *mut ErrorHandle,
) -> u32 {
    let job = || {
        // SAFETY: the caller keeps the promises of this function.
        let (engine, documents) = unsafe { (required(engine, "engine")?, shared(documents, count)?) };
        // SAFETY: the caller keeps the promises of this function.
        let options = unsafe { borrow(options) }.cloned().unwrap_or_default();
        engine.summarize_batch(&documents, &options, threads).map(Batch::from)
    };
    // SAFETY: the caller keeps the promises of this function.
    unsafe { fallible(out, error, job) }
}

/// Does `nutgraf_engine_digest` for many stories; `counts[i]` documents belong to story `i`, in the order given.
///
/// # Safety
/// As for [`nutgraf_engine_digest`]; `counts` must point to `stories` readable numbers that sum to the number of
/// documents, or be null when `stories` is 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_engine_digest_batch(
    engine: *const Engine,
    documents: *const *const Document,
    counts: *const usize,
    stories: usize,
    options: *const DigestOptions,
    threads: usize,
    out: *mut *mut Batch<Digested>,
    error: *mut *mut ErrorHandle,
) -> u32 {
    let job = || {
        // SAFETY: the caller keeps the promises of this function.
        let engine = unsafe { required(engine, "engine")? };
        // SAFETY: as above.
        let options = unsafe { borrow(options) }.cloned().unwrap_or_default();
        let mut next = documents;
        let story = |at: usize| -> Result<Vec<Document>, Error> {
            // SAFETY: the caller promises `stories` numbers that sum to the number of documents.
            unsafe {
                let count = *required(counts.wrapping_add(at), "counts")?;
                let story = shared(next, count)?;
                next = next.wrapping_add(count);
                Ok(story)
            }
        };
        let stories = (0..stories).map(story).collect::<Result<Vec<_>, Error>>()?;
        engine.digest_batch(&stories, &options, threads).map(Batch::from)
    };
    // SAFETY: the caller keeps the promises of this function.
    unsafe { fallible(out, error, job) }
}
