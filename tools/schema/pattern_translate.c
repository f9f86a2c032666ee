#include "schema/pattern_translate.h"

#include <string.h>

#include "base/limits.h"
#include "base/text.h"

/* PCRE2 repeats no more often than this. */
#define REPEAT_MAX 65535

static const char bad_syntax[] = "not a regular expression";
static const char no_support[] = "unsupported regular expression";
static const char too_long[] = "a pattern that is too long";
static const char split[] = "split it with allOf";

static void complain(struct pattern_translation *t, const char *kind, size_t at,
                     const char *what, const char *advice)
{
	size_t character = text_length(str_sub(t->in, 0, at)) + 1;

	err_set(t->err, ERR_SCHEMA, "%s: %s at character %zu: %s", kind, what, character,
	        advice);
}

bool pattern_bad(struct pattern_translation *t, size_t at, const char *what,
                 const char *advice)
{
	complain(t, bad_syntax, at, what, advice);
	t->unsupported = false;
	return false;
}

void pattern_unsupported(struct pattern_translation *t, size_t at, const char *what,
                         const char *advice)
{
	complain(t, no_support, at, what, advice);
	t->unsupported = true;
}

int pattern_peek(const struct pattern_translation *t, size_t offset)
{
	return offset < t->in.n - t->at ? (unsigned char)t->in.s[t->at + offset] : -1;
}

bool pattern_skip(struct pattern_translation *t, const char *token)
{
	struct str s = str_of(token);

	if (!str_starts(str_sub(t->in, t->at, s.n), s))
		return false;
	t->at += s.n;
	return true;
}

void pattern_emit(struct pattern_translation *t, uint32_t c)
{
	bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
	             (c >= 'a' && c <= 'z') || c == '_' || c == ' ' || c >= 0xA0;

	if (plain)
		text_add_char(t->out, c);
	else
		buf_addf(t->out, "\\x{%x}", (unsigned)c);
}

/* ---- quantifiers ---- */

struct repeat {
	unsigned min, max;
};

/* Digits as a number, at most REPEAT_MAX + 1; false when there are none. */
static bool count(struct pattern_translation *t, unsigned *n)
{
	size_t from = t->at;

	*n = 0;
	for (int c; (c = pattern_peek(t, 0)) >= '0' && c <= '9'; t->at++)
		if (*n <= REPEAT_MAX)
			*n = *n * 10 + (unsigned)(c - '0');
	return t->at > from;
}

/* "{n}", "{n,}" or "{n,m}" stands at T->at. */
static bool braces(struct pattern_translation *t, struct repeat *r)
{
	static const char usage[] = "write {3}, {3,} or {3,5}; for the character itself "
	                            "write \\{";
	size_t at = t->at++;
	bool open = false;

	if (!count(t, &r->min))
		return pattern_bad(t, at, "a '{' without a number", usage);
	r->max = r->min;
	if (pattern_skip(t, ","))
		open = !count(t, &r->max);
	if (!pattern_skip(t, "}"))
		return pattern_bad(t, at, "a '{' that does not end", usage);
	if (r->min > REPEAT_MAX || r->max > REPEAT_MAX)
		pattern_unsupported(t, at, "a repetition of more than 65535 times",
		                    "use maxLength, or {n,} without an end");
	if (open)
		r->max = REPEAT_MAX + 1;
	if (r->min > r->max)
		return pattern_bad(t, at, "numbers out of order in {...}",
		                   "write the smaller one first");
	return true;
}

static bool quantifier(struct pattern_translation *t, size_t first, size_t refs)
{
	struct repeat r = {0, REPEAT_MAX + 1};
	size_t at = t->at;

	switch (pattern_peek(t, 0)) {
	case '*':
		t->at++;
		break;
	case '+':
		r.min = 1;
		t->at++;
		break;
	case '?':
		r.max = 1;
		t->at++;
		break;
	case '{':
		if (!braces(t, &r))
			return false;
		break;
	default:
		return true;
	}
	buf_add(t->out, str_sub(t->in, at, t->at - at));
	if (pattern_skip(t, "?"))
		buf_addc(t->out, '?');
	pattern_repeated(t, r.min, r.max, first, refs);
	return true;
}

