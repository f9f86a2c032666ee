/*
 * change.h - the difference of two states of a dataset as text: one function a format
 */
#pragma once

#include "base/buf.h"
#include "change/change.h"

/* FORMAT(symbol, name): what --format takes. A further format is a row here and a file. */
#define CHANGE_FORMATS(FORMAT) \
	FORMAT(CHANGE_TEXT, text) \
	FORMAT(CHANGE_MD, md) \
	FORMAT(CHANGE_JSON, json)

#define FORMAT(symbol, name) symbol,
enum change_format { CHANGE_FORMATS(FORMAT) };
#undef FORMAT

/* The names in the order of the enum, NULL at the end. */
extern const char *const change_format_names[];

struct change_style {
	int width; /* columns of a line (text only) */
	bool colour; /* escape sequences are welcome (text only) */
};

/*
 * Append SET, a finished one (change_set_finish()), to OUT. In text and md, control and bidi
 * characters of the data are made visible, and long values are cut.
 */
void change_render(struct buf *out, const struct change_set *set,
                   enum change_format format, const struct change_style *style);
