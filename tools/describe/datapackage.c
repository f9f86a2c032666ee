/*
 * datapackage.c - a release as a Data Package
 *
 * Source: Data Package 2.0 (datapackage.org), with Data Resource and Table Schema
 */
#include "describe/schema_org.h"

/* "lora PEFT.csv" as a name: "lora-peft.csv". */
static struct str slug(struct str s, struct arena *arena)
{
	char *out = arena_alloc(arena, s.n + 1, 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		char c = ascii_lower(s.s[i]);

		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ||
		    c == '_')
			out[n++] = c;
		else if (n && out[n - 1] != '-')
			out[n++] = '-';
	}
	while (n && out[n - 1] == '-')
		n--;
	return (struct str){out, n};
}

/* A licence has a name for programs, an address, or both. */
static void licence(struct jot *j, const struct about *a, struct arena *arena)
{
	if (!a->license.n)
		return;
	jot_open(j, "licenses", '[');
	jot_open(j, NULL, '{');
	if (!str_eq(a->license, a->license_url))
		jot_text(j, "name",
		         a->license_url.n ? a->license : slug(a->license, arena));
	jot_text(j, "path", a->license_url);
	jot_text(j, "title", a->license_url.n ? STR_NONE : a->license);
	jot_close(j, '}');
	jot_close(j, ']');
}

static void contributor(struct jot *j, const struct creator *c, struct arena *arena)
{
	jot_open(j, NULL, '{');
	jot_text(j, "title", creator_name(c, arena));
	jot_text(j, "givenName", c->given);
	jot_text(j, "familyName", c->family);
	jot_text(j, "path", c->family.n ? orcid_url(c, arena) : c->ror);
	jot_text(j, "organization", c->affiliation);
	jot_open(j, "roles", '[');
	jot_words(j, NULL, "creator");
	jot_close(j, ']');
	jot_close(j, '}');
}

static void contributors(struct jot *j, const struct about *a, struct arena *arena)
{
	if (!a->creators_n)
		return;
	jot_open(j, "contributors", '[');
	for (size_t i = 0; i < a->creators_n; i++)
		contributor(j, &a->creators[i], arena);
	jot_close(j, ']');
}

static void table_schema(struct jot *j, const struct imprint_file *f)
{
	jot_open(j, "schema", '{');
	jot_words(j, "$schema", "https://datapackage.org/profiles/2.0/tableschema.json");
	jot_open(j, "fields", '[');
	for (size_t i = 0; i < f->columns_n; i++) {
		jot_open(j, NULL, '{');
		jot_words(j, "name", f->columns[i].name);
		jot_words(j, "type", f->columns[i].type);
		jot_words(j, "description", f->columns[i].description);
		jot_close(j, '}');
	}
	jot_close(j, ']');
	jot_close(j, '}');
}

static void resource(struct jot *j, const struct imprint_file *f, struct arena *arena)
{
	jot_open(j, NULL, '{');
	jot_text(j, "name", slug(f->path, arena));
	jot_text(j, "path", f->path);
	jot_words(j, "description", f->description);
	if (f->columns_n)
		jot_words(j, "type", "table");
	jot_text(j, "format", str_sub(f->path, str_rfind(f->path, '.') + 1, f->path.n));
	jot_words(j, "mediatype", f->media_type);
	if (f->columns_n)
		jot_words(j, "encoding", "utf-8");
	jot_count(j, "bytes", f->bytes);
	jot_text(j, "hash", arena_fmt(arena, "sha256:" STR_FMT, STR_ARG(f->sha256)));
	if (f->columns_n)
		table_schema(j, f);
	jot_close(j, '}');
}

static void resources(struct jot *j, const struct imprint *e, struct arena *arena)
{
	jot_open(j, "resources", '[');
	for (size_t i = 0; i < e->files_n; i++)
		if (e->files[i].sha256.n)
			resource(j, &e->files[i], arena);
	jot_close(j, ']');
}

static void write(struct buf *out, const struct imprint *e)
{
	CLEANUP(arena_release) struct arena arena = {0};
	const struct about *a = e->about;
	struct jot j = {.out = out};

	jot_open(&j, NULL, '{');
	jot_words(&j, "$schema", "https://datapackage.org/profiles/2.0/datapackage.json");
	jot_text(&j, "name", slug(a->title, &arena));
	jot_text(&j, "id", doi_address(imprint_doi(e), &arena));
	jot_text(&j, "title", a->title);
	jot_text(&j, "description", a->description);
	jot_text(&j, "homepage", a->homepage);
	jot_text(&j, "version", e->version);
	jot_text(&j, "created",
	         arena_fmt(&arena, STR_FMT "T00:00:00Z", STR_ARG(e->date)));
	licence(&j, a, &arena);
	contributors(&j, a, &arena);
	texts_of(&j, "keywords", a->keywords, a->keywords_n);
	resources(&j, e, &arena);
	jot_close(&j, '}');
}

const struct imprint_form imprint_datapackage = {"datapackage", "datapackage.json",
                                                 "the files as a Data Package 2.0",
                                                 NEEDS_NOTHING, write};
