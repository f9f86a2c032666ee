/* Many ids through the services, when these behave: each gets its answer, politely. */
#include "asking.h"

#include "registry/ask.h"

static struct asking a;

struct expected {
	const char *id;
	enum registry_answer answer;
	const char *agency, *title, *target, *reason;
};

static void check(const struct expected *want, const struct told *got)
{
	if (got->answer != want->answer)
		fail_msg("%s: %s (" STR_FMT ")", want->id,
		         registry_answer_name(got->answer), STR_ARG(got->reason));
	assert_str(got->agency, want->agency ? want->agency : "");
	assert_str(got->title, want->title ? want->title : "");
	assert_str(got->target, want->target ? want->target : "");
	assert_str(got->reason, want->reason ? want->reason : "");
}

static void each_gets_its_answer(void **state)
{
	static const struct expected cases[] = {
	        {"10.1109/CVPR.2016.90", REGISTRY_REGISTERED, "Crossref",
	         "Deep Residual Learning for Image Recognition", NULL, NULL},
	        {"https://doi.org/10.48550/arXiv.1706.03762", REGISTRY_REGISTERED,
	         "DataCite", "Attention Is All You Need", NULL, NULL},
	        {"10.1162/tacl_a_00276", REGISTRY_NOT_REGISTERED, NULL, NULL, NULL, NULL},
	        {"10.99999/nonexistent-prefix", REGISTRY_NOT_REGISTERED, NULL, NULL, NULL,
	         NULL},
	        {"10/b6vnmd", REGISTRY_REGISTERED, "Crossref", "A work with a short DOI",
	         NULL, NULL},
	        {"10/zzzzzz", REGISTRY_NOT_REGISTERED, NULL, NULL, NULL, NULL},
	        {"10.1016/alias.00249", REGISTRY_ALIAS, "Crossref",
	         "Study 1 of doubles & limits", "10.1016/j.double.2019.00001", NULL},
	        {"10.1016/deleted.00499", REGISTRY_DELETED, "Crossref", NULL, NULL,
	         "its agency marks it as deleted"},
	        {"10.1016/missing.00749", REGISTRY_NOT_REGISTERED, NULL, NULL, NULL,
	         NULL},
	        {"10.1002/(sici)1097,00999:1<aid2>3.0.co;2-q", REGISTRY_REGISTERED,
	         "Crossref", "Study 999 of doubles & limits", NULL, NULL},
	        {"10.1016/bare.01249", REGISTRY_REGISTERED, "Crossref", NULL, NULL,
	         "Crossref has no record of it"},
	        {"10.3280/double2020-00248", REGISTRY_REGISTERED, "mEDRA",
	         "Study 248 of doubles & limits", NULL, NULL},
	        {"10.3280/double2020-00498", REGISTRY_REGISTERED, "JaLC", NULL, NULL,
	         "JaLC gives no record of it"},
	        {"10.1016/j.double.2019.00007", REGISTRY_REGISTERED, "Crossref",
	         "Study 7 of doubles & limits", NULL, NULL},
	        {"arXiv:1706.03762", REGISTRY_REGISTERED, "arXiv",
	         "Attention Is All You Need", NULL, NULL},
	        {"1512.03385v1", REGISTRY_REGISTERED, "arXiv",
	         "Paper 1512.03385 on A & B", NULL, NULL},
	        {"1512.03389", REGISTRY_NOT_REGISTERED, NULL, NULL, NULL,
	         "arXiv has no such paper, or not in this version"},
	        {"1512.03385v99", REGISTRY_NOT_REGISTERED, NULL, NULL, NULL,
	         "arXiv has no such paper, or not in this version"},
	        {"no DOI", REGISTRY_UNKNOWN, NULL, NULL, NULL,
	         "it is neither a DOI nor an arXiv id"},
	};
	struct str ids[ARRAY_LEN(cases)];

	(void)state;
	asking_open(&a, "arxiv interval 20\n", "someone@example.org");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		ids[i] = str_of(cases[i].id);
	asking_ask(&a, ids, ARRAY_LEN(ids));
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		check(&cases[i], &a.told[i]);
	assert_str(a.told[4].doi, "10.1016/s0933-3657(96)00367-3");
	assert_str(a.told[15].doi, "10.48550/arxiv.1512.03385");
	assert_true(a.stats.requests > 0);
	asking_close(&a);
}

