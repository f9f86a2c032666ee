/*
 * ask.c - one question at a time, asked again when its failure may pass
 */
#include "deposit/internal.h"

#include "base/limits.h"
#include "base/write.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

/* A question on its way. */
struct call {
	const struct session *session;
	struct answer *answer;
	struct str reason; /* why there is no answer; absent: there is one */
	bool stopped, again;
};

static const struct doc_node *json_of(const struct session *s, struct str body)
{
	const struct doc_options opt = {.format = DOC_JSON};
	struct source *source = arena_new(s->arena, struct source);
	struct diag_list diags;
	struct docs docs;

	*source = (struct source){STR("reply"), arena_str(s->arena, body)};
	diag_init(&diags, s->arena);
	return doc_read(&docs, source, &opt, s->arena, &diags) && docs.n
	               ? &docs.items[0].root
	               : NULL;
}

/* The client keeps the pause that a service asks for; one that is too long is not begun. */
static void told_to_wait(struct call *c, const struct http_reply *reply)
{
	long asked = reply->retry_after_s;

	c->again = asked <= LIMIT_DEPOSIT_PAUSE_S;
	c->reason = c->again
	                    ? PATH(c->session, "it answers with status %d", reply->status)
	                    : PATH(c->session, "it asks to wait for %ld seconds", asked);
}

static void done(struct http *h, struct http_request *r, const struct http_reply *reply)
{
	struct call *c = r->ctx;

	(void)h;
	c->stopped = reply->outcome == HTTP_STOPPED;
	if (reply->outcome != HTTP_REPLIED) {
		c->reason = reply->reason.n ? arena_str(c->session->arena, reply->reason)
		                            : STR("there is no connection");
		c->again = !c->stopped && reply->outcome != HTTP_BLOCKED &&
		           reply->outcome != HTTP_BAD_URL && reply->outcome != HTTP_TLS;
		return;
	}
	c->answer->status = reply->status;
	if (reply->status == 429 || reply->status >= 500) {
		told_to_wait(c, reply);
		return;
	}
	c->answer->json = json_of(c->session, reply->body);
}

/* Where the body comes from; -1 with the error noted when the file cannot be read. */
static int open_file(const struct session *s, const struct deposit_file *file)
{
	int fd = open(file->path.s, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		(void)err_set(s->err, ERR_IO, STR_FMT ": %s", STR_ARG(file->path),
		              strerror(errno));
	return fd;
}

static bool ask_once(struct call *c, const struct session *s, const struct question *q,
                     long not_before_ms)
{
	const struct http_header headers[] = {
	        {STR("Authorization"),
	         PATH(s, "Bearer " STR_FMT, STR_ARG(s->opt->token))},
	        {STR("Accept"), STR("application/json")},
	        {STR("Content-Type"),
	         q->file ? STR("application/octet-stream") : STR("application/json")},
	};
	CLEANUP(fd_release) int fd = q->file ? open_file(s, q->file) : -1;
	struct http_request r = {
	        .method = q->method,
	        .url = PATH(s, STR_FMT STR_FMT, STR_ARG(s->opt->api), STR_ARG(q->path)),
	        .headers = headers,
	        .headers_n = ARRAY_LEN(headers),
	        .body = q->body,
	        .body_fd = fd,
	        .body_size = q->file ? (off_t)q->file->bytes : 0,
	        .keep = LIMIT_DEPOSIT_REPLY_BYTES,
	        .total_ms = q->file ? LIMIT_DEPOSIT_UPLOAD_MS : 0,
	        .not_before_ms = not_before_ms,
	        .done = done,
	        .ctx = c,
	};

	if (q->file && fd < 0)
		return false;
	http_add(s->http, &r);
	return http_run(s->http, s->err);
}

bool ask(struct answer *out, const struct session *s, const struct question *q)
{
	long wait_ms = LIMIT_DEPOSIT_WAIT_MS;

	for (int tries = 1;; tries++) {
		struct call c = {.session = s, .answer = out};

		*out = (struct answer){0};
		if (!ask_once(&c, s, q, tries > 1 ? http_now_ms() + wait_ms : 0))
			return false;
		if (!c.reason.n)
			return true;
		if (c.stopped)
			return err_set(s->err, ERR_IO,
			               "stopped; run the same command again to go on");
		if (!c.again || tries == LIMIT_DEPOSIT_TRIES)
			return err_set(s->err, ERR_IO,
			               STR_FMT ": " STR_FMT "; what is there already is "
			                       "kept: run the same command again later",
			               STR_ARG(s->opt->api), STR_ARG(c.reason));
		wait_ms *= 2;
	}
}

/* The words of the first error in the list ERRORS, with the field it is about. */
static struct str first_error(const struct session *s, const struct doc_node *errors)
{
	const struct doc_node *first = doc_at(errors, STR("/0"));
	struct str field = doc_text(doc_get(first, "field"));
	struct str words = doc_text(doc_at(first, STR("/messages/0")));

	if (!words.n)
		return STR_NONE;
	return PATH(s, STR_FMT ": " STR_FMT, STR_ARG(field), STR_ARG(words));
}

bool refused(const struct session *s, const struct answer *a, const char *what)
{
	struct str message = doc_text(doc_get(a->json, "message"));
	struct str detail = first_error(s, doc_get(a->json, "errors"));

	if (a->status == 401 || a->status == 403)
		return err_set(s->err, ERR_CONFIG,
		               STR_FMT
		               " does not let this token %s; make one that may write and "
		               "publish deposits, and check which account it is of",
		               STR_ARG(s->opt->api), what);
	if (detail.n || !message.n)
		message = detail;
	return err_set(s->err, a->status == 400 ? ERR_CONFIG : ERR_IO,
	               STR_FMT " refuses to %s (status %d)%s%s", STR_ARG(s->opt->api),
	               what, a->status, message.n ? ": " : "",
	               message.n ? diag_quote(s->arena, message).s : "");
}

bool ask_for(struct answer *out, const struct session *s, const struct question *q,
             const char *what)
{
	if (!ask(out, s, q))
		return false;
	if (out->status < 200 || out->status >= 300)
		return refused(s, out, what);
	return true;
}

struct str encoded(const struct session *s, struct str text)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	                            "0123456789-._~";
	CLEANUP(buf_release) struct buf b = BUF_INIT(text.n * 3 + 1);

	for (size_t i = 0; i < text.n; i++)
		if (strchr(plain, text.s[i]) && text.s[i])
			buf_addc(&b, text.s[i]);
		else
			buf_addf(&b, "%%%02X", (unsigned char)text.s[i]);
	return arena_str(s->arena, buf_str(&b));
}
