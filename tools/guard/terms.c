/*
 * terms.c - ids that a change takes out of vocabularies
 *
 * Published versions keep their terms, and are read with them for ever.
 */
#include "guard/internal.h"

#include "base/limits.h"

/* Whether OLD has ids that NEW (NULL: it is gone) has not. */
static bool loses(const struct vocabulary *old, const struct vocabulary *new)
{
	if (new && !new->usable)
		return false; /* what is wrong with it is told already */
	for (size_t i = 0; i < old->ids_n; i++)
		if (!new || !map_has(&new->terms, old->ids[i]))
			return true;
	return false;
}

/* The ids of OLD that NEW has not and PUBLISHED has, with commas; N: how many they are. */
static void list_lost(struct buf *out, size_t *n, const struct vocabulary *old,
                      const struct vocabulary *new, const struct vocabulary *published,
                      struct arena *arena)
{
	*n = 0;
	for (size_t i = 0; i < old->ids_n; i++) {
		struct str id = old->ids[i];

		if ((new &&map_has(&new->terms, id)) || !map_has(&published->terms, id))
			continue;
		if (!out->overflow)
			buf_addf(out, "%s" STR_FMT, *n ? ", " : "",
			         STR_ARG(diag_quote(arena, id)));
		++*n;
	}
}

static void tell_lost(struct change *c, const struct release *release,
                      const struct vocabulary *old, const struct vocabulary *new,
                      const struct vocabulary *published)
{
	CLEANUP(buf_release) struct buf lost = BUF_INIT(LIMIT_VOCABULARY_TOLD);
	size_t n;

	list_lost(&lost, &n, old, new, published, c->arena);
	if (!n)
		return;
	diag_file(c->out, new ? new->path : old->path);
	diag_add(c->out, &rule_history_term_removed, (struct span){0},
	         "%s of the vocabulary " STR_FMT " that %s published (release " STR_FMT
	         ") %s gone with this change: " STR_FMT "%s",
	         n == 1 ? "an id" : "ids", STR_ARG(old->name), n == 1 ? "is" : "are",
	         STR_ARG(release->name), n == 1 ? "is" : "are", STR_ARG(buf_str(&lost)),
	         lost.overflow ? ", ..." : "")
	        ->suggestion = n == 1 ? STR("put it back; its label may change")
	                              : STR("put them back; their labels may change");
}

/* The dataset of the last release, its vocabularies loaded; NULL: there is none, or unknown. */
static struct dataset *published_dataset(struct change *c, const struct vocabulary *lost)
{
	struct record *r = change_record(c, lost->path);
	struct dataset *d = NULL;
	struct err err = {0};

	if (!r) {
		/* Where no release is, there may be none. */
		if (repo_is_shallow(c->repo) || change_has_remote(c))
			change_tell_unknown(c, lost->path,
			                    "the releases are not in this repository");
		return NULL;
	}
	if (!release_dataset(&d, r, &r->releases[r->n - 1], c->arena, &err)) {
		change_tell_unknown(c, lost->path,
		                    arena_str(c->arena, str_of(err.text)).s);
		return NULL;
	}
	dataset_load_vocabularies(d);
	return d;
}

void check_terms(struct change *c)
{
	struct dataset *published = NULL;

	if (!c->old.dataset)
		return;
	dataset_load_vocabularies(c->old.dataset);
	dataset_load_vocabularies(c->new.dataset);
	for (size_t i = 0; i < c->old.dataset->vocabularies_n; i++) {
		const struct vocabulary *old = &c->old.dataset->vocabularies[i], *then;
		const struct vocabulary *new =
		        dataset_vocabulary(c->new.dataset, old->name);

		if (!loses(old, new))
			continue;
		if (!published)
			published = published_dataset(c, old);
		if (!published)
			return;
		then = dataset_vocabulary(published, old->name);
		if (then)
			tell_lost(c, &c->record.releases[c->record.n - 1], old, new,
			          then);
	}
	dataset_release(published);
}