static void the_same_id_is_asked_once(void **state)
{
	const struct str ids[] = {STR("10.1109/cvpr.2016.90"),
	                          STR("10.1109/CVPR.2016.90"),
	                          STR("doi:10.1109/CVPR.2016.90")};

	(void)state;
	asking_open(&a, "", NULL);
	asking_ask(&a, ids, 3);
	for (int i = 0; i < 3; i++)
		assert_int_equal(a.told[i].answer, REGISTRY_REGISTERED);
	assert_int_equal(a.stats.requests, 2);
	assert_int_equal(a.told[2].requests, 2);
	asking_close(&a);
}

static void a_record_with_its_updates(void **state)
{
	const struct str ids[] = {STR("10.1016/s0140-6736(97)11096-0"),
	                          STR("10.1016/s0140-6736(10)60175-4")};

	(void)state;
	asking_open(&a, "crossref upper\ncrossref reverse\ncrossref twice\n", NULL);
	asking_ask(&a, ids, 2);
	assert_false(a.told[0].is_notice);
	assert_true(a.told[1].is_notice);
	assert_non_null(strstr(
	        a.told[0].csl.s,
	        "\"updated-by\":[{\"DOI\":\"10.1016/s0140-6736(04)15715-2\",\"source\":"
	        "\"retraction-watch\",\"type\":\"correction\",\"updated\":{\"date-parts\":"
	        "[[2004,3,6]]}},{\"DOI\":\"10.1016/s0140-6736(10)60175-4\",\"source\":"
	        "\"publisher\",\"type\":\"retraction\",\"updated\":{\"date-parts\":"
	        "[[2010,2,6]]}}]"));
	assert_int_equal(a.stats.crossref, 1);
	asking_close(&a);
}

/* So many DOIs that all batches are full once; without limits, to be quick. */
static void many_in_batches(void **state)
{
	static struct str ids[750];

	(void)state;
	asking_open(&a, "crossref pool 1000\n", "someone@example.org");
	for (int i = 0; i < 750; i++) {
		int at = i % 250;

		ids[i] = at == 248   ? arena_fmt(&a.arena, "10.3280/double2020-%05d", i)
		         : at == 249 ? STR("10.1016/missing.00749")
		         : at >= 210 ? arena_fmt(&a.arena, "10.5281/zenodo.77%05d", i)
		         : i % 3 ? arena_fmt(&a.arena, "10.1016/j.double.2019.%05d", i)
		                 : arena_fmt(&a.arena, "10.1109/DOUBLE.2016.%05d", i);
	}
	asking_ask(&a, ids, 750);
	for (int i = 0; i < 750; i++) {
		enum registry_answer want =
		        i % 250 == 249 ? REGISTRY_NOT_REGISTERED : REGISTRY_REGISTERED;

		if (a.told[i].answer != want)
			fail_msg(STR_FMT ": " STR_FMT, STR_ARG(ids[i]),
			         STR_ARG(a.told[i].reason));
	}
	/* 13 lists, and the three that lists leave out */
	assert_int_equal(a.stats.crossref, 13 + 3);
	assert_int_equal(a.stats.datacite, 2);
	/* 7 times doiRA, 3 negotiations, handles of JaLC's and of the missing one */
	assert_int_equal(a.stats.doi, 7 + 3 + 1 + 1);
	assert_int_equal(a.stats.throttled, 0);
	asking_close(&a);
}

