/* Prints the sentences of a text that say most, in at most 60 words: summarize [FILE]. */
#include <nutgraf.h>
#include <stdio.h>

#include "read.h"

int main(int argc, char **argv) {
    nutgraf_error *error = NULL;
    nutgraf_engine *engine = NULL;
    nutgraf_document *document = NULL;
    nutgraf_summary_options *options = NULL;
    nutgraf_summary *summary = NULL;
    nutgraf_string text = {NULL, 0};
    size_t i;
    int failed = 1;

    if (!read_text(argc > 1 ? argv[1] : NULL, &text)) return 1;
    if (nutgraf_engine_new(&engine, &error) == NUTGRAF_OK &&
        nutgraf_document_new(text, &document, &error) == NUTGRAF_OK &&
        nutgraf_summary_options_new(&options, &error) == NUTGRAF_OK &&
        nutgraf_summary_options_set_max_words(options, 60, &error) == NUTGRAF_OK &&
        nutgraf_engine_summarize(engine, document, options, &summary, &error) == NUTGRAF_OK) {
        for (i = 0; i < nutgraf_summary_sentence_count(summary); i++) {
            nutgraf_string sentence = nutgraf_summary_sentence_text(summary, i);
            printf("%.3f %.*s\n", nutgraf_summary_sentence_score(summary, i), (int)sentence.size, sentence.data);
        }
        failed = 0;
    }
    if (error) {
        nutgraf_string message = nutgraf_error_message(error);
        fprintf(stderr, "%.*s\n", (int)message.size, message.data);
    }
    nutgraf_error_free(error);
    nutgraf_summary_free(summary);
    nutgraf_summary_options_free(options);
    nutgraf_document_free(document);
    nutgraf_engine_free(engine);
    free_text(text);
    return failed;
}
