/*
 * set.c - links and citations, each once
 */
#include "link/link.h"

#include "base/limits.h"
#include "base/sum.h"

#define VERDICT(symbol, name) [symbol] = name,
static const char *const verdicts[] = {LINK_VERDICTS(VERDICT)};
#undef VERDICT

const char *link_verdict_name(enum link_verdict v)
{
	return verdicts[v];
}

bool link_verdict_parse(enum link_verdict *out, struct str text)
{
	for (int i = 0; i < LINK_VERDICTS_N; i++)
		if (str_eqz(text, verdicts[i])) {
			*out = (enum link_verdict)i;
			return true;
		}
	return false;
}

void link_set_init(struct link_set *set, struct arena *arena)
{
	*set = (struct link_set){.arena = arena};
	map_init(&set->urls, arena);
	map_init(&set->citations, arena);
}

static void append_place(struct link_set *set, struct link_place **first,
                         struct link_place **last, const struct link_place *place)
{
	struct link_place *copy = arena_new(set->arena, struct link_place);

	*copy = *place;
	copy->next = NULL;
	if (*last)
		(*last)->next = copy;
	else
		*first = copy;
	*last = copy;
	set->places++;
}

static void add_form(struct link_set *set, const struct link_form *form,
                     const struct link_place *place)
{
	struct link_url *u = map_get(&set->urls, form->key);

	if (!u) {
		u = arena_new(set->arena, struct link_url);
		*u = (struct link_url){.key = form->key, .url = form->shown};
		u->result.verdict = form->good ? LINK_NOT_CHECKED : form->verdict;
		u->result.class = str_of(form->class);
		u->result.reason = str_of(form->reason);
		map_set(&set->urls, u->key, u);
	}
	append_place(set, &u->places, &u->last_place, place);
}

void link_add_doi(struct link_set *set, struct str text, const struct link_place *place)
{
	struct link_citation *c;
	struct doi doi;
	struct str key;

	doi_parse(&doi, text, set->arena);
	key = doi.class == DOI_INVALID ? text : doi.canonical;
	c = map_get(&set->citations, key);
	if (!c) {
		c = arena_new(set->arena, struct link_citation);
		*c = (struct link_citation){.doi = key, .wire = doi.wire};
		c->result.verdict = LINK_NOT_CHECKED;
		if (doi.class == DOI_INVALID) {
			c->result.verdict = LINK_INVALID;
			c->result.class = STR("syntax");
			c->result.reason = doi.why;
		}
		map_set(&set->citations, key, c);
	}
	append_place(set, &c->places, &c->last_place, place);
}

/* Whether FORM is that of the address of a DOI at its resolver. */
static bool is_doi(const struct link_form *form)
{
	static const char *const hosts[] = {"doi.org", "dx.doi.org", "www.doi.org"};
	size_t at = form->scheme.n + 3 + form->host.n;
	struct str path = str_sub(form->key, at, form->key.n);

	for (size_t i = 0; form->good && i < ARRAY_LEN(hosts); i++)
		if (str_eqz(form->host, hosts[i]))
			return str_starts(path, STR("/10.")) ||
			       str_starts(path, STR("/10/"));
	return false;
}

void link_add(struct link_set *set, struct str text, const struct link_place *place)
{
	struct link_form form;

	link_form(&form, text, set->arena);
	if (is_doi(&form))
		link_add_doi(set, text, place);
	else
		add_form(set, &form, place);
}

void link_note(struct link_set *set, struct link_citation *c,
               const struct link_finding *finding)
{
	struct link_finding *copy = arena_new(set->arena, struct link_finding);

	*copy = *finding;
	copy->next = NULL;
	if (c->last_finding)
		c->last_finding->next = copy;
	else
		c->findings = copy;
	c->last_finding = copy;
}

/* ---- parts of a set ---- */

bool link_part(int *part, int *parts, struct str text)
{
	size_t slash = str_find(text, '/');
	int64_t k = str_digits(str_sub(text, 0, slash));
	int64_t n = slash < text.n ? str_digits(str_sub(text, slash + 1, text.n)) : -1;

	*part = (int)k;
	*parts = (int)n;
	return k >= 1 && k <= n && n <= LIMIT_SHARDS;
}

struct part {
	uint64_t part, parts;
};

static bool is_of_part(const struct map_item *item, void *ctx)
{
	const struct part *p = ctx;

	/* The low bits of this hash are its weakest. */
	return (sum64_stable(item->key) >> 16) % p->parts == p->part;
}

void link_shard(struct link_set *set, int part, int parts)
{
	struct part p = {(uint64_t)part - 1, (uint64_t)parts};

	map_filter(&set->urls, is_of_part, &p);
	map_filter(&set->citations, is_of_part, &p);
	set->part = part;
	set->parts = parts;
}

/* What makes the link KEY in an entry another one: the entry may have moved. */
static struct str name_in(struct str key, struct str file, struct arena *arena)
{
	return arena_fmt(arena, STR_FMT "\n" STR_FMT, STR_ARG(file_stem(file)),
	                 STR_ARG(key));
}

static void note_places(struct map *known, struct str key, const struct link_place *p)
{
	for (; p; p = p->next)
		map_set(known, name_in(key, p->file, known->arena), NULL);
}

/* Leave those of the places *FIRST that KNOWN does not have. */
static bool drop_known(struct link_place **first, struct link_place **last,
                       struct str key, const struct map *known)
{
	struct link_place *all = *first;

	*first = *last = NULL;
	for (struct link_place *p = all, *next; p; p = next) {
		next = p->next;
		if (map_has(known, name_in(key, p->file, known->arena)))
			continue;
		p->next = NULL;
		if (*last)
			(*last)->next = p;
		else
			*first = p;
		*last = p;
	}
	return *first;
}

static bool is_new_url(const struct map_item *item, void *ctx)
{
	struct link_url *u = item->value;

	return drop_known(&u->places, &u->last_place, u->key, ctx);
}

static bool is_new_citation(const struct map_item *item, void *ctx)
{
	struct link_citation *c = item->value;

	return drop_known(&c->places, &c->last_place, c->doi, ctx);
}

void link_only_new(struct link_set *set, const struct link_set *old)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	struct map known;

	map_init(&known, &scratch);
	for (size_t i = 0; i < old->urls.n; i++) {
		const struct link_url *u = old->urls.items[i].value;

		note_places(&known, u->key, u->places);
	}
	for (size_t i = 0; i < old->citations.n; i++) {
		const struct link_citation *c = old->citations.items[i].value;

		note_places(&known, c->doi, c->places);
	}
	map_filter(&set->urls, is_new_url, &known);
	map_filter(&set->citations, is_new_citation, &known);
}

void link_sort(struct link_set *set)
{
	map_sort(&set->urls);
	map_sort(&set->citations);
}
