/*
 * cff.c - how to cite a release, in the Citation File Format
 *
 * A JSON string is a string of YAML too, so that nothing in the data, no date and no number can
 * be read as anything else.
 * Source: Citation File Format 1.2.0; YAML 1.2.2, section 7.3.1
 */
#include "describe/imprint_internal.h"

#include "doc/doc.h"

static void line(struct buf *out, const char *key, struct str text)
{
	if (!text.n)
		return;
	buf_addz(out, key);
	buf_addz(out, ": ");
	doc_json_string(out, text);
	buf_addc(out, '\n');
}

static void author(struct buf *out, const struct creator *c, struct arena *arena)
{
	if (!c->family.n) {
		line(out, "  - name", c->name);
		line(out, "    website", c->ror);
		return;
	}
	line(out, "  - family-names", c->family);
	line(out, "    given-names", c->given);
	line(out, "    orcid", orcid_url(c, arena));
	line(out, "    affiliation", c->affiliation);
}

static void identifier(struct buf *out, const char *type, struct str value,
                       const char *what)
{
	if (!value.n)
		return;
	buf_addf(out, "  - type: %s\n", type);
	line(out, "    value", value);
	line(out, "    description", str_of(what));
}

static void identifiers(struct buf *out, const struct imprint *e, struct arena *arena)
{
	struct str swhid = imprint_swhid(e, arena);

	if (!e->about->doi.n && !swhid.n)
		return;
	buf_addz(out, "identifiers:\n");
	identifier(out, "doi", e->about->doi, "all releases together");
	identifier(out, "swh", swhid, "the commit of this release");
}

static bool is_address(struct str license)
{
	return str_starts(license, STR("http://")) ||
	       str_starts(license, STR("https://"));
}

/* The format takes ids of SPDX and addresses, and no names. */
static void licence(struct buf *out, const struct about *a)
{
	if (is_address(a->license))
		line(out, "license-url", a->license);
	else if (a->license_url.n)
		line(out, "license", a->license);
}

static void write(struct buf *out, const struct imprint *e)
{
	CLEANUP(arena_release) struct arena arena = {0};
	const struct about *a = e->about;

	buf_addz(out, "cff-version: 1.2.0\n"
	              "message: \"If you use this dataset, please cite it as below.\"\n"
	              "type: dataset\n");
	line(out, "title", a->title);
	line(out, "version", e->version);
	line(out, "date-released", e->date);
	line(out, "doi", e->doi);
	line(out, "url", a->homepage);
	line(out, "commit", e->commit);
	licence(out, a);
	line(out, "abstract", a->description);
	buf_addz(out, "authors:\n");
	for (size_t i = 0; i < a->creators_n; i++)
		author(out, &a->creators[i], &arena);
	if (a->keywords_n)
		buf_addz(out, "keywords:\n");
	for (size_t i = 0; i < a->keywords_n; i++) {
		buf_addz(out, "  - ");
		doc_json_string(out, a->keywords[i]);
		buf_addc(out, '\n');
	}
	identifiers(out, e, &arena);
}

const struct imprint_form imprint_cff = {"cff", "CITATION.cff", "how to cite the release",
                                         NEEDS_TITLE | NEEDS_CREATORS, write};
