/*
 * internal.h - pages, signs in them, and who is asked when
 */
#pragma once

#include "base/map.h"
#include "http/url.h"
#include "probe/probe.h"

/* ---- page.c: just enough of HTML ---- */

/* The text of the first <title>, with blanks for line ends; or absent. */
struct str page_title(struct arena *a, struct str html);
/* Add the id and name of each element to the keys of OUT. They are slices of HTML. */
void page_ids(struct map *out, struct str html);

/* ---- signs.c: what pages give away ---- */

/* What is known of a reply. Texts are in lower case. */
struct signs {
	const struct http_reply *reply;
	struct http_url asked, final;
	struct str title, body; /* absent: not seen */
};

bool sign_robot_wall(const struct signs *s);
bool sign_login(const struct signs *s);
/* Half a sentence why the page is one that says "not found" with status 200; or NULL. */
const char *sign_soft_404(const struct signs *s);
bool sign_parked(const struct signs *s);
/* Whether the redirects led to another page, not just to https, "www." or a slash more. */
bool sign_moved(const struct signs *s);

/* ---- fragment.c ---- */

/* The first of the fragments that is not in the page; absent: all are, or nobody can say. */
struct str fragment_missing(struct arena *a, const struct probe_question *q,
                            const struct http_reply *reply);

/* ---- feed.c: a few URLs of each host at a time ---- */

#define FEED_NONE UINT32_MAX

struct feed_host {
	uint32_t first, last; /* URLs that are still to be asked, chained */
	int out; /* being asked */
	int throttled; /* replies of 429 */
	int silent; /* requests in a row without an answer; what they were taken for: */
	enum probe_verdict verdict;
	const char *class;
	bool answered; /* something, at least once */
	bool failed; /* one of them at least: for the tally */
	bool waits; /* in the list of those that may go on */
	struct feed_host *next;
};

struct feed {
	const struct probe_url *urls;
	size_t n;
	uint32_t *chain; /* n of them: the next URL of the same host */
	struct feed_host **host_of; /* n of them */
	struct map hosts;
	struct feed_host *first, *last;
	int per_host;
	size_t left; /* not taken yet */
};

void feed_init(struct feed *f, struct arena *a, const struct probe_url *urls, size_t n,
               int per_host);
void feed_add(struct feed *f, uint32_t index);
/* The next URL that may be asked, or FEED_NONE. */
uint32_t feed_take(struct feed *f);
/* URL INDEX is through. */
void feed_done(struct feed *f, uint32_t index);

/* ---- names.c ---- */

/* What is known of names that lead nowhere. */
struct names {
	struct map known; /* host -> const enum http_name * */
	enum http_name (*lookup)(const char *host);
	int silent; /* names in a row that nobody could be asked about */
};

void names_init(struct names *n, struct arena *a,
                enum http_name (*lookup)(const char *host));
/* Whether the host of URL is proved not to be there. */
bool names_is_none(struct names *n, struct arena *a, struct str url);

/* ---- held.c: answers that wait for the end ---- */

struct held {
	uint32_t index;
	bool again; /* to be asked a second time */
	long since; /* monotonic ms of the failure */
	struct probe_answer answer;
};

struct held_list {
	struct held *items;
	size_t n, cap;
};

/* In the order of the URLs, not of the replies. */
void held_sort(struct held_list *list);
/* A name is dead when somebody says that there is none, not when nobody says anything. */
void held_check_names(struct held_list *list, const struct probe_url *urls,
                      enum http_name (*lookup)(const char *host), struct arena *arena);
void held_count(struct held_list *list, struct feed *feed, struct probe_tally *t);
/* Say of all failures that they prove nothing. */
void held_blame_network(struct held_list *list, struct probe_tally *t,
                        struct arena *arena);
/* Look for copies of the dead ones. */
bool held_find_copies(struct held_list *list, const struct probe_url *urls,
                      struct http *http, const struct probe_options *opt, struct arena *a,
                      struct err *err);

/* ---- archive.c ---- */

struct archive_item {
	struct str url; /* asked about */
	struct str copy; /* found; or absent */
};

/* Look for copies of up to LIMIT_ARCHIVE_QUESTIONS of ITEMS. */
bool archive_ask(struct http *http, const struct probe_options *opt,
                 struct archive_item *items, size_t n, struct arena *a, struct err *err);
