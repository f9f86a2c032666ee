/* Which files a schema is read from, and from where. */
#include "checking.h"

#include "../memory.h"

static const struct memory_file files[] = {
        {"s/plain.json", "{\"$ref\": \"#/$defs/a\", \"$defs\": {\"a\": true}}"},
        {"other/back.yaml", "$ref: ../s/plain.json\n"},
};

static const char *names_of(const struct schema *s, struct arena *a)
{
	const struct str *list;
	const char *out = "";
	size_t n;

	list = schema_files(s, &n);
	for (size_t i = 0; i < n; i++)
		out = arena_fmt(a, "%s%s" STR_FMT, out, i ? " " : "", STR_ARG(list[i])).s;
	return out;
}

/* Load PATH of a sandbox, or of memory with an empty sandbox but for the mapped folder. */
static void check_files(const struct tree *t, const char *path, const char *want)
{
	const struct schema_map map = {STR("https://y.example/"), STR("map")};
	struct schema_options opt = {.maps = &map, .maps_n = 1, .tree = t};
	struct sandbox box;
	CHECKING c = {0};
	const char *start, *got;

	sandbox_open(&box);
	diag_init(&c.notes, &c.arena);
	sandbox_write("map/mapped.json", "{\"$ref\": \"more.json\"}");
	sandbox_write("map/more.json", "true");
	if (!t || t->on_disk)
		memory_write(files, ARRAY_LEN(files));
	start = path[0] == '/' ? arena_fmt(&c.arena, "%s%s", box.dir, path).s : path;
	if (!schema_load(&c.schema, str_of(start), &opt, &c.arena, &c.notes, &c.err))
		fail_msg("%s", c.err.text);
	got = names_of(c.schema, &c.arena);
	if (path[0] == '/')
		want = arena_fmt(&c.arena, "%s%s", box.dir, want).s;
	assert_string_equal(got, want);
	sandbox_close(&box);
}

static void local_files_in_the_order_loaded(void **state)
{
	struct memory m = memory_of(files, ARRAY_LEN(files));

	(void)state;
	check_files(NULL, "s/plain.json", "s/plain.json");
	check_files(&tree_disk, "/s/plain.json", "/s/plain.json");
	check_files(&m.tree, "s/plain.json", "s/plain.json");
	check_files(NULL, "other/back.yaml", "other/back.yaml s/plain.json");
	check_files(&m.tree, "other/back.yaml", "other/back.yaml s/plain.json");
}

static void mapped_and_builtin_files_are_left_out(void **state)
{
	static const struct memory_file main_file[] = {
	        {"main.json",
	         "{\"$schema\": \"http://json-schema.org/draft-07/schema#\", "
	         "\"allOf\": [{\"$ref\": \"https://y.example/mapped.json\"},"
	         "{\"$ref\": \"a.json\"}, {\"$ref\": \"a.json\"}, {\"$ref\": \"#\"}]}"},
	        {"a.json", "{}"},
	};
	struct memory m = memory_of(main_file, ARRAY_LEN(main_file));

	(void)state;
	check_files(&m.tree, "main.json", "main.json a.json");
}

/* From a folder below: paths are those that one would type there. */
static void paths_are_those_of_the_current_folder(void **state)
{
	struct sandbox box;
	CHECKING c = {0};

	(void)state;
	sandbox_open(&box);
	memory_write(files, ARRAY_LEN(files));
	sandbox_write("s/deep/x", "");
	assert_int_equal(chdir("s/deep"), 0);
	if (!schema_load(&c.schema, STR("../../other/back.yaml"), NULL, &c.arena, NULL,
	                 &c.err))
		fail_msg("%s", c.err.text);
	assert_string_equal(names_of(c.schema, &c.arena),
	                    "../../other/back.yaml ../plain.json");
	sandbox_close(&box);
}

static void target_of_a_link_is_what_was_read(void **state)
{
	struct sandbox box;
	CHECKING c = {0};

	(void)state;
	sandbox_open(&box);
	sandbox_write("real/main.json", "{\"$ref\": \"a.json\"}");
	sandbox_write("real/a.json", "{}");
	assert_int_equal(symlink("real/main.json", "link.json"), 0);
	if (!schema_load(&c.schema, STR("link.json"), NULL, &c.arena, NULL, &c.err))
		fail_msg("%s", c.err.text);
	assert_string_equal(names_of(c.schema, &c.arena), "link.json real/a.json");
	sandbox_close(&box);
}

static void meta_schema_of_the_user_is_one_of_them(void **state)
{
	struct sandbox box;
	CHECKING c = {0};

	(void)state;
	sandbox_open(&box);
	sandbox_write(
	        "s.json",
	        arena_fmt(&c.arena, "{\"$schema\": \"file://%s/meta.json\"}", box.dir).s);
	sandbox_write("meta.json", "{\"allOf\": [{\"$ref\": \"part.json\"}]}");
	sandbox_write("part.json", "{}");
	if (!schema_load(&c.schema, STR("s.json"), NULL, &c.arena, NULL, &c.err))
		fail_msg("%s", c.err.text);
	assert_string_equal(names_of(c.schema, &c.arena), "s.json meta.json part.json");
	sandbox_close(&box);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(local_files_in_the_order_loaded),
	        cmocka_unit_test(mapped_and_builtin_files_are_left_out),
	        cmocka_unit_test(paths_are_those_of_the_current_folder),
	        cmocka_unit_test(target_of_a_link_is_what_was_read),
	        cmocka_unit_test(meta_schema_of_the_user_is_one_of_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
