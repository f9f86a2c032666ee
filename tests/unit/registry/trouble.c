/* The services in trouble: what nobody could say stays unknown, and nothing is asked forever. */
#include "asking.h"

#include "base/limits.h"

static struct asking a;

enum { CROSSREF, DATACITE, MEDRA, MISSING, ARXIV, IDS };

static const char *const ids[IDS] = {
        "10.1109/cvpr.2016.90",
        "10.5281/zenodo.3877116",
        "10.3280/double2020-00248",
        "10.99999/nonexistent",
        "1706.03762",
};

static void ask_all(void)
{
	static struct str list[IDS];

	for (int i = 0; i < IDS; i++)
		list[i] = str_of(ids[i]);
	asking_ask(&a, list, IDS);
}

/* '+' registered with a record, '.' registered without, '-' not registered, '?' unknown. */
static char sign(const struct told *t)
{
	switch (t->answer) {
	case REGISTRY_REGISTERED:
		return t->record ? '+' : '.';
	case REGISTRY_NOT_REGISTERED:
		return '-';
	case REGISTRY_UNKNOWN:
		return t->reason.n ? '?' : '!';
	default:
		return '*';
	}
}

struct trouble {
	const char *control;
	const char *signs; /* of the ids, in their order */
	int reason_of;
	const char *reason; /* how it begins */
};

static void check(const struct trouble *t)
{
	char got[IDS + 1] = "";
	char control[300];

	snprintf(control, sizeof(control), "arxiv interval 20\n%s\n", t->control);
	asking_open(&a, control, "someone@example.org");
	ask_all();
	for (int i = 0; i < IDS; i++)
		got[i] = sign(&a.told[i]);
	if (strcmp(got, t->signs))
		fail_msg("%s: got %s, want %s (" STR_FMT ")", t->control, got, t->signs,
		         STR_ARG(a.told[t->reason_of].reason));
	if (t->reason && !str_starts(a.told[t->reason_of].reason, str_of(t->reason)))
		fail_msg("%s: \"" STR_FMT "\"", t->control,
		         STR_ARG(a.told[t->reason_of].reason));
	asking_close(&a);
}

static void check_all(const struct trouble *cases, size_t n)
{
	for (size_t i = 0; i < n; i++)
		check(&cases[i]);
}

static void accidents_are_got_over(void **state)
{
	static const struct trouble cases[] = {
	        {"all half first=1", "+++-+", 0, NULL},
	        {"all reset first=1", "+++-+", 0, NULL},
	        {"all cut first=1", "+++-+", 0, NULL},
	        {"all html first=1", "++.-+", 0, NULL} /* mEDRA's pages are no trouble */,
	        {"all empty first=1", "+++-+", 0, NULL},
	        {"all status 500 first=1", "+++-+", 0, NULL},
	        {"all 503 0 first=1", "+++-+", 0, NULL},
	        {"all 429 0 first=1", "+++-+", 0, NULL},
	        {"crossref 429 first=1", "+++-+", 0, NULL},
	        {"arxiv rate first=1", "+++-+", 0, NULL},
	        {"doi long 60", "+++-+", 0, NULL},
	        {"doi lose 2", "+++-+", 0, NULL},
	        {"crossref strict", "+++-+", 0, NULL},
	};

	(void)state;
	check_all(cases, ARRAY_LEN(cases));
}

static void crossref_in_trouble(void **state)
{
	static const struct trouble cases[] = {
	        {"crossref html", "?++-+", CROSSREF,
	         "the answer of Crossref cannot be read (HTTP 200, text/html)"},
	        {"crossref empty", "?++-+", CROSSREF, "the answer of Crossref cannot"},
	        {"crossref cut", "?++-+", CROSSREF, "the answer of Crossref cannot"},
	        {"crossref type", "?++-+", CROSSREF, "the answer of Crossref cannot"},
	        {"crossref text", "?++-+", CROSSREF,
	         "the answer of Crossref cannot be read (HTTP 404, text/plain)"},
	        {"crossref half", "?++-+", CROSSREF, "Crossref cannot be reached: "},
	        {"crossref down", "?++-+", CROSSREF, "Crossref cannot be reached: "},
	        {"crossref status 500", "?++-+", CROSSREF, "Crossref answers HTTP 500"},
	        {"crossref status 403", "?++-+", CROSSREF, "Crossref answers HTTP 403"},
	        {"crossref 429 0", "?++-+", CROSSREF, "Crossref asks to wait (HTTP 429)"},
	        {"crossref 429 3600", "?++-+", CROSSREF,
	         "Crossref asks to wait for 3600 seconds (HTTP 429)"},
	        {"crossref 503 3600", "?++-+", CROSSREF,
	         "Crossref asks to wait for 3600 seconds (HTTP 503)"},
	        {"crossref lose 1\ncrossref html path=/works/", "?++-+", CROSSREF,
	         "the answer of Crossref"},
	        {"crossref lose 1\ncrossref text path=/works/", ".++-+", CROSSREF,
	         "Crossref has no record of it"},
	};

	(void)state;
	check_all(cases, ARRAY_LEN(cases));
}

