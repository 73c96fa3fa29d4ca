/* nutgraf reads news in-process: who is in it, what it says, and where the sources disagree.
 *
 * Handles are opaque. What a function hands over through an out-pointer is the caller's, to be given back with the
 * _free function of its type; _free(NULL) does nothing. What a function returns (strings, handles inside handles) is
 * borrowed and lives as long as the handle it came from. Handles may be used from several threads at once, except
 * while one of them is changed (_set) or freed.
 *
 * Fallible functions return NUTGRAF_OK or another status, set *out to NULL first, and where error is not NULL set
 * *error to NULL, or to an error that the caller frees. Text is UTF-8 with a size and need not end in NUL.
 * Accessors given NULL or an index past the end return 0, NUTGRAF_NONE, NULL or an empty string.
 */
#ifndef NUTGRAF_H
#define NUTGRAF_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Values ---- */

/* Text: size bytes of UTF-8; data may be NULL when size is 0. */
typedef struct nutgraf_string {
    const char *data;
    size_t size;
} nutgraf_string;

/* A half-open piece. */
typedef struct nutgraf_range {
    size_t start;
    size_t end;
} nutgraf_range;

/* The same piece of a document's text in bytes and in Unicode code points. */
typedef struct nutgraf_span {
    nutgraf_range byte_span;
    nutgraf_range char_span;
} nutgraf_span;

/* What a fallible function returns. */
typedef uint32_t nutgraf_status;
#define NUTGRAF_OK 0u
#define NUTGRAF_ERROR_OPTION 1u   /* an option or argument has a value that is not accepted */
#define NUTGRAF_ERROR_CATALOG 2u  /* a catalog's source has a row that is not accepted */
#define NUTGRAF_ERROR_FILE 3u     /* a compiled file is damaged, truncated or of an unknown version */
#define NUTGRAF_ERROR_DOCUMENT 4u /* a document is not accepted */
#define NUTGRAF_ERROR_LIMIT 5u    /* an input is larger than a documented limit */
#define NUTGRAF_ERROR_IO 6u       /* the operating system could not read or write */
#define NUTGRAF_ERROR_SPAN 7u     /* a span or an index does not lie inside what it refers to */
#define NUTGRAF_ERROR_CALLBACK 8u /* a caller's own function failed */
#define NUTGRAF_ERROR_PANIC 100u  /* an invariant of the library was broken; please report it */

/* What sort of thing is named. */
typedef uint32_t nutgraf_entity_kind;
#define NUTGRAF_PERSON 0u
#define NUTGRAF_ORGANIZATION 1u
#define NUTGRAF_PLACE 2u
#define NUTGRAF_EVENT 3u
#define NUTGRAF_PRODUCT 4u
#define NUTGRAF_WORK 5u
#define NUTGRAF_NATIONALITY 6u
#define NUTGRAF_OTHER 7u

/* How a mention was found. */
typedef uint32_t nutgraf_found;
#define NUTGRAF_EXACT 0u
#define NUTGRAF_FOLDED 1u
#define NUTGRAF_SHORT_FORM 2u
#define NUTGRAF_FUZZY 3u
#define NUTGRAF_DISCOVERED 4u

/* What the words of a quotation are. */
typedef uint32_t nutgraf_quote_kind;
#define NUTGRAF_DIRECT 0u   /* words between marks, attributed to someone */
#define NUTGRAF_INDIRECT 1u /* reported speech without marks */
#define NUTGRAF_SCARE 2u    /* a coined term, title or nickname between marks */

/* How statements of the same thing stand to each other. */
typedef uint32_t nutgraf_relation;
#define NUTGRAF_AGREE 0u
#define NUTGRAF_DIFFER 1u
#define NUTGRAF_REVISED 2u
#define NUTGRAF_DIFFERENT_EVENT 3u

/* How the source of a catalog is written. */
typedef uint32_t nutgraf_catalog_format;
#define NUTGRAF_JSONL 0u            /* an object a line: "id", "name", "kind", "aliases", "weak_aliases", "weight", ... */
#define NUTGRAF_CSV 1u              /* the same keys as columns, aliases separated by | */
#define NUTGRAF_TSV 2u              /* the same, separated by tabs */
#define NUTGRAF_ENTITY_RULER 3u     /* patterns of spaCy's EntityRuler */
#define NUTGRAF_FOLLOW_THE_MONEY 4u /* FollowTheMoney entities */
#define NUTGRAF_DICTIONARY 5u       /* an object from each name to its aliases, or lines alias=>name */
#define NUTGRAF_SKOS 6u             /* a SKOS vocabulary in Turtle, N-Triples or JSON-LD */

/* Which of several overlapping names are reported. */
typedef uint32_t nutgraf_overlap;
#define NUTGRAF_OVERLAP_LONGEST 0u /* the first, and of those the longest */
#define NUTGRAF_OVERLAP_ALL 1u     /* every name, nested and overlapping ones too */
#define NUTGRAF_OVERLAP_WEIGHT 2u  /* the name whose best owner weighs most */

/* How far a surface must agree with a name in capital and small letters. */
typedef uint32_t nutgraf_case_matching;
#define NUTGRAF_CASE_SMART 0u  /* judged by the name */
#define NUTGRAF_CASE_IGNORE 1u /* not at all */
#define NUTGRAF_CASE_EXACT 2u  /* in every letter */

