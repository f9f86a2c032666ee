#include "store/internal.h"

#include "base/arena.h"

#include <stdlib.h>

struct store_query {
	struct store *store;
	sqlite3_stmt *statement;
	int trouble; /* of a binding: SQLITE_OK, or what to tell at the next step */
};

bool store_query(struct store_query **out, struct store *s, const char *sql,
                 struct err *err)
{
	struct store_query *q;
	sqlite3_stmt *statement;

	if (sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement,
	                       NULL))
		return store_fail(s, "cannot be used", err);
	q = mem_alloc(sizeof(*q));
	*q = (struct store_query){s, statement, SQLITE_OK};
	*out = q;
	return true;
}

void store_query_close(struct store_query *q)
{
	if (!q)
		return;
	(void)sqlite3_finalize(q->statement);
	free(q);
}

void store_query_close_p(struct store_query **q)
{
	store_query_close(*q);
	*q = NULL;
}

static void note(struct store_query *q, int rc)
{
	if (!q->trouble)
		q->trouble = rc;
}

void store_bind_text(struct store_query *q, int at, struct str text)
{
	if (text.s)
		note(q, sqlite3_bind_text64(q->statement, at, text.s, text.n,
		                            SQLITE_STATIC, SQLITE_UTF8));
	else
		note(q, sqlite3_bind_null(q->statement, at));
}

void store_bind_int(struct store_query *q, int at, int64_t value)
{
	note(q, sqlite3_bind_int64(q->statement, at, value));
}

void store_reset(struct store_query *q)
{
	(void)sqlite3_reset(q->statement);
	(void)sqlite3_clear_bindings(q->statement);
	q->trouble = SQLITE_OK;
}

bool store_step(struct store_query *q, bool *row, struct err *err)
{
	int rc = q->trouble ? q->trouble : sqlite3_step(q->statement);
	bool ok = rc == SQLITE_ROW || rc == SQLITE_DONE;

	*row = rc == SQLITE_ROW;
	if (q->trouble)
		err_set(err, ERR_IO, "%s cannot take this: %s", q->store->path,
		        sqlite3_errstr(rc));
	else if (!ok)
		store_fail(q->store, "cannot be used", err);
	if (!*row)
		store_reset(q);
	return ok;
}

bool store_do(struct store_query *q, struct err *err)
{
	bool row = true;

	while (row)
		if (!store_step(q, &row, err))
			return false;
	return true;
}

struct str store_text(const struct store_query *q, int column)
{
	const unsigned char *text = sqlite3_column_text(q->statement, column);

	if (!text)
		return STR_NONE;
	return (struct str){(const char *)text,
	                    (size_t)sqlite3_column_bytes(q->statement, column)};
}

int64_t store_int(const struct store_query *q, int column)
{
	return sqlite3_column_int64(q->statement, column);
}