static bool nothing_to_repeat(struct pattern_translation *t)
{
	size_t at = t->at;
	struct str before = str_sub(t->in, 0, at);
	bool again = str_ends(before, STR("*")) || str_ends(before, STR("+")) ||
	             str_ends(before, STR("?")) || str_ends(before, STR("}"));

	if (again && t->in.s[at] == '+')
		return pattern_bad(t, at, "a possessive quantifier", "leave the + out");
	return pattern_bad(t, at, "a quantifier with nothing to repeat",
	                   "put a character or group before it; for the character "
	                   "itself write a backslash before it");
}

static bool lone_bracket(struct pattern_translation *t)
{
	if (str_ends(str_sub(t->in, 0, t->at), STR(":]")))
		return pattern_bad(t, t->at, "a POSIX class",
		                   "write \\p{Alphabetic}, [A-Za-z] or the like");
	return pattern_bad(t, t->at, "a ']' without its '['",
	                   "for the character itself write \\]");
}

/* ---- groups ---- */

static bool disjunction(struct pattern_translation *t);

struct group_kind {
	const char *open; /* as in the pattern */
	bool look, behind; /* a look-around; a look-behind */
};

static const struct group_kind kinds[] = {
        {"(?:", false, false}, {"(?=", true, false}, {"(?!", true, false},
        {"(?<=", true, true},  {"(?<!", true, true},
};

/* What other dialects open with "(?" or "(*", and what ECMA-262 has for it. */
static bool foreign_group(struct pattern_translation *t)
{
	static const struct {
		const char *open, *what, *advice;
	} foreign[] = {
	        {"(*", "a backtracking verb", "for the character itself write \\*"},
	        {"(?#", "a comment", "move it to $comment in the schema"},
	        {"(?P", "a Python group", "write (?<name>...) and \\k<name>"},
	        {"(?'", "a quoted group name", "write (?<name>...)"},
	        {"(?>", "an atomic group", "write (?:...)"},
	        {"(?|", "a branch reset group", "write (?:...)"},
	        {"(?(", "a conditional group", "write the alternatives out"},
	        {"(?&", "a subroutine call", "write the part out"},
	        {"(?R", "a recursion", "describe nested data by the schema"},
	};

	for (size_t i = 0; i < ARRAY_LEN(foreign); i++)
		if (str_starts(str_sub(t->in, t->at, t->in.n), str_of(foreign[i].open)))
			return pattern_bad(t, t->at, foreign[i].what, foreign[i].advice);
	return pattern_bad(t, t->at, "flags or an unknown kind of group",
	                   "there are (...), (?:...), (?<name>...), (?=...), (?!...), "
	                   "(?<=...) and (?<!...); for any case write [Aa]");
}

static bool is_quantifier(int c)
{
	return c == '*' || c == '+' || c == '?' || c == '{';
}

/* The part up to ")"; T->at is behind the opening. */
static bool group_body(struct pattern_translation *t, size_t at)
{
	if (t->depth == PATTERN_NESTING) {
		pattern_unsupported(t, at, "more than 250 groups within groups",
		                    "simplify the pattern");
		return false;
	}
	t->depth++;
	if (!disjunction(t))
		return false;
	t->depth--;
	if (!pattern_skip(t, ")"))
		return pattern_bad(t, at, "a '(' without its ')'",
		                   "close it, or for the character itself write \\(");
	buf_addc(t->out, ')');
	return true;
}

static bool special_group(struct pattern_translation *t, const struct group_kind *k)
{
	size_t at = t->at, first = t->opened, refs = t->refs_n;

	t->at += strlen(k->open);
	buf_addz(t->out, k->open);
	t->look += k->look;
	t->behind += k->behind;
	if (!group_body(t, at))
		return false;
	t->look -= k->look;
	t->behind -= k->behind;
	if (!k->look)
		return quantifier(t, first, refs);
	if (is_quantifier(pattern_peek(t, 0)))
		return pattern_bad(t, t->at, "a repeated look-around",
		                   "leave the quantifier out");
	return true;
}

