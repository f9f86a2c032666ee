#include "http/internal.h"

#include <string.h>
#include <time.h>

#include "base/limits.h"

#define HTTP_PAUSE_MS 1000 /* after a 429 that does not say how long */

long http_now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- when the next one may start ---- */

/* Replies come back unevenly: a twentieth more keeps a strict service content. */
static long spacing(const struct http_pace *pace)
{
	if (pace->per_interval <= 0 || pace->interval_ms <= 0)
		return 0;
	return (pace->interval_ms * 21 + pace->per_interval * 20L - 1) /
	       (pace->per_interval * 20L);
}

long pace_ready(const struct http_lane *lane)
{
	long paused = lane->pace->pause_until;

	return paused > lane->next_start ? paused : lane->next_start;
}

void pace_started(struct http_lane *lane, long now)
{
	lane->next_start = now + spacing(lane->pace);
}

/* ---- what replies say ---- */

/* The number at the start of S, at most MAX; -1 when there is none. */
static long read_number(struct str s, long max)
{
	long n = 0;
	size_t i = 0;

	for (; i < s.n && s.s[i] >= '0' && s.s[i] <= '9'; i++)
		n = n > max ? n : n * 10 + s.s[i] - '0';
	if (!i)
		return -1;
	return n < max ? n : max;
}

long http_retry_after(struct str value, long now)
{
	char z[64] = {0};
	time_t then;

	value = str_trim(value);
	if (!value.n || value.n >= sizeof(z))
		return -1;
	if (value.s[0] >= '0' && value.s[0] <= '9')
		return read_number(value, LIMIT_HTTP_PAUSE_SECONDS);
	memcpy(z, value.s, value.n);
	then = curl()->getdate(z, NULL);
	if (then < 0)
		return -1;
	if (then <= now)
		return 0;
	return then - now < LIMIT_HTTP_PAUSE_SECONDS ? then - now
	                                             : LIMIT_HTTP_PAUSE_SECONDS;
}

/* "1s", "1000ms", "60": milliseconds, or -1. */
static long read_interval(struct str s)
{
	long n = read_number(s, LIMIT_HTTP_PAUSE_SECONDS);

	if (n <= 0)
		return -1;
	if (str_ends(s, STR("ms")))
		return n;
	return n * 1000;
}

static void learn_rate(struct http_job *job, struct http_pace *pace)
{
	const struct http_header *headers = job->headers;
	size_t n = job->headers_n;
	long limit = read_number(header_find(headers, n, "x-rate-limit-limit"), 100000);
	long interval = read_interval(header_find(headers, n, "x-rate-limit-interval"));
	long at_once = read_number(header_find(headers, n, "x-concurrency-limit"), 10000);
	/* Between two starts: no header stops a run for longer than Retry-After may. */
	long cap = job->http->opt.retry_after_cap_s, most = (cap > 1 ? cap : 1) * 1000;

	if (limit > 0 && interval > 0) {
		pace->per_interval = (int)limit;
		pace->interval_ms = interval < most * limit ? interval : most * limit;
	}
	if (at_once > 0)
		pace->concurrent = (int)at_once;
}

/* How long a service that says "too many" is left alone, in ms. */
static long pause_of(const struct http_job *job, const struct http_pace *pace, long asked)
{
	long cap = job->http->opt.retry_after_cap_s;

	if (asked >= 0)
		return (asked < cap ? asked : cap) * 1000;
	return pace->interval_ms > HTTP_PAUSE_MS ? pace->interval_ms : HTTP_PAUSE_MS;
}

long pace_learn(struct http_job *job, int status)
{
	struct http_pace *pace = job->request->lane->pace;
	struct str value = header_find(job->headers, job->headers_n, "retry-after");
	long asked = value.s ? http_retry_after(value, (long)time(NULL)) : -1;
	long until;

	if (pace == job->request->pace)
		learn_rate(job, pace);
	if (status != 429 && (status != 503 || asked < 0))
		return asked;
	until = http_now_ms() + pause_of(job, pace, asked);
	if (until > pace->pause_until)
		pace->pause_until = until;
	return asked;
}
