/*
 * entry.c - the versions of one entry over all releases
 *
 * The version that a release carries never goes back from one release to the next, so that the
 * bounds between versions are found by bisection: 5,000 releases cost a dozen look-ups each.
 */
#include "record/internal.h"

/* What one release has of the entry. */
struct sighting {
	bool looked;
	int version; /* 0: not there */
	struct release_file file;
};

struct search {
	struct record *r;
	struct str collection, id;
	struct str hint; /* where it was found last */
	struct sighting *seen; /* one a release */
	struct arena *arena;
	struct err *err;
};

/* The version of a blob that was read for a release nearby, or -1. */
static int known_version(const struct search *s, size_t i, const struct oid *blob)
{
	for (size_t k = 0; k < s->r->n; k++) {
		const struct sighting *near = &s->seen[k];

		if (k != i && near->looked && near->version &&
		    oid_eq(&near->file.blob, blob))
			return near->version;
	}
	return -1;
}

static bool read_version(struct search *s, size_t i)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	const struct collection *c;
	struct published p;
	struct doc *doc;

	if (!release_read(&doc, &c, s->r, &s->r->releases[i], s->collection,
	                  &s->seen[i].file, &scratch, s->err))
		return false;
	published_read(&p, &c->roles, &doc->root, &scratch);
	s->seen[i].version = p.version;
	return true;
}

static bool look(struct search *s, size_t i)
{
	struct sighting *at = &s->seen[i];

	if (at->looked)
		return true;
	at->looked = true;
	if (!locate_near(&at->file, s->r, &s->r->releases[i], s->collection, s->id,
	                 s->hint, s->arena, s->err))
		return !s->err->code;
	s->hint = at->file.path;
	at->version = known_version(s, i, &at->file.blob);
	return at->version > 0 || read_version(s, i);
}

/* Look at releases from A to B until each bound between two versions is known. */
static bool bisect(struct search *s, size_t a, size_t b)
{
	size_t middle = a + (b - a) / 2;

	/* The newer one first: most often what it has is found at the same place before. */
	if (!look(s, b) || !look(s, a))
		return false;
	if (s->seen[a].version == s->seen[b].version || b - a < 2)
		return true;
	return bisect(s, a, middle) && bisect(s, middle, b);
}

/* Releases that were not looked at have what the ones around them have. */
static void collect(struct entry_record *out, const struct search *s)
{
	struct entry_version *list = NULL;
	size_t n = 0, cap = 0;
	int now = 0;

	for (size_t i = 0; i < s->r->n; i++) {
		const struct sighting *at = &s->seen[i];

		if (at->looked && at->version && at->version != now)
			*arena_push(s->arena, list, n, cap) =
			        (struct entry_version){at->version, i, i, at->file};
		if (at->looked)
			now = at->version;
		if (n && now)
			list[n - 1].last = i;
	}
	out->versions = list;
	out->n = n;
	if (s->r->n && s->seen[s->r->n - 1].file.path.s)
		out->newest = s->seen[s->r->n - 1].file;
}

bool record_entry_near(struct entry_record *out, struct record *r, struct str collection,
                       struct str id, struct str hint, struct arena *arena,
                       struct err *err)
{
	CLEANUP(arena_release) struct arena own = {0};
	struct search s = {.r = r,
	                   .collection = collection,
	                   .id = id,
	                   .hint = hint,
	                   .arena = arena,
	                   .err = err};

	*out = (struct entry_record){.collection = collection, .id = id};
	if (!r->n)
		return true;
	s.seen = arena_array(&own, struct sighting, r->n);
	if (!bisect(&s, 0, r->n - 1))
		return false;
	collect(out, &s);
	return true;
}

bool record_entry(struct entry_record *out, struct record *r, struct str collection,
                  struct str id, struct arena *arena, struct err *err)
{
	return record_entry_near(out, r, collection, id, STR_NONE, arena, err);
}

const struct entry_version *entry_version_find(const struct entry_record *e, int version)
{
	for (size_t i = 0; i < e->n; i++)
		if (e->versions[i].version == version)
			return &e->versions[i];
	return NULL;
}
