/*
 * ask_url.c - links, asked of their servers
 */
#include "link/asking.h"

#include "base/limits.h"
#include "probe/probe.h"

#include <stdlib.h>

#define ARCHIVE "https://web.archive.org"
#define REDIRECTS 10 /* followed at most */
#define AGAIN_MS 2000 /* before what failed is asked a second time */

struct ask_url {
	struct asking *asking;
	struct probe_url *urls; /* n of them */
	struct link_url **of; /* the link of each */
	struct arena arena; /* fragments and validators */
	size_t n;
};

static const enum link_verdict verdicts[] = {
        [PROBE_ALIVE] = LINK_ALIVE,     [PROBE_REDIRECTED] = LINK_REDIRECTED,
        [PROBE_DEAD] = LINK_DEAD,       [PROBE_UNKNOWN] = LINK_UNKNOWN,
        [PROBE_WARNING] = LINK_WARNING, [PROBE_BLOCKED] = LINK_BLOCKED,
        [PROBE_INVALID] = LINK_INVALID, [PROBE_NOT_CHECKED] = LINK_NOT_CHECKED,
};

static struct str kept(struct asking *a, struct str s)
{
	return s.n ? arena_str(a->set->arena, s) : STR_NONE;
}

static void told(void *ctx, size_t index, const struct probe_answer *answer)
{
	struct ask_url *x = ctx;
	struct asking *a = x->asking;
	struct link_url *u = x->of[index];
	const struct link_validators validators = {answer->etag, answer->modified};

	if (answer->verdict == PROBE_NOT_CHECKED)
		return;
	u->result = (struct link_result){
	        .verdict = verdicts[answer->verdict],
	        .status = answer->status,
	        .class = *answer->class ? str_of(answer->class) : STR_NONE,
	        .reason = kept(a, answer->reason),
	        .final_url = kept(a, answer->final_url),
	        .archived = kept(a, answer->archived),
	};
	link_memory_note_url(a->opt->memory, u->key, &u->result, &validators,
	                     a->set->arena);
	asking_told(a);
}

/* The fragments that places of U name, each once. */
static void add_fragments(struct ask_url *x, struct probe_url *out,
                          const struct link_url *u)
{
	struct str *list = NULL;
	size_t n = 0, cap = 0;

	for (const struct link_place *p = u->places; p; p = p->next) {
		struct str fragment = link_fragment(p->text);
		bool known = !fragment.n || n == LIMIT_LINK_FRAGMENTS;

		for (size_t i = 0; !known && i < n; i++)
			known = str_eq(list[i], fragment);
		if (!known)
			*arena_push(&x->arena, list, n, cap) = fragment;
	}
	out->fragments = list;
	out->fragments_n = n;
}

/*
 * Whether the memory answers for U. It knows nothing of fragments, nor of copies of what is dead.
 */
static bool is_known(struct asking *a, struct link_url *u, struct link_validators *v)
{
	struct link_result result;

	if (a->opt->fragments ||
	    !link_memory_url(a->opt->memory, u->key, &result, v, a->set->arena) ||
	    (a->opt->wayback && result.verdict == LINK_DEAD))
		return false;
	u->result = result;
	return true;
}

/* What the memory does not know is to be asked. */
static void recall(struct ask_url *x)
{
	struct asking *a = x->asking;
	const struct map *all = &a->set->urls;

	for (size_t i = 0; i < all->n; i++) {
		struct link_url *u = all->items[i].value;
		struct link_validators v = {0};
		struct probe_url *url = &x->urls[x->n];

		if (u->result.verdict != LINK_NOT_CHECKED || is_known(a, u, &v))
			continue;
		*url = (struct probe_url){
		        .url = u->key, .etag = v.etag, .modified = v.modified};
		if (a->opt->fragments)
			add_fragments(x, url, u);
		x->of[x->n++] = u;
	}
	a->total += x->n;
}

static struct str archive_of(const struct asking *a)
{
	struct str own = a->opt->policy->services[SERVICE_WAYBACK];

	if (!a->opt->wayback)
		return STR_NONE;
	return own.n ? own : STR(ARCHIVE);
}

/* How much failed, in thousandths. */
static int share_of(const struct probe_tally *t)
{
	return t->asked ? (int)((t->dead + t->unreachable) * 1000 / t->asked) : -1;
}

static bool ask(struct ask_url *x, struct err *err)
{
	struct asking *a = x->asking;
	const struct probe_options opt = {
	        .jobs = a->opt->http.jobs,
	        .per_host = a->opt->http.per_host,
	        .redirects = REDIRECTS,
	        .again_ms = AGAIN_MS,
	        .archive = archive_of(a),
	        .archive_interval_ms = 1000,
	        .usual_failures = link_memory_failures(a->opt->memory),
	        .told = told,
	        .ctx = x,
	};
	struct probe_tally tally = {0};
	bool ok = probe_run(a->http, &opt, x->urls, x->n, &tally, err);

	if (ok && tally.asked >= LIMIT_LINK_TALLY)
		link_memory_note_failures(a->opt->memory, share_of(&tally));
	return ok;
}

bool ask_urls(struct asking *a, struct err *err)
{
	size_t n = a->set->urls.n;
	struct ask_url x = {.asking = a,
	                    .urls = mem_alloc((n + 1) * sizeof(*x.urls)),
	                    .of = mem_alloc((n + 1) * sizeof(struct link_url *))};
	bool ok;

	recall(&x);
	ok = !x.n || ask(&x, err);
	free(x.urls);
	free(x.of);
	arena_release(&x.arena);
	return ok;
}
