#include "base/diag.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/text.h"

#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static const char *const severity_names[] = {"off", "note", "warning", "error"};

const char *severity_name(enum severity s)
{
	return severity_names[s];
}

bool severity_parse(enum severity *out, struct str text)
{
	for (size_t i = 0; i < ARRAY_LEN(severity_names); i++) {
		if (str_eqz(text, severity_names[i])) {
			*out = (enum severity)i;
			return true;
		}
	}
	return false;
}

void diag_init(struct diag_list *l, struct arena *a)
{
	*l = (struct diag_list){.arena = a, .document = 1};
}

void diag_file(struct diag_list *l, struct str file)
{
	l->file = file;
	l->document = 1;
	l->file_start = l->n;
}

struct diag *diag_add(struct diag_list *l, const struct rule *rule, struct span span,
                      const char *fmt, ...)
{
	static _Thread_local struct diag dropped;
	struct diag *d = &dropped;
	va_list ap;

	if (l->n - l->file_start < LIMIT_FINDINGS_PER_FILE)
		d = arena_push(l->arena, l->items, l->n, l->cap);
	else
		l->dropped++;
	*d = (struct diag){.rule = rule,
	                   .severity = rule->severity,
	                   .file = l->file,
	                   .document = l->document,
	                   .span = span};
	if (d == &dropped)
		return d;
	va_start(ap, fmt);
	d->text = arena_vfmt(l->arena, fmt, ap);
	va_end(ap);
	return d;
}

bool diag_drops(struct diag_list *l)
{
	if (l->n - l->file_start < LIMIT_FINDINGS_PER_FILE)
		return false;
	l->dropped++;
	return true;
}

bool diag_may_suggest(const struct diag_list *l, size_t n)
{
	return (l->n - l->file_start + 1) * n <= LIMIT_SUGGEST_NAMES;
}

static int cmp(int a, int b)
{
	return a < b ? -1 : a > b;
}

/* What is about the file as a whole comes after what has a line. */
static int line_or_end(const struct diag *d)
{
	return d->span.line ? d->span.line : INT_MAX;
}

static int place_order(const void *a, const void *b)
{
	const struct diag *x = a, *y = b;
	int c = str_cmp(x->file, y->file);

	c = c ? c : cmp(x->document, y->document);
	c = c ? c : cmp(line_or_end(x), line_or_end(y));
	c = c ? c : cmp(x->span.column, y->span.column);
	c = c ? c : strcmp(x->rule->id, y->rule->id);
	c = c ? c : str_cmp(x->pointer, y->pointer);
	return c ? c : str_cmp(x->text, y->text);
}

void diag_sort(struct diag_list *l, size_t from)
{
	if (l->n > from + 1)
		qsort(l->items + from, l->n - from, sizeof(*l->items), place_order);
}

struct str diag_quote(struct arena *a, struct str text)
{
	struct buf b = BUF_INIT(LIMIT_MESSAGE_VALUE * 16 + 16);
	struct str out;
	size_t at = 0;

	for (int i = 0; at < text.n; i++) {
		size_t from = at;

		if (i == LIMIT_MESSAGE_VALUE) {
			buf_addz(&b, "...");
			break;
		}
		text_add_visible(&b, text, &at);
		if (at == from)
			break;
	}
	out = arena_str(a, buf_str(&b));
	buf_release(&b);
	return out;
}
