/*
 * deposit.h - a deposit as a step of another command; private to this folder
 */
#pragma once

#include "cmd/network.h"

struct deposit_args {
	struct str url, record, token_file;
	bool draft, dry_run;
	struct network_args network;
};

/*
 * Whether the snapshot of a release of D could be deposited: there is an address, a token, and
 * all that a deposit must say. Nobody is asked.
 * Fails: ERR_CONFIG, ERR_USAGE, ERR_IO for a file with a token
 */
bool deposit_ready(struct run *r, const struct dataset *d,
                   const struct deposit_args *args, struct err *err) MUST_CHECK;
/* Deposit the snapshot in DIR, and tell of it as `stemma deposit` does. */
enum status run_deposit(struct run *r, struct str dir, const struct deposit_args *args);

#define DEPOSIT_TOKEN_VARIABLE "STEMMA_DEPOSIT_TOKEN"

/*
 * The address of the service's API, by ARGS or else by the configuration of D. Plain http is
 * taken only where --allow-address names a network of one's own.
 * Fails: ERR_USAGE
 */
bool deposit_api(struct str *out, struct run *r, const struct dataset *d,
                 const struct deposit_args *args, struct err *err) MUST_CHECK;
/* The token, never empty. Fails: ERR_USAGE, ERR_IO for the file that holds it */
bool deposit_token(struct str *out, struct run *r, const struct deposit_args *args,
                   struct err *err) MUST_CHECK;

/*
 * What runs note for later ones.
 *
 * One line a release and service, "API RELEASE RECORD", in the repository's own folder: how a
 * run that was stopped finds its draft, and the next release the record it is a version of.
 */

struct deposit_notes {
	struct str path;
	struct str text; /* of the file; empty: there is none yet */
};

/* Fails: ERR_IO */
bool deposit_notes_read(struct deposit_notes *out, const struct repo *repo,
                        struct arena *arena, struct err *err) MUST_CHECK;
/* The record of RELEASE at API, else of the last release that went there; absent: none. */
struct str deposit_note_find(const struct deposit_notes *n, struct str api,
                             struct str release);
/* Note that RELEASE is RECORD at API. Fails: ERR_IO */
bool deposit_note_add(const struct deposit_notes *n, struct str api, struct str release,
                      struct str record, struct err *err) MUST_CHECK;
