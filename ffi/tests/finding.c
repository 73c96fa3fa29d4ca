/* Runs the vectors of catalogs: finding FOLDER reads FOLDER/cases.txt (written by the Rust runner from cases.json; lines
 * `key value`, values percent-encoded) and compares each answer with FOLDER/expected/NAME.out. */
#define PROGRAM "finding"
#include "cases.h"

enum { MOST = 64, ROOM = 1 << 20 };

/* One case. */
struct state {
    const char *folder;
    char name[256], job[64], through[64], format[64], add_format[64];
    nutgraf_string source, compiled, open, add, removed[MOST], texts[MOST];
    int has_add, has_remove, has_fuzzy, has_kinds;
    size_t removed_count, text_count, kind_count, fuzzy_count, index, piece;
    nutgraf_entity_kind kinds[MOST], fuzzy[MOST];
    nutgraf_find_options *options;
    nutgraf_catalog *catalog;
    nutgraf_error *error;
    char *answer;
    size_t size;
};

/* The place of a word in a list; one that is not there is told by the number behind the last, which no list has. */
static uint32_t number(const char *const *words, nutgraf_string word) {
    uint32_t at;

    for (at = 0; words[at]; at++) {
        if (strlen(words[at]) == word.size && !memcmp(words[at], word.data, word.size)) return at;
    }
    return at;
}

static const char *const FORMATS[] = {"jsonl", "csv", "tsv", "entity_ruler", "follow_the_money", "dictionary", "skos", NULL};
static const char *const OVERLAPS[] = {"longest", "all", "weight", NULL};
static const char *const LETTERS[] = {"smart", "ignore", "exact", NULL};
static const char *const WEAK[] = {"supported", "all", "none", NULL};
static const char *const KINDS[] = {"person", "organization", "place", "event", "product", "work", "nationality", "other", NULL};

static nutgraf_string view(const char *word) {
    nutgraf_string string;

    string.data = word;
    string.size = strlen(word);
    return string;
}

static void copy(char *to, size_t room, nutgraf_string value) {
    if (value.size >= room) die("long value in", to);
    memcpy(to, value.data, value.size);
    to[value.size] = '\0';
}

static void read_line(state *s, const char *key, char *raw) {
    nutgraf_string value = decode(raw);
    char plain[64] = "";

    if (value.size < sizeof plain) memcpy(plain, value.data, value.size);
    if (!strcmp(key, "job")) copy(s->job, sizeof s->job, value);
    else if (!strcmp(key, "format")) copy(s->format, sizeof s->format, value);
    else if (!strcmp(key, "add_format")) copy(s->add_format, sizeof s->add_format, value);
    else if (!strcmp(key, "through")) copy(s->through, sizeof s->through, value);
    else if (!strcmp(key, "source")) s->source = value;
    else if (!strcmp(key, "compiled")) s->compiled = value;
    else if (!strcmp(key, "open")) s->open = value;
    else if (!strcmp(key, "add")) s->add = value, s->has_add = 1;
    else if (!strcmp(key, "remove")) {
        /* The first of each list is empty and tells that there is one. */
        if (s->has_remove) s->removed[s->removed_count++] = value;
        s->has_remove = 1;
    } else if (!strcmp(key, "fuzzy")) {
        if (s->has_fuzzy) s->fuzzy[s->fuzzy_count++] = number(KINDS, value);
        s->has_fuzzy = 1;
    } else if (!strcmp(key, "kinds")) {
        if (s->has_kinds) s->kinds[s->kind_count++] = number(KINDS, value);
        s->has_kinds = 1;
    } else if (!strcmp(key, "overlap")) {
        if (!s->error) nutgraf_find_options_set_overlap(s->options, number(OVERLAPS, value), &s->error);
    } else if (!strcmp(key, "letters")) {
        if (!s->error) nutgraf_find_options_set_case(s->options, number(LETTERS, value), &s->error);
    } else if (!strcmp(key, "weak")) {
        if (!s->error) nutgraf_find_options_set_weak(s->options, number(WEAK, value), &s->error);
    } else if (!strcmp(key, "text")) {
        if (s->text_count == MOST) die("too many texts in", s->name);
        s->texts[s->text_count++] = value;
    } else if (!strcmp(key, "index")) s->index = (size_t)strtoul(plain, NULL, 10);
    else if (!strcmp(key, "piece")) s->piece = (size_t)strtoul(plain, NULL, 10);
    else die("unknown key", key);
}

