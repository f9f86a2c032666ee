/* What is gathered from entries and lists, and what is done with it before anybody is asked. */
#include "link/link.h"

#include "../doc/reading.h"
#include "../roles.h"

struct fixture {
	struct reading r;
	struct roles roles;
	struct link_set set;
};

static void gather(struct fixture *f, const char *yaml)
{
	reading_open(&f->r, "notes/a.yaml", str_of(yaml), NULL);
	f->roles = plain_roles(&f->r.run);
	link_set_init(&f->set, &f->r.run);
	for (size_t i = 0; i < f->r.docs.n; i++)
		link_gather(&f->set, &f->roles, STR("notes/a.yaml"), &f->r.docs.items[i]);
}

static const struct link_url *url(const struct fixture *f, const char *key)
{
	const struct link_url *u = map_get(&f->set.urls, str_of(key));

	if (!u)
		fail_msg("no %s", key);
	return u;
}

static const struct link_citation *citation(const struct fixture *f, const char *doi)
{
	const struct link_citation *c = map_get(&f->set.citations, str_of(doi));

	if (!c)
		fail_msg("no %s", doi);
	return c;
}

static void everywhere_but_in_the_history(void **state)
{
	struct fixture f;
	const struct link_place *p;

	(void)state;
	gather(&f,
	       "sources:\n"
	       "  - {key: a, doi: 10.1000/A, url: example.org, title: T, year: 1999}\n"
	       "  - {key: b, url: 'https://doi.org/10.1000/b', doi: no}\n"
	       "doi: \"https://doi.org/10.1000/a\"\n"
	       "see: [https://example.org/x, 'not https://example.org/y', "
	       "mailto:me]\n"
	       "more: {\"a/b\": https://example.org/x#part}\n"
	       "history:\n"
	       "  - {note: https://example.org/never}\n");
	assert_int_equal(f.set.urls.n, 2);
	assert_int_equal(url(&f, "example.org")->result.verdict, LINK_INVALID);
	p = url(&f, "https://example.org/x")->places;
	assert_str(p->pointer, "/see/0");
	assert_int_equal(p->span.line, 5);
	assert_int_equal(p->span.column, 7);
	assert_str(p->next->pointer, "/more/a~1b");
	assert_str(p->next->text, "https://example.org/x#part");
	assert_null(p->next->next);
	assert_int_equal(f.set.citations.n, 3);
	p = citation(&f, "10.1000/a")->places;
	assert_str(p->pointer, "/sources/0/doi");
	assert_str(p->work->title, "T");
	assert_str(p->work->year, "1999");
	assert_str(p->next->pointer, "/doi");
	assert_null(p->next->work);
	assert_str(citation(&f, "10.1000/b")->places->pointer, "/sources/1/url");
	assert_int_equal(citation(&f, "no")->result.verdict, LINK_INVALID);
	assert_str(citation(&f, "10.1000/a")->wire, "10.1000/a");
	reading_release(&f.r);
}

/* A pointer longer than can be told is cut, and the link is there all the same. */
static void deep_and_long(void **state)
{
	CLEANUP(buf_release) struct buf text = BUF_INIT(1 << 20);
	struct fixture f;

	(void)state;
	for (int i = 0; i < 400; i++) {
		buf_addz(&text, "{? ");
		buf_fill(&text, 'k', 100);
		buf_addz(&text, " : ");
	}
	buf_addz(&text, "'https://example.org/x'");
	buf_fill(&text, '}', 400);
	gather(&f, buf_z(&text));
	assert_true(url(&f, "https://example.org/x")->places->pointer.n <= 16384);
	reading_release(&f.r);
}

static void a_plain_list(void **state)
{
	struct arena a = {0};
	struct link_set set;
	const struct link_url *u;

	(void)state;
	link_set_init(&set, &a);
	link_gather_list(&set, STR("list"),
	                 STR("# links\n\n  https://example.org/a \r\n"
	                     "https://EXAMPLE.org/a#b\nhttps://doi.org/10.1000/x"));
	assert_int_equal(set.urls.n, 1);
	assert_int_equal(set.citations.n, 1);
	assert_int_equal(set.places, 3);
	u = set.urls.items[0].value;
	assert_str(u->url, "https://example.org/a");
	assert_int_equal(u->places->span.line, 3);
	assert_int_equal(u->places->span.column, 3);
	assert_int_equal(u->places->next->span.line, 4);
	arena_release(&a);
}

static void fill(struct link_set *set, struct arena *a)
{
	link_set_init(set, a);
	for (int i = 0; i < 1000; i++) {
		struct link_place place = {.file = STR("f"), .span = {i + 1, 1, 0, 0}};

		link_add(set, arena_fmt(a, "https://example.org/%d", i), &place);
		link_add_doi(set, arena_fmt(a, "10.1000/%d", i), &place);
	}
}

/* Every link is in exactly one part, and the parts are about as large. */
static void parts_are_a_partition(void **state)
{
	struct arena a = {0};
	size_t urls = 0, citations = 0;

	(void)state;
	for (int part = 1; part <= 4; part++) {
		struct link_set set;

		fill(&set, &a);
		link_shard(&set, part, 4);
		assert_in_range(set.urls.n, 180, 320);
		assert_in_range(set.citations.n, 180, 320);
		urls += set.urls.n;
		citations += set.citations.n;
	}
	assert_int_equal(urls, 1000);
	assert_int_equal(citations, 1000);
	arena_release(&a);
}

/* The same on every machine, and for ever. */
static void parts_do_not_change(void **state)
{
	struct arena a = {0};
	struct link_set set;
	const struct link_url *u;

	(void)state;
	fill(&set, &a);
	link_shard(&set, 1, 100);
	link_sort(&set);
	u = set.urls.items[0].value;
	assert_str(u->key, "https://example.org/132");
	arena_release(&a);
}

static void only_what_is_new(void **state)
{
	struct arena a = {0};
	struct link_set old, new;
	struct link_place in_a = {.file = STR("notes/a.yaml")},
	                  in_b = {.file = STR("notes/b.yaml")},
	                  moved = {.file = STR("notes/sub/a.yaml")};

	(void)state;
	link_set_init(&old, &a);
	link_set_init(&new, &a);
	link_add(&old, STR("https://example.org/1"), &in_a);
	link_add(&old, STR("https://example.org/2"), &in_a);
	link_add_doi(&old, STR("10.1000/1"), &in_a);
	link_add(&new, STR("https://example.org/1"), &moved);
	link_add(&new, STR("https://example.org/2"), &in_b);
	link_add(&new, STR("https://example.org/3"), &in_a);
	link_add_doi(&new, STR("10.1000/1"), &in_a);
	link_add_doi(&new, STR("10.1000/1"), &in_b);
	link_only_new(&new, &old);
	link_sort(&new);
	assert_int_equal(new.urls.n, 2);
	assert_str(new.urls.items[0].key, "https://example.org/2");
	assert_str(new.urls.items[1].key, "https://example.org/3");
	assert_int_equal(new.citations.n, 1);
	assert_str(((struct link_citation *)new.citations.items[0].value)->places->file,
	           "notes/b.yaml");
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(everywhere_but_in_the_history),
	        cmocka_unit_test(deep_and_long),
	        cmocka_unit_test(a_plain_list),
	        cmocka_unit_test(parts_are_a_partition),
	        cmocka_unit_test(parts_do_not_change),
	        cmocka_unit_test(only_what_is_new),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
