/* Calls every function of the header, with good, missing and bad arguments; exits 0 when all is as promised. */
#include "check.h"

CHECK_SIZE(nutgraf_string, 2 * sizeof(void *));
CHECK_SIZE(nutgraf_range, 2 * sizeof(size_t));
CHECK_SIZE(nutgraf_span, 4 * sizeof(size_t));
CHECK_SIZE(nutgraf_status, 4);

static int starts(nutgraf_string string, const char *text) {
    return string.size >= strlen(text) && memcmp(string.data, text, strlen(text)) == 0;
}

static const char TEXT[] =
    "Zoran Petrov opened the bridge at Brno on Monday. \"It will stand,\" Petrov said. It cost 3 million euros. "
    "Nobody was hurt.";

static void documents(void) {
    nutgraf_document *document = NULL;
    nutgraf_string bad = {"na\xefve", 5}, none = {NULL, 0}, hollow = {NULL, 3};

    ok(nutgraf_document_new(view(TEXT), &document, &error));
    ok(nutgraf_document_set_id(document, view("a"), &error));
    ok(nutgraf_document_set_title(document, view("A bridge"), &error));
    ok(nutgraf_document_set_source(document, view("Daily"), &error));
    ok(nutgraf_document_set_published(document, view("2026-01-22"), &error));
    fails(NUTGRAF_ERROR_DOCUMENT, "document", nutgraf_document_set_published(document, view("today"), &error));
    fails(NUTGRAF_ERROR_OPTION, "option", nutgraf_document_set_id(NULL, view("a"), &error));
    nutgraf_document_free(document);
    fails(NUTGRAF_ERROR_DOCUMENT, "document", nutgraf_document_new(bad, &document, &error));
    assert(document == NULL);
    fails(NUTGRAF_ERROR_OPTION, "option", nutgraf_document_new(hollow, &document, &error));
    fails(NUTGRAF_ERROR_OPTION, "option", nutgraf_document_new(view(TEXT), NULL, &error));
    ok(nutgraf_document_new(none, &document, &error));
    nutgraf_document_free(document);
    ok(nutgraf_document_from_json(view("{\"text\":\"One.\",\"id\":\"x\"}"), &document, &error));
    nutgraf_document_free(document);
    fails(NUTGRAF_ERROR_DOCUMENT, "document", nutgraf_document_from_json(view("{}"), &document, &error));
    ok(nutgraf_document_from_html(view("<h1>Bridge opens</h1><p>It was <b>cold</b>.<script>1</script>"), &document, &error));
    assert(same(nutgraf_document_text(document), "Bridge opens\n\nIt was cold."));
    assert(same(nutgraf_document_title(document), "Bridge opens"));
    nutgraf_document_free(document);
    fails(NUTGRAF_ERROR_DOCUMENT, "document", nutgraf_document_from_html(bad, &document, &error));
    assert(same(nutgraf_document_text(NULL), ""));
    assert(same(nutgraf_document_title(NULL), ""));
    assert(nutgraf_document_new(bad, &document, NULL) == NUTGRAF_ERROR_DOCUMENT);
    nutgraf_document_free(NULL);
}

