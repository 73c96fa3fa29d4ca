//! `nutgraf_matches`, `nutgraf_summary`, `nutgraf_digest` and their batches: what the jobs hand over.

use crate::boundary::infallible;
use crate::handle::{borrow, free};
use crate::string::{Span, String};
use nutgraf::{Digest, DigestDocument, Document, EventSentence, Matches, Quote, Summary};
use std::sync::OnceLock;

/// The mentions of one document.
pub type Matched = Shown<Matches>;
/// A summary.
pub type Summarized = Shown<Summary>;

/// A result, the documents that its pages show, and its pages once asked for.
#[derive(Debug)]
pub struct Shown<T> {
    pub(crate) value: T,
    documents: Vec<Document>,
    pages: [OnceLock<std::string::String>; 4],
}

const JSON: usize = 0;
const TEXT: usize = 1;
const HTML: usize = 2;
const MARKDOWN: usize = 3;

impl<T> Shown<T> {
    pub(crate) fn of(value: T, documents: Vec<Document>) -> Self {
        Shown { value, documents, pages: Default::default() }
    }

    pub(crate) fn json(&self, write: impl FnOnce(&T) -> std::string::String) -> Option<String> {
        self.page(JSON, write)
    }

    pub(crate) fn text(&self, write: impl FnOnce(&T) -> std::string::String) -> Option<String> {
        self.page(TEXT, write)
    }

    fn page(&self, kind: usize, write: impl FnOnce(&T) -> std::string::String) -> Option<String> {
        Some(String::lend(self.pages[kind].get_or_init(|| write(&self.value))))
    }
}

/// A digest and its summary as a handle of its own.
#[derive(Debug)]
pub struct Digested {
    shown: Shown<Digest>,
    summary: Summarized,
}

impl Digested {
    pub(crate) fn new(digest: Digest, documents: Vec<Document>) -> Self {
        Digested { summary: digest.summary.clone().into(), shown: Shown::of(digest, documents) }
    }
}

impl Digested {
    fn document(&self, index: usize) -> Option<&DigestDocument> {
        self.shown.value.documents.get(index)
    }

    fn quote(&self, document: usize, index: usize) -> Option<&Quote> {
        self.document(document)?.quotes.get(index)
    }

    fn event_sentence(&self, index: usize, sentence: usize) -> Option<&EventSentence> {
        self.shown.value.events.get(index)?.sentences.get(sentence)
    }
}

/// Results in the order of the inputs.
#[derive(Debug)]
pub struct Batch<T> {
    pub(crate) results: Vec<T>,
}

impl<T> From<T> for Shown<T> {
    fn from(value: T) -> Self {
        Shown::of(value, Vec::new())
    }
}

