/* Calls every catalog function of the header, with good, missing and bad arguments; exits 0 when all is as promised. */
#include "check.h"
#include <stdint.h>

CHECK_SIZE(nutgraf_catalog_info, 6 * sizeof(size_t));

static const char ROWS[] =
    "{\"id\":\"a\",\"name\":\"Paris\",\"kind\":\"place\",\"weight\":3,\"description\":\"a city\",\"population\":2100000}\n"
    "{\"id\":\"b\",\"name\":\"Paris Hilton\",\"kind\":\"person\",\"aliases\":[\"Paris\"],\"weak_aliases\":[\"Hilton\"]}\n";
static const char TEXT[] = "\xc3\xa9 Paris Hilton left Paris. Hilton is in PARIS.";

static void files(const nutgraf_catalog *catalog, const char *path) {
    nutgraf_catalog *opened = NULL;
    nutgraf_bytes *bytes = NULL;
    nutgraf_string data;
    nutgraf_catalog_info info = nutgraf_catalog_info_of(catalog);
    char copy[1 << 14];

    assert(info.entities == 2 && info.names == 3 && info.shared_names == 1 && info.duplicate_names == 0);
    assert(nutgraf_catalog_info_of(NULL).entities == 0);
    ok(nutgraf_catalog_save(catalog, view(path), &error));
    ok(nutgraf_catalog_to_bytes(catalog, &bytes, &error));
    data = nutgraf_bytes_view(bytes);
    assert(data.size == info.bytes && data.size < sizeof copy && nutgraf_bytes_view(NULL).size == 0);
    ok(nutgraf_catalog_open(view(path), 0, &opened, &error));
    ok(nutgraf_catalog_verify(opened, &error));
    /* Replaced under the map. */
    ok(nutgraf_catalog_save(catalog, view(path), &error));
    assert(nutgraf_catalog_len(opened) == 2);
    nutgraf_catalog_free(opened);
    ok(nutgraf_catalog_open(view(path), 1, &opened, &error));
    nutgraf_catalog_free(opened);
    ok(nutgraf_catalog_read(view(path), &opened, &error));
    nutgraf_catalog_free(opened);
    ok(nutgraf_catalog_from_bytes(data, 1, &opened, &error));
    nutgraf_catalog_free(opened);
    memcpy(copy, data.data, data.size);
    copy[data.size - 1] ^= 1;
    data.data = copy;
    ok(nutgraf_catalog_from_bytes(data, 0, &opened, &error));
    fails(NUTGRAF_ERROR_FILE, "file", nutgraf_catalog_verify(opened, &error));
    nutgraf_catalog_free(opened);
    fails(NUTGRAF_ERROR_FILE, "file", nutgraf_catalog_from_bytes(data, 1, &opened, &error));
    assert(opened == NULL);
    fails(NUTGRAF_ERROR_IO, "io", nutgraf_catalog_open(view("no such file"), 0, &opened, &error));
    fails(NUTGRAF_ERROR_IO, "io", nutgraf_catalog_read(view("no such file"), &opened, &error));
    fails(NUTGRAF_ERROR_IO, "io", nutgraf_catalog_save(catalog, view("no such folder/x"), &error));
    fails(NUTGRAF_ERROR_OPTION, "option", nutgraf_catalog_save(NULL, view(path), &error));
    fails(NUTGRAF_ERROR_OPTION, "option", nutgraf_catalog_verify(NULL, &error));
    nutgraf_bytes_free(bytes);
    nutgraf_bytes_free(NULL);
    remove(path);
}

