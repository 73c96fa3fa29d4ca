/* Sums up an article on what one asks about, within a limit counted by one's own function, and says why its first
 * sentences were chosen or not: focus FILE PHRASE... */
#include <nutgraf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "read.h"

enum { MOST_PHRASES = 8, LIMIT = 120, EXPLAINED = 3 };

/* A stand-in for a tokenizer: four bytes are a token. The context counts the calls. */
static uint32_t count_tokens(void *context, nutgraf_string text, size_t *count) {
    ++*(unsigned *)context;
    *count = text.size / 4;
    return NUTGRAF_OK;
}

static void print(const char *label, nutgraf_string text) { printf("%s%.*s\n", label, (int)text.size, text.data); }

int main(int argc, char **argv) {
    nutgraf_string text, phrases[MOST_PHRASES];
    nutgraf_error *error = NULL;
    nutgraf_engine *engine = NULL;
    nutgraf_document *document = NULL;
    nutgraf_summary_options *options = NULL;
    nutgraf_summary *summary = NULL;
    unsigned calls = 0;
    size_t i, count = 0;
    int failed = 1;

    if (!read_text(argc > 1 ? argv[1] : NULL, &text)) return 1;
    for (i = 2; (int)i < argc && count < MOST_PHRASES; i++, count++) {
        phrases[count].data = argv[i];
        phrases[count].size = strlen(argv[i]);
    }
    if (nutgraf_engine_new(&engine, &error) == NUTGRAF_OK &&
        nutgraf_document_new(text, &document, &error) == NUTGRAF_OK &&
        nutgraf_summary_options_new(&options, &error) == NUTGRAF_OK &&
        nutgraf_summary_options_set_about(options, phrases, count, &error) == NUTGRAF_OK &&
        nutgraf_summary_options_set_max_tokens(options, LIMIT, count_tokens, &calls, NULL, &error) == NUTGRAF_OK &&
        nutgraf_engine_summarize(engine, document, options, &summary, &error) == NUTGRAF_OK) {
        for (i = 0; i < nutgraf_summary_sentence_count(summary); i++) {
            print("- ", nutgraf_summary_sentence_text(summary, i));
        }
        printf("the counter was called %u times\n", calls);
        failed = 0;
    }
    for (i = 0; !failed && i < EXPLAINED; i++) {
        const nutgraf_document *only = document;
        nutgraf_explanation *why = NULL;
        /* A document of fewer sentences answers NUTGRAF_ERROR_SPAN, which is no failure here. */
        if (nutgraf_engine_explain(engine, &only, 1, options, 0, i, &why, NULL) != NUTGRAF_OK) break;
        printf("%zu: ", i);
        print("", nutgraf_explanation_decision(why));
        nutgraf_explanation_free(why);
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
