//! `nutgraf_engine`: the jobs and their batch forms.

use crate::boundary::{change, fallible};
use crate::error::ErrorHandle;
use crate::handle::{borrow, free, required, required_mut, shared};
use crate::result::{Batch, Digested, Shown, Summarized};
use crate::string::String;
use nutgraf::{
    Catalog, DigestOptions, Document, Engine, EngineBuilder, Error, Explanation, HeadlineCheck, KeyTopics,
    Matches, Stories, SummaryOptions, Tagger,
};

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

/// Discovers names by the weights of a tagger, which it shares.
///
/// # Safety
/// `builder` must be null or live and used by nobody else; `tagger` must be null or live; `error` must be null or
/// writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_engine_builder_set_tagger(
    builder: *mut EngineBuilder,
    tagger: *const Tagger,
    error: *mut *mut ErrorHandle,
) -> u32 {
    let job = || {
        // SAFETY: the caller keeps the promises of this function.
        let (builder, tagger) =
            unsafe { (required_mut(builder, "engine_builder")?, required(tagger, "tagger")?) };
        *builder = builder.clone().tagger(tagger.clone());
        Ok(())
    };
    // SAFETY: the caller keeps the promises of this function.
    unsafe { change(error, job) }
}

/// Leaves discovery out.
///
/// # Safety
/// As for [`nutgraf_engine_builder_set_max_document_bytes`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_engine_builder_without_discovery(
    builder: *mut EngineBuilder,
    error: *mut *mut ErrorHandle,
) -> u32 {
    let job = || {
        // SAFETY: the caller keeps the promises of this function.
        let builder = unsafe { required_mut(builder, "engine_builder")? };
        *builder = builder.clone().without_discovery();
        Ok(())
    };
    // SAFETY: the caller keeps the promises of this function.
    unsafe { change(error, job) }
}

/// Returns the tagger that is compiled into the library.
///
/// # Safety
/// `out` and `error` must be null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_tagger_built_in(out: *mut *mut Tagger, error: *mut *mut ErrorHandle) -> u32 {
    // SAFETY: the caller keeps the promises of this function.
    unsafe { fallible(out, error, || Ok(Tagger::built_in())) }
}

/// Reads weights that the trainer wrote; copies them.
///
/// # Safety
/// `weights` must describe readable bytes; `out` and `error` must be null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_tagger_from_bytes(
    weights: String,
    out: *mut *mut Tagger,
    error: *mut *mut ErrorHandle,
) -> u32 {
    // SAFETY: the caller keeps the promises of this function.
    unsafe { fallible(out, error, || Tagger::from_bytes(weights.bytes()?)) }
}

free!(nutgraf_tagger_free, Tagger);

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

/// Does a job on an array of documents.
///
/// # Safety
/// `engine` must be null or live; `documents` must point to `count` live handles, or be null when `count` is 0; `out`
/// and `error` must be null or writable.
unsafe fn run<T>(
    engine: *const Engine,
    (documents, count): (*const *const Document, usize),
    out: *mut *mut T,
    error: *mut *mut ErrorHandle,
    job: impl FnOnce(&Engine, Vec<Document>) -> Result<T, Error>,
) -> u32 {
    let job = || {
        // SAFETY: the caller keeps the promises of this function.
        let (engine, documents) = unsafe { (required(engine, "engine")?, shared(documents, count)?) };
        job(engine, documents)
    };
    // SAFETY: the caller keeps the promises of this function.
    unsafe { fallible(out, error, job) }
}

