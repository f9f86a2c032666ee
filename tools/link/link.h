/*
 * link.h - the links and citations of a dataset, and what is known of them
 *
 * gather -> set -> (form, kept references, memory, network) -> report -> findings
 *
 * A link is an address, a citation is a DOI. Each is in the set once, whatever fragment or
 * spelling it has, with every place it stands at. A set is its own report: those who ask fill
 * in the verdicts. It is pure data, and reports of parts can be merged.
 */
#pragma once

#include "base/arena.h"
#include "base/diag.h"
#include "base/map.h"
#include "base/str.h"
#include "dataset/dataset.h"
#include "doc/doc.h"
#include "entry/cited.h"

/* VERDICT(symbol, name) */
#define LINK_VERDICTS(VERDICT) \
	VERDICT(LINK_ALIVE, "alive") \
	VERDICT(LINK_REDIRECTED, "redirected") /* for good: it has another address */ \
	VERDICT(LINK_DEAD, "dead") /* proved */ \
	VERDICT(LINK_UNKNOWN, "unknown") /* a robot wall, throttled, out of service */ \
	VERDICT(LINK_WARNING, "warning") /* it answers, but something is wrong */ \
	VERDICT(LINK_BLOCKED, "blocked") /* refused by us: scheme, port, address */ \
	VERDICT(LINK_INVALID, "invalid") /* no address, no DOI */ \
	VERDICT(LINK_NOT_CHECKED, "not-checked")

#define VERDICT(symbol, name) symbol,
enum link_verdict { LINK_VERDICTS(VERDICT) LINK_VERDICTS_N };
#undef VERDICT

const char *link_verdict_name(enum link_verdict v);
/* False when TEXT names none. */
bool link_verdict_parse(enum link_verdict *out, struct str text);

/* What came of asking. Absent strings: nothing to say. */
struct link_result {
	enum link_verdict verdict;
	int status; /* of HTTP; 0: none */
	struct str class
	        ; /* a word for programs: "timeout", "robot-wall", "soft-404", ... */
	struct str reason; /* for people */
	struct str final_url; /* where it led, when that is another address */
	struct str archived; /* a copy in an archive */
};

struct link_place {
	struct str file; /* as the user named it */
	struct str pointer; /* absent: the file is a list of links */
	struct str text; /* as it is written there */
	struct span span;
	uint32_t from, to; /* bytes of the file: the value with its quotes */
	int document;
	const struct cited_work *work; /* the source it is of; NULL: none */
	struct link_place *next;
};

struct link_url {
	struct str key; /* normalised, without fragment */
	struct str url; /* as first written, but for a password */
	struct link_result result;
	struct link_place *places, *last_place; /* in the order of files */
};

/* Something to tell about a citation besides its verdict. */
struct link_finding {
	const struct rule *rule;
	enum severity severity;
	struct str text, suggestion;
	const struct link_place *place; /* NULL: all of them */
	struct link_finding *next;
};

struct link_citation {
	struct str doi; /* canonical; as it is written when it is none */
	struct str wire; /* for requests; absent when invalid */
	struct str agency; /* absent: not known */
	struct str verified; /* the day of the registry's answer; absent: never */
	struct link_result result;
	struct link_finding *findings, *last_finding;
	struct link_place *places, *last_place;
};

struct link_set {
	struct arena *arena;
	struct map urls; /* key -> struct link_url * */
	struct map citations; /* DOI -> struct link_citation * */
	size_t places;
	size_t files; /* looked at */
	bool interrupted; /* not all of it was asked */
	bool offline; /* none of it was */
	int part, parts; /* what it is of a whole; 0: all of it */
	/* When it is merged: whether each of so many parts is there, or a whole is. */
	bool *have, whole;
	const struct str *orphans; /* files of kept records that no citation asks for */
	size_t orphans_n;
	struct map merged; /* private to merge.c: places and findings that are there */
};

void link_set_init(struct link_set *set, struct arena *arena);

/* ---- what an address is ---- */

