/* Runs every vector: vectors FOLDER reads FOLDER/cases.txt (written by the Rust runner from cases.json; lines
 * `key value`, values percent-encoded) and compares each answer with FOLDER/expected/NAME.out. */
#define PROGRAM "vectors"
#include "cases.h"

enum { MOST_DOCUMENTS = 8, MOST_PHRASES = 4 };

/* One case; the first error ends it. */
struct state {
    const char *folder;
    char name[256];
    char job[64];
    char show[16];
    nutgraf_error *error;
    nutgraf_catalog *catalog;
    nutgraf_document *documents[MOST_DOCUMENTS];
    size_t count;
    nutgraf_document *since[MOST_DOCUMENTS];
    size_t since_count;
    nutgraf_tagger *tagger;
    nutgraf_summary_options *limits;
    nutgraf_digest_options *options;
    nutgraf_string phrases[MOST_PHRASES], headline, a, b;
    size_t phrase_count, max_document_bytes, max_tokens, topics, document, sentence;
    int no_discovery, failing;
};

static uint32_t count_bytes(void *context, nutgraf_string text, size_t *count) {
    ++*(size_t *)context;
    *count = text.size;
    return NUTGRAF_OK;
}

static uint32_t fail(void *context, nutgraf_string text, size_t *count) {
    (void)context, (void)text, (void)count;
    return 7;
}

static size_t contexts = 0;

static void release(void *context) {
    contexts--;
    free(context);
}

static void count_by(state *s, nutgraf_counter counter) {
    size_t *calls = (size_t *)calloc(1, sizeof *calls);

    if (!calls) die("no memory in", s->name);
    contexts++;
    nutgraf_summary_options_set_max_tokens(s->limits, s->max_tokens, counter, calls, release, &s->error);
}

static void pin(state *s, const char *numbers, int together) {
    size_t places[4];
    int i;

    for (i = 0; i < 4; i++) places[i] = (size_t)strtoul(numbers, (char **)&numbers, 10);
    (together ? nutgraf_digest_options_pin_together : nutgraf_digest_options_pin_apart)(
        s->options, places[0], places[1], places[2], places[3], &s->error);
}

static void add_document(state *s, nutgraf_string content, int is_page) {
    nutgraf_document **place = &s->documents[s->count++];
    if (s->count > MOST_DOCUMENTS) die("too many documents in", s->name);
    if (is_page) {
        nutgraf_document_from_html(content, place, &s->error);
    } else {
        nutgraf_document_new(content, place, &s->error);
    }
}

