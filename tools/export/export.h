/*
 * export.h - a snapshot of a release: a folder of all its forms
 *
 * It is made in a hidden folder beside DIR and gets its name when it is whole. What is in it
 * follows from the release alone: no clock, no locale, no name of a machine.
 */
#pragma once

#include "export/form.h"

struct export_request {
	struct str dir;
	bool replace; /* DIR is a snapshot, which is replaced */
	const struct form *const *forms; /* forms_n of them, in the order of the table */
	size_t forms_n;
	/*
	 * Each was asked for by name: one that cannot be made fails, in place of being left out.
	 */
	bool named;
	struct arena *arena; /* for what the result tells */
	struct export_options options;
	struct str cache; /* a file that keeps pieces for the next run; absent: none */
	/* Called with the files when all are made, which then go again; NULL: they stay. */
	void (*instead)(void *ctx, const struct export_sum *sums, size_t n);
	void *ctx;
};

/* A form that must know what stemma.yaml does not say. */
struct export_left_out {
	const char *form;
	struct str lacks; /* "`about.creators` (who made the dataset)" */
};

struct export_result {
	size_t entries, reused, files;
	size_t linked; /* of the files: hard links to those of the folder before */
	uint64_t bytes;
	struct export_left_out *left_out; /* left_out_n of them */
	size_t left_out_n;
	struct str
	        not_kept; /* why the next run finds nothing in the cache; absent: it does */
};

/*
 * Make the snapshot of the release that R ends with.
 * Lives: nothing
 * Fails: ERR_IO, ERR_REPO, ERR_CONFIG, ERR_LIMIT; then there is no new folder
 */
bool export_make(struct export_result *out, const struct export_request *request,
                 const struct record *r, struct err *err) MUST_CHECK;
/* R as it was when its release I was the last one. */
struct record record_until(const struct record *r, size_t i);
