#include <string.h>

#include "base/macro.h"
#include "entry/doi_reading.h"

/* Labels within labels; more than this is not somebody's slip. */
#define PLACE_ROUNDS 8

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_alnum(char c)
{
	return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* ---- marks around ---- */

/* What is left of R->s from byte FROM on, at most N bytes. */
static void keep(struct doi_reading *r, size_t from, size_t n, const char *why)
{
	r->s = str_trim(str_sub(r->s, from, n));
	doi_note(r, DOI_NORMALISED, why);
}

/* Byte offset of TEXT (lower case) in S, whatever the case of its letters there, or S.n. */
static size_t find_text(struct str s, const char *text)
{
	for (size_t i = 0; i < s.n; i++)
		if (doi_starts(str_sub(s, i, s.n), text))
			return i;
	return s.n;
}

/* "[text](address)" of Markdown, and <a href="address">: the address. */
static bool link_target(struct doi_reading *r)
{
	static const char why[] = "taken from the link around it";
	size_t at = find_text(r->s, "](");

	if ((doi_starts(r->s, "[") || doi_starts(r->s, "![")) && at < r->s.n) {
		struct str target = str_sub(r->s, at + 2, r->s.n);
		size_t end = str_rfind(target, ')');

		keep(r, at + 2, end, why);
		return true;
	}
	at = find_text(r->s, "href=");
	if (doi_starts(r->s, "<a ") && at + 6 < r->s.n) {
		char quote = r->s.s[at + 5];
		struct str target = str_sub(r->s, at + 6, r->s.n);

		keep(r, at + 6, str_find(target, quote), why);
		return true;
	}
	return false;
}

/* Opening marks; their closing ones go with what stands behind the DOI. */
static bool opening(struct doi_reading *r)
{
	static const char *const marks[] = {
	        "<doi>",
	        "(",
	        "[",
	        "{",
	        "<",
	        "\"",
	        "'",
	        "`",
	        "*",
	        "\xE2\x80\x9C",
	        "\xE2\x80\x98",
	        "\xE2\x80\x9E",
	        "\xE2\x80\xB9",
	        "\xC2\xAB",
	        "_",
	        "$",
	        "\\doi{",
	        "\\url{",
	        "\\href{",
	};

	for (size_t i = 0; i < ARRAY_LEN(marks); i++)
		if (doi_starts(r->s, marks[i])) {
			if (strchr("_$", marks[i][0]))
				r->wrapped = marks[i][0];
			keep(r, strlen(marks[i]), r->s.n,
			     "marks around it were left out");
			return true;
		}
	return false;
}

/* ---- labels and resolvers ---- */

/* "doi" as a word by itself, with what joins it to the name. */
static bool doi_label(struct doi_reading *r)
{
	struct str rest = str_sub(r->s, 3, r->s.n);
	size_t n = 0;

	if (!doi_starts(r->s, "doi") || doi_starts(rest, ".org"))
		return false;
	while (n < rest.n && rest.s[n] && strchr(" :=/-#.", rest.s[n]))
		n++;
	if (!doi_starts(str_sub(rest, n, 2), "10") && (!n || !strchr(" :=/", rest.s[0])))
		return false;
	keep(r, 3 + n, r->s.n, "written with a label: write it bare");
	return true;
}

static bool label(struct doi_reading *r)
{
	static const char *const labels[] = {"info:doi/", "info:doi:", "info:hdl/",
	                                     "urn:doi:",  "urn:",      "hdl:",
	                                     "handle:",   "uri:",      "url:"};

	for (size_t i = 0; i < ARRAY_LEN(labels); i++)
		if (doi_starts(r->s, labels[i])) {
			r->urn = r->urn || doi_starts(r->s, "urn:");
			r->url = r->url || doi_starts(r->s, "info:") || r->urn;
			keep(r, strlen(labels[i]), r->s.n,
			     "written with a label: write it bare");
			return true;
		}
	return doi_label(r);
}

/* "https://" or "//", also with a colon or slashes lost or doubled. */
static bool scheme(struct doi_reading *r)
{
	size_t name = 0, n;

	if (doi_starts(r->s, "http"))
		name = doi_starts(r->s, "https") ? 5 : 4;
	else if (!doi_starts(r->s, "//"))
		return false;
	n = name;
	while (n < r->s.n && r->s.s[n] && strchr(":/; ", r->s.s[n]))
		n++;
	if (n == name)
		return false;
	r->url = true;
	keep(r, n, r->s.n, "written as an address: write it bare");
	return true;
}

static bool resolver(struct doi_reading *r)
{
	static const char *const hosts[] = {
	        "doi.org",        "dx.doi.org", "www.doi.org",        "www.dx.doi.org",
	        "hdl.handle.net", "dx.doi",     "www.hdl.handle.net", "shortdoi.org"};
	static const char *const paths[] = {"api/handles/", "doira/", "ra/"};

	for (size_t i = 0; i < ARRAY_LEN(hosts); i++) {
		struct str rest = str_sub(r->s, strlen(hosts[i]), r->s.n);

		if (!doi_starts(r->s, hosts[i]))
			continue;
		if (doi_starts(rest, ":443") || doi_starts(rest, ":80"))
			rest = str_sub(rest, str_find(rest, '/'), rest.n);
		if (doi_starts(rest, "./"))
			rest = str_sub(rest, 1, rest.n); /* the dot of the root */
		if (rest.n && rest.s[0] != '/' && !doi_starts(rest, "10."))
			continue;
		while (rest.n && (rest.s[0] == '/' || rest.s[0] == ' '))
			rest = str_sub(rest, 1, rest.n);
		for (size_t k = 0; k < ARRAY_LEN(paths); k++)
			if (doi_starts(rest, paths[k]))
				rest = str_sub(rest, strlen(paths[k]), rest.n);
		r->url = true;
		keep(r, r->s.n - rest.n, r->s.n, "written as an address: write it bare");
		return true;
	}
	return false;
}

/* ---- other addresses ---- */

/* "10.0.0.1" is a host; "http://10.1038/x" is a DOI behind a scheme. */
static bool is_address(struct str host)
{
	size_t dots = 0;

	for (size_t i = 0; i < host.n; i++) {
		if (!is_digit(host.s[i]) && host.s[i] != '.')
			return false;
		dots += host.s[i] == '.';
	}
	return dots == 3;
}

/* Whether the words before the DOI say that it is one: ".../doi/full/", "...?doi=". */
static bool announces(struct str before)
{
	static const char *const words[] = {"doi/",     "doi=",      "dois/",    "works/",
	                                    "/article", "/chapter",  "/content", "/book",
	                                    "/abs/",    "/record",   "/pdf/",    "/full/",
	                                    "doi.org/", "doi.org%2f"};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (find_text(before, words[i]) < before.n)
			return true;
	return false;
}

static bool is_proxy(struct str host)
{
	static const char *const words[] = {"proxy", "ezp", "lib", "acces", "remote"};

	if (find_text(host, "doi-org.") < host.n)
		return true;
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (find_text(host, words[i]) < host.n)
			return find_text(host, "doi.org.") < host.n;
	return false;
}

/* "doi.acm.org": the resolver of a publisher. "doi.org" misspelt has one dot. */
static bool is_resolver_of_one(struct str host)
{
	size_t dot = str_find(host, '.');

	return (doi_starts(host, "doi.") || doi_starts(host, "dx.")) &&
	       str_rfind(host, '.') > dot + 1 && !doi_starts(host, "doi.org") &&
	       !doi_starts(host, "dx.doi");
}

/* Services that take a DOI as the path of their addresses. */
static bool is_service(struct str host)
{
	static const char *const hosts[] = {"oadoi.org",         "data.crosscite.org",
	                                    "data.crossref.org", "data.datacite.org",
	                                    "unpaywall.org",     "api.unpaywall.org",
	                                    "doai.io",           "api.oadoi.org"};

	for (size_t i = 0; i < ARRAY_LEN(hosts); i++)
		if (host.n == strlen(hosts[i]) && doi_starts(host, hosts[i]))
			return true;
	return false;
}

/* Words that publishers hang on the DOI in the address of a page. */
static struct str without_page(struct str s)
{
	static const char *const pages[] = {
	        "/abstract", "/full",       "/fulltext", "/full-text", "/pdf",
	        "/epdf",     "/epub",       "/html",     "/meta",      "/summary",
	        "/figures",  "/references", "/citation", "/asset",
	};

	while (str_ends(s, STR("/")))
		s.n--;
	for (size_t i = 0; i < ARRAY_LEN(pages); i++)
		if (str_ends(s, str_of(pages[i])))
			s.n -= strlen(pages[i]);
	return s;
}

/* R->s is HOST and what follows, and HOST is no resolver: look for a DOI in its path. */
static void other_address(struct doi_reading *r)
{
	size_t end = str_find(r->s, '/'), at, stop;
	struct str host = str_sub(r->s, 0, end), path = str_sub(r->s, end, r->s.n);

	if (!is_address(host) && doi_find(r->s, 0) == 0) {
		doi_note(r, DOI_SUSPICIOUS, "a DOI behind http://: write it bare");
		return;
	}
	at = doi_find(path, 0);
	if (at == path.n) {
		doi_note(r, DOI_INVALID,
		         find_text(host, "arxiv.org") < host.n
		                 ? "an arXiv page: its DOI is 10.48550/arXiv. and the "
		                   "number"
		                 : "an address without a DOI in it");
		return;
	}
	/* These say more than that it is an address. */
	if (is_proxy(host))
		r->why = "the address of a library's proxy: write the DOI bare";
	else if (is_resolver_of_one(host) || is_service(host) ||
	         announces(str_sub(path, 0, at)))
		r->why = "the address of a page: write the DOI bare";
	else
		doi_note(r, DOI_SUSPICIOUS,
		         "the address of an unknown site: check the DOI");
	stop = str_find(path, '?');
	path = str_sub(path, at, path.n);
	path.n = str_find(path, '#');
	path.n = str_find(path, stop < at ? '&' : '?');
	r->s = without_page(path);
}

/* ---- what stands behind a resolver's address ---- */

static void address_end(struct doi_reading *r)
{
	size_t hash = str_find(r->s, '#'), query;

	/* SICIs end in "-#", and nobody encodes it. */
	if (hash + 1 == r->s.n && hash && r->s.s[hash - 1] == '-') {
		doi_note(r, DOI_SUSPICIOUS,
		         "its '#' has to be written %23 in an address: write the DOI "
		         "bare");
	} else if (hash < r->s.n) {
		r->s.n = hash;
		doi_note(r, DOI_SUSPICIOUS, "a fragment behind it was left out");
	}
	query = str_find(r->s, '?');
	if (query == r->s.n)
		return;
	if (str_find(str_sub(r->s, query, r->s.n), '=') < r->s.n - query) {
		r->s.n = query;
		doi_note(r, DOI_NORMALISED, "the query behind it was left out");
	} else if (query + 1 < r->s.n) {
		doi_note(r, DOI_SUSPICIOUS,
		         "its '?' has to be written %3F in an address: write the DOI "
		         "bare");
	}
}

/* A shortDOI may be called without its "10/". */
static void bare_short(struct doi_reading *r)
{
	bool letter = false;

	for (size_t i = 0; i < r->s.n; i++) {
		if (!is_alnum(r->s.s[i]))
			return;
		letter = letter || !is_digit(r->s.s[i]);
	}
	if (letter && r->s.n >= 3)
		r->s = arena_fmt(r->arena, "10/" STR_FMT, STR_ARG(r->s));
}

/* ".org": a dot and two letters or more. */
static bool ends_in_letters(struct str host)
{
	size_t dot = str_rfind(host, '.');

	for (size_t i = dot; i < host.n; i++)
		if (i > dot && (!is_alnum(host.s[i]) || is_digit(host.s[i])))
			return false;
	return dot + 2 < host.n;
}

/* "www.example.org/...". */
static bool starts_with_host(struct str s)
{
	struct str host = str_sub(s, 0, str_find(s, '/'));

	for (size_t i = 0; i < host.n; i++)
		if (!is_alnum(host.s[i]) && host.s[i] != '.' && host.s[i] != '-')
			return false;
	return host.n < s.n && ends_in_letters(host);
}

void doi_place(struct doi_reading *r)
{
	bool resolved = false, host = false;

	for (int i = 0; i < PLACE_ROUNDS; i++) {
		if (resolver(r)) {
			resolved = true;
		} else if (scheme(r)) {
			host = true;
			resolved = false;
			continue;
		} else if (!link_target(r) && !opening(r) && !label(r)) {
			break;
		}
		host = false;
	}
	if (host || (!resolved && starts_with_host(r->s))) {
		r->url = true;
		doi_note(r, DOI_NORMALISED, "written as an address: write it bare");
		other_address(r);
	} else if (resolved) {
		address_end(r);
		bare_short(r);
	}
}
