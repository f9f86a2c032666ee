#include "probe/internal.h"

#include <string.h>
#include <strings.h>

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool is_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* ---- elements ---- */

struct attribute {
	struct str name, value;
};

/* The text up to one of STOPS or white space, from *AT on. */
static struct str word(struct str html, size_t *at, const char *stops)
{
	size_t from = *at;

	while (*at < html.n && html.s[*at] && !is_space(html.s[*at]) &&
	       !strchr(stops, html.s[*at]))
		(*at)++;
	if (*at == from && *at < html.n && !html.s[*at])
		(*at)++;
	return str_sub(html, from, *at - from);
}

static void skip_space(struct str html, size_t *at)
{
	while (*at < html.n && is_space(html.s[*at]))
		(*at)++;
}

static struct str attribute_value(struct str html, size_t *at)
{
	struct str value;
	char quote;

	skip_space(html, at);
	if (*at == html.n)
		return STR("");
	quote = html.s[*at];
	if (quote != '"' && quote != '\'')
		return word(html, at, ">");
	value = str_sub(html, *at + 1, html.n);
	value.n = str_find(value, quote);
	*at += value.n + 2;
	if (*at > html.n)
		*at = html.n;
	return value;
}

/* The next attribute of the element that *AT is in; false at its end. */
static bool next_attribute(struct str html, size_t *at, struct attribute *out)
{
	while (*at < html.n && (is_space(html.s[*at]) || html.s[*at] == '/'))
		(*at)++;
	if (*at >= html.n || html.s[*at] == '>')
		return false;
	out->name = word(html, at, "=>/");
	out->value = STR("");
	skip_space(html, at);
	if (*at < html.n && html.s[*at] == '=') {
		(*at)++;
		out->value = attribute_value(html, at);
	}
	return true;
}

/* Move *AT into the next element, behind its name. Comments are stepped over. */
static bool next_element(struct str html, size_t *at, struct str *name)
{
	for (; *at < html.n; (*at)++) {
		struct str rest;
		const char *end;

		if (html.s[*at] != '<')
			continue;
		rest = str_sub(html, *at + 1, html.n);
		if (str_starts(rest, STR("!--"))) {
			end = memmem(html.s + *at, html.n - *at, "-->", 3);
			*at = end ? (size_t)(end - html.s) : html.n;
			continue;
		}
		if (!rest.n || !is_letter(rest.s[0]))
			continue;
		(*at)++;
		*name = word(html, at, "/>");
		return true;
	}
	return false;
}

static bool is_name(struct str s, const char *lower)
{
	return s.n == strlen(lower) && !strncasecmp(s.s, lower, s.n);
}

void page_ids(struct map *out, struct str html)
{
	struct attribute a;
	struct str name;
	size_t at = 0;

	while (next_element(html, &at, &name))
		while (next_attribute(html, &at, &a))
			if (is_name(a.name, "id") || is_name(a.name, "name"))
				map_set(out, a.value, out);
}

struct str page_title(struct arena *a, struct str html)
{
	struct attribute ignored;
	struct str name, title;
	size_t at = 0;
	char *z;

	while (next_element(html, &at, &name)) {
		while (next_attribute(html, &at, &ignored))
			;
		if (!is_name(name, "title"))
			continue;
		title = str_sub(html, at + 1, html.n);
		title.n = str_find(title, '<');
		z = arena_alloc(a, title.n + 1, 1);
		for (size_t i = 0; i < title.n; i++)
			z[i] = is_space(title.s[i]) ? ' ' : title.s[i];
		return str_trim((struct str){z, title.n});
	}
	return STR_NONE;
}
