/*
 * Any bytes as a record of a registry, as a kept file and as a list of retractions: what was
 * made is written, what was written is read again and written alike; comparing ends.
 */
#include <stdlib.h>
#include <string.h>

#include "reference/agree.h"
#include "reference/retractions.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
	if (!holds)
		abort();
}

static void read_again(const struct reference *r)
{
	struct buf first = BUF_INIT(1 << 24), second = BUF_INIT(1 << 24);
	char print[REFERENCE_PRINT_SIZE];
	struct arena arena = {0};
	struct source source;
	struct reference kept;
	struct err err = {0};
	const char *why;

	if (reference_write(&first, r, &err)) {
		source = (struct source){STR("x.json"), buf_str(&first)};
		require(reference_open(&kept, &source, &arena, &why));
		require(reference_fits(print, &kept));
		require(reference_write(&second, &kept, &err));
		require(str_eq(buf_str(&first), buf_str(&second)));
		require(!reference_renews(&kept, r, 0));
	}
	buf_release(&first);
	buf_release(&second);
	arena_release(&arena);
}

/* The record is compared with itself: nothing differs but for names of nothing. */
static void compare(const struct reference *r, struct str text)
{
	struct cited_author author = {.literal = text};
	struct cited_work work = {.title = r->title,
	                          .year = text,
	                          .type = r->type,
	                          .authors = &author,
	                          .authors_n = 1};
	struct remarks remarks = {.n = 0};
	struct arena arena = {0};

	reference_agree(&remarks, &work, r, &arena);
	reference_standing(&remarks, &work, r, &arena);
	for (size_t i = 0; i < remarks.n; i++)
		require(remarks.items[i].text.n &&
		        remarks.items[i].rule != &rule_citation_title);
	arena_release(&arena);
}

static void retractions(struct str text)
{
	const struct reference_update *updates;
	struct arena arena = {0};
	struct retractions list;
	struct err err = {0};

	if (retractions_read(&list, STR("x.csv"), text, &arena, &err))
		for (size_t i = 0; i < list.by_doi.n; i++)
			require(retractions_of(&updates, &list, list.by_doi.items[i].key,
			                       &arena) > 0);
	arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = {size ? (const char *)data : "", size};
	struct source source = {STR("x.json"), text};
	struct arena arena = {0};
	struct reference r;
	struct err err = {0};
	const char *why;

	(void)reference_open(&r, &source, &arena, &why);
	if (reference_make(&r, STR("10.1000/x"), text, STR("Crossref"), STR("2026-01-01"),
	                   &arena, &err)) {
		read_again(&r);
		compare(&r, text);
	}
	(void)reference_title_ratio(text, STR("A title of some words"));
	retractions(text);
	arena_release(&arena);
	return 0;
}
