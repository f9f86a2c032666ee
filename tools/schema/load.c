#include "schema/internal.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void load_init(struct loader *l, const struct schema_options *opt, struct arena *arena,
               struct err *err)
{
	*l = (struct loader){.arena = arena, .opt = opt, .err = err};
	l->tree = opt && opt->tree ? opt->tree : &tree_disk;
	l->no_format = opt && opt->no_format;
	l->queue_end = &l->queue;
	l->text = BUF_INIT(LIMIT_FILE_BYTES);
	map_init(&l->documents, arena);
	map_init(&l->resources, arena);
	map_init(&l->places, arena);
	map_init(&l->dialects, arena);
	map_init(&l->patterns, arena);
	map_init(&l->unknown, arena);
	map_init(&l->loaded, arena);
}

static void release_dialect(struct dialect *d)
{
	if (d->meta)
		schema_release(d->meta);
	d->meta = NULL;
}

void load_release(struct loader *l)
{
	for (size_t i = 0; i < l->dialects.n; i++)
		release_dialect(l->dialects.items[i].value);
	for (size_t i = 0; i < l->patterns.n; i++)
		pattern_release(l->patterns.items[i].value);
	l->patterns.n = 0;
	buf_release(&l->text);
}

bool load_fail(struct loader *l, const struct subschema *s, const struct doc_node *node,
               const char *fmt, ...)
{
	const struct document *d = s ? s->resource->document : l->main;
	struct str pointer = s ? scan_pointer(s, true, l->arena) : STR_NONE, reason;
	struct doc_mark at = {0};
	va_list ap;

	va_start(ap, fmt);
	reason = arena_vfmt(l->arena, fmt, ap);
	va_end(ap);
	if (node || s)
		at = (node ? node : s->node)->start;
	if (!d)
		return err_set(l->err, ERR_SCHEMA, "%s", reason.s);
	return err_set(l->err, ERR_SCHEMA, STR_FMT ":%d:%d: " STR_FMT "%s%s",
	               STR_ARG(d->shown), at.line ? at.line : 1,
	               at.column ? at.column : 1, STR_ARG(pointer), pointer.n ? ": " : "",
	               reason.s);
}

/* JSON by its first character, for names without an ending (meta/core). */
static enum doc_format guess_format(struct str name, struct str bytes)
{
	struct str text = str_trim(str_sub(bytes, 0, 4096));

	if (str_ends(name, STR(".yaml")) || str_ends(name, STR(".yml")))
		return DOC_YAML;
	if (str_ends(name, STR(".json")) || (text.n && text.s[0] == '{'))
		return DOC_JSON;
	return DOC_YAML;
}

/* Read BYTES as the content of D. */
static bool parse(struct loader *l, struct document *d, struct str bytes)
{
	struct doc_options opt = {.format = guess_format(d->shown, bytes)};
	struct diag_list diags;
	struct docs docs;

	diag_init(&diags, l->arena);
	diag_file(&diags, d->shown);
	d->source = (struct source){d->shown, bytes};
	if (!doc_read(&docs, &d->source, &opt, l->arena, &diags)) {
		const struct diag *first = diags.n ? &diags.items[0] : NULL;

		return err_set(l->err, ERR_SCHEMA,
		               STR_FMT ":%d:%d: " STR_FMT "%s" STR_FMT, STR_ARG(d->shown),
		               first ? first->span.line : 1,
		               first ? first->span.column : 1,
		               STR_ARG(first ? first->text : STR("it cannot be read")),
		               first && first->suggestion.n ? "; " : "",
		               STR_ARG(first ? first->suggestion : STR("")));
	}
	if (docs.n != 1)
		return err_set(l->err, ERR_SCHEMA,
		               STR_FMT ":1:1: a schema file holds one document, not %zu",
		               STR_ARG(d->shown), docs.n);
	d->doc = docs.items[0];
	d->doc.source = &d->source;
	return true;
}

/* DIR and REST as one path. */
static struct str join(struct loader *l, struct str dir, struct str rest)
{
	bool slash = dir.n && dir.s[dir.n - 1] != '/';

