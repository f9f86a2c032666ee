#include "entry/doi.h"

#include <string.h>

#include "base/limits.h"
#include "base/macro.h"
#include "entry/doi_reading.h"

const char *doi_class_name(enum doi_class c)
{
	static const char *const names[] = {"valid", "normalised", "suspicious", "short",
	                                    "invalid"};

	return names[c];
}

static const char blank_inside[] = "there is a blank in it: leave it out";

/* ---- for all steps ---- */

void doi_note(struct doi_reading *r, enum doi_class class, const char *why)
{
	if (class <= r->class)
		return;
	r->class = class;
	r->why = why;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_alnum(char c)
{
	return is_digit(c) || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z');
}

bool doi_starts(struct str s, const char *prefix)
{
	for (size_t i = 0; prefix[i]; i++)
		if (i >= s.n || ascii_lower(s.s[i]) != prefix[i])
			return false;
	return true;
}

/* Bytes of "10.1234" at the start of S; 0 when it starts in another way. */
static size_t prefix_length(struct str s)
{
	size_t n = 3;

	if (!str_starts(s, STR("10.")))
		return 0;
	while (n < s.n && (is_digit(s.s[n]) || s.s[n] == '.'))
		n++;
	return n > 3 && is_digit(s.s[3]) ? n : 0;
}

size_t doi_find(struct str s, size_t from)
{
	for (size_t i = from; i < s.n; i++) {
		bool joined = i && (is_alnum(s.s[i - 1]) || s.s[i - 1] == '.');
		bool encoded = i >= 3 && s.s[i - 3] == '%';
		size_t n;

		if (s.s[i] != '1' || (joined && !encoded))
			continue;
		n = prefix_length(str_sub(s, i, s.n));
		if (n && (doi_starts(str_sub(s, i + n, s.n), "/") ||
		          doi_starts(str_sub(s, i + n, s.n), "%2f")))
			return i;
	}
	return s.n;
}

/* ---- what is one ---- */

/* RFC 3986, 2.3 */
static bool is_unreserved(char c)
{
	return is_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

/* S percent-encoded for an address: all but unreserved characters and the first SLASHES slashes. */
static struct str percent_encode(struct str s, size_t slashes, struct arena *arena)
{
	static const char digits[] = "0123456789ABCDEF";
	size_t i = 0, n;
	char *p;

	for (; i < s.n && (is_unreserved(s.s[i]) || (s.s[i] == '/' && slashes)); i++)
		slashes -= s.s[i] == '/';
	if (i == s.n)
		return s;
	p = arena_alloc(arena, i + (s.n - i) * 3 + 1, 1);
	memcpy(p, s.s, i);
	for (n = i; i < s.n; i++) {
		unsigned char c = (unsigned char)s.s[i];
		bool slash = c == '/' && slashes > 0;

		slashes -= slash;
		if (slash || is_unreserved((char)c)) {
			p[n++] = (char)c;
			continue;
		}
		p[n++] = '%';
		p[n++] = digits[c >> 4];
		p[n++] = digits[c & 15];
	}
	return (struct str){p, n};
}

/* Whether a step of S between slashes is "." or "..", which programs squash on the way. */
static bool has_dot_step(struct str s)
{
	struct str rest = s, step;

	while (str_split(&rest, '/', &step))
		if (str_eqz(step, ".") || str_eqz(step, ".."))
			return true;
	return false;
}

struct str doi_url(const struct doi *doi, struct arena *arena)
{
	struct str name = doi->class == DOI_VALID ? doi->text : doi->canonical;
	struct str path = percent_encode(name, has_dot_step(name) ? 1 : SIZE_MAX, arena);

	return arena_cat(arena, STR("https://doi.org/"), path);
}

static struct str canonical(struct str prefix, struct str suffix, struct arena *arena)
{
	char *p = arena_alloc(arena, prefix.n + suffix.n + 2, 1);
	size_t n = 0;

	for (size_t i = 0; i < prefix.n; i++)
		p[n++] = prefix.s[i];
	p[n++] = '/';
	for (size_t i = 0; i < suffix.n; i++)
		p[n++] = ascii_lower(suffix.s[i]);
	return (struct str){p, n};
}

/* "2021" of "10/2021". */
static bool is_year(struct str s)
{
	return s.n == 4 && is_digit(s.s[2]) && is_digit(s.s[3]) &&
	       (str_starts(s, STR("19")) || str_starts(s, STR("20")));
}

/* "10/abc": three letters or digits and more. */
static void read_short(struct doi_reading *r, struct doi *out)
{
	struct str name = str_sub(r->s, 3, r->s.n);
	size_t n = 0;

	while (n < name.n && is_alnum(name.s[n]))
		n++;
	if (doi_is_date(r->s) || is_year(name))
		doi_note(r, DOI_INVALID, "a date, no DOI");
	if (n >= 3 && n < name.n && name.s[n] == '/')
		doi_note(r, DOI_INVALID,
		         "10/ begins a shortDOI, and those have one slash: a DOI begins "
		         "with 10. and digits");
	if (n < 3)
		doi_note(r, DOI_INVALID,
		         "a shortDOI has three characters or more after 10/");
	if (r->class == DOI_INVALID)
		return;
	out->canonical = canonical(STR("10"), str_sub(name, 0, n), r->arena);
	doi_note(r, DOI_SHORT, "a shortDOI: write the full DOI it stands for");
}

static bool has_empty_element(struct str registrant)
{
	struct str piece;

	while (str_split(&registrant, '.', &piece))
		if (piece.n == 0)
			return true;
	return false;
}

static void registrant_doubts(struct doi_reading *r, struct str registrant)
{
	size_t first = str_find(registrant, '.');

	if (has_empty_element(registrant))
		doi_note(r, DOI_INVALID, "there is a dot too many before the slash");
	if (first > 9 || registrant.s[0] == '0' || first < 3 ||
	    (first == 3 && first == registrant.n))
		doi_note(r, DOI_SUSPICIOUS,
		         "the number after 10. is none that is given out: check it");
}

static bool is_slashes(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.s[i] != '/')
			return false;
	return true;
}

/* arXiv's DOIs have "arXiv." before the number. */
static bool lacks_arxiv(struct str prefix, struct str suffix)
{
	return str_eqz(prefix, "10.48550") && !doi_starts(suffix, "arxiv.") &&
	       doi_is_arxiv(suffix);
}

/* R->s is "10." and what follows. */
static void read_full(struct doi_reading *r, struct doi *out)
{
	size_t n = prefix_length(r->s);
	struct str prefix = str_sub(r->s, 0, n), rest = str_sub(r->s, n, r->s.n), suffix;

	if (str_starts(rest, STR(" /"))) {
		doi_note(r, DOI_SUSPICIOUS, blank_inside);
		rest = str_trim(rest);
	}
	if (n == 0 || !rest.n || (rest.s[0] != '/' && !(r->urn && rest.s[0] == ':'))) {
		doi_note(r, DOI_INVALID,
		         r->url && !r->s.n ? "an address without a DOI in it"
		                           : doi_why_not(r->s));
		return;
	}
	rest = str_sub(rest, 1, rest.n);
	if (str_starts(rest, STR(" "))) {
		doi_note(r, DOI_SUSPICIOUS, blank_inside);
		rest = str_trim(rest);
	}
	suffix = r->bare ? rest : doi_suffix_end(r, rest);
	if (is_slashes(suffix))
		doi_note(r, DOI_INVALID, "there is nothing behind its slash");
	registrant_doubts(r, str_sub(prefix, 3, prefix.n));
	doi_suffix_doubts(r, suffix);
	if (lacks_arxiv(prefix, suffix))
		doi_note(r, DOI_SUSPICIOUS,
		         "arXiv's DOIs have arXiv. before the number: put it in");
	if (r->class == DOI_INVALID)
		return;
	out->canonical = canonical(prefix, suffix, r->arena);
	if (r->class != DOI_VALID)
		return;
	if (str_eqz(prefix, "10.5555"))
		r->why = "10.5555 is for tests: no work is registered there";
	if (str_eqz(prefix, "10.5072"))
		r->why = "10.5072 is for tests: no work is registered there";
}

/* What stands before the DOI, when no label or address explains it; and "10. 1038". */
static void find_start(struct doi_reading *r)
{
	size_t at = doi_find(r->s, 0);

	if ((str_starts(r->s, STR("10. ")) || str_starts(r->s, STR("10 ."))) &&
	    r->s.n > 4 && is_digit(r->s.s[4])) {
		doi_note(r, DOI_SUSPICIOUS, blank_inside);
		r->s = arena_fmt(r->arena, "10." STR_FMT,
		                 STR_ARG(str_sub(r->s, 4, r->s.n)));
		return;
	}
	if (at == 0 || at == r->s.n || prefix_length(r->s) ||
	    str_starts(r->s, STR("10/")))
		return;
	doi_note(r, DOI_SUSPICIOUS, "there is text before it: write the DOI alone");
	r->s = str_sub(r->s, at, r->s.n);
}

static void find_doi(struct doi_reading *r)
{
	doi_clean(r);
	doi_unescape(r);
	doi_place(r);
	doi_decode(r);
	find_start(r);
}

/* Most DOIs are written as they should be: no step has anything to do for them. */
static bool is_bare(struct str s)
{
	if (!str_starts(s, STR("10.")) || !is_alnum(s.s[s.n - 1]))
		return false;
	for (size_t i = 3; i < s.n; i++) {
		char c = s.s[i];

		if (!is_alnum(c) && c != '.' && c != '/' && c != '-' && c != '_' &&
		    c != '(' && c != ')')
			return false;
		/* It may be another DOI. */
		if (c == '1' && str_starts(str_sub(s, i, 3), STR("10.")))
			return false;
	}
	return true;
}

enum doi_class doi_parse(struct doi *out, struct str text, struct arena *arena)
{
	struct doi_reading r = {
	        .arena = arena, .s = text, .why = "a DOI, written as it should be"};

	*out = (struct doi){.text = text};
	if (text.n > LIMIT_DOI_BYTES) {
		doi_note(&r, DOI_INVALID, "too long for a DOI");
		r.s = STR_NONE;
	}
	r.bare = is_bare(r.s);
	if (!r.bare)
		find_doi(&r);
	if (r.class == DOI_INVALID)
		out->canonical = STR_NONE;
	else if (str_starts(r.s, STR("10/")))
		read_short(&r, out);
	else
		read_full(&r, out);
	out->class = r.class;
	out->why = str_of(r.why);
	if (out->canonical.s)
		out->wire = percent_encode(out->canonical, 1, arena);
	return out->class;
}