static nutgraf_engine *engine_of_catalog(void) {
    nutgraf_catalog *catalog = NULL;
    nutgraf_catalog_matches *found = NULL;
    nutgraf_similarity *similarity = NULL;
    nutgraf_engine_builder *builder = NULL;
    nutgraf_engine *engine = NULL;

    ok(nutgraf_catalog_world(&catalog, &error));
    assert(nutgraf_catalog_len(catalog) > 1000);
    nutgraf_catalog_free(catalog);
    fails(NUTGRAF_ERROR_CATALOG, "catalog", nutgraf_catalog_from_jsonl(view("{\"id\":1}"), &catalog, &error));
    fails(NUTGRAF_ERROR_OPTION, "option", nutgraf_engine_with_catalog(NULL, &engine, &error));
    ok(nutgraf_catalog_from_jsonl(view("{\"id\":\"p\",\"name\":\"Zoran Petrov\",\"kind\":\"person\"}"), &catalog, &error));
    assert(nutgraf_catalog_len(catalog) == 1 && nutgraf_catalog_len(NULL) == 0);
    ok(nutgraf_catalog_find(catalog, view(TEXT), NULL, &found, &error));
    assert(nutgraf_catalog_matches_count(found) == 1 && nutgraf_catalog_matches_count(NULL) == 0);
    assert(nutgraf_catalog_matches_span(found, 0).byte_span.end == 12);
    assert(nutgraf_catalog_matches_found(found, 0) == NUTGRAF_EXACT);
    assert(nutgraf_catalog_matches_candidate_count(found, 0) == 1);
    assert(same(nutgraf_catalog_matches_candidate_id(found, 0, 0), "p"));
    assert(nutgraf_catalog_matches_candidate_weight(found, 0, 0) == 1.0);
    assert(nutgraf_catalog_matches_candidate_id(found, 0, 1).size == 0);
    nutgraf_catalog_matches_free(found);
    nutgraf_catalog_matches_free(NULL);
    fails(NUTGRAF_ERROR_OPTION, "option", nutgraf_catalog_find(NULL, view(TEXT), NULL, &found, &error));
    ok(nutgraf_name_similarity(view("Moammar Qaddafi"), view("Muammar Gaddafi"), &similarity, &error));
    assert(nutgraf_similarity_is_same(similarity) == 1 && nutgraf_similarity_score(similarity) > 0.5);
    assert(nutgraf_similarity_reason_count(similarity) > 0);
    assert(nutgraf_similarity_reason_name(similarity, 0).size > 0);
    assert(nutgraf_similarity_reason_value(similarity, 1000) == 0.0);
    assert(starts(nutgraf_similarity_to_json(similarity), "{\"schema\":1,"));
    assert(nutgraf_similarity_to_text(similarity).size > 0);
    nutgraf_similarity_free(similarity);
    nutgraf_similarity_free(NULL);
    ok(nutgraf_engine_with_catalog(catalog, &engine, &error));
    nutgraf_engine_free(engine);
    ok(nutgraf_engine_builder_new(catalog, &builder, &error));
    ok(nutgraf_engine_builder_set_max_document_bytes(builder, 1000, &error));
    fails(NUTGRAF_ERROR_OPTION, "option", nutgraf_engine_builder_set_max_document_bytes(NULL, 1, &error));
    ok(nutgraf_engine_builder_build(builder, &engine, &error));
    nutgraf_engine_builder_free(builder);
    nutgraf_engine_builder_free(NULL);
    nutgraf_catalog_free(catalog);
    nutgraf_catalog_free(NULL);
    return engine;
}

static void check_matches(const nutgraf_matches *matches) {
    nutgraf_span span = nutgraf_matches_mention_span(matches, 0);
    nutgraf_span nowhere = nutgraf_matches_mention_span(matches, 1000);

    assert(nutgraf_matches_mention_count(matches) >= 1);
    assert(same(nutgraf_matches_mention_text(matches, 0), "Zoran Petrov"));
    assert(span.byte_span.start == 0 && span.byte_span.end == 12 && span.char_span.end == 12);
    assert(nutgraf_matches_mention_kind(matches, 0) == NUTGRAF_PERSON);
    assert(nutgraf_matches_mention_found(matches, 0) == NUTGRAF_EXACT);
    assert(nutgraf_matches_mention_entity(matches, 0).size > 0);
    assert(nutgraf_matches_mention_score(matches, 0) > 0.0);
    assert(nutgraf_matches_mention_candidate_count(matches, 0) == 1);
    assert(same(nutgraf_matches_mention_candidate_id(matches, 0, 0), "p"));
    assert(nutgraf_matches_mention_candidate_weight(matches, 0, 0) == 1.0);
    assert(nutgraf_matches_mention_candidate_id(matches, 0, 1).size == 0);
    assert(nutgraf_matches_to_text(matches).size > 0 && starts(nutgraf_matches_to_html(matches), "<div"));
    assert(nutgraf_matches_cast_count(matches) >= 1);
    assert(same(nutgraf_matches_cast_name(matches, 0), "Zoran Petrov"));
    assert(nutgraf_matches_cast_entity(matches, 0).size > 0);
    assert(starts(nutgraf_matches_to_json(matches), "{\"schema\":1,"));
    assert(nutgraf_matches_to_json(matches).data == nutgraf_matches_to_json(matches).data);
    assert(nowhere.byte_span.end == 0 && nutgraf_matches_mention_text(matches, 1000).size == 0);
    assert(nutgraf_matches_mention_kind(matches, 1000) == NUTGRAF_NONE);
    assert(nutgraf_matches_mention_found(matches, 1000) == NUTGRAF_NONE);
    assert(nutgraf_matches_mention_entity(NULL, 0).size == 0 && nutgraf_matches_mention_count(NULL) == 0);
}

