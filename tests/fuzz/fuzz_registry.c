/*
 * Any bytes as what a registry answers: they are read or refused, and a record that was read is
 * canonical CSL-JSON. The first byte says which registry.
 */
#include <stdlib.h>
#include <string.h>

#include "doc/doc.h"
#include "registry/atom.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
	if (!holds)
		abort();
}

static bool read_json(struct docs *out, struct str text, struct arena *arena)
{
	const struct doc_options opt = {.format = DOC_JSON, .nodes = 10000};
	struct source *source = arena_new(arena, struct source);
	struct diag_list diags;

	*source = (struct source){STR("fuzz"), text};
	diag_init(&diags, arena);
	return doc_read(out, source, &opt, arena, &diags);
}

/* What was written reads as the same again. */
static void check_record(const struct registry_record *record, struct arena *arena)
{
	struct buf again = BUF_INIT(1 << 26);
	struct str csl = registry_csl(record, arena);
	const struct doc_node *bad;
	struct docs docs;

	registry_standing(record);
	require(csl.n > 0 && read_json(&docs, csl, arena));
	require(doc_canonical(&again, &docs.items[0].root, STR_NONE, &bad));
	require(str_eq(buf_str(&again), csl));
	buf_release(&again);
}

static void read_feed(struct str text, struct arena *arena)
{
	struct atom_feed feed;

	if (!atom_read(&feed, text, arena))
		return;
	for (size_t i = 0; i < feed.n; i++) {
		struct registry_record record;
		struct arxiv_id id;

		if (!arxiv_id_parse(&id, feed.entries[i].id))
			continue;
		arxiv_record(&record, &feed.entries[i], &id, arena);
		check_record(&record, arena);
	}
}

static void read_work(struct str text, bool datacite, struct arena *arena)
{
	struct registry_record record;
	struct docs docs;

	if (read_json(&docs, text, arena) &&
	    (datacite ? registry_read_datacite
	              : registry_read_work)(&record, &docs.items[0].root, arena))
		check_record(&record, arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = {size ? (const char *)data + 1 : "", size ? size - 1 : 0};
	struct arena arena = {0};

	if (size && data[0] == 'a')
		read_feed(text, &arena);
	else if (size && data[0] == 't')
		registry_text(text, &arena);
	else
		read_work(text, size && data[0] == 'd', &arena);
	arena_release(&arena);
	return 0;
}
