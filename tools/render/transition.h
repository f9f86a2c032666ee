/*
 * transition.h - what events did to entries, as text and as JSON
 */
#pragma once

#include "base/buf.h"
#include "version/version.h"

/* FORMAT(symbol, name): what --format takes. */
#define TRANSITION_FORMATS(FORMAT) \
	FORMAT(TRANSITION_TEXT, text) \
	FORMAT(TRANSITION_JSON, json)

#define FORMAT(symbol, name) symbol,
enum transition_format { TRANSITION_FORMATS(FORMAT) };
#undef FORMAT

/* The names in the order of the enum, NULL at the end. */
extern const char *const transition_format_names[];

struct transition_row {
	struct str id, collection, path;
	struct str name; /* how people call it: the id, or collection/id */
	int version;
	enum state from, to;
};

/* Append N ROWS, in their order. */
void transition_render(struct buf *out, enum transition_format format,
                       const struct transition_row *rows, size_t n);