static void check_summary(const nutgraf_summary *summary) {
    nutgraf_span span = nutgraf_summary_sentence_span(summary, 0);
    nutgraf_string text = nutgraf_summary_sentence_text(summary, 0);

    assert(nutgraf_summary_sentence_count(summary) == 1);
    assert(text.size == span.byte_span.end - span.byte_span.start);
    assert(memcmp(text.data, TEXT + span.byte_span.start, text.size) == 0);
    assert(nutgraf_summary_sentence_document(summary, 0) == 0);
    assert(nutgraf_summary_sentence_score(summary, 0) > 0.0);
    assert(starts(nutgraf_summary_to_json(summary), "{\"schema\":1,"));
    assert(nutgraf_summary_sentence_reason_count(summary, 0) > 0);
    assert(nutgraf_summary_sentence_reason_name(summary, 0, 0).size > 0);
    assert(nutgraf_summary_sentence_reason_value(summary, 0, 99) == 0.0);
    assert(nutgraf_summary_to_text(summary).size > 0 && starts(nutgraf_summary_to_html(summary), "<div"));
    assert(nutgraf_summary_sentence_count(NULL) == 0 && nutgraf_summary_sentence_text(summary, 9).size == 0);
}

static void check_digest(const nutgraf_digest *digest) {
    assert(starts(nutgraf_digest_to_json(digest), "{\"schema\":1,"));
    assert(nutgraf_digest_to_text(digest).size > 0 && starts(nutgraf_digest_to_html(digest), "<"));
    assert(nutgraf_digest_cast_count(digest) >= 1 && nutgraf_digest_cast_name(digest, 0).size > 0);
    assert(nutgraf_digest_cast_entity(digest, 0).size > 0 && nutgraf_digest_cast_entity(digest, 1000).size == 0);
    check_summary(nutgraf_digest_summary(digest));
    assert(nutgraf_digest_summary(NULL) == NULL);
}

static uint32_t count_bytes(void *context, nutgraf_string text, size_t *count) {
    ++*(int *)context;
    *count = text.size;
    return NUTGRAF_OK;
}

static uint32_t fail(void *context, nutgraf_string text, size_t *count) {
    (void)text, (void)count;
    ++*(int *)context;
    return 7;
}

static void release(void *context) { *(int *)context = -1; }

