#include "doc/yaml.h"

#include <string.h>

static void parser_release(struct yaml *y)
{
	yaml_parser_delete(&y->parser);
}

/* ---- scalars ---- */

static struct str zstr(const yaml_char_t *s)
{
	return str_of((const char *)s);
}

/*
 * A scalar's value: a slice of the source when it stands there as it is (nearly always),
 * a copy otherwise. It lies from byte START to END, which is mended for block scalars.
 */
static struct str scalar_value(const struct yaml *y, const yaml_event_t *e,
                               uint32_t start, struct doc_mark *end)
{
	struct str v = {(const char *)e->data.scalar.value, e->data.scalar.length};
	yaml_scalar_style_t style = e->data.scalar.style;
	size_t quote = style == YAML_PLAIN_SCALAR_STYLE ? 0 : 1;
	bool same_line = e->start_mark.line == e->end_mark.line;
	const char *p;

	if (style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE) {
		yaml_block_end(y, start, end, v);
		return arena_str(y->b->arena, v);
	}
	if (start + v.n + quote <= end->offset) {
		p = y->s + (end->offset - y->base) - quote - v.n;
		/* A plain one as long as its source, on one line, is its source. */
		if (same_line && !quote && start + v.n == end->offset)
			return (struct str){p, v.n};
		if (v.n == 0 || memcmp(p, v.s, v.n) == 0)
			return (struct str){p, v.n};
	}
	return arena_str(y->b->arena, v);
}

/* ---- anchors ---- */

/* The record of a node's anchor, new or renewed; NULL when it has none. */
static struct anchor *anchor_new(struct yaml *y, const yaml_char_t *name)
{
	struct anchor *a;

	if (!name)
		return NULL;
	a = arena_new(y->b->arena, struct anchor);
	a->open = true;
	map_set(&y->anchors, arena_str(y->b->arena, zstr(name)), a);
	return a;
}

static const struct anchor *anchor_find(struct yaml *y, const yaml_event_t *e,
                                        struct span span)
{
	struct str name = zstr(e->data.alias.anchor);
	const struct anchor *a = map_get(&y->anchors, name);
	struct str shown;

	if (a && !a->open)
		return a;
	shown = diag_quote(y->b->diags->arena, name);
	if (a)
		build_fail(y->b, &rule_syntax_alias, span,
		           "*" STR_FMT " stands inside the value it names, without end",
		           STR_ARG(shown))
		        ->suggestion = STR("write the value out");
	else
		build_fail(y->b, &rule_syntax_alias, span,
		           "no anchor &" STR_FMT " stands before this alias",
		           STR_ARG(shown))
		        ->suggestion =
		        STR("put the value in quotes if the * belongs to it");
	return NULL;
}

/* ---- keys ---- */

static bool refuse_key(struct yaml *y, struct doc_mark at)
{
	build_fail(y->b, &rule_syntax_key, marks_span(at, at),
	           "a list or map stands here as a key, but a key is plain text")
	        ->suggestion = STR("if { } or [ ] belong to the text, put it in quotes");
	return false;
}

static void take_merge_key(struct yaml *y, const struct doc_member *m)
{
	struct build *b = y->b;
	struct frame *f = &b->frames[b->depth - 1];

	if (b->merge_keys)
		f->merge = (uint32_t)(b->n - f->base);
	else
		build_fail(b, &rule_syntax_merge_key, doc_key_span(m),
		           "`<<` merges another map in, but that is not allowed here")
		        ->suggestion = STR("write the keys out");
}

static void check_key_tag(struct yaml *y, const struct doc_member *m, struct str tag)
{
	struct doc_node node = {.kind = DOC_STRING, .start = m->start, .end = m->end};

	if (str_eqz(tag, "!") || str_eqz(tag, YAML_STR_TAG) ||
	    str_eqz(tag, YAML_INT_TAG) || str_eqz(tag, YAML_FLOAT_TAG) ||
	    str_eqz(tag, YAML_BOOL_TAG))
		return;
	tag_refuse(y->b, &node, tag);
}

