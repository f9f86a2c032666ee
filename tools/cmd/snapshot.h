/*
 * snapshot.h - a snapshot as a step of another command; private to this folder
 */
#pragma once

#include "cmd/internal.h"

/* Whether DIR may be made or replaced. Fails: ERR_USAGE */
bool snapshot_ready(struct str dir, struct err *err) MUST_CHECK;
/*
 * Make DIR with the usual forms of RELEASE, and with ARCHIVE all files in one as well; tell of
 * it as `stemma snapshot` does.
 */
enum status run_snapshot(struct run *r, struct str release, struct str dir, bool archive);