/* The caller's counter: its limit, its failure, and when its context is given back. */
static void counters(const nutgraf_engine *engine, const nutgraf_document *document) {
    nutgraf_summary_options *limits = NULL;
    nutgraf_digest_options *options = NULL;
    nutgraf_summary *summary = NULL;
    int calls = 0;

    ok(nutgraf_summary_options_new(&limits, &error));
    fails(NUTGRAF_ERROR_OPTION, "option",
          nutgraf_summary_options_set_max_tokens(limits, 60, NULL, &calls, release, &error));
    fails(NUTGRAF_ERROR_OPTION, "option",
          nutgraf_summary_options_set_max_tokens(NULL, 60, count_bytes, &calls, release, &error));
    assert(calls == 0);
    ok(nutgraf_summary_options_set_max_tokens(limits, 60, count_bytes, &calls, release, &error));
    ok(nutgraf_engine_summarize(engine, document, limits, &summary, &error));
    assert(calls > 0 && nutgraf_summary_sentence_count(summary) == 1);
    assert(nutgraf_summary_sentence_text(summary, 0).size <= 60);
    nutgraf_summary_free(summary);
    ok(nutgraf_digest_options_new(&options, &error));
    ok(nutgraf_digest_options_set_summary(options, limits, &error));
    nutgraf_summary_options_free(limits);
    assert(calls > 0);
    nutgraf_digest_options_free(options);
    assert(calls == -1);

    calls = 0;
    ok(nutgraf_summary_options_new(&limits, &error));
    ok(nutgraf_summary_options_set_max_tokens(limits, 60, fail, &calls, NULL, &error));
    fails(NUTGRAF_ERROR_CALLBACK, "callback", nutgraf_engine_summarize(engine, document, limits, &summary, &error));
    assert(summary == NULL && calls == 1);
    nutgraf_summary_options_free(limits);
    assert(calls == 1);
}

static void focus(const nutgraf_engine *engine, const nutgraf_document *document) {
    const nutgraf_document *one[1];
    const nutgraf_string phrases[2] = {view("Brno"), view("quiet")};
    nutgraf_summary_options *limits = NULL;
    nutgraf_summary *summary = NULL;

    one[0] = document;
    ok(nutgraf_summary_options_new(&limits, &error));
    ok(nutgraf_summary_options_set_about(limits, phrases, 2, &error));
    ok(nutgraf_summary_options_set_about_required(limits, 1, &error));
    ok(nutgraf_engine_summarize_story(engine, one, 1, limits, &summary, &error));
    nutgraf_summary_free(summary);
    fails(NUTGRAF_ERROR_OPTION, "option", nutgraf_summary_options_set_about(limits, NULL, 2, &error));
    ok(nutgraf_summary_options_set_about(limits, NULL, 0, &error));
    ok(nutgraf_summary_options_set_about_required(limits, 0, &error));
    ok(nutgraf_summary_options_set_since(limits, one, 1, &error));
    ok(nutgraf_engine_summarize_story(engine, one, 1, limits, &summary, &error));
    assert(nutgraf_summary_sentence_count(summary) == 0);
    nutgraf_summary_free(summary);
    fails(NUTGRAF_ERROR_OPTION, "option", nutgraf_summary_options_set_since(limits, NULL, 1, &error));
    nutgraf_summary_options_free(limits);
}

