/*
 * compare.h - a comparison as text: one function a format
 */
#pragma once

#include "base/buf.h"
#include "snapshot/compare.h"

/* FORMAT(symbol, name): what --format takes. A further format is a row here and a file. */
#define COMPARE_FORMATS(FORMAT) \
	FORMAT(COMPARE_TEXT, text) \
	FORMAT(COMPARE_MD, md) \
	FORMAT(COMPARE_JSON, json) \
	FORMAT(COMPARE_CSV, csv)

#define FORMAT(symbol, name) symbol,
enum compare_format { COMPARE_FORMATS(FORMAT) };
#undef FORMAT

/* The names in the order of the enum, NULL at the end. */
extern const char *const compare_format_names[];

struct compare_style {
	int width; /* columns of a line (text only) */
	bool colour; /* escape sequences are welcome (text only) */
};

/* Append C to OUT. Control and bidi characters of the data are made visible in text and md. */
void compare_render(struct buf *out, const struct comparison *c,
                    enum compare_format format, const struct compare_style *style);
