/*
 * jsonld.c - a release for search engines: a Dataset of schema.org
 *
 * Source: schema.org, Dataset, DataDownload
 */
#include "describe/schema_org.h"

static void distribution(struct jot *j, const struct imprint *e)
{
	jot_open(j, "distribution", '[');
	for (size_t i = 0; i < e->files_n; i++) {
		const struct imprint_file *f = &e->files[i];

		if (!f->sha256.n)
			continue;
		jot_open(j, NULL, '{');
		jot_words(j, "@type", "DataDownload");
		jot_text(j, "name", f->path);
		jot_words(j, "description", f->description);
		jot_text(j, "contentUrl", f->path);
		jot_words(j, "encodingFormat", f->media_type);
		jot_text(j, "sha256", f->sha256);
		jot_close(j, '}');
	}
	jot_close(j, ']');
}

/* Whether the entries stand beside it as terms. */
static bool has_terms(const struct imprint *e)
{
	for (size_t i = 0; i < e->files_n; i++)
		if (str_eqz(e->files[i].path, "terms.jsonld"))
			return true;
	return false;
}

static void people(struct jot *j, const struct about *a, struct arena *arena)
{
	if (a->creators_n) {
		jot_open(j, "creator", '[');
		for (size_t i = 0; i < a->creators_n; i++)
			creator_node(j, a, i, false, arena);
		jot_close(j, ']');
	}
	if (a->publisher.n)
		organisation_node(j, "publisher", STR("#publisher"), a->publisher);
	if (a->funding_n) {
		jot_open(j, "funder", '[');
		for (size_t i = 0; i < a->funding_n; i++)
			organisation_node(j, NULL, funder_id(a, i, arena),
			                  a->funding[i].funder);
		jot_close(j, ']');
	}
}

static void write(struct buf *out, const struct imprint *e)
{
	CLEANUP(arena_release) struct arena arena = {0};
	const struct about *a = e->about;
	struct jot j = {.out = out};

	jot_open(&j, NULL, '{');
	jot_words(&j, "@context", "https://schema.org");
	jot_words(&j, "@type", "Dataset");
	jot_text(&j, "@id", imprint_address(e, &arena));
	jot_text(&j, "name", a->title);
	jot_text(&j, "description", a->description);
	jot_text(&j, "url", a->homepage);
	jot_text(&j, "identifier", doi_address(imprint_doi(e), &arena));
	jot_text(&j, "version", e->version);
	jot_text(&j, "datePublished", e->date);
	jot_text(&j, "license", a->license_url.n ? a->license_url : a->license);
	texts_of(&j, "inLanguage", e->languages, e->languages_n);
	texts_of(&j, "keywords", a->keywords, a->keywords_n);
	people(&j, a, &arena);
	if (has_terms(e))
		jot_refer(&j, "hasPart", STR("terms.jsonld#terms"));
	distribution(&j, e);
	jot_close(&j, '}');
}

const struct imprint_form imprint_jsonld = {"jsonld", "dataset.jsonld",
                                            "the release as a Dataset of schema.org",
                                            NEEDS_TITLE, write};
