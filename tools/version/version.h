/*
 * version.h - fingerprints, history lines, and the state that follows from both
 *
 * Pure functions: no file, no repository, no clock. What readers get (which version a release
 * carries) follows from releases and is not known here.
 *
 *     draft vN --review--> review vN --approved--> approved vN --release--> published vN
 *        ^------returned------|
 *        any edit: draft of the next version
 *     published --deprecated--> deprecated --withdrawn--> withdrawn; published --withdrawn-->
 *     withdrawn; deprecated, withdrawn --reinstated--> published
 */
#pragma once

#include "base/arena.h"
#include "base/diag.h"
#include "base/err.h"
#include "base/str.h"
#include "doc/doc.h"
#include "entry/entry.h"

#define RULE(sym, id, severity, summary) extern const struct rule rule_##sym;
#include "version/rules.def"
#undef RULE
extern const struct rule *const version_rules[];
extern const size_t version_rules_n;

/* ---- fingerprints ---- */

/* The scheme that fixes canonical form and counting of sources. */
#define FINGERPRINT_SCHEME "c1-sha256:"
#define FINGERPRINT_SIZE (sizeof(FINGERPRINT_SCHEME) + 64)

/*
 * The fingerprint of an entry's content, terminated: the scheme and 64 hexadecimal digits of
 * the SHA-256 of its canonical JSON without the top member HISTORY (absent: nothing is left
 * out).
 * Returns false when a number cannot be carried by a double without loss; its node is in BAD.
 * Source: RFC 8785; FIPS 180-4
 */
bool version_fingerprint(char out[FINGERPRINT_SIZE], const struct doc_node *root,
                         struct str history, const struct doc_node **bad);
/* The same as a string in ARENA; absent when it has none. */
struct str version_content(const struct roles *roles, const struct doc_node *root,
                           struct arena *arena);
/* In two steps, for those who want the text, too: the canonical JSON, absent when it has none. */
struct str version_canonical(const struct roles *roles, const struct doc_node *root,
                             struct arena *arena);
struct str version_content_of(struct str canonical, struct arena *arena);

/* ---- states and events ---- */

enum state {
	STATE_DRAFT,
	STATE_REVIEW,
	STATE_APPROVED,
	STATE_PUBLISHED,
	STATE_DEPRECATED,
	STATE_WITHDRAWN,
};
#define STATES_N 6

enum event {
	EVENT_REVIEW,
	EVENT_RETURNED,
	EVENT_APPROVED,
	EVENT_DEPRECATED,
	EVENT_WITHDRAWN,
	EVENT_REINSTATED,
};
#define EVENTS_N 6

/* "draft", "review", ... */
const char *state_name(enum state s);
/* "review", "returned", ... as they stand in history lines. */
const char *event_name(enum event e);
/* Returns false when TEXT names no event. */
bool event_parse(enum event *out, struct str text);
/* Whether E is about what readers get: deprecated, withdrawn, reinstated. */
bool event_is_public(enum event e);
/* Whether E must say why: returned, withdrawn. */
bool event_needs_reason(enum event e);
/* The state that E leads to from FROM; false when it is not allowed there. */
bool state_next(enum state *out, enum state from, enum event e);

/* ---- history lines ---- */

struct history_line {
	int version; /* 0: not readable */
	enum event event;
	struct str date, by, content; /* absent when they are no text */
	struct str reason, note, duplicate_of; /* absent when not given */
	const struct str *successors; /* successors_n of them */
	size_t successors_n;
	int64_t sources; /* -1 when not given */
	const struct doc_node *node; /* NULL for a line that is yet to be written */
};

struct history {
	const struct doc_node *node; /* the value of the role; NULL: none yet */
	const struct history_line
	        *lines; /* n of them: those with a version and an event */
	size_t n;
	const struct doc_node
	        *bad; /* the first line, or the value, that is not in order */
	const char *bad_why; /* "has no version", ... */
};

/*
 * Read the history lines of ROOT. Lives as long as ROOT and ARENA. What is no line is passed
 * over, and BAD is set.
 */
void history_read(struct history *out, const struct roles *roles,
                  const struct doc_node *root, struct arena *arena);
/* The top-level key of the history role; absent when the collection is not versioned. */
struct str history_key(const struct roles *roles);
/* The `approved` line of VERSION among the first N lines, or NULL. */
const struct history_line *history_approved(const struct history *h, size_t n,
                                            int version);
