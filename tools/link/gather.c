/*
 * gather.c - the links and citations of an entry, with their places
 */
#include "link/link.h"

#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

/* What the roles say of a node. */
enum part { PART_DOI, PART_URL, PART_SKIP };

struct mark {
	const struct doc_node *node;
	const struct doc_node *source; /* that it is of; NULL: none */
	enum part part;
};

struct gatherer {
	struct link_set *set;
	const struct roles *roles;
	struct str file;
	const struct doc *doc;
	struct arena *scratch;
	struct mark *marks; /* sorted by node once all are there */
	size_t n, cap;
	struct buf pointer;
	const struct doc_node *read_source; /* the last one that was read as a work */
	const struct cited_work *work;
};

/* ---- what the roles say ---- */

static void mark(struct gatherer *g, const struct doc_node *node,
                 const struct doc_node *source, enum part part)
{
	*arena_push(g->scratch, g->marks, g->n, g->cap) =
	        (struct mark){node, source, part};
}

static void mark_all(struct gatherer *g, const struct path *path,
                     const struct doc_node *root, const struct doc_node *source,
                     enum part part)
{
	struct path_iter it;

	if (!path)
		return;
	it = path_iter(path, root);
	while (path_next(&it))
		mark(g, it.node, source, part);
}

static int by_node(const void *a, const void *b)
{
	const struct mark *x = a, *y = b;

	if (x->node != y->node)
		return (uintptr_t)x->node < (uintptr_t)y->node ? -1 : 1;
	return (int)x->part - (int)y->part;
}

static void mark_roles(struct gatherer *g)
{
	const struct roles *roles = g->roles;
	const struct doc_node *root = &g->doc->root;

	if (roles->sources) {
		struct path_iter it = path_iter(roles->sources, root);

		while (path_next(&it)) {
			mark_all(g, roles->source_doi, it.node, it.node, PART_DOI);
			mark_all(g, roles->source_url, it.node, it.node, PART_URL);
		}
	}
	for (size_t i = 0; i < roles->dois_n; i++)
		mark_all(g, &roles->dois[i], root, NULL, PART_DOI);
	mark_all(g, roles->history, root, NULL, PART_SKIP);
	if (g->n)
		qsort(g->marks, g->n, sizeof(*g->marks), by_node);
}

static const struct mark *mark_of(const struct gatherer *g, const struct doc_node *node)
{
	size_t from = 0, to = g->n;

	while (from < to) {
		size_t mid = from + (to - from) / 2;

		if ((uintptr_t)g->marks[mid].node < (uintptr_t)node)
			from = mid + 1;
		else
			to = mid;
	}
	return from < g->n && g->marks[from].node == node ? &g->marks[from] : NULL;
}

/* ---- what is kept of a source ---- */

static struct str keep(struct gatherer *g, struct str s)
{
	return s.s ? arena_str(g->set->arena, s) : s;
}

/* Only what registries know too; the rest of a long list of authors is not compared. */
static const struct cited_work *keep_work(struct gatherer *g,
                                          const struct doc_node *source)
{
	struct cited_work read, *work = arena_new(g->set->arena, struct cited_work);
	struct cited_author *authors;
	size_t n;

	cited_read(&read, g->roles, source, g->scratch);
	n = read.authors_n < LIMIT_LINK_AUTHORS ? read.authors_n : LIMIT_LINK_AUTHORS;
	authors = arena_array(g->set->arena, struct cited_author, n);
	for (size_t i = 0; i < n; i++)
		authors[i] = (struct cited_author){keep(g, read.authors[i].family),
		                                   keep(g, read.authors[i].given),
		                                   keep(g, read.authors[i].literal)};
	*work = (struct cited_work){
	        .key = keep(g, read.key),
	        .title = keep(g, read.title),
	        .venue = keep(g, read.venue),
	        .type = keep(g, read.type),
	        .year = keep(g, read.year),
	        .doi = keep(g, read.doi),
	        .authors = authors,
	        .authors_n = n,
	        .authors_more = read.authors_more || n < read.authors_n,
	};
	return work;
}

