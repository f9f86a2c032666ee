/*
 * checking.h - for the tests of schema/: a schema and a document as JSON text
 */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/limits.h"
#include "schema/schema.h"

struct checking {
	struct arena arena;
	struct schema_scratch scratch;
	struct source sources[2];
	const struct schema *schema;
	struct diag_list notes, found;
	struct err err;
	bool compiled, valid;
};

static inline void checking_release(struct checking *c)
{
	schema_release(c->schema);
	schema_scratch_release(&c->scratch);
	arena_release(&c->arena);
}

#define CHECKING CLEANUP(checking_release) struct checking

static inline struct doc read_text(struct checking *c, struct source *source,
                                   const char *name, const char *text)
{
	struct diag_list diags;
	struct docs docs;

	diag_init(&diags, &c->arena);
	*source = (struct source){str_of(name), str_of(text)};
	if (!doc_read(&docs, source, NULL, &c->arena, &diags))
		fail_msg("%s: %s", name, diags.items[0].text.s);
	return docs.items[0];
}

/* Compile SCHEMA as the file s.yaml. */
static inline void compile_text(struct checking *c, const char *schema)
{
	struct doc *doc;

	*c = (struct checking){0};
	diag_init(&c->notes, &c->arena);
	doc = arena_new(&c->arena, struct doc);
	*doc = read_text(c, &c->sources[0], "s.yaml", schema);
	c->compiled = schema_compile(&c->schema, doc, STR_NONE, NULL, &c->arena,
	                             &c->notes, &c->err);
}

/* Check DOCUMENT, YAML, as the file d.yaml. */
static inline void check_text(struct checking *c, const char *document)
{
	struct doc doc;

	if (!c->compiled)
		fail_msg("%s", c->err.text);
	doc = read_text(c, &c->sources[1], "d.yaml", document);
	diag_init(&c->found, &c->arena);
	diag_file(&c->found, STR("d.yaml"));
	c->valid = schema_check(c->schema, &doc, &c->scratch, &c->found);
	assert_int_equal(c->valid, c->found.n == 0);
}

static inline void print_findings(const struct diag_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		fprintf(stderr, "%s %d:%d " STR_FMT ": " STR_FMT " [" STR_FMT "]\n",
		        l->items[i].rule->id, l->items[i].span.line,
		        l->items[i].span.column, STR_ARG(l->items[i].pointer),
		        STR_ARG(l->items[i].text), STR_ARG(l->items[i].suggestion));
}

/* One finding in words: "line:column pointer text", and " [suggestion]" when there is one. */
static inline const char *in_words(struct checking *c, const struct diag *d)
{
	bool hint = d->suggestion.n;

	return arena_fmt(&c->arena, "%d:%d " STR_FMT " " STR_FMT "%s" STR_FMT "%s",
	                 d->span.line, d->span.column, STR_ARG(d->pointer),
	                 STR_ARG(d->text), hint ? " [" : "", STR_ARG(d->suggestion),
	                 hint ? "]" : "")
	        .s;
}

/* The findings of L are RULE with WORDS, and no others. */
static inline void one_finding(struct checking *c, const struct diag_list *l,
                               const struct rule *rule, const char *words)
{
	if (l->n != 1)
		print_findings(l);
	assert_int_equal(l->n, 1);
	assert_string_equal(in_words(c, &l->items[0]), words);
	assert_ptr_equal(l->items[0].rule, rule);
}

/* SCHEMA says one thing about DOCUMENT: RULE, and "line:column pointer text [suggestion]". */
static inline void tells(const char *schema, const char *document,
                         const struct rule *rule, const char *words)
{
	CHECKING c;

	compile_text(&c, schema);
	check_text(&c, document);
	one_finding(&c, &c.found, rule, words);
}
