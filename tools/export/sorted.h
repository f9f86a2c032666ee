/*
 * sorted.h - records that many entries bring, each once, in order; private to this folder
 *
 * Works are cited by several entries. A form's render() packs one record a work; this takes
 * the packed bytes of one entry after the other, keeps of equal records the first, and at last
 * writes them out in the order of their labels. The records wait in a file: what stays in memory
 * is some tens of bytes each.
 */
#pragma once

#include "base/buf.h"
#include "base/err.h"
#include "export/form.h"

struct record_text {
	struct str identity; /* equal for equal records */
	struct str label; /* what it is sorted by, at most LIMIT_LABEL_BYTES */
	struct str text;
	/*
	 * Where the label ends in TEXT: should two records have the same label, the later ones
	 * get a letter there. 0: it is not in it.
	 */
	size_t label_end;
};

/* Append R to what an entry brings. */
void sorted_pack(struct buf *out, const struct record_text *r);

struct sorted;

/* Lives: as long as RUN, until sorted_release(). Fails: ERR_IO */
bool sorted_open(struct sorted **out, struct form_run *run, struct err *err) MUST_CHECK;
/* Take the records packed in BYTES. Fails: ERR_IO */
bool sorted_take(struct sorted *g, struct str bytes, struct err *err) MUST_CHECK;
/* Write all records to FILE, with BETWEEN between each two; FIRST before the first one. */
bool sorted_write(struct sorted *g, struct export_file *file, struct str first,
                  struct str between, struct err *err) MUST_CHECK;
/* G may be NULL. */
void sorted_release(struct sorted *g);
