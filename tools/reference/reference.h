/*
 * reference.h - records of registries that a dataset keeps, one file a DOI
 *
 * A kept file is JSON: `csl`, the record as canonical CSL-JSON; `doi`; `source`, who said so;
 * `fetched`, the day of the answer; and `fingerprint`, the SHA-256 of `csl` in canonical form.
 * Entries are compared with them, so that no check needs a network.
 *
 * Source: schema/reference.schema.json; CSL-JSON 1.0.2; RFC 8785
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/err.h"
#include "base/source.h"
#include "base/str.h"
#include "doc/doc.h"

#define RULE(sym, id, severity, summary) extern const struct rule rule_##sym;
#include "reference/rules.def"
#undef RULE
extern const struct rule *const reference_rules[];
extern const size_t reference_rules_n;

/* family with given, or literal in place of both. */
struct reference_name {
	struct str family, given, literal;
};

/* A retraction, a correction... with the other side's DOI, as far as it is told. */
struct reference_update {
	struct str type; /* "retraction", "expression_of_concern", ... in small letters */
	struct str
	        doi; /* canonical; of the notice, or of the work that a notice is about */
	struct str source; /* "publisher", "retraction-watch", ... */
	int date; /* 20100206; 20100000 when only the year is known; 0: nothing is */
};

/* Years of a work, 0 when not known. */
enum reference_year {
	YEAR_ISSUED,
	YEAR_PRINT,
	YEAR_ONLINE,
	YEAR_POSTED,
	YEAR_CREATED,
	YEARS_N
};

/* Absent strings: the record does not say. */
struct reference {
	struct str doi; /* canonical */
	struct str source; /* "Crossref", "DataCite", ... */
	struct str fetched; /* 2026-11-26 */
	struct str fingerprint; /* as the file says it */
	const struct doc_node *csl;
	struct str title, subtitle, original_title, container, type;
	const struct reference_name *authors, *editors;
	size_t authors_n, editors_n;
	int years[YEARS_N];
	const struct reference_update *updated_by; /* one for each type and notice */
	const struct reference_update *update_to; /* it is a notice about these */
	size_t updated_by_n, update_to_n;
};

/* ---- names of files ---- */

/*
 * The name of the file that keeps the record of DOI (canonical), terminated. Letters a to z,
 * digits, '.', '-' and '_' stand for themselves, '+' for the slash, %xx for any other byte. A
 * long one ends in '~' and a part of the SHA-256 of the DOI. Names differ where DOIs do, also
 * on file systems that do not tell capitals.
 */
struct str reference_name(struct str doi, struct arena *arena);
/* The DOI that a file NAME is of; absent when it is no such name, or a long one. */
struct str reference_doi(struct str name, struct arena *arena);

/* ---- files ---- */

/*
 * Read the kept file DOC was read from. Returns false, with a half sentence in WHY ("has no
 * \"csl\""), when it is none. Its fingerprint is not looked at.
 * Lives: OUT as long as DOC and ARENA
 */
bool reference_read(struct reference *out, const struct doc *doc, struct arena *arena,
                    const char **why);
/* The same from the bytes of SOURCE, which live as long as OUT. */
bool reference_open(struct reference *out, const struct source *source,
                    struct arena *arena, const char **why);
/*
 * A record that is not kept yet, from a registry's CSL (one JSON object) about DOI.
 * Lives: OUT as long as all that is given
 * Fails: ERR_IO when CSL is no CSL-JSON
 */
bool reference_make(struct reference *out, struct str doi, struct str csl,
                    struct str source, struct str fetched, struct arena *arena,
                    struct err *err) MUST_CHECK;
/* Whether R's fingerprint is that of its content; the right one goes to PRINT. */
#define REFERENCE_PRINT_SIZE (7 + 64 + 1) /* "sha256:" and the digits */
bool reference_fits(char print[REFERENCE_PRINT_SIZE], const struct reference *r);
/*
 * Append the file that keeps R: keys sorted, two blanks a level, the fingerprint made anew. The
 * same record gives the same bytes.
 * Fails: ERR_IO when R holds a number that JSON's readers do not carry without loss
 */
bool reference_write(struct buf *out, const struct reference *r,
                     struct err *err) MUST_CHECK;
/*
 * Whether NEW has to be written over KEPT: its content differs, KEPT's fingerprint does not
 * fit, or nothing differs but KEPT is older than DAYS, so that its day is renewed.
 */
bool reference_renews(const struct reference *kept, const struct reference *new,
                      int days);

/* ---- days ---- */

/* Days from day A to day B ("2026-11-26"); false when one of them is none. */
bool reference_days(long *out, struct str a, struct str b);

/*
 * Findings about the kept file DOC by itself, named NAME (without folders): broken,
 * fingerprint, stale. TODAY and DAYS: from when on it is stale; TODAY absent: never.
 */
void reference_check(const struct doc *doc, struct str name, struct str today, int days,
                     struct arena *scratch, struct diag_list *out);
