/*
 * internal.h - what the formats of findings share
 */
#pragma once

#include "render/findings.h"

/* One format: what comes before, for each finding, and after. */
struct format {
	void (*begin)(struct findings *f);
	void (*add)(struct findings *f, const struct diag *d);
	void (*end)(struct findings *f);
};

extern const struct format format_human, format_gnu, format_json, format_jsonl,
        format_sarif, format_github, format_junit;

/*
 * Append S with unsafe characters and bad UTF-8 as escapes: one line, whatever S holds.
 */
void add_visible(struct buf *out, struct str s);
/* Append "3 errors": N and NOUN, with an s unless N is 1. */
void add_count(struct buf *out, size_t n, const char *noun);

/* Escape sequences, only when F wants them. */
enum paint {
	PAINT_NONE,
	PAINT_ERROR,
	PAINT_WARNING,
	PAINT_NOTE,
	PAINT_FRAME,
	PAINT_HELP,
	PAINT_BOLD
};

void paint(struct findings *f, enum paint p);
enum paint paint_severity(enum severity s);

/*
 * The lines that SPAN of FILE stands on, with line numbers and the span underlined;
 * nothing when the place is not known or the file cannot be read. Lines longer than the
 * frame are cut around the span.
 */
void frame_add(struct findings *f, struct str file, struct span span, enum severity s);
