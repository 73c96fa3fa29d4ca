/* Reads the cases that the Rust runner lists in FOLDER/cases.txt: lines `key value`, values percent-encoded, from `case`
 * to `end`. A runner defines PROGRAM, its name, before it includes this, and what a case is and how it is done after it. */
#ifndef NUTGRAF_CASES_H
#define NUTGRAF_CASES_H

#include <nutgraf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct text {
    char *data;
    size_t size;
} text;

static void die(const char *what, const char *which) {
    fprintf(stderr, PROGRAM ": %s %s\n", what, which);
    exit(1);
}

static text read_file(const char *folder, const char *below, const char *name, const char *ending) {
    char path[1024];
    text content = {NULL, 0};
    size_t room = 0, got = 1;
    FILE *file;

    if (snprintf(path, sizeof path, "%s/%s%s%s", folder, below, name, ending) >= (int)sizeof path) die("path", name);
    file = fopen(path, "rb");
    if (!file) die("cannot open", path);
    while (got > 0) {
        if (content.size == room) content.data = (char *)realloc(content.data, room = room * 2 + 4096);
        if (!content.data) die("no memory for", path);
        got = fread(content.data + content.size, 1, room - content.size, file);
        content.size += got;
    }
    fclose(file);
    return content;
}

static int hex(char c) { return c <= '9' ? c - '0' : c - 'A' + 10; }

/* Decodes in place. */
static nutgraf_string decode(char *value) {
    nutgraf_string string;
    char *to = value;
    const char *from;

    for (from = value; *from; from++) {
        if (*from == '%') {
            *to++ = (char)(hex(from[1]) * 16 + hex(from[2]));
            from += 2;
        } else {
            *to++ = *from;
        }
    }
    string.data = value;
    string.size = (size_t)(to - value);
    return string;
}

/* One case, as the runner keeps it. */
typedef struct state state;
/* Makes ready for the case of a name. */
static void begin(state *s, const char *folder, const char *name);
/* Takes in one line of the case. */
static void read_line(state *s, const char *key, char *raw);
/* Does the job, compares, frees; returns whether the answer is the expected one. */
static int finish(state *s);

/* Goes through every case; returns what the program exits with. */
static int run_cases(const char *folder, state *s) {
    text list = read_file(folder, "cases", ".txt", "");
    char *line = list.data, *end = list.data + list.size;
    int cases = 0, wrong = 0;

    while (line < end) {
        char *stop = (char *)memchr(line, '\n', (size_t)(end - line));
        char *value = (char *)memchr(line, ' ', (size_t)(end - line));
        if (!stop || !value || value > stop) die("bad line in", "cases.txt");
        *stop = *value++ = '\0';
        if (!strcmp(line, "case")) {
            begin(s, folder, value);
        } else if (!strcmp(line, "end")) {
            cases++;
            wrong += !finish(s);
        } else {
            read_line(s, line, value);
        }
        line = stop + 1;
    }
    free(list.data);
    printf(PROGRAM ": %d cases\n", cases);
    return wrong || !cases;
}

#endif
