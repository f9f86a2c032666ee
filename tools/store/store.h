/*
 * store.h - tables in a file [sqlite3]
 *
 *     CLEANUP(store_close_p) struct store *s = NULL;
 *     CLEANUP(store_query_close_p) struct store_query *q = NULL;
 *
 *     if (!store_cache(&s, path, &kind, &err) ||
 *         !store_query(&q, s, "SELECT name FROM t WHERE id = ?1", &err))
 *             return false;
 *     store_bind_int(q, 1, 7);
 *     while (store_step(q, &more, &err) && more)
 *             use(store_text(q, 0));
 *
 * A store and its queries belong to one thread. Texts are UTF-8 and may hold any byte.
 */
#pragma once

#include "base/err.h"
#include "base/macro.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct store;
struct store_query;

/* What a cache is: whoever opens a file as another kind does not get its tables. */
struct store_kind {
	uint32_t id; /* of the kind, in the file's header (application_id); not 0 */
	int version; /* of the tables; a file of another version is made anew */
	const char *tables; /* the statements that make them in an empty file */
};

/*
 * Open the cache PATH (terminated), made when it is not there. One of another version, or one
 * that is damaged, is replaced by an empty one: what it held can be had again.
 * Fails: ERR_IO: PATH is another file than a cache of this kind (it is left as it is), cannot
 *        be written, or is locked by another process for too long
 */
bool store_cache(struct store **out, struct str path, const struct store_kind *kind,
                 struct err *err) MUST_CHECK;
/*
 * Make the file PATH (terminated) anew, for a result: what was there is gone. Its bytes follow
 * from the statements alone. Fails: ERR_IO
 */
bool store_create(struct store **out, struct str path, struct err *err) MUST_CHECK;
/* Open the file PATH (terminated) to be read. Fails: ERR_IO, also when it is no database */
bool store_read(struct store **out, struct str path, struct err *err) MUST_CHECK;
/* Queries are closed before it. S may be NULL. */
void store_close(struct store *s);
/* For CLEANUP. */
void store_close_p(struct store **s);

/* Run SQL, one or more statements without parameters. Fails: ERR_IO */
bool store_run(struct store *s, const char *sql, struct err *err) MUST_CHECK;
/*
 * Between both, all changes are made or none, whatever happens to the program.
 * store_end() keeps them (KEEP) or takes them back.
 * Fails: ERR_IO
 */
bool store_begin(struct store *s, struct err *err) MUST_CHECK;
bool store_end(struct store *s, bool keep, struct err *err) MUST_CHECK;

/* A row in memory. */
struct store_row {
	struct store_row *next;
	int64_t number;
	const struct str *texts; /* texts_n of them; an absent one is NULL */
	size_t texts_n;
};
/*
 * Statements of S may read the list that *ROWS is when they begin as a table of its own:
 * given (number, t1, t2, ...), with as many as TEXTS. To insert many rows by one statement costs
 * half of what it does to bind and to run it for each.
 * Lives: ROWS as long as S; a list and its texts until the statement is done
 * Fails: ERR_IO
 */
bool store_give(struct store *s, const struct store_row *const *rows, size_t texts,
                struct err *err) MUST_CHECK;

/* Prepare one statement; its parameters are ?1, ?2, ... Fails: ERR_IO */
bool store_query(struct store_query **out, struct store *s, const char *sql,
                 struct err *err) MUST_CHECK;
/* Q may be NULL. */
void store_query_close(struct store_query *q);
/* For CLEANUP. */
void store_query_close_p(struct store_query **q);
/*
 * Set parameter AT (from 1); an absent text is NULL. A text must live until the query is reset.
 * What went wrong is told by the next store_step().
 */
void store_bind_text(struct store_query *q, int at, struct str text);
void store_bind_int(struct store_query *q, int at, int64_t value);
/*
 * Go to the next row: ROW says whether there is one. After the last one the query is reset and
 * can be bound and run again; its parameters are NULL then.
 * Fails: ERR_IO
 */
bool store_step(struct store_query *q, bool *row, struct err *err) MUST_CHECK;
/* Run a query that has no rows to give, or whose rows do not matter, to its end. Fails: ERR_IO */
bool store_do(struct store_query *q, struct err *err) MUST_CHECK;
/* Leave the rest of the rows. */
void store_reset(struct store_query *q);
/*
 * The value of COLUMN (from 0) of the row: a text is absent for NULL and good until the next
 * step; a number is 0 for what is none.
 */
struct str store_text(const struct store_query *q, int column);
int64_t store_int(const struct store_query *q, int column);