/* What becomes of weak names: weak aliases, and names with a bare s after them. */
typedef uint32_t nutgraf_weak_names;
#define NUTGRAF_WEAK_SUPPORTED 0u /* they count when an owner is named otherwise in the text */
#define NUTGRAF_WEAK_ALL 1u       /* they count like other names */
#define NUTGRAF_WEAK_NONE 2u      /* they never count */

/* There is no such value. */
#define NUTGRAF_NONE UINT32_MAX

/* What a catalog holds: entities, distinct spellings, spellings that several entities own, names that an entity listed
 * more than once, and the size of the compiled form and of the part that finding reads. */
typedef struct nutgraf_catalog_info {
    size_t entities;
    size_t names;
    size_t shared_names;
    size_t duplicate_names;
    size_t bytes;
    size_t index_bytes;
} nutgraf_catalog_info;

typedef struct nutgraf_error nutgraf_error;
typedef struct nutgraf_document nutgraf_document;
typedef struct nutgraf_catalog nutgraf_catalog;
typedef struct nutgraf_entity nutgraf_entity;
typedef struct nutgraf_bytes nutgraf_bytes;
typedef struct nutgraf_find_options nutgraf_find_options;
typedef struct nutgraf_catalog_matches nutgraf_catalog_matches;
typedef struct nutgraf_catalog_matches_batch nutgraf_catalog_matches_batch;
typedef struct nutgraf_catalog_stream nutgraf_catalog_stream;
typedef struct nutgraf_similarity nutgraf_similarity;
typedef struct nutgraf_tagger nutgraf_tagger;
typedef struct nutgraf_engine nutgraf_engine;
typedef struct nutgraf_engine_builder nutgraf_engine_builder;
typedef struct nutgraf_summary_options nutgraf_summary_options;
typedef struct nutgraf_digest_options nutgraf_digest_options;
typedef struct nutgraf_matches nutgraf_matches;
typedef struct nutgraf_summary nutgraf_summary;
typedef struct nutgraf_digest nutgraf_digest;
typedef struct nutgraf_explanation nutgraf_explanation;
typedef struct nutgraf_key_topics nutgraf_key_topics;
typedef struct nutgraf_headline_check nutgraf_headline_check;
typedef struct nutgraf_stories nutgraf_stories;
typedef struct nutgraf_matches_batch nutgraf_matches_batch;
typedef struct nutgraf_summary_batch nutgraf_summary_batch;
typedef struct nutgraf_digest_batch nutgraf_digest_batch;

/* The version of the library, such as "0.1.0". */
nutgraf_string nutgraf_version(void);

/* ---- Errors ---- */

nutgraf_status nutgraf_error_status(const nutgraf_error *error);
/* The word for the status: "option", "catalog", "file", "document", "limit", "io", "span", "callback", "panic". */
nutgraf_string nutgraf_error_kind(const nutgraf_error *error);
/* What was wrong, where, and what is accepted. */
nutgraf_string nutgraf_error_message(const nutgraf_error *error);
void nutgraf_error_free(nutgraf_error *error);

/* ---- Documents: one article each ---- */

/* Copies the text; fails with NUTGRAF_ERROR_DOCUMENT when it is not UTF-8. */
nutgraf_status nutgraf_document_new(nutgraf_string text, nutgraf_document **out, nutgraf_error **error);
/* Reads a web page: what its reader sees becomes the text, and its structure tells the article from menus, captions and
 * notices. Title, outlet and day of publication are taken from the page where it names them. */
nutgraf_status nutgraf_document_from_html(nutgraf_string html, nutgraf_document **out, nutgraf_error **error);
/* Reads a JSON object: "text", or "html" for a web page, and where known "id", "title", "source", "published". */
nutgraf_status nutgraf_document_from_json(nutgraf_string json, nutgraf_document **out, nutgraf_error **error);
/* Names the document; a digest carries this id. */
nutgraf_status nutgraf_document_set_id(nutgraf_document *document, nutgraf_string id, nutgraf_error **error);
/* Gives the headline when it is known apart from the text. */
nutgraf_status nutgraf_document_set_title(nutgraf_document *document, nutgraf_string title, nutgraf_error **error);
/* Names the outlet. */
nutgraf_status nutgraf_document_set_source(nutgraf_document *document, nutgraf_string source, nutgraf_error **error);
/* Gives the day of publication, "YYYY-MM-DD", against which "Tuesday" is resolved. */
nutgraf_status nutgraf_document_set_published(nutgraf_document *document, nutgraf_string published,
                                              nutgraf_error **error);
/* The text that the spans of all results refer to; for a web page what was read of it. Borrowed from the document. */
nutgraf_string nutgraf_document_text(const nutgraf_document *document);
/* The headline, given or read from the page; empty when none is known. */
nutgraf_string nutgraf_document_title(const nutgraf_document *document);
void nutgraf_document_free(nutgraf_document *document);

/* ---- Catalogs: the names to look for ---- */

/* The built-in catalog of states, cities, offices and organizations. */
nutgraf_status nutgraf_catalog_world(nutgraf_catalog **out, nutgraf_error **error);
/* Reads JSON lines: "id", "name", "kind", and where wanted "aliases", "weak_aliases", "description", "weight". */
nutgraf_status nutgraf_catalog_from_jsonl(nutgraf_string jsonl, nutgraf_catalog **out, nutgraf_error **error);
/* Reads a source in one of the formats. */
nutgraf_status nutgraf_catalog_from_source(nutgraf_string source, nutgraf_catalog_format format, nutgraf_catalog **out,
                                           nutgraf_error **error);
