/*
 * links.h - what the files of `stemma links` share
 */
#pragma once

#include "cmd/network.h"
#include "link/link.h"
#include "link/memory.h"
#include "repo/repo.h"

struct links_args {
	struct str since, urls, cache, max_age, shard, date, retractions;
	struct opt_list services;
	struct network_args network;
	int format, jobs, per_host, timeout, retry_after_cap, deadline;
	bool offline, fetch, forget, fix, wayback, fragments, strict;
};

/* The run of one `stemma links`. */
struct linking {
	struct run *run;
	const struct links_args *args;
	struct dataset *dataset; /* NULL: a plain list alone */
	struct repo *repo; /* NULL: there is none */
	struct link_policy policy; /* of stemma.yaml and the options */
	struct link_set set;
	struct diag_list found; /* about files that could not be read */
	struct buf list, retractions; /* the bytes of --urls and --retractions */
	int64_t now; /* seconds since 1970 */
	int64_t max_age; /* in seconds; -1: not given */
	int part, parts; /* of --shard; 0: all */
	bool whole; /* all links of the dataset are gathered, and no others */
	bool trouble; /* something could not be done: status 3 */
	int signal; /* that ended it; 0: none */
};

/* ---- links_gather.c ---- */

/* Fill L->set with what the operands and options name. Fails: as dataset_open() and so on */
bool links_gather(struct linking *l, const struct opt_list *operands,
                  struct err *err) MUST_CHECK;

/* ---- links_memory.c ---- */

/*
 * Open the memory, NULL when there is none: --no-cache, or the usual place cannot be used, which
 * is said. Fails: ERR_IO for the file of --cache
 */
bool links_open_memory(struct link_memory **out, struct linking *l,
                       struct err *err) MUST_CHECK;

/* ---- links_ask.c ---- */

/* Ask the network; records go to the dataset with --fetch. Fails: ERR_USAGE, ERR_IO */
bool links_ask(struct linking *l, struct err *err) MUST_CHECK;

/* ---- links_fetch.c ---- */

struct fetching {
	struct linking *l;
	struct arena scratch; /* reset after each record */
	size_t written, same;
	struct err err; /* the first trouble: nothing is written after it */
};

/* Fails: ERR_USAGE, ERR_IO when there is no folder for records */
bool links_fetch_begin(struct fetching *f, struct err *err) MUST_CHECK;
/* Write the record of DOI, unless the one that is there will do. */
void links_keep(struct fetching *f, struct str doi, struct str csl, struct str agency,
                struct str day);
/* Say how many were written. Fails: with the first trouble there was */
bool links_fetch_end(struct fetching *f, struct err *err) MUST_CHECK;

/* ---- links_tell.c ---- */

/* Print L->set as FORMAT. Returns the status by what is in it. */
enum status links_tell(struct linking *l, int format);

/* ---- links_fix.c ---- */

/* Write the new addresses of links that have moved for good into the entries. Says how many. */
bool links_fix(struct linking *l, struct err *err) MUST_CHECK;
