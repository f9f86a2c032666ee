/*
 * reading.h - read a text as a file, for the tests of doc
 */
#pragma once

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "doc/doc.h"

struct reading {
	struct arena arena, run;
	struct diag_list diags;
	struct source source;
	struct docs docs;
	bool ok;
};

static inline void reading_release(struct reading *r)
{
	arena_release(&r->arena);
	arena_release(&r->run);
}

static inline void reading_open(struct reading *r, const char *name, struct str text,
                                const struct doc_options *opt)
{
	*r = (struct reading){0};
	diag_init(&r->diags, &r->run);
	diag_file(&r->diags, str_of(name));
	/*
	 * A copy of the exact length, so that AddressSanitizer sees what reads past it.
	 */
	r->source.name = str_of(name);
	r->source.bytes = (struct str){arena_alloc(&r->run, text.n, 1), text.n};
	if (text.n)
		memcpy((char *)(uintptr_t)r->source.bytes.s, text.s, text.n);
	r->ok = doc_read(&r->docs, &r->source, opt, &r->arena, &r->diags);
}

/* The root of the first document; the test fails when there is none. */
static inline const struct doc_node *root_of(const struct reading *r)
{
	if (!r->ok || !r->docs.n) {
		for (size_t i = 0; i < r->diags.n; i++)
			print_error(
			        "%d:%d %s: " STR_FMT "\n", r->diags.items[i].span.line,
			        r->diags.items[i].span.column, r->diags.items[i].rule->id,
			        STR_ARG(r->diags.items[i].text));
		fail_msg("not read: " STR_FMT, STR_ARG(r->source.bytes));
	}
	return &r->docs.items[0].root;
}

static inline void assert_text(struct str got, const char *want)
{
	if (!str_eqz(got, want))
		fail_msg("got \"" STR_FMT "\", want \"%s\"", STR_ARG(got), want);
}

/* The bytes of the source from mark to mark. */
static inline struct str cut(const struct reading *r, struct doc_mark from,
                             struct doc_mark to)
{
	assert_true(from.offset <= to.offset && to.offset <= r->source.bytes.n);
	return str_sub(r->source.bytes, from.offset, to.offset - from.offset);
}

static inline bool is_fragment(struct str s)
{
	bool capital = s.n > 1 && s.s[0] >= 'A' && s.s[0] <= 'Z' && s.s[1] >= 'a';

	return s.n == 0 || (!capital && s.s[s.n - 1] != '.');
}

/* Messages and advice are put into sentences of others: no capital, no full stop. */
static inline void assert_fragments(const struct diag *d)
{
	if (!d->text.n || !is_fragment(d->text) || !is_fragment(d->suggestion))
		fail_msg("%s: \"" STR_FMT "\", \"" STR_FMT "\"", d->rule->id,
		         STR_ARG(d->text), STR_ARG(d->suggestion));
}

/*
 * A text that must give exactly one finding: its rule and place, and whether it is
 * read.
 */
struct bad {
	const char *text;
	const char *rule;
	int line, column;
};

static inline void check_bad(const char *name, const struct bad *c,
                             const struct doc_options *opt)
{
	struct reading r;

	reading_open(&r, name, str_of(c->text), opt);
	if (r.diags.n != 1 || strcmp(r.diags.items[0].rule->id, c->rule) ||
	    r.diags.items[0].span.line != c->line ||
	    r.diags.items[0].span.column != c->column) {
		for (size_t i = 0; i < r.diags.n; i++)
			print_error("%d:%d %s: " STR_FMT "\n", r.diags.items[i].span.line,
			            r.diags.items[i].span.column,
			            r.diags.items[i].rule->id,
			            STR_ARG(r.diags.items[i].text));
		fail_msg("%zu findings, want one %s at %d:%d for: %s", r.diags.n, c->rule,
		         c->line, c->column, c->text);
	}
	assert_fragments(&r.diags.items[0]);
	assert_int_equal(r.ok, r.diags.items[0].severity != SEVERITY_ERROR);
	reading_release(&r);
}

/* A text whose first finding must be told in these words. */
struct told {
	const char *text, *says, *advice;
};

static inline void check_told(const char *name, const struct told *c)
{
	struct reading r;

	reading_open(&r, name, str_of(c->text), NULL);
	assert_true(r.diags.n > 0);
	assert_text(r.diags.items[0].text, c->says);
	assert_text(r.diags.items[0].suggestion, c->advice);
	reading_release(&r);
}
