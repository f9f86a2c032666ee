/*
 * links_ask.c - `stemma links`: the network
 */
#include "cmd/links.h"

#include "base/limits.h"
#include "link/ask.h"
#include "link/cite.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#define SHOW_MS 100 /* between two changes of the line that tells how far it is */

/* ---- how far it is ---- */

struct progress {
	struct linking *l;
	bool shown; /* there is a line to be taken away */
	int64_t last;
	struct fetching *fetch; /* NULL: records are not kept */
};

static int64_t monotonic_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void show(void *ctx, size_t done, size_t total)
{
	struct progress *p = ctx;
	struct output *out = &p->l->run->err;
	int64_t now = monotonic_ms();

	if (p->shown && now - p->last < SHOW_MS)
		return;
	p->shown = true;
	p->last = now;
	buf_addf(&out->buf, "\rasked %zu of %zu ", done, total);
	(void)output_flush(out);
}

static void take_away(struct progress *p)
{
	if (!p->shown)
		return;
	buf_addz(&p->l->run->err.buf, "\r\033[K");
	(void)output_flush(&p->l->run->err);
}

static void keep_record(void *ctx, struct str doi, struct str csl, struct str agency,
                        struct str day)
{
	struct progress *p = ctx;

	links_keep(p->fetch, doi, csl, agency, day);
}

/* ---- what is asked, and how ---- */

static bool read_network(struct link_ask_options *out, struct linking *l, struct err *err)
{
	const struct links_args *args = l->args;

	*out = (struct link_ask_options){
	        .policy = &l->policy,
	        .now = l->now,
	        .today = day_of(l->now, l->run->arena),
	        .fragments = args->fragments,
	        .wayback = args->wayback,
	};
	if (!network_options(&out->http, l->run, &args->network, err))
		return false;
	out->http.jobs = args->jobs;
	out->http.per_host = args->per_host;
	out->http.total_ms = args->timeout * 1000L;
	out->http.retry_after_cap_s = args->retry_after_cap;
	out->http.deadline_ms =
	        args->deadline ? http_now_ms() + args->deadline * 1000L : 0;
	return true;
}

static void tell_trouble(struct linking *l, const struct link_memory *m)
{
	if (m && link_memory_trouble(m)->code)
		run_say(l->run, "what came later is not remembered: %s",
		        link_memory_trouble(m)->text);
}

static bool ask(struct linking *l, struct progress *p, struct link_memory *memory,
                struct err *err)
{
	struct link_ask_options opt;
	struct network_signals signals;
	bool ok;

	if (!read_network(&opt, l, err))
		return false;
	opt.memory = memory;
	opt.ctx = p;
	if (isatty(l->run->err.fd))
		opt.progress = show;
	if (p->fetch)
		opt.record = keep_record;
	network_catch(&signals);
	ok = link_ask(&l->set, &opt, err);
	l->signal = network_leave(&signals);
	take_away(p);
	if (ok && l->set.interrupted)
		run_say(l->run, "%s before all was asked; run it again to go on",
		        l->signal ? "stopped" : "the time is up");
	return ok;
}

bool links_ask(struct linking *l, struct err *err)
{
	CLEANUP(link_memory_close_p) struct link_memory *memory = NULL;
	struct fetching fetch = {.l = l};
	struct progress p = {.l = l, .fetch = l->args->fetch ? &fetch : NULL};
	bool ok;

	if (p.fetch && !links_fetch_begin(&fetch, err))
		return false;
	if (!links_open_memory(&memory, l, err))
		return false;
	ok = ask(l, &p, memory, err);
	tell_trouble(l, memory);
	return ok && (!p.fetch || links_fetch_end(&fetch, err));
}