static void answers(const nutgraf_engine *engine, const nutgraf_document *document) {
    const nutgraf_document *pair[2];
    nutgraf_explanation *explanation = NULL;
    nutgraf_key_topics *topics = NULL;
    nutgraf_headline_check *check = NULL;
    nutgraf_stories *stories = NULL;
    nutgraf_span span;

    pair[0] = pair[1] = document;
    ok(nutgraf_engine_explain(engine, pair, 1, NULL, 0, 0, &explanation, &error));
    span = nutgraf_explanation_span(explanation);
    assert(nutgraf_explanation_text(explanation).size == span.byte_span.end - span.byte_span.start);
    assert(nutgraf_explanation_chosen(explanation) == 1 && nutgraf_explanation_score(explanation) > 0.0);
    assert(nutgraf_explanation_decision(explanation).size > 0 && nutgraf_explanation_reason_count(explanation) > 0);
    assert(nutgraf_explanation_reason_name(explanation, 0).size > 0);
    assert(nutgraf_explanation_reason_value(explanation, 1000) == 0.0);
    assert(starts(nutgraf_explanation_to_json(explanation), "{\"schema\":1,"));
    assert(nutgraf_explanation_to_text(explanation).size > 0 && nutgraf_explanation_to_text(NULL).size == 0);
    nutgraf_explanation_free(explanation);
    fails(NUTGRAF_ERROR_SPAN, "span", nutgraf_engine_explain(engine, pair, 1, NULL, 0, 99, &explanation, &error));
    assert(explanation == NULL);

    ok(nutgraf_engine_key_topics(engine, pair, 2, 5, &topics, &error));
    assert(nutgraf_key_topics_phrase_count(topics) > 0 && nutgraf_key_topics_phrase_text(topics, 0).size > 0);
    assert(nutgraf_key_topics_phrase_score(topics, 0) == 1.0 && nutgraf_key_topics_phrase_place_count(topics, 0) > 1);
    assert(nutgraf_key_topics_phrase_place_document(topics, 0, 0) == 0);
    assert(nutgraf_key_topics_phrase_place_span(topics, 0, 0).byte_span.end > 0);
    assert(nutgraf_key_topics_entity_count(topics) > 0 && nutgraf_key_topics_entity_name(topics, 0).size > 0);
    assert(nutgraf_key_topics_entity_entity(topics, 0).size > 0 && nutgraf_key_topics_entity_score(topics, 0) > 0.0);
    assert(nutgraf_key_topics_entity_place_count(topics, 0) > 1);
    assert(nutgraf_key_topics_entity_place_document(topics, 0, 0) == 0);
    assert(nutgraf_key_topics_entity_place_span(topics, 0, 99).byte_span.end == 0);
    assert(starts(nutgraf_key_topics_to_json(topics), "{\"schema\":1,") && nutgraf_key_topics_to_text(topics).size > 0);
    nutgraf_key_topics_free(topics);

    ok(nutgraf_engine_check_headline(engine, pair, 1, view("Zoran Petrov and the volcano"), &check, &error));
    assert(nutgraf_headline_check_score(check) > 0.0 && nutgraf_headline_check_support_count(check) > 0);
    assert(nutgraf_headline_check_support_document(check, 0) == 0 && nutgraf_headline_check_support_score(check, 0) > 0.0);
    assert(nutgraf_headline_check_support_span(check, 0).byte_span.end > 0);
    assert(nutgraf_headline_check_support_text(check, 0).size > 0);
    assert(nutgraf_headline_check_missing_count(check) == 1 && same(nutgraf_headline_check_missing(check, 0), "volcano"));
    assert(starts(nutgraf_headline_check_to_json(check), "{\"schema\":1,") && nutgraf_headline_check_to_text(check).size > 0);
    nutgraf_headline_check_free(check);
    fails(NUTGRAF_ERROR_DOCUMENT, "document",
          nutgraf_engine_check_headline(engine, pair, 1, view("\xff"), &check, &error));

    ok(nutgraf_engine_group_stories(engine, pair, 2, &stories, &error));
    assert(nutgraf_stories_group_count(stories) == 1 && nutgraf_stories_document_count(stories, 0) == 2);
    assert(nutgraf_stories_document(stories, 0, 1) == 1 && nutgraf_stories_copy_count(stories, 0) == 1);
    assert(nutgraf_stories_copy_document(stories, 0, 0) == 1 && nutgraf_stories_copy_original(stories, 0, 0) == 0);
    assert(nutgraf_stories_document_count(stories, 9) == 0 && nutgraf_stories_document(stories, 9, 9) == 0);
    assert(starts(nutgraf_stories_to_json(stories), "{\"schema\":1,") && nutgraf_stories_to_text(stories).size > 0);
    nutgraf_stories_free(stories);
    nutgraf_explanation_free(NULL);
    nutgraf_key_topics_free(NULL);
    nutgraf_headline_check_free(NULL);
    nutgraf_stories_free(NULL);
}

