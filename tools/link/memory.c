#include "link/memory.h"

#include "base/limits.h"
#include "store/store.h"

#include <stdlib.h>
#include <time.h>

#define DAY INT64_C(86400)
#define NOTES_TOGETHER 16 /* written down at a time */
#define NOTES_WAIT_MS 5

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

struct link_memory {
	struct link_memory_options opt;
	struct store *store; /* NULL: it has ended */
	struct store_query *get_url, *put_url, *get_doi, *put_doi;
	int64_t run;
	int waiting; /* notes that are not written down yet */
	int64_t written; /* when the last ones were, in monotonic milliseconds */
	struct err trouble;
};

static int64_t monotonic_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- opening and closing ---- */

static void end(struct link_memory *m)
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

static void flush(struct link_memory *m)
{
	if (m->store && m->waiting && !store_end(m->store, true, &m->trouble))
		end(m);
	m->waiting = 0;
}

void link_memory_finish(struct link_memory *m)
{
	CLEANUP(store_query_close_p) struct store_query *done = NULL, *old = NULL;

	if (!m)
		return;
	flush(m);
	if (!m->store ||
	    !store_query(&done, m->store, "UPDATE run SET finished = ?2 WHERE id = ?1",
	                 &m->trouble) ||
	    !store_query(&old, m->store, "DELETE FROM url WHERE checked < ?1",
	                 &m->trouble))
		return;
	store_bind_int(done, 1, m->run);
	store_bind_int(done, 2, m->opt.now);
	store_bind_int(old, 1, m->opt.now - LIMIT_LINK_MEMORY_DAYS * DAY);
	if (store_do(done, &m->trouble))
		(void)!store_do(old, &m->trouble);
}

