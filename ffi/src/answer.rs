//! `nutgraf_explanation`, `nutgraf_key_topics`, `nutgraf_headline_check`, `nutgraf_stories`, `nutgraf_similarity`: the
//! answers around the jobs.

use crate::boundary::{fallible, infallible};
use crate::error::ErrorHandle;
use crate::handle::{borrow, free};
use crate::result::{Shown, accessors};
use crate::string::{Span, String};
use nutgraf::{Explanation, HeadlineCheck, KeyTopics, NameSimilarity, Stories};

/// Why a sentence is or is not part of a summary.
pub type Explained = Shown<Explanation>;
/// Key phrases and key entities.
pub type Topics = Shown<KeyTopics>;
/// How well documents support a headline.
pub type Checked = Shown<HeadlineCheck>;
/// A heap of articles sorted.
pub type Sorted = Shown<Stories>;
/// How alike two names are.
pub type Compared = Shown<NameSimilarity>;

/// Compares two names.
///
/// # Safety
/// `a` and `b` must describe readable bytes; `out` and `error` must be null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_name_similarity(
    a: String,
    b: String,
    out: *mut *mut Compared,
    error: *mut *mut ErrorHandle,
) -> u32 {
    // SAFETY: the caller keeps the promises of this function.
    unsafe { fallible(out, error, || Ok(nutgraf::name_similarity(a.text("name")?, b.text("name")?).into())) }
}

