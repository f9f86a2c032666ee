/*
 * given.c - rows in memory as a table that statements read
 *
 * Source: SQLite, "The Virtual Table Mechanism Of SQLite", 2 (eponymous-only tables)
 */
#include "store/internal.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/limits.h"

#include <stdlib.h>

struct giver {
	const struct store_row *const *rows;
	size_t texts; /* columns beside the number */
};

struct table {
	sqlite3_vtab base; /* first: SQLite knows no more of it */
	const struct store_row *const *rows;
};

struct cursor {
	sqlite3_vtab_cursor base; /* the same */
	const struct store_row *row; /* NULL: behind the last one */
	sqlite3_int64 at;
};

static int declare(sqlite3 *db, size_t texts)
{
	CLEANUP(buf_release) struct buf sql = BUF_INIT(LIMIT_OUTPUT_BYTES);

	buf_addz(&sql, "CREATE TABLE given (number");
	for (size_t i = 0; i < texts; i++)
		buf_addf(&sql, ", t%zu", i + 1);
	buf_addc(&sql, ')');
	return sqlite3_declare_vtab(db, buf_z(&sql));
}

static int connect(sqlite3 *db, void *aux, int argc, const char *const *argv,
                   sqlite3_vtab **out, char **message)
{
	const struct giver *giver = aux;
	int rc = declare(db, giver->texts);
	struct table *t;

	(void)argc;
	(void)argv;
	(void)message;
	if (rc)
		return rc;
	t = mem_alloc(sizeof(*t));
	*t = (struct table){.rows = giver->rows};
	*out = &t->base;
	return SQLITE_OK;
}

static int disconnect(sqlite3_vtab *table)
{
	free(table);
	return SQLITE_OK;
}

/* There is one way: from the first to the last. */
static int plan(sqlite3_vtab *table, sqlite3_index_info *info)
{
	(void)table;
	(void)info;
	return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *table, sqlite3_vtab_cursor **out)
{
	struct cursor *c = mem_alloc(sizeof(*c));

	(void)table;
	*c = (struct cursor){0};
	*out = &c->base;
	return SQLITE_OK;
}

static int close_cursor(sqlite3_vtab_cursor *cursor)
{
	free(cursor);
	return SQLITE_OK;
}

static int first(sqlite3_vtab_cursor *cursor, int plan_number, const char *plan_name,
                 int argc, sqlite3_value **argv)
{
	struct cursor *c = (struct cursor *)cursor;

	(void)plan_number;
	(void)plan_name;
	(void)argc;
	(void)argv;
	c->row = *((const struct table *)cursor->pVtab)->rows;
	c->at = 0;
	return SQLITE_OK;
}

static int next(sqlite3_vtab_cursor *cursor)
{
	struct cursor *c = (struct cursor *)cursor;

	c->row = c->row->next;
	c->at++;
	return SQLITE_OK;
}

static int is_end(sqlite3_vtab_cursor *cursor)
{
	return !((const struct cursor *)cursor)->row;
}

/* What is not set is NULL. */
static int column(sqlite3_vtab_cursor *cursor, sqlite3_context *out, int at)
{
	const struct store_row *row = ((const struct cursor *)cursor)->row;

	if (at == 0)
		sqlite3_result_int64(out, row->number);
	else if ((size_t)at <= row->texts_n && row->texts[at - 1].s)
		sqlite3_result_text64(out, row->texts[at - 1].s, row->texts[at - 1].n,
		                      SQLITE_STATIC, SQLITE_UTF8);
	return SQLITE_OK;
}

static int rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *out)
{
	*out = ((const struct cursor *)cursor)->at;
	return SQLITE_OK;
}

bool store_give(struct store *s, const struct store_row *const *rows, size_t texts,
                struct err *err)
{
	static const sqlite3_module module = {.xConnect = connect,
	                                      .xBestIndex = plan,
	                                      .xDisconnect = disconnect,
	                                      .xOpen = open_cursor,
	                                      .xClose = close_cursor,
	                                      .xFilter = first,
	                                      .xNext = next,
	                                      .xEof = is_end,
	                                      .xColumn = column,
	                                      .xRowid = rowid};
	struct giver *giver = mem_alloc(sizeof(*giver));

	*giver = (struct giver){rows, texts};
	return sqlite3_create_module_v2(s->db, "given", &module, giver, free) ==
	               SQLITE_OK ||
	       store_fail(s, "cannot be used", err);
}