	return arena_fmt(l->arena, STR_FMT "%s" STR_FMT, STR_ARG(dir), slash ? "/" : "",
	                 STR_ARG(rest));
}

/* A decoded rest must stay below the folder it is looked for in. */
static bool stays_below(struct str rest)
{
	struct str piece;

	if (str_find(rest, '\0') < rest.n)
		return false;
	while (str_split(&rest, '/', &piece))
		if (str_eqz(piece, ".."))
			return false;
	return true;
}

static struct str mapped_path(struct loader *l, struct str uri)
{
	const struct schema_map *best = NULL;
	struct str rest;

	for (size_t i = 0; l->opt && i < l->opt->maps_n; i++) {
		const struct schema_map *m = &l->opt->maps[i];

		if (str_starts(uri, m->prefix) && (!best || m->prefix.n > best->prefix.n))
			best = m;
	}
	if (!best)
		return STR_NONE;
	rest = schema_uri_decode(str_sub(uri, best->prefix.n, uri.n), l->arena);
	return stays_below(rest) ? join(l, best->dir, rest) : STR_NONE;
}

/* https://x.org/s/a.json refers to b.json beside it: so does the file that has that $id. */
static struct str implied_path(struct loader *l, struct str uri)
{
	struct str rest;

	if (!l->implied_prefix.n || !str_starts(uri, l->implied_prefix))
		return STR_NONE;
	rest = schema_uri_decode(str_sub(uri, l->implied_prefix.n, uri.n), l->arena);
	return rest.n && stays_below(rest) ? join(l, l->implied_dir, rest) : STR_NONE;
}

/* A path as the user would write it: relative when the main schema was. */
static struct str shown_path(struct loader *l, struct str path)
{
	if (!l->given_dir.n || !str_starts(path, l->given_dir))
		return path;
	return arena_fmt(l->arena, STR_FMT STR_FMT, STR_ARG(l->shown_dir),
	                 STR_ARG(str_sub(path, l->given_dir.n, path.n)));
}

static struct document *add_document(struct loader *l, struct str uri, struct str shown)
{
	struct document *d = arena_new(l->arena, struct document);

	d->uri = uri;
	d->shown = shown;
	map_set(&l->documents, uri, d);
	return d;
}

static struct document *builtin_document(struct loader *l, struct str uri,
                                         struct str bytes)
{
	struct document *d = add_document(l, uri, uri);

	d->builtin = true;
	return parse(l, d, bytes) ? d : NULL;
}

static struct document *file_document(struct loader *l, struct str uri, struct str path,
                                      bool local, const struct subschema *from)
{
	struct document *d;
	struct str bytes;
	const char *why = "";

	if (++l->files > LIMIT_SCHEMA_FILES) {
		err_set(l->err, ERR_LIMIT, "a schema refers to more than %d files",
		        LIMIT_SCHEMA_FILES);
		return NULL;
	}
	if (load_read(l, path, !local, &bytes, &why) != SOURCE_OK) {
		struct str shown = shown_path(l, path);

		load_fail(l, from, NULL,
		          "it refers to " STR_FMT ", which cannot be read: %s",
		          STR_ARG(shown), why);
		return NULL;
	}
	d = add_document(l, uri, local ? shown_path(l, path) : uri);
	d->local = local;
	return parse(l, d, bytes) ? d : NULL;
}

struct document *load_document(struct loader *l, struct str uri,
                               const struct subschema *from)
{
	struct document *d = map_get(&l->documents, uri);
	struct str bytes = meta_builtin(uri), path;

	if (d)
		return d;
	if (bytes.s)
		return builtin_document(l, uri, bytes);
	path = mapped_path(l, uri);
	if (path.s)
		return file_document(l, uri, path, false, from);
	path = schema_uri_path(uri, l->arena);
	if (path.s)
		return file_document(l, uri, path, true, from);
	path = implied_path(l, uri);
	if (path.s)
		return file_document(l, uri, path, true, from);
	load_fail(l, from, NULL,
	          "nothing is known of " STR_FMT
	          ": the network is never used; --schema-map PREFIX=DIR names a "
	          "folder that has it",
	          STR_ARG(uri));
	return NULL;
}

