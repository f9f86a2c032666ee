#include "merge/internal.h"

/* A walk through the text of a side from value to value. */
struct walk {
	struct comments *out;
	struct arena *arena;
	struct str text;
	size_t at;
};

/* Text between values: white space, brackets, commas and comments. */
static void gap(struct walk *w, size_t to)
{
	while (w->at < to) {
		size_t at = w->at++;
		char before = at ? w->text.s[at - 1] : '\n';
		size_t end;

		if (w->text.s[at] != '#' ||
		    (before != ' ' && before != '\t' && before != '\n'))
			continue;
		end = at + str_find(str_sub(w->text, at, w->text.n), '\n');
		*arena_push(w->arena, w->out->items, w->out->n, w->out->cap) =
		        str_trim(str_sub(w->text, at, end - at));
		w->at = end;
	}
}

/* A block scalar's first line may end in a comment; all else in it is text. */
static void scalar(struct walk *w, const struct doc_node *node)
{
	struct str raw;

	gap(w, node->start.offset);
	raw = str_sub(w->text, node->start.offset, node->end.offset - node->start.offset);
	if (node->kind == DOC_STRING && raw.n && (raw.s[0] == '|' || raw.s[0] == '>'))
		gap(w, node->start.offset + str_find(raw, '\n'));
	if (w->at < node->end.offset)
		w->at = node->end.offset;
}

/* Recursion is bounded by the depth of documents. An alias is walked over as a scalar. */
static void values(struct walk *w, const struct doc_node *node)
{
	bool alias = node->start.offset < w->text.n &&
	             node->start.offset < node->end.offset &&
	             w->text.s[node->start.offset] == '*';

	if ((node->kind != DOC_LIST && node->kind != DOC_MAP) || alias) {
		scalar(w, node);
		return;
	}
	for (uint32_t i = 0; i < node->n; i++) {
		if (node->kind == DOC_MAP) {
			gap(w, node->members[i].start.offset);
			w->at = node->members[i].end.offset;
			values(w, &node->members[i].value);
		} else {
			values(w, &node->items[i]);
		}
	}
}

static void collect(struct comments *out, struct arena *arena, struct str text,
                    size_t from, size_t to, const struct doc_member *member,
                    const struct doc_node *node)
{
	struct walk w = {.out = out, .arena = arena, .text = text, .at = from};

	if (member) {
		gap(&w, member->start.offset);
		w.at = member->end.offset;
	}
	values(&w, node);
	gap(&w, to);
}

void comments_collect(struct comments *out, const struct merging *m, enum side side,
                      size_t from, size_t to, const struct doc_member *member,
                      const struct doc_node *node)
{
	collect(out, m->arena, m->text[side], from, to, member, node);
}

static void count(struct map *into, const struct comments *c, uintptr_t weight)
{
	for (size_t i = 0; i < c->n; i++) {
		void **at = map_at(into, c->items[i], NULL);

		*at = (void *)((uintptr_t)*at + weight);
	}
}

bool comments_kept(const struct comments *lost, const struct comments *base,
                   const struct comments *kept, struct arena *arena)
{
	struct map known;

	if (!lost->n)
		return true;
	map_init(&known, arena);
	count(&known, base, 1);
	count(&known, kept, 1);
	for (size_t i = 0; i < lost->n; i++)
		if (!map_has(&known, lost->items[i]))
			return false;
	return true;
}

static void piece_comments(struct comments *out, struct merging *m, enum side side,
                           const struct piece *p)
{
	size_t from, to;

	if (!p)
		return;
	from = (size_t)(p->main.s - m->text[side].s);
	to = from + p->main.n;
	comments_collect(out, m, side, from, to, p->member, p->node);
	for (struct str rest = p->lead, line; str_split(&rest, '\n', &line);)
		if (str_trim(line).n)
			*arena_push(m->arena, out->items, out->n, out->cap) =
			        str_trim(line);
}

bool piece_comments_kept(struct merging *m, const struct piece *const p[SIDES],
                         enum side lost, enum side kept)
{
	struct comments c[SIDES] = {{0}};

	piece_comments(&c[BASE], m, BASE, p[BASE]);
	piece_comments(&c[lost], m, lost, p[lost]);
	piece_comments(&c[kept], m, kept, p[kept]);
	return comments_kept(&c[lost], &c[BASE], &c[kept], m->arena);
}

bool node_has_comment(struct merging *m, enum side side, const struct doc_node *node)
{
	struct comments c = {0};

	comments_collect(&c, m, side, node->start.offset, node->end.offset, NULL, node);
	return c.n > 0;
}

static uintptr_t number(const struct map *counts, struct str comment)
{
	return (uintptr_t)map_get(counts, comment);
}

bool comments_survive(struct merging *m, struct str out, const struct doc_node *root)
{
	struct comments c[SIDES] = {{0}}, got = {0};
	struct map counts[SIDES], have;

	map_init(&have, m->arena);
	collect(&got, m->arena, out, 0, out.n, NULL, root);
	count(&have, &got, 1);
	for (int s = BASE; s < SIDES; s++) {
		map_init(&counts[s], m->arena);
		if (m->root[s])
			comments_collect(&c[s], m, (enum side)s, 0, m->text[s].n, NULL,
			                 m->root[s]);
		count(&counts[s], &c[s], 1);
	}
	for (int s = OURS; s < SIDES; s++) {
		const struct map *other = &counts[s == OURS ? THEIRS : OURS];

		for (size_t i = 0; i < counts[s].n; i++) {
			struct str comment = counts[s].items[i].key;
			uintptr_t n = number(&counts[s], comment);
			uintptr_t base = number(&counts[BASE], comment);

			/* One that the other side took away may go. */
			if (number(&have, comment) < n &&
			    (n > base || number(other, comment) >= base))
				return false;
		}
	}
	return true;
}
