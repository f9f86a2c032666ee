/*
 * registry.h - ask doi.org, Crossref, DataCite and arXiv about many works at once
 *
 * A work is alive or dead only when a registry said so in its own form. Whatever else comes
 * back (a robot wall, half an answer, too many requests, nothing) leaves it unknown.
 * Source: DOI Handbook, doiRA and Handle REST API; Crossref, DataCite and arXiv APIs
 */
#pragma once

#include "base/err.h"
#include "base/macro.h"
#include "http/http.h"
#include "registry/record.h"

#define REGISTRY_ARXIV_MS 3000 /* "no more than one request every three seconds" */
#define REGISTRY_RETRY_MS 1000
#define REGISTRY_WAIT_S 60

enum registry_answer {
	REGISTRY_UNKNOWN, /* nobody could say: `reason` */
	REGISTRY_REGISTERED,
	REGISTRY_NOT_REGISTERED, /* proved */
	REGISTRY_ALIAS, /* registered, but stands for `target` */
	REGISTRY_DELETED, /* registered, and marked as deleted by its agency */
};

/* "unknown", "registered", "not-registered", "alias", "deleted". */
const char *registry_answer_name(enum registry_answer a);

/* Good during the call that tells it. */
struct registry_result {
	struct str id; /* as it was asked */
	struct str
	        doi; /* canonical; of a shortDOI the one that it stands for; or absent */
	enum registry_answer answer;
	struct str agency; /* absent: not known */
	struct str target; /* ALIAS: the DOI that it stands for; `record` is that one's */
	struct str
	        reason; /* why no answer or no record; a part of a sentence, or absent */
	const struct registry_record *record; /* NULL: none */
	unsigned requests; /* that it took part in */
};

/* INDEX: of the id among those that were asked with it. */
typedef void registry_told(void *ctx, size_t index, const struct registry_result *result);

/* Absent addresses: the public ones. They have no slash at the end. */
struct registry_options {
	struct http *http; /* outlives the registry */
	struct str doi; /* https://doi.org: doiRA, content negotiation */
	struct str handle; /* https://doi.org/api/handles */
	struct str crossref, datacite, arxiv;
	struct str mailto; /* tells who asks; absent: the public pool and its limits */
	long arxiv_interval_ms; /* between two requests; 0: REGISTRY_ARXIV_MS */
	long retry_ms; /* before a request is made again; 0: REGISTRY_RETRY_MS */
	/* A service that asks for more patience is left alone; 0: REGISTRY_WAIT_S. */
	long retry_after_cap_s;
	registry_told *told; /* once for each id asked, in any order */
	void *ctx;
};

struct registry_stats {
	unsigned requests, throttled; /* throttled: told to slow down (429) */
	unsigned doi, crossref, datacite, arxiv; /* requests of each */
};

struct registry;

/*
 * Lives: OUT until registry_close(); the texts of OPT must live as long
 */
bool registry_open(struct registry **out, const struct registry_options *opt,
                   struct err *err) MUST_CHECK;
void registry_close(struct registry *r);
/*
 * Ask about N ids: DOIs in any form, shortDOIs, arXiv ids ("arXiv:1706.03762", "1706.03762v2",
 * "hep-th/9901001"). Those that are the same are asked once. What cannot be asked is told at
 * once, the rest during http_run().
 * Lives: IDS until all are told
 */
void registry_ask(struct registry *r, const struct str *ids, size_t n);
/* After http_run(): tell what is still open (the run was stopped) as unknown. */
void registry_finish(struct registry *r);
struct registry_stats registry_stats(const struct registry *r);