void link_memory_close(struct link_memory *m)
{
	if (!m)
		return;
	flush(m);
	end(m);
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

/* Before a note: it joins those that wait. False when there is no memory. */
static bool join(struct link_memory *m)
{
	if (!m->store)
		return false;
	if (m->waiting++)
		return true;
	if (store_begin(m->store, &m->trouble))
		return true;
	m->waiting = 0;
	end(m);
	return false;
}

/* After it. Only what comes in masses waits, and not for long: the program may be killed. */
static void joined(struct link_memory *m, bool ok)
{
	int64_t now = monotonic_ms();

	if (!ok) {
		m->waiting = 0;
		end(m);
	} else if (m->waiting >= NOTES_TOGETHER || now - m->written >= NOTES_WAIT_MS) {
		flush(m);
		m->written = now;
	}
}

/* ---- how long answers are good ---- */

/* Source: links.md, "Cache and agreement" */
static int64_t days_of(enum link_verdict v, bool registry)
{
	switch (v) {
	case LINK_ALIVE:
	case LINK_REDIRECTED:
		return 7;
	case LINK_DEAD:
		return 1;
	case LINK_WARNING:
		return registry ? 7 : 1;
	default:
		return 0;
	}
}

static bool is_fresh(const struct link_memory *m, enum link_verdict v, bool registry,
                     int64_t checked, int64_t run)
{
	int64_t age = m->opt.now - checked, good = days_of(v, registry) * DAY;

	if (run == m->run)
		return true;
	if (m->opt.max_age >= 0 && m->opt.max_age < good)
		good = m->opt.max_age;
	return age >= 0 && age < good;
}

/* ---- links ---- */

struct failures {
	int64_t n, first;
};

static struct str copy(struct arena *arena, const struct store_query *q, int column)
{
	struct str s = store_text(q, column);

	return s.s ? arena_str(arena, s) : s;
}

/* A link that has not failed often or long enough is unknown. */
static void hold(const struct link_memory *m, struct link_result *r,
                 const struct failures *f, struct arena *arena)
{
	bool often = f->n >= m->opt.dead_runs;

	if (r->verdict != LINK_DEAD ||
	    (often && m->opt.now - f->first >= m->opt.dead_days * DAY))
		return;
	r->verdict = LINK_UNKNOWN;
	r->class = STR("failing");
	r->reason = arena_fmt(
	        arena, STR_FMT "; so far it has failed in %lld %s, over %lld %s",
	        STR_ARG(r->reason), (long long)f->n, f->n == 1 ? "run" : "runs",
	        (long long)((m->opt.now - f->first) / DAY),
	        (m->opt.now - f->first) / DAY == 1 ? "day" : "days");
}

/* One row into OUT; false: there is none. */
static bool read_url(struct link_memory *m, struct str key, struct link_result *out,
                     struct link_validators *validators, struct failures *f, bool *fresh,
                     int64_t *run, struct arena *arena)
{
	struct store_query *q = m->get_url;
	int64_t verdict;
	bool row;

	store_bind_text(q, 1, key);
	if (!store_step(q, &row, &m->trouble)) {
		end(m);
		return false;
	}
	if (!row)
		return false;
	verdict = store_int(q, 0);
	*out = (struct link_result){
	        .verdict = verdict >= 0 && verdict < LINK_VERDICTS_N
	                           ? (enum link_verdict)verdict
	                           : LINK_UNKNOWN,
	        .class = copy(arena, q, 1),
	        .status = (int)store_int(q, 2),
	        .final_url = copy(arena, q, 3),
	        .reason = copy(arena, q, 4),
	};
	*validators = (struct link_validators){copy(arena, q, 5), copy(arena, q, 6)};
	*run = store_int(q, 8);
	*fresh = is_fresh(m, out->verdict, false, store_int(q, 7), *run);
	*f = (struct failures){store_int(q, 9), store_int(q, 10)};
	store_reset(q);
	return true;
}

bool link_memory_url(struct link_memory *m, struct str key, struct link_result *out,
                     struct link_validators *validators, struct arena *arena)
{
	struct link_validators found = {0};
	struct link_result result;
	struct failures f;
	bool fresh = false, known;
	int64_t run;

	known = m && m->store &&
	        read_url(m, key, &result, &found, &f, &fresh, &run, arena);
	/* What was no page then is asked for as if for the first time. */
	if (validators)
		*validators = known && result.verdict == LINK_ALIVE
		                      ? found
		                      : (struct link_validators){0};
	if (!fresh)
		return false;
	hold(m, &result, &f, arena);
	*out = result;
	return true;
}

static void bind_url(struct link_memory *m, struct str key, const struct link_result *r,
                     const struct link_validators *v, const struct failures *f)
{
	struct store_query *q = m->put_url;

	store_bind_text(q, 1, key);
	store_bind_int(q, 2, r->verdict);
	store_bind_text(q, 3, r->class);
	store_bind_int(q, 4, r->status);
	store_bind_text(q, 5, r->final_url);
	store_bind_text(q, 6, r->reason);
	store_bind_text(q, 7, v ? v->etag : STR_NONE);
	store_bind_text(q, 8, v ? v->modified : STR_NONE);
	store_bind_int(q, 9, m->opt.now);
	store_bind_int(q, 10, m->run);
	store_bind_int(q, 11, f->n);
	store_bind_int(q, 12, f->first);
}

/* A link fails once a run, and forgets its failures when it is alive again. */
static void count_failure(const struct link_memory *m, struct failures *f,
                          enum link_verdict v, int64_t last_run)
{
	if (v != LINK_DEAD && v != LINK_UNKNOWN)
		*f = (struct failures){0};
	if (v != LINK_DEAD)
		return;
	if (!f->n)
		f->first = m->opt.now;
	if (!f->n || last_run != m->run)
		f->n++;
}

void link_memory_note_url(struct link_memory *m, struct str key,
                          struct link_result *result,
                          const struct link_validators *validators, struct arena *arena)
{
	struct link_validators unused;
	struct link_result old;
	struct failures f = {0};
	int64_t run = 0;
	bool fresh;

	if (!m || !join(m))
		return;
	(void)read_url(m, key, &old, &unused, &f, &fresh, &run, arena);
	count_failure(m, &f, result->verdict, run);
	if (!m->store)
		return;
	bind_url(m, key, result, validators, &f);
	joined(m, store_do(m->put_url, &m->trouble));
	hold(m, result, &f, arena);
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

/* ---- citations ---- */

bool link_memory_doi(struct link_memory *m, struct str doi, struct link_answer *out,
                     struct arena *arena)
{
	struct store_query *q = m && m->store ? m->get_doi : NULL;
	int64_t verdict;
	bool row;

	if (!q)
		return false;
	store_bind_text(q, 1, doi);
	if (!store_step(q, &row, &m->trouble)) {
		end(m);
		return false;
	}
	if (!row)
		return false;
	verdict = store_int(q, 0);
	row = verdict >= 0 && verdict < LINK_VERDICTS_N &&
	      is_fresh(m, (enum link_verdict)verdict, true, store_int(q, 6),
	               store_int(q, 7));
	if (row)
		*out = (struct link_answer){
		        .result = {.verdict = (enum link_verdict)verdict,
		                   .class = copy(arena, q, 1),
		                   .final_url = copy(arena, q, 2),
		                   .reason = copy(arena, q, 3)},
		        .agency = copy(arena, q, 4),
		        .csl = copy(arena, q, 5),
		        .checked = store_int(q, 6),
		};
	store_reset(q);
	return row;
}

void link_memory_note_doi(struct link_memory *m, struct str doi,
                          const struct link_answer *answer)
{
	const struct link_result *r = &answer->result;
	struct store_query *q;

	if (!m || !join(m))
		return;
	q = m->put_doi;
	store_bind_text(q, 1, doi);
	store_bind_int(q, 2, r->verdict);
	store_bind_text(q, 3, r->class);
	store_bind_text(q, 4, r->final_url);
	store_bind_text(q, 5, r->reason);
	store_bind_text(q, 6, answer->agency);
	store_bind_text(q, 7, answer->csl);
	store_bind_int(q, 8, m->opt.now);
	store_bind_int(q, 9, m->run);
	joined(m, store_do(q, &m->trouble));
}
