/*
 * generate.c - a dataset of any size, the same every time, to measure with
 *
 *     generate DIR N [--invalid PERCENT]
 *
 * Writes N entries of the form of dataset/methods, 1.6 KB on average, into DIR/methods; past
 * 10,000 into 1,000 folders of it. PERCENT of them (1 unless told) have a defect, each of enum
 * defect in turn. The bytes follow from N and PERCENT.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "words.h"

#define LEN(a) (sizeof(a) / sizeof((a)[0]))
/* One of LIST. At most one a statement: C leaves the order of arguments open. */
#define PICK(e, list) ((list)[below((e), LEN(list))])
#define SHARD_ABOVE 10000
#define SHARDS 1000
#define MAX_SOURCES 3
#define TEXT_COLUMNS 86

enum defect {
	SOUND,
	NO_SHORT_NAME,
	OTHER_ID,
	UNKNOWN_KEY,
	UNKNOWN_TERM,
	YEAR_AS_TEXT,
	YEAR_TOO_EARLY,
	NO_ORIGINATORS,
	FALSE_ET_AL,
	BAD_LANGUAGE,
	DANGLING_RELATION,
	RELATED_TWICE,
	BAD_DOI,
	DOI_ADDRESS,
	KEY_TWICE,
	TAB,
	OPEN_QUOTE,
	DEFECTS
};

struct work {
	char key[32];
	int year;
	const char *author;
};

struct entry {
	FILE *out;
	uint64_t state; /* of the random numbers */
	size_t number, total;
	enum defect defect;
	char id[96];
	const struct word *quality, *kind;
	const char *topic;
	struct work works[MAX_SOURCES];
	size_t works_n;
};

/* A random number below N: an additive sequence, its bits mixed by multiplication. */
static size_t below(struct entry *e, size_t n)
{
	uint64_t x = e->state += UINT64_C(0x9e3779b97f4a7c15);

	x = (x ^ (x >> 32)) * UINT64_C(0xd6e8feb86659fd93);
	x = (x ^ (x >> 32)) * UINT64_C(0xd6e8feb86659fd93);
	return (size_t)((x ^ (x >> 32)) % n);
}

static bool chance(struct entry *e, size_t percent)
{
	return below(e, 100) < percent;
}

/* The id of entry NUMBER; no two are the same. */
static void id_of(char *out, size_t size, size_t number)
{
	const char *quality = qualities[number % LEN(qualities)].en;
	size_t rest = number / LEN(qualities);
	const char *topic = topics[rest % LEN(topics)];
	const char *kind = kinds[rest / LEN(topics) % LEN(kinds)].en;
	size_t again = rest / LEN(topics) / LEN(kinds);

	if (again)
		snprintf(out, size, "%s-%s-%s-%zu", quality, topic, kind, again + 1);
	else
		snprintf(out, size, "%s-%s-%s", quality, topic, kind);
}

/* The entries with a defect are spread evenly, and the defects among them. */
static enum defect defect_of(size_t number, size_t percent)
{
	size_t before = number * percent / 100;

	if ((number + 1) * percent / 100 == before)
		return SOUND;
	return (enum defect)(1 + before % (DEFECTS - 1));
}

static void entry_init(struct entry *e, size_t number, size_t total, size_t percent)
{
	size_t rest = number / LEN(qualities);

	*e = (struct entry){.number = number, .total = total, .state = number};
	e->defect = defect_of(number, percent);
	id_of(e->id, sizeof(e->id), number);
	e->quality = &qualities[number % LEN(qualities)];
	e->topic = topics[rest % LEN(topics)];
	e->kind = &kinds[rest / LEN(topics) % LEN(kinds)];
	e->works_n = chance(e, 15) ? MAX_SOURCES : MAX_SOURCES - 1;
	for (size_t i = 0; i < e->works_n; i++) {
		struct work *w = &e->works[i];

		w->year = (int)(1950 + below(e, 70));
		w->author = PICK(e, surnames);
		snprintf(w->key, sizeof(w->key), "author%d-%zu", w->year, i + 1);
	}
}

static int capital(const char *word)
{
	return word[0] - 'a' + 'A';
}

static void write_name(struct entry *e)
{
	const char *q = e->quality->en, *t = e->topic;

	fprintf(e->out, "id: %s\n", e->defect == OTHER_ID ? "another-id" : e->id);
	fprintf(e->out, "name:\n  en: %c%s %s %s\n", capital(q), q + 1, t, e->kind->en);
	if (chance(e, 20))
		fprintf(e->out, "  vi: %s %s %s\n", e->kind->vi, t, e->quality->vi);
	if (chance(e, 35))
		fprintf(e->out, "  tr: %s %s %s\n", e->quality->tr, t, e->kind->tr);
	if (e->defect == BAD_LANGUAGE)
		fprintf(e->out, "  English: %s\n", t);
	if (e->defect != NO_SHORT_NAME)
		fprintf(e->out, "short_name: %c%s %s\n", capital(q), q + 1, e->kind->en);
	if (e->defect == UNKNOWN_KEY)
		fprintf(e->out, "shortname: %s\n", t);
}

