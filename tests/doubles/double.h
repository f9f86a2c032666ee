/*
 * double.h - a program that plays doi.org, Crossref, DataCite, arXiv and the Wayback Machine
 *
 * One port; the services are told apart by the first part of the path. The shapes are those of
 * recorded answers, the limits the real ones. See main.c for its use.
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

enum { DOI, CROSSREF, DATACITE, ARXIV, WAYBACK, AGENCY, SERVICES };
extern const char *const service_names[SERVICES];

struct request {
	struct str method;
	struct str target; /* as it came: path and query, still encoded */
	struct str path; /* behind the service's name, still encoded: "/works" */
	struct str query; /* still encoded; absent when there is none */
	struct str host; /* of the Host header */
	struct str accept;
	int service;
	unsigned open; /* requests to the service being answered, this one included */
	long now_ms;
	struct arena *arena; /* for as long as the request lasts */
};

enum how {
	HOW_WHOLE,
	HOW_HALF, /* the length of the whole, half of the bytes, then the end */
	HOW_RESET, /* nothing but a broken connection */
	HOW_DRIP, /* a byte every now and then */
};

struct answer {
	int status;
	const char *type;
	struct buf headers; /* more of them, each with its line end */
	struct buf body;
	long delay_ms;
	enum how how;
};

/* server.c: serve until SIGTERM, or nobody asked for ten minutes. */
int serve(const char *address, int port);
/* Percent-decode S into ARENA. */
struct str decoded(struct str s, struct arena *arena);
/* The value of NAME in a query, decoded; absent when it is not there. */
struct str query_get(const struct request *q, const char *name);

/* main.c: answer Q, as told by the control file. */
void answer(struct answer *a, const struct request *q);
void log_request(const struct request *q, int status);

/* control.c: misbehaviour. */
struct trouble {
	struct str mode; /* absent: none */
	long number; /* after the mode; -1: none */
};

/* The trouble that CONTROL (a file that may be missing) has for Q. */
struct trouble trouble_for(const char *control, const struct request *q);
/* A setting "SERVICE NAME NUMBER" of the control file, or ELSE. */
long setting(const struct request *q, const char *name, long otherwise);
bool setting_is(const struct request *q, const char *name);

/* limits.c: whether Q is one too many; then A is the answer. */
bool too_many(struct answer *a, const struct request *q);

/* works.c: what is registered. */
enum work_kind {
	WORK_NONE,
	WORK_CROSSREF,
	WORK_DATACITE,
	WORK_OTHER, /* mEDRA, JaLC */
	WORK_ALIAS,
	WORK_DELETED,
	WORK_BARE, /* at Crossref by its agency, but without a record */
};

struct work {
	enum work_kind kind;
	struct str doi; /* in the case of its registration */
	const char *agency; /* NULL: none */
	const char *url;
	const char
	        *recorded; /* its record as JSON: Crossref's, or DataCite's attributes */
	bool unlisted; /* lists leave it out */
	int number; /* of a generated one; -1 */
};

/* Fill OUT with what is known of DOI (any case). */
void work_find(struct work *out, struct str doi, struct arena *arena);
/* The generated DOI number I (from 0). */
struct str work_doi(int i, struct arena *arena);
/* Append its record: Crossref's `message`, which is good CSL-JSON too. */
void work_crossref(struct buf *out, const struct work *w, bool upper);
/* DataCite's item of `data`. */
void work_datacite(struct buf *out, const struct work *w);

/* The services: doi.c, crossref.c, datacite.c, arxiv.c */
void doi_answer(struct answer *a, const struct request *q);
void crossref_answer(struct answer *a, const struct request *q);
void datacite_answer(struct answer *a, const struct request *q);
void arxiv_answer(struct answer *a, const struct request *q);
void wayback_answer(struct answer *a, const struct request *q);
void agency_answer(struct answer *a, const struct request *q);
