#include "doc/internal.h"

#include <stdlib.h>
#include <string.h>

#define FEW_KEYS 16 /* up to here comparing hashes pair by pair is fastest */

void build_init(struct build *b, const struct source *source,
                const struct doc_options *opt, struct arena *arena,
                struct diag_list *diags)
{
	*b = (struct build){.source = source, .arena = arena, .diags = diags};
	b->max_depth = opt && opt->depth ? opt->depth : LIMIT_DEPTH;
	b->max_nodes = opt && opt->nodes ? opt->nodes : LIMIT_NODES;
	b->merge_keys = opt && opt->merge_keys;
}

void build_release(struct build *b)
{
	free(b->stack);
	free(b->frames);
}

struct span marks_span(struct doc_mark start, struct doc_mark end)
{
	return (struct span){start.line, start.column, end.line, end.column};
}

static struct frame *top_frame(const struct build *b)
{
	return b->depth ? &b->frames[b->depth - 1] : NULL;
}

struct str build_pointer(const struct build *b, size_t top)
{
	CLEANUP(buf_release) struct buf pointer = BUF_INIT(LIMIT_POINTER_BYTES);

	for (size_t i = 0; i < b->depth; i++) {
		size_t base = b->frames[i].base, before = pointer.n;
		size_t at = i + 1 < b->depth ? b->frames[i + 1].base - 1 : top;

		if (at < base || at >= b->n)
			break;
		if (b->stack[base - 1].value.kind == DOC_MAP)
			doc_pointer_key(&pointer, b->stack[at].key);
		else
			doc_pointer_index(&pointer, at - base);
		if (pointer.overflow) {
			buf_truncate(&pointer, before);
			break;
		}
	}
	return arena_str(b->diags->arena, buf_str(&pointer));
}

static struct doc_member *push(struct build *b)
{
	if (b->n == b->cap) {
		b->cap = b->cap ? b->cap * 2 : 32;
		b->stack = mem_realloc(b->stack, b->cap * sizeof(*b->stack));
	}
	return &b->stack[b->n++];
}

struct doc_member *build_key(struct build *b)
{
	struct doc_member *m = push(b);

	*m = (struct doc_member){0};
	top_frame(b)->has_key = true;
	return m;
}

void build_key_set(struct build *b, struct doc_member *m, struct str key)
{
	m->key = key;
	m->hash = str_hash(key);
	if (key.n > LIMIT_KEY_BYTES)
		build_fail(b, &rule_syntax_key, doc_key_span(m),
		           "this key is %zu bytes long, but a key has at most %d", key.n,
		           LIMIT_KEY_BYTES);
}

bool build_full(struct build *b, struct doc_mark at)
{
	build_fail(b, &rule_syntax_nodes, marks_span(at, at),
	           "this document has more than %llu values (aliases count as often as "
	           "they are used); reading stopped here",
	           (unsigned long long)b->max_nodes)
	        ->suggestion = STR("split the file");
	return false;
}

struct doc_node *build_value(struct build *b)
{
	struct frame *f = top_frame(b);
	struct doc_member *m;

	if (++b->nodes > b->max_nodes)
		return NULL;
	if (f && f->has_key) {
		f->has_key = false;
		return &b->stack[b->n - 1].value;
	}
	m = push(b);
	*m = (struct doc_member){0};
	return &m->value;
}

static bool depth_fits(struct build *b, size_t depth, struct doc_mark start,
                       struct doc_mark end)
{
	if (depth <= b->max_depth)
		return true;
	build_fail(b, &rule_syntax_depth, marks_span(start, end),
	           "lists and maps are nested more than %zu deep here; reading stopped",
	           b->max_depth);
	return false;
}

/* Few bytes can name a long text very often: each use costs whoever reads it. */
bool build_repeat(struct build *b, uint64_t n, struct doc_mark at)
{
	b->repeated += n;
	if (b->repeated <= LIMIT_ALIAS_BYTES)
		return true;
	build_fail(b, &rule_syntax_nodes, marks_span(at, at),
	           "the aliases of this document repeat more than %u MiB of text; "
	           "reading stopped here",
	           LIMIT_ALIAS_BYTES / (1024 * 1024))
	        ->suggestion = STR("split the file");
	return false;
}

bool build_alias(struct build *b, const struct anchor *a, struct doc_mark start,
                 struct doc_mark end)
{
	struct frame *f = top_frame(b);
	struct doc_node *node;

	if (!depth_fits(b, b->depth + a->height, start, end) ||
	    !build_repeat(b, a->bytes, start))
		return false;
	b->nodes += a->nodes - 1;
	node = build_value(b);
	if (!node)
		return build_full(b, start);
	*node = a->node;
	node->start = start;
	node->end = end;
	if (f && f->height < a->height)
		f->height = a->height;
	return true;
}

bool build_open(struct build *b, enum doc_kind kind, bool flow, struct doc_mark start,
                struct anchor *anchor)
{
	struct frame frame = {.nodes = b->nodes, .repeated = b->repeated};
	struct doc_node *node;

