#include "export/columns.h"

#define COLLECTION \
	{ \
		"collection", "string", "the collection that the entry is of" \
	}
#define ID \
	{ \
		"id", "string", "the id of the entry, unique in its collection" \
	}
#define STATE \
	{ \
		"state", "string", \
		        "published, deprecated or withdrawn, as the release sees it" \
	}
#define RELEASE \
	{ \
		"release", "string", "the release that first carried the version" \
	}

static const struct imprint_column entries[] = {
        COLLECTION,
        ID,
        {"version", "integer", "the version that the release carries"},
        STATE,
        {"date", "date", "of the event behind the state"},
        {"sources", "integer", "how many distinct works the version cites"},
        RELEASE,
};
static const struct imprint_column sources[] = {
        COLLECTION,
        ID,
        {"version", "integer", "the version that the release carries"},
        {"position", "integer", "the place of the source in the entry, from 1"},
        {"key", "string", "the key of the source, unique in its entry"},
        {"work", "string", "what makes it the work it is: equal for equal works"},
        {"type", "string", "the kind of the work"},
        {"authors", "string", "Family, Given; the next one; others"},
        {"year", "string", "the year of publication as the source has it"},
        {"title", "string", "the title of the work"},
        {"venue", "string", "where it appeared"},
        {"doi", "string", "its DOI"},
        {"url", "string", "its address"},
};
static const struct imprint_column versions[] = {
        COLLECTION,
        ID,
        {"version", "integer", "the number of the version"},
        STATE,
        {"date", "date", "when the version was approved"},
        {"sources", "integer", "how many distinct works the version cites"},
        {"fingerprint", "string", "of the content of the version"},
        RELEASE,
};

/* The row KEY as a column: named like none of the N that stand there already. */
static const char *row_name(const struct imprint_column *columns, size_t n,
                            struct str key, struct arena *arena)
{
	for (size_t i = 0; i < n; i++)
		if (str_eqz(key, columns[i].name))
			return row_name(columns, n,
			                arena_fmt(arena, "row_" STR_FMT, STR_ARG(key)),
			                arena);
	return arena_str(arena, key).s;
}

/* Names in each language follow, then the rows of the comparison in the default one. */
static const struct imprint_column *entry_columns(const struct edition *x, size_t *n,
                                                  struct arena *arena)
{
	const struct dataset *d = x->dataset;
	const struct view_row *rows = x->rows;
	struct imprint_column *out =
	        arena_array(arena, struct imprint_column,
	                    ARRAY_LEN(entries) + d->languages_n + x->rows_n);

	*n = 0;
	for (size_t i = 0; i < ARRAY_LEN(entries); i++)
		out[(*n)++] = entries[i];
	for (size_t i = 0; i < d->languages_n; i++)
		out[(*n)++] = (struct imprint_column){
		        arena_fmt(arena, "name_" STR_FMT, STR_ARG(d->languages[i])).s,
		        "string", "the name of the entry in that language"};
	for (size_t i = 0; i < x->rows_n; i++)
		if (!str_eqz(rows[i].as, "status")) {
			const char *name = row_name(out, *n, rows[i].key, arena);

			out[(*n)++] = (struct imprint_column){
			        name, "string", arena_str(arena, rows[i].label.text).s};
		}
	return out;
}

const struct imprint_column *columns_of(struct str path, const struct edition *x,
                                        size_t *n, struct arena *arena)
{
	if (str_eqz(path, "entries.csv"))
		return entry_columns(x, n, arena);
	if (str_eqz(path, "sources.csv")) {
		*n = ARRAY_LEN(sources);
		return sources;
	}
	if (str_eqz(path, "versions.csv")) {
		*n = ARRAY_LEN(versions);
		return versions;
	}
	*n = 0;
	return NULL;
}