/* Short plain keys may mean more than their text. */
static void check_plain_key(struct yaml *y, const struct doc_member *m)
{
	if (str_eq(m->key, STR("<<")))
		take_merge_key(y, m);
	else if (scalar_is_null(m->key))
		build_fail(y->b, &rule_syntax_key, doc_key_span(m),
		           "a key is missing here, or it is null")
		        ->suggestion = STR("write the key, in quotes if it is meant so");
}

static void take_key(struct yaml *y, const yaml_event_t *e)
{
	struct anchor *a = anchor_new(y, e->data.scalar.anchor);
	struct doc_member *m = build_key(y->b);

	yaml_mark_set(&m->start, y, &e->start_mark);
	yaml_mark_set(&m->end, y, &e->end_mark);
	build_key_set(y->b, m, scalar_value(y, e, m->start.offset, &m->end));
	if (a)
		*a = (struct anchor){.node = {.kind = DOC_STRING, .text = m->key},
		                     .text = m->key,
		                     .nodes = 1,
		                     .bytes = m->key.n};
	if (e->data.scalar.tag)
		check_key_tag(y, m, zstr(e->data.scalar.tag));
	else if (e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE && m->key.n <= 4)
		check_plain_key(y, m);
}

static bool take_alias(struct yaml *y, const yaml_event_t *e)
{
	struct doc_mark start, end;
	const struct anchor *a;
	struct doc_member *m;

	yaml_mark_set(&start, y, &e->start_mark);
	yaml_mark_set(&end, y, &e->end_mark);
	a = anchor_find(y, e, marks_span(start, end));
	if (!a)
		return false;
	if (!build_wants_key(y->b))
		return build_alias(y->b, a, start, end);
	if (!a->text.s)
		return refuse_key(y, start);
	if (!build_repeat(y->b, a->bytes, start))
		return false;
	m = build_key(y->b);
	m->start = start;
	m->end = end;
	build_key_set(y->b, m, a->text);
	return true;
}

/* ---- values ---- */

/*
 * libyaml puts a missing value where the next token starts, which can be lines away. Its
 * place is behind the ':' or, when there is none, behind the key.
 */
static void mend_empty_place(const struct yaml *y, struct doc_node *node)
{
	const struct doc_member *m = &y->b->stack[y->b->n - 1];
	uint32_t at = node->start.offset;

	/* Items of a list have no key: its line is 0. */
	if (m->end.line && at > m->end.offset && yaml_byte(y, at - 1) != ':')
		node->start = node->end = m->end;
}

static bool full(struct yaml *y, const yaml_event_t *e)
{
	struct doc_mark at;

	yaml_mark_set(&at, y, &e->start_mark);
	return build_full(y->b, at);
}

static void resolve(struct yaml *y, const yaml_event_t *e, struct doc_node *node,
                    struct str text)
{
	struct str tag = zstr(e->data.scalar.tag);

	node->quoted = e->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
	if (tag.s && !str_eqz(tag, "!")) {
		scalar_tagged(y->b, node, tag, text);
		node->quoted &= node->kind == DOC_STRING;
	} else if (node->quoted || tag.s) {
		node->kind = DOC_STRING;
		node->text = text;
	} else {
		scalar_plain(y->b, node, text);
	}
}

static bool take_scalar(struct yaml *y, const yaml_event_t *e)
{
	struct anchor *a = anchor_new(y, e->data.scalar.anchor);
	struct doc_node *node = build_value(y->b);
	struct str text;

	if (!node)
		return full(y, e);
	yaml_mark_set(&node->start, y, &e->start_mark);
	yaml_mark_set(&node->end, y, &e->end_mark);
	if (node->start.offset == node->end.offset)
		mend_empty_place(y, node);
	text = scalar_value(y, e, node->start.offset, &node->end);
	resolve(y, e, node, text);
	if (a)
		*a = (struct anchor){
		        .node = *node, .text = text, .nodes = 1, .bytes = text.n};
	return true;
}

