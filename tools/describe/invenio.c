/*
 * invenio.c - a release as repositories of InvenioRDM (Zenodo) take its description
 *
 * Source: InvenioRDM, metadata reference
 */
#include "describe/imprint_internal.h"

#include "base/limits.h"
#include "describe/jot.h"
#include "describe/xml.h"

static void of_person(struct jot *j, const struct creator *c)
{
	jot_open(j, "person_or_org", '{');
	jot_words(j, "type", c->family.n ? "personal" : "organizational");
	jot_text(j, "family_name", c->family);
	jot_text(j, "given_name", c->given);
	jot_text(j, "name", c->family.n ? STR_NONE : c->name);
	if (c->orcid.n || (!c->family.n && c->ror.n)) {
		jot_open(j, "identifiers", '[');
		jot_open(j, NULL, '{');
		jot_words(j, "scheme", c->orcid.n ? "orcid" : "ror");
		jot_text(j, "identifier", c->orcid.n ? c->orcid : c->ror);
		jot_close(j, '}');
		jot_close(j, ']');
	}
	jot_close(j, '}');
}

static void creators(struct jot *j, const struct about *a)
{
	jot_open(j, "creators", '[');
	for (size_t i = 0; i < a->creators_n; i++) {
		const struct creator *c = &a->creators[i];

		jot_open(j, NULL, '{');
		of_person(j, c);
		if (c->affiliation.n) {
			jot_open(j, "affiliations", '[');
			jot_open(j, NULL, '{');
			jot_text(j, "name", c->affiliation);
			jot_close(j, '}');
			jot_close(j, ']');
		}
		jot_close(j, '}');
	}
	jot_close(j, ']');
}

/* Licences stand there under the SPDX id in lower case; others have a title and an address. */
static void rights(struct jot *j, const struct about *a, struct arena *arena)
{
	bool is_id = a->license_url.n && !str_eq(a->license, a->license_url);

	if (!a->license.n)
		return;
	jot_open(j, "rights", '[');
	jot_open(j, NULL, '{');
	if (is_id) {
		jot_text(j, "id", arena_lower(arena, a->license));
	} else {
		jot_open(j, "title", '{');
		jot_text(j, "en", a->license);
		jot_close(j, '}');
		jot_text(j, "link", a->license_url);
	}
	jot_close(j, '}');
	jot_close(j, ']');
}

/* Descriptions are HTML there, and ours is text. */
static void description(struct jot *j, const struct about *a)
{
	CLEANUP(buf_release) struct buf html = BUF_INIT(LIMIT_OUTPUT_BYTES);

	xml_escape(&html, a->description);
	jot_text(j, "description", buf_str(&html));
}

static void related(struct jot *j, const struct imprint *e)
{
	if (!e->about->homepage.n)
		return;
	jot_open(j, "related_identifiers", '[');
	jot_open(j, NULL, '{');
	jot_text(j, "identifier", e->about->homepage);
	jot_words(j, "scheme", "url");
	jot_open(j, "relation_type", '{');
	jot_words(j, "id", "isdocumentedby");
	jot_close(j, '}');
	jot_close(j, '}');
	jot_close(j, ']');
}

static void write(struct buf *out, const struct imprint *e)
{
	CLEANUP(arena_release) struct arena arena = {0};
	struct jot j = {.out = out};

	jot_open(&j, NULL, '{');
	jot_open(&j, "resource_type", '{');
	jot_words(&j, "id", "dataset");
	jot_close(&j, '}');
	jot_text(&j, "title", e->about->title);
	jot_text(&j, "version", e->version);
	jot_text(&j, "publication_date", e->date);
	jot_text(&j, "publisher", e->about->publisher);
	creators(&j, e->about);
	description(&j, e->about);
	rights(&j, e->about, &arena);
	imprint_subjects(&j, e->about);
	related(&j, e);
	jot_close(&j, '}');
}

const struct imprint_form imprint_invenio = {
        .name = "invenio",
        .file = NULL,
        .summary = "what a deposit says of the release",
        .needs = NEEDS_TITLE | NEEDS_CREATORS,
        .write = write,
};
