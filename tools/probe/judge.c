#include "probe/internal.h"

#include <string.h>

static enum probe_step give(struct probe_answer *out, enum probe_verdict verdict,
                            const char *class, struct str reason)
{
	out->verdict = verdict;
	out->class = class;
	out->reason = reason;
	return PROBE_TELL;
}

/* An answer that may be another one later. */
static enum probe_step give_for_now(struct probe_answer *out, enum probe_verdict verdict,
                                    const char *class, struct str reason)
{
	give(out, verdict, class, reason);
	return PROBE_AGAIN;
}

/* ---- no reply ---- */

static enum probe_step judge_tls(struct probe_answer *out, const struct http_reply *reply)
{
	if (reply->tls != HTTP_TLS_OTHER)
		return give(out, PROBE_WARNING, "tls", reply->reason);
	return give_for_now(out, PROBE_UNKNOWN, "tls", reply->reason);
}

static enum probe_step judge_bar(struct probe_answer *out, const struct http_reply *reply)
{
	return give(out, PROBE_BLOCKED,
	            reply->bar == HTTP_BAR_SCHEME ? "scheme"
	            : reply->bar == HTTP_BAR_PORT ? "port"
	                                          : "private-address",
	            reply->reason);
}

static enum probe_step judge_failure(struct probe_answer *out,
                                     const struct http_reply *reply)
{
	switch (reply->outcome) {
	case HTTP_NO_HOST:
		return give_for_now(out, PROBE_DEAD, "no-host", reply->reason);
	case HTTP_REFUSED:
		return give_for_now(out, PROBE_UNKNOWN, "no-connection", reply->reason);
	case HTTP_TIMEOUT:
		return give_for_now(out, PROBE_UNKNOWN, "timeout", reply->reason);
	case HTTP_RESET:
		return give_for_now(out, PROBE_UNKNOWN, "reset", reply->reason);
	case HTTP_TLS:
		return judge_tls(out, reply);
	case HTTP_BLOCKED:
		return judge_bar(out, reply);
	case HTTP_REDIRECTS:
		return give(out, PROBE_WARNING, "too-many-redirects", reply->reason);
	case HTTP_BAD_URL:
		return reply->status
		               ? give(out, PROBE_WARNING, "bad-redirect", reply->reason)
		               : give(out, PROBE_INVALID, "url", reply->reason);
	case HTTP_STOPPED:
		return give(out, PROBE_NOT_CHECKED, "", reply->reason);
	default:
		return give_for_now(out, PROBE_UNKNOWN, "protocol", reply->reason);
	}
}

/* ---- replies ---- */

static bool permanent(const struct http_reply *reply)
{
	for (size_t i = 0; i < reply->hops_n; i++)
		if (reply->hops[i].status != 301 && reply->hops[i].status != 308)
			return false;
	return reply->hops_n > 0;
}

static enum probe_step judge_page(struct probe_answer *out, const struct signs *s,
                                  const struct probe_question *q, struct arena *a)
{
	const char *soft = sign_soft_404(s);
	struct str missing;

	if (sign_login(s))
		return give(out, PROBE_UNKNOWN, "login",
		            STR("it leads to a log-in page"));
	if (sign_parked(s))
		return give(out, PROBE_WARNING, "parked",
		            STR("its domain is parked or for sale"));
	if (soft)
		return give(out, PROBE_WARNING, "soft-404", str_of(soft));
	missing = fragment_missing(a, q, s->reply);
	if (missing.s)
		return give(out, PROBE_WARNING, "fragment",
		            arena_fmt(a, "the page has no place \"" STR_FMT "\"",
		                      STR_ARG(missing)));
	if (permanent(s->reply) && out->final_url.s)
		return give(out, PROBE_REDIRECTED, "", STR("it has moved for good"));
	return give(out, PROBE_ALIVE, "", STR_NONE);
}

static struct str answers(struct arena *a, int status, const char *meaning)
{
	return arena_fmt(a, "it answers %d, %s", status, meaning);
}