/* Opens a compiled catalog by memory map, in constant time; processes that open one file share its pages. Every access
 * is checked: a damaged file gives wrong answers at worst, and verify (1) proves it whole first. While it is open, a
 * file may be replaced by renaming another one over it, as nutgraf_catalog_save does, and must not be written or cut
 * short in place, which ends the process on most systems; where that cannot be ruled out, use nutgraf_catalog_read. */
nutgraf_status nutgraf_catalog_open(nutgraf_string path, uint32_t verify, nutgraf_catalog **out, nutgraf_error **error);
/* Reads a compiled catalog into memory and proves it whole. */
nutgraf_status nutgraf_catalog_read(nutgraf_string path, nutgraf_catalog **out, nutgraf_error **error);
/* Copies the bytes of a compiled catalog; verify (1) proves them whole. */
nutgraf_status nutgraf_catalog_from_bytes(nutgraf_string bytes, uint32_t verify, nutgraf_catalog **out,
                                          nutgraf_error **error);
/* The same catalog without the entities of count ids, and with those of a source (empty adds none) behind the others.
 * It finds what a catalog built anew of these entities finds, and shares the bytes of the one below. */
nutgraf_status nutgraf_catalog_with_changes(const nutgraf_catalog *catalog, nutgraf_string add,
                                            nutgraf_catalog_format format, const nutgraf_string *remove, size_t count,
                                            nutgraf_catalog **out, nutgraf_error **error);
/* The same catalog, finding misspelt names of entities of these kinds too. */
nutgraf_status nutgraf_catalog_with_fuzzy(const nutgraf_catalog *catalog, const nutgraf_entity_kind *kinds,
                                          size_t count, nutgraf_catalog **out, nutgraf_error **error);
/* Writes the compiled form to a file, which appears whole or not at all. */
nutgraf_status nutgraf_catalog_save(const nutgraf_catalog *catalog, nutgraf_string path, nutgraf_error **error);
/* Hands over the compiled form: the same bytes for the same entities in the same order. */
nutgraf_status nutgraf_catalog_to_bytes(const nutgraf_catalog *catalog, nutgraf_bytes **out, nutgraf_error **error);
nutgraf_string nutgraf_bytes_view(const nutgraf_bytes *bytes);
void nutgraf_bytes_free(nutgraf_bytes *bytes);
/* Proves the compiled form whole, in time linear in its size. */
nutgraf_status nutgraf_catalog_verify(const nutgraf_catalog *catalog, nutgraf_error **error);
/* The number of entities. */
size_t nutgraf_catalog_len(const nutgraf_catalog *catalog);
nutgraf_catalog_info nutgraf_catalog_info_of(const nutgraf_catalog *catalog);
void nutgraf_catalog_free(nutgraf_catalog *catalog);

/* An entity by its index in the order of the source; NUTGRAF_ERROR_SPAN when there are fewer. */
nutgraf_status nutgraf_catalog_entity(const nutgraf_catalog *catalog, size_t index, nutgraf_entity **out,
                                      nutgraf_error **error);
nutgraf_string nutgraf_entity_id(const nutgraf_entity *entity);
nutgraf_string nutgraf_entity_name(const nutgraf_entity *entity);
nutgraf_entity_kind nutgraf_entity_kind_of(const nutgraf_entity *entity);
double nutgraf_entity_weight(const nutgraf_entity *entity);
nutgraf_string nutgraf_entity_description(const nutgraf_entity *entity);
size_t nutgraf_entity_alias_count(const nutgraf_entity *entity);
nutgraf_string nutgraf_entity_alias(const nutgraf_entity *entity, size_t index);
size_t nutgraf_entity_weak_alias_count(const nutgraf_entity *entity);
nutgraf_string nutgraf_entity_weak_alias(const nutgraf_entity *entity, size_t index);
/* A further key of the row, its value as JSON; empty when there is none. */
nutgraf_string nutgraf_entity_attribute(const nutgraf_entity *entity, nutgraf_string key);
/* The row as a line of JSON, as nutgraf_catalog_from_jsonl reads it. */
nutgraf_string nutgraf_entity_to_json(const nutgraf_entity *entity);
void nutgraf_entity_free(nutgraf_entity *entity);

/* How names are found: longest, smart, supported and all kinds unless set. */
nutgraf_status nutgraf_find_options_new(nutgraf_find_options **out, nutgraf_error **error);
nutgraf_status nutgraf_find_options_set_overlap(nutgraf_find_options *options, nutgraf_overlap overlap,
                                                nutgraf_error **error);
nutgraf_status nutgraf_find_options_set_case(nutgraf_find_options *options, nutgraf_case_matching case_matching,
                                             nutgraf_error **error);
nutgraf_status nutgraf_find_options_set_weak(nutgraf_find_options *options, nutgraf_weak_names weak,
                                             nutgraf_error **error);
/* Reports only names that an entity of one of these kinds owns. */
nutgraf_status nutgraf_find_options_set_kinds(nutgraf_find_options *options, const nutgraf_entity_kind *kinds,
                                              size_t count, nutgraf_error **error);
void nutgraf_find_options_free(nutgraf_find_options *options);

/* The bare matcher: finds the catalog's names in text order, without discovery or resolution. */
nutgraf_status nutgraf_catalog_find(const nutgraf_catalog *catalog, nutgraf_string text,
                                    const nutgraf_find_options *options, nutgraf_catalog_matches **out,
                                    nutgraf_error **error);
/* The same for many texts on up to so many threads; results keep the order. */
nutgraf_status nutgraf_catalog_find_batch(const nutgraf_catalog *catalog, const nutgraf_string *texts, size_t count,
                                          const nutgraf_find_options *options, size_t threads,
                                          nutgraf_catalog_matches_batch **out, nutgraf_error **error);