	if (!depth_fits(b, b->depth + 1, start, start))
		return false;
	node = build_value(b);
	if (!node)
		return build_full(b, start);
	node->kind = (uint8_t)kind;
	node->flow = flow;
	node->start = node->end = start;
	if (b->depth == b->frames_cap) {
		b->frames_cap = b->frames_cap ? b->frames_cap * 2 : 16;
		b->frames = mem_realloc(b->frames, b->frames_cap * sizeof(*b->frames));
	}
	frame.base = b->n;
	frame.map = kind == DOC_MAP;
	frame.anchor = anchor;
	b->frames[b->depth++] = frame;
	return true;
}

static void report_duplicate(struct build *b, const struct doc_member *m,
                             const struct doc_member *first)
{
	struct str key = diag_quote(b->diags->arena, m->key);
	struct diag *d;

	d = build_fail(b, &rule_syntax_duplicate_key, marks_span(m->start, m->end),
	               "the key \"" STR_FMT "\" stands twice in this map: it is already "
	               "on line %d, column %d",
	               STR_ARG(key), first->start.line, first->start.column);
	d->pointer = build_pointer(b, (size_t)(m - b->stack));
	d->suggestion = STR("keep one of the two");
}

/* The first of the N sorted members that has M's key. */
static const struct doc_member *first_of(const struct doc_member **sorted, size_t n,
                                         const struct doc_member *m)
{
	size_t low = 0;

	while (low < n) {
		size_t mid = low + (n - low) / 2;

		if (members_cmp(sorted[mid], m) < 0)
			low = mid + 1;
		else
			n = mid;
	}
	return sorted[low];
}

/* Sorting, not a table: keys made to collide must not slow it down. */
static void check_many_keys(struct build *b, struct doc_member *m, size_t n)
{
	CLEANUP(members_free) const struct doc_member **sorted = members_sorted(m, n);
	size_t same = 0;

	for (size_t i = 1; i < n; i++)
		same += members_cmp(sorted[i - 1], sorted[i]) == 0;
	for (size_t i = 0; same && i < n; i++) {
		const struct doc_member *first = first_of(sorted, n, &m[i]);

		if (first == &m[i])
			continue;
		report_duplicate(b, &m[i], first);
		same--;
	}
}

static void check_keys(struct build *b, struct doc_member *m, size_t n)
{
	if (n > FEW_KEYS) {
		check_many_keys(b, m, n);
		return;
	}
	for (size_t i = 1; i < n; i++) {
		for (size_t j = 0; j < i; j++) {
			if (m[j].hash != m[i].hash || !str_eq(m[j].key, m[i].key))
				continue;
			report_duplicate(b, &m[i], &m[j]);
			break;
		}
	}
}

static void close_map(struct build *b, struct frame *f, struct doc_node *node)
{
	struct doc_member *from = &b->stack[f->base];

	check_keys(b, from, node->n);
	node->members = arena_array(b->arena, struct doc_member, node->n);
	memcpy(node->members, from, node->n * sizeof(*from));
	if (f->merge)
		merge_members(b, node, f->merge - 1);
}

static void close_list(struct build *b, struct frame *f, struct doc_node *node)
{
	const struct doc_member *from = &b->stack[f->base];

	node->items = arena_array(b->arena, struct doc_node, node->n);
	for (uint32_t i = 0; i < node->n; i++)
		node->items[i] = from[i].value;
}

void build_close(struct build *b, const struct doc_mark *end)
{
	struct frame *f = top_frame(b), *parent;
	struct doc_node *node = &b->stack[f->base - 1].value;

	node->n = (uint32_t)(b->n - f->base);
	if (end)
		node->end = *end;
	else if (node->n)
		node->end = b->stack[b->n - 1].value.end;
	if (node->n && node->kind == DOC_MAP)
		close_map(b, f, node);
	else if (node->n)
		close_list(b, f, node);
	if (f->anchor) {
		*f->anchor =
		        (struct anchor){.node = *node,
		                        .nodes = b->nodes - f->nodes,
		                        .bytes = node->end.offset - node->start.offset +
		                                 b->repeated - f->repeated,
		                        .height = f->height + 1};
	}
	b->n = f->base;
	b->depth--;
	parent = top_frame(b);
	if (parent && parent->height < f->height + 1)
		parent->height = f->height + 1;
}

bool build_document_start(struct build *b, struct doc_mark at)
{
	b->n = b->depth = 0;
	b->nodes = b->repeated = 0;
	if (b->docs_n == LIMIT_DOCUMENTS) {
		build_fail(b, &rule_syntax_documents, marks_span(at, at),
		           "this file has more than %d documents; reading stopped here",
		           LIMIT_DOCUMENTS)
		        ->suggestion = STR("split the file");
		return false;
	}
	b->diags->document = (int)b->docs_n + 1;
	return true;
}

void build_document_end(struct build *b, enum doc_format format)
{
	struct doc *doc = arena_push(b->arena, b->docs, b->docs_n, b->docs_cap);

	*doc = (struct doc){.source = b->source,
	                    .format = format,
	                    .number = (int)b->docs_n,
	                    .root = b->stack[0].value};
}
