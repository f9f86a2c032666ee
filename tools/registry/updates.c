/* updates.c - retractions and corrections: which of them count */
#include "registry/internal.h"

enum severity registry_update_severity(struct str type)
{
	static const char *const errors[] = {"retraction", "withdrawal", "removal"};
	static const char *const warnings[] = {"partial_retraction",
	                                       "expression_of_concern"};

	for (size_t i = 0; i < ARRAY_LEN(errors); i++)
		if (str_eqz(type, errors[i]))
			return SEVERITY_ERROR;
	for (size_t i = 0; i < ARRAY_LEN(warnings); i++)
		if (str_eqz(type, warnings[i]))
			return SEVERITY_WARNING;
	return SEVERITY_NOTE;
}

int registry_date_cmp(struct registry_date a, struct registry_date b)
{
	if (a.year != b.year)
		return a.year < b.year ? -1 : 1;
	if (a.month != b.month)
		return a.month < b.month ? -1 : 1;
	return (a.day > b.day) - (a.day < b.day);
}

static const struct registry_update *lifted_by(const struct registry_record *record)
{
	const struct registry_update *last = NULL;

	for (size_t i = 0; i < record->updated_by_n; i++) {
		const struct registry_update *u = &record->updated_by[i];

		if (str_eqz(u->type, "reinstatement") &&
		    (!last || registry_date_cmp(last->date, u->date) < 0))
			last = u;
	}
	return last;
}

const struct registry_update *registry_standing(const struct registry_record *record)
{
	const struct registry_update *lifted = lifted_by(record), *out = NULL;

	for (size_t i = 0; i < record->updated_by_n; i++) {
		const struct registry_update *u = &record->updated_by[i];
		int graver;

		if (lifted && registry_update_severity(u->type) > SEVERITY_NOTE &&
		    registry_date_cmp(u->date, lifted->date) <= 0)
			continue;
		graver = out ? (int)registry_update_severity(u->type) -
		                         (int)registry_update_severity(out->type)
		             : 1;
		if (graver > 0 || (!graver && registry_date_cmp(u->date, out->date) > 0))
			out = u;
	}
	return out;
}

/* The same update as told by the publisher and by Retraction Watch is one. */
static bool is_known(const struct registry_update *list, size_t n,
                     const struct registry_update *u)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(list[i].type, u->type) && str_eq(list[i].doi, u->doi))
			return true;
	return false;
}

/* "Expression of Concern" is written like "expression_of_concern". */
static struct str type_key(struct str type, struct arena *arena)
{
	char *out = arena_alloc(arena, type.n + 1, 1);

	for (size_t i = 0; i < type.n; i++) {
		char c = type.s[i];

		out[i] = c == ' ' || c == '-' ? '_' : ascii_lower(c);
	}
	return (struct str){out, type.n};
}

size_t registry_read_updates(const struct registry_update **out,
                             const struct doc_node *list, struct arena *arena)
{
	struct registry_update *items;
	size_t n = 0;

	if (!list || list->kind != DOC_LIST)
		return 0;
	items = arena_array(arena, struct registry_update,
	                    list->n < LIMIT_REGISTRY_UPDATES ? list->n
	                                                     : LIMIT_REGISTRY_UPDATES);
	for (uint32_t i = 0; i < list->n && n < LIMIT_REGISTRY_UPDATES; i++) {
		const struct doc_node *node = &list->items[i];
		struct registry_update u = {
		        .type = type_key(registry_plain(doc_get(node, "type"), arena),
		                         arena),
		        .doi = registry_doi(doc_text(doc_get(node, "DOI")), arena),
		        .source = registry_plain(doc_get(node, "source"), arena),
		        .date = registry_read_date(doc_get(node, "updated")),
		};

		if (u.type.n && !is_known(items, n, &u))
			items[n++] = u;
	}
	*out = items;
	return n;
}