size_t nutgraf_catalog_matches_batch_count(const nutgraf_catalog_matches_batch *batch);
const nutgraf_catalog_matches *nutgraf_catalog_matches_batch_at(const nutgraf_catalog_matches_batch *batch,
                                                                size_t index);
void nutgraf_catalog_matches_batch_free(nutgraf_catalog_matches_batch *batch);
/* The same for a stream in bounded memory: push takes the next bytes, cut anywhere, and hands over the matches that no
 * later byte can change; finish hands over the rest, after which another stream may begin. Spans count from the
 * beginning of the stream. Options must choose weak names all or none, and overlap longest or all. */
nutgraf_status nutgraf_catalog_stream_new(const nutgraf_catalog *catalog, const nutgraf_find_options *options,
                                          nutgraf_catalog_stream **out, nutgraf_error **error);
nutgraf_status nutgraf_catalog_stream_push(nutgraf_catalog_stream *stream, nutgraf_string bytes,
                                           nutgraf_catalog_matches **out, nutgraf_error **error);
nutgraf_status nutgraf_catalog_stream_finish(nutgraf_catalog_stream *stream, nutgraf_catalog_matches **out,
                                             nutgraf_error **error);
void nutgraf_catalog_stream_free(nutgraf_catalog_stream *stream);

/* The matches as JSON of schema 1: one line, the same bytes in every language. */
nutgraf_string nutgraf_catalog_matches_to_json(const nutgraf_catalog_matches *matches);
size_t nutgraf_catalog_matches_count(const nutgraf_catalog_matches *matches);
nutgraf_span nutgraf_catalog_matches_span(const nutgraf_catalog_matches *matches, size_t index);
nutgraf_string nutgraf_catalog_matches_text(const nutgraf_catalog_matches *matches, size_t index);
nutgraf_found nutgraf_catalog_matches_found(const nutgraf_catalog_matches *matches, size_t index);
/* 1 when the name alone does not prove the entity. */
uint32_t nutgraf_catalog_matches_weak(const nutgraf_catalog_matches *matches, size_t index);
/* The catalog's spelling; for NUTGRAF_FUZZY the name that the text misspells. */
nutgraf_string nutgraf_catalog_matches_name(const nutgraf_catalog_matches *matches, size_t index);
/* The entities that own the name, best first. */
size_t nutgraf_catalog_matches_candidate_count(const nutgraf_catalog_matches *matches, size_t index);
nutgraf_string nutgraf_catalog_matches_candidate_id(const nutgraf_catalog_matches *matches, size_t index,
                                                    size_t candidate);
nutgraf_string nutgraf_catalog_matches_candidate_name(const nutgraf_catalog_matches *matches, size_t index,
                                                      size_t candidate);
nutgraf_entity_kind nutgraf_catalog_matches_candidate_kind(const nutgraf_catalog_matches *matches, size_t index,
                                                           size_t candidate);
double nutgraf_catalog_matches_candidate_weight(const nutgraf_catalog_matches *matches, size_t index,
                                                size_t candidate);
/* The index of the entity in the catalog; SIZE_MAX when there is no such candidate. */
size_t nutgraf_catalog_matches_candidate_entity(const nutgraf_catalog_matches *matches, size_t index,
                                                size_t candidate);
void nutgraf_catalog_matches_free(nutgraf_catalog_matches *matches);

/* The bare name comparison: how alike two names are, 0 to 1, and whether they may be one. */
nutgraf_status nutgraf_name_similarity(nutgraf_string a, nutgraf_string b, nutgraf_similarity **out,
                                       nutgraf_error **error);
/* One line of JSON, and a page for a terminal. */
nutgraf_string nutgraf_similarity_to_json(const nutgraf_similarity *similarity);
nutgraf_string nutgraf_similarity_to_text(const nutgraf_similarity *similarity);
double nutgraf_similarity_score(const nutgraf_similarity *similarity);
/* 1 or 0. */
uint32_t nutgraf_similarity_is_same(const nutgraf_similarity *similarity);
/* What adds to the score and what takes from it; the values sum to the score. */
size_t nutgraf_similarity_reason_count(const nutgraf_similarity *similarity);
nutgraf_string nutgraf_similarity_reason_name(const nutgraf_similarity *similarity, size_t index);
double nutgraf_similarity_reason_value(const nutgraf_similarity *similarity, size_t index);
void nutgraf_similarity_free(nutgraf_similarity *similarity);

/* ---- Options; NULL in their place means the defaults ---- */

nutgraf_status nutgraf_summary_options_new(nutgraf_summary_options **out, nutgraf_error **error);
/* Every limit that is set is kept; the tightest decides. Values are checked by the job. */
nutgraf_status nutgraf_summary_options_set_max_sentences(nutgraf_summary_options *options, size_t max_sentences,
                                                         nutgraf_error **error);
nutgraf_status nutgraf_summary_options_set_max_words(nutgraf_summary_options *options, size_t max_words,
                                                     nutgraf_error **error);
nutgraf_status nutgraf_summary_options_set_max_chars(nutgraf_summary_options *options, size_t max_chars,
                                                     nutgraf_error **error);
nutgraf_status nutgraf_summary_options_set_max_bytes(nutgraf_summary_options *options, size_t max_bytes,
                                                     nutgraf_error **error);
/* At most this share of the body's words, more than 0 and at most 1. */
nutgraf_status nutgraf_summary_options_set_ratio(nutgraf_summary_options *options, double ratio,
                                                 nutgraf_error **error);
