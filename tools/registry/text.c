/* text.c - titles and names without the markup that registries keep in them */
#include "base/text.h"
#include "registry/internal.h"

/* Elements whose tags go; the first ones leave a blank, for they stand between words. */
static const char *const breaking[] = {"br", "p",  "div", "title", "li",
                                       "ul", "ol", "sec", "label", "list-item"};
static const char *const inlined[] = {"i",        "b",
                                      "em",       "strong",
                                      "sub",      "sup",
                                      "u",        "tt",
                                      "sc",       "scp",
                                      "small",    "span",
                                      "a",        "font",
                                      "inf",      "italic",
                                      "bold",     "underline",
                                      "strike",   "s",
                                      "q",        "monospace",
                                      "roman",    "sans-serif",
                                      "inline",   "formula",
                                      "math",     "inline-formula",
                                      "tex-math", "alternatives",
                                      "mi",       "mo",
                                      "mn",       "mrow",
                                      "msub",     "msup",
                                      "mtext",    "msqrt",
                                      "mfrac"};
/* Elements that say once more, for programs, what stands beside them. */
static const char *const dropped[] = {"annotation", "annotation-xml", "tex-math"};

struct tag {
	struct str name; /* without its prefix */
	size_t end; /* behind '>' */
	bool prefixed, closing, empty;
};

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_name(char c)
{
	return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == ':' || c == '_';
}

static bool is_one_of(struct str name, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eqz(name, list[i]))
			return true;
	return false;
}

/* The tag at AT, which is a '<'. A name may be in capitals: HTML of old. */
static bool tag_at(struct tag *out, struct str s, size_t at, struct arena *arena)
{
	size_t from = at + 1, to, end;
	char *name;

	*out = (struct tag){.closing = from < s.n && s.s[from] == '/'};
	from += out->closing;
	for (to = from; to < s.n && is_name(s.s[to]); to++)
		if (s.s[to] == ':') {
			from = to + 1;
			out->prefixed = true;
		}
	for (end = to; end < s.n && s.s[end] != '>' && s.s[end] != '<';)
		end++;
	if (to == from || !is_letter(s.s[from]) || end == s.n || s.s[end] == '<')
		return false;
	if (to < end && s.s[to] != ' ' && s.s[to] != '/' && s.s[to] != '\n' &&
	    s.s[to] != '\t')
		return false;
	name = arena_alloc(arena, to - from + 1, 1);
	for (size_t i = from; i < to; i++)
		name[i - from] = (char)(s.s[i] | (is_letter(s.s[i]) ? 0x20 : 0));
	out->name = (struct str){name, to - from};
	out->end = end + 1;
	out->empty = s.s[end - 1] == '/';
	return true;
}

/* Behind the closing tag of T, or S.n. */
static size_t element_end(struct str s, const struct tag *t, struct arena *arena)
{
	struct tag close;

	for (size_t at = t->end; at < s.n; at++)
		if (s.s[at] == '<' && tag_at(&close, s, at, arena) && close.closing &&
		    str_eq(close.name, t->name))
			return close.end;
	return s.n;
}

/* Behind the markup at AT, or AT when there is none. */
static size_t markup_end(struct str s, size_t at, struct arena *arena, struct buf *out)
{
	struct tag t;

	if (str_starts(str_sub(s, at, 4), STR("<!--"))) {
		size_t i = at + 4;

		while (i < s.n && !str_starts(str_sub(s, i, 3), STR("-->")))
			i++;
		return i < s.n ? i + 3 : s.n;
	}
	if (!tag_at(&t, s, at, arena))
		return at;
	if (is_one_of(t.name, dropped, ARRAY_LEN(dropped)) && !t.closing && !t.empty)
		return element_end(s, &t, arena);
	if (is_one_of(t.name, breaking, ARRAY_LEN(breaking))) {
		buf_addc(out, ' ');
		return t.end;
	}
	return t.prefixed || is_one_of(t.name, inlined, ARRAY_LEN(inlined)) ? t.end : at;
}

static struct str without_markup(struct str s, struct arena *arena)
{
	CLEANUP(buf_release) struct buf out = BUF_INIT(s.n + 1);
	CLEANUP(arena_release) struct arena scratch = {0};

	for (size_t at = 0; at < s.n;) {
		size_t end = s.s[at] == '<' ? markup_end(s, at, &scratch, &out) : at;

		if (end == at)
			buf_addc(&out, s.s[at++]);
		else
			at = end;
	}
	return arena_str(arena, buf_str(&out));
}

static bool is_blank(uint32_t c)
{
	return c <= 0x20 || c == 0x7F || c == 0xA0 || c == 0x2028 || c == 0x2029 ||
	       (c >= 0x80 && c < 0xA0);
}

/* White space and control characters as single blanks; bidi controls gone. */
static struct str one_line(struct str s, struct arena *arena)
{
	CLEANUP(buf_release) struct buf out = BUF_INIT(s.n + 1);

	for (size_t at = 0; at < s.n;) {
		size_t from = at;
		uint32_t c = text_next(s, &at);

		if (is_blank(c)) {
			if (out.n && out.s[out.n - 1] != ' ')
				buf_addc(&out, ' ');
		} else if (c != TEXT_BAD && !text_unsafe(c)) {
			buf_add(&out, str_sub(s, from, at - from));
		}
	}
	return arena_str(arena, str_trim(buf_str(&out)));
}

struct str registry_text(struct str text, struct arena *arena)
{
	text = str_sub(text, 0, LIMIT_REGISTRY_TEXT_BYTES);
	if (!text.n)
		return STR_NONE;
	/* Twice, since some publishers escape what was escaped: &amp;lt;i&amp;gt;. */
	for (int i = 0; i < 2; i++) {
		text = without_markup(text, arena);
		if (str_find(text, '&') == text.n)
			break;
		text = registry_entities(text, arena);
	}
	text = one_line(without_markup(text, arena), arena);
	return text.n ? text : STR_NONE;
}
