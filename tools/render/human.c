/*
 * human.c - findings for people: message, place, code frame, help; at last a summary
 */
#include "render/internal.h"

static const char *const sequences[] = {
        [PAINT_NONE] = "\033[0m",       [PAINT_ERROR] = "\033[1;31m",
        [PAINT_WARNING] = "\033[1;33m", [PAINT_NOTE] = "\033[1;36m",
        [PAINT_FRAME] = "\033[1;34m",   [PAINT_HELP] = "\033[1;32m",
        [PAINT_BOLD] = "\033[1m",
};

void paint(struct findings *f, enum paint p)
{
	if (f->colour)
		buf_addz(f->out, sequences[p]);
}

enum paint paint_severity(enum severity s)
{
	if (s == SEVERITY_ERROR)
		return PAINT_ERROR;
	return s == SEVERITY_WARNING ? PAINT_WARNING : PAINT_NOTE;
}

static void begin(struct findings *f)
{
	(void)f;
}

static void add_headline(struct findings *f, const struct diag *d)
{
	paint(f, paint_severity(d->severity));
	buf_addf(f->out, "%s[%s]", severity_name(d->severity), d->rule->id);
	paint(f, PAINT_NONE);
	paint(f, PAINT_BOLD);
	buf_addz(f->out, ": ");
	add_visible(f->out, d->text);
	paint(f, PAINT_NONE);
	buf_addc(f->out, '\n');
}

static void add_place(struct findings *f, const struct diag *d)
{
	paint(f, PAINT_FRAME);
	buf_addz(f->out, "  --> ");
	paint(f, PAINT_NONE);
	add_visible(f->out, d->file);
	if (d->span.line)
		buf_addf(f->out, ":%d", d->span.line);
	if (d->span.line && d->span.column)
		buf_addf(f->out, ":%d", d->span.column);
	if (d->document > 1)
		buf_addf(f->out, " (document %d)", d->document);
	if (d->pointer.n) {
		buf_addz(f->out, " at ");
		add_visible(f->out, d->pointer);
	}
	buf_addc(f->out, '\n');
}

static void add(struct findings *f, const struct diag *d)
{
	add_headline(f, d);
	if (d->file.n)
		add_place(f, d);
	frame_add(f, d->file, d->span, d->severity);
	if (d->suggestion.n) {
		paint(f, PAINT_HELP);
		buf_addz(f->out, "help");
		paint(f, PAINT_NONE);
		buf_addz(f->out, ": ");
		add_visible(f->out, d->suggestion);
		buf_addc(f->out, '\n');
	}
	buf_addc(f->out, '\n');
}

/* "3 errors, 1 warning": only what there is. */
static void add_severities(struct buf *out, const struct findings_summary *s)
{
	const struct {
		size_t n;
		const char *noun;
	} parts[] = {{s->errors, "error"}, {s->warnings, "warning"}, {s->notes, "note"}};
	const char *join = "";

	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		if (!parts[i].n)
			continue;
		buf_addz(out, join);
		add_count(out, parts[i].n, parts[i].noun);
		join = ", ";
	}
}

static void end(struct findings *f)
{
	const struct findings_summary *s = &f->summary;

	if (!f->n) {
		add_count(f->out, s->files, "file");
		buf_addz(f->out, ": no findings\n");
		return;
	}
	add_severities(f->out, s);
	buf_addf(f->out, " in %zu of ", s->files_with);
	add_count(f->out, s->files, "file");
	if (s->dropped) {
		buf_addz(f->out, "; ");
		add_count(f->out, s->dropped, "more finding");
		buf_addz(f->out, " not shown");
	}
	buf_addc(f->out, '\n');
}

const struct format format_human = {begin, add, end};
