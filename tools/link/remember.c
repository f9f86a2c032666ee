/*
 * remember.c - answers, and how long they are good
 */
#include "link/remember.h"

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
		memory_end(m);
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

	if (!m || !memory_join(m))
		return;
	(void)read_url(m, key, &old, &unused, &f, &fresh, &run, arena);
	count_failure(m, &f, result->verdict, run);
	if (!m->store)
		return;
	bind_url(m, key, result, validators, &f);
	memory_joined(m, store_do(m->put_url, &m->trouble));
	hold(m, result, &f, arena);
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
		memory_end(m);
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

	if (!m || !memory_join(m))
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
	memory_joined(m, store_do(q, &m->trouble));
}
