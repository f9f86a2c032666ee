/*
 * ask.h - private: the way of many ids through the services
 *
 * An item is one id. It waits in the queue of a kind of request, goes out in a call together
 * with others, and then is answered or put into another queue:
 *
 *     short --> agency --> list of Crossref or DataCite --> single look-up --> handle
 *                     \--> content negotiation of other agencies ------------/   |
 *     agency again <------------------------- an alias -------------------------/
 *     arXiv
 *
 * A kind waits for a full request as long as kinds of a lower stage are busy.
 */
#pragma once

#include "base/map.h"
#include "registry/atom.h"
#include "registry/registry.h"

/* Requests arrive unevenly, and a service measures where they arrive. */
#define REGISTRY_SLACK_MS 150

enum {
	KIND_SHORT,
	KIND_AGENCY,
	KIND_ARXIV,
	KIND_CROSSREF,
	KIND_DATACITE,
	KIND_NEGOTIATE,
	KIND_CROSSREF_ONE,
	KIND_DATACITE_ONE,
	KIND_HANDLE,
	KIND_AGENCY_AGAIN,
	KINDS
};

enum { SERVICE_DOI, SERVICE_CROSSREF, SERVICE_DATACITE, SERVICE_ARXIV, SERVICES };

struct item {
	struct str id; /* as it was asked */
	size_t index;
	struct item *same; /* the next one that asks for the same */
	struct str doi; /* canonical */
	struct str now, wire; /* the DOI that is being asked, an alias followed */
	struct arxiv_id arxiv; /* else absent */
	struct str agency; /* lives as long as the registry */
	struct str reason; /* noted on the way, the same */
	unsigned requests, hops; /* hops: aliases followed */
	bool again; /* it was missing once where it may be asked twice */
	bool moved; /* out of the call whose reply is being read */
	bool told;
};

struct queue {
	struct item **items;
	size_t from, n, cap; /* items[from] to items[n - 1] wait */
};

struct call;

/* A kind of request. */
struct kind {
	int id, service;
	int stage;
	bool list; /* asks for many, at another pace */
	bool alone; /* one call at a time, and what is left waits for it alone */
	size_t max; /* items of a call */
	size_t between; /* bytes between two of them in the URL */
	int single; /* where an item goes that cannot be asked for so; 0: nowhere */
	const char *accept; /* or NULL */
	void (*url)(struct buf *out, const struct registry *r, struct item *const *items,
	            size_t n);
	/*
	 * Read a reply of a status below 500 that is not said below to be trouble: answer the
	 * call's items or put them into other queues; those left are `missing`. False: it is
	 * not in the service's form.
	 */
	bool (*read)(struct call *c, const struct http_reply *reply);
	void (*missing)(struct registry *r, struct item *item);
	/* An item whose calls have failed for REASON; NULL: it stays unknown. */
	void (*failed)(struct registry *r, struct item *item, struct str reason);
};

struct service {
	const char *name;
	struct http_pace single, list;
	long single_ms, list_ms; /* their intervals, slack included */
	unsigned requests, failures, in_a_row; /* failures in a row */
	unsigned open; /* calls given to the client */
	struct str stopped; /* why it is left alone from now on; or absent */
};

enum call_state { CALL_WAITING, CALL_SENT, CALL_OVER };

struct call {
	struct http_request request;
	struct http_header accept;
	struct registry *r;
	const struct kind *kind;
	struct item **items;
	size_t n;
	int tries;
	bool plain; /* made without a selection of fields */
	enum call_state state;
	struct buf url;
	struct arena arena; /* of the reply being read */
	struct call *next;
};

struct registry {
	struct registry_options opt;
	struct arena arena;
	struct map items; /* by what is asked: struct item */
	struct map agencies; /* names, kept once */
	struct queue queues[KINDS];
	unsigned open[KINDS]; /* calls of each kind that are not over */
	struct call *calls; /* oldest first; those that are over go with the next reply */
	struct service services[SERVICES];
	unsigned throttled;
	bool plain_lists; /* Crossref did not like our selection of fields */
};

extern const struct kind kind_short, kind_agency, kind_arxiv, kind_crossref,
        kind_datacite, kind_negotiate, kind_crossref_one, kind_datacite_one, kind_handle,
        kind_agency_again;

/* pump.c */
/* Let ITEM wait for a request of KIND. */
void item_queue(struct registry *r, int kind, struct item *item);
/* Make all calls that can be made now. */
void pump(struct registry *r);
/* Two calls in place of C, each with half of its items. */
void call_halve(struct call *c);
/* A new call in place of C. */
void call_anew(struct call *c);
/* C is over; it is freed when its reply has been dealt with. */
void call_end(struct call *c);
/* Free the calls that are over, or ALL. */
void calls_free(struct registry *r, bool all);

/* reply.c */
/* What a call came to. */
void call_done(struct http *h, struct http_request *request,
               const struct http_reply *reply);
/* ITEM could not be asked for, for REASON, which lives as long as the registry. */
void item_fail(struct registry *r, const struct kind *kind, struct item *item,
               struct str reason);

/* registry.c */
/* Tell the answer about ITEM and all that ask for the same. REASON may be absent. */
void item_answer(struct registry *r, struct item *item, enum registry_answer answer,
                 struct registry_record *record, struct str reason);
/* NAME, kept as long as R. */
struct str agency_name(struct registry *r, struct str name);

/* shape.c: helpers to read replies. */
/* The reply's JSON in the call's arena; NULL when it is none or says to be something else. */
const struct doc_node *reply_json(struct call *c, const struct http_reply *reply);
/* Whether Content-Type names WORD, or there is no Content-Type. */
bool reply_is(const struct http_reply *reply, const char *word);
/* The call's item that is about the DOI that a service calls TOLD, and not read yet. */
struct item *call_item(struct call *c, struct str told);
/* Whether TOLD is DOI in other case, or with escapes. */
bool doi_told_is(struct str told, struct str doi);
/* A whole number, or -1. */
long node_number(const struct doc_node *node);
/* TEXT percent-encoded but for letters, digits and "-._~". */
void add_encoded(struct buf *out, struct str text);
/* Append SEPARATOR and the parameter that tells whom to write to, when it is known. */
void add_mailto(struct buf *out, const struct registry *r, char separator);
/* Answer ITEM as registered with the record that READ makes of NODE, or without. */
void item_record(struct call *c, struct item *item, struct registry_record *record,
                 bool readable);