/* Counts the units of a text in the caller's own way, such as the tokens of a language model: writes the number to
 * *count and returns NUTGRAF_OK, or returns another number to end the job with NUTGRAF_ERROR_CALLBACK. The text is
 * lent for the call. Batch jobs call it from several threads at once. */
typedef uint32_t (*nutgraf_counter)(void *context, nutgraf_string text, size_t *count);
/* At most so many units as the counter counts them; neither the sum of the sentences, with one unit between two, nor
 * the summary as a whole exceeds it. release, where not NULL, is called once with the context when the options and
 * all copies of them are gone; on failure the context stays the caller's. */
nutgraf_status nutgraf_summary_options_set_max_tokens(nutgraf_summary_options *options, size_t max_tokens,
                                                      nutgraf_counter counter, void *context,
                                                      void (*release)(void *context), nutgraf_error **error);
/* Prefers sentences on these names or phrases, which are copied; replaces those set before. */
nutgraf_status nutgraf_summary_options_set_about(nutgraf_summary_options *options, const nutgraf_string *phrases,
                                                 size_t count, nutgraf_error **error);
/* When not 0, admits no sentence that names none of them. */
nutgraf_status nutgraf_summary_options_set_about_required(nutgraf_summary_options *options, uint32_t required,
                                                          nutgraf_error **error);
/* Leaves out what these documents, already read, say; they may be freed afterwards. */
nutgraf_status nutgraf_summary_options_set_since(nutgraf_summary_options *options,
                                                 const nutgraf_document *const *documents, size_t count,
                                                 nutgraf_error **error);
void nutgraf_summary_options_free(nutgraf_summary_options *options);

nutgraf_status nutgraf_digest_options_new(nutgraf_digest_options **out, nutgraf_error **error);
/* Sets the budget of the digest's summary; the options are copied. */
nutgraf_status nutgraf_digest_options_set_summary(nutgraf_digest_options *options,
                                                  const nutgraf_summary_options *summary, nutgraf_error **error);
/* Reads the articles on up to so many threads, one unless set; the digest is the same to the byte. */
nutgraf_status nutgraf_digest_options_set_threads(nutgraf_digest_options *options, size_t threads,
                                                  nutgraf_error **error);
/* Says that two mentions stand for one entity, or for different ones, whatever their names. Each is named by the index
 * of its document and a byte inside it; a place without a mention is passed over. */
nutgraf_status nutgraf_digest_options_pin_together(nutgraf_digest_options *options, size_t first_document,
                                                   size_t first_byte, size_t second_document, size_t second_byte,
                                                   nutgraf_error **error);
nutgraf_status nutgraf_digest_options_pin_apart(nutgraf_digest_options *options, size_t first_document,
                                                size_t first_byte, size_t second_document, size_t second_byte,
                                                nutgraf_error **error);
void nutgraf_digest_options_free(nutgraf_digest_options *options);

/* ---- The engine and its jobs ---- */

/* An engine on the built-in world catalog. */
nutgraf_status nutgraf_engine_new(nutgraf_engine **out, nutgraf_error **error);
/* An engine on a catalog of one's own, which may be freed afterwards. */
nutgraf_status nutgraf_engine_with_catalog(const nutgraf_catalog *catalog, nutgraf_engine **out,
                                           nutgraf_error **error);
/* Replaces the catalog and hands over the one that the engine had. Other threads may go on calling: every call works
 * with the catalog that stood when it began. */
nutgraf_status nutgraf_engine_swap_catalog(const nutgraf_engine *engine, const nutgraf_catalog *catalog,
                                           nutgraf_catalog **out, nutgraf_error **error);
void nutgraf_engine_free(nutgraf_engine *engine);

/* Settings of an engine on a catalog (NULL is the built-in one). */
nutgraf_status nutgraf_engine_builder_new(const nutgraf_catalog *catalog, nutgraf_engine_builder **out,
                                          nutgraf_error **error);
/* The largest document accepted, in bytes; 256 MiB unless set. */
nutgraf_status nutgraf_engine_builder_set_max_document_bytes(nutgraf_engine_builder *builder, size_t bytes,
                                                             nutgraf_error **error);
/* Discovers names by the weights of this tagger, which may be freed afterwards; the built-in one unless set. */
nutgraf_status nutgraf_engine_builder_set_tagger(nutgraf_engine_builder *builder, const nutgraf_tagger *tagger,
                                                 nutgraf_error **error);
/* Leaves discovery out: only the catalog's names, and shorter forms of them, are found. */
nutgraf_status nutgraf_engine_builder_without_discovery(nutgraf_engine_builder *builder, nutgraf_error **error);
/* The builder may be used again. */
nutgraf_status nutgraf_engine_builder_build(const nutgraf_engine_builder *builder, nutgraf_engine **out,
                                            nutgraf_error **error);
void nutgraf_engine_builder_free(nutgraf_engine_builder *builder);

/* The tagger that is compiled into the library. */
nutgraf_status nutgraf_tagger_built_in(nutgraf_tagger **out, nutgraf_error **error);
/* Weights that the trainer wrote, copied; fails with NUTGRAF_ERROR_CATALOG when they are damaged. */
nutgraf_status nutgraf_tagger_from_bytes(nutgraf_string weights, nutgraf_tagger **out, nutgraf_error **error);
void nutgraf_tagger_free(nutgraf_tagger *tagger);