/* Quotes, times, claims, roles and pins, on two articles that differ. */
static void digests(const nutgraf_engine *engine) {
    const char *const texts[2] = {
        "Mayor Zoran Petrov opened the long bridge on 20 January 2026. The long bridge cost 3 million euros. "
        "\"It will stand,\" Petrov said. Zoran Petrov was the first to cross the bridge on 20 January 2026.",
        "Engineers and crowds met Mayor Zoran Petrov at the river. The long bridge cost 4 million euros, far above "
        "the plan, and the work took two years longer than the council had hoped."};
    nutgraf_document *documents[2] = {NULL, NULL};
    nutgraf_digest_options *options = NULL;
    nutgraf_digest *digest = NULL;
    size_t cast, i;

    for (i = 0; i < 2; i++) ok(nutgraf_document_new(view(texts[i]), &documents[i], &error));
    ok(nutgraf_engine_digest(engine, (const nutgraf_document *const *)documents, 2, NULL, &digest, &error));
    assert(nutgraf_digest_document_count(digest) == 2 && nutgraf_digest_quote_count(digest, 0) == 1);
    assert(same(nutgraf_digest_quote_text(digest, 0, 0), "It will stand,"));
    assert(nutgraf_digest_quote_span(digest, 0, 0).byte_span.start == 101);
    assert(nutgraf_digest_quote_kind(digest, 0, 0) == NUTGRAF_DIRECT);
    assert(nutgraf_digest_quote_kind(digest, 9, 0) == NUTGRAF_NONE && nutgraf_digest_quote_count(digest, 9) == 0);
    assert(same(nutgraf_digest_quote_speaker(digest, 0, 0), "person:zoran-petrov"));
    assert(same(nutgraf_digest_quote_speaker_text(digest, 0, 0), "Petrov"));
    assert(nutgraf_digest_timeline_count(digest) > 0 && same(nutgraf_digest_timeline_date(digest, 0), "2026-01-20"));
    assert(nutgraf_digest_timeline_document(digest, 0) == 0 && nutgraf_digest_timeline_span(digest, 0).byte_span.end > 0);
    assert(starts(nutgraf_digest_timeline_text(digest, 0), "Mayor Zoran"));
    assert(nutgraf_digest_event_count(digest) > 0 && nutgraf_digest_event_sentence_count(digest, 0) >= 2);
    assert(nutgraf_digest_event_date(digest, 0).size > 0 && nutgraf_digest_event_text(digest, 0, 0).size > 0);
    assert(nutgraf_digest_event_document(digest, 0, 1) < 2 && nutgraf_digest_event_span(digest, 0, 1).byte_span.end > 0);
    assert(nutgraf_digest_event_sentence_count(digest, 999) == 0 && nutgraf_digest_event_text(digest, 0, 999).size == 0);
    assert(nutgraf_digest_claim_count(digest) > 0);
    for (i = 0; i < nutgraf_digest_claim_count(digest); i++) {
        assert(nutgraf_digest_claim_relation(digest, i) <= NUTGRAF_DIFFERENT_EVENT);
        assert(nutgraf_digest_claim_topic(digest, i).size > 0 && nutgraf_digest_claim_reason(digest, i).size > 0);
        assert(nutgraf_digest_claim_value_count(digest, i) >= 2 && nutgraf_digest_claim_value(digest, i, 0).size > 0);
        assert(nutgraf_digest_claim_document(digest, i, 0) < 2);
        assert(nutgraf_digest_claim_span(digest, i, 1).byte_span.end > 0);
    }
    assert(nutgraf_digest_claim_relation(digest, i) == NUTGRAF_NONE && nutgraf_digest_claim_value_count(digest, i) == 0);
    assert(nutgraf_digest_cast_role_count(digest, 0) > 0 && same(nutgraf_digest_cast_role_text(digest, 0, 0), "Mayor"));
    assert(nutgraf_digest_to_markdown(digest).size > 0 && starts(nutgraf_digest_to_html(digest), "<!DOCTYPE html>"));
    cast = nutgraf_digest_cast_count(digest);
    nutgraf_digest_free(digest);

    ok(nutgraf_digest_options_new(&options, &error));
    ok(nutgraf_digest_options_pin_apart(options, 0, 6, 1, 31, &error));
    ok(nutgraf_digest_options_set_threads(options, 2, &error));
    ok(nutgraf_engine_digest(engine, (const nutgraf_document *const *)documents, 2, options, &digest, &error));
    assert(nutgraf_digest_cast_count(digest) > cast);
    nutgraf_digest_free(digest);
    ok(nutgraf_digest_options_pin_together(options, 0, 6, 1, 999, &error));
    fails(NUTGRAF_ERROR_OPTION, "option", nutgraf_digest_options_pin_together(NULL, 0, 0, 0, 0, &error));
    fails(NUTGRAF_ERROR_OPTION, "option", nutgraf_digest_options_set_threads(NULL, 2, &error));
    nutgraf_digest_options_free(options);
    for (i = 0; i < 2; i++) nutgraf_document_free(documents[i]);
}

