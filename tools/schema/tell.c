#include "schema/eval.h"

#include "base/text.h"

#include <stdarg.h>

#define VALUES_SHOWN 8

/* ---- words ---- */

const char *tell_text(struct eval *e, struct str text)
{
	struct arena *a = &e->scratch->arena;

	text = diag_quote(a, text);
	return arena_fmt(a, "\"" STR_FMT "\"", STR_ARG(text)).s;
}

const char *tell_plural(struct eval *e, uint64_t n, const char *one, const char *many)
{
	return arena_fmt(&e->scratch->arena, "%llu %s", (unsigned long long)n,
	                 n == 1 ? one : many)
	        .s;
}

const char *tell_value(struct eval *e, const struct doc_node *node)
{
	struct arena *a = &e->scratch->arena;

	switch ((enum doc_kind)node->kind) {
	case DOC_NULL:
		return node->start.offset == node->end.offset ? "empty" : "null";
	case DOC_BOOL:
		return node->truth ? "true" : "false";
	case DOC_NUMBER:
		return diag_quote(a, node->text).s;
	case DOC_STRING:
		return tell_text(e, node->text);
	case DOC_LIST:
		return !node->n ? "an empty list"
		                : arena_fmt(a, "a list of %s",
		                            tell_plural(e, node->n, "item", "items"))
		                          .s;
	case DOC_MAP:
		return !node->n ? "an empty map"
		                : arena_fmt(a, "a map of %s",
		                            tell_plural(e, node->n, "key", "keys"))
		                          .s;
	}
	return "";
}

const char *tell_kinds(struct eval *e, unsigned kinds)
{
	static const struct {
		unsigned kind;
		const char *words;
	} words[] = {
	        {KIND(DOC_STRING), "text"},         {KIND(DOC_NUMBER), "a number"},
	        {KIND_INTEGER, "a whole number"},   {KIND(DOC_BOOL), "true or false"},
	        {KIND(DOC_LIST), "a list"},         {KIND(DOC_MAP), "a map"},
	        {KIND(DOC_NULL), "nothing (null)"},
	};
	CLEANUP(buf_release) struct buf b = BUF_INIT(1000);
	const char *pending = NULL;

	if (kinds & KIND(DOC_NUMBER))
		kinds &= ~KIND_INTEGER;
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (!(kinds & words[i].kind))
			continue;
		if (pending)
			buf_addf(&b, "%s%s", b.n ? ", " : "", pending);
		pending = words[i].words;
	}
	if (pending)
		buf_addf(&b, "%s%s", b.n ? " or " : "", pending);
	return arena_str(&e->scratch->arena, buf_str(&b)).s;
}

const char *tell_values(struct eval *e, const struct doc_node *const *values, size_t n)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT(16384);
	size_t shown = n > VALUES_SHOWN + 1 ? VALUES_SHOWN : n;

	for (size_t i = 0; i < shown; i++)
		buf_addf(&b, "%s%s", i ? ", " : "", tell_value(e, values[i]));
	if (shown < n)
		buf_addf(&b, " and %zu more", n - shown);
	return arena_str(&e->scratch->arena, buf_str(&b)).s;
}

static bool is_key(const struct place *p)
{
	return p->member && p->node != &p->member->value;
}

/* What a message speaks of: "year", item 3 of "aliases", the document. */
static const char *subject(struct eval *e, const struct place *p)
{
	const struct place *up = p->up;

	if (!up)
		return e->root;
	if (is_key(p))
		return "the key";
	if (p->member)
		return tell_text(e, p->member->key);
	if (!up->member)
		return arena_fmt(&e->scratch->arena, "item %zu", p->index + 1).s;
	return arena_fmt(&e->scratch->arena, "item %zu of %s", p->index + 1,
	                 tell_text(e, up->member->key))
	        .s;
}

/* ---- findings ---- */

static void add_pointer(struct buf *b, const struct place *p)
{
	if (!p->up)
		return;
	add_pointer(b, p->up);
	if (p->member)
		doc_pointer_key(b, p->member->key);
	else
		doc_pointer_index(b, p->index);
}

static struct str location(const struct keyword_at *at, struct arena *a)
{
	struct str s;

	if (!at->owner)
		return STR_NONE;
	s = scan_location(at->owner, a);
	return at->keyword.n ? arena_fmt(a, STR_FMT "/" STR_FMT, STR_ARG(s),
	                                 STR_ARG(at->keyword))
	                     : s;
}

static struct diag *add(struct eval *e, const struct keyword_at *at,
                        const struct place *p, struct span span, struct str text)
{
	struct buf *pointer = &e->scratch->pointer;
	struct diag *d;

	if (e->stopped || e->told > LIMIT_SCHEMA_TOLD) {
		e->spare = (struct diag){.rule = at->rule};
		e->out->dropped += !e->stopped;
		return &e->spare;
	}
	buf_reset(pointer);
	add_pointer(pointer, p);
	d = diag_add(e->out, at->rule, span, STR_FMT, STR_ARG(text));
	d->pointer = arena_str(e->out->arena, buf_str(pointer));
	d->keyword = at->keyword;
	d->schema_location = location(at, e->out->arena);
	e->told += d->pointer.n + d->schema_location.n + text.n + sizeof(*d);
	return d;
}

