/*
 * doi_not.c - what a text is instead, when it is no DOI
 */
#include <string.h>

#include "base/macro.h"
#include "entry/doi_reading.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_alnum(char c)
{
	return is_digit(c) || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z');
}

/* "No DOI found", "DOI not available", "to be announced": words that say there is none. */
static bool says_none(struct str s)
{
	static const char *const starts[] = {
	        "no doi",    "doi not",      "doi un",    "doi pending", "to be ",
	        "not yet",   "not assigned", "not found", "in prep",     "in review",
	        "submitted", "accepted",     "to appear"};

	for (size_t i = 0; i < ARRAY_LEN(starts); i++)
		if (doi_starts(s, starts[i]))
			return true;
	return false;
}

static bool is_placeholder(struct str s)
{
	static const char *const words[] = {
	        "n/a",           "na",          "n.a.",
	        "n.a",           "none",        "null",
	        "nil",           "nan",         "unknown",
	        "unavailable",   "undefined",   "tbd",
	        "tba",           "todo",        "pending",
	        "not available", "no doi",      "missing",
	        "in press",      "forthcoming", "not applicable",
	        "doi",           "xxx",         "empty",
	        "void",          "false",       "unpublished"};
	size_t marks = 0;

	while (s.n && strchr(".!?:", s.s[s.n - 1]) && s.s[s.n - 1] && !str_eqz(s, "n.a."))
		s.n--;
	while (marks < s.n && !is_alnum(s.s[marks]))
		marks++;
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (s.n == strlen(words[i]) && doi_starts(s, words[i]))
			return true;
	return marks == s.n || says_none(s);
}

bool doi_is_date(struct str s)
{
	size_t groups = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (!is_digit(s.s[i]) && s.s[i] != '/' && s.s[i] != '-' && s.s[i] != '.')
			return false;
		groups += is_digit(s.s[i]) && (i == 0 || !is_digit(s.s[i - 1]));
	}
	return groups == 3 && s.n <= 10;
}

bool doi_is_arxiv(struct str s)
{
	size_t dot = str_find(s, '.'), n = dot + 1;

	if (doi_starts(s, "arxiv"))
		return true;
	for (size_t i = 0; i < dot; i++)
		if (!is_digit(s.s[i]))
			return false;
	while (n < s.n && is_digit(s.s[n]))
		n++;
	return dot == 4 && n - dot - 1 >= 4 && n - dot - 1 <= 5 &&
	       (n == s.n || ascii_lower(s.s[n]) == 'v');
}

/* Letters that were typed for digits: "1O.1038", "l0.1038". */
static bool has_letter_for_digit(struct str s)
{
	bool letter = false;
	size_t n = str_find(s, '/');

	for (size_t i = 0; i < n; i++) {
		if (!strchr("0123456789.OoIl", s.s[i]) || !s.s[i])
			return false;
		letter = letter || is_alnum(s.s[i]) != is_digit(s.s[i]);
	}
	return letter && n < s.n && str_find(s, '.') < n;
}

/* Digits, a dot, digits, a slash: as a DOI, but for the 10. */
static bool has_other_directory(struct str s)
{
	size_t dot = str_find(s, '.'), n;

	for (n = 0; n < s.n && (is_digit(s.s[n]) || s.s[n] == '.'); n++)
		continue;
	return dot && dot < n && n < s.n && s.s[n] == '/' && !str_starts(s, STR("10."));
}

/* "978-0-387-84857-0" or "0140-6736". */
static bool is_book_or_journal(struct str s)
{
	size_t digits = 0;

	for (size_t i = 0; i < s.n; i++) {
		bool last = i + 1 == s.n && ascii_lower(s.s[i]) == 'x';

		if (!is_digit(s.s[i]) && s.s[i] != '-' && s.s[i] != ' ' && !last)
			return false;
		digits += is_digit(s.s[i]) || last;
	}
	return (digits == 13 && s.s[0] == '9') || (digits == 8 && str_find(s, '-') == 4);
}

/* "math/0309136", "hep-th/9901001". */
static bool is_old_arxiv(struct str s)
{
	size_t slash = str_find(s, '/');
	struct str number = str_sub(s, slash + 1, s.n);

	if (slash == s.n || number.n < 7 || !is_alnum(s.s[0]) || is_digit(s.s[0]))
		return false;
	for (size_t i = 0; i < 7; i++)
		if (!is_digit(number.s[i]))
			return false;
	return number.n == 7 || ascii_lower(number.s[7]) == 'v';
}

const char *doi_why_not(struct str s)
{
	if (s.n == 0)
		return "there is nothing: leave the field out";
	if (is_placeholder(s))
		return "a placeholder: leave the field out when there is no DOI";
	if (doi_is_date(s))
		return "a date, no DOI";
	if (doi_is_arxiv(s) || is_old_arxiv(s))
		return "an arXiv number: its DOI is 10.48550/arXiv. and the number, "
		       "without version";
	if (doi_starts(s, "pmc") || doi_starts(s, "pmid"))
		return "a PubMed number: look its DOI up there";
	if (doi_starts(s, "isbn") || doi_starts(s, "issn") || is_book_or_journal(s))
		return "the number of a book or journal, no DOI";
	if (has_letter_for_digit(s))
		return "letters stand for digits: a DOI begins with one, zero, dot";
	if (has_other_directory(s))
		return "a DOI begins with 10.";
	if (str_starts(s, STR("10.")))
		return "a DOI has digits behind 10., then a slash, then a name";
	return "no DOI: one begins with 10., digits and a slash";
}
