/*
 * memory.c - the file of answers, and runs
 */
#include "link/remember.h"

#include "base/limits.h"

#include <stdlib.h>

/* The version goes up when verdicts change their meaning: then all is asked again. */
static const struct store_kind kind = {
        .id = 0x53544c4e, /* "STLN" */
        .version = 1,
        .tables = "CREATE TABLE run(id INTEGER PRIMARY KEY, started INTEGER, "
                  "finished INTEGER, failures INTEGER);"
                  "CREATE TABLE url(key TEXT PRIMARY KEY, verdict INTEGER, class TEXT, "
                  "status INTEGER, final_url TEXT, reason TEXT, etag TEXT, "
                  "modified TEXT, checked INTEGER, run INTEGER, failures INTEGER, "
                  "first_failure INTEGER) WITHOUT ROWID;"
                  "CREATE TABLE doi(doi TEXT PRIMARY KEY, verdict INTEGER, class TEXT, "
                  "final_url TEXT, reason TEXT, agency TEXT, csl TEXT, "
                  "checked INTEGER, run INTEGER) WITHOUT ROWID",
};

/* ---- opening and closing ---- */

void memory_end(struct link_memory *m)
{
	store_query_close_p(&m->get_url);
	store_query_close_p(&m->put_url);
	store_query_close_p(&m->get_doi);
	store_query_close_p(&m->put_doi);
	store_close_p(&m->store);
}

static bool prepare(struct link_memory *m, struct err *err)
{
	return store_query(&m->get_url, m->store,
	                   "SELECT verdict, class, status, final_url, reason, etag, "
	                   "modified, checked, run, failures, first_failure FROM url "
	                   "WHERE key = ?1",
	                   err) &&
	       store_query(&m->put_url, m->store,
	                   "INSERT OR REPLACE INTO url VALUES(?1, ?2, ?3, ?4, ?5, ?6, "
	                   "?7, ?8, ?9, ?10, ?11, ?12)",
	                   err) &&
	       store_query(&m->get_doi, m->store,
	                   "SELECT verdict, class, final_url, reason, agency, csl, "
	                   "checked, run FROM doi WHERE doi = ?1",
	                   err) &&
	       store_query(&m->put_doi, m->store,
	                   "INSERT OR REPLACE INTO doi VALUES(?1, ?2, ?3, ?4, ?5, ?6, "
	                   "?7, ?8, ?9)",
	                   err);
}

/* This run's number: that of the last one when it was stopped, and not long ago. */
static bool begin_run(struct link_memory *m, struct err *err)
{
	CLEANUP(store_query_close_p) struct store_query *last = NULL, *new = NULL;
	bool row;

	if (!store_query(&last, m->store,
	                 "SELECT id FROM run WHERE finished IS NULL AND started > ?1 "
	                 "AND started <= ?2 AND id = (SELECT max(id) FROM run)",
	                 err) ||
	    !store_query(&new, m->store,
	                 "INSERT INTO run VALUES(NULL, ?1, NULL, NULL) RETURNING id",
	                 err))
		return false;
	store_bind_int(last, 1, m->opt.now - LIMIT_LINK_RESUME_S);
	store_bind_int(last, 2, m->opt.now);
	if (!store_step(last, &row, err))
		return false;
	if (row && m->opt.max_age != 0) {
		m->run = store_int(last, 0);
		return true;
	}
	store_bind_int(new, 1, m->opt.now);
	if (!store_step(new, &row, err))
		return false;
	m->run = row ? store_int(new, 0) : 0;
	return !row || store_do(new, err);
}

bool link_memory_open(struct link_memory **out, const struct link_memory_options *opt,
                      struct err *err)
{
	struct link_memory *m = mem_alloc(sizeof(*m));

	*m = (struct link_memory){.opt = *opt};
	*out = m;
	if (store_cache(&m->store, opt->path, &kind, err) && prepare(m, err) &&
	    begin_run(m, err))
		return true;
	link_memory_close(m);
	*out = NULL;
	return false;
}

/* Carry out SQL, whose ?1 is a moment. */
static bool do_at(struct link_memory *m, const char *sql, int64_t moment)
{
	CLEANUP(store_query_close_p) struct store_query *q = NULL;

	if (!store_query(&q, m->store, sql, &m->trouble))
		return false;
	store_bind_int(q, 1, moment);
	return store_do(q, &m->trouble);
}

void link_memory_finish(struct link_memory *m)
{
	static const char *const old[] = {"DELETE FROM url WHERE checked < ?1",
	                                  "DELETE FROM doi WHERE checked < ?1",
	                                  "DELETE FROM run WHERE finished < ?1"};
	CLEANUP(store_query_close_p) struct store_query *done = NULL;
	bool ok;

	if (!m)
		return;
	memory_flush(m);
	if (!m->store ||
	    !store_query(&done, m->store, "UPDATE run SET finished = ?2 WHERE id = ?1",
	                 &m->trouble))
		return;
	store_bind_int(done, 1, m->run);
	store_bind_int(done, 2, m->opt.now);
	ok = store_do(done, &m->trouble);
	for (size_t i = 0; ok && i < ARRAY_LEN(old); i++)
		ok = do_at(m, old[i], m->opt.now - LIMIT_LINK_MEMORY_DAYS * MEMORY_DAY);
}

void link_memory_close(struct link_memory *m)
{
	if (!m)
		return;
	memory_flush(m);
	memory_end(m);
	arena_release(&m->arena);
	free(m);
}

void link_memory_close_p(struct link_memory **m)
{
	link_memory_close(*m);
	*m = NULL;
}

const struct err *link_memory_trouble(const struct link_memory *m)
{
	return &m->trouble;
}

int link_memory_failures(struct link_memory *m)
{
	CLEANUP(store_query_close_p) struct store_query *q = NULL;
	bool row;

	if (!m || !m->store ||
	    !store_query(&q, m->store,
	                 "SELECT failures FROM run WHERE failures IS NOT NULL "
	                 "ORDER BY id DESC LIMIT 1",
	                 &m->trouble) ||
	    !store_step(q, &row, &m->trouble) || !row)
		return -1;
	return (int)store_int(q, 0);
}

void link_memory_note_failures(struct link_memory *m, int share)
{
	CLEANUP(store_query_close_p) struct store_query *q = NULL;

	if (!m || !m->store ||
	    !store_query(&q, m->store, "UPDATE run SET failures = ?2 WHERE id = ?1",
	                 &m->trouble))
		return;
	store_bind_int(q, 1, m->run);
	store_bind_int(q, 2, share);
	(void)!store_do(q, &m->trouble);
}
