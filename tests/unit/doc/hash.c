/* Hashes of nodes: equal nodes have equal ones, others differ. */
#include "reading.h"

static uint64_t hash_of(const char *yaml)
{
	struct reading r;
	uint64_t h;

	reading_open(&r, "a.yaml", str_of(yaml), NULL);
	h = doc_hash(root_of(&r));
	reading_release(&r);
	return h;
}

static void equal_nodes_have_one_hash(void **state)
{
	static const char *const pairs[][2] = {
	        {"1", "1.0"},
	        {"1", "10e-1"},
	        {"0", "-0.0"},
	        {"120", "1.2e2"},
	        {"1e400", "10e399"},
	        {"123456789012345678901", "123456789012345678901.0"},
	        {"a", "'a'"},
	        {"{a: 1, b: 2}", "{b: 2.0, a: 1}"},
	        {"[1, {x: y}]", "- 1.0\n- x: y\n"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(pairs); i++)
		assert_true(hash_of(pairs[i][0]) == hash_of(pairs[i][1]));
}

static void other_nodes_have_others(void **state)
{
	static const char *const texts[] = {
	        "1",
	        "-1",
	        "10",
	        "0.1",
	        "null",
	        "true",
	        "'1'",
	        "false",
	        "[]",
	        "{}",
	        "[1]",
	        "[1, 1]",
	        "[[]]",
	        "[1, 2]",
	        "[2, 1]",
	        "{a: 1, b: 2}",
	        "{a: 2, b: 1}",
	        "''",
	        "1e5",
	        "1e-5",
	        "{1: a}",
	        "{a: 1}",
	        "{a: {a: 1}}",
	        "[{a: 1}]",
	        "[{}]",
	        "{a: []}",
	        "{a: {}}",
	        "{a: null}",
	        "{b: 2, a: '1'}",
	        "[null]",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		for (size_t k = 0; k < i; k++)
			if (hash_of(texts[i]) == hash_of(texts[k]))
				fail_msg("%s and %s", texts[i], texts[k]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(equal_nodes_have_one_hash),
	        cmocka_unit_test(other_nodes_have_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