/* The folder of PATH with its slash; "" when it has none. */
static struct str folder_of(struct str path)
{
	size_t at = str_rfind(path, '/');

	return at < path.n ? str_sub(path, 0, at + 1) : STR("");
}

static void free_text(char **p)
{
	free(*p);
}

/* Note the main file's folder as given, absolute, and behind symbolic links. */
static struct str set_folders(struct loader *l, struct str path)
{
	CLEANUP(free_text) char *cwd = getcwd(NULL, 0);
	struct str name = arena_str(l->arena, path), absolute = name;
	struct str real = l->tree->on_disk ? real_path(name, l->arena) : STR_NONE;

	if (path.n && path.s[0] != '/' && cwd)
		absolute = join(l, str_of(cwd), path);
	l->shown_dir = folder_of(name);
	l->given_dir = folder_of(absolute);
	if (real.s)
		l->real_dir = folder_of(real);
	return absolute;
}

/* References relative to the id of the main file are looked for beside the file. */
static void set_implied(struct loader *l)
{
	const struct document *d = l->main;
	const struct draft *draft =
	        draft_find(doc_text(doc_get(&d->doc.root, "$schema")));
	struct str id = doc_text(doc_get(&d->doc.root, draft ? draft->id : "$id")),
	           fragment;

	id = folder_of(schema_uri_split(id, &fragment));
	if (!l->given_dir.n || !schema_uri_absolute(id) || id.n < 4)
		return;
	if (!schema_uri_resolve(&l->implied_prefix, d->uri, id, l->arena))
		return;
	l->implied_dir = l->given_dir;
}

static bool finish(struct loader *l, const struct schema **out)
{
	size_t from = l->notes ? l->notes->n : 0;
	struct schema *schema;

	set_implied(l);
	if (!scan_document(l, l->main, NULL) ||
	    !compile_all(l, &schema, l->main->root->root))
		return false;
	if (l->notes)
		diag_sort(l->notes, from);
	*out = schema;
	return true;
}

bool schema_load(const struct schema **out, struct str path,
                 const struct schema_options *opt, struct arena *arena,
                 struct diag_list *notes, struct err *err)
{
	CLEANUP(load_release) struct loader l;
	struct str bytes, uri;
	const char *why = "";

	load_init(&l, opt, arena, err);
	l.notes = notes;
	l.relative = !str_starts(path, STR("/"));
	if (load_read(&l, path, false, &bytes, &why) != SOURCE_OK)
		return err_set(err, ERR_IO, STR_FMT ": %s", STR_ARG(path), why);
	uri = schema_uri_of_path(set_folders(&l, path), arena);
	l.main = add_document(&l, uri, arena_str(arena, path));
	l.main->local = true;
	return parse(&l, l.main, bytes) && finish(&l, out);
}

bool schema_compile(const struct schema **out, const struct doc *doc, struct str base,
                    const struct schema_options *opt, struct arena *arena,
                    struct diag_list *notes, struct err *err)
{
	CLEANUP(load_release) struct loader l;
	struct str uri = STR("memory:///schema"), fragment;

	load_init(&l, opt, arena, err);
	l.notes = notes;
	base = schema_uri_split(base, &fragment);
	if (base.n && !schema_uri_resolve(&uri, base, base, arena))
		return err_set(err, ERR_USAGE, STR_FMT " is not a URI", STR_ARG(base));
	l.main = add_document(&l, uri, STR("schema"));
	l.main->local = true;
	l.main->doc = *doc;
	if (doc->source) {
		l.main->source = *doc->source;
		if (doc->source->name.n)
			l.main->shown = doc->source->name;
	}
	return finish(&l, out);
}

void schema_release(const struct schema *schema)
{
	for (size_t i = 0; schema && i < schema->patterns_n; i++)
		pattern_release(schema->patterns[i]);
}
