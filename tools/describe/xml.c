#include "describe/xml.h"

#include "base/text.h"

/* Section 2.2: what may stand in a document at all, whatever the escape. */
static bool is_char(uint32_t c)
{
	return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c <= 0xD7FF) ||
	       (c >= 0xE000 && c <= 0xFFFD) || (c >= 0x10000 && c <= 0x10FFFF);
}

/* Line ends and tabs would be read as blanks in attributes, and CR as LF anywhere. */
static bool is_plain(uint32_t c, bool attribute)
{
	return is_char(c) && c != '<' && c != '>' && c != '&' && c != '"' && c != '\r' &&
	       (!attribute || c >= ' ');
}

static void add_escaped(struct buf *out, struct str s, bool attribute)
{
	for (size_t at = 0; at < s.n;) {
		size_t from = at;
		uint32_t c = text_next(s, &at);

		if (is_plain(c, attribute))
			buf_add(out, str_sub(s, from, at - from));
		else if (c == '<')
			buf_addz(out, "&lt;");
		else if (c == '>')
			buf_addz(out, "&gt;");
		else if (c == '&')
			buf_addz(out, "&amp;");
		else if (c == '"')
			buf_addz(out, "&quot;");
		else if (is_char(c))
			buf_addf(out, "&#%u;", (unsigned)c);
		else
			buf_addz(out, "\xEF\xBF\xBD"); /* U+FFFD */
	}
}

void xml_escape(struct buf *out, struct str text)
{
	add_escaped(out, text, false);
}

static void end_tag(struct xml *x)
{
	if (x->in_tag)
		buf_addc(x->out, '>');
	x->in_tag = false;
}

static void new_line(struct xml *x)
{
	buf_addc(x->out, '\n');
	buf_fill(x->out, ' ', 2 * (size_t)x->depth);
}

void xml_begin(struct xml *x)
{
	buf_addz(x->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
}

void xml_open(struct xml *x, const char *name)
{
	end_tag(x);
	new_line(x);
	buf_addf(x->out, "<%s", name);
	x->names[x->depth++] = name;
	x->in_tag = true;
	x->inlined = false;
}

void xml_attribute(struct xml *x, const char *name, struct str value)
{
	if (!value.n)
		return;
	buf_addf(x->out, " %s=\"", name);
	add_escaped(x->out, value, true);
	buf_addc(x->out, '"');
}

void xml_text(struct xml *x, struct str text)
{
	end_tag(x);
	xml_escape(x->out, text);
	x->inlined = true;
}

void xml_close(struct xml *x)
{
	const char *name = x->names[--x->depth];

	if (x->in_tag) {
		buf_addz(x->out, "/>");
	} else {
		if (!x->inlined)
			new_line(x);
		buf_addf(x->out, "</%s>", name);
	}
	x->in_tag = x->inlined = false;
	if (!x->depth)
		buf_addc(x->out, '\n');
}

void xml_element(struct xml *x, const char *name, struct str text)
{
	if (!text.n)
		return;
	xml_open(x, name);
	xml_text(x, text);
	xml_close(x);
}