static void say(state *s, nutgraf_string words) {
    if (s->size + words.size + 1 > ROOM) die("no room for", s->name);
    memcpy(s->answer + s->size, words.data, words.size);
    s->size += words.size;
}

static void line(state *s, size_t at, nutgraf_string words) {
    if (at > 0) say(s, view("\n"));
    say(s, words);
}

static void make_catalog(state *s) {
    const nutgraf_catalog *old;
    nutgraf_catalog *next = NULL;
    nutgraf_bytes *bytes = NULL;

    if (s->open.size) {
        nutgraf_catalog_open(s->open, 1, &s->catalog, &s->error);
    } else if (s->compiled.size) {
        nutgraf_catalog_from_bytes(s->compiled, 1, &s->catalog, &s->error);
    } else if (s->source.size == 5 && !memcmp(s->source.data, "world", 5)) {
        nutgraf_catalog_world(&s->catalog, &s->error);
    } else {
        nutgraf_catalog_from_source(s->source, number(FORMATS, view(s->format)), &s->catalog, &s->error);
    }
    if (!s->error && (s->has_add || s->has_remove)) {
        old = s->catalog;
        nutgraf_catalog_with_changes(old, s->add, number(FORMATS, view(s->add_format)), s->removed, s->removed_count, &next, &s->error);
        nutgraf_catalog_free(s->catalog);
        s->catalog = next;
    }
    if (!s->error && s->has_fuzzy) {
        nutgraf_catalog_with_fuzzy(s->catalog, s->fuzzy, s->fuzzy_count, &next, &s->error);
        nutgraf_catalog_free(s->catalog);
        s->catalog = next;
    }
    if (!s->error && s->through[0]) {
        nutgraf_catalog_to_bytes(s->catalog, &bytes, &s->error);
        nutgraf_catalog_free(s->catalog);
        s->catalog = NULL;
        nutgraf_catalog_from_bytes(nutgraf_bytes_view(bytes), !strcmp(s->through, "bytes"), &s->catalog, &s->error);
        nutgraf_bytes_free(bytes);
    }
}

/* All pieces of a stream in one list, as one JSON: the parts between the brackets joined. */
static void stream(state *s) {
    static const char START[] = "{\"schema\":1,\"matches\":[";
    nutgraf_catalog_stream *stream = NULL;
    size_t at, from;

    nutgraf_catalog_stream_new(s->catalog, s->options, &stream, &s->error);
    for (at = 0; at < s->text_count && !s->error; at++) {
        int ended = 0, first = 1;
        line(s, at, view(START));
        for (from = 0; !ended && !s->error;) {
            nutgraf_catalog_matches *found = NULL;
            nutgraf_string piece, json;
            piece.data = s->texts[at].data + from;
            piece.size = s->texts[at].size - from < s->piece ? s->texts[at].size - from : s->piece;
            ended = piece.size == 0;
            from += piece.size;
            if (ended) nutgraf_catalog_stream_finish(stream, &found, &s->error);
            else nutgraf_catalog_stream_push(stream, piece, &found, &s->error);
            json = nutgraf_catalog_matches_to_json(found);
            if (nutgraf_catalog_matches_count(found) > 0) {
                if (!first) say(s, view(","));
                first = 0;
                json.data += strlen(START);
                json.size -= strlen(START) + 2;
                say(s, json);
            }
            nutgraf_catalog_matches_free(found);
        }
        say(s, view("]}"));
    }
    nutgraf_catalog_stream_free(stream);
}

