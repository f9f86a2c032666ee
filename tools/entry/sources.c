/*
 * sources.c - which sources are the same work, and how many works there are
 */
#include "entry/entry.h"

#include "base/map.h"

void entry_sources(struct map *out, const struct roles *roles,
                   const struct doc_node *root)
{
	struct path_iter it;

	if (!roles->sources || !roles->source_key)
		return;
	for (it = path_iter(roles->sources, root); path_next(&it);) {
		struct str key = doc_text(path_first(roles->source_key, it.node));

		if (key.n && !map_has(out, key))
			/* Sources are only read, but maps hold plain pointers. */
			map_set(out, key, (void *)(uintptr_t)it.node);
	}
}

/* Leave out the utm parameters of a query; other parameters stay in their order. */
static struct str without_tracking(struct str url, struct arena *arena)
{
	size_t mark = str_find(url, '?');
	struct str rest = str_sub(url, mark + 1, url.n), one;
	char *out = arena_alloc(arena, url.n + 1, 1);
	size_t n = mark;

	if (mark == url.n)
		return url;
	for (size_t i = 0; i < mark; i++)
		out[i] = url.s[i];
	while (str_split(&rest, '&', &one)) {
		if (!one.n || str_starts(one, STR("utm_")))
			continue;
		out[n] = n == mark ? '?' : '&';
		for (size_t i = 0; i < one.n; i++)
			out[n + 1 + i] = one.s[i];
		n += 1 + one.n;
	}
	return (struct str){out, n};
}

static struct str cut_prefix(struct str s, struct str prefix)
{
	return str_starts(s, prefix) ? str_sub(s, prefix.n, s.n) : s;
}

static struct str url_key(struct str url, struct arena *arena)
{
	url = str_sub(url, 0, str_find(url, '#'));
	url = cut_prefix(cut_prefix(url, STR("https://")), STR("http://"));
	url = without_tracking(cut_prefix(url, STR("www.")), arena);
	while (url.n && url.s[url.n - 1] == '/')
		url.n--;
	return arena_cat(arena, STR("url:"), url);
}

struct str entry_work_key(const struct roles *roles, const struct doc_node *source,
                          struct arena *arena)
{
	struct str doi = doc_text(path_first(roles->source_doi, source));
	struct str url = doc_text(path_first(roles->source_url, source));
	struct str key = doc_text(path_first(roles->source_key, source));
	struct doi parsed;

	if (doi.n && doi_parse(&parsed, doi, arena) != DOI_INVALID)
		return arena_cat(arena, STR("doi:"), parsed.canonical);
	if (url.n)
		return url_key(url, arena);
	return key.n ? arena_cat(arena, STR("key:"), key) : STR_NONE;
}

static bool counts(const struct roles *roles, const struct doc_node *source)
{
	return !str_eqz(doc_text(path_first(roles->source_role, source)), "background") &&
	       !str_eqz(doc_text(path_first(roles->source_status, source)), "retracted");
}

/* A source among those of its entry. */
struct member {
	const struct doc_node *source;
	size_t same; /* index of one that is the same work; its own when it stands for all */
	bool counted;
};

static size_t stand_in(struct member *m, size_t i)
{
	while (m[i].same != i)
		i = m[i].same = m[m[i].same].same;
	return i;
}

/* Source I is the same work as the one that MAP has for KEY; the first one is noted there. */
static void join(struct member *m, size_t i, struct map *map, struct str key)
{
	bool added;
	void **at = map_at(map, key, &added);

	if (added)
		*at = &m[i];
	else
		m[stand_in(m, i)].same = stand_in(m, (size_t)((struct member *)*at - m));
}

/* Join what has the same work key, then what names the key of another as the same work. */
static void join_all(struct member *m, size_t n, const struct roles *roles,
                     struct arena *arena)
{
	struct map works, keys;

	map_init(&works, arena);
	map_init(&keys, arena);
	for (size_t i = 0; i < n; i++) {
		struct str key = doc_text(path_first(roles->source_key, m[i].source));
		struct str work = entry_work_key(roles, m[i].source, arena);

		if (work.s) /* else nothing tells it from the others: it is its own work */
			join(m, i, &works, work);
		if (key.n && !map_has(&keys, key))
			map_set(&keys, key, &m[i]);
	}
	for (size_t i = 0; i < n; i++) {
		struct str same =
		        doc_text(path_first(roles->source_same_work, m[i].source));

		if (map_has(&keys, same))
			join(m, i, &keys, same);
	}
}

size_t entry_source_count(const struct roles *roles, const struct doc_node *root)
{
	CLEANUP(arena_release) struct arena arena = {0};
	struct member *members = NULL;
	size_t n = 0, cap = 0, works = 0;
	struct path_iter it;

	if (!roles->sources)
		return 0;
	for (it = path_iter(roles->sources, root); path_next(&it); n++) {
		members = arena_grow(&arena, members, n, &cap, sizeof(*members),
		                     _Alignof(struct member));
		members[n] = (struct member){it.node, n, false};
	}
	join_all(members, n, roles, &arena);
	for (size_t i = 0; i < n; i++) {
		struct member *m = &members[stand_in(members, i)];

		if (m->counted || !counts(roles, members[i].source))
			continue;
		m->counted = true;
		works++;
	}
	return works;
}
