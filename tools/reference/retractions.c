/*
 * retractions.c - the list of Retraction Watch
 *
 * Rows are kept as slices of the text and looked at when their DOI is asked for.
 */
#include "reference/retractions.h"

#include "base/limits.h"
#include "entry/doi.h"
#include "reference/csv.h"
#include "reference/internal.h"

enum column { WORK_DOI, NOTICE_DOI, NATURE, DAY, COLUMNS_N };

static const char *const names[COLUMNS_N] = {"OriginalPaperDOI", "RetractionDOI",
                                             "RetractionNature", "RetractionDate"};

struct row {
	struct str notice, nature, day;
	struct row *next; /* about the same work, the one before it in the list */
};

struct header {
	size_t at[COLUMNS_N];
};

/* The list comes with or without a byte order mark. */
static struct str without_mark(struct str text)
{
	return str_starts(text, STR("\xEF\xBB\xBF")) ? str_sub(text, 3, text.n) : text;
}

static bool read_header(struct header *out, struct str name, struct csv *csv,
                        struct str *fields, struct arena *arena, struct err *err)
{
	size_t n = 0;

	if (!csv_row(csv, fields, LIMIT_RETRACTIONS_COLUMNS, &n, arena))
		return err_set(err, ERR_IO, STR_FMT ": %s", STR_ARG(name),
		               csv->why ? csv->why : "the list of retractions is empty");
	for (size_t i = 0; i < COLUMNS_N; i++) {
		size_t at = 0;

		while (at < n && !str_eqz(str_trim(fields[at]), names[i]))
			at++;
		if (at == n)
			return err_set(err, ERR_IO,
			               STR_FMT ":1: there is no column %s; expected the "
			                       "CSV file of Retraction Watch",
			               STR_ARG(name), names[i]);
		out->at[i] = at;
	}
	return true;
}

/* The canonical DOI in TEXT; absent for "unavailable" and other words. */
static struct str doi_of(struct str text, struct arena *arena)
{
	struct doi doi;

	if (str_find(text, '/') == text.n ||
	    doi_parse(&doi, text, arena) == DOI_INVALID || doi.class == DOI_SHORT)
		return STR_NONE;
	return doi.canonical;
}

static void keep(struct retractions *out, const struct header *h,
                 const struct str *fields, size_t n, struct arena *arena)
{
	struct str doi =
	        h->at[WORK_DOI] < n ? doi_of(fields[h->at[WORK_DOI]], arena) : STR_NONE;
	struct row *row, **at;

	if (!doi.n)
		return;
	row = arena_new(arena, struct row);
	row->notice = h->at[NOTICE_DOI] < n ? fields[h->at[NOTICE_DOI]] : STR_NONE;
	row->nature = h->at[NATURE] < n ? fields[h->at[NATURE]] : STR_NONE;
	row->day = h->at[DAY] < n ? fields[h->at[DAY]] : STR_NONE;
	at = (struct row **)map_at(&out->by_doi, doi, NULL);
	row->next = *at;
	*at = row;
	out->rows++;
}

bool retractions_read(struct retractions *out, struct str name, struct str text,
                      struct arena *arena, struct err *err)
{
	struct csv csv = {.rest = without_mark(text), .line = 1};
	struct str *fields = arena_array(arena, struct str, LIMIT_RETRACTIONS_COLUMNS);
	struct header header;
	size_t n;

	*out = (struct retractions){.rows = 0};
	map_init(&out->by_doi, arena);
	if (!read_header(&header, name, &csv, fields, arena, err))
		return false;
	while (csv_row(&csv, fields, LIMIT_RETRACTIONS_COLUMNS, &n, arena))
		keep(out, &header, fields, n, arena);
	if (csv.why)
		return err_set(err, ERR_IO, STR_FMT ":%zu: %s", STR_ARG(name), csv.line,
		               csv.why);
	return true;
}

/* ---- one row ---- */

static int part(struct str *rest, char sep)
{
	struct str piece = STR_NONE;
	int n = 0;

	if (!str_split(rest, sep, &piece) || !piece.n || piece.n > 4)
		return 0;
	for (size_t i = 0; i < piece.n; i++) {
		if (piece.s[i] < '0' || piece.s[i] > '9')
			return 0;
		n = n * 10 + piece.s[i] - '0';
	}
	return n;
}

/* "2/6/2010 0:00" or "2010-02-06" as 20100206; 0 when it is neither. */
static int date_of(struct str text)
{
	struct str rest = str_trim(text);
	char sep = str_find(rest, '-') < rest.n ? '-' : '/';
	int a, b, c;

	rest.n = str_find(rest, ' ');
	a = part(&rest, sep);
	b = part(&rest, sep);
	c = part(&rest, sep);
	if (!a || !b || !c)
		return 0;
	return sep == '-' ? a * 10000 + b * 100 + c : c * 10000 + a * 100 + b;
}

/* "Expression of concern" is written like "expression_of_concern". */
static struct str type_of(struct str nature, struct arena *arena)
{
	struct str words = fold_words(arena, nature);
	char *p = arena_alloc(arena, words.n + 1, 1);

	for (size_t i = 0; i < words.n; i++)
		p[i] = (char)(words.s[i] == ' ' ? '_' : words.s[i]);
	return (struct str){p, words.n};
}

size_t retractions_of(const struct reference_update **out, const struct retractions *list,
                      struct str doi, struct arena *arena)
{
	const struct row *first = map_get(&list->by_doi, doi), *row;
	struct reference_update *items;
	size_t n = 0, at;

	for (row = first; row && n < LIMIT_REFERENCE_UPDATES; row = row->next)
		n++;
	items = arena_array(arena, struct reference_update, n);
	at = n;
	for (row = first; at; row = row->next)
		items[--at] = (struct reference_update){
		        .type = type_of(row->nature, arena),
		        .doi = doi_of(row->notice, arena),
		        .source = STR("Retraction Watch"),
		        .date = date_of(row->day),
		};
	*out = items;
	return n;
}
