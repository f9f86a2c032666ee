/*
 * internal.h - shared by the files of this folder
 */
#pragma once

#include "deposit/deposit.h"

#include "base/macro.h"
#include "doc/doc.h"

struct session {
	struct http *http;
	const struct deposit_options *opt;
	struct arena *arena;
	struct err *err;
};

struct question {
	const char *method;
	struct str path; /* behind the API's address: "/records/ID/draft" */
	struct str body; /* JSON; absent: none */
	const struct deposit_file *file; /* sent in place of a body; or NULL */
};

struct answer {
	int status;
	const struct doc_node *json; /* NULL: the body is no JSON */
};

/*
 * Ask, and wait: for the answer, for pauses that the service asks for, and for another try
 * after a failure that may pass. Any status but 429 and 5xx is an answer.
 * Fails: ERR_IO
 */
bool ask(struct answer *out, const struct session *s,
         const struct question *q) MUST_CHECK;
/* The same, where anything but success (2xx) is a failure, told with WHAT was tried. */
bool ask_for(struct answer *out, const struct session *s, const struct question *q,
             const char *what) MUST_CHECK;
/* Note what a refusal says. Always returns false. */
bool refused(const struct session *s, const struct answer *a, const char *what);
/* FMT with strings put in, in the arena of S. */
#define PATH(s, ...) arena_fmt((s)->arena, __VA_ARGS__)
/* S percent-encoded but for letters, digits and "-._~", in the arena. RFC 3986, section 2.3 */
struct str encoded(const struct session *s, struct str text);

/*
 * draft.c: find or make the draft; its record id is in OUT. With OUT->found it is published.
 */
bool draft_open(struct deposited *out, const struct session *s) MUST_CHECK;
/* Give the draft its metadata and its DOI. */
bool draft_describe(struct deposited *out, const struct session *s) MUST_CHECK;
bool draft_publish(struct deposited *out, const struct session *s) MUST_CHECK;
/* Note id, DOI and page that a record of the service tells. */
void record_read(struct deposited *out, const struct session *s,
                 const struct doc_node *record);

/* files.c: send what the draft has not, take away what it should not have. */
bool files_send(struct deposited *out, const struct session *s) MUST_CHECK;
