/* Reads several articles on one story and prints a page: digest FILE... */
#include <nutgraf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "read.h"

int main(int argc, char **argv) {
    nutgraf_error *error = NULL;
    nutgraf_engine *engine = NULL;
    nutgraf_digest *digest = NULL;
    nutgraf_document **documents = (nutgraf_document **)calloc((size_t)argc, sizeof *documents);
    size_t count = 0;
    int failed = 1;

    if (!documents) return 1;
    while ((int)count + 1 < argc) {
        nutgraf_string text = {NULL, 0};
        nutgraf_string id = {argv[count + 1], strlen(argv[count + 1])};
        if (!read_text(argv[count + 1], &text)) break;
        if (nutgraf_document_new(text, &documents[count], &error) == NUTGRAF_OK) {
            nutgraf_document_set_id(documents[count], id, NULL);
        }
        free_text(text);
        if (error) break;
        count++;
    }
    if ((int)count + 1 == argc && nutgraf_engine_new(&engine, &error) == NUTGRAF_OK &&
        nutgraf_engine_digest(engine, (const nutgraf_document *const *)documents, count, NULL, &digest, &error) ==
            NUTGRAF_OK) {
        nutgraf_string page = nutgraf_digest_to_text(digest);
        fwrite(page.data, 1, page.size, stdout);
        failed = 0;
    }
    if (error) {
        nutgraf_string message = nutgraf_error_message(error);
        fprintf(stderr, "%.*s\n", (int)message.size, message.data);
    }
    nutgraf_error_free(error);
    nutgraf_digest_free(digest);
    nutgraf_engine_free(engine);
    while (count > 0) nutgraf_document_free(documents[--count]);
    free(documents);
    return failed;
}