static void the_others_in_trouble(void **state)
{
	static const struct trouble cases[] = {
	        {"datacite html", "+?+-+", DATACITE, "the answer of DataCite"},
	        {"datacite text", "+?+-+", DATACITE, "the answer of DataCite"},
	        {"datacite down", "+?+-+", DATACITE, "DataCite cannot be reached"},
	        {"agency html", "++.-+", MEDRA, "mEDRA gives no record of it"},
	        {"agency status 404", "++.-+", MEDRA, "mEDRA gives no record of it"},
	        {"agency status 500", "++.-+", MEDRA, "doi.org answers HTTP 500"},
	        {"arxiv rate", "+++-?", ARXIV, "the answer of arXiv cannot be read"},
	        {"arxiv html", "+++-?", ARXIV, "the answer of arXiv"},
	        {"arxiv cut", "+++-?", ARXIV, "the answer of arXiv"},
	        {"arxiv down", "+++-?", ARXIV, "arXiv cannot be reached"},
	        {"arxiv 429 0", "+++-?", ARXIV, "arXiv asks to wait"},
	};

	(void)state;
	check_all(cases, ARRAY_LEN(cases));
}

static void doi_org_in_trouble(void **state)
{
	static const struct trouble cases[] = {
	        {"doi html", "????+", MISSING, "the answer of doi.org cannot be read"},
	        {"doi empty", "????+", MISSING, "the answer of doi.org"},
	        {"doi down", "????+", MISSING, "doi.org cannot be reached"},
	        {"doi status 403", "????+", MISSING, "doi.org answers HTTP 403"},
	        {"doi status 404", "????+", MISSING, "the answer of doi.org"},
	        {"doi text path=/api/handles", "+++?+", MISSING, "the answer of doi.org"},
	        {"doi html path=/api/handles", "+++?+", MISSING, "the answer of doi.org"},
	        {"doi drip path=/api/handles", "+++?+", MISSING, "doi.org cannot be"},
	        {"doi code 100 path=/api/handles", "+++-+", MISSING, NULL},
	        {"doi code 1 path=/api/handles", "+++.+", MISSING,
	         "doi.org does not say which agency"},
	        {"doi code 200 path=/api/handles", "+++.+", MISSING, NULL},
	        {"doi code 10 path=/api/handles", "+++?+", MISSING, NULL},
	        {"doi code 2 path=/api/handles", "+++?+", MISSING, NULL},
	};

	(void)state;
	check_all(cases, ARRAY_LEN(cases));
}

/* The first N DOIs of Crossref that the double knows. */
static void ask_crossref(int n)
{
	static struct str list[ASKING_MAX];

	for (int i = 0, k = 0; k < n; i++)
		if (i % 3 && i % 250 < 210)
			list[k++] = arena_fmt(&a.arena, "10.1016/j.double.2019.%05d", i);
	asking_ask(&a, list, (size_t)n);
}

static unsigned unknown(int n)
{
	unsigned out = 0;

	for (int i = 0; i < n; i++)
		out += a.told[i].answer == REGISTRY_UNKNOWN;
	return out;
}

static void a_service_that_says_stop_is_left_alone(void **state)
{
	(void)state;
	asking_open(&a, "crossref status 403 after=2\ncrossref pool 1000\n", NULL);
	ask_crossref(500);
	assert_true(unknown(500) >= 350);
	assert_true(a.stats.crossref < 8);
	asking_close(&a);
}

static void a_service_that_fails_is_left_alone(void **state)
{
	(void)state;
	asking_open(&a, "crossref status 500\n", "someone@example.org");
	ask_crossref(500);
	assert_int_equal(unknown(500), 500);
	/* those in flight when the last straw came are still answered */
	assert_in_range(a.stats.crossref, LIMIT_REGISTRY_FAILURES,
	                LIMIT_REGISTRY_FAILURES + 3);
	assert_non_null(strstr(a.told[499].reason.s, "left alone after"));
	asking_close(&a);
}

static void a_tenth_of_failures_is_too_much(void **state)
{
	(void)state;
	asking_open(&a, "crossref pool 1000\ncrossref status 500 every=4\n", NULL);
	ask_crossref(1500);
	assert_true(unknown(1500) > 0 && unknown(1500) < 1500);
	assert_true(a.stats.crossref >= LIMIT_REGISTRY_SAMPLE);
	assert_true(a.stats.crossref < 30 + 10);
	asking_close(&a);
}

static void the_run_is_stopped(void **state)
{
	(void)state;
	asking_open(&a, "crossref pool 1000\n", NULL);
	a.stop_after = 1;
	ask_crossref(500);
	assert_in_range(unknown(500), 400, 451);
	assert_str(a.told[499].reason, "the run was stopped");
	asking_close(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(accidents_are_got_over),
	        cmocka_unit_test(crossref_in_trouble),
	        cmocka_unit_test(the_others_in_trouble),
	        cmocka_unit_test(doi_org_in_trouble),
	        cmocka_unit_test(a_service_that_says_stop_is_left_alone),
	        cmocka_unit_test(a_service_that_fails_is_left_alone),
	        cmocka_unit_test(a_tenth_of_failures_is_too_much),
	        cmocka_unit_test(the_run_is_stopped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
