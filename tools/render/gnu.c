/*
 * gnu.c - "file:line:column: severity: message [rule]", one line each
 *
 * Source: GNU Coding Standards, section 4.4, Formatting Error Messages
 */
#include "render/internal.h"

static void begin(struct findings *f)
{
	(void)f;
}

static void add(struct findings *f, const struct diag *d)
{
	struct buf *out = f->out;

	add_visible(out, d->file);
	if (d->span.line)
		buf_addf(out, ":%d", d->span.line);
	if (d->span.line && d->span.column)
		buf_addf(out, ":%d", d->span.column);
	buf_addf(out, ": %s: ", severity_name(d->severity));
	add_visible(out, d->text);
	if (d->suggestion.n) {
		buf_addz(out, "; ");
		add_visible(out, d->suggestion);
	}
	buf_addf(out, " [%s]\n", d->rule->id);
}

static void end(struct findings *f)
{
	if (!f->summary.dropped)
		return;
	add_count(f->out, f->summary.dropped, "more finding");
	buf_addz(f->out, " not shown\n");
}

const struct format format_gnu = {begin, add, end};
