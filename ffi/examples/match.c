/* Lists who and what is named in a text: match [FILE]. */
#include <nutgraf.h>
#include <stdio.h>

#include "read.h"

int main(int argc, char **argv) {
    nutgraf_error *error = NULL;
    nutgraf_engine *engine = NULL;
    nutgraf_document *document = NULL;
    nutgraf_matches *matches = NULL;
    nutgraf_string text = {NULL, 0};
    size_t i;
    int failed = 1;

    if (!read_text(argc > 1 ? argv[1] : NULL, &text)) return 1;
    if (nutgraf_engine_new(&engine, &error) == NUTGRAF_OK &&
        nutgraf_document_new(text, &document, &error) == NUTGRAF_OK &&
        nutgraf_engine_match_entities(engine, document, &matches, &error) == NUTGRAF_OK) {
        for (i = 0; i < nutgraf_matches_mention_count(matches); i++) {
            nutgraf_span span = nutgraf_matches_mention_span(matches, i);
            nutgraf_string surface = nutgraf_matches_mention_text(matches, i);
            nutgraf_string entity = nutgraf_matches_mention_entity(matches, i);
            printf("%zu..%zu %.*s %.*s %.2f\n", span.byte_span.start, span.byte_span.end, (int)surface.size,
                   surface.data, (int)entity.size, entity.size ? entity.data : "",
                   nutgraf_matches_mention_score(matches, i));
        }
        failed = 0;
    }
    if (error) {
        nutgraf_string message = nutgraf_error_message(error);
        fprintf(stderr, "%.*s\n", (int)message.size, message.data);
    }
    nutgraf_error_free(error);
    nutgraf_matches_free(matches);
    nutgraf_document_free(document);
    nutgraf_engine_free(engine);
    free_text(text);
    return failed;
}