static const struct cited_work *work_of(struct gatherer *g, const struct mark *m)
{
	if (!m || !m->source || m->part != PART_DOI)
		return NULL;
	if (g->read_source != m->source) {
		g->read_source = m->source;
		g->work = keep_work(g, m->source);
	}
	return g->work;
}

/* ---- the entry from top to bottom ---- */

/* "SCHEME://" and something behind it, all without white space. */
static bool is_address(struct str s)
{
	size_t colon = str_find(s, ':');

	if (colon == 0 || colon + 3 >= s.n || memcmp(s.s + colon, "://", 3) != 0)
		return false;
	for (size_t i = 0; i < colon; i++) {
		char c = (char)(s.s[i] | 0x20);

		if (!((c >= 'a' && c <= 'z') || (i && strchr("0123456789+-.", s.s[i]))))
			return false;
	}
	for (size_t i = 0; i < s.n; i++)
		if (s.s[i] == ' ' || (s.s[i] >= '\t' && s.s[i] <= '\r'))
			return false;
	return true;
}

static void add_text(struct gatherer *g, const struct doc_node *node,
                     const struct mark *m)
{
	struct link_place place;
	struct str text = node->text;

	if (!text.n || (!m && !is_address(text)))
		return;
	text = keep(g, text);
	place = (struct link_place){
	        .file = g->file,
	        .pointer = keep(g, buf_str(&g->pointer)),
	        .text = text,
	        .span = doc_span(node),
	        .from = node->start.offset,
	        .to = node->end.offset,
	        .document = g->doc->number,
	        .work = work_of(g, m),
	};
	if (m && m->part == PART_DOI)
		link_add_doi(g->set, text, &place);
	else
		link_add(g->set, text, &place);
}

static void walk(struct gatherer *g, const struct doc_node *node);

/* A pointer that gets too long stays at N bytes, that of what PART lies in. */
static void walk_part(struct gatherer *g, const struct doc_node *part, size_t n)
{
	if (g->pointer.overflow)
		buf_truncate(&g->pointer, n);
	g->pointer.overflow = false;
	walk(g, part);
	buf_truncate(&g->pointer, n);
}

static void walk(struct gatherer *g, const struct doc_node *node)
{
	const struct mark *m = mark_of(g, node);
	size_t n = g->pointer.n;

	if (m && m->part == PART_SKIP)
		return;
	if (node->kind == DOC_STRING)
		add_text(g, node, m);
	for (uint32_t i = 0; node->kind == DOC_LIST && i < node->n; i++) {
		doc_pointer_index(&g->pointer, i);
		walk_part(g, &node->items[i], n);
	}
	for (uint32_t i = 0; node->kind == DOC_MAP && i < node->n; i++) {
		doc_pointer_key(&g->pointer, node->members[i].key);
		walk_part(g, &node->members[i].value, n);
	}
}

void link_gather(struct link_set *set, const struct roles *roles, struct str file,
                 const struct doc *doc)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	struct gatherer g = {.set = set,
	                     .roles = roles,
	                     .file = file,
	                     .doc = doc,
	                     .scratch = &scratch,
	                     .pointer = BUF_INIT(LIMIT_POINTER_BYTES)};

	mark_roles(&g);
	walk(&g, &doc->root);
	buf_release(&g.pointer);
}

/* ---- a list ---- */

static size_t count_lines(struct str list)
{
	size_t n = 1;

	for (size_t i = 0; i < list.n; i++)
		n += list.s[i] == '\n';
	return n;
}

void link_gather_list(struct link_set *set, struct str file, struct str list)
{
	struct str rest = list, line;
	int number = 0;

	if (str_starts(rest, STR("\xef\xbb\xbf")))
		rest = str_sub(rest, 3, rest.n);
	map_reserve(&set->urls, set->urls.n + count_lines(list));
	while (rest.n && str_split(&rest, '\n', &line)) {
		struct str text = str_trim(line);
		size_t lead = (size_t)(text.s - line.s);
		int column = (int)lead + 1;

		number++;
		if (!text.n || text.s[0] == '#')
			continue;
		link_add(set, text,
		         &(struct link_place){.file = file,
		                              .text = text,
		                              .span = {number, column, 0, 0},
		                              .document = 1});
	}
}