/* Finds who and what is named in one document. */
nutgraf_status nutgraf_engine_match_entities(const nutgraf_engine *engine, const nutgraf_document *document,
                                             nutgraf_matches **out, nutgraf_error **error);
/* Chooses the sentences of one document that say most. */
nutgraf_status nutgraf_engine_summarize(const nutgraf_engine *engine, const nutgraf_document *document,
                                        const nutgraf_summary_options *options, nutgraf_summary **out,
                                        nutgraf_error **error);
/* Reads several articles on one story. */
nutgraf_status nutgraf_engine_digest(const nutgraf_engine *engine, const nutgraf_document *const *documents,
                                     size_t count, const nutgraf_digest_options *options, nutgraf_digest **out,
                                     nutgraf_error **error);

/* Chooses the sentences of several documents on one story that together say most. */
nutgraf_status nutgraf_engine_summarize_story(const nutgraf_engine *engine, const nutgraf_document *const *documents,
                                              size_t count, const nutgraf_summary_options *options,
                                              nutgraf_summary **out, nutgraf_error **error);
/* Explains why a sentence is or is not part of that summary (of one document when count is 1). Documents and
 * sentences are counted from 0, headings and noise included; NUTGRAF_ERROR_SPAN when there is none such. */
nutgraf_status nutgraf_engine_explain(const nutgraf_engine *engine, const nutgraf_document *const *documents,
                                      size_t count, const nutgraf_summary_options *options, size_t document,
                                      size_t sentence, nutgraf_explanation **out, nutgraf_error **error);
/* Finds at most so many key phrases and as many key entities. */
nutgraf_status nutgraf_engine_key_topics(const nutgraf_engine *engine, const nutgraf_document *const *documents,
                                         size_t count, size_t topics, nutgraf_key_topics **out,
                                         nutgraf_error **error);
/* Finds the sentences that support a headline, and its words that none of them holds. */
nutgraf_status nutgraf_engine_check_headline(const nutgraf_engine *engine, const nutgraf_document *const *documents,
                                             size_t count, nutgraf_string headline, nutgraf_headline_check **out,
                                             nutgraf_error **error);
/* Sorts a heap of articles into stories. */
nutgraf_status nutgraf_engine_group_stories(const nutgraf_engine *engine, const nutgraf_document *const *documents,
                                            size_t count, nutgraf_stories **out, nutgraf_error **error);

/* The same for many on up to so many threads; results keep the order and do not depend on the number of threads. */
nutgraf_status nutgraf_engine_match_entities_batch(const nutgraf_engine *engine,
                                                   const nutgraf_document *const *documents, size_t count,
                                                   size_t threads, nutgraf_matches_batch **out,
                                                   nutgraf_error **error);
nutgraf_status nutgraf_engine_summarize_batch(const nutgraf_engine *engine, const nutgraf_document *const *documents,
                                              size_t count, const nutgraf_summary_options *options, size_t threads,
                                              nutgraf_summary_batch **out, nutgraf_error **error);
/* counts[i] of the documents, in the order given, are story i. */
nutgraf_status nutgraf_engine_digest_batch(const nutgraf_engine *engine, const nutgraf_document *const *documents,
                                           const size_t *counts, size_t stories,
                                           const nutgraf_digest_options *options, size_t threads,
                                           nutgraf_digest_batch **out, nutgraf_error **error);

/* ---- Results ---- */

/* Results as JSON of schema 1: one line, the same bytes in every language. */
nutgraf_string nutgraf_matches_to_json(const nutgraf_matches *matches);
/* One line for each mention; the document with its mentions marked, as one HTML element, escaped, without script. */
nutgraf_string nutgraf_matches_to_text(const nutgraf_matches *matches);
nutgraf_string nutgraf_matches_to_html(const nutgraf_matches *matches);
/* Mentions in text order; the entity is empty when undecided between candidates. */
size_t nutgraf_matches_mention_count(const nutgraf_matches *matches);
nutgraf_span nutgraf_matches_mention_span(const nutgraf_matches *matches, size_t index);
nutgraf_string nutgraf_matches_mention_text(const nutgraf_matches *matches, size_t index);
nutgraf_entity_kind nutgraf_matches_mention_kind(const nutgraf_matches *matches, size_t index);
nutgraf_found nutgraf_matches_mention_found(const nutgraf_matches *matches, size_t index);
nutgraf_string nutgraf_matches_mention_entity(const nutgraf_matches *matches, size_t index);
double nutgraf_matches_mention_score(const nutgraf_matches *matches, size_t index);
/* What the name can stand for where undecided or chosen among several, best first. */
size_t nutgraf_matches_mention_candidate_count(const nutgraf_matches *matches, size_t index);
nutgraf_string nutgraf_matches_mention_candidate_id(const nutgraf_matches *matches, size_t index, size_t candidate);
double nutgraf_matches_mention_candidate_weight(const nutgraf_matches *matches, size_t index, size_t candidate);
/* The entities that the mentions stand for, most salient first. */
size_t nutgraf_matches_cast_count(const nutgraf_matches *matches);
nutgraf_string nutgraf_matches_cast_name(const nutgraf_matches *matches, size_t index);
nutgraf_string nutgraf_matches_cast_entity(const nutgraf_matches *matches, size_t index);
void nutgraf_matches_free(nutgraf_matches *matches);

