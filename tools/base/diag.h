/*
 * diag.h - findings: what there is to tell about the data
 *
 * A rule is listed once, in its folder's rules.def, as
 *     RULE(symbol, "area.id", ERROR|WARNING|NOTE, "one sentence: what must hold")
 * Ids are for ever. A folder's face header declares the symbols with
 *     #define RULE(sym, id, severity, summary) extern const struct rule rule_##sym;
 * and its rules.c defines them and the folder's table.
 */
#pragma once

#include "base/arena.h"
#include "base/str.h"

enum severity { SEVERITY_OFF, SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR };

struct rule {
	const char *id;
	enum severity severity; /* the default; configuration may change it */
	const char *summary;
};

/* "note", "warning", "error"; "off". */
const char *severity_name(enum severity s);
/* False when TEXT names no severity. */
bool severity_parse(enum severity *out, struct str text);

/* A stretch of a file. Lines and columns are 1-based; columns count characters; 0: not known. */
struct span {
	int line, column, end_line, end_column;
};

struct diag {
	const struct rule *rule;
	enum severity severity;
	struct str file; /* as the user named it */
	int document; /* 1-based; 1 for a file of one document */
	struct span span;
	/*
	 * JSON pointer into the document, RFC 6901: of the value, or of what it lies in when
	 * that would be longer than LIMIT_POINTER_BYTES.
	 */
	struct str pointer;
	struct str keyword; /* JSON Schema keyword, or absent */
	struct str schema_location; /* URI with a JSON pointer fragment, or absent */
	struct str text; /* the message, without place and rule */
	struct str suggestion; /* what to do or write instead, or absent */
};

/*
 * A list of findings. Texts are copied into its arena. At most LIMIT_FINDINGS_PER_FILE are
 * kept for one file; `dropped` counts the rest.
 */
struct diag_list {
	struct arena *arena;
	struct diag *items;
	size_t n, cap;
	size_t file_start; /* index of the current file's first finding */
	size_t dropped;
	struct str file; /* set by diag_file() and copied into each finding */
	int document;
};

void diag_init(struct diag_list *l, struct arena *a);
/* The findings that follow are about FILE (not copied: lives as long as the list). */
void diag_file(struct diag_list *l, struct str file);
/*
 * Append a finding with the rule's default severity and the list's file and document. The
 * message is formatted into the list's arena; never NULL, so more fields can be set:
 *     diag_add(l, &rule_x, span, "...")->suggestion = ...;
 * Slices set afterwards must live as long as the list (arena_str()).
 */
struct diag *diag_add(struct diag_list *l, const struct rule *rule, struct span span,
                      const char *fmt, ...) PRINTF_FORMAT(4, 5);
/*
 * True when the current file has its LIMIT_FINDINGS_PER_FILE: then one more is counted as
 * dropped. Asked before a finding whose texts would cost something for nothing.
 */
bool diag_drops(struct diag_list *l);
/*
 * Whether the next finding may look for what was meant among N names: over a file with many
 * findings that stays within LIMIT_SUGGEST_NAMES names.
 */
bool diag_may_suggest(const struct diag_list *l, size_t n);
/*
 * Put the findings from index FROM on in the order of files, documents and places; those
 * about a file as a whole come last. Ties are settled by rule, pointer and text.
 */
void diag_sort(struct diag_list *l, size_t from);
/*
 * TEXT as it may stand in a message: at most LIMIT_MESSAGE_VALUE characters (then "..."),
 * control, bidi and line separator characters and bad UTF-8 as \xNN or \u{NNNN}; no quotes.
 */
struct str diag_quote(struct arena *a, struct str text);
