/*
 * ro_crate.c - a release as a Research Object Crate
 *
 * Source: RO-Crate Metadata Specification 1.2: one flat graph, whose entities refer to each other
 */
#include "describe/schema_org.h"

#include "base/map.h"

struct crate {
	struct jot j;
	const struct imprint *e;
	struct map told; /* ids of what is in the graph: two may share an affiliation */
	struct arena arena;
};

static bool is_new(struct crate *c, struct str id)
{
	bool added;

	*map_at(&c->told, id, &added) = c;
	return added;
}

static void descriptor(struct crate *c)
{
	jot_open(&c->j, NULL, '{');
	jot_words(&c->j, "@id", "ro-crate-metadata.json");
	jot_words(&c->j, "@type", "CreativeWork");
	jot_refer(&c->j, "about", STR("./"));
	jot_refer(&c->j, "conformsTo", STR("https://w3id.org/ro/crate/1.2"));
	jot_close(&c->j, '}');
}

static void references(struct crate *c, const char *key, size_t n,
                       struct str (*id)(const struct about *, size_t, struct arena *))
{
	if (!n)
		return;
	jot_open(&c->j, key, '[');
	for (size_t i = 0; i < n; i++)
		jot_refer(&c->j, NULL, id(c->e->about, i, &c->arena));
	jot_close(&c->j, ']');
}

static void root(struct crate *c)
{
	const struct about *a = c->e->about;
	struct jot *j = &c->j;

	jot_open(j, NULL, '{');
	jot_words(j, "@id", "./");
	jot_words(j, "@type", "Dataset");
	jot_text(j, "name", a->title);
	jot_text(j, "description", a->description);
	jot_text(j, "datePublished", c->e->date);
	jot_text(j, "version", c->e->version);
	jot_refer(j, "license", licence_id(a));
	jot_text(j, "identifier", doi_address(imprint_doi(c->e), &c->arena));
	jot_text(j, "url", a->homepage);
	texts_of(j, "keywords", a->keywords, a->keywords_n);
	texts_of(j, "inLanguage", c->e->languages, c->e->languages_n);
	references(c, "author", a->creators_n, creator_id);
	references(c, "funder", a->funding_n, funder_id);
	if (a->publisher.n)
		jot_refer(j, "publisher", STR("#publisher"));
	jot_open(j, "hasPart", '[');
	for (size_t i = 0; i < c->e->files_n; i++)
		jot_refer(j, NULL, c->e->files[i].path);
	jot_close(j, ']');
	jot_close(j, '}');
}

static void file(struct crate *c, const struct imprint_file *f)
{
	struct jot *j = &c->j;

	jot_open(j, NULL, '{');
	jot_text(j, "@id", f->path);
	jot_words(j, "@type", f->sha256.n ? "File" : "Dataset");
	jot_text(j, "name", f->path);
	jot_words(j, "description", f->description);
	jot_words(j, "encodingFormat", f->media_type);
	if (f->sha256.n) {
		jot_text(j, "contentSize",
		         arena_fmt(&c->arena, "%llu", (unsigned long long)f->bytes));
		jot_text(j, "sha256", f->sha256);
	}
	jot_close(j, '}');
}

static void organisation(struct crate *c, struct str id, struct str name)
{
	if (name.n && is_new(c, id))
		organisation_node(&c->j, NULL, id, name);
}

static void people(struct crate *c)
{
	const struct about *a = c->e->about;

	for (size_t i = 0; i < a->creators_n; i++)
		if (is_new(c, creator_id(a, i, &c->arena)))
			creator_node(&c->j, a, i, true, &c->arena);
	for (size_t i = 0; i < a->creators_n; i++)
		organisation(c, affiliation_id(a, i, &c->arena),
		             a->creators[i].affiliation);
	for (size_t i = 0; i < a->funding_n; i++)
		organisation(c, funder_id(a, i, &c->arena), a->funding[i].funder);
	organisation(c, STR("#publisher"), a->publisher);
}

static void licence(struct crate *c)
{
	const struct about *a = c->e->about;

	jot_open(&c->j, NULL, '{');
	jot_text(&c->j, "@id", licence_id(a));
	jot_words(&c->j, "@type", "CreativeWork");
	jot_text(&c->j, "name", a->license);
	jot_text(&c->j, "url", a->license_url);
	jot_close(&c->j, '}');
}

static void write(struct buf *out, const struct imprint *e)
{
	struct crate c = {.j = {.out = out}, .e = e};

	map_init(&c.told, &c.arena);
	jot_open(&c.j, NULL, '{');
	jot_words(&c.j, "@context", "https://w3id.org/ro/crate/1.2/context");
	jot_open(&c.j, "@graph", '[');
	descriptor(&c);
	root(&c);
	for (size_t i = 0; i < e->files_n; i++)
		file(&c, &e->files[i]);
	people(&c);
	licence(&c);
	jot_close(&c.j, ']');
	jot_close(&c.j, '}');
	arena_release(&c.arena);
}

const struct imprint_form imprint_ro_crate = {
        "ro-crate", "ro-crate-metadata.json", "the files as a Research Object Crate 1.2",
        NEEDS_TITLE | NEEDS_LICENSE | NEEDS_DESCRIPTION, write};