nutgraf_string nutgraf_summary_to_json(const nutgraf_summary *summary);
nutgraf_string nutgraf_summary_to_text(const nutgraf_summary *summary);
/* One HTML element, escaped, without script. */
nutgraf_string nutgraf_summary_to_html(const nutgraf_summary *summary);
/* Sentences in reading order. */
size_t nutgraf_summary_sentence_count(const nutgraf_summary *summary);
/* The index of the sentence's document. */
size_t nutgraf_summary_sentence_document(const nutgraf_summary *summary, size_t index);
nutgraf_span nutgraf_summary_sentence_span(const nutgraf_summary *summary, size_t index);
nutgraf_string nutgraf_summary_sentence_text(const nutgraf_summary *summary, size_t index);
double nutgraf_summary_sentence_score(const nutgraf_summary *summary, size_t index);
/* What the score is made of; the values sum to it. */
size_t nutgraf_summary_sentence_reason_count(const nutgraf_summary *summary, size_t index);
nutgraf_string nutgraf_summary_sentence_reason_name(const nutgraf_summary *summary, size_t index, size_t reason);
double nutgraf_summary_sentence_reason_value(const nutgraf_summary *summary, size_t index, size_t reason);
void nutgraf_summary_free(nutgraf_summary *summary);

nutgraf_string nutgraf_digest_to_json(const nutgraf_digest *digest);
/* The digest as a page for a terminal. */
nutgraf_string nutgraf_digest_to_text(const nutgraf_digest *digest);
/* The digest and its articles as one HTML file, escaped, without script, loading nothing. */
nutgraf_string nutgraf_digest_to_html(const nutgraf_digest *digest);
nutgraf_string nutgraf_digest_to_markdown(const nutgraf_digest *digest);
/* The summary, borrowed from the digest: not to be freed. */
const nutgraf_summary *nutgraf_digest_summary(const nutgraf_digest *digest);
size_t nutgraf_digest_cast_count(const nutgraf_digest *digest);
nutgraf_string nutgraf_digest_cast_name(const nutgraf_digest *digest, size_t index);
nutgraf_string nutgraf_digest_cast_entity(const nutgraf_digest *digest, size_t index);
/* What the documents say that the member is. */
size_t nutgraf_digest_cast_role_count(const nutgraf_digest *digest, size_t index);
nutgraf_string nutgraf_digest_cast_role_text(const nutgraf_digest *digest, size_t index, size_t role);
/* Quotations of each document in text order; the speaker, an entity of the cast, is empty when unresolved, the words
 * that name the speaker when there are none. */
size_t nutgraf_digest_document_count(const nutgraf_digest *digest);
size_t nutgraf_digest_quote_count(const nutgraf_digest *digest, size_t document);
nutgraf_span nutgraf_digest_quote_span(const nutgraf_digest *digest, size_t document, size_t index);
nutgraf_string nutgraf_digest_quote_text(const nutgraf_digest *digest, size_t document, size_t index);
nutgraf_quote_kind nutgraf_digest_quote_kind(const nutgraf_digest *digest, size_t document, size_t index);
nutgraf_string nutgraf_digest_quote_speaker(const nutgraf_digest *digest, size_t document, size_t index);
nutgraf_string nutgraf_digest_quote_speaker_text(const nutgraf_digest *digest, size_t document, size_t index);
/* The timeline: dated sentences in order of their dates. */
size_t nutgraf_digest_timeline_count(const nutgraf_digest *digest);
nutgraf_string nutgraf_digest_timeline_date(const nutgraf_digest *digest, size_t index);
size_t nutgraf_digest_timeline_document(const nutgraf_digest *digest, size_t index);
nutgraf_span nutgraf_digest_timeline_span(const nutgraf_digest *digest, size_t index);
nutgraf_string nutgraf_digest_timeline_text(const nutgraf_digest *digest, size_t index);
/* The events: for each its day and the sentences that tell of it, two or more. */
size_t nutgraf_digest_event_count(const nutgraf_digest *digest);
nutgraf_string nutgraf_digest_event_date(const nutgraf_digest *digest, size_t index);
size_t nutgraf_digest_event_sentence_count(const nutgraf_digest *digest, size_t index);
size_t nutgraf_digest_event_document(const nutgraf_digest *digest, size_t index, size_t sentence);
nutgraf_span nutgraf_digest_event_span(const nutgraf_digest *digest, size_t index, size_t sentence);
nutgraf_string nutgraf_digest_event_text(const nutgraf_digest *digest, size_t index, size_t sentence);
/* Agreements and differences: values with the sentences that say them, one for one. */
size_t nutgraf_digest_claim_count(const nutgraf_digest *digest);
nutgraf_relation nutgraf_digest_claim_relation(const nutgraf_digest *digest, size_t index);
nutgraf_string nutgraf_digest_claim_topic(const nutgraf_digest *digest, size_t index);
nutgraf_string nutgraf_digest_claim_reason(const nutgraf_digest *digest, size_t index);
size_t nutgraf_digest_claim_value_count(const nutgraf_digest *digest, size_t index);
nutgraf_string nutgraf_digest_claim_value(const nutgraf_digest *digest, size_t index, size_t value);
size_t nutgraf_digest_claim_document(const nutgraf_digest *digest, size_t index, size_t value);
nutgraf_span nutgraf_digest_claim_span(const nutgraf_digest *digest, size_t index, size_t value);
void nutgraf_digest_free(nutgraf_digest *digest);

