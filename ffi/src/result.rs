//! `nutgraf_matches`, `nutgraf_summary`, `nutgraf_digest` and their batches: what the jobs hand over.

use crate::boundary::infallible;
use crate::handle::{borrow, free};
use crate::string::{Span, String};
use nutgraf::{Candidate, Catalog, CatalogMatch, Digest, Matches, NameSimilarity, Summary};
use std::sync::OnceLock;

/// The mentions of one document.
pub type Matched = Shown<Matches>;
/// A summary.
pub type Summarized = Shown<Summary>;

/// A result, and its JSON once asked for.
#[derive(Debug)]
pub struct Shown<T> {
    value: T,
    json: OnceLock<std::string::String>,
}

/// A digest, its summary as a handle of its own, and its pages once asked for.
#[derive(Debug)]
pub struct Digested {
    shown: Shown<Digest>,
    summary: Summarized,
    text: OnceLock<std::string::String>,
    html: OnceLock<std::string::String>,
}

/// Places of a catalog's names, with the entities that own them.
#[derive(Debug)]
pub struct Located {
    found: Vec<(CatalogMatch, Vec<Candidate>)>,
}

impl Located {
    pub(crate) fn new(catalog: &Catalog, found: Vec<CatalogMatch>) -> Self {
        Located { found: found.into_iter().map(|found| (found, catalog.candidates(&found))).collect() }
    }
}

/// Results in the order of the inputs.
#[derive(Debug)]
pub struct Batch<T> {
    results: Vec<T>,
}

impl<T> From<T> for Shown<T> {
    fn from(value: T) -> Self {
        Shown { value, json: OnceLock::new() }
    }
}

impl From<Digest> for Digested {
    fn from(digest: Digest) -> Self {
        let summary = digest.summary.clone().into();
        Digested { shown: digest.into(), summary, text: OnceLock::new(), html: OnceLock::new() }
    }
}

impl<S, T: From<S>> From<Vec<S>> for Batch<T> {
    fn from(results: Vec<S>) -> Self {
        Batch { results: results.into_iter().map(T::from).collect() }
    }
}

/// Defines accessors `name(handle[, index]) -> type`: a null handle or an index past the end yields `empty`.
macro_rules! accessors {
    ($($name:ident($handle:ident: $type:ty $(, $index:ident)*) -> $out:ty = $value:expr, else $empty:expr;)*) => {$(
        /// As the header says.
        ///
        /// # Safety
        /// The handle must be null or live.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $name($handle: *const $type $(, $index: usize)*) -> $out {
            infallible($empty, || {
                // SAFETY: the caller promises that it is null or live.
                let handle = unsafe { borrow($handle) };
                handle.and_then(|$handle| $value).unwrap_or($empty)
            })
        }
    )*};
}