static bool capturing_group(struct pattern_translation *t)
{
	size_t at = t->at, index = t->opened++, refs = t->refs_n;
	struct pattern_group *g = &t->groups[index];

	if (g->name.s)
		t->at = at + str_find(str_sub(t->in, at, t->in.n), '>');
	t->at++;
	g->peeked = t->look > 0;
	buf_addc(t->out, '(');
	if (!group_body(t, at))
		return false;
	g->closed = true;
	return quantifier(t, index, refs);
}

static bool group(struct pattern_translation *t)
{
	struct str rest = str_sub(t->in, t->at, t->in.n);

	*arena_push(t->arena, t->places, t->places_n, t->places_cap) =
	        (struct pattern_place){t->at, t->out->n};
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (str_starts(rest, str_of(kinds[i].open)))
			return special_group(t, &kinds[i]);
	if (pattern_peek(t, 1) == '*' ||
	    (pattern_peek(t, 1) == '?' && pattern_peek(t, 2) != '<'))
		return foreign_group(t);
	return capturing_group(t);
}

/* ---- terms ---- */

static bool escape(struct pattern_translation *t)
{
	int next = pattern_peek(t, 1);
	bool is_set;
	uint32_t c;

	if (next == 'b' || next == 'B') {
		buf_addf(t->out, "\\%c", next);
		t->at += 2;
		return true;
	}
	if (next == 'k' || (next >= '1' && next <= '9'))
		return pattern_reference(t) && quantifier(t, t->opened, t->refs_n);
	if (!pattern_set_escape(t, false, &is_set))
		return false;
	if (!is_set) {
		if (!pattern_character_escape(t, &c))
			return false;
		/* Half a pair is no character of UTF-8: nothing matches. */
		if (c >= 0xD800 && c <= 0xDFFF)
			buf_addz(t->out, PATTERN_NOTHING);
		else
			pattern_emit(t, c);
	}
	return quantifier(t, t->opened, t->refs_n);
}

static bool term(struct pattern_translation *t)
{
	switch (pattern_peek(t, 0)) {
	case '^':
	case '$':
		buf_addc(t->out, t->in.s[t->at++]);
		return true;
	case '(':
		return group(t);
	case '*':
	case '+':
	case '?':
		return nothing_to_repeat(t);
	case '{':
		return pattern_bad(t, t->at, "'{' with nothing to repeat",
		                   "for the character itself write \\{");
	case '}':
		return pattern_bad(t, t->at, "a '}' without its '{'",
		                   "for the character itself write \\}");
	case ']':
		return lone_bracket(t);
	case '\\':
		return escape(t);
	case '.':
		t->at++;
		buf_addz(t->out, "[^\\n\\r\\x{2028}\\x{2029}]");
		break;
	case '[':
		if (!pattern_class(t))
			return false;
		break;
	default:
		pattern_emit(t, text_next(t->in, &t->at));
	}
	return quantifier(t, t->opened, t->refs_n);
}

/* Alternatives up to ")" or the end. */
static bool disjunction(struct pattern_translation *t)
{
	size_t first = t->opened;
	bool several = false;

	for (;;) {
		while (t->at < t->in.n && t->in.s[t->at] != '|' && t->in.s[t->at] != ')')
			if (!term(t))
				return false;
		if (!pattern_skip(t, "|"))
			break;
		buf_addc(t->out, '|');
		several = true;
		pattern_optional(t, first);
		first = t->opened;
	}
	if (several)
		pattern_optional(t, first);
	return true;
}

bool pattern_translate(struct pattern_translation *t, struct str text)
{
	size_t invalid = text_invalid(text);

	t->in = text;
	if (invalid < text.n)
		return pattern_bad(t, invalid, "bad UTF-8", "write the text in UTF-8");
	if (text.n > LIMIT_PATTERN_BYTES) {
		pattern_unsupported(t, 0, too_long, split);
		return false;
	}
	if (!pattern_groups(t) || !disjunction(t))
		return false;
	if (t->at < t->in.n)
		return pattern_bad(t, t->at, "a ')' without its '('",
		                   "for the character itself write \\)");
	if (t->out->overflow)
		pattern_unsupported(t, 0, too_long, split);
	return !t->unsupported;
}