impl<T> FromIterator<T> for Batch<T> {
    fn from_iter<I: IntoIterator<Item = T>>(results: I) -> Self {
        Batch { results: results.into_iter().collect() }
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
pub(crate) use accessors;

accessors! {
    nutgraf_matches_to_json(matches: Matched) -> String =
        matches.json(Matches::to_json), else String::EMPTY;
    nutgraf_matches_to_text(matches: Matched) -> String = matches.text(Matches::to_text), else String::EMPTY;
    nutgraf_matches_to_html(matches: Matched) -> String =
        matches.page(HTML, |value| value.to_html(&matches.documents[0]).unwrap_or_default()), else String::EMPTY;
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
    nutgraf_matches_mention_candidate_count(matches: Matched, index) -> usize =
        matches.value.mentions.get(index).map(|m| m.candidates.len()), else 0;
    nutgraf_matches_mention_candidate_id(matches: Matched, index, candidate) -> String =
        matches.value.mentions.get(index).and_then(|m| m.candidates.get(candidate)).map(|c| String::lend(&c.catalog_id)), else String::EMPTY;
    nutgraf_matches_mention_candidate_weight(matches: Matched, index, candidate) -> f64 =
        matches.value.mentions.get(index).and_then(|m| m.candidates.get(candidate)).map(|c| c.weight), else 0.0;
    nutgraf_matches_cast_count(matches: Matched) -> usize = Some(matches.value.cast.len()), else 0;
    nutgraf_matches_cast_name(matches: Matched, index) -> String =
        matches.value.cast.get(index).map(|c| String::lend(&c.name)), else String::EMPTY;
    nutgraf_matches_cast_entity(matches: Matched, index) -> String =
        matches.value.cast.get(index).map(|c| String::lend(&c.entity)), else String::EMPTY;

    nutgraf_summary_to_json(summary: Summarized) -> String =
        summary.json(Summary::to_json), else String::EMPTY;
    nutgraf_summary_to_text(summary: Summarized) -> String = summary.text(Summary::to_text), else String::EMPTY;
    nutgraf_summary_to_html(summary: Summarized) -> String =
        summary.page(HTML, Summary::to_html), else String::EMPTY;
    nutgraf_summary_sentence_count(summary: Summarized) -> usize = Some(summary.value.sentences.len()), else 0;
    nutgraf_summary_sentence_document(summary: Summarized, index) -> usize =
        summary.value.sentences.get(index).map(|s| s.document), else 0;
    nutgraf_summary_sentence_span(summary: Summarized, index) -> Span =
        summary.value.sentences.get(index).map(|s| s.span.into()), else Span::default();
    nutgraf_summary_sentence_text(summary: Summarized, index) -> String =
        summary.value.sentences.get(index).map(|s| String::lend(&s.text)), else String::EMPTY;
    nutgraf_summary_sentence_score(summary: Summarized, index) -> f64 =
        summary.value.sentences.get(index).map(|s| s.score), else 0.0;
    nutgraf_summary_sentence_reason_count(summary: Summarized, index) -> usize =
        summary.value.sentences.get(index).map(|s| s.reasons.len()), else 0;
    nutgraf_summary_sentence_reason_name(summary: Summarized, index, reason) -> String =
        summary.value.sentences.get(index).and_then(|s| s.reasons.get(reason)).map(|r| String::lend(&r.name)), else String::EMPTY;
    nutgraf_summary_sentence_reason_value(summary: Summarized, index, reason) -> f64 =
        summary.value.sentences.get(index).and_then(|s| s.reasons.get(reason)).map(|r| r.value), else 0.0;

    nutgraf_digest_to_json(digest: Digested) -> String = digest.shown.json(Digest::to_json), else String::EMPTY;
    nutgraf_digest_to_text(digest: Digested) -> String = digest.shown.text(Digest::to_text), else String::EMPTY;
    nutgraf_digest_to_html(digest: Digested) -> String =
        digest.shown.page(HTML, |value| value.to_html(&digest.shown.documents).unwrap_or_default()), else String::EMPTY;
    nutgraf_digest_to_markdown(digest: Digested) -> String =
        digest.shown.page(MARKDOWN, Digest::to_markdown), else String::EMPTY;
    nutgraf_digest_summary(digest: Digested) -> *const Summarized =
        Some(&raw const digest.summary), else std::ptr::null();
    nutgraf_digest_cast_count(digest: Digested) -> usize = Some(digest.shown.value.cast.len()), else 0;
    nutgraf_digest_cast_name(digest: Digested, index) -> String =
        digest.shown.value.cast.get(index).map(|c| String::lend(&c.name)), else String::EMPTY;
    nutgraf_digest_cast_entity(digest: Digested, index) -> String =
        digest.shown.value.cast.get(index).map(|c| String::lend(&c.entity)), else String::EMPTY;
    nutgraf_digest_cast_role_count(digest: Digested, index) -> usize =
        digest.shown.value.cast.get(index).map(|c| c.roles.len()), else 0;
    nutgraf_digest_cast_role_text(digest: Digested, index, role) -> String =
        digest.shown.value.cast.get(index).and_then(|c| c.roles.get(role)).map(|r| String::lend(&r.text)), else String::EMPTY;
    nutgraf_digest_document_count(digest: Digested) -> usize = Some(digest.shown.value.documents.len()), else 0;
    nutgraf_digest_quote_count(digest: Digested, document) -> usize =
        digest.document(document).map(|d| d.quotes.len()), else 0;
    nutgraf_digest_quote_span(digest: Digested, document, index) -> Span =
        digest.quote(document, index).map(|q| q.span.into()), else Span::default();
    nutgraf_digest_quote_text(digest: Digested, document, index) -> String =
        digest.quote(document, index).map(|q| String::lend(&q.text)), else String::EMPTY;
    nutgraf_digest_quote_kind(digest: Digested, document, index) -> u32 =
        digest.quote(document, index).map(|q| q.kind as u32), else u32::MAX;
    nutgraf_digest_quote_speaker(digest: Digested, document, index) -> String =
        digest.quote(document, index).and_then(|q| q.speaker.as_deref()).map(String::lend), else String::EMPTY;
    nutgraf_digest_quote_speaker_text(digest: Digested, document, index) -> String =
        digest.quote(document, index).and_then(|q| q.speaker_text.as_deref()).map(String::lend), else String::EMPTY;
    nutgraf_digest_timeline_count(digest: Digested) -> usize = Some(digest.shown.value.timeline.len()), else 0;
    nutgraf_digest_timeline_date(digest: Digested, index) -> String =
        digest.shown.value.timeline.get(index).map(|e| String::lend(&e.date)), else String::EMPTY;
    nutgraf_digest_timeline_document(digest: Digested, index) -> usize =
        digest.shown.value.timeline.get(index).map(|e| e.document), else 0;
    nutgraf_digest_timeline_span(digest: Digested, index) -> Span =
        digest.shown.value.timeline.get(index).map(|e| e.span.into()), else Span::default();
    nutgraf_digest_timeline_text(digest: Digested, index) -> String =
        digest.shown.value.timeline.get(index).map(|e| String::lend(&e.text)), else String::EMPTY;
    nutgraf_digest_event_count(digest: Digested) -> usize = Some(digest.shown.value.events.len()), else 0;
    nutgraf_digest_event_date(digest: Digested, index) -> String =
        digest.shown.value.events.get(index).map(|e| String::lend(&e.date)), else String::EMPTY;
    nutgraf_digest_event_sentence_count(digest: Digested, index) -> usize =
        digest.shown.value.events.get(index).map(|e| e.sentences.len()), else 0;
    nutgraf_digest_event_document(digest: Digested, index, sentence) -> usize =
        digest.event_sentence(index, sentence).map(|s| s.document), else 0;
    nutgraf_digest_event_span(digest: Digested, index, sentence) -> Span =
        digest.event_sentence(index, sentence).map(|s| s.span.into()), else Span::default();
    nutgraf_digest_event_text(digest: Digested, index, sentence) -> String =
        digest.event_sentence(index, sentence).map(|s| String::lend(&s.text)), else String::EMPTY;
    nutgraf_digest_claim_count(digest: Digested) -> usize = Some(digest.shown.value.claims.len()), else 0;
    nutgraf_digest_claim_relation(digest: Digested, index) -> u32 =
        digest.shown.value.claims.get(index).map(|c| c.relation as u32), else u32::MAX;
    nutgraf_digest_claim_topic(digest: Digested, index) -> String =
        digest.shown.value.claims.get(index).map(|c| String::lend(&c.topic)), else String::EMPTY;
    nutgraf_digest_claim_reason(digest: Digested, index) -> String =
        digest.shown.value.claims.get(index).map(|c| String::lend(&c.reason)), else String::EMPTY;
    nutgraf_digest_claim_value_count(digest: Digested, index) -> usize =
        digest.shown.value.claims.get(index).map(|c| c.values.len()), else 0;
    nutgraf_digest_claim_value(digest: Digested, index, value) -> String =
        digest.shown.value.claims.get(index).and_then(|c| c.values.get(value)).map(|v| String::lend(v)), else String::EMPTY;
    nutgraf_digest_claim_document(digest: Digested, index, value) -> usize =
        digest.shown.value.claims.get(index).and_then(|c| c.spans.get(value)).map(|s| s.document), else 0;
    nutgraf_digest_claim_span(digest: Digested, index, value) -> Span =
        digest.shown.value.claims.get(index).and_then(|c| c.spans.get(value)).map(|s| s.span.into()), else Span::default();

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
free!(nutgraf_matches_batch_free, Batch<Matched>);
free!(nutgraf_summary_batch_free, Batch<Summarized>);
free!(nutgraf_digest_batch_free, Batch<Digested>);
