/*
 * junit.c - findings as a test report: a case for each finding
 *
 * An error is a case that fails. Warnings and notes are cases that pass and have something to
 * say. Without findings there is one case that passes.
 *
 * Source: JUnit's XML report as Jenkins and GitLab read it; XML 1.0, section 2.2
 */
#include "render/internal.h"

#include "base/text.h"

static void begin(struct findings *f)
{
	(void)f;
}

static void put_char(struct buf *out, char c)
{
	switch (c) {
	case '&':
		buf_addz(out, "&amp;");
		break;
	case '<':
		buf_addz(out, "&lt;");
		break;
	case '>':
		buf_addz(out, "&gt;");
		break;
	case '"':
		buf_addz(out, "&quot;");
		break;
	default:
		buf_addc(out, c);
	}
}

/* TEXT as it may stand in an attribute and between tags. */
static void put(struct buf *out, struct str text)
{
	CLEANUP(buf_release) struct buf shown = BUF_INIT(text.n * 10 + 64);
	struct str s;

	add_visible(&shown, text);
	s = buf_str(&shown);
	for (size_t at = 0; at < s.n;) {
		size_t from = at;
		uint32_t c = text_next(s, &at);

		if (c == 0xFFFE || c == 0xFFFF)
			buf_addf(out, "\\u{%04x}", (unsigned)c);
		else if (c < 0x80)
			put_char(out, (char)c);
		else
			buf_add(out, str_sub(s, from, at - from));
	}
}

static void put_text(struct buf *out, const struct diag *d)
{
	put(out, d->text);
	if (d->suggestion.n) {
		buf_addz(out, "; ");
		put(out, d->suggestion);
	}
}

static void put_place(struct buf *out, const struct diag *d)
{
	put(out, d->file);
	if (d->span.line)
		buf_addf(out, ":%d", d->span.line);
	if (d->span.line && d->span.column)
		buf_addf(out, ":%d", d->span.column);
}

static void add(struct findings *f, const struct diag *d)
{
	struct buf *out = &f->body;
	bool fails = d->severity == SEVERITY_ERROR;

	buf_addz(out, "    <testcase classname=\"");
	put(out, d->file);
	buf_addf(out, "\" name=\"%s (", d->rule->id);
	put_place(out, d);
	buf_addz(out, ")\">\n      ");
	if (fails) {
		buf_addf(out, "<failure type=\"%s\" message=\"", d->rule->id);
		put_text(out, d);
		buf_addz(out, "\">");
	} else {
		buf_addf(out, "<system-out>%s: ", severity_name(d->severity));
	}
	put_place(out, d);
	buf_addz(out, ": ");
	put_text(out, d);
	buf_addf(out, "</%s>\n    </testcase>\n", fails ? "failure" : "system-out");
}

static void end(struct findings *f)
{
	size_t cases = f->n ? f->n : 1;

	buf_addz(f->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
	buf_addf(f->out,
	         "<testsuites tests=\"%zu\" failures=\"%zu\" errors=\"0\">\n"
	         "  <testsuite name=\"stemma\" tests=\"%zu\" failures=\"%zu\" "
	         "errors=\"0\" skipped=\"0\">\n",
	         cases, f->summary.errors, cases, f->summary.errors);
	buf_add(f->out, buf_str(&f->body));
	if (!f->n)
		buf_addz(f->out,
		         "    <testcase classname=\"stemma\" name=\"no findings\"/>\n");
	if (f->summary.dropped) {
		buf_addz(f->out, "    <system-out>");
		add_count(f->out, f->summary.dropped, "more finding");
		buf_addz(f->out, " not shown</system-out>\n");
	}
	buf_addz(f->out, "  </testsuite>\n</testsuites>\n");
}

const struct format format_junit = {begin, add, end};
