#include "probe/internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"

/* ---- in the order of the list, not of the replies ---- */

static int by_index(const void *a, const void *b)
{
	const struct held *x = a, *y = b;

	return (x->index > y->index) - (x->index < y->index);
}

void held_sort(struct held_list *list)
{
	if (list->n)
		qsort(list->items, list->n, sizeof(*list->items), by_index);
}

/* ---- is it the resolver? ---- */

void held_check_names(struct held_list *list, const struct probe_url *urls,
                      enum http_name (*lookup)(const char *host), struct arena *arena)
{
	struct names names;

	names_init(&names, arena, lookup);
	for (size_t i = 0; i < list->n; i++) {
		struct probe_answer *a = &list->items[i].answer;
		struct str url =
		        a->final_url.s ? a->final_url : urls[list->items[i].index].url;

		if (strcmp(a->class, "no-host") != 0 || names_is_none(&names, arena, url))
			continue;
		a->verdict = PROBE_UNKNOWN;
		a->class = "dns";
		a->reason = STR("its name could not be looked up");
	}
}

/* ---- is it the network? ---- */

static bool is_unreachable(const struct probe_answer *a)
{
	static const char *const classes[] = {"no-host", "dns",   "no-connection",
	                                      "timeout", "reset", "protocol"};

	for (size_t i = 0; i < ARRAY_LEN(classes); i++)
		if (!strcmp(a->class, classes[i]))
			return true;
	/* Somebody between here and everywhere signs for all hosts. */
	return !strcmp(a->class, "tls") && !a->status;
}

static bool is_failure(const struct probe_answer *a)
{
	return a->verdict == PROBE_DEAD || is_unreachable(a);
}

void held_count(struct held_list *list, struct feed *feed, struct probe_tally *t)
{
	t->hosts = feed->hosts.n;
	for (size_t i = 0; i < list->n; i++) {
		const struct held *held = &list->items[i];
		struct feed_host *host = feed->host_of[held->index];

		if (!is_failure(&held->answer))
			continue;
		if (is_unreachable(&held->answer))
			t->unreachable++;
		else
			t->dead++;
		t->failed_hosts += !host->failed;
		host->failed = true;
	}
}

void held_blame_network(struct held_list *list, struct probe_tally *t,
                        struct arena *arena)
{
	struct str reason = arena_fmt(arena,
	                              "%zu of %zu links failed at once, which looks like "
	                              "the network here; run it again",
	                              t->dead + t->unreachable, t->asked);

	for (size_t i = 0; i < list->n; i++) {
		struct probe_answer *a = &list->items[i].answer;

		if (!is_failure(a))
			continue;
		a->verdict = PROBE_UNKNOWN;
		a->class = "network";
		a->reason = reason;
	}
	t->unreachable += t->dead;
	t->dead = 0;
}

/* ---- the archive ---- */

bool held_find_copies(struct held_list *list, const struct probe_url *urls,
                      struct http *http, const struct probe_options *opt, struct arena *a,
                      struct err *err)
{
	struct archive_item items[LIMIT_ARCHIVE_QUESTIONS];
	struct held *dead[LIMIT_ARCHIVE_QUESTIONS];
	size_t n = 0;

	for (size_t i = 0; i < list->n && n < LIMIT_ARCHIVE_QUESTIONS; i++) {
		if (list->items[i].answer.verdict != PROBE_DEAD)
			continue;
		dead[n] = &list->items[i];
		items[n++] =
		        (struct archive_item){urls[list->items[i].index].url, STR_NONE};
	}
	if (!n)
		return true;
	if (!archive_ask(http, opt, items, n, a, err))
		return false;
	for (size_t i = 0; i < n; i++)
		dead[i]->answer.archived = items[i].copy;
	return true;
}