struct link_form {
	bool good;
	enum link_verdict verdict; /* when it is not good: LINK_INVALID or LINK_BLOCKED */
	const char *class, *reason; /* then */
	struct str key; /* what makes it the same link as another; never absent */
	struct str shown; /* the text without a password */
	struct str scheme, host; /* slices of `key`; absent when there are none */
};

/*
 * Read TEXT as an address. The key has scheme and host in lower case, host names in ASCII
 * (IDNA), no default port, no fragment, and characters beyond ASCII encoded; http and https
 * differ.
 * Lives:  OUT as long as TEXT and ARENA
 * Source: RFC 3986; RFC 3987, section 3.1
 */
void link_form(struct link_form *out, struct str text, struct arena *arena);
/* The part of URL behind '#', or absent. */
struct str link_fragment(struct str url);

/* ---- gathering ---- */

/*
 * Add the address TEXT to SET. One that names a DOI at its resolver is a citation.
 * PLACE  is copied
 * Lives: TEXT and PLACE's strings as long as SET
 */
void link_add(struct link_set *set, struct str text, const struct link_place *place);
/* Add TEXT, which should be a DOI. */
void link_add_doi(struct link_set *set, struct str text, const struct link_place *place);
/*
 * Add what stands in DOC, an entry: what the roles say are addresses and DOIs, and every other
 * text that is an address as a whole, but for its history.
 * FILE  the path of DOC, as the user named it; lives as long as SET
 * Lives: DOC may go afterwards
 */
void link_gather(struct link_set *set, const struct roles *roles, struct str file,
                 const struct doc *doc);
/*
 * Add the links of LIST, one a line; empty lines and those that start with '#' are none, and a
 * byte order mark is no part of the first one.
 */
void link_gather_list(struct link_set *set, struct str file, struct str list);
/* TEXT as one of so many parts, such as "1/4"; false: it is none. */
bool link_part(int *part, int *parts, struct str text);
/*
 * Leave only what belongs to part PART (from 1) of PARTS, which is the same on every machine.
 */
void link_shard(struct link_set *set, int part, int parts);
/* The next part behind PART (0: the first) that is missing in a merged SET; 0: none is. */
int link_missing(const struct link_set *set, int part);
/* Leave only the places whose entry did not have that link or citation in OLD. */
void link_only_new(struct link_set *set, const struct link_set *old);
/* In the order of keys, places in the order of files and lines. */
void link_sort(struct link_set *set);

/* ---- telling ---- */

/* Counts by verdict, and the host or class they are of. */
struct link_count {
	struct str name; /* of the host */
	uint32_t total, by[LINK_VERDICTS_N];
};

struct link_class_count {
	enum link_verdict verdict;
	struct str class;
	size_t total;
};

struct link_summary {
	struct link_count urls, citations; /* without a name */
	const struct link_count *hosts; /* hosts_n of them, by name */
	size_t hosts_n;
	const struct link_class_count
	        *classes; /* classes_n of them, by verdict and class */
	size_t classes_n;
	size_t verified; /* citations that a registry's record is known of */
};

void link_summarise(struct link_summary *out, const struct link_set *set,
                    struct arena *arena);
/* Note FINDING (copied) about C. */
void link_note(struct link_set *set, struct link_citation *c,
               const struct link_finding *finding);
/*
 * What there is to tell, a finding for every place, in the order of files. Severities are the
 * rules' own.
 */
void link_findings(struct diag_list *out, const struct link_set *set);
/* The rule that a verdict breaks; NULL: none. CITED: of a citation. */
const struct rule *link_rule(enum link_verdict v, bool cited);

/* Whether TEXT, out of a report, can be the id of a rule: letters, digits, '.', '-'. */
bool link_rule_id(struct str text);
/*
 * Add the report ROOT, as `links --format json` prints it, to SET: what is in both has the worse
 * verdict and the places of both.
 * NAME   for messages
 * Lives: ROOT as long as SET
 * Fails: ERR_IO when it is no such report
 */
bool link_merge(struct link_set *set, struct str name, const struct doc_node *root,
                struct err *err) MUST_CHECK;