static void write_classes(struct entry *e)
{
	const char *field = PICK(e, fields);
	const char *family = PICK(e, families);
	int year = e->works[0].year;

	fprintf(e->out, "field: %s\nfamily: %s\n",
	        e->defect == UNKNOWN_TERM ? "astrology" : field, family);
	if (e->defect == TAB)
		fputs("\tnote: indented\n", e->out);
	if (e->defect == KEY_TWICE)
		fprintf(e->out, "year: %d\n", year);
	if (e->defect == YEAR_AS_TEXT)
		fprintf(e->out, "year: about %d\n", year);
	else
		fprintf(e->out, "year: %d\n", e->defect == YEAR_TOO_EARLY ? 99 : year);
}

static void write_originators(struct entry *e)
{
	const char *et_al = chance(e, 25) ? ", et_al: true" : "";

	if (e->defect == FALSE_ET_AL)
		et_al = ", et_al: false";
	if (e->defect == NO_ORIGINATORS) {
		fputs("originators: []\n", e->out);
		return;
	}
	fprintf(e->out, "originators:\n  - {name: \"%s, A.\"%s}\n", e->works[0].author,
	        et_al);
	if (chance(e, 40))
		fprintf(e->out, "  - {name: \"%s, B. C.\"}\n", PICK(e, surnames));
}

static void write_aliases(struct entry *e)
{
	static const char *const forms[] = {"classical", "generic", "so-called"};
	size_t n = below(e, LEN(forms) + 1);

	fprintf(e->out, "type:\n  en: %s method for %s data\nseminal: %s\n",
	        PICK(e, qualities).en, e->topic, e->works[0].key);
	if (n)
		fputs("aliases:\n", e->out);
	for (size_t i = 0; i < n; i++)
		fprintf(e->out, "  - {text: %s %s %s, lang: en}\n", forms[i], e->topic,
		        e->kind->en);
}

/* Entries further on, by less than one turn in all: none is named twice, nor the entry. */
static void write_related(struct entry *e)
{
	size_t n = 2 + below(e, 4), at = e->number;
	size_t step = e->total > 2 * n ? e->total / (2 * n) : 1;
	char id[96] = "no-such-entry";

	fputs("related:\n", e->out);
	if (e->defect == DANGLING_RELATION || e->total == 1)
		fprintf(e->out, "  - %s\n", id);
	for (size_t i = 0; i < n && i + 1 < e->total; i++) {
		at += 1 + below(e, step);
		id_of(id, sizeof(id), at % e->total);
		fprintf(e->out, "  - %s\n", id);
	}
	if (e->defect == RELATED_TWICE)
		fprintf(e->out, "  - %s\n", id);
}

/* TEXT in lines of at most TEXT_COLUMNS, below a key with ">-". */
static void write_folded(FILE *out, const char *text)
{
	size_t column = 0;

	while (*text) {
		size_t n = strcspn(text, " ");

		if (column + 1 + n > TEXT_COLUMNS)
			column = 0;
		fprintf(out, "%s%.*s", column ? " " : "\n    ", (int)n, text);
		column += n + 1;
		text += n + (text[n] == ' ');
	}
	fputc('\n', out);
}

static void write_summary(struct entry *e)
{
	const char *verb = PICK(e, verbs);
	const char *object = PICK(e, objects);
	const char *way = PICK(e, ways);
	const char *use = PICK(e, uses);
	const char *limit = PICK(e, limits);
	char text[1000];

	snprintf(text, sizeof(text),
	         "%c%s %s %s %s %s. It is used %s and in related settings, %s.",
	         capital(e->topic), e->topic + 1, e->kind->en, verb, object, way, use,
	         limit);
	fputs("summary:\n  en: >-", e->out);
	write_folded(e->out, text);
}

static void write_authors(struct entry *e, const struct work *w)
{
	size_t n = below(e, 5);

	fprintf(e->out, "    authors:\n      - {family: %s, given: A.}\n", w->author);
	for (size_t i = 0; i < n; i++)
		fprintf(e->out, "      - {family: %s, given: B. C.}\n",
		        PICK(e, surnames));
	if (n == 4)
		fputs("    authors_truncated: true\n", e->out);
}

