/*
 * verify.h - the parts of `stemma verify`; private to this folder
 */
#pragma once

#include "cmd/internal.h"
#include "render/findings.h"

struct verify_snapshot {
	int format, jobs;
	bool rebuild; /* make it again, when its release is there */
};

/* Whether findings in FORMAT leave room for a sentence: no program reads them as a whole. */
bool verify_speaks(int format);

/* Check the snapshot in DIR. */
enum status run_verify_snapshot(struct run *r, struct str dir,
                                const struct verify_snapshot *args);
