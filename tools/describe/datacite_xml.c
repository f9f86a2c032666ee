/*
 * datacite_xml.c - a release as DataCite takes it, as XML
 *
 * Source: DataCite Metadata Schema 4.7; the type SWHID of identifiers is new in it
 */
#include "describe/imprint_internal.h"
#include "describe/xml.h"

/* Without a DOI of its own, the release is known by its commit: that of all releases is not it. */
static void identifier(struct xml *x, const struct imprint *e, struct arena *arena)
{
	struct str swhid = imprint_swhid(e, arena);

	xml_open(x, "identifier");
	if (e->doi.n || !swhid.n)
		xml_attribute(x, "identifierType", e->doi.n ? STR("DOI") : STR("Other"));
	else
		xml_attribute(x, "identifierType", STR("SWHID"));
	xml_text(x, e->doi.n ? e->doi : swhid.n ? swhid : e->version);
	xml_close(x);
}

static void scheme(struct xml *x, const char *kind, const char *name, const char *address)
{
	xml_attribute(x, kind, str_of(name));
	xml_attribute(x, "schemeURI", str_of(address));
}

static void creator(struct xml *x, const struct creator *c, struct arena *arena)
{
	xml_open(x, "creator");
	xml_open(x, "creatorName");
	xml_attribute(x, "nameType",
	              c->family.n ? STR("Personal") : STR("Organizational"));
	xml_text(x, creator_sorted(c, arena));
	xml_close(x);
	xml_element(x, "givenName", c->given);
	xml_element(x, "familyName", c->family);
	if (c->orcid.n || (!c->family.n && c->ror.n)) {
		xml_open(x, "nameIdentifier");
		if (c->orcid.n)
			scheme(x, "nameIdentifierScheme", "ORCID", "https://orcid.org");
		else
			scheme(x, "nameIdentifierScheme", "ROR", "https://ror.org");
		xml_text(x, c->orcid.n ? orcid_url(c, arena) : c->ror);
		xml_close(x);
	}
	if (c->affiliation.n) {
		xml_open(x, "affiliation");
		if (c->family.n && c->ror.n) {
			xml_attribute(x, "affiliationIdentifier", c->ror);
			scheme(x, "affiliationIdentifierScheme", "ROR",
			       "https://ror.org");
		}
		xml_text(x, c->affiliation);
		xml_close(x);
	}
	xml_close(x);
}

static void creators(struct xml *x, const struct about *a, struct arena *arena)
{
	xml_open(x, "creators");
	for (size_t i = 0; i < a->creators_n; i++)
		creator(x, &a->creators[i], arena);
	xml_close(x);
}

static void subjects(struct xml *x, const struct about *a)
{
	if (!a->keywords_n)
		return;
	xml_open(x, "subjects");
	for (size_t i = 0; i < a->keywords_n; i++)
		xml_element(x, "subject", a->keywords[i]);
	xml_close(x);
}

static void dates(struct xml *x, const struct imprint *e)
{
	xml_open(x, "dates");
	xml_open(x, "date");
	xml_attribute(x, "dateType", STR("Issued"));
	xml_text(x, e->date);
	xml_close(x);
	xml_close(x);
}

static void related(struct xml *x, struct str id, const char *type, const char *relation)
{
	if (!id.n)
		return;
	xml_open(x, "relatedIdentifier");
	xml_attribute(x, "relatedIdentifierType", str_of(type));
	xml_attribute(x, "relationType", str_of(relation));
	xml_text(x, id);
	xml_close(x);
}

static void related_all(struct xml *x, const struct imprint *e, struct arena *arena)
{
	struct str swhid = e->doi.n ? imprint_swhid(e, arena) : STR_NONE;

	if (!e->about->doi.n && !swhid.n)
		return;
	xml_open(x, "relatedIdentifiers");
	related(x, e->about->doi, "DOI", "IsVersionOf");
	related(x, swhid, "SWHID", "IsVariantFormOf");
	xml_close(x);
}

static void rights(struct xml *x, const struct about *a)
{
	if (!a->license.n)
		return;
	xml_open(x, "rightsList");
	xml_open(x, "rights");
	xml_attribute(x, "rightsURI", a->license_url);
	if (a->license_url.n && !str_eq(a->license, a->license_url)) {
		xml_attribute(x, "rightsIdentifier", a->license);
		scheme(x, "rightsIdentifierScheme", "SPDX", "https://spdx.org/licenses/");
	}
	xml_text(x, a->license);
	xml_close(x);
	xml_close(x);
}

static void description(struct xml *x, const struct about *a)
{
	if (!a->description.n)
		return;
	xml_open(x, "descriptions");
	xml_open(x, "description");
	xml_attribute(x, "descriptionType", STR("Abstract"));
	xml_attribute(x, "xml:lang", a->description_lang);
	xml_text(x, a->description);
	xml_close(x);
	xml_close(x);
}

static void funding(struct xml *x, const struct about *a)
{
	if (!a->funding_n)
		return;
	xml_open(x, "fundingReferences");
	for (size_t i = 0; i < a->funding_n; i++) {
		const struct funding *f = &a->funding[i];

		xml_open(x, "fundingReference");
		xml_element(x, "funderName", f->funder);
		if (f->ror.n) {
			xml_open(x, "funderIdentifier");
			xml_attribute(x, "funderIdentifierType", STR("ROR"));
			xml_text(x, f->ror);
			xml_close(x);
		}
		if (f->award.n) {
			xml_open(x, "awardNumber");
			xml_attribute(x, "awardURI", f->url);
			xml_text(x, f->award);
			xml_close(x);
		}
		xml_element(x, "awardTitle", f->title);
		xml_close(x);
	}
	xml_close(x);
}

static void titles(struct xml *x, const struct about *a)
{
	xml_open(x, "titles");
	xml_element(x, "title", a->title);
	xml_close(x);
}

static void write(struct buf *out, const struct imprint *e)
{
	CLEANUP(arena_release) struct arena arena = {0};
	const struct about *a = e->about;
	struct xml x = {.out = out};

	xml_begin(&x);
	xml_open(&x, "resource");
	xml_attribute(&x, "xmlns", STR("http://datacite.org/schema/kernel-4"));
	xml_attribute(&x, "xmlns:xsi", STR("http://www.w3.org/2001/XMLSchema-instance"));
	xml_attribute(&x, "xsi:schemaLocation",
	              STR("http://datacite.org/schema/kernel-4 "
	                  "https://schema.datacite.org/meta/kernel-4.7/metadata.xsd"));
	identifier(&x, e, &arena);
	creators(&x, a, &arena);
	titles(&x, a);
	xml_element(&x, "publisher", a->publisher);
	xml_element(&x, "publicationYear", str_sub(e->date, 0, 4));
	xml_open(&x, "resourceType");
	xml_attribute(&x, "resourceTypeGeneral", STR("Dataset"));
	xml_text(&x, STR("Dataset"));
	xml_close(&x);
	subjects(&x, a);
	dates(&x, e);
	xml_element(&x, "language", e->languages_n ? e->languages[0] : STR_NONE);
	related_all(&x, e, &arena);
	xml_element(&x, "version", e->version);
	rights(&x, a);
	description(&x, a);
	funding(&x, a);
	xml_close(&x);
}

const struct imprint_form imprint_datacite_xml = {
        "datacite-xml", "datacite.xml", "metadata of DataCite 4.7 as XML",
        NEEDS_TITLE | NEEDS_CREATORS | NEEDS_PUBLISHER, write};
