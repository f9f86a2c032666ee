/*
 * remember.c - answers, and how long they are good
 */
#include "link/remember.h"

#include <time.h>

#define WAIT_MS 5

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
	int64_t age = m->opt.now - checked, good = days_of(v, registry) * MEMORY_DAY;

	if (run == m->run)
		return true;
	if (m->opt.max_age >= 0 && m->opt.max_age < good)
		good = m->opt.max_age;
	return age >= 0 && age < good;
}

/* ---- links ---- */

/* A moment or a number, out of a file that anybody may have written: fit to be reckoned with. */
static int64_t sane(int64_t n)
{
	const int64_t most = INT64_C(1) << 48;

	return n < 0 ? 0 : n < most ? n : most;
}

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
	    (often && m->opt.now - f->first >= m->opt.dead_days * MEMORY_DAY))
		return;
	r->verdict = LINK_UNKNOWN;
	r->class = STR("failing");
	r->reason = arena_fmt(
	        arena, STR_FMT "; so far it has failed in %lld %s, over %lld %s",
	        STR_ARG(r->reason), (long long)f->n, f->n == 1 ? "run" : "runs",
	        (long long)((m->opt.now - f->first) / MEMORY_DAY),
	        (m->opt.now - f->first) / MEMORY_DAY == 1 ? "day" : "days");
}

/* Go to the row of Q that is of KEY; false: there is none, or the memory is in trouble. */
static bool find_row(struct link_memory *m, struct store_query *q, struct str key)
{
	bool row;

	store_bind_text(q, 1, key);
	if (store_step(q, &row, &m->trouble))
		return row;
	memory_end(m);
	return false;
}

/* One row into OUT; false: there is none. */
static bool read_url(struct link_memory *m, struct str key, struct link_result *out,
                     struct link_validators *validators, struct failures *f, bool *fresh,
                     int64_t *run, struct arena *arena)
{
	struct store_query *q = m->get_url;
	int64_t verdict;

	if (!find_row(m, q, key))
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
	*fresh = is_fresh(m, out->verdict, false, sane(store_int(q, 7)), *run);
	*f = (struct failures){sane(store_int(q, 9)), sane(store_int(q, 10))};
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

	if (m && m->notes_n)
		memory_flush(m);
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

/* ---- writing down ---- */

static bool write_note(struct link_memory *m, const struct note *note)
{
	const struct link_result *r = &note->result;
	struct store_query *q = m->put_url;

	store_bind_text(q, 1, note->key);
	store_bind_int(q, 2, r->verdict);
	store_bind_text(q, 3, r->class);
	store_bind_int(q, 4, r->status);
	store_bind_text(q, 5, r->final_url);
	store_bind_text(q, 6, r->reason);
	store_bind_text(q, 7, note->validators.etag);
	store_bind_text(q, 8, note->validators.modified);
	store_bind_int(q, 9, m->opt.now);
	store_bind_int(q, 10, m->run);
	store_bind_int(q, 11, note->failures.n);
	store_bind_int(q, 12, note->failures.first);
	return store_do(q, &m->trouble);
}

static bool write_notes(struct link_memory *m)
{
	bool ok = store_begin(m->store, &m->trouble);

	for (size_t i = 0; ok && i < m->notes_n; i++)
		ok = write_note(m, &m->notes[i]);
	return ok && store_end(m->store, true, &m->trouble);
}

static int64_t monotonic_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void memory_flush(struct link_memory *m)
{
	if (m->store && m->notes_n && !write_notes(m))
		memory_end(m);
	m->notes_n = 0;
	m->written = monotonic_ms();
	arena_reset(&m->arena);
}

static struct str kept(struct link_memory *m, struct str s)
{
	return s.s ? arena_str(&m->arena, s) : s;
}

/* Only what comes in masses waits, and not for long: the program may be killed. */
static void add_note(struct link_memory *m, const struct note *note)
{
	const struct link_result *r = &note->result;

	m->notes[m->notes_n++] = (struct note){
	        .key = kept(m, note->key),
	        .result = {.verdict = r->verdict,
	                   .status = r->status,
	                   .class = kept(m, r->class),
	                   .reason = kept(m, r->reason),
	                   .final_url = kept(m, r->final_url)},
	        .validators = {kept(m, note->validators.etag),
	                       kept(m, note->validators.modified)},
	        .failures = note->failures,
	};
	if (m->notes_n == MEMORY_TOGETHER || monotonic_ms() - m->written >= WAIT_MS)
		memory_flush(m);
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
	struct note note = {.key = key, .result = *result};
	struct link_validators unused;
	struct link_result old;
	int64_t run = 0;
	bool fresh;

	if (!m || !m->store)
		return;
	(void)read_url(m, key, &old, &unused, &note.failures, &fresh, &run, arena);
	count_failure(m, &note.failures, result->verdict, run);
	if (validators)
		note.validators = *validators;
	add_note(m, &note);
	hold(m, result, &note.failures, arena);
}

/* ---- citations ---- */

bool link_memory_doi(struct link_memory *m, struct str doi, struct link_answer *out,
                     struct arena *arena)
{
	struct store_query *q = m && m->store ? m->get_doi : NULL;
	int64_t verdict;
	bool fresh;

	if (!q)
		return false;
	if (!find_row(m, q, doi))
		return false;
	verdict = store_int(q, 0);
	fresh = verdict >= 0 && verdict < LINK_VERDICTS_N &&
	        is_fresh(m, (enum link_verdict)verdict, true, sane(store_int(q, 6)),
	                 store_int(q, 7));
	if (fresh)
		*out = (struct link_answer){
		        .result = {.verdict = (enum link_verdict)verdict,
		                   .class = copy(arena, q, 1),
		                   .final_url = copy(arena, q, 2),
		                   .reason = copy(arena, q, 3)},
		        .agency = copy(arena, q, 4),
		        .csl = copy(arena, q, 5),
		        .checked = sane(store_int(q, 6)),
		};
	store_reset(q);
	return fresh;
}

void link_memory_note_doi(struct link_memory *m, struct str doi,
                          const struct link_answer *answer)
{
	const struct link_result *r = &answer->result;
	struct store_query *q;

	if (!m || !m->store)
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
	if (!store_do(q, &m->trouble))
		memory_end(m);
}