static void entities(const nutgraf_catalog *catalog) {
    nutgraf_entity *entity = NULL;

    ok(nutgraf_catalog_entity(catalog, 0, &entity, &error));
    assert(same(nutgraf_entity_id(entity), "a") && same(nutgraf_entity_name(entity), "Paris"));
    assert(nutgraf_entity_kind_of(entity) == NUTGRAF_PLACE && nutgraf_entity_weight(entity) == 3.0);
    assert(same(nutgraf_entity_description(entity), "a city"));
    assert(same(nutgraf_entity_attribute(entity, view("population")), "2100000"));
    assert(nutgraf_entity_attribute(entity, view("none")).size == 0);
    assert(nutgraf_entity_attribute(NULL, view("none")).size == 0);
    nutgraf_entity_free(entity);
    ok(nutgraf_catalog_entity(catalog, 1, &entity, &error));
    assert(nutgraf_entity_alias_count(entity) == 1 && same(nutgraf_entity_alias(entity, 0), "Paris"));
    assert(nutgraf_entity_weak_alias_count(entity) == 1 && same(nutgraf_entity_weak_alias(entity, 0), "Hilton"));
    assert(nutgraf_entity_alias(entity, 1).size == 0 && nutgraf_entity_weak_alias(entity, 1).size == 0);
    assert(nutgraf_entity_to_json(entity).size > 10);
    nutgraf_entity_free(entity);
    nutgraf_entity_free(NULL);
    fails(NUTGRAF_ERROR_SPAN, "span", nutgraf_catalog_entity(catalog, 2, &entity, &error));
    fails(NUTGRAF_ERROR_OPTION, "option", nutgraf_catalog_entity(NULL, 0, &entity, &error));
    assert(nutgraf_entity_kind_of(NULL) == NUTGRAF_NONE);
}

static void check(const nutgraf_catalog_matches *found, size_t count) {
    assert(nutgraf_catalog_matches_count(found) == count);
    assert(same(nutgraf_catalog_matches_text(found, 0), "Paris Hilton"));
    assert(nutgraf_catalog_matches_span(found, 0).byte_span.start == 3);
    assert(nutgraf_catalog_matches_span(found, 0).char_span.start == 2);
    assert(nutgraf_catalog_matches_found(found, 0) == NUTGRAF_EXACT);
    assert(nutgraf_catalog_matches_weak(found, 0) == 0);
    assert(same(nutgraf_catalog_matches_name(found, count - 1), "Paris"));
    assert(nutgraf_catalog_matches_candidate_count(found, count - 1) == 2);
    assert(same(nutgraf_catalog_matches_candidate_id(found, count - 1, 0), "a"));
    assert(same(nutgraf_catalog_matches_candidate_name(found, count - 1, 1), "Paris Hilton"));
    assert(nutgraf_catalog_matches_candidate_kind(found, count - 1, 1) == NUTGRAF_PERSON);
    assert(nutgraf_catalog_matches_candidate_weight(found, count - 1, 0) == 0.75);
    assert(nutgraf_catalog_matches_candidate_entity(found, count - 1, 1) == 1);
    assert(nutgraf_catalog_matches_candidate_entity(found, count - 1, 2) == SIZE_MAX);
    assert(nutgraf_catalog_matches_candidate_kind(found, 99, 0) == NUTGRAF_NONE);
    assert(nutgraf_catalog_matches_text(found, 99).size == 0 && nutgraf_catalog_matches_name(NULL, 0).size == 0);
    assert(nutgraf_catalog_matches_to_json(found).size > 20 && nutgraf_catalog_matches_to_json(NULL).size == 0);
}

