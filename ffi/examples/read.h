/* Reads a whole file, or standard input, for the examples. */
#ifndef EXAMPLE_READ_H
#define EXAMPLE_READ_H

#include <nutgraf.h>
#include <stdio.h>
#include <stdlib.h>

/* Returns 0 and says why on standard error when the file cannot be read; path NULL is standard input. */
static int read_text(const char *path, nutgraf_string *text) {
    FILE *file = path ? fopen(path, "rb") : stdin;
    char *data = NULL;
    size_t size = 0, room = 0, got = 1;

    text->data = NULL;
    text->size = 0;
    while (file && got > 0) {
        if (size == room) {
            char *more = (char *)realloc(data, room = room * 2 + 4096);
            if (!more) break;
            data = more;
        }
        got = fread(data + size, 1, room - size, file);
        size += got;
    }
    if (!file || got > 0 || ferror(file)) {
        perror(path ? path : "standard input");
        if (file && path) fclose(file);
        free(data);
        return 0;
    }
    if (path) fclose(file);
    text->data = data;
    text->size = size;
    return 1;
}

static void free_text(nutgraf_string text) { free((void *)text.data); }

#endif