/* The last `approved` line with the fingerprint CONTENT, or NULL. */
const struct history_line *history_version_of(const struct history *h,
                                              struct str content);

/* What some lines in front say together. */
struct standing {
	int approved; /* the highest approved version; 0: none */
	int open; /* the version under review; 0: none */
	struct str open_content, open_by;
	int public_version; /* that the last public event was about; 0: no such event */
	enum state public_state; /* what it led to; published when there was none */
	struct str approved_content; /* of the highest approved version */
};

#define STANDING_INIT ((struct standing){.public_state = STATE_PUBLISHED})
/* What S says one line later. */
void standing_step(struct standing *s, const struct history_line *line);
/* What the first N lines say. */
struct standing history_standing(const struct history *h, size_t n);
/*
 * The state in which readers see VERSION: published, deprecated or withdrawn. A withdrawn entry
 * stays withdrawn, whatever was approved later, until it is reinstated.
 */
enum state standing_public(const struct standing *s, int version);
/*
 * Whether LINE may follow lines that say S. PRIOR and N: the lines before it.
 * Returns NULL when it may; else why not, as a half sentence ("v2 is not under review"), in
 * ARENA, with the rule that it breaks in RULE.
 */
const char *history_refuses(const struct standing *s, const struct history *prior,
                            size_t n, const struct history_line *line,
                            const struct rule **rule, struct arena *arena);

/* Where an entry stands in its work tree. */
struct working {
	enum state state; /* STATE_DRAFT, STATE_REVIEW or STATE_APPROVED */
	int version;
	struct str date; /* of the history line that made it so; absent for a draft */
	size_t line; /* index of that line + 1; 0 for a draft */
};

/*
 * The working state of the entry ROOT: that of the last `review` or `approved` line whose
 * fingerprint is the content's; otherwise draft of the version after the last approved one
 * (v1 when there is none). A returned review is a draft again.
 */
struct working version_working(const struct roles *roles, const struct doc_node *root);
/* The same for a history that was read and CONTENT's fingerprint (absent: it has none). */
struct working history_working(const struct history *h, struct str content);

/* ---- rules ---- */

/*
 * The rules of one entry's history by itself. Findings go to OUT.
 * SCRATCH  for what is not needed after the call
 */
void history_check(const struct roles *roles, const struct doc_node *root,
                   struct arena *scratch, struct diag_list *out);

/* The same for a history that was read, and CONTENT's fingerprint (absent: it has none). */
void history_check_read(const struct roles *roles, const struct doc_node *root,
                        const struct history *h, struct str content,
                        struct arena *scratch, struct diag_list *out);

enum history_relation {
	HISTORY_SAME,
	HISTORY_APPENDED, /* the new one is the old one and further lines */
	HISTORY_REMOVED, /* lines at the end are missing */
	HISTORY_CHANGED, /* a line differs */
};

/*
 * How the history NEW relates to OLD, item by item; lines are equal when their values are. SAME_N
 * is the number of lines in front that both have.
 */
enum history_relation history_relate(size_t *same_n, const struct history *old,
                                     const struct history *new);
/*
 * The rules between two revisions of one entry, both read from files: lines changed or removed
 * (findings at the places of NEW), lines added (told, as claims), approvals whose content NEW
 * does not have.
 */
void history_check_between(const struct roles *roles, const struct doc_node *old,
                           const struct doc_node *new, struct arena *scratch,
                           struct diag_list *out);

/* ---- writing ---- */

/* LINE as it stands in a file: "{version: 1, event: approved, ...}". */
void history_line_text(struct buf *out, const struct history_line *line);
/*
 * Append the file DOC was read from (YAML, one document) with LINE added to its history, every
 * other byte as it was, to OUT; the result is read again and compared.
 * Fails: ERR_IO with what stands in the way: a flow-style entry, a history that is no list of
 *        lines or not the last key, text after the end of the document
 */
bool history_append(struct buf *out, const struct doc *doc, const struct roles *roles,
                    const struct history_line *line, struct err *err) MUST_CHECK;
/* The same with the N lines LINES, at least one, at once. */
bool history_append_all(struct buf *out, const struct doc *doc, const struct roles *roles,
                        const struct history_line *lines, size_t n,
                        struct err *err) MUST_CHECK;