struct diag *tell(struct eval *e, const struct keyword_at *at, const struct place *p,
                  const char *fmt, ...)
{
	struct arena *a = &e->scratch->arena;
	struct str text;
	va_list ap;

	va_start(ap, fmt);
	text = arena_vfmt(a, fmt, ap);
	va_end(ap);
	text = arena_fmt(a, "%s " STR_FMT, subject(e, p), STR_ARG(text));
	return add(e, at, p, is_key(p) ? tell_key_span(p) : doc_span(p->node), text);
}

struct diag *tell_at(struct eval *e, const struct keyword_at *at, const struct place *p,
                     struct span span, const char *fmt, ...)
{
	struct str text;
	va_list ap;

	va_start(ap, fmt);
	text = arena_vfmt(&e->scratch->arena, fmt, ap);
	va_end(ap);
	return add(e, at, p, span, text);
}

struct diag *tell_again(struct eval *e, struct diag_list *to, const struct diag *d)
{
	struct diag *copy = diag_add(to, d->rule, d->span, STR_FMT, STR_ARG(d->text));
	struct arena *a = to->arena;

	copy->pointer = arena_str(a, d->pointer);
	copy->keyword = d->keyword;
	copy->schema_location = arena_str(a, d->schema_location);
	if (d->suggestion.n)
		copy->suggestion = arena_str(a, d->suggestion);
	e->told += d->pointer.n + d->schema_location.n + d->text.n + sizeof(*d);
	return copy;
}

struct span tell_key_span(const struct place *p)
{
	return doc_key_span(p->member);
}

struct span tell_first_key_span(const struct place *p)
{
	if (p->node->kind == DOC_MAP && p->node->n)
		return doc_key_span(&p->node->members[0]);
	return doc_span(p->node);
}

bool tell_drops(struct eval *e)
{
	return e->out == e->caller && diag_drops(e->out);
}

/* ---- suggestions ---- */

struct str tell_keep(struct eval *e, const char *fmt, ...)
{
	struct str text;
	va_list ap;

	va_start(ap, fmt);
	text = arena_vfmt(e->out->arena, fmt, ap);
	va_end(ap);
	return text;
}

struct str tell_nearest(struct eval *e, struct str word, const struct str *names,
                        size_t n)
{
	struct str near =
	        text_nearest(word, names, n < SUGGEST_NAMES ? n : SUGGEST_NAMES);

	return near.n ? tell_keep(e, "did you mean %s?", tell_text(e, near)) : STR_NONE;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool looks_numeric(struct str s)
{
	size_t i = s.n && s.s[0] == '-', points = 0;

	if (i == s.n || !is_digit(s.s[i]) || !is_digit(s.s[s.n - 1]))
		return false;
	for (; i < s.n; i++) {
		points += s.s[i] == '.';
		if (!is_digit(s.s[i]) && s.s[i] != '.')
			return false;
	}
	return points < 2;
}

static struct str type_hint(struct eval *e, const struct doc_node *node,
                            unsigned expected)
{
	bool scalar = node->kind == DOC_NUMBER || node->kind == DOC_BOOL;

	if (node->kind == DOC_STRING && node->quoted && looks_numeric(node->text) &&
	    expected & (KIND(DOC_NUMBER) | KIND_INTEGER))
		return tell_keep(e, "write it without quotes: %s",
		                 diag_quote(&e->scratch->arena, node->text).s);
	if (scalar && expected & KIND(DOC_STRING))
		return tell_keep(e, "write it in quotes: \"%s\"", tell_value(e, node));
	if (node->kind != DOC_LIST && expected == KIND(DOC_LIST))
		return STR("write it as a list, even if there is only one");
	return STR_NONE;
}

void tell_type(struct eval *e, const struct keyword_at *at, const struct place *p,
               unsigned expected)
{
	const char *what = p->node->kind == DOC_STRING   ? "the text "
	                   : p->node->kind == DOC_NUMBER ? "the number "
	                                                 : "";
	const char *kinds = tell_kinds(e, expected);

	tell(e, at, p, "is %s%s, but %s is expected", what, tell_value(e, p->node), kinds)
	        ->suggestion = type_hint(e, p->node, expected);
}

void tell_choice(struct eval *e, const struct keyword_at *at, const struct place *p,
                 const struct doc_node *const *values, size_t n)
{
	struct str texts[SUGGEST_NAMES];
	size_t texts_n = 0;
	struct diag *d;

	if (n == 1)
		d = tell(e, at, p, "is %s, but %s is expected", tell_value(e, p->node),
		         tell_value(e, values[0]));
	else
		d = tell(e, at, p, "is %s, but one of these is expected: %s",
		         tell_value(e, p->node), tell_values(e, values, n));
	for (size_t i = 0; i < n && texts_n < SUGGEST_NAMES; i++)
		if (values[i]->kind == DOC_STRING)
			texts[texts_n++] = values[i]->text;
	if (p->node->kind == DOC_STRING)
		d->suggestion = tell_nearest(e, p->node->text, texts, texts_n);
}

void tell_unknown_key(struct eval *e, const struct keyword_at *at, const struct place *p)
{
	CLEANUP(arena_release) struct arena own = {0};
	struct names known = {.arena = &own};
	struct str absent[SUGGEST_NAMES];
	size_t n = 0;

	if (tell_drops(e))
		return;
	describe_names(&known, at->owner);
	for (size_t i = 0; i < known.n && n < SUGGEST_NAMES; i++)
		if (!eval_member(p->up->node, known.items[i], str_hash(known.items[i])))
			absent[n++] = known.items[i];
	tell_at(e, at, p, tell_key_span(p), "the key %s is not known here",
	        tell_text(e, p->member->key))
	        ->suggestion = tell_nearest(e, p->member->key, absent, n);
}