static void taggers(void) {
    nutgraf_catalog *catalog = NULL;
    nutgraf_engine_builder *builder = NULL;
    nutgraf_engine *engine = NULL;
    nutgraf_tagger *tagger = NULL;
    nutgraf_document *document = NULL;
    nutgraf_matches *matches = NULL;

    ok(nutgraf_catalog_from_jsonl(view("{\"id\":\"b\",\"name\":\"Brno\",\"kind\":\"place\"}"), &catalog, &error));
    ok(nutgraf_document_new(view("Zoran Petrov spoke in Brno."), &document, &error));
    ok(nutgraf_engine_builder_new(catalog, &builder, &error));
    ok(nutgraf_engine_builder_without_discovery(builder, &error));
    ok(nutgraf_engine_builder_build(builder, &engine, &error));
    ok(nutgraf_engine_match_entities(engine, document, &matches, &error));
    assert(nutgraf_matches_mention_count(matches) == 1 && same(nutgraf_matches_mention_text(matches, 0), "Brno"));
    nutgraf_matches_free(matches);
    nutgraf_engine_free(engine);
    ok(nutgraf_tagger_built_in(&tagger, &error));
    ok(nutgraf_engine_builder_set_tagger(builder, tagger, &error));
    nutgraf_tagger_free(tagger);
    ok(nutgraf_engine_builder_build(builder, &engine, &error));
    ok(nutgraf_engine_match_entities(engine, document, &matches, &error));
    assert(nutgraf_matches_mention_count(matches) == 2);
    nutgraf_matches_free(matches);
    nutgraf_engine_free(engine);
    fails(NUTGRAF_ERROR_CATALOG, "catalog", nutgraf_tagger_from_bytes(view("no weights"), &tagger, &error));
    fails(NUTGRAF_ERROR_OPTION, "option", nutgraf_engine_builder_set_tagger(builder, NULL, &error));
    nutgraf_tagger_free(NULL);
    nutgraf_document_free(document);
    nutgraf_engine_builder_free(builder);
    nutgraf_catalog_free(catalog);
}