static void read_line(state *s, const char *key, char *raw) {
    nutgraf_string value = decode(raw);
    nutgraf_document *last = s->count        ? s->documents[s->count - 1]
                             : s->since_count ? s->since[s->since_count - 1]
                                              : NULL;
    char plain[256] = "";

    if (value.size < sizeof plain) memcpy(plain, value.data, value.size);
    if (s->error) return;
    if (!strcmp(key, "job")) {
        memcpy(s->job, plain, sizeof s->job - 1);
    } else if (!strcmp(key, "catalog_world")) {
        nutgraf_catalog_world(&s->catalog, &s->error);
    } else if (!strcmp(key, "catalog_text")) {
        nutgraf_catalog_from_jsonl(value, &s->catalog, &s->error);
    } else if (!strcmp(key, "catalog_file")) {
        text content = read_file(s->folder, "catalogs/", plain, "");
        nutgraf_string jsonl = {content.data, content.size};
        nutgraf_catalog_from_jsonl(jsonl, &s->catalog, &s->error);
        free(content.data);
    } else if (!strcmp(key, "document_text") || !strcmp(key, "page_text")) {
        add_document(s, value, *key == 'p');
    } else if (!strcmp(key, "document_file") || !strcmp(key, "page_file")) {
        text content = read_file(s->folder, "documents/", plain, "");
        nutgraf_string body = {content.data, content.size};
        add_document(s, body, *key == 'p');
        free(content.data);
    } else if (!strcmp(key, "since_text")) {
        if (s->since_count == MOST_DOCUMENTS) die("too many documents in", s->name);
        nutgraf_document_new(value, &s->since[s->since_count++], &s->error);
    } else if (!strcmp(key, "since_file")) {
        text content = read_file(s->folder, "documents/", plain, "");
        nutgraf_string body = {content.data, content.size};
        if (s->since_count == MOST_DOCUMENTS) die("too many documents in", s->name);
        nutgraf_document_new(body, &s->since[s->since_count++], &s->error);
        free(content.data);
    } else if (!strcmp(key, "show")) {
        memcpy(s->show, plain, sizeof s->show - 1);
    } else if (!strcmp(key, "tagger_built_in")) {
        nutgraf_tagger_built_in(&s->tagger, &s->error);
    } else if (!strcmp(key, "tagger_bytes")) {
        nutgraf_tagger_from_bytes(value, &s->tagger, &s->error);
    } else if (!strcmp(key, "discovery")) {
        s->no_discovery = !strcmp(plain, "false");
    } else if (!strcmp(key, "about")) {
        if (s->phrase_count == MOST_PHRASES) die("too many phrases in", s->name);
        s->phrases[s->phrase_count++] = value;
        nutgraf_summary_options_set_about(s->limits, s->phrases, s->phrase_count, &s->error);
    } else if (!strcmp(key, "about_required")) {
        nutgraf_summary_options_set_about_required(s->limits, !strcmp(plain, "true"), &s->error);
    } else if (!strcmp(key, "pin_together")) {
        pin(s, plain, 1);
    } else if (!strcmp(key, "pin_apart")) {
        pin(s, plain, 0);
    } else if (!strcmp(key, "counter")) {
        /* Comes before the limit: keys are in order. */
        s->failing = !strcmp(plain, "failing");
    } else if (!strcmp(key, "max_tokens")) {
        s->max_tokens = (size_t)strtoul(plain, NULL, 10);
        count_by(s, s->failing ? fail : count_bytes);
    } else if (!strcmp(key, "count")) {
        s->topics = (size_t)strtoul(plain, NULL, 10);
    } else if (!strcmp(key, "document")) {
        s->document = (size_t)strtoul(plain, NULL, 10);
    } else if (!strcmp(key, "sentence")) {
        s->sentence = (size_t)strtoul(plain, NULL, 10);
    } else if (!strcmp(key, "headline")) {
        s->headline = value;
    } else if (!strcmp(key, "a")) {
        s->a = value;
    } else if (!strcmp(key, "b")) {
        s->b = value;
    } else if (!strcmp(key, "id")) {
        nutgraf_document_set_id(last, value, &s->error);
    } else if (!strcmp(key, "title")) {
        nutgraf_document_set_title(last, value, &s->error);
    } else if (!strcmp(key, "source")) {
        nutgraf_document_set_source(last, value, &s->error);
    } else if (!strcmp(key, "published")) {
        nutgraf_document_set_published(last, value, &s->error);
    } else if (!strcmp(key, "max_sentences")) {
        nutgraf_summary_options_set_max_sentences(s->limits, (size_t)strtoul(plain, NULL, 10), &s->error);
    } else if (!strcmp(key, "max_words")) {
        nutgraf_summary_options_set_max_words(s->limits, (size_t)strtoul(plain, NULL, 10), &s->error);
    } else if (!strcmp(key, "max_chars")) {
        nutgraf_summary_options_set_max_chars(s->limits, (size_t)strtoul(plain, NULL, 10), &s->error);
    } else if (!strcmp(key, "max_bytes")) {
        nutgraf_summary_options_set_max_bytes(s->limits, (size_t)strtoul(plain, NULL, 10), &s->error);
    } else if (!strcmp(key, "ratio")) {
        nutgraf_summary_options_set_ratio(s->limits, strtod(plain, NULL), &s->error);
    } else if (!strcmp(key, "max_document_bytes")) {
        s->max_document_bytes = (size_t)strtoul(plain, NULL, 10);
    } else {
        die("unknown key", key);
    }
}

static int equals(const state *s, nutgraf_string prefix, nutgraf_string answer) {
    text expected = read_file(s->folder, "expected/", s->name, ".out");
    int same = expected.size == prefix.size + answer.size + 1 &&
               memcmp(expected.data, prefix.data, prefix.size) == 0 &&
               memcmp(expected.data + prefix.size, answer.data, answer.size) == 0 &&
               expected.data[expected.size - 1] == '\n';
    if (!same) fprintf(stderr, PROGRAM ": %s gave\n%.*s%.*s\n", s->name, (int)prefix.size, prefix.data, (int)answer.size, answer.data);
    free(expected.data);
    return same;
}

/* What the first of the given pages for the wanted form is. */
static nutgraf_string shown(const state *s, nutgraf_string json, nutgraf_string page, nutgraf_string html) {
    if (!s->show[0]) return json;
    if (!strcmp(s->show, "text")) return page;
    if (!strcmp(s->show, "html")) return html;
    die("cannot show as", s->show);
    return json;
}

