/*
 * github.c - findings as annotations of GitHub's actions: one line each
 *
 * Source: GitHub, "Workflow commands for GitHub Actions", setting an error message
 */
#include "render/internal.h"

static void begin(struct findings *f)
{
	(void)f;
}

/* TEXT as a message, or (PROPERTY) as a value in front of it: nothing in it is a command. */
static void put(struct buf *out, struct str text, bool property)
{
	CLEANUP(buf_release) struct buf shown = BUF_INIT(text.n * 10 + 64);

	add_visible(&shown, text);
	for (size_t i = 0; i < shown.n; i++) {
		char c = shown.s[i];

		if (c == '%' || (property && (c == ':' || c == ',')))
			buf_addf(out, "%%%02X", (unsigned char)c);
		else
			buf_addc(out, c);
	}
}

static void put_number(struct buf *out, const char *name, int n)
{
	if (n > 0)
		buf_addf(out, ",%s=%d", name, n);
}

static void add(struct findings *f, const struct diag *d)
{
	static const char *const commands[] = {[SEVERITY_ERROR] = "error",
	                                       [SEVERITY_WARNING] = "warning",
	                                       [SEVERITY_NOTE] = "notice"};
	struct buf *out = f->out;

	buf_addf(out, "::%s file=", commands[d->severity]);
	put(out, d->file, true);
	put_number(out, "line", d->span.line);
	put_number(out, "endLine", d->span.end_line);
	put_number(out, "col", d->span.column);
	/* Columns of GitHub's are of one line. */
	if (d->span.end_line == d->span.line)
		put_number(out, "endColumn", d->span.end_column);
	buf_addz(out, ",title=");
	put(out, str_of(d->rule->id), true);
	buf_addz(out, "::");
	put(out, d->text, false);
	if (d->suggestion.n) {
		buf_addz(out, "; ");
		put(out, d->suggestion, false);
	}
	buf_addc(out, '\n');
}

static void end(struct findings *f)
{
	if (!f->summary.dropped)
		return;
	buf_addz(f->out, "::notice::");
	add_count(f->out, f->summary.dropped, "more finding");
	buf_addz(f->out, " not shown\n");
}

const struct format format_github = {begin, add, end};