static void jobs(const nutgraf_engine *engine) {
    nutgraf_document *document = NULL;
    const nutgraf_document *pair[2];
    const size_t counts[2] = {1, 1};
    nutgraf_summary_options *limits = NULL;
    nutgraf_digest_options *options = NULL;
    nutgraf_matches *matches = NULL;
    nutgraf_summary *summary = NULL;
    nutgraf_digest *digest = NULL;
    nutgraf_matches_batch *many = NULL;
    nutgraf_summary_batch *shorts = NULL;
    nutgraf_digest_batch *stories = NULL;

    ok(nutgraf_document_new(view(TEXT), &document, &error));
    pair[0] = pair[1] = document;
    ok(nutgraf_summary_options_new(&limits, &error));
    ok(nutgraf_summary_options_set_max_sentences(limits, 1, &error));
    ok(nutgraf_summary_options_set_max_words(limits, 50, &error));
    ok(nutgraf_summary_options_set_max_chars(limits, 500, &error));
    ok(nutgraf_summary_options_set_max_bytes(limits, 500, &error));
    ok(nutgraf_summary_options_set_ratio(limits, 1.0, &error));
    ok(nutgraf_digest_options_new(&options, &error));
    ok(nutgraf_digest_options_set_summary(options, limits, &error));
    fails(NUTGRAF_ERROR_OPTION, "option", nutgraf_digest_options_set_summary(options, NULL, &error));

    ok(nutgraf_engine_match_entities(engine, document, &matches, &error));
    check_matches(matches);
    ok(nutgraf_engine_summarize(engine, document, limits, &summary, &error));
    check_summary(summary);
    ok(nutgraf_engine_digest(engine, pair, 1, options, &digest, &error));
    check_digest(digest);
    nutgraf_matches_free(matches);
    nutgraf_summary_free(summary);
    nutgraf_digest_free(digest);

    ok(nutgraf_engine_match_entities_batch(engine, pair, 2, 2, &many, &error));
    assert(nutgraf_matches_batch_count(many) == 2 && nutgraf_matches_batch_at(many, 2) == NULL);
    check_matches(nutgraf_matches_batch_at(many, 1));
    ok(nutgraf_engine_summarize_batch(engine, pair, 2, limits, 2, &shorts, &error));
    assert(nutgraf_summary_batch_count(shorts) == 2);
    check_summary(nutgraf_summary_batch_at(shorts, 1));
    ok(nutgraf_engine_digest_batch(engine, pair, counts, 2, options, 2, &stories, &error));
    assert(nutgraf_digest_batch_count(stories) == 2);
    check_digest(nutgraf_digest_batch_at(stories, 1));
    nutgraf_matches_batch_free(many);
    nutgraf_summary_batch_free(shorts);
    nutgraf_digest_batch_free(stories);

    ok(nutgraf_engine_summarize(engine, document, NULL, &summary, &error));
    nutgraf_summary_free(summary);
    ok(nutgraf_engine_digest(engine, NULL, 0, NULL, &digest, &error));
    nutgraf_digest_free(digest);
    fails(NUTGRAF_ERROR_OPTION, "option", nutgraf_engine_match_entities(NULL, document, &matches, &error));
    fails(NUTGRAF_ERROR_OPTION, "option", nutgraf_engine_match_entities(engine, NULL, &matches, &error));
    fails(NUTGRAF_ERROR_OPTION, "option", nutgraf_engine_digest(engine, NULL, 2, NULL, &digest, &error));
    ok(nutgraf_summary_options_set_ratio(limits, -1.0, &error));
    fails(NUTGRAF_ERROR_OPTION, "option", nutgraf_engine_summarize(engine, document, limits, &summary, &error));
    assert(summary == NULL);

    counters(engine, document);
    focus(engine, document);
    answers(engine, document);
    digests(engine);
    taggers();

    nutgraf_summary_options_free(limits);
    nutgraf_digest_options_free(options);
    nutgraf_document_free(document);
}

int main(void) {
    nutgraf_engine *engine = NULL;

    assert(nutgraf_version().size >= 5);
    documents();
    ok(nutgraf_engine_new(&engine, &error));
    nutgraf_engine_free(engine);
    engine = engine_of_catalog();
    jobs(engine);
    nutgraf_engine_free(engine);
    nutgraf_engine_free(NULL);
    nutgraf_error_free(NULL);
    nutgraf_matches_free(NULL);
    nutgraf_summary_free(NULL);
    nutgraf_digest_free(NULL);
    nutgraf_matches_batch_free(NULL);
    nutgraf_summary_batch_free(NULL);
    nutgraf_digest_batch_free(NULL);
    nutgraf_summary_options_free(NULL);
    nutgraf_digest_options_free(NULL);
    puts("api: every promise kept");
    return 0;
}