/// Defines jobs on an array of documents. A single document is an array of one.
macro_rules! jobs {
    ($(
        $does:literal
        $name:ident(
            $documents:ident: $count:ident $(, $plain:ident: $type:ty)*; $($options:ident: $kind:ty)?
        ) -> $out:ty = |$engine:ident, $shared:ident| $job:expr;
    )*) => {$(
        #[doc = $does]
        ///
        /// # Safety
        /// `engine` must be null or live, and so must options where there are any; `documents` must point to `count`
        /// live handles, or be null when `count` is 0; a string must describe readable bytes; `out` and `error` must
        /// be null or writable.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $name(
            engine: *const Engine,
            $documents: *const *const Document,
            $count: usize,
            $($options: *const $kind,)?
            $($plain: $type,)*
            out: *mut *mut $out,
            error: *mut *mut ErrorHandle,
        ) -> u32 {
            // SAFETY: the caller keeps the promises of this function.
            unsafe {
                $(let $options = borrow($options).cloned().unwrap_or_default();)?
                run(engine, ($documents, $count), out, error, |$engine, $shared| $job)
            }
        }
    )*};
}

jobs! {
    "Chooses the sentences of several documents on one story that together say most; null options are the defaults."
    nutgraf_engine_summarize_story(documents: count; options: SummaryOptions) -> Summarized =
        |engine, documents| engine.summarize_story(&documents, &options).map(Summarized::from);
    "Explains why a sentence is or is not part of that summary."
    nutgraf_engine_explain(
        documents: count, document: usize, sentence: usize; options: SummaryOptions
    ) -> Shown<Explanation> =
        |engine, documents| engine.explain(&documents, &options, document, sentence).map(Shown::from);
    "Finds at most `topics` key phrases and as many key entities."
    nutgraf_engine_key_topics(documents: count, topics: usize;) -> Shown<KeyTopics> =
        |engine, documents| engine.key_topics(&documents, topics).map(Shown::from);
    "Finds the sentences that support a headline, and its words that none of them holds."
    nutgraf_engine_check_headline(documents: count, headline: String;) -> Shown<HeadlineCheck> =
        |engine, documents| engine.check_headline(&documents, headline.text("headline")?).map(Shown::from);
    "Reads several articles on one story; null options are the defaults."
    nutgraf_engine_digest(documents: count; options: DigestOptions) -> Digested =
        |engine, documents| Ok(Digested::new(engine.digest(&documents, &options)?, documents));
    "Sorts a heap of articles into stories."
    nutgraf_engine_group_stories(documents: count;) -> Shown<Stories> =
        |engine, documents| engine.group_stories(&documents).map(Shown::from);
    "Does `nutgraf_engine_match_entities` for many documents; results keep the order."
    nutgraf_engine_match_entities_batch(documents: count, threads: usize;) -> Batch<Shown<Matches>> =
        |engine, documents| {
            let found = engine.match_entities_batch(&documents, threads)?;
            Ok(found.into_iter().zip(documents).map(|(found, of)| Shown::of(found, vec![of])).collect())
        };
    "Does `nutgraf_engine_summarize` for many documents; results keep the order."
    nutgraf_engine_summarize_batch(documents: count, threads: usize; options: SummaryOptions) -> Batch<Summarized> =
        |engine, documents| {
            let summaries = engine.summarize_batch(&documents, &options, threads)?;
            Ok(summaries.into_iter().map(Summarized::from).collect())
        };
}

/// Finds who and what is named in one document.
///
/// # Safety
/// `engine` and `document` must be null or live; `out` and `error` must be null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_engine_match_entities(
    engine: *const Engine,
    document: *const Document,
    out: *mut *mut Shown<Matches>,
    error: *mut *mut ErrorHandle,
) -> u32 {
    // SAFETY: the caller keeps the promises of this function.
    unsafe {
        run(engine, (&raw const document, 1), out, error, |engine, documents| {
            Ok(Shown::of(engine.match_entities(&documents[0])?, documents))
        })
    }
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
    // SAFETY: the caller keeps the promises of this function.
    unsafe { nutgraf_engine_summarize_story(engine, &raw const document, 1, options, out, error) }
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
        let digests = engine.digest_batch(&stories, &options, threads)?;
        Ok(digests.into_iter().zip(stories).map(|(digest, story)| Digested::new(digest, story)).collect())
    };
    // SAFETY: the caller keeps the promises of this function.
    unsafe { fallible(out, error, job) }
}