static enum probe_step judge_refusal(struct probe_answer *out, int status,
                                     struct arena *a)
{
	switch (status) {
	case 404:
		return give_for_now(out, PROBE_DEAD, "not-found",
		                    answers(a, status, "not found"));
	case 410:
		return give_for_now(out, PROBE_DEAD, "gone", answers(a, status, "gone"));
	case 401:
	case 407:
		return give(out, PROBE_UNKNOWN, "login",
		            answers(a, status, "which asks for a password"));
	case 402:
	case 403:
		return give(out, PROBE_UNKNOWN, "forbidden",
		            answers(a, status, "and often does so to robots only"));
	case 429:
		return give_for_now(out, PROBE_UNKNOWN, "throttled",
		                    answers(a, status, "too many requests"));
	case 451:
		return give(out, PROBE_UNKNOWN, "legal",
		            answers(a, status, "withheld for legal reasons here"));
	default:
		break;
	}
	if (status >= 500)
		return give_for_now(out, PROBE_UNKNOWN, "server-error",
		                    answers(a, status, "trouble with the server"));
	if (status >= 400)
		return give(out, PROBE_UNKNOWN, "client-error",
		            answers(a, status, "which it may not to a browser"));
	return give(out, PROBE_UNKNOWN, "redirect",
	            answers(a, status, "a redirect that leads nowhere"));
}

/* ---- is HEAD enough? ---- */

static bool is_html(const struct http_reply *reply)
{
	struct str type = http_header_get(reply, "content-type");

	return str_starts(type, STR("text/html")) ||
	       str_starts(type, STR("application/xhtml+xml"));
}

static bool needs_get(const struct probe_question *q, const struct http_reply *reply,
                      const struct signs *s)
{
	if (strcmp(q->method, "HEAD") != 0)
		return false;
	if (reply->outcome != HTTP_REPLIED)
		return reply->outcome == HTTP_RESET || reply->outcome == HTTP_PROTOCOL;
	if (reply->status == 429)
		return false;
	if (reply->status >= 400)
		return true;
	return reply->status >= 200 && reply->status < 300 &&
	       (q->fragments_n || (is_html(reply) && (q->pages || sign_moved(s))));
}

/* ---- all together ---- */

static void read_signs(struct signs *s, const struct probe_question *q,
                       const struct http_reply *reply, struct arena *a)
{
	const char *why;

	*s = (struct signs){.reply = reply};
	/* Only redirects lead elsewhere, and parked domains say so in their pages. */
	if (reply->hops_n && (!http_url_parse(&s->asked, a, q->url, &why) ||
	                      !http_url_parse(&s->final, a, reply->url, &why)))
		s->asked = s->final = (struct http_url){0};
	if (!reply->body.n)
		return;
	s->body = arena_lower(a, reply->body);
	s->title = page_title(a, s->body);
}

static void note_reply(struct probe_answer *out, const struct signs *s,
                       const struct http_reply *reply, struct arena *a)
{
	struct str etag = http_header_get(reply, "etag");
	struct str modified = http_header_get(reply, "last-modified");
	struct str to = reply->url;
	const struct http_hop *last =
	        reply->hops_n ? &reply->hops[reply->hops_n - 1] : NULL;
	struct str fragment =
	        last && last->fragment.s ? last->fragment : s->asked.fragment;

	*out = (struct probe_answer){.status = reply->status, .class = ""};
	if (last && !str_eq(s->asked.text, to))
		out->final_url = fragment.s ? arena_fmt(a, STR_FMT "#" STR_FMT,
		                                        STR_ARG(to), STR_ARG(fragment))
		                            : to;
	if (reply->outcome != HTTP_REPLIED || reply->hops_n)
		return;
	out->etag = etag.n ? etag : STR_NONE;
	out->modified = modified.n ? modified : STR_NONE;
}

/* What went wrong did so where the redirects led. */
static enum probe_step judge_no_reply(struct probe_answer *out,
                                      const struct http_reply *reply, struct arena *a)
{
	enum probe_step step = judge_failure(out, reply);

	if (reply->hops_n && out->verdict != PROBE_NOT_CHECKED)
		out->reason =
		        arena_fmt(a, "it redirects to " STR_FMT ", and there " STR_FMT,
		                  STR_ARG(reply->url), STR_ARG(out->reason));
	return step;
}

enum probe_step probe_judge(struct probe_answer *answer, const struct probe_question *q,
                            const struct http_reply *reply, struct arena *a)
{
	int status = reply->status;
	struct signs s;

	read_signs(&s, q, reply, a);
	note_reply(answer, &s, reply, a);
	if (needs_get(q, reply, &s))
		return PROBE_GET;
	if (reply->outcome != HTTP_REPLIED)
		return judge_no_reply(answer, reply, a);
	if (sign_robot_wall(&s))
		return give(answer, PROBE_UNKNOWN, "robot-wall",
		            STR("it lets no robots in"));
	/* 300 lists several forms of what is there. */
	if ((status >= 200 && status <= 300) || status == 304)
		return judge_page(answer, &s, q, a);
	return judge_refusal(answer, status, a);
}
