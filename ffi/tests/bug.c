/* Deliberate bugs, one by name: leak, use_after_free, over_read. The memory checkers must fail on each. */
#include <nutgraf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv) {
    const char *bug = argc > 1 ? argv[1] : "";
    char *text = (char *)malloc(64);
    nutgraf_string string;
    nutgraf_document *document = NULL;

    if (!text) return 1;
    memset(text, 'a', 64);
    string.data = text;
    string.size = strcmp(bug, "over_read") == 0 ? 96 : 64;
    if (nutgraf_document_new(string, &document, NULL) != NUTGRAF_OK) puts("not UTF-8");
    free(text);
    if (strcmp(bug, "use_after_free") == 0) {
        nutgraf_document_free(document);
        string.data = "b";
        string.size = 1;
        nutgraf_document_set_id(document, string, NULL);
        return 0;
    }
    if (strcmp(bug, "leak") == 0) document = NULL;
    nutgraf_document_free(document);
    return 0;
}