accessors! {
    nutgraf_matches_to_json(matches: Matched) -> String =
        Some(String::lend(matches.json.get_or_init(|| matches.value.to_json()))), else String::EMPTY;
    nutgraf_matches_mention_count(matches: Matched) -> usize = Some(matches.value.mentions.len()), else 0;
    nutgraf_matches_mention_span(matches: Matched, index) -> Span =
        matches.value.mentions.get(index).map(|m| m.span.into()), else Span::default();
    nutgraf_matches_mention_text(matches: Matched, index) -> String =
        matches.value.mentions.get(index).map(|m| String::lend(&m.text)), else String::EMPTY;
    nutgraf_matches_mention_kind(matches: Matched, index) -> u32 =
        matches.value.mentions.get(index).map(|m| m.kind as u32), else u32::MAX;
    nutgraf_matches_mention_found(matches: Matched, index) -> u32 =
        matches.value.mentions.get(index).map(|m| m.found as u32), else u32::MAX;
    nutgraf_matches_mention_entity(matches: Matched, index) -> String =
        matches.value.mentions.get(index).and_then(|m| m.entity.as_deref()).map(String::lend), else String::EMPTY;
    nutgraf_matches_mention_score(matches: Matched, index) -> f64 =
        matches.value.mentions.get(index).map(|m| m.score), else 0.0;
    nutgraf_matches_cast_count(matches: Matched) -> usize = Some(matches.value.cast.len()), else 0;
    nutgraf_matches_cast_name(matches: Matched, index) -> String =
        matches.value.cast.get(index).map(|c| String::lend(&c.name)), else String::EMPTY;
    nutgraf_matches_cast_entity(matches: Matched, index) -> String =
        matches.value.cast.get(index).map(|c| String::lend(&c.entity)), else String::EMPTY;

    nutgraf_summary_to_json(summary: Summarized) -> String =
        Some(String::lend(summary.json.get_or_init(|| summary.value.to_json()))), else String::EMPTY;
    nutgraf_summary_sentence_count(summary: Summarized) -> usize = Some(summary.value.sentences.len()), else 0;
    nutgraf_summary_sentence_document(summary: Summarized, index) -> usize =
        summary.value.sentences.get(index).map(|s| s.document), else 0;
    nutgraf_summary_sentence_span(summary: Summarized, index) -> Span =
        summary.value.sentences.get(index).map(|s| s.span.into()), else Span::default();
    nutgraf_summary_sentence_text(summary: Summarized, index) -> String =
        summary.value.sentences.get(index).map(|s| String::lend(&s.text)), else String::EMPTY;
    nutgraf_summary_sentence_score(summary: Summarized, index) -> f64 =
        summary.value.sentences.get(index).map(|s| s.score), else 0.0;

    nutgraf_digest_to_json(digest: Digested) -> String =
        Some(String::lend(digest.shown.json.get_or_init(|| digest.shown.value.to_json()))), else String::EMPTY;
    nutgraf_digest_to_text(digest: Digested) -> String =
        Some(String::lend(digest.text.get_or_init(|| digest.shown.value.to_text()))), else String::EMPTY;
    nutgraf_digest_to_html(digest: Digested) -> String =
        Some(String::lend(digest.html.get_or_init(|| digest.shown.value.to_html()))), else String::EMPTY;
    nutgraf_digest_summary(digest: Digested) -> *const Summarized =
        Some(&raw const digest.summary), else std::ptr::null();
    nutgraf_digest_cast_count(digest: Digested) -> usize = Some(digest.shown.value.cast.len()), else 0;
    nutgraf_digest_cast_name(digest: Digested, index) -> String =
        digest.shown.value.cast.get(index).map(|c| String::lend(&c.name)), else String::EMPTY;
    nutgraf_digest_cast_entity(digest: Digested, index) -> String =
        digest.shown.value.cast.get(index).map(|c| String::lend(&c.entity)), else String::EMPTY;

    nutgraf_catalog_matches_count(matches: Located) -> usize = Some(matches.found.len()), else 0;
    nutgraf_catalog_matches_span(matches: Located, index) -> Span =
        matches.found.get(index).map(|(m, _)| m.span.into()), else Span::default();
    nutgraf_catalog_matches_found(matches: Located, index) -> u32 =
        matches.found.get(index).map(|(m, _)| m.found as u32), else u32::MAX;
    nutgraf_catalog_matches_candidate_count(matches: Located, index) -> usize =
        matches.found.get(index).map(|(_, c)| c.len()), else 0;
    nutgraf_catalog_matches_candidate_id(matches: Located, index, candidate) -> String =
        matches.found.get(index).and_then(|(_, c)| c.get(candidate)).map(|c| String::lend(&c.catalog_id)), else String::EMPTY;
    nutgraf_catalog_matches_candidate_weight(matches: Located, index, candidate) -> f64 =
        matches.found.get(index).and_then(|(_, c)| c.get(candidate)).map(|c| c.weight), else 0.0;

    nutgraf_similarity_score(similarity: NameSimilarity) -> f64 = Some(similarity.score), else 0.0;
    nutgraf_similarity_is_same(similarity: NameSimilarity) -> u32 = Some(u32::from(similarity.is_same)), else 0;
    nutgraf_similarity_reason_count(similarity: NameSimilarity) -> usize = Some(similarity.reasons.len()), else 0;
    nutgraf_similarity_reason_name(similarity: NameSimilarity, index) -> String =
        similarity.reasons.get(index).map(|r| String::lend(&r.name)), else String::EMPTY;
    nutgraf_similarity_reason_value(similarity: NameSimilarity, index) -> f64 =
        similarity.reasons.get(index).map(|r| r.value), else 0.0;

    nutgraf_matches_batch_count(batch: Batch<Matched>) -> usize = Some(batch.results.len()), else 0;
    nutgraf_matches_batch_at(batch: Batch<Matched>, index) -> *const Matched =
        batch.results.get(index).map(std::ptr::from_ref), else std::ptr::null();
    nutgraf_summary_batch_count(batch: Batch<Summarized>) -> usize = Some(batch.results.len()), else 0;
    nutgraf_summary_batch_at(batch: Batch<Summarized>, index) -> *const Summarized =
        batch.results.get(index).map(std::ptr::from_ref), else std::ptr::null();
    nutgraf_digest_batch_count(batch: Batch<Digested>) -> usize = Some(batch.results.len()), else 0;
    nutgraf_digest_batch_at(batch: Batch<Digested>, index) -> *const Digested =
        batch.results.get(index).map(std::ptr::from_ref), else std::ptr::null();
}

free!(nutgraf_matches_free, Matched);
free!(nutgraf_summary_free, Summarized);
free!(nutgraf_digest_free, Digested);
free!(nutgraf_catalog_matches_free, Located);
free!(nutgraf_similarity_free, NameSimilarity);
free!(nutgraf_matches_batch_free, Batch<Matched>);
free!(nutgraf_summary_batch_free, Batch<Summarized>);
free!(nutgraf_digest_batch_free, Batch<Digested>);
