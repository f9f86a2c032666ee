#include "dataset/internal.h"

#include "base/limits.h"

#include <string.h>

struct str path_dir(struct str path)
{
	size_t at = str_rfind(path, '/');

	if (at == path.n)
		return STR(".");
	return at ? str_sub(path, 0, at) : STR("/");
}

bool stays_inside(const struct dataset *d, struct str path)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	struct str real;

	if (!d->tree->on_disk)
		return d->tree->kind(d->tree, path) != TREE_LINK;
	real = real_path(path, &scratch);
	return !real.s || path_below(real_path(d->dir, &scratch), real);
}

enum tree_kind kind_behind(const struct tree *t, struct str path)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	enum tree_kind kind = t->kind(t, path);
	struct str real;

	if (kind != TREE_LINK || !t->on_disk)
		return kind;
	real = real_path(path, &scratch);
	return real.s ? t->kind(t, real) : TREE_NONE;
}

/* Whether DIR, which need not be terminated, is there and no link. */
static bool is_real(const struct tree *t, struct str dir, struct arena *arena)
{
	enum tree_kind kind = t->kind(t, arena_str(arena, dir));

	return kind != TREE_NONE && kind != TREE_LINK;
}

struct str path_join(const struct tree *t, struct str dir, struct str name,
                     struct arena *arena)
{
	char *p;

	while (str_starts(name, STR("./")))
		name = str_sub(name, 2, name.n);
	while (name.n > 1 && name.s[name.n - 1] == '/')
		name.n--;
	if (str_eqz(name, ".") || name.n == 0)
		return arena_str(arena, dir);
	if (str_eqz(dir, ".") || str_starts(name, STR("/")))
		return arena_str(arena, name);
	/* "a/../b" is "b" only while "a" is a real folder. */
	while (str_starts(name, STR("../")) && is_real(t, dir, arena) &&
	       !str_ends(dir, STR(".."))) {
		name = str_sub(name, 3, name.n);
		dir = path_dir(dir);
		if (str_eqz(dir, "."))
			return path_join(t, dir, name, arena);
	}
	while (dir.n > 1 && dir.s[dir.n - 1] == '/')
		dir.n--;
	p = arena_alloc(arena, dir.n + name.n + 2, 1); /* one a file: no formatting */
	memcpy(p, dir.s, dir.n);
	p[dir.n] = '/';
	memcpy(p + dir.n + 1, name.s, name.n);
	return (struct str){p, dir.n + 1 + name.n};
}

void report_unreadable(struct diag_list *out, enum source_status status, const char *why)
{
	if (status == SOURCE_TOO_LARGE)
		diag_add(out, &rule_syntax_too_large, (struct span){0},
		         "the file has more than %u MiB, the limit for one file",
		         LIMIT_FILE_BYTES / (1024 * 1024))
		        ->suggestion = STR("split it or leave it out of the collection");
	else
		diag_add(out, &rule_io_unreadable, (struct span){0}, "cannot be read: %s",
		         why);
}

void report_link(struct diag_list *out, const struct tree *t, const char *of)
{
	struct diag *d;

	if (t->on_disk)
		d = diag_add(out, &rule_dataset_link, (struct span){0},
		             "the symbolic link leads out of the %s and is not followed",
		             of);
	else
		d = diag_add(out, &rule_dataset_link, (struct span){0},
		             "a symbolic link is not followed in a commit");
	d->suggestion = STR("put the file itself here");
}

/* Read PATH so that it lives as long as ARENA. */
static bool load_source(struct source **out, const struct tree *t, struct str path,
                        struct arena *arena, struct diag_list *diags)
{
	CLEANUP(buf_release) struct buf buf = BUF_INIT(LIMIT_FILE_BYTES);
	struct source *s = arena_new(arena, struct source);
	const char *why = "";
	enum source_status status = t->read(t, s, &buf, path, &why);

	if (status != SOURCE_OK) {
		report_unreadable(diags, status, why);
		return false;
	}
	s->bytes = arena_str(arena, s->bytes);
	*out = s;
	return true;
}

const struct schema *builtin_schema(const char *text, size_t size, struct arena *arena)
{
	struct source *source = arena_new(arena, struct source);
	struct doc_options opt = {.format = DOC_JSON};
	const struct schema *schema = NULL;
	struct diag_list diags;
	struct docs docs;
	struct err err = {0};

	*source = (struct source){STR("built-in schema"), {text, size}};
	diag_init(&diags, arena);
	if (!doc_read(&docs, source, &opt, arena, &diags) ||
	    !schema_compile(&schema, &docs.items[0], STR_NONE, NULL, arena, NULL, &err))
		out_of_memory(); /* it is known to be good */
	return schema;
}

bool load_checked(const struct doc **out, const struct dataset *d, struct str path,
                  const char *schema, size_t schema_size, struct arena *arena,
                  struct diag_list *diags)
{
	CLEANUP(schema_scratch_release) struct schema_scratch scratch = {0};
	const struct schema *compiled;
	struct source *source;
	struct docs docs;
	bool valid;

	diag_file(diags, path);
	if (!stays_inside(d, path)) {
		report_link(diags, d->tree, "dataset");
		return false;
	}
	if (!load_source(&source, d->tree, path, arena, diags) ||
	    !doc_read(&docs, source, NULL, arena, diags))
		return false;
	if (docs.n != 1) {
		diag_add(diags, &rule_syntax_documents, (struct span){0},
		         "the file has %zu documents, but one is expected", docs.n);
		return false;
	}
	*out = &docs.items[0];
	compiled = builtin_schema(schema, schema_size, arena);
	valid = schema_check(compiled, *out, &scratch, diags);
	schema_release(compiled);
	return valid;
}
