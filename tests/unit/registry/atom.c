/* arXiv's ids and feeds. Private to the room, so the test sees its private header. */
#include "registry/atom.h"

#include "../check.h"

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
#define FEED \
	"<feed xmlns=\"http://www.w3.org/2005/Atom\" " \
	"xmlns:arxiv=\"http://arxiv.org/schemas/atom\">"

static void ids(void **state)
{
	static const struct {
		const char *text, *base, *version;
	} cases[] = {
	        {"1706.03762", "1706.03762", ""},
	        {"arXiv:1706.03762v7", "1706.03762", "v7"},
	        {"ARXIV: 0704.0001", "0704.0001", ""},
	        {"http://arxiv.org/abs/1512.03385v1", "1512.03385", "v1"},
	        {"https://www.arxiv.org/abs/hep-th/9901001", "hep-th/9901001", ""},
	        {"math.GT/0309136v2", "math.GT/0309136", "v2"},
	        {"1706.037", NULL, NULL},
	        {"1706.037621", NULL, NULL},
	        {"1706.03762v", NULL, NULL},
	        {"1706.03762vx", NULL, NULL},
	        {"1706.03762 and", NULL, NULL},
	        {"10.1000/1234567", NULL, NULL},
	        {"/9901001", NULL, NULL},
	        {"", NULL, NULL},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct arxiv_id id;

		if (!cases[i].base) {
			assert_false(arxiv_id_parse(&id, str_of(cases[i].text)));
			continue;
		}
		assert_true(arxiv_id_parse(&id, str_of(cases[i].text)));
		assert_str(id.base, cases[i].base);
		assert_str(id.version, cases[i].version);
	}
}

static void a_feed(void **state)
{
	static const char text[] = HEAD FEED
	        "<title>ArXiv Query</title><id>http://arxiv.org/api/x</id><entry>"
	        "<id>http://arxiv.org/abs/1706.03762v7</id><updated>2023-08-02T00:41:18Z"
	        "</updated><published>2017-06-12T17:57:34Z</published><title>Attention Is\n"
	        "  All You Need</title><author><name>Ashish Vaswani</name></author>"
	        "<author><name>Laurens van der Maaten</name><arxiv:affiliation>X"
	        "</arxiv:affiliation></author><author><name>Consortium</name></author>"
	        "<arxiv:comment>15 pages</arxiv:comment><arxiv:doi>10.1/x</arxiv:doi>"
	        "</entry><entry><id>http://arxiv.org/abs/1512.03385v1</id></entry></feed>";
	struct arena arena = {0};
	struct registry_record w;
	struct atom_feed feed;
	struct arxiv_id id;

	(void)state;
	assert_true(atom_read(&feed, str_of(text), &arena));
	assert_int_equal(feed.n, 2);
	assert_true(arxiv_id_parse(&id, feed.entries[0].id));
	arxiv_record(&w, &feed.entries[0], &id, &arena);
	assert_str(w.title, "Attention Is All You Need");
	assert_str(w.doi, "10.48550/arxiv.1706.03762");
	assert_str(w.version, "v7");
	assert_str(w.note, "15 pages");
	assert_int_equal(w.dates[REGISTRY_ISSUED].year, 2017);
	assert_int_equal(w.authors_n, 3);
	assert_str(w.authors[0].family, "Vaswani");
	assert_str(w.authors[1].family, "van der Maaten");
	assert_str(w.authors[1].given, "Laurens");
	assert_str(w.authors[2].literal, "Consortium");
	assert_null(feed.entries[1].title.s);
	arena_release(&arena);
}

static void what_is_no_feed(void **state)
{
	static const char *const cases[] = {
	        "",
	        "Rate exceeded.",
	        "<html><body>arXiv is down</body></html>",
	        HEAD FEED "<entry><id>http://arxiv.org/abs/1706.03762v7</id>",
	        HEAD "<feed><entry/></feed>",
	        "<!DOCTYPE feed [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>" FEED
	        "<entry><title>&b;</title></entry></feed>",
	};
	struct arena arena = {0};
	struct atom_feed feed;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_false(atom_read(&feed, str_of(cases[i]), &arena));
	assert_true(atom_read(&feed, STR(HEAD FEED "</feed>"), &arena));
	assert_int_equal(feed.n, 0);
	arena_release(&arena);
}

static void deep_and_long_feeds(void **state)
{
	struct buf deep = BUF_INIT(1 << 24), wide = BUF_INIT(1 << 24);
	struct arena arena = {0};
	struct atom_feed feed;

	(void)state;
	buf_addz(&deep, FEED);
	for (int i = 0; i < 100000; i++)
		buf_addz(&deep, "<a>");
	assert_false(atom_read(&feed, buf_str(&deep), &arena));
	buf_addz(&wide, FEED "<entry><title>");
	buf_fill(&wide, 'x', 1 << 20);
	buf_addz(&wide, "</title>");
	for (int i = 0; i < LIMIT_REGISTRY_NAMES + 5; i++)
		buf_addz(&wide, "<author><name>a b</name></author>");
	buf_addz(&wide, "</entry></feed>");
	assert_true(atom_read(&feed, buf_str(&wide), &arena));
	assert_int_equal(feed.entries[0].names_n, LIMIT_REGISTRY_NAMES);
	assert_true(feed.entries[0].title.n <= LIMIT_REGISTRY_TEXT_BYTES);
	buf_release(&deep);
	buf_release(&wide);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(ids),
	        cmocka_unit_test(a_feed),
	        cmocka_unit_test(what_is_no_feed),
	        cmocka_unit_test(deep_and_long_feeds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
