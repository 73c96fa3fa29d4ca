/* Assertions on calls of the library: `ok` and `fails` look at the status and at `error`. */
#ifndef NUTGRAF_CHECK_H
#define NUTGRAF_CHECK_H

#include <nutgraf.h>
#include <stdio.h>
#include <string.h>

#undef NDEBUG
#include <assert.h>

#ifdef __cplusplus
#define CHECK_SIZE(type, size) static_assert(sizeof(type) == (size), #type)
#else
#define CHECK_SIZE(type, size) _Static_assert(sizeof(type) == (size), #type)
#endif

static nutgraf_string view(const char *text) {
    nutgraf_string string;
    string.data = text;
    string.size = strlen(text);
    return string;
}

static int same(nutgraf_string string, const char *text) {
    return string.size == strlen(text) && memcmp(string.data, text, string.size) == 0;
}

#define ok(call) assert((call) == NUTGRAF_OK && error == NULL)
#define fails(status, word, call)                                              \
    do {                                                                       \
        assert((call) == (status) && error != NULL);                           \
        assert(nutgraf_error_status(error) == (status));                       \
        assert(same(nutgraf_error_kind(error), word));                         \
        assert(nutgraf_error_message(error).size > 10);                        \
        nutgraf_error_free(error);                                             \
        error = NULL;                                                          \
    } while (0)

static nutgraf_error *error = NULL;

#endif
