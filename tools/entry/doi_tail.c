#include <string.h>

#include "base/macro.h"
#include "entry/doi_reading.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_alpha(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* ---- what stands behind ---- */

static bool is_name(char c)
{
	return c != ' ' && c != '/' && c != '>';
}

/* "</a>", "<br>", "<sup>": where a tag starts, or S.n. "<135::AID" is part of a SICI. */
static size_t tag_start(struct str s)
{
	static const char *const tags[] = {"a",    "b",      "br",  "i",  "p",   "em",
	                                   "li",   "td",     "tr",  "u",  "div", "font",
	                                   "span", "strong", "sub", "sup"};

	for (size_t i = str_find(s, '<'); i + 1 < s.n; i++) {
		struct str name = str_sub(s, i + 1, s.n);
		bool closing = name.s[0] == '/';
		size_t n = closing;

		if (s.s[i] != '<')
			continue;
		while (n < name.n && is_alpha(name.s[n]))
			n++;
		if (closing && n > 1)
			return i;
		name = str_sub(name, closing, n - closing);
		for (size_t k = 0; k < ARRAY_LEN(tags); k++)
			if (name.n == strlen(tags[k]) && doi_starts(name, tags[k]) &&
			    (n + i + 1 == s.n || !is_name(s.s[i + 1 + n])))
				return i;
	}
	return s.n;
}

static size_t find_pair(struct str s, char a, char b)
{
	size_t i = str_find(s, a);

	while (i + 1 < s.n && s.s[i + 1] != b)
		i += 1 + str_find(str_sub(s, i + 1, s.n), a);
	return i + 1 < s.n ? i : s.n;
}

/* Markup behind a DOI that was taken out of a page or a bibliography. */
static struct str without_markup(struct doi_reading *r, struct str s)
{
	size_t ends[] = {tag_start(s), find_pair(s, '"', '>'), find_pair(s, '}', '{')};
	size_t before = s.n;

	for (size_t i = 0; i < ARRAY_LEN(ends); i++)
		if (ends[i] < s.n)
			s.n = ends[i];
	if (s.n < before)
		doi_note(r, DOI_NORMALISED, "the markup behind it was left out");
	return s;
}

static long balance(struct str s, char open, char close)
{
	long n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += (s.s[i] == open) - (s.s[i] == close);
	return n;
}

/* Bytes at the end of S that belong to the sentence around it, not to the DOI. */
static size_t sentence_mark(struct str s)
{
	static const char *const marks[] = {
	        "\xE2\x80\x9D", "\xE2\x80\x99", "\xE2\x80\x9C",
	        "\xE2\x80\xA6", "\xE2\x80\xBA", "\xC2\xBB",
	        "\xE3\x80\x82", "\xE3\x80\x81", "\xC2\xB7",
	};
	static const char pairs[] = "()[]{}<>";
	const char *close;
	char last = s.s[s.n - 1];

	if (last && strchr(".,;:!?\"'`*|\\", last))
		return 1;
	close = last ? strchr(pairs, last) : NULL;
	if (close && (close - pairs) % 2 == 1)
		return balance(s, close[-1], last) < 0;
	for (size_t i = 0; i < ARRAY_LEN(marks); i++)
		if (str_ends(s, str_of(marks[i])))
			return strlen(marks[i]);
	return 0;
}

/* Bytes at the end of S that point to a footnote, or are signs of trade and law. */
static size_t footnote_mark(struct str s)
{
	static const char *const marks[] = {
	        "\xE2\x80\xA0", "\xE2\x80\xA1", "\xC2\xA7", "\xC2\xB6",     "\xC2\xAE",
	        "\xC2\xA9",     "\xC2\xB9",     "\xC2\xB2", "\xC2\xB3",     "\xC2\xB0",
	        "\xE2\x81\xB4", "\xE2\x81\xB5", "\xC2\xAA", "\xE2\x84\xA2",
	};

	for (size_t i = 0; i < ARRAY_LEN(marks); i++)
		if (str_ends(s, str_of(marks[i])))
			return strlen(marks[i]);
	return 0;
}

static struct str without_footnote(struct doi_reading *r, struct str s)
{
	size_t n = footnote_mark(s);

	if (!n || n == s.n)
		return s;
	s.n -= n;
	doi_note(r, DOI_SUSPICIOUS, "the mark of a footnote behind it was left out");
	return s;
}

static struct str without_marks(struct doi_reading *r, struct str s)
{
	struct str whole = s;
	size_t n;

	while (s.n && (n = sentence_mark(s)))
		s.n -= n;
	if (r->wrapped && str_ends(s, (struct str){&r->wrapped, 1}))
		s.n--;
	if (s.n == whole.n)
		return without_footnote(r, s);
	doi_note(r, DOI_NORMALISED, "the punctuation behind it was left out");
	whole = str_sub(whole, s.n, whole.n);
	if (str_starts(whole, STR("..")) || str_starts(whole, STR("\xE2\x80\xA6")))
		doi_note(r, DOI_SUSPICIOUS, "it was cut short: write it in full");
	return s;
}

static bool has_words(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (is_alpha(s.s[i]) || is_digit(s.s[i]) || (unsigned char)s.s[i] >= 0x80)
			return true;
	return false;
}

static bool is_separator(char c)
{
	return c == ',' || c == ';' || c == '|' || c == ' ';
}

/* A DOI within the suffix of another that is no part of it. */
static bool has_second(struct str s)
{
	for (size_t at = doi_find(s, 0); at < s.n; at = doi_find(s, at + 1)) {
		struct str before = str_sub(s, 0, at);

		if (before.n == 0)
			continue;
		if (is_separator(before.s[before.n - 1]) ||
		    str_ends(before, STR("doi:")) || str_ends(before, STR("DOI:")) ||
		    str_ends(before, STR(".org/")))
			return true;
	}
	return false;
}

