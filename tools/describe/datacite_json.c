/*
 * datacite_json.c - a release as DataCite takes it, as JSON
 *
 * Source: DataCite Metadata Schema 4.5, in JSON as InvenioRDM has it
 */
#include "describe/imprint_internal.h"
#include "describe/jot.h"

static void name_identifier(struct jot *j, struct str id, const char *scheme,
                            const char *address)
{
	jot_open(j, "nameIdentifiers", '[');
	jot_open(j, NULL, '{');
	jot_text(j, "nameIdentifier", id);
	jot_words(j, "nameIdentifierScheme", scheme);
	jot_words(j, "schemeUri", address);
	jot_close(j, '}');
	jot_close(j, ']');
}

static void affiliation(struct jot *j, const struct creator *c)
{
	if (!c->affiliation.n)
		return;
	jot_open(j, "affiliation", '[');
	jot_open(j, NULL, '{');
	jot_text(j, "name", c->affiliation);
	if (c->family.n && c->ror.n) {
		jot_text(j, "affiliationIdentifier", c->ror);
		jot_words(j, "affiliationIdentifierScheme", "ROR");
		jot_words(j, "schemeUri", "https://ror.org");
	}
	jot_close(j, '}');
	jot_close(j, ']');
}

static void creator(struct jot *j, const struct creator *c, struct arena *arena)
{
	jot_open(j, NULL, '{');
	jot_text(j, "name", creator_sorted(c, arena));
	jot_words(j, "nameType", c->family.n ? "Personal" : "Organizational");
	jot_text(j, "givenName", c->given);
	jot_text(j, "familyName", c->family);
	if (c->orcid.n)
		name_identifier(j, orcid_url(c, arena), "ORCID", "https://orcid.org");
	else if (!c->family.n && c->ror.n)
		name_identifier(j, c->ror, "ROR", "https://ror.org");
	affiliation(j, c);
	jot_close(j, '}');
}

static void creators(struct jot *j, const struct about *a, struct arena *arena)
{
	jot_open(j, "creators", '[');
	for (size_t i = 0; i < a->creators_n; i++)
		creator(j, &a->creators[i], arena);
	jot_close(j, ']');
}

static void one(struct jot *j, const char *list, const char *key, struct str text)
{
	jot_open(j, list, '[');
	jot_open(j, NULL, '{');
	jot_text(j, key, text);
}

static void end_one(struct jot *j)
{
	jot_close(j, '}');
	jot_close(j, ']');
}

static void rights(struct jot *j, const struct about *a)
{
	if (!a->license.n)
		return;
	one(j, "rightsList", "rights", a->license);
	jot_text(j, "rightsUri", a->license_url);
	if (a->license_url.n && !str_eq(a->license, a->license_url)) {
		jot_text(j, "rightsIdentifier", a->license);
		jot_words(j, "rightsIdentifierScheme", "SPDX");
		jot_words(j, "schemeUri", "https://spdx.org/licenses/");
	}
	end_one(j);
}

static void funding(struct jot *j, const struct about *a)
{
	if (!a->funding_n)
		return;
	jot_open(j, "fundingReferences", '[');
	for (size_t i = 0; i < a->funding_n; i++) {
		const struct funding *f = &a->funding[i];

		jot_open(j, NULL, '{');
		jot_text(j, "funderName", f->funder);
		jot_text(j, "funderIdentifier", f->ror);
		jot_words(j, "funderIdentifierType", f->ror.n ? "ROR" : NULL);
		jot_text(j, "awardNumber", f->award);
		jot_text(j, "awardUri", f->url);
		jot_text(j, "awardTitle", f->title);
		jot_close(j, '}');
	}
	jot_close(j, ']');
}

static void types(struct jot *j)
{
	jot_open(j, "types", '{');
	jot_words(j, "resourceTypeGeneral", "Dataset");
	jot_words(j, "resourceType", "Dataset");
	jot_close(j, '}');
}

static void about_it(struct jot *j, const struct imprint *e)
{
	const struct about *a = e->about;

	one(j, "dates", "date", e->date);
	jot_words(j, "dateType", "Issued");
	end_one(j);
	jot_text(j, "language", e->languages_n ? e->languages[0] : STR_NONE);
	types(j);
	if (a->doi.n) {
		one(j, "relatedIdentifiers", "relatedIdentifier", a->doi);
		jot_words(j, "relatedIdentifierType", "DOI");
		jot_words(j, "relationType", "IsVersionOf");
		end_one(j);
	}
	jot_text(j, "version", e->version);
	rights(j, a);
	if (a->description.n) {
		one(j, "descriptions", "description", a->description);
		jot_words(j, "descriptionType", "Abstract");
		jot_text(j, "lang", a->description_lang);
		end_one(j);
	}
	funding(j, a);
}

static void write(struct buf *out, const struct imprint *e)
{
	CLEANUP(arena_release) struct arena arena = {0};
	const struct about *a = e->about;
	struct jot j = {.out = out};

	jot_open(&j, NULL, '{');
	jot_text(&j, "doi", e->doi);
	creators(&j, a, &arena);
	one(&j, "titles", "title", a->title);
	end_one(&j);
	jot_open(&j, "publisher", '{');
	jot_text(&j, "name", a->publisher);
	jot_close(&j, '}');
	jot_text(&j, "publicationYear", str_sub(e->date, 0, 4));
	imprint_subjects(&j, a);
	about_it(&j, e);
	jot_words(&j, "schemaVersion", "http://datacite.org/schema/kernel-4");
	jot_close(&j, '}');
}

const struct imprint_form imprint_datacite_json = {
        "datacite-json", "datacite.json", "metadata of DataCite 4.5 as JSON",
        NEEDS_TITLE | NEEDS_CREATORS | NEEDS_PUBLISHER, write};
