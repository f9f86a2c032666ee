/*
 * schema_org.c - people, bodies and licences as schema.org has them, as JSON-LD
 */
#include "describe/schema_org.h"

static struct str numbered(const char *what, size_t i, struct arena *arena)
{
	return arena_fmt(arena, "#%s-%zu", what, i + 1);
}

struct str creator_id(const struct about *a, size_t i, struct arena *arena)
{
	const struct creator *c = &a->creators[i];

	if (c->orcid.n)
		return orcid_url(c, arena);
	if (!c->family.n && c->ror.n)
		return c->ror;
	return numbered("creator", i, arena);
}

struct str affiliation_id(const struct about *a, size_t i, struct arena *arena)
{
	const struct creator *c = &a->creators[i];

	if (!c->affiliation.n)
		return STR_NONE;
	return c->family.n && c->ror.n ? c->ror : numbered("affiliation", i, arena);
}

struct str funder_id(const struct about *a, size_t i, struct arena *arena)
{
	return a->funding[i].ror.n ? a->funding[i].ror : numbered("funder", i, arena);
}

struct str licence_id(const struct about *a)
{
	return a->license_url.n ? a->license_url : STR("#license");
}

void creator_node(struct jot *j, const struct about *a, size_t i, bool flat,
                  struct arena *arena)
{
	const struct creator *c = &a->creators[i];

	jot_open(j, NULL, '{');
	jot_text(j, "@id", creator_id(a, i, arena));
	jot_words(j, "@type", c->family.n ? "Person" : "Organization");
	jot_text(j, "name", creator_name(c, arena));
	jot_text(j, "givenName", c->given);
	jot_text(j, "familyName", c->family);
	if (c->affiliation.n && flat) {
		jot_refer(j, c->family.n ? "affiliation" : "parentOrganization",
		          affiliation_id(a, i, arena));
	} else if (c->affiliation.n) {
		jot_open(j, c->family.n ? "affiliation" : "parentOrganization", '{');
		jot_text(j, "@id", affiliation_id(a, i, arena));
		jot_words(j, "@type", "Organization");
		jot_text(j, "name", c->affiliation);
		jot_close(j, '}');
	}
	jot_close(j, '}');
}

void organisation_node(struct jot *j, const char *key, struct str id, struct str name)
{
	jot_open(j, key, '{');
	jot_text(j, "@id", id);
	jot_words(j, "@type", "Organization");
	jot_text(j, "name", name);
	jot_close(j, '}');
}

void texts_of(struct jot *j, const char *key, const struct str *texts, size_t n)
{
	if (!n)
		return;
	jot_open(j, key, '[');
	for (size_t i = 0; i < n; i++)
		jot_text(j, NULL, texts[i]);
	jot_close(j, ']');
}
