/*
 * first.c - which release first carried the version that the last one has
 *
 * What readers get of one version never changes but for history lines that are appended, so
 * that most files need only be compared, not read.
 */
#include "record/table.h"

#include <string.h>

/* Where the history begins: behind the line end before its key; n when it is not seen. */
static size_t history_start(struct str bytes, struct str key)
{
	for (size_t at = 0; at < bytes.n; at++) {
		struct str rest = str_sub(bytes, at, bytes.n);

		if (str_starts(rest, key) && rest.n > key.n && rest.s[key.n] == ':')
			return at;
		at += str_find(rest, '\n');
	}
	return bytes.n;
}

/* Whether TEXT is lines of a list, none of which approves another version. */
static bool only_events(struct str text)
{
	struct str line;

	if (memmem(text.s, text.n, "approved", 8))
		return false;
	while (str_split(&text, '\n', &line))
		if (line.n && line.s[0] != ' ' && line.s[0] != '-')
			return false;
	return true;
}

enum same { SAME, OTHER, UNSURE };

/* Whether OLD and NEW, of releases next to each other, have the same version. */
static enum same same_version(struct str old, struct str new, struct str key)
{
	size_t a = history_start(old, key), b = history_start(new, key);

	if (a == old.n || b == new.n)
		return UNSURE;
	if (!str_eq(str_sub(old, 0, a), str_sub(new, 0, b)))
		return OTHER;
	if (str_starts(new, old) && old.s[old.n - 1] == '\n' &&
	    only_events(str_sub(new, old.n, new.n)))
		return SAME;
	return UNSURE;
}

static int version_of(struct str bytes, const struct roles *roles,
                      const struct doc_options *read)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	struct source source = {STR("(release).yaml"), bytes};
	struct diag_list unused;
	struct published p;
	struct docs docs;

	diag_init(&unused, &scratch);
	if (!doc_read(&docs, &source, read, &scratch, &unused) || docs.n != 1)
		return 0;
	published_read(&p, roles, &docs.items[0].root, &scratch);
	return p.version;
}

bool first_release(size_t *out, struct tabler *w, const struct known *k,
                   const struct roles *roles, const struct doc_options *read,
                   struct str bytes, int version)
{
	struct str key = history_key(roles);
	size_t i = k->n - 1;

	for (; i > 0 && !oid_is_zero(&k->steps[i - 1].blob); i--) {
		struct str old;
		enum same same;

		if (!repo_blob(&w->old, w->t->r->repo, &k->steps[i - 1].blob, &w->err))
			return false;
		old = buf_str(&w->old);
		same = same_version(old, bytes, key);
		if (same == UNSURE)
			same = version_of(old, roles, read) == version ? SAME : OTHER;
		if (same == OTHER)
			break;
		bytes = str_starts(bytes, old) ? str_sub(bytes, 0, old.n)
		                               : arena_str(&w->entry, old);
	}
	*out = k->steps[i].index;
	return true;
}