accessors! {
    nutgraf_explanation_to_json(explanation: Explained) -> String = explanation.json(Explanation::to_json), else String::EMPTY;
    nutgraf_explanation_to_text(explanation: Explained) -> String = explanation.text(Explanation::to_text), else String::EMPTY;
    nutgraf_explanation_span(explanation: Explained) -> Span = Some(explanation.value.span.into()), else Span::default();
    nutgraf_explanation_text(explanation: Explained) -> String =
        Some(String::lend(&explanation.value.text)), else String::EMPTY;
    nutgraf_explanation_chosen(explanation: Explained) -> u32 = Some(u32::from(explanation.value.chosen)), else 0;
    nutgraf_explanation_score(explanation: Explained) -> f64 = Some(explanation.value.score), else 0.0;
    nutgraf_explanation_decision(explanation: Explained) -> String =
        Some(String::lend(&explanation.value.decision)), else String::EMPTY;
    nutgraf_explanation_reason_count(explanation: Explained) -> usize = Some(explanation.value.reasons.len()), else 0;
    nutgraf_explanation_reason_name(explanation: Explained, index) -> String =
        explanation.value.reasons.get(index).map(|r| String::lend(&r.name)), else String::EMPTY;
    nutgraf_explanation_reason_value(explanation: Explained, index) -> f64 =
        explanation.value.reasons.get(index).map(|r| r.value), else 0.0;

    nutgraf_key_topics_to_json(topics: Topics) -> String = topics.json(KeyTopics::to_json), else String::EMPTY;
    nutgraf_key_topics_to_text(topics: Topics) -> String = topics.text(KeyTopics::to_text), else String::EMPTY;
    nutgraf_key_topics_phrase_count(topics: Topics) -> usize = Some(topics.value.phrases.len()), else 0;
    nutgraf_key_topics_phrase_text(topics: Topics, index) -> String =
        topics.value.phrases.get(index).map(|p| String::lend(&p.text)), else String::EMPTY;
    nutgraf_key_topics_phrase_score(topics: Topics, index) -> f64 =
        topics.value.phrases.get(index).map(|p| p.score), else 0.0;
    nutgraf_key_topics_phrase_place_count(topics: Topics, index) -> usize =
        topics.value.phrases.get(index).map(|p| p.places.len()), else 0;
    nutgraf_key_topics_phrase_place_document(topics: Topics, index, place) -> usize =
        topics.value.phrases.get(index).and_then(|p| p.places.get(place)).map(|p| p.document), else 0;
    nutgraf_key_topics_phrase_place_span(topics: Topics, index, place) -> Span =
        topics.value.phrases.get(index).and_then(|p| p.places.get(place)).map(|p| p.span.into()), else Span::default();
    nutgraf_key_topics_entity_count(topics: Topics) -> usize = Some(topics.value.entities.len()), else 0;
    nutgraf_key_topics_entity_name(topics: Topics, index) -> String =
        topics.value.entities.get(index).map(|e| String::lend(&e.name)), else String::EMPTY;
    nutgraf_key_topics_entity_entity(topics: Topics, index) -> String =
        topics.value.entities.get(index).map(|e| String::lend(&e.entity)), else String::EMPTY;
    nutgraf_key_topics_entity_score(topics: Topics, index) -> f64 =
        topics.value.entities.get(index).map(|e| e.score), else 0.0;
    nutgraf_key_topics_entity_place_count(topics: Topics, index) -> usize =
        topics.value.entities.get(index).map(|e| e.places.len()), else 0;
    nutgraf_key_topics_entity_place_document(topics: Topics, index, place) -> usize =
        topics.value.entities.get(index).and_then(|e| e.places.get(place)).map(|p| p.document), else 0;
    nutgraf_key_topics_entity_place_span(topics: Topics, index, place) -> Span =
        topics.value.entities.get(index).and_then(|e| e.places.get(place)).map(|p| p.span.into()), else Span::default();

    nutgraf_headline_check_to_json(check: Checked) -> String = check.json(HeadlineCheck::to_json), else String::EMPTY;
    nutgraf_headline_check_to_text(check: Checked) -> String = check.text(HeadlineCheck::to_text), else String::EMPTY;
    nutgraf_headline_check_score(check: Checked) -> f64 = Some(check.value.score), else 0.0;
    nutgraf_headline_check_support_count(check: Checked) -> usize = Some(check.value.supports.len()), else 0;
    nutgraf_headline_check_support_document(check: Checked, index) -> usize =
        check.value.supports.get(index).map(|s| s.document), else 0;
    nutgraf_headline_check_support_span(check: Checked, index) -> Span =
        check.value.supports.get(index).map(|s| s.span.into()), else Span::default();
    nutgraf_headline_check_support_text(check: Checked, index) -> String =
        check.value.supports.get(index).map(|s| String::lend(&s.text)), else String::EMPTY;
    nutgraf_headline_check_support_score(check: Checked, index) -> f64 =
        check.value.supports.get(index).map(|s| s.score), else 0.0;
    nutgraf_headline_check_missing_count(check: Checked) -> usize = Some(check.value.missing.len()), else 0;
    nutgraf_headline_check_missing(check: Checked, index) -> String =
        check.value.missing.get(index).map(|word| String::lend(word)), else String::EMPTY;

    nutgraf_stories_to_json(stories: Sorted) -> String = stories.json(Stories::to_json), else String::EMPTY;
    nutgraf_stories_to_text(stories: Sorted) -> String = stories.text(Stories::to_text), else String::EMPTY;
    nutgraf_stories_group_count(stories: Sorted) -> usize = Some(stories.value.groups.len()), else 0;
    nutgraf_stories_document_count(stories: Sorted, group) -> usize =
        stories.value.groups.get(group).map(|g| g.documents.len()), else 0;
    nutgraf_stories_document(stories: Sorted, group, index) -> usize =
        stories.value.groups.get(group).and_then(|g| g.documents.get(index)).copied(), else 0;
    nutgraf_stories_copy_count(stories: Sorted, group) -> usize =
        stories.value.groups.get(group).map(|g| g.copies.len()), else 0;
    nutgraf_stories_copy_document(stories: Sorted, group, index) -> usize =
        stories.value.groups.get(group).and_then(|g| g.copies.get(index)).map(|copy| copy.0), else 0;
    nutgraf_stories_copy_original(stories: Sorted, group, index) -> usize =
        stories.value.groups.get(group).and_then(|g| g.copies.get(index)).map(|copy| copy.1), else 0;

    nutgraf_similarity_to_json(similarity: Compared) -> String = similarity.json(NameSimilarity::to_json), else String::EMPTY;
    nutgraf_similarity_to_text(similarity: Compared) -> String = similarity.text(NameSimilarity::to_text), else String::EMPTY;
    nutgraf_similarity_score(similarity: Compared) -> f64 = Some(similarity.value.score), else 0.0;
    nutgraf_similarity_is_same(similarity: Compared) -> u32 = Some(u32::from(similarity.value.is_same)), else 0;
    nutgraf_similarity_reason_count(similarity: Compared) -> usize = Some(similarity.value.reasons.len()), else 0;
    nutgraf_similarity_reason_name(similarity: Compared, index) -> String =
        similarity.value.reasons.get(index).map(|r| String::lend(&r.name)), else String::EMPTY;
    nutgraf_similarity_reason_value(similarity: Compared, index) -> f64 =
        similarity.value.reasons.get(index).map(|r| r.value), else 0.0;
}

free!(nutgraf_explanation_free, Explained);
free!(nutgraf_key_topics_free, Topics);
free!(nutgraf_headline_check_free, Checked);
free!(nutgraf_stories_free, Sorted);
free!(nutgraf_similarity_free, Compared);