static int finish(state *s) {
    const nutgraf_document *const *documents = (const nutgraf_document *const *)s->documents;
    nutgraf_engine_builder *builder = NULL;
    nutgraf_engine *engine = NULL;
    nutgraf_matches *matches = NULL;
    nutgraf_summary *summary = NULL;
    nutgraf_digest *digest = NULL;
    nutgraf_explanation *explanation = NULL;
    nutgraf_key_topics *topics = NULL;
    nutgraf_headline_check *check = NULL;
    nutgraf_stories *stories = NULL;
    nutgraf_similarity *similarity = NULL;
    nutgraf_string none = {"", 0}, answer = {"", 0};
    int same;

    if (!s->error && s->since_count) {
        nutgraf_summary_options_set_since(s->limits, (const nutgraf_document *const *)s->since, s->since_count, &s->error);
    }
    if (!s->error) nutgraf_engine_builder_new(s->catalog, &builder, &s->error);
    if (!s->error && s->max_document_bytes) {
        nutgraf_engine_builder_set_max_document_bytes(builder, s->max_document_bytes, &s->error);
    }
    if (!s->error && s->tagger) nutgraf_engine_builder_set_tagger(builder, s->tagger, &s->error);
    if (!s->error && s->no_discovery) nutgraf_engine_builder_without_discovery(builder, &s->error);
    if (!s->error) nutgraf_engine_builder_build(builder, &engine, &s->error);
    if (s->error) {
        /* Told below. */
    } else if (!strcmp(s->job, "match_entities")) {
        nutgraf_engine_match_entities(engine, s->documents[0], &matches, &s->error);
        answer = shown(s, nutgraf_matches_to_json(matches), nutgraf_matches_to_text(matches), nutgraf_matches_to_html(matches));
    } else if (!strcmp(s->job, "summarize")) {
        nutgraf_engine_summarize(engine, s->documents[0], s->limits, &summary, &s->error);
        answer = shown(s, nutgraf_summary_to_json(summary), nutgraf_summary_to_text(summary), nutgraf_summary_to_html(summary));
    } else if (!strcmp(s->job, "summarize_story")) {
        nutgraf_engine_summarize_story(engine, documents, s->count, s->limits, &summary, &s->error);
        answer = shown(s, nutgraf_summary_to_json(summary), nutgraf_summary_to_text(summary), none);
    } else if (!strcmp(s->job, "digest")) {
        nutgraf_digest_options_set_summary(s->options, s->limits, &s->error);
        nutgraf_engine_digest(engine, documents, s->count, s->options, &digest, &s->error);
        answer = !strcmp(s->show, "markdown")
                     ? nutgraf_digest_to_markdown(digest)
                     : shown(s, nutgraf_digest_to_json(digest), nutgraf_digest_to_text(digest), nutgraf_digest_to_html(digest));
    } else if (!strcmp(s->job, "explain")) {
        nutgraf_engine_explain(engine, documents, s->count, s->limits, s->document, s->sentence, &explanation, &s->error);
        answer = shown(s, nutgraf_explanation_to_json(explanation), nutgraf_explanation_to_text(explanation), none);
    } else if (!strcmp(s->job, "key_topics")) {
        nutgraf_engine_key_topics(engine, documents, s->count, s->topics, &topics, &s->error);
        answer = shown(s, nutgraf_key_topics_to_json(topics), nutgraf_key_topics_to_text(topics), none);
    } else if (!strcmp(s->job, "check_headline")) {
        nutgraf_engine_check_headline(engine, documents, s->count, s->headline, &check, &s->error);
        answer = shown(s, nutgraf_headline_check_to_json(check), nutgraf_headline_check_to_text(check), none);
    } else if (!strcmp(s->job, "group_stories")) {
        nutgraf_engine_group_stories(engine, documents, s->count, &stories, &s->error);
        answer = shown(s, nutgraf_stories_to_json(stories), nutgraf_stories_to_text(stories), none);
    } else if (!strcmp(s->job, "name_similarity")) {
        nutgraf_name_similarity(s->a, s->b, &similarity, &s->error);
        answer = shown(s, nutgraf_similarity_to_json(similarity), nutgraf_similarity_to_text(similarity), none);
    } else {
        die("unknown job", s->job);
    }
    if (s->error) {
        char prefix[64];
        nutgraf_string kind = nutgraf_error_kind(s->error), start;
        snprintf(prefix, sizeof prefix, "error %.*s: ", (int)kind.size, kind.data);
        start.data = prefix;
        start.size = strlen(prefix);
        same = equals(s, start, nutgraf_error_message(s->error));
    } else {
        same = equals(s, none, answer);
    }
    nutgraf_matches_free(matches);
    nutgraf_summary_free(summary);
    nutgraf_digest_free(digest);
    nutgraf_explanation_free(explanation);
    nutgraf_key_topics_free(topics);
    nutgraf_headline_check_free(check);
    nutgraf_stories_free(stories);
    nutgraf_similarity_free(similarity);
    nutgraf_engine_free(engine);
    nutgraf_engine_builder_free(builder);
    nutgraf_tagger_free(s->tagger);
    nutgraf_catalog_free(s->catalog);
    nutgraf_summary_options_free(s->limits);
    nutgraf_digest_options_free(s->options);
    nutgraf_error_free(s->error);
    while (s->count) nutgraf_document_free(s->documents[--s->count]);
    while (s->since_count) nutgraf_document_free(s->since[--s->since_count]);
    if (contexts) die("a context was not given back in", s->name);
    return same;
}

static void begin(state *s, const char *folder, const char *name) {
    memset(s, 0, sizeof *s);
    s->folder = folder;
    if (strlen(name) >= sizeof s->name) die("long name", name);
    memcpy(s->name, name, strlen(name));
    nutgraf_summary_options_new(&s->limits, &s->error);
    nutgraf_digest_options_new(&s->options, &s->error);
}

int main(int argc, char **argv) {
    state s;

    memset(&s, 0, sizeof s);
    return run_cases(argc > 1 ? argv[1] : "seeds/vectors", &s);
}
