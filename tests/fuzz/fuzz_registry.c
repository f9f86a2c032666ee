/*
 * Any bytes as what a registry answers: they are read or refused, and a record that was read is
 * canonical CSL-JSON. The first byte says which registry; a digit, a whole answer to a request.
 */
#include <stdlib.h>
#include <string.h>

#include "doc/doc.h"
#include "registry/ask.h"

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

static void ignore(void *ctx, size_t index, const struct registry_result *result)
{
	(void)ctx, (void)index;
	require(!result->record || result->record->csl.n);
}

/* Each item is answered at most once, or waits for another request. */
static void read_reply(const struct kind *kind, struct str body)
{
	char no_client = 0;
	const struct registry_options opt = {.http = (struct http *)(void *)&no_client,
	                                     .told = ignore};
	struct item items[] = {
	        {.doi = STR("10.1/a"), .now = STR("10.1/a"), .wire = STR("10.1/a")},
	        {.doi = STR("10.1/b,_c"), .now = STR("10.1/b,_c"), .wire = STR("10.1/b")},
	        {.doi = STR("10/d"), .arxiv = {STR("1706.03762"), STR_NONE}},
	};
	struct item *list[] = {&items[0], &items[1], &items[2]};
	struct call c = {.kind = kind, .items = list, .n = kind->max > 1 ? 3 : 1};
	const struct http_reply reply = {
	        .outcome = HTTP_REPLIED, .status = 200, .body = body};
	struct err err = {0};

	require(registry_open(&c.r, &opt, &err));
	if (kind->read(&c, &reply))
		for (size_t i = 0; i < c.n; i++)
			if (!list[i]->moved)
				kind->missing(c.r, list[i]);
	arena_release(&c.arena);
	registry_close(c.r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct kind *const kinds[] = {
	        &kind_short,        &kind_agency,       &kind_arxiv,
	        &kind_crossref,     &kind_datacite,     &kind_negotiate,
	        &kind_crossref_one, &kind_datacite_one, &kind_handle,
	        &kind_agency_again,
	};
	struct str text = {size ? (const char *)data + 1 : "", size ? size - 1 : 0};
	struct arena arena = {0};

	if (size && data[0] >= '0' && data[0] <= '9')
		read_reply(kinds[data[0] - '0'], text);
	else if (size && data[0] == 'a')
		read_feed(text, &arena);
	else if (size && data[0] == 't')
		registry_text(text, &arena);
	else
		read_work(text, size && data[0] == 'd', &arena);
	arena_release(&arena);
	return 0;
}
