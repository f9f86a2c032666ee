/*
 * open.h - a dataset in a sandbox, for the tests of dataset and of what stands on it
 */
#pragma once

#include "../sandbox.h"

#include "dataset/dataset.h"

struct opened {
	struct sandbox box;
	struct arena arena;
	struct diag_list diags;
	struct err err;
	struct dataset *dataset;
};

static inline void opened_start(struct opened *o)
{
	*o = (struct opened){0};
	sandbox_open(&o->box);
	diag_init(&o->diags, &o->arena);
}

/* Open what is in the sandbox; CONFIG becomes its stemma.yaml. */
static inline bool opened_try(struct opened *o, const char *config)
{
	sandbox_write("stemma.yaml", config);
	return dataset_open(&o->dataset, &tree_disk, STR("stemma.yaml"), &o->arena,
	                    &o->diags, &o->err);
}

static inline void opened_open(struct opened *o, const char *config)
{
	if (opened_try(o, config))
		return;
	for (size_t i = 0; i < o->diags.n; i++)
		print_error(STR_FMT "\n", STR_ARG(o->diags.items[i].text));
	fail_msg("%s", o->err.text);
}

static inline void opened_close(struct opened *o)
{
	dataset_release(o->dataset);
	sandbox_close(&o->box);
	arena_release(&o->arena);
}

/* One line a finding: file:line:column: rule severity pointer: message (suggestion). */
static inline struct str findings_text(const struct diag_list *l, struct arena *a)
{
	struct buf b = BUF_INIT(1 << 24);
	struct str out;

	for (size_t i = 0; i < l->n; i++) {
		const struct diag *d = &l->items[i];

		buf_addf(&b, STR_FMT ":%d:%d: %s %s " STR_FMT ": " STR_FMT,
		         STR_ARG(d->file), d->span.line, d->span.column, d->rule->id,
		         severity_name(d->severity), STR_ARG(d->pointer),
		         STR_ARG(d->text));
		if (d->suggestion.n)
			buf_addf(&b, " (" STR_FMT ")", STR_ARG(d->suggestion));
		buf_addc(&b, '\n');
	}
	out = arena_str(a, buf_str(&b));
	buf_release(&b);
	return out;
}
