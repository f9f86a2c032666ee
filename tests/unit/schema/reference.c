/* Schemas in files: siblings, maps, symbolic links, custom meta-schemas. */
#include "checking.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct folder {
	char path[64];
	struct arena arena;
};

static const char *in_folder(struct folder *f, const char *name)
{
	return arena_fmt(&f->arena, "%s/%s", f->path, name).s;
}

static void put(struct folder *f, const char *name, const char *text)
{
	FILE *out = fopen(in_folder(f, name), "w");

	assert_non_null(out);
	fputs(text, out);
	assert_int_equal(fclose(out), 0);
}

static int make_folder(void **state)
{
	struct folder *f = calloc(1, sizeof(*f));

	assert_non_null(f);
	strcpy(f->path, "/tmp/stemma-schema-XXXXXX");
	assert_non_null(mkdtemp(f->path));
	assert_int_equal(mkdir(in_folder(f, "real"), 0700), 0);
	assert_int_equal(mkdir(in_folder(f, "real/sub"), 0700), 0);
	put(f, "real/main.json",
	    "{\"properties\": {\"a\": {\"$ref\": \"sub/text.json\"},"
	    "\"b\": {\"$ref\": \"more%20texts.yaml#/$defs/short\"},"
	    "\"c\": {\"$ref\": \"sub/back.json\"}}}");
	put(f, "real/sub/text.json", "{\"type\": \"string\"}");
	put(f, "real/sub/back.json", "{\"$ref\": \"../more texts.yaml#short\"}");
	put(f, "real/more texts.yaml",
	    "$defs:\n  short: {$anchor: short, maxLength: 2}\n");
	put(f, "real/named.json",
	    "{\"$id\": \"https://x.example/s/named.json\", \"$ref\": \"sub/text.json\"}");
	put(f, "real/mapped.json", "{\"$ref\": \"https://y.example/sub/text.json\"}");
	put(f, "real/missing.json", "{\"items\":\n  {\"$ref\": \"none.json\"}}");
	put(f, "real/syntax.json", "{\"items\":\n  .5}");
	put(f, "real/uses-syntax.json", "{\"$ref\": \"syntax.json\"}");
	put(f, "real/meta.json",
	    "{\"$schema\": \"https://json-schema.org/draft/2020-12/schema\","
	    "\"$id\": \"https://y.example/meta.json\", \"$vocabulary\": {"
	    "\"https://json-schema.org/draft/2020-12/vocab/core\": true,"
	    "\"https://json-schema.org/draft/2020-12/vocab/applicator\": true,"
	    "\"https://y.example/other\": false}, \"$dynamicAnchor\": \"meta\","
	    "\"required\": [\"title\"]}");
	put(f, "real/strange-meta.json",
	    "{\"$schema\": \"https://json-schema.org/draft/2020-12/schema\","
	    "\"$vocabulary\": {\"https://y.example/other\": true}}");
	put(f, "real/custom.json",
	    "{\"$schema\": \"https://y.example/meta.json\","
	    "\"title\": \"x\", \"type\": \"string\","
	    "\"properties\": {\"a\": false}}");
	put(f, "real/custom-bad.json", "{\"$schema\": \"https://y.example/meta.json\"}");
	put(f, "real/strange.json",
	    "{\"$schema\": \"https://y.example/strange-meta.json\"}");
	assert_int_equal(symlink("real/main.json", in_folder(f, "link.json")), 0);
	*state = f;
	return 0;
}

static int remove_folder(void **state)
{
	struct folder *f = *state;

	assert_int_equal(system(arena_fmt(&f->arena, "rm -r '%s'", f->path).s), 0);
	arena_release(&f->arena);
	free(f);
	return 0;
}

static void load(struct checking *c, struct folder *f, const char *name)
{
	const struct schema_map map = {STR("https://y.example/"),
	                               str_of(in_folder(f, "real"))};
	const struct schema_options opt = {.maps = &map, .maps_n = 1};

	*c = (struct checking){0};
	diag_init(&c->notes, &c->arena);
	c->compiled = schema_load(&c->schema, str_of(in_folder(f, name)), &opt, &c->arena,
	                          &c->notes, &c->err);
}

static void siblings(void **state)
{
	CHECKING c;

	load(&c, *state, "real/main.json");
	check_text(&c, "{a: 1, b: abc, c: abc}");
	assert_int_equal(c.found.n, 3);
	assert_true(str_ends(c.found.items[0].schema_location,
	                     STR("/real/sub/text.json#/type")));
	assert_true(str_ends(c.found.items[1].schema_location,
	                     STR("/real/more texts.yaml#/$defs/short/maxLength")));
}

static void symbolic_link(void **state)
{
	CHECKING c;

	load(&c, *state, "link.json");
	check_text(&c, "{a: x, b: ab, c: abc}");
	assert_int_equal(c.found.n, 1);
}

static void beside_the_file_with_that_id(void **state)
{
	CHECKING c;

	load(&c, *state, "real/named.json");
	check_text(&c, "5");
	assert_int_equal(c.found.n, 1);
}

static void mapped(void **state)
{
	CHECKING c;

	load(&c, *state, "real/mapped.json");
	check_text(&c, "5");
	assert_int_equal(c.found.n, 1);
	assert_string_equal(c.found.items[0].schema_location.s,
	                    "https://y.example/sub/text.json#/type");
}

static void fails(struct folder *f, const char *name, enum err_code code,
                  const char *words)
{
	CHECKING c;

	load(&c, f, name);
	assert_false(c.compiled);
	assert_int_equal(c.err.code, code);
	if (!strstr(c.err.text, words))
		fail_msg("%s", c.err.text);
}

static void trouble(void **state)
{
	struct folder *f = *state;

	fails(f, "real/none.json", ERR_IO, "/real/none.json: No such file");
	fails(f, "real/missing.json", ERR_SCHEMA,
	      "/real/missing.json:2:3: /items: it "
	      "refers to ");
	fails(f, "real/uses-syntax.json", ERR_SCHEMA,
	      "/real/syntax.json:2:3: this number has no digit before its point; write "
	      "0.5, not .5");
}

static void custom_meta_schemas(void **state)
{
	struct folder *f = *state;
	CHECKING c;

	load(&c, f, "real/custom.json");
	/* `type` belongs to a vocabulary that is not listed. */
	check_text(&c, "{a: 1}");
	assert_int_equal(c.found.n, 1);
	assert_ptr_equal(c.found.items[0].rule, &rule_schema_false);
	fails(f, "real/custom-bad.json", ERR_SCHEMA,
	      "/real/custom-bad.json:1:2: the required key \"title\" is missing");
	fails(f, "real/strange.json", ERR_SCHEMA,
	      "its meta-schema requires the vocabulary https://y.example/other, which "
	      "this program does not know");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(siblings),
	        cmocka_unit_test(symbolic_link),
	        cmocka_unit_test(mapped),
	        cmocka_unit_test(beside_the_file_with_that_id),
	        cmocka_unit_test(trouble),
	        cmocka_unit_test(custom_meta_schemas),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