static void finding(const nutgraf_catalog *catalog) {
    nutgraf_find_options *options = NULL;
    nutgraf_catalog_matches *found = NULL;
    nutgraf_catalog_matches_batch *batch = NULL;
    nutgraf_catalog_stream *stream = NULL;
    const nutgraf_entity_kind kinds[] = {NUTGRAF_PERSON, NUTGRAF_PLACE};
    const nutgraf_entity_kind no_kinds[] = {8u};
    const nutgraf_string texts[] = {{TEXT, sizeof TEXT - 1}, {NULL, 0}};
    nutgraf_string bad = {"na\xefve", 5};

    ok(nutgraf_find_options_new(&options, &error));
    ok(nutgraf_find_options_set_overlap(options, NUTGRAF_OVERLAP_LONGEST, &error));
    ok(nutgraf_find_options_set_case(options, NUTGRAF_CASE_SMART, &error));
    ok(nutgraf_find_options_set_weak(options, NUTGRAF_WEAK_ALL, &error));
    ok(nutgraf_find_options_set_kinds(options, kinds, 2, &error));
    fails(NUTGRAF_ERROR_OPTION, "option", nutgraf_find_options_set_overlap(options, 3, &error));
    fails(NUTGRAF_ERROR_OPTION, "option", nutgraf_find_options_set_case(options, 3, &error));
    fails(NUTGRAF_ERROR_OPTION, "option", nutgraf_find_options_set_weak(options, 3, &error));
    fails(NUTGRAF_ERROR_OPTION, "option", nutgraf_find_options_set_kinds(options, no_kinds, 1, &error));
    fails(NUTGRAF_ERROR_OPTION, "option", nutgraf_find_options_set_kinds(options, NULL, 1, &error));
    fails(NUTGRAF_ERROR_OPTION, "option", nutgraf_find_options_set_overlap(NULL, 0, &error));
    ok(nutgraf_catalog_find(catalog, texts[0], NULL, &found, &error));
    check(found, 4);
    nutgraf_catalog_matches_free(found);
    ok(nutgraf_catalog_find_batch(catalog, texts, 2, options, 2, &batch, &error));
    assert(nutgraf_catalog_matches_batch_count(batch) == 2 && nutgraf_catalog_matches_batch_at(batch, 2) == NULL);
    check(nutgraf_catalog_matches_batch_at(batch, 0), 4);
    assert(nutgraf_catalog_matches_count(nutgraf_catalog_matches_batch_at(batch, 1)) == 0);
    nutgraf_catalog_matches_batch_free(batch);
    nutgraf_catalog_matches_batch_free(NULL);
    ok(nutgraf_catalog_find_batch(catalog, NULL, 0, NULL, 1, &batch, &error));
    nutgraf_catalog_matches_batch_free(batch);
    fails(NUTGRAF_ERROR_OPTION, "option", nutgraf_catalog_find_batch(catalog, NULL, 1, NULL, 1, &batch, &error));
    fails(NUTGRAF_ERROR_DOCUMENT, "document", nutgraf_catalog_find(catalog, bad, NULL, &found, &error));
    fails(NUTGRAF_ERROR_OPTION, "option", nutgraf_catalog_find(NULL, texts[0], NULL, &found, &error));

    fails(NUTGRAF_ERROR_OPTION, "option", nutgraf_catalog_stream_new(catalog, NULL, &stream, &error));
    fails(NUTGRAF_ERROR_OPTION, "option", nutgraf_catalog_stream_new(NULL, options, &stream, &error));
    ok(nutgraf_catalog_stream_new(catalog, options, &stream, &error));
    ok(nutgraf_catalog_stream_push(stream, texts[0], &found, &error));
    assert(nutgraf_catalog_matches_count(found) == 0);
    nutgraf_catalog_matches_free(found);
    ok(nutgraf_catalog_stream_finish(stream, &found, &error));
    check(found, 4);
    nutgraf_catalog_matches_free(found);
    fails(NUTGRAF_ERROR_DOCUMENT, "document", nutgraf_catalog_stream_push(stream, bad, &found, &error));
    fails(NUTGRAF_ERROR_OPTION, "option", nutgraf_catalog_stream_push(NULL, bad, &found, &error));
    fails(NUTGRAF_ERROR_OPTION, "option", nutgraf_catalog_stream_finish(NULL, &found, &error));
    nutgraf_catalog_stream_free(stream);
    nutgraf_catalog_stream_free(NULL);
    nutgraf_find_options_free(options);
    nutgraf_find_options_free(NULL);
    nutgraf_catalog_matches_free(NULL);
}

