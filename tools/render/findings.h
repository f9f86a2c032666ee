/*
 * findings.h - findings as text: one interface, several formats
 *
 *     struct findings f = {.format = FINDINGS_HUMAN, .out = &out, .line = ...};
 *     findings_begin(&f);
 *     for each finding, grouped by file: findings_add(&f, d);
 *     f.summary.files = ...; f.summary.dropped = ...;
 *     findings_end(&f);
 *
 * Output is UTF-8, whatever the data holds. Control and bidi characters are made visible;
 * json, jsonl and sarif leave them to JSON's own escapes.
 */
#pragma once

#include "base/buf.h"
#include "base/diag.h"
#include "base/str.h"
#include "base/tree.h"

/* FORMAT(symbol, name): what --format takes. Another format is a row here and a file. */
#define FINDINGS_FORMATS(FORMAT) \
	FORMAT(FINDINGS_HUMAN, human) \
	FORMAT(FINDINGS_GNU, gnu) \
	FORMAT(FINDINGS_JSON, json) \
	FORMAT(FINDINGS_JSONL, jsonl) \
	FORMAT(FINDINGS_SARIF, sarif) \
	FORMAT(FINDINGS_GITHUB, github) \
	FORMAT(FINDINGS_JUNIT, junit)

#define FORMAT(symbol, name) symbol,
enum findings_format { FINDINGS_FORMATS(FORMAT) };
#undef FORMAT

/* The names in the order of the enum, NULL at the end. */
extern const char *const findings_format_names[];

struct findings_summary {
	size_t files; /* looked at */
	size_t files_with; /* that have findings */
	size_t errors, warnings, notes;
	size_t dropped; /* over the limit for one file, and not told */
};

/*
 * The text of LINE (1-based) of FILE without its line end; false when it cannot be had:
 * then there is no code frame. OUT lives until the next call.
 */
typedef bool findings_line_fn(void *context, struct str file, int line, struct str *out);

struct findings {
	/* Set by the caller; out must outlive the struct. */
	enum findings_format format;
	struct buf *out;
	bool colour; /* escape sequences are welcome (human only) */
	findings_line_fn *line; /* NULL: no code frames */
	void *context; /* for line */

	/* errors, warnings, notes and files_with are counted; files and dropped are set. */
	struct findings_summary summary;

	/* Private. */
	struct buf file; /* of the last finding */
	struct buf body; /* what can be written only when all is counted (junit) */
	const struct rule **rules; /* rules_n of them that were told (sarif) */
	size_t n, rules_n, rules_cap;
};

void findings_begin(struct findings *f);
/*
 * Append finding D. Those of one file follow each other; SEVERITY_OFF is skipped.
 * Lives:  nothing of D is kept; f->out may be emptied between calls
 */
void findings_add(struct findings *f, const struct diag *d);
/* Append what closes the format, and the summary; release what F holds. */
void findings_end(struct findings *f);

/*
 * Lines of files for findings_line_fn: reads a file when its name is asked for first,
 * keeps the last one. {0} is ready and reads the disk. Lines end as YAML's do: LF, CR LF or CR.
 */
struct findings_lines {
	const struct tree *tree; /* the one that was checked; NULL: the disk */
	struct buf name, bytes;
	uint32_t *starts; /* offset of each line, n of them; none: not readable */
	size_t n, cap;
	bool opened;
};

/*
 * The findings_line_fn; CONTEXT is a struct findings_lines. FILE is opened by that name.
 */
bool findings_lines_get(void *context, struct str file, int line, struct str *out);
void findings_lines_release(struct findings_lines *l);
