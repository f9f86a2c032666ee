#include "link/cite.h"

#include "reference/agree.h"

static void note(struct link_set *set, struct link_citation *c,
                 const struct link_place *place, const struct remark *r)
{
	const struct link_finding finding = {
	        .rule = r->rule,
	        .severity = r->severity,
	        .text = r->text,
	        .suggestion = r->suggestion,
	        .place = place,
	};

	link_note(set, c, &finding);
}

static void note_all(struct link_set *set, struct link_citation *c,
                     const struct link_place *place, const struct remarks *remarks)
{
	for (size_t i = 0; i < remarks->n; i++)
		note(set, c, place, &remarks->items[i]);
}

void cite_record(struct link_set *set, struct link_citation *c, const struct reference *r)
{
	c->agency = r->source.s ? arena_str(set->arena, r->source) : STR_NONE;
	c->verified = r->fetched.s ? arena_str(set->arena, r->fetched) : STR_NONE;
	for (const struct link_place *p = c->places; p; p = p->next) {
		struct remarks remarks = {0};

		if (p->work)
			reference_agree(&remarks, p->work, r, set->arena);
		reference_standing(&remarks, p->work, r, set->arena);
		note_all(set, c, p, &remarks);
	}
}

static void note_rule(struct link_set *set, struct link_citation *c,
                      const struct rule *rule, struct str text, struct str suggestion)
{
	const struct link_finding finding = {.rule = rule,
	                                     .severity = rule->severity,
	                                     .text = text,
	                                     .suggestion = suggestion};

	link_note(set, c, &finding);
}

static void note_age(struct link_set *set, const struct dataset *d,
                     struct link_citation *c, struct str today)
{
	int most = d->references.max_age_days;
	long days;

	if (!most || !reference_days(&days, c->verified, today) || days <= most)
		return;
	note_rule(set, c, &rule_reference_stale,
	          arena_fmt(set->arena, "the kept record is %ld days old", days),
	          STR("`stemma links --fetch` asks the registry again"));
}

static void cite_one(struct link_set *set, const struct dataset *d,
                     struct link_citation *c, struct str today, struct arena *scratch)
{
	struct reference r;
	const char *why;

	switch (dataset_reference(&r, d, c->doi, scratch, &why)) {
	case REFERENCE_KEPT:
		cite_record(set, c, &r);
		note_age(set, d, c, today);
		if (c->result.verdict == LINK_NOT_CHECKED) {
			c->result.verdict = LINK_ALIVE;
			c->result.class = STR("kept");
		}
		break;
	case REFERENCE_BROKEN:
		note_rule(set, c, &rule_reference_broken,
		          arena_fmt(set->arena, "its kept record %s", why),
		          STR("`stemma links --fetch` makes it anew"));
		break;
	case REFERENCE_MISSING:
		note_rule(set, c, &rule_reference_missing, STR("no record of it is kept"),
		          STR("`stemma links --fetch` asks the registry for it"));
		break;
	}
}

void cite_kept(struct link_set *set, const struct dataset *d, struct str today)
{
	CLEANUP(arena_release) struct arena scratch = {0};

	if (!d->references.dir.n)
		return;
	for (size_t i = 0; i < set->citations.n; i++) {
		struct link_citation *c = set->citations.items[i].value;

		if (c->wire.n && !c->verified.n && c->result.verdict != LINK_DEAD)
			cite_one(set, d, c, today, &scratch);
		arena_reset(&scratch);
	}
}

void cite_orphans(struct link_set *set, const struct dataset *d)
{
	struct file_list files = {.arena = set->arena};
	struct str *orphans = NULL;
	struct diag_list unused;
	struct map wanted;
	size_t cap = 0;

	diag_init(&unused, set->arena);
	map_init(&wanted, set->arena);
	dataset_references(d, &files, &unused);
	for (size_t i = 0; i < set->citations.n; i++) {
		struct link_citation *c = set->citations.items[i].value;

		if (c->wire.n)
			map_set(&wanted, reference_name(c->doi, set->arena), c);
	}
	for (size_t i = 0; i < files.n; i++) {
		struct str path = files.items[i].path;
		size_t slash = str_rfind(path, '/');
		struct str name = str_sub(path, slash < path.n ? slash + 1 : 0, path.n);

		if (!map_has(&wanted, name))
			*arena_push(set->arena, orphans, set->orphans_n, cap) = path;
	}
	set->orphans = orphans;
	file_list_release(&files);
}

void cite_retractions(struct link_set *set, const struct retractions *list)
{
	for (size_t i = 0; i < set->citations.n; i++) {
		struct link_citation *c = set->citations.items[i].value;
		const struct reference_update *updates;
		size_t n = c->wire.n ? retractions_of(&updates, list, c->doi, set->arena)
		                     : 0;

		for (const struct link_place *p = n ? c->places : NULL; p; p = p->next) {
			struct remarks remarks = {0};

			reference_standing_of(&remarks, p->work, c->doi, updates, n,
			                      set->arena);
			note_all(set, c, p, &remarks);
		}
	}
}
