/*
 * sqlite_tables.c - the tables of the SQLite form
 */
#include "export/sqlite.h"

#include "base/limits.h"

#include <strings.h>

#define SEARCH_BYTES (48u * 1024 * 1024) /* of words in memory; more are merged */

/* The columns of each table, without the entry's number; those of rows follow in entries. */
static const struct {
	const char *name, *columns;
	int columns_n;
	const char *key; /* behind the columns, or "" */
} tables[SQLITE_TABLES_N] = {
        [SQLITE_ENTRIES] = {"entries",
                            "collection TEXT NOT NULL, id TEXT NOT NULL, "
                            "version INTEGER NOT NULL, state TEXT NOT NULL, date TEXT, "
                            "sources INTEGER NOT NULL, release TEXT NOT NULL, name TEXT",
                            8, ", UNIQUE (collection, id)"},
        [SQLITE_NAMES] = {"names", "language TEXT, name TEXT NOT NULL", 2, ""},
        [SQLITE_ALIASES] = {"aliases", "alias TEXT NOT NULL, language TEXT", 2, ""},
        [SQLITE_SOURCES] = {"sources",
                            "position INTEGER NOT NULL, key TEXT, work TEXT, type TEXT, "
                            "authors TEXT, title TEXT, year TEXT, venue TEXT, "
                            "doi TEXT, url TEXT",
                            10, ""},
        [SQLITE_VERSIONS] = {"versions",
                             "version INTEGER NOT NULL, state TEXT NOT NULL, date TEXT, "
                             "sources INTEGER NOT NULL, fingerprint TEXT, "
                             "release TEXT NOT NULL",
                             6, ""},
        [SQLITE_RELATED] = {"related", "id TEXT NOT NULL", 1, ""},
        [SQLITE_SEARCH] = {"search", "names, aliases, summary", 3, ""},
};

/* Columns of entries that a row of the comparison may not be called. */
static const char *const fixed[] = {"entry", "collection", "id",      "version", "state",
                                    "date",  "sources",    "release", "name"};

/* KEY as an identifier: quoted, and another one than the fixed columns and earlier rows. */
static void add_column(struct buf *out, const struct view_row *rows, size_t i)
{
	size_t clashes = 0;

	for (size_t k = 0; k < ARRAY_LEN(fixed); k++)
		clashes += rows[i].key.n == str_of(fixed[k]).n &&
		           strncasecmp(rows[i].key.s, fixed[k], rows[i].key.n) == 0;
	for (size_t k = 0; k < i; k++)
		clashes += rows[i].key.n == rows[k].key.n &&
		           strncasecmp(rows[i].key.s, rows[k].key.s, rows[i].key.n) == 0;
	buf_addc(out, '"');
	for (size_t k = 0; k < rows[i].key.n; k++) {
		char c = rows[i].key.s[k];

		if (c == '"')
			buf_addc(out, '"');
		buf_addc(out, c ? c : '_');
	}
	if (clashes)
		buf_addf(out, " %zu", clashes + 1);
	buf_addc(out, '"');
}

/* Numbers are compared and sorted as such; what a cell has in their place stays text. */
static const char *type_of(const struct view_row *row)
{
	if (str_eqz(row->as, "integer"))
		return " INTEGER";
	return str_eqz(row->as, "number") ? " NUMERIC" : " TEXT";
}

static void add_table(struct buf *out, const struct edition *x, enum sqlite_table t)
{
	buf_addf(out, "CREATE TABLE %s (entry INTEGER %s, %s", tables[t].name,
	         t == SQLITE_ENTRIES ? "PRIMARY KEY" : "NOT NULL REFERENCES entries",
	         tables[t].columns);
	for (size_t i = 0; t == SQLITE_ENTRIES && i < x->rows_n; i++) {
		buf_addz(out, ", ");
		add_column(out, x->rows, i);
		buf_addz(out, type_of(&x->rows[i]));
	}
	buf_addf(out, "%s);\n", tables[t].key);
	/* Rows come in this order: an index that grows with them need not be sorted. */
	if (t != SQLITE_ENTRIES)
		buf_addf(out, "CREATE INDEX %s_entry ON %s (entry);\n", tables[t].name,
		         tables[t].name);
}

void sqlite_tables(struct buf *out, const struct edition *x)
{
	buf_addf(out, "PRAGMA application_id = %d;\nPRAGMA user_version = %d;\n",
	         SQLITE_APPLICATION_ID, SQLITE_USER_VERSION);
	buf_addz(out, "CREATE TABLE dataset (key TEXT PRIMARY KEY, value TEXT NOT NULL) "
	              "WITHOUT ROWID;\n");
	for (int t = 0; t < SQLITE_SEARCH; t++)
		add_table(out, x, (enum sqlite_table)t);
	/* Only the index is kept: the texts stand in the other tables. */
	buf_addf(out,
	         "CREATE VIRTUAL TABLE search USING fts5 (%s, content = '', "
	         "tokenize = 'unicode61 remove_diacritics 2');\n",
	         tables[SQLITE_SEARCH].columns);
	/* Words wait in memory, and are merged once, at the end. */
	buf_addf(out,
	         "INSERT INTO search (search, rank) VALUES ('automerge', 0), "
	         "('hashsize', %u);\n",
	         SEARCH_BYTES);
}

static size_t columns_n(const struct edition *x, enum sqlite_table table)
{
	return (size_t)tables[table].columns_n +
	       (table == SQLITE_ENTRIES ? x->rows_n : 0);
}

size_t sqlite_width(const struct edition *x)
{
	size_t width = 0;

	for (int t = 0; t < SQLITE_TABLES_N; t++)
		if (columns_n(x, (enum sqlite_table)t) > width)
			width = columns_n(x, (enum sqlite_table)t);
	return width;
}

/*
 * A statement that may have to be taken back makes FTS5 write all its words out before it
 * begins: hence one row at a time for these, and OR FAIL for the others.
 */
void sqlite_insert(struct buf *out, const struct edition *x, enum sqlite_table table)
{
	bool words = table == SQLITE_SEARCH;

	if (words)
		buf_addf(out, "INSERT INTO search (rowid, %s) VALUES (?1",
		         tables[table].columns);
	else
		buf_addf(out, "INSERT OR FAIL INTO %s SELECT number", tables[table].name);
	for (size_t i = 0; i < columns_n(x, table); i++)
		buf_addf(out, words ? ", ?%zu" : ", t%zu", i + words + 1);
	buf_addz(out, words ? ")" : " FROM given");
}