/* Why a sentence is or is not part of a summary. */
nutgraf_string nutgraf_explanation_to_json(const nutgraf_explanation *explanation);
nutgraf_string nutgraf_explanation_to_text(const nutgraf_explanation *explanation);
nutgraf_span nutgraf_explanation_span(const nutgraf_explanation *explanation);
nutgraf_string nutgraf_explanation_text(const nutgraf_explanation *explanation);
/* 1 when the summary holds the sentence, else 0. */
uint32_t nutgraf_explanation_chosen(const nutgraf_explanation *explanation);
double nutgraf_explanation_score(const nutgraf_explanation *explanation);
/* The factor that decided, in words. */
nutgraf_string nutgraf_explanation_decision(const nutgraf_explanation *explanation);
/* What the score is made of; the values sum to it. */
size_t nutgraf_explanation_reason_count(const nutgraf_explanation *explanation);
nutgraf_string nutgraf_explanation_reason_name(const nutgraf_explanation *explanation, size_t index);
double nutgraf_explanation_reason_value(const nutgraf_explanation *explanation, size_t index);
void nutgraf_explanation_free(nutgraf_explanation *explanation);

/* What one or several documents turn on, most important first, with every place. */
nutgraf_string nutgraf_key_topics_to_json(const nutgraf_key_topics *topics);
nutgraf_string nutgraf_key_topics_to_text(const nutgraf_key_topics *topics);
size_t nutgraf_key_topics_phrase_count(const nutgraf_key_topics *topics);
nutgraf_string nutgraf_key_topics_phrase_text(const nutgraf_key_topics *topics, size_t index);
double nutgraf_key_topics_phrase_score(const nutgraf_key_topics *topics, size_t index);
size_t nutgraf_key_topics_phrase_place_count(const nutgraf_key_topics *topics, size_t index);
size_t nutgraf_key_topics_phrase_place_document(const nutgraf_key_topics *topics, size_t index, size_t place);
nutgraf_span nutgraf_key_topics_phrase_place_span(const nutgraf_key_topics *topics, size_t index, size_t place);
size_t nutgraf_key_topics_entity_count(const nutgraf_key_topics *topics);
nutgraf_string nutgraf_key_topics_entity_name(const nutgraf_key_topics *topics, size_t index);
nutgraf_string nutgraf_key_topics_entity_entity(const nutgraf_key_topics *topics, size_t index);
double nutgraf_key_topics_entity_score(const nutgraf_key_topics *topics, size_t index);
size_t nutgraf_key_topics_entity_place_count(const nutgraf_key_topics *topics, size_t index);
size_t nutgraf_key_topics_entity_place_document(const nutgraf_key_topics *topics, size_t index, size_t place);
nutgraf_span nutgraf_key_topics_entity_place_span(const nutgraf_key_topics *topics, size_t index, size_t place);
void nutgraf_key_topics_free(nutgraf_key_topics *topics);

/* How well documents support a headline: the share supported, the sentences that hold most of it, best first, and the
 * words that no sentence holds. */
nutgraf_string nutgraf_headline_check_to_json(const nutgraf_headline_check *check);
nutgraf_string nutgraf_headline_check_to_text(const nutgraf_headline_check *check);
double nutgraf_headline_check_score(const nutgraf_headline_check *check);
size_t nutgraf_headline_check_support_count(const nutgraf_headline_check *check);
size_t nutgraf_headline_check_support_document(const nutgraf_headline_check *check, size_t index);
nutgraf_span nutgraf_headline_check_support_span(const nutgraf_headline_check *check, size_t index);
nutgraf_string nutgraf_headline_check_support_text(const nutgraf_headline_check *check, size_t index);
double nutgraf_headline_check_support_score(const nutgraf_headline_check *check, size_t index);
size_t nutgraf_headline_check_missing_count(const nutgraf_headline_check *check);
nutgraf_string nutgraf_headline_check_missing(const nutgraf_headline_check *check, size_t index);
void nutgraf_headline_check_free(nutgraf_headline_check *check);

/* A heap sorted into stories: every document stands in one group; a copy is named with the earlier document. */
nutgraf_string nutgraf_stories_to_json(const nutgraf_stories *stories);
nutgraf_string nutgraf_stories_to_text(const nutgraf_stories *stories);
size_t nutgraf_stories_group_count(const nutgraf_stories *stories);
size_t nutgraf_stories_document_count(const nutgraf_stories *stories, size_t group);
size_t nutgraf_stories_document(const nutgraf_stories *stories, size_t group, size_t index);
size_t nutgraf_stories_copy_count(const nutgraf_stories *stories, size_t group);
size_t nutgraf_stories_copy_document(const nutgraf_stories *stories, size_t group, size_t index);
size_t nutgraf_stories_copy_original(const nutgraf_stories *stories, size_t group, size_t index);
void nutgraf_stories_free(nutgraf_stories *stories);

/* Results of a batch, in the order of the inputs, borrowed from the batch: not to be freed one by one. */
size_t nutgraf_matches_batch_count(const nutgraf_matches_batch *batch);
const nutgraf_matches *nutgraf_matches_batch_at(const nutgraf_matches_batch *batch, size_t index);
void nutgraf_matches_batch_free(nutgraf_matches_batch *batch);
size_t nutgraf_summary_batch_count(const nutgraf_summary_batch *batch);
const nutgraf_summary *nutgraf_summary_batch_at(const nutgraf_summary_batch *batch, size_t index);
void nutgraf_summary_batch_free(nutgraf_summary_batch *batch);
size_t nutgraf_digest_batch_count(const nutgraf_digest_batch *batch);
const nutgraf_digest *nutgraf_digest_batch_at(const nutgraf_digest_batch *batch, size_t index);
void nutgraf_digest_batch_free(nutgraf_digest_batch *batch);

#ifdef __cplusplus
}
#endif

#endif /* NUTGRAF_H */
