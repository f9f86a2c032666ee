#include "schema/pattern_translate.h"

#include "base/text.h"

static const char forgetful[] =
        "a reference to a group that is repeated and may be left out";
static const char regroup[] = "move the group out of the repetition";

/* ---- groups and their names ---- */

static bool is_name_char(uint32_t c, bool first)
{
	if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '$' || c == '_')
		return true;
	/* Outside ASCII all is taken for a letter: names only have to be told apart. */
	return c >= 0x80 ? c < 0xD800 || c > 0xDFFF : !first && c >= '0' && c <= '9';
}

/* "name>" stands at T->at. */
static bool group_name(struct pattern_translation *t, struct str *name)
{
	struct buf b CLEANUP(buf_release) = BUF_INIT(t->in.n * 4);
	size_t from = t->at;

	while (t->at < t->in.n && pattern_peek(t, 0) != '>') {
		size_t at = t->at;
		uint32_t c;

		if (pattern_peek(t, 0) != '\\') {
			c = text_next(t->in, &t->at);
		} else if (pattern_peek(t, 1) != 'u') {
			c = 0;
		} else if (!pattern_character_escape(t, &c)) {
			return false;
		}
		if (!is_name_char(c, b.n == 0))
			return pattern_bad(t, at, "a group name with a wrong character",
			                   "use letters, digits (not first), _ and $");
		text_add_char(&b, c);
	}
	if (!pattern_skip(t, ">"))
		return pattern_bad(t, from, "a group name that does not end",
		                   "write > behind it");
	if (!b.n)
		return pattern_bad(
		        t, from, "a group name that is empty",
		        "write (?<name>...), or (...) for a group without one");
	*name = arena_str(t->arena, buf_str(&b));
	return true;
}

static struct pattern_group *named(const struct pattern_translation *t, struct str name)
{
	for (size_t i = 0; i < t->groups_n; i++)
		if (t->groups[i].name.s && str_eq(t->groups[i].name, name))
			return &t->groups[i];
	return NULL;
}

/* A "(" of the first pass stands at T->at. */
static bool find_group(struct pattern_translation *t)
{
	struct str name = STR_NONE;
	size_t at = t->at;

	if (pattern_peek(t, 1) != '?') {
		t->at++;
	} else if (pattern_peek(t, 2) == '<' && pattern_peek(t, 3) != '=' &&
	           pattern_peek(t, 3) != '!') {
		t->at += 3;
		if (!group_name(t, &name))
			return false;
		if (named(t, name))
			return pattern_bad(t, at, "a second group of the same name",
			                   "give each group a name of its own");
	} else {
		t->at += 2;
		return true;
	}
	arena_push(t->arena, t->groups, t->groups_n, t->groups_cap)->name = name;
	return true;
}

bool pattern_groups(struct pattern_translation *t)
{
	bool in_class = false;

	for (t->at = 0; t->at < t->in.n;) {
		char c = t->in.s[t->at];

		if (c == '(' && !in_class) {
			if (!find_group(t))
				return false;
			continue;
		}
		if (c == '[')
			in_class = true;
		else if (c == ']')
			in_class = false;
		t->at += c == '\\' && t->at + 1 < t->in.n ? 2 : 1;
	}
	t->at = 0;
	return true;
}

/* ---- references back ---- */

/*
 * Group and reference are 0-based. ECMA-262 forgets the groups inside a repeated part at each
 * turn, PCRE2 does not: a reference that could tell the difference is refused. One that comes
 * before the end of its group always matches the empty text.
 */
static void reference(struct pattern_translation *t, size_t group, size_t at)
{
	const struct pattern_group *g = &t->groups[group];
	struct pattern_ref *ref;

	if (t->behind)
		pattern_unsupported(t, at, "a reference inside a look-behind",
		                    "write the text itself");
	if (!g->closed) {
		buf_addz(t->out, "(?:)");
		return;
	}
	if (g->stale)
		pattern_unsupported(t, at, forgetful, regroup);
	if (g->optional) {
		ref = arena_push(t->arena, t->refs, t->refs_n, t->refs_cap);
		*ref = (struct pattern_ref){group, at};
	}
	/* In brackets: PCRE2 10.42 fails on the repeated reference to an unset group. */
	buf_addf(t->out, "(?:\\g{%zu})", group + 1);
}

static bool numbered_reference(struct pattern_translation *t)
{
	size_t at = t->at++, n = 0;

	for (int c; (c = pattern_peek(t, 0)) >= '0' && c <= '9'; t->at++)
		if (n <= t->groups_n)
			n = n * 10 + (size_t)(c - '0');
	if (n > t->groups_n)
		return pattern_bad(t, at, "a reference to a group that does not exist",
		                   "count the groups; a character is written \\xHH");
	reference(t, n - 1, at);
	return true;
}

static bool named_reference(struct pattern_translation *t)
{
	size_t at = t->at;
	const struct pattern_group *g;
	struct str name;

	t->at += 2;
	if (!pattern_skip(t, "<"))
		return pattern_bad(t, at, "\\k without a name", "write \\k<name>");
	if (!group_name(t, &name))
		return false;
	g = named(t, name);
	if (!g)
		return pattern_bad(t, at, "a reference to a group that does not exist",
		                   "name a group of this pattern: (?<name>...)");
	reference(t, (size_t)(g - t->groups), at);
	return true;
}

bool pattern_reference(struct pattern_translation *t)
{
	return pattern_peek(t, 1) == 'k' ? named_reference(t) : numbered_reference(t);
}

/* ---- what is set, and for how long ---- */

void pattern_optional(struct pattern_translation *t, size_t first)
{
	for (size_t i = first; i < t->opened; i++)
		t->groups[i].optional = true;
}

void pattern_repeated(struct pattern_translation *t, unsigned min, unsigned max,
                      size_t first, size_t refs)
{
	for (size_t i = first; i < t->opened; i++) {
		struct pattern_group *g = &t->groups[i];

		/* A turn that matches nothing is undone by ECMA-262, groups and all. */
		if ((max > 1 && g->optional) || (max > min && g->peeked))
			g->stale = true;
	}
	if (!min)
		pattern_optional(t, first);
	for (size_t i = refs; max > 1 && i < t->refs_n; i++)
		if (t->refs[i].group >= first)
			pattern_unsupported(t, t->refs[i].at, forgetful, regroup);
}
