#include "probe/internal.h"

#include <string.h>

#include "base/macro.h"

#define TITLE_MAX 1000 /* bytes of a title that are looked at */
#define SMALL_PAGE (32u * 1024) /* more than a page without content has */

static bool holds(struct str text, const char *what)
{
	return text.n && memmem(text.s, text.n, what, strlen(what));
}

static bool holds_any(struct str text, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (holds(text, list[i]))
			return true;
	return false;
}

/* ---- walls ---- */

/* Statuses that walls answer with; other pages may speak of walls. */
static bool is_refusal(int status)
{
	return status == 401 || status == 403 || status == 405 || status == 406 ||
	       status == 429 || status == 503;
}

bool sign_robot_wall(const struct signs *s)
{
	static const char *const titles[] = {
	        "just a moment...", "attention required! | cloudflare", "ddos-guard"};
	static const char *const marks[] = {
	        "captcha",
	        "cf-chl",
	        "challenge-platform",
	        "datadome",
	        "px-block",
	        "are you a robot",
	        "you are human",
	        "security check",
	        "unusual traffic",
	        "incapsula incident",
	        "pardon our interruption",
	        "access to this page has been denied",
	};
	int status = s->reply->status;

	if (http_header_get(s->reply, "cf-mitigated").n || status == 999)
		return true;
	if (holds_any(s->title, titles, ARRAY_LEN(titles)))
		return true;
	return is_refusal(status) && holds_any(s->body, marks, ARRAY_LEN(marks));
}

static bool asks_for_login(const struct http_url *url)
{
	static const char *const paths[] = {
	        "/login",  "/log-in",    "/signin",       "/sign-in", "/sign_in",
	        "/sso/",   "/saml",      "/shibboleth",   "/wayf",    "/oauth",
	        "/openid", "/authorize", "/authenticate",
	};
	static const char *const hosts[] = {
	        "login.", "signin.",   "sso.",  "auth.",
	        "idp.",   "accounts.", "wayf.", "shibboleth.",
	};
	char path[512] = "";
	size_t n = str_find(url->path, '?');

	n = n < sizeof(path) - 1 ? n : sizeof(path) - 1;
	for (size_t i = 0; i < n; i++)
		path[i] = ascii_lower(url->path.s[i]);
	for (size_t i = 0; i < ARRAY_LEN(hosts); i++)
		if (str_starts(url->host, str_of(hosts[i])))
			return true;
	return holds_any(str_of(path), paths, ARRAY_LEN(paths));
}

bool sign_login(const struct signs *s)
{
	return s->reply->hops_n && asks_for_login(&s->final) &&
	       !asks_for_login(&s->asked);
}

/* ---- pages that say "not found" and mean it ---- */

static struct str without_www(struct str host)
{
	return str_starts(host, STR("www.")) ? str_sub(host, 4, host.n) : host;
}

static struct str without_slash(struct str path)
{
	return path.n && path.s[path.n - 1] == '/' ? str_sub(path, 0, path.n - 1) : path;
}

bool sign_moved(const struct signs *s)
{
	return s->reply->hops_n &&
	       (!str_eq(without_www(s->asked.host), without_www(s->final.host)) ||
	        !str_eq(without_slash(s->asked.path), without_slash(s->final.path)));
}

/* One of the hosts is the other, or a part of it: people.a.example, a.example. */
static bool same_site(struct str a, struct str b)
{
	struct str longer = without_www(a), shorter = without_www(b);

	if (longer.n < shorter.n) {
		longer = without_www(b);
		shorter = without_www(a);
	}
	return str_ends(longer, shorter) &&
	       (longer.n == shorter.n || longer.s[longer.n - shorter.n - 1] == '.');
}

static bool is_first_page(struct str path)
{
	static const char *const names[] = {
	        "/", "/index.html", "/index.htm", "/index.php", "/home", "/home/",
	};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_eqz(path, names[i]))
			return true;
	return false;
}

