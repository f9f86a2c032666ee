/*
 * log.h - the versions of one entry as text and JSON
 */
#pragma once

#include "base/buf.h"
#include "record/record.h"

struct log_style {
	bool events; /* every history line below its version (text only) */
	bool colour; /* escape sequences are welcome (text only) */
};

/* A line a version, newest first. Unsafe characters of the data are made visible. */
void log_text(struct buf *out, const struct entry_log *log,
              const struct log_style *style);
/* The object of schema/log.schema.json. */
void log_json(struct buf *out, const struct entry_log *log);
