/*
 * bibtex.c - cited works as BibTeX
 */
#include "describe/internal.h"
#include "describe/works.h"

#include "base/limits.h"

#include <string.h>

/*
 * BibTeX counts braces even behind a backslash, so that none of the data's may stand as it is;
 * the others are commands of TeX.
 */
static const char special[] = "\\{}~^\"%&$#_";
static const char *const commands[] = {"{\\textbackslash}",
                                       "{\\textbraceleft}",
                                       "{\\textbraceright}",
                                       "{\\textasciitilde}",
                                       "{\\textasciicircum}",
                                       "{\\textquotedbl}",
                                       "\\%",
                                       "\\&",
                                       "\\$",
                                       "\\#",
                                       "\\_"};

/* LINE holds no NUL: add_line() leaves all control characters out. */
static void add_escaped(struct buf *out, const char *line)
{
	for (;;) {
		size_t n = strcspn(line, special);

		buf_add(out, (struct str){line, n});
		if (!line[n])
			return;
		buf_addz(out, commands[strchr(special, line[n]) - special]);
		line += n + 1;
	}
}

static void add_tex(struct buf *out, struct str s)
{
	CLEANUP(buf_release) struct buf line = BUF_INIT(LIMIT_FILE_BYTES);
	size_t start = out->n;

	add_line(out, s);
	if (start + strcspn(buf_z(out) + start, special) == out->n)
		return;
	buf_add(&line, str_sub(buf_str(out), start, out->n));
	buf_truncate(out, start);
	add_escaped(out, buf_z(&line));
}

static void open_field(struct buf *out, const char *name)
{
	buf_addz(out, ",\n  ");
	buf_addz(out, name);
	buf_addz(out, " = {");
}

static void field(struct buf *out, const char *name, struct str text)
{
	if (!text.n)
		return;
	open_field(out, name);
	add_tex(out, text);
	buf_addc(out, '}');
}

/* Whether S would be taken apart as a list of names or as parts of one. */
static bool comes_apart(struct str s)
{
	if (str_find(s, ',') < s.n || str_eqz(s, "others"))
		return true;
	for (size_t i = 0; i + 5 <= s.n; i++)
		if (s.s[i] == ' ' && (s.s[i + 1] | 32) == 'a' &&
		    (s.s[i + 2] | 32) == 'n' && (s.s[i + 3] | 32) == 'd' &&
		    s.s[i + 4] == ' ')
			return true;
	return false;
}

static void add_part(struct buf *out, struct str s)
{
	bool brace = comes_apart(s);

	buf_addz(out, brace ? "{" : "");
	add_tex(out, s);
	buf_addz(out, brace ? "}" : "");
}

static void add_author(struct buf *out, const struct cited_author *a)
{
	if (a->family.n && a->given.n) {
		add_part(out, a->family);
		buf_addz(out, ", ");
		add_part(out, a->given);
		return;
	}
	/* Braces: else its last word alone would be the family name. */
	buf_addc(out, '{');
	add_tex(out, a->family.n ? a->family : a->literal.n ? a->literal : a->given);
	buf_addc(out, '}');
}

static void add_authors(struct buf *out, const struct cited_work *w)
{
	bool any = false;

	for (size_t i = 0; i < w->authors_n; i++) {
		if (!author_has_name(&w->authors[i]))
			continue;
		if (any)
			buf_addz(out, " and ");
		else
			open_field(out, "author");
		add_author(out, &w->authors[i]);
		any = true;
	}
	if (any)
		buf_addz(out, w->authors_more ? " and others}" : "}");
}

/* Fields that styles typeset as they stand, without TeX's commands: no brace, no backslash. */
static void verbatim(struct buf *out, const char *name, struct str s)
{
	if (!s.n)
		return;
	open_field(out, name);
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.s[i];

		if (c <= ' ' || c == '{' || c == '}' || c == '\\' || c >= 0x7F)
			buf_addf(out, "%%%02X", (unsigned)c);
		else
			buf_addc(out, (char)c);
	}
	buf_addc(out, '}');
}

/* Styles want a journal of an article, and so on; where there is none, it is a plain document. */
static const char *type_of(const struct work_kind *kind, const struct cited_work *w)
{
	return w->venue.n ? kind->bibtex : "misc";
}

void work_bibtex(struct buf *out, struct str label, const struct cited_work *w)
{
	const struct work_kind *kind = work_kind(w);

	buf_addc(out, '@');
	buf_addz(out, type_of(kind, w));
	buf_addc(out, '{');
	buf_add(out, label);
	add_authors(out, w);
	if (w->title.n) {
		open_field(out, "title");
		buf_addc(out, '{');
		add_tex(out, w->title);
		buf_addz(out, "}}");
	}
	field(out, kind->venue, w->venue);
	field(out, "year", w->year);
	verbatim(out, "doi", w->doi);
	verbatim(out, "url", w->url);
	buf_addz(out, "\n}\n");
}