static void changes(const nutgraf_catalog *catalog) {
    nutgraf_catalog *changed = NULL, *fuzzy = NULL, *old = NULL;
    nutgraf_catalog_matches *found = NULL;
    nutgraf_engine *engine = NULL;
    nutgraf_string removed[1], nothing = {NULL, 0};
    const nutgraf_entity_kind person = NUTGRAF_PERSON;

    removed[0] = view("a");
    ok(nutgraf_catalog_with_changes(catalog, view("id,name,kind\nc,Steve Witkoff,person"), NUTGRAF_CSV, removed, 1, &changed, &error));
    assert(nutgraf_catalog_len(changed) == 2 && nutgraf_catalog_len(catalog) == 2);
    ok(nutgraf_catalog_with_fuzzy(changed, &person, 1, &fuzzy, &error));
    ok(nutgraf_catalog_find(fuzzy, view("Paris met Steve Whitthof."), NULL, &found, &error));
    assert(nutgraf_catalog_matches_count(found) == 2);
    assert(same(nutgraf_catalog_matches_candidate_id(found, 0, 0), "b"));
    assert(nutgraf_catalog_matches_found(found, 1) == NUTGRAF_FUZZY);
    assert(same(nutgraf_catalog_matches_name(found, 1), "Steve Witkoff"));
    nutgraf_catalog_matches_free(found);
    fails(NUTGRAF_ERROR_OPTION, "option", nutgraf_catalog_with_fuzzy(NULL, NULL, 0, &old, &error));
    removed[0] = view("z");
    fails(NUTGRAF_ERROR_CATALOG, "catalog", nutgraf_catalog_with_changes(catalog, nothing, NUTGRAF_JSONL, removed, 1, &old, &error));
    fails(NUTGRAF_ERROR_OPTION, "option", nutgraf_catalog_with_changes(catalog, nothing, 7, removed, 0, &old, &error));
    fails(NUTGRAF_ERROR_OPTION, "option", nutgraf_catalog_with_changes(catalog, nothing, 0, NULL, 1, &old, &error));
    fails(NUTGRAF_ERROR_OPTION, "option", nutgraf_catalog_with_changes(NULL, nothing, 0, NULL, 0, &old, &error));

    ok(nutgraf_engine_with_catalog(catalog, &engine, &error));
    ok(nutgraf_engine_swap_catalog(engine, changed, &old, &error));
    ok(nutgraf_catalog_find(old, view("Paris"), NULL, &found, &error));
    assert(nutgraf_catalog_matches_candidate_count(found, 0) == 2);
    nutgraf_catalog_matches_free(found);
    nutgraf_catalog_free(old);
    fails(NUTGRAF_ERROR_OPTION, "option", nutgraf_engine_swap_catalog(engine, NULL, &old, &error));
    fails(NUTGRAF_ERROR_OPTION, "option", nutgraf_engine_swap_catalog(NULL, catalog, &old, &error));
    nutgraf_engine_free(engine);
    nutgraf_catalog_free(fuzzy);
    nutgraf_catalog_free(changed);
}

int main(int argc, char **argv) {
    nutgraf_catalog *catalog = NULL;

    ok(nutgraf_catalog_from_jsonl(view(ROWS), &catalog, &error));
    files(catalog, argc > 1 ? argv[1] : "nutgraf-test.catalog");
    entities(catalog);
    finding(catalog);
    changes(catalog);
    nutgraf_catalog_free(catalog);
    ok(nutgraf_catalog_from_source(view("{\"Brno\":[\"Bruenn\"]}"), NUTGRAF_DICTIONARY, &catalog, &error));
    assert(nutgraf_catalog_len(catalog) == 1);
    nutgraf_catalog_free(catalog);
    nutgraf_catalog_free(NULL);
    fails(NUTGRAF_ERROR_OPTION, "option", nutgraf_catalog_from_source(view("x"), 7, &catalog, &error));
    fails(NUTGRAF_ERROR_CATALOG, "catalog", nutgraf_catalog_from_source(view("id"), NUTGRAF_CSV, &catalog, &error));
    puts("catalog: every promise kept");
    return 0;
}