static bool take_start(struct yaml *y, const yaml_event_t *e)
{
	bool list = e->type == YAML_SEQUENCE_START_EVENT;
	const yaml_char_t *tag =
	        list ? e->data.sequence_start.tag : e->data.mapping_start.tag;
	struct anchor *a = anchor_new(y, list ? e->data.sequence_start.anchor
	                                      : e->data.mapping_start.anchor);
	bool flow = list ? e->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE
	                 : e->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
	struct doc_mark start;

	yaml_mark_set(&start, y, &e->start_mark);
	if (build_wants_key(y->b))
		return refuse_key(y, start);
	if (!build_open(y->b, list ? DOC_LIST : DOC_MAP, flow, start, a))
		return false;
	if (tag)
		tag_check_container(y->b, &y->b->stack[y->b->n - 1].value, zstr(tag));
	return true;
}

static void take_end(struct yaml *y, const yaml_event_t *e)
{
	const struct build *b = y->b;
	const struct doc_node *node = &b->stack[b->frames[b->depth - 1].base - 1].value;
	struct doc_mark end;

	/*
	 * Block collections and [a: b] pairs have no bracket; their mark is the next
	 * token's.
	 */
	if (!node->flow || e->start_mark.index == e->end_mark.index) {
		build_close(y->b, NULL);
		return;
	}
	yaml_mark_set(&end, y, &e->end_mark);
	build_close(y->b, &end);
}

/* ---- documents ---- */

static bool take_document_start(struct yaml *y, const yaml_event_t *e)
{
	struct doc_mark at;

	map_init(&y->anchors, y->b->arena);
	yaml_mark_set(&at, y, &e->start_mark);
	return build_document_start(y->b, at);
}

static void refuse_empty(struct yaml *y, struct doc_mark at)
{
	build_fail(y->b, &rule_syntax_empty, marks_span(at, at), "this document is empty")
	        ->suggestion =
	        STR("write the entry, or remove the file (or the --- line)");
}

static void take_document_end(struct yaml *y, enum doc_format format)
{
	const struct doc_node *root = &y->b->stack[0].value;

	if (root->kind == DOC_NULL && root->start.offset == root->end.offset)
		refuse_empty(y, root->start);
	build_document_end(y->b, format);
}

static bool take(struct yaml *y, const yaml_event_t *e, enum doc_format format)
{
	switch (e->type) {
	case YAML_DOCUMENT_START_EVENT:
		return take_document_start(y, e);
	case YAML_DOCUMENT_END_EVENT:
		take_document_end(y, format);
		return true;
	case YAML_ALIAS_EVENT:
		return take_alias(y, e);
	case YAML_SCALAR_EVENT:
		if (!build_wants_key(y->b))
			return take_scalar(y, e);
		take_key(y, e);
		return true;
	case YAML_SEQUENCE_START_EVENT:
	case YAML_MAPPING_START_EVENT:
		return take_start(y, e);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		take_end(y, e);
		return true;
	default:
		return true;
	}
}

static bool fail(struct yaml *y)
{
	struct yaml_problem p = {.problem = y->parser.problem,
	                         .context = y->parser.context};

	if (y->parser.error == YAML_MEMORY_ERROR)
		out_of_memory();
	yaml_mark_set(&p.context_at, y, &y->parser.context_mark);
	yaml_mark_set(&p.at, y, &y->parser.problem_mark);
	yaml_problem_report(y->b, &p, y->base + y->n);
	return false;
}

static bool pull(struct yaml *y, enum doc_format format)
{
	for (;;) {
		CLEANUP(yaml_event_delete) yaml_event_t e;

		if (!yaml_parser_parse(&y->parser, &e))
			return fail(y);
		if (e.type == YAML_STREAM_END_EVENT)
			return true;
		if (!take(y, &e, format))
			return false;
	}
}

bool yaml_read(struct build *b, size_t from, size_t to, int line, bool ascii,
               enum doc_format format)
{
	CLEANUP(parser_release) struct yaml y = {.b = b, .base = from, .n = to - from};

	y.s = b->source->bytes.s + from;
	y.line = line + 1;
	y.ascii = ascii;
	if (!yaml_directives_fit(b, from, to))
		return false;
	if (!yaml_parser_initialize(&y.parser))
		out_of_memory();
	yaml_parser_set_encoding(&y.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&y.parser, (const unsigned char *)y.s, y.n);
	if (!pull(&y, format))
		return false;
	if (!b->docs_n)
		refuse_empty(&y, (struct doc_mark){(uint32_t)from, y.line, 1});
	return true;
}
