/* control.c - the control file: how the services misbehave */
#include "double.h"

#include <stdio.h>
#include <stdlib.h>

static char text[65536];
static unsigned asked[SERVICES + 1]; /* requests of each service since the file changed */

static void read_control(const char *control)
{
	static char old[sizeof(text)];
	FILE *f = control ? fopen(control, "r") : NULL;
	size_t n = f ? fread(text, 1, sizeof(text) - 1, f) : 0;

	text[n] = '\0';
	if (f)
		fclose(f);
	if (str_eq(str_of(old), str_of(text)))
		return;
	snprintf(old, sizeof(old), "%s", text);
	for (int i = 0; i <= SERVICES; i++)
		asked[i] = 0;
}

static long number(struct str s)
{
	long v = 0;

	if (!s.n)
		return -1;
	for (size_t i = 0; i < s.n; i++) {
		if (s.s[i] < '0' || s.s[i] > '9')
			return -1;
		v = v * 10 + (s.s[i] - '0');
	}
	return v;
}

/* "first=3", "every=2", "path=/works?": whether the line is about this request. */
static bool applies(struct str word, const struct request *q)
{
	struct str value = str_sub(word, str_find(word, '=') + 1, word.n);
	unsigned k = asked[q->service];

	if (str_starts(word, STR("first=")))
		return k <= number(value);
	if (str_starts(word, STR("after=")))
		return k > number(value);
	if (str_starts(word, STR("every=")))
		return k % (unsigned)number(value) == 0;
	if (str_starts(word, STR("path=")))
		return str_starts(q->path, value);
	return true;
}

struct line {
	struct str mode;
	long number;
};

/* The parts of a line about Q's service; false when it is about something else. */
static bool parse(struct line *out, struct str line, const struct request *q)
{
	struct str word;
	bool first = true;

	*out = (struct line){.number = -1};
	while (str_split(&line, ' ', &word)) {
		if (!word.n)
			continue;
		if (first && !str_eqz(word, service_names[q->service]) &&
		    !str_eqz(word, "all"))
			return false;
		if (!first && !out->mode.n)
			out->mode = word;
		else if (!first && number(word) >= 0)
			out->number = number(word);
		else if (!first && !applies(word, q))
			return false;
		first = false;
	}
	return out->mode.n;
}

static bool is_setting(struct str mode)
{
	static const char *const settings[] = {"interval", "latency", "pool",  "free",
	                                       "upper",    "reverse", "twice", "lose",
	                                       "long",     "escape",  "strict"};

	for (size_t i = 0; i < sizeof(settings) / sizeof(*settings); i++)
		if (str_eqz(mode, settings[i]))
			return true;
	return false;
}

struct trouble trouble_for(const char *control, const struct request *q)
{
	struct str rest, line;
	struct line l;

	read_control(control);
	asked[q->service]++;
	rest = str_of(text);
	while (str_split(&rest, '\n', &line))
		if (parse(&l, line, q) && !is_setting(l.mode))
			return (struct trouble){l.mode, l.number};
	return (struct trouble){STR_NONE, -1};
}

long setting(const struct request *q, const char *name, long otherwise)
{
	struct str rest = str_of(text), line;
	struct line l;

	while (str_split(&rest, '\n', &line))
		if (parse(&l, line, q) && str_eqz(l.mode, name))
			return l.number;
	return otherwise;
}

bool setting_is(const struct request *q, const char *name)
{
	return setting(q, name, -2) != -2;
}