static void write_link(struct entry *e, const struct work *w)
{
	size_t registrant = 1001 + below(e, 8000);
	size_t item = below(e, 10000000);
	bool first = w == e->works;

	if (first && e->defect == BAD_DOI)
		fputs("    doi: not yet known\n", e->out);
	else if (first && e->defect == DOI_ADDRESS)
		fprintf(e->out, "    doi: https://doi.org/10.%zu/%zu\n", registrant,
		        item);
	else if (chance(e, 12))
		fprintf(e->out, "    url: https://example.org/papers/%d/%07zu.pdf\n",
		        w->year, item);
	else if (chance(e, 20))
		fprintf(e->out, "    doi: 10.%zu/0%03zu-%04zu(%02d)%05zu-X\n", registrant,
		        item % 1000, item / 1000, w->year % 100, item % 100000);
	else
		fprintf(e->out, "    doi: 10.%zu/j.%s.%d.%07zu\n", registrant, e->topic,
		        w->year, item);
}

static void write_source(struct entry *e, const struct work *w)
{
	const char *type = PICK(e, works);
	const struct venue *venue = &PICK(e, venues);
	const char *other = PICK(e, topics);
	const char *quality = PICK(e, qualities).en;
	bool quoted = chance(e, 30);

	fprintf(e->out, "  - key: %s\n    type: %s\n", w->key, type);
	write_authors(e, w);
	fprintf(e->out, "    title: %s%c%s %s%s %s %s for %s and %s data%s\n",
	        quoted || e->defect == OPEN_QUOTE ? "\"" : "", capital(e->topic),
	        e->topic + 1, e->kind->en, quoted ? ": the" : " in the", quality,
	        "setting", e->topic, other,
	        quoted && e->defect != OPEN_QUOTE ? "\"" : "");
	fprintf(e->out, "    venue: %s\n", venue->name);
	if (chance(e, 80))
		fprintf(e->out, "    venue_short: %s\n", venue->brief);
	fprintf(e->out, "    year: %d\n", w->year);
	write_link(e, w);
}

static bool failed(const char *path)
{
	fprintf(stderr, "generate: %s: %s\n", path, strerror(errno));
	return false;
}

static bool folder(const char *path)
{
	return mkdir(path, 0777) == 0 || errno == EEXIST || failed(path);
}

/* The folder of entry E: DIR, or below it when there are many. */
static bool entry_folder(char *out, size_t size, const struct entry *e, const char *dir)
{
	if (e->total > SHARD_ABOVE)
		snprintf(out, size, "%s/methods/%03zu", dir, e->number % SHARDS);
	else
		snprintf(out, size, "%s/methods", dir);
	return folder(out);
}

static bool write_entry(struct entry *e, const char *dir)
{
	char in[3000], path[4096];
	bool ok;

	if (!entry_folder(in, sizeof(in), e, dir))
		return false;
	snprintf(path, sizeof(path), "%s/%s.yaml", in, e->id);
	e->out = fopen(path, "w");
	if (!e->out)
		return failed(path);
	write_name(e);
	write_classes(e);
	write_originators(e);
	write_aliases(e);
	write_related(e);
	write_summary(e);
	fputs("sources:\n", e->out);
	for (size_t i = 0; i < e->works_n; i++)
		write_source(e, &e->works[i]);
	ok = !ferror(e->out);
	return fclose(e->out) == 0 && ok ? true : failed(path);
}

/* A whole number from 0 to MAX. */
static bool number(size_t *out, const char *text, unsigned long max)
{
	char *end;

	errno = 0;
	*out = strtoul(text, &end, 10);
	return text[0] >= '0' && text[0] <= '9' && !*end && !errno && *out <= max;
}

int main(int argc, char **argv)
{
	size_t n, percent = 1;
	char methods[3000];
	struct entry e;

	if ((argc != 3 && argc != 5) || !number(&n, argv[2], 10000000) ||
	    (argc == 5 &&
	     (strcmp(argv[3], "--invalid") != 0 || !number(&percent, argv[4], 100)))) {
		fputs("usage: generate DIR N [--invalid PERCENT]\n", stderr);
		return 2;
	}
	if ((size_t)snprintf(methods, sizeof(methods), "%s/methods", argv[1]) >=
	    sizeof(methods)) {
		errno = ENAMETOOLONG;
		return failed(argv[1]), 1;
	}
	if (!folder(argv[1]) || !folder(methods))
		return 1;
	for (size_t i = 0; i < n; i++) {
		entry_init(&e, i, n, percent);
		if (!write_entry(&e, argv[1]))
			return 1;
	}
	return 0;
}