static bool is_error_page(struct str path)
{
	static const char *const names[] = {
	        "404",          "not-found",      "notfound", "not_found",
	        "pagenotfound", "page-not-found", "error404", "404error",
	};
	struct str rest = str_sub(path, 0, str_find(path, '?')), piece;

	while (str_split(&rest, '/', &piece)) {
		piece = str_sub(piece, 0, str_find(piece, '.'));
		for (size_t i = 0; i < ARRAY_LEN(names); i++)
			if (str_eqz(piece, names[i]))
				return true;
	}
	return false;
}

/* Without what stands around the words of a title. */
static struct str bare(struct str s)
{
	while (s.n && strchr(" .!:-", s.s[0]))
		s = str_sub(s, 1, s.n);
	while (s.n && strchr(" .!:-", s.s[s.n - 1]))
		s.n--;
	return s;
}

static bool says_not_found(struct str part)
{
	static const char *const words[] = {
	        "404",
	        "not found",
	        "page not found",
	        "404 not found",
	        "404 page not found",
	        "404 - page not found",
	        "404: not found",
	        "404 - not found",
	        "error 404",
	        "404 error",
	        "file not found",
	        "404 file not found",
	        "page cannot be found",
	        "the page cannot be found",
	        "page does not exist",
	        "page no longer exists",
	        "oops",
	        "seite nicht gefunden",
	        "page introuvable",
	        "page non trouv\303\251e",
	        "p\xC3\xA1gina no encontrada",
	        "pagina non trovata",
	        "p\xC3\xA1gina n\xC3\xA3o encontrada",
	        "sayfa bulunamad\xC4\xB1",
	        "kh\xC3\xB4ng t\xC3\xACm th\xE1\xBA\xA5y trang",
	};

	part = bare(part);
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_eqz(part, words[i]))
			return true;
	return false;
}

/* Cut the part of a title before the first of the signs between names off REST. */
static struct str title_part(struct str *rest)
{
	static const char *const between[] = {
	        "|", " - ", " \xE2\x80\x93 ", " \xE2\x80\x94 ", " \xC2\xB7 ", " :: "};
	struct str part = *rest;
	size_t next = rest->n;

	for (size_t i = 0; i < ARRAY_LEN(between); i++) {
		const char *at = memmem(part.s, part.n, between[i], strlen(between[i]));

		if (!at)
			continue;
		part.n = (size_t)(at - part.s);
		next = part.n + strlen(between[i]);
	}
	*rest = str_sub(*rest, next, rest->n);
	return part;
}

/* A title is the page's and the site's name; only the whole of one of them counts. */
static bool title_not_found(struct str title)
{
	struct str rest = str_sub(title, 0, TITLE_MAX);

	if (says_not_found(rest))
		return true;
	while (rest.n)
		if (says_not_found(title_part(&rest)))
			return true;
	return false;
}

const char *sign_soft_404(const struct signs *s)
{
	if (s->reply->hops_n && !is_first_page(s->asked.path) &&
	    is_first_page(s->final.path) && same_site(s->asked.host, s->final.host))
		return "it redirects to the first page of its site, as for pages that are gone";
	if (s->reply->hops_n && is_error_page(s->final.path) &&
	    !is_error_page(s->asked.path))
		return "it redirects to a page for what is not found";
	if (title_not_found(s->title))
		return "its title says that the page was not found";
	return NULL;
}

bool sign_parked(const struct signs *s)
{
	static const char *const hosts[] = {
	        "sedoparking.com", "sedo.com",         "hugedomains.com",
	        "dan.com",         "afternic.com",     "bodis.com",
	        "parkingcrew.net", "domainmarket.com", "buydomains.com",
	        "undeveloped.com",
	};
	static const char *const marks[] = {
	        "this domain is for sale",
	        "domain is for sale",
	        "buy this domain",
	        "domain may be for sale",
	        "this domain is parked",
	        "domain has been parked",
	        "parked free, courtesy of",
	        "sedoparking",
	        "parkingcrew",
	        "the domain has expired",
	        "this domain has expired",
	};
	struct str host = without_www(s->final.host);

	for (size_t i = 0; s->reply->hops_n && i < ARRAY_LEN(hosts); i++)
		if (str_eqz(host, hosts[i]) && !str_eq(host, without_www(s->asked.host)))
			return true;
	return !s->reply->truncated && s->body.n < SMALL_PAGE &&
	       holds_any(s->body, marks, ARRAY_LEN(marks));
}