struct str doi_suffix_end(struct doi_reading *r, struct str suffix)
{
	size_t blank = str_find(suffix, ' '), before;
	struct str behind = str_trim(str_sub(suffix, blank, suffix.n));
	bool second = has_second(suffix) || doi_find(behind, 0) < behind.n;

	suffix = str_sub(suffix, 0, blank);
	do {
		before = suffix.n;
		suffix = without_marks(r, without_markup(r, suffix));
	} while (suffix.n < before);
	if (second)
		doi_note(r, DOI_INVALID, "more than one DOI: write one in each place");
	else if (doi_starts(behind, "[doi]") || (behind.n && !has_words(behind)))
		doi_note(r, DOI_NORMALISED, "what stands behind it was left out");
	else if (behind.n)
		doi_note(r, DOI_SUSPICIOUS,
		         "there is text behind it: write the DOI alone");
	return suffix;
}

/* ---- doubts ---- */

static bool has_dot_segment(struct str s)
{
	struct str piece;

	while (str_split(&s, '/', &piece))
		if (str_eqz(piece, ".") || str_eqz(piece, ".."))
			return true;
	return false;
}

static bool has_file_ending(struct str s)
{
	static const char *const endings[] = {".pdf",  ".htm",      ".html",  ".xml",
	                                      ".txt",  ".epub",     ".doc",   ".docx",
	                                      ".full", ".abstract", ".short", ".bib"};
	size_t dot = str_rfind(s, '.');
	struct str ending = str_sub(s, dot, s.n);

	for (size_t i = 0; dot && ending.n && i < ARRAY_LEN(endings); i++)
		if (ending.n == strlen(endings[i]) && doi_starts(ending, endings[i]))
			return true;
	return false;
}

/* Words that publishers hang on the DOI in the address of a page. */
static bool has_page(struct str s)
{
	static const char *const pages[] = {"/abstract",  "/full", "/fulltext",
	                                    "/full-text", "/pdf",  "/epdf",
	                                    "/html",      "/meta"};
	size_t slash = str_rfind(s, '/');
	struct str page = str_sub(s, slash, s.n);

	for (size_t i = 0; slash && page.n && i < ARRAY_LEN(pages); i++)
		if (str_eqz(page, pages[i]))
			return true;
	return false;
}

/* "10.1234/" anywhere, also right behind a digit. */
static bool has_glued(struct str s)
{
	for (size_t i = 0; i + 8 <= s.n; i++) {
		size_t n = i + 3;

		if (!str_starts(str_sub(s, i, s.n), STR("10.")))
			continue;
		while (n < s.n && is_digit(s.s[n]))
			n++;
		if (n >= i + 7 && n < s.n && s.s[n] == '/')
			return true;
	}
	return false;
}

/* "428472v1": the number of a version hung on that of a preprint. "/v1" and ".v1" are names. */
static bool has_version(struct str s)
{
	size_t n = s.n;

	while (n && is_digit(s.s[n - 1]))
		n--;
	return n >= 2 && n < s.n && (s.s[n - 1] | 0x20) == 'v' && is_digit(s.s[n - 2]);
}

/* "?name=" or "&name=". */
static bool has_query(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		size_t n = i + 1;

		if (s.s[i] != '?' && s.s[i] != '&')
			continue;
		while (n < s.n && (is_alpha(s.s[n]) || s.s[n] == '_'))
			n++;
		if (n > i + 1 && n < s.n && s.s[n] == '=')
			return true;
	}
	return false;
}

static bool is_unbalanced(struct str s)
{
	return balance(s, '(', ')') || balance(s, '[', ']') || balance(s, '{', '}');
}

/* Whether SUFFIX, behind its slash, begins anew. */
static bool is_twice(struct str suffix)
{
	return doi_find(suffix, 0) < suffix.n || has_glued(suffix);
}

/* A bare one holds few signs and no "10." further on: it needs no search for some of these. */
void doi_suffix_doubts(struct doi_reading *r, struct str suffix)
{
	if (has_dot_segment(suffix))
		doi_note(r, DOI_SUSPICIOUS, "it holds /./ or /../: check it");
	if (!r->bare && str_find(suffix, '\\') < suffix.n)
		doi_note(
		        r, DOI_SUSPICIOUS,
		        "it holds a backslash, as LaTeX has: write the character itself");
	if (has_file_ending(suffix))
		doi_note(r, DOI_SUSPICIOUS,
		         "it ends like the name of a file: leave the ending out");
	if (has_version(suffix))
		doi_note(r, DOI_SUSPICIOUS,
		         "it ends in the number of a version: leave it out");
	if (!r->bare && has_query(suffix))
		doi_note(r, DOI_SUSPICIOUS,
		         "there is the query of an address in it: leave it out");
	if (is_unbalanced(suffix))
		doi_note(r, DOI_SUSPICIOUS, "a bracket has no partner: write it in full");
	if (has_page(suffix))
		doi_note(r, DOI_SUSPICIOUS,
		         "it ends like the address of a page: leave that out");
	if (r->foreign)
		doi_note(r, DOI_SUSPICIOUS,
		         "letters of other scripts are among its Latin ones: check them");
	if (str_starts(suffix, STR("/")) || (!r->bare && is_twice(suffix)))
		doi_note(r, DOI_SUSPICIOUS, "its beginning may stand there twice");
	if (r->url && str_ends(suffix, STR("/")))
		doi_note(r, DOI_SUSPICIOUS, "the slash at the end may be the address's");
}
