/*
 * asking.h - ask the double of the registries, for tests
 *
 * A test opens an asking, with the lines of the double's control file, asks, and looks at the
 * results by index.
 */
#pragma once

#include "../sandbox.h"
#include "base/buf.h"
#include "registry/registry.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/types.h>
#include <sys/wait.h>

#define ASKING_MAX 6000

struct told {
	enum registry_answer answer;
	struct str doi, agency, target, reason, title, csl; /* in the asking's arena */
	bool record, is_notice;
	unsigned times, requests;
};

struct asking {
	struct sandbox sandbox;
	pid_t double_;
	struct arena arena;
	struct str base;
	struct http *http;
	struct registry *registry;
	struct told told[ASKING_MAX];
	struct registry_stats stats;
	volatile sig_atomic_t stop;
	unsigned stop_after; /* results; 0: never */
	unsigned told_n;
};

static inline void asking_told(void *ctx, size_t index, const struct registry_result *r)
{
	struct asking *a = ctx;
	struct told *t = &a->told[index];

	*t = (struct told){
	        .answer = r->answer,
	        .doi = arena_str(&a->arena, r->doi),
	        .agency = arena_str(&a->arena, r->agency),
	        .target = arena_str(&a->arena, r->target),
	        .reason = arena_str(&a->arena, r->reason),
	        .record = r->record,
	        .times = t->times + 1,
	        .requests = r->requests,
	};
	if (r->record) {
		t->title = arena_str(&a->arena, r->record->title);
		t->csl = arena_str(&a->arena, r->record->csl);
		t->is_notice = r->record->is_notice;
	}
	if (++a->told_n == a->stop_after)
		a->stop = 1;
}

/* Start the double; its address becomes A->base. */
static inline void asking_start(struct asking *a)
{
	char line[64] = "";
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	a->double_ = fork();
	if (!a->double_) {
		prctl(PR_SET_PDEATHSIG, SIGTERM);
		dup2(ends[1], 1);
		close(ends[0]);
		execl(STEMMA_DOUBLE, "double", "-c", "control", "-l", "log", NULL);
		_exit(127);
	}
	close(ends[1]);
	assert_true(read(ends[0], line, sizeof(line) - 1) > 0);
	close(ends[0]);
	a->base = arena_str(&a->arena, str_trim(str_of(line)));
}

static inline struct str asking_at(struct asking *a, const char *path)
{
	return arena_fmt(&a->arena, STR_FMT "/%s", STR_ARG(a->base), path);
}

static inline void asking_open(struct asking *a, const char *control, const char *mailto)
{
	static struct http_range here;
	struct http_options web = {
	        .user_agent = STR("test"),
	        .allow = &here,
	        .allow_n = 1,
	        .jobs = 16,
	        .per_host = 4,
	        .connect_ms = 2000,
	        .total_ms = strstr(control, "drip") ? 1500 : 10000,
	        .retry_after_cap_s = 1,
	        .stop = &a->stop,
	};
	struct registry_options opt = {
	        .mailto = str_of(mailto),
	        .arxiv_interval_ms = 30,
	        .retry_ms = 20,
	        .told = asking_told,
	        .ctx = a,
	};
	struct err err = {0};

	memset(a, 0, sizeof(*a));
	sandbox_open(&a->sandbox);
	sandbox_write("control", control);
	asking_start(a);
	assert_true(http_range_parse(&here, STR("127.0.0.1")));
	assert_true(http_open(&a->http, &web, &err));
	opt.http = a->http;
	opt.doi = asking_at(a, "doi");
	opt.handle = asking_at(a, "doi/api/handles");
	opt.crossref = asking_at(a, "crossref");
	opt.datacite = asking_at(a, "datacite");
	opt.arxiv = asking_at(a, "arxiv");
	assert_true(registry_open(&a->registry, &opt, &err));
}

static inline void asking_ask(struct asking *a, const struct str *ids, size_t n)
{
	struct err err = {0};

	registry_ask(a->registry, ids, n);
	assert_true(http_run(a->http, &err));
	registry_finish(a->registry);
	a->stats = registry_stats(a->registry);
	for (size_t i = 0; i < n; i++)
		if (a->told[i].times != 1)
			fail_msg(STR_FMT " was told %u times", STR_ARG(ids[i]),
			         a->told[i].times);
}

static inline void asking_close(struct asking *a)
{
	registry_close(a->registry);
	http_close(a->http);
	kill(a->double_, SIGTERM);
	waitpid(a->double_, NULL, 0);
	sandbox_close(&a->sandbox);
	arena_release(&a->arena);
}