static void run(state *s) {
    nutgraf_catalog_matches *found = NULL;
    nutgraf_catalog_matches_batch *batch = NULL;
    nutgraf_entity *entity = NULL;
    char counts[128];
    size_t at;

    if (!strcmp(s->job, "find") || !strcmp(s->job, "find_iter")) {
        for (at = 0; at < s->text_count && !s->error; at++) {
            nutgraf_catalog_find(s->catalog, s->texts[at], s->options, &found, &s->error);
            line(s, at, nutgraf_catalog_matches_to_json(found));
            nutgraf_catalog_matches_free(found);
        }
    } else if (!strcmp(s->job, "find_batch")) {
        nutgraf_catalog_find_batch(s->catalog, s->texts, s->text_count, s->options, 2, &batch, &s->error);
        for (at = 0; at < nutgraf_catalog_matches_batch_count(batch); at++) {
            line(s, at, nutgraf_catalog_matches_to_json(nutgraf_catalog_matches_batch_at(batch, at)));
        }
        nutgraf_catalog_matches_batch_free(batch);
    } else if (!strcmp(s->job, "find_in_reader")) {
        stream(s);
    } else if (!strcmp(s->job, "entity")) {
        nutgraf_catalog_entity(s->catalog, s->index, &entity, &s->error);
        say(s, nutgraf_entity_to_json(entity));
        nutgraf_entity_free(entity);
    } else if (!strcmp(s->job, "info")) {
        nutgraf_catalog_info info = nutgraf_catalog_info_of(s->catalog);
        snprintf(counts, sizeof counts, "%zu %zu %zu %zu", info.entities, info.names, info.shared_names, info.duplicate_names);
        say(s, view(counts));
    } else {
        die("unknown job", s->job);
    }
}

static int finish(state *s) {
    text expected = read_file(s->folder, "expected/", s->name, ".out");
    nutgraf_error *choice = s->error;
    int same;

    s->error = NULL;
    make_catalog(s);
    if (!s->error) {
        s->error = choice;
        choice = NULL;
    }
    if (!s->error && s->has_kinds) nutgraf_find_options_set_kinds(s->options, s->kinds, s->kind_count, &s->error);
    if (!s->error) run(s);
    if (s->error) {
        s->size = 0;
        say(s, view("error "));
        say(s, nutgraf_error_kind(s->error));
        say(s, view(": "));
        say(s, nutgraf_error_message(s->error));
    }
    say(s, view("\n"));
    /* A word that is not known is a number in C: the kind of error is the same, the message tells numbers. */
    same = s->size == expected.size && memcmp(s->answer, expected.data, s->size) == 0;
    if (!same && s->error && nutgraf_error_status(s->error) == NUTGRAF_ERROR_OPTION) {
        static const char START[] = "error option: ";
        const char *known = " is not known; accepted are ";
        s->answer[s->size - 1] = '\0';
        same = strstr(s->answer, known) && !memcmp(s->answer, START, strlen(START)) &&
               expected.size > strlen(START) && !memcmp(expected.data, START, strlen(START));
    }
    if (!same) fprintf(stderr, PROGRAM ": %s gave\n%.*s\n", s->name, (int)s->size, s->answer);
    free(expected.data);
    nutgraf_error_free(choice);
    nutgraf_error_free(s->error);
    nutgraf_catalog_free(s->catalog);
    nutgraf_find_options_free(s->options);
    return same;
}

static char answer[ROOM];

static void begin(state *s, const char *folder, const char *name) {
    memset(s, 0, sizeof *s);
    s->folder = folder;
    s->answer = answer;
    copy(s->name, sizeof s->name, view(name));
    strcpy(s->format, "jsonl");
    strcpy(s->add_format, "jsonl");
    nutgraf_find_options_new(&s->options, &s->error);
}

int main(int argc, char **argv) {
    state s;

    memset(&s, 0, sizeof s);
    return run_cases(argc > 1 ? argv[1] : "seeds/vectors/finding", &s);
}
