/*
 * suite.c - run files in the format of the JSON Schema test suite
 *
 *     suite [--format] [--dialect URI] TESTS [REMOTES]   the *.json files of the folder TESTS
 *     suite [--format]          the drafts that $STEMMA_SUITE/tests has, with its /remotes
 *
 * A file is a list of {description, schema, tests: [{description, data, valid}]}. REMOTES is
 * served as http://localhost:1234/. `format` is an annotation unless --format is given.
 * URI is the $schema of schemas that have none; the drafts' own folders have their own.
 * Exit status: 0 all passed, 1 some failed, 2 wrong usage, 77 no suite to run.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "schema/schema.h"

#define SKIPPED 77

struct run {
	const struct schema_options *opt;
	const char *file;
	size_t passed, failed;
};

static void failure(struct run *r, const struct doc_node *group, const char *test,
                    const char *why)
{
	struct str description = doc_text(doc_get(group, "description"));

	r->failed++;
	printf("%s: " STR_FMT ": %s: %s\n", r->file, STR_ARG(description), test, why);
}

static void run_test(struct run *r, const struct doc_node *group,
                     const struct schema *schema, struct schema_scratch *scratch,
                     const struct doc_node *test, struct arena *arena)
{
	const struct doc_node *data = doc_get(test, "data"),
	                      *valid = doc_get(test, "valid");
	struct str description = doc_text(doc_get(test, "description"));
	struct diag_list found;
	struct doc doc = {.number = 1};
	bool got;

	if (!data || !valid || valid->kind != DOC_BOOL) {
		failure(r, group, "a test", "it lacks data or valid");
		return;
	}
	diag_init(&found, arena);
	doc.root = *data;
	got = schema_check(schema, &doc, scratch, &found);
	if (got != valid->truth || got != (found.n == 0))
		failure(r, group, arena_str(arena, description).s,
		        got            ? "valid, against the suite"
		        : found.n      ? found.items[0].text.s
		        : valid->truth ? "invalid, against the suite"
		                       : "invalid, but nothing is told");
	else
		r->passed++;
}

static void run_group(struct run *r, const struct doc_node *group)
{
	CLEANUP(arena_release) struct arena arena = {0};
	CLEANUP(schema_scratch_release) struct schema_scratch scratch = {0};
	const struct doc_node *node = doc_get(group, "schema"), *tests;
	const struct schema *schema = NULL;
	struct doc doc = {.number = 1};
	struct diag_list notes;
	struct err err = {0};

	tests = doc_get(group, "tests");
	if (!node || !tests || tests->kind != DOC_LIST) {
		failure(r, group, "the group", "it lacks schema or tests");
		return;
	}
	doc.root = *node;
	diag_init(&notes, &arena);
	if (!schema_compile(&schema, &doc, STR_NONE, r->opt, &arena, &notes, &err)) {
		failure(r, group, "the schema", err.text);
		r->failed += tests->n ? tests->n - 1 : 0;
		return;
	}
	for (size_t i = 0; i < tests->n; i++)
		run_test(r, group, schema, &scratch, &tests->items[i], &arena);
	schema_release(schema);
}

static void run_file(struct run *r, const char *path)
{
	CLEANUP(arena_release) struct arena arena = {0};
	CLEANUP(buf_release) struct buf buf = BUF_INIT(LIMIT_FILE_BYTES);
	struct source source;
	struct diag_list diags;
	struct docs docs;
	const char *why = "it is too large";

	r->file = path;
	diag_init(&diags, &arena);
	if (source_read(&source, &buf, str_of(path), &why) != SOURCE_OK) {
		failure(r, NULL, "the file", why);
		return;
	}
	if (!doc_read(&docs, &source, NULL, &arena, &diags) || docs.n != 1 ||
	    docs.items[0].root.kind != DOC_LIST) {
		failure(r, NULL, "the file", diags.n ? diags.items[0].text.s : "no list");
		return;
	}
	for (size_t i = 0; i < docs.items[0].root.n; i++)
		run_group(r, &docs.items[0].root.items[i]);
}

static int is_json(const struct dirent *e)
{
	return str_ends(str_of(e->d_name), STR(".json"));
}

/* The files of DIR; -1 when it has none, otherwise the failures. */
static long run_folder(const struct schema_options *opt, const char *dir)
{
	CLEANUP(arena_release) struct arena arena = {0};
	struct run r = {.opt = opt};
	struct dirent **entries = NULL;
	int n = scandir(dir, &entries, is_json, alphasort);

	for (int i = 0; i < n; i++) {
		run_file(&r, arena_fmt(&arena, "%s/%s", dir, entries[i]->d_name).s);
		free(entries[i]);
	}
	free(entries);
	if (n <= 0)
		return -1;
	printf("%s: %zu passed, %zu failed\n", dir, r.passed, r.failed);
	return (long)r.failed;
}

/* The suite's folders; files before 2019-09 have no $schema. */
static const struct {
	const char *folder, *dialect;
} drafts[] = {
        {"draft2020-12", "https://json-schema.org/draft/2020-12/schema"},
        {"draft2019-09", "https://json-schema.org/draft/2019-09/schema"},
        {"draft7", "http://json-schema.org/draft-07/schema#"},
        {"draft6", "http://json-schema.org/draft-06/schema#"},
        {"draft4", "http://json-schema.org/draft-04/schema#"},
};

static int run_suite(struct schema_options *opt, const char *suite, struct arena *a)
{
	int status = SKIPPED;

	for (size_t i = 0; suite && i < ARRAY_LEN(drafts); i++) {
		long failed;

		opt->dialect = str_of(drafts[i].dialect);
		failed = run_folder(
		        opt, arena_fmt(a, "%s/tests/%s", suite, drafts[i].folder).s);
		if (failed > 0)
			status = 1;
		else if (failed == 0 && status == SKIPPED)
			status = 0;
	}
	if (status == SKIPPED)
		printf("STEMMA_SUITE names no folder with tests/ and remotes/\n");
	return status;
}

int main(int argc, char **argv)
{
	CLEANUP(arena_release) struct arena arena = {0};
	const char *suite = getenv("STEMMA_SUITE"), *remotes;
	struct schema_map map = {.prefix = STR("http://localhost:1234/")};
	struct schema_options opt = {.maps = &map, .no_format = true};
	int at = 1;

	for (; at < argc && argv[at][0] == '-'; at++) {
		if (strcmp(argv[at], "--format") == 0)
			opt.no_format = false;
		else if (strcmp(argv[at], "--dialect") == 0 && at + 1 < argc)
			opt.dialect = str_of(argv[++at]);
		else
			return 2;
	}
	if (argc - at > 2)
		return 2;
	suite = suite && *suite ? suite : NULL;
	remotes = argc - at > 1 ? argv[at + 1] : NULL;
	if (!remotes && suite)
		remotes = arena_fmt(&arena, "%s/remotes", suite).s;
	map.dir = str_of(remotes);
	opt.maps_n = remotes ? 1 : 0;
	if (at == argc)
		return run_suite(&opt, suite, &arena);
	switch (run_folder(&opt, argv[at])) {
	case -1:
		printf("%s: no tests\n", argv[at]);
		return SKIPPED;
	case 0:
		return 0;
	default:
		return 1;
	}
}