static void what_lists_leave_out_is_asked_singly(void **state)
{
	const struct str ids[] = {STR("10.1016/j.double.2019.00001"),
	                          STR("10.1016/j.double.2019.00002"),
	                          STR("10.1016/j.double.2019.00004")};

	(void)state;
	asking_open(&a, "crossref lose 2\ndoi lose 3\n", NULL);
	asking_ask(&a, ids, 3);
	for (int i = 0; i < 3; i++)
		assert_true(a.told[i].record);
	/* two agencies of three, then the third; a list of two, the one lost, and again */
	assert_int_equal(a.stats.doi, 2);
	assert_int_equal(a.stats.crossref, 3);
	asking_close(&a);
}

/* The double has version 7 of each paper; feeds come in any order. */
static void versions_of_papers(void **state)
{
	const struct str ids[] = {STR("1706.03762v1"), STR("1706.03762"),
	                          STR("1706.03762v10"),
	                          STR("https://arxiv.org/abs/1706.03762v1")};
	static const char *const versions[] = {"\"v1\"", "\"v10\"", "\"v10\"", "\"v1\""};

	(void)state;
	asking_open(&a, "arxiv interval 20\narxiv twice\n", NULL);
	asking_ask(&a, ids, 4);
	for (int i = 0; i < 4; i++) {
		assert_true(a.told[i].record);
		assert_non_null(strstr(a.told[i].csl.s, versions[i]));
	}
	assert_int_equal(a.stats.arxiv, 1);
	asking_close(&a);
}

static void dois_are_told_in_other_forms(void **state)
{
	const struct str ids[] = {STR("10.1162/TACL_a_00051"),
	                          STR("10.1109/CVPR.2016.90")};

	(void)state;
	asking_open(&a, "doi escape\ncrossref upper\n", NULL);
	asking_ask(&a, ids, 2);
	assert_true(a.told[0].record && a.told[1].record);
	assert_int_equal(a.stats.requests, 2);
	asking_close(&a);
}

static void what_replies_say_of_limits_is_taken(void **state)
{
	const struct str ids[] = {STR("10.1109/CVPR.2016.90")};
	const struct service *crossref;

	(void)state;
	asking_open(&a, "crossref pool 7\n", "someone@example.org");
	crossref = &a.registry->services[SERVICE_CROSSREF];
	assert_int_equal(crossref->list.per_interval, 3);
	asking_ask(&a, ids, 1);
	assert_int_equal(crossref->list.per_interval, 7);
	assert_int_equal(crossref->list.concurrent, 7);
	assert_int_equal(crossref->list.interval_ms, 1000 + REGISTRY_SLACK_MS);
	asking_close(&a);
}

/* Crossref: public and polite, DataCite the same; arXiv: never two at once. */
static void limits_without_replies(void **state)
{
	static const struct {
		const char *mailto;
		int single, list, at_once;
	} cases[] = {{NULL, 5, 1, 1}, {"someone@example.org", 10, 3, 3}};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct service *s;

		asking_open(&a, "", cases[i].mailto);
		s = a.registry->services;
		assert_int_equal(s[SERVICE_CROSSREF].single.per_interval,
		                 cases[i].single);
		assert_int_equal(s[SERVICE_CROSSREF].list.per_interval, cases[i].list);
		assert_int_equal(s[SERVICE_CROSSREF].list.concurrent, cases[i].at_once);
		assert_int_equal(s[SERVICE_ARXIV].single.concurrent, 1);
		asking_close(&a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(each_gets_its_answer),
	        cmocka_unit_test(the_same_id_is_asked_once),
	        cmocka_unit_test(a_record_with_its_updates),
	        cmocka_unit_test(many_in_batches),
	        cmocka_unit_test(what_lists_leave_out_is_asked_singly),
	        cmocka_unit_test(versions_of_papers),
	        cmocka_unit_test(dois_are_told_in_other_forms),
	        cmocka_unit_test(what_replies_say_of_limits_is_taken),
	        cmocka_unit_test(limits_without_replies),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
