#include "http/internal.h"

#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/limits.h"

/* ---- what comes and goes ---- */

static size_t body_bytes(char *bytes, size_t size, size_t n, void *data)
{
	struct http_job *job = data;
	size_t room = job->request->keep - job->body.n;

	n *= size;
	if (n <= room) {
		buf_add(&job->body, (struct str){bytes, n});
		return n;
	}
	buf_add(&job->body, (struct str){bytes, room});
	job->truncated = true;
	return CURL_WRITEFUNC_ERROR;
}

static size_t upload_bytes(char *to, size_t size, size_t n, void *data)
{
	struct http_job *job = data;
	const struct http_request *r = job->request;
	off_t left = r->body_size - job->sent;
	ssize_t got;

	n *= size;
	if ((off_t)n > left)
		n = (size_t)left;
	got = pread(r->body_fd, to, n, job->sent);
	if (got < 0 || (got == 0 && left > 0))
		return CURL_READFUNC_ABORT;
	job->sent += got;
	return (size_t)got;
}

static int upload_seek(void *data, curl_off_t offset, int origin)
{
	struct http_job *job = data;

	if (origin != SEEK_SET)
		return CURL_SEEKFUNC_CANTSEEK;
	job->sent = offset;
	return CURL_SEEKFUNC_OK;
}

/* ---- options ---- */

static void set_long(struct http_job *job, CURLoption option, long value)
{
	curl()->easy_setopt(job->easy, option, value);
}

/* NULL and text of ours that libcurl knows: only memory can fail. */
static void set_text(struct http_job *job, CURLoption option, const char *z)
{
	if (curl()->easy_setopt(job->easy, option, z) == CURLE_OUT_OF_MEMORY)
		out_of_memory();
}

static void add_header(struct http_job *job, const char *line)
{
	struct curl_slist *list = curl()->slist_append(job->header_list, line);

	if (!list)
		out_of_memory();
	job->header_list = list;
}

/* These tell what is wanted, never who wants it. */
static bool is_harmless(struct str name)
{
	return (name.n == 6 && !strncasecmp(name.s, "accept", 6)) ||
	       (name.n == 15 && !strncasecmp(name.s, "accept-language", 15));
}

static bool one_line(struct str s)
{
	return str_find(s, '\n') == s.n && str_find(s, '\r') == s.n &&
	       str_find(s, '\0') == s.n;
}

static void set_headers(struct http_job *job)
{
	const struct http_request *r = job->request;
	bool home = http_url_same_origin(&job->first, &job->url);

	curl()->slist_free_all(job->header_list);
	job->header_list = NULL;
	add_header(job, "Expect:");
	for (size_t i = 0; i < r->headers_n; i++) {
		const struct http_header *header = &r->headers[i];

		if (!home && !is_harmless(header->name))
			continue;
		if (!one_line(header->name) || !one_line(header->value))
			continue;
		add_header(job, arena_fmt(&job->arena, STR_FMT ": " STR_FMT,
		                          STR_ARG(header->name), STR_ARG(header->value))
		                        .s);
	}
	curl()->easy_setopt(job->easy, CURLOPT_HTTPHEADER, job->header_list);
}

static void set_upload(struct http_job *job)
{
	curl()->easy_setopt(job->easy, CURLOPT_UPLOAD, 1L);
	curl()->easy_setopt(job->easy, CURLOPT_INFILESIZE_LARGE,
	                    (curl_off_t)job->request->body_size);
	curl()->easy_setopt(job->easy, CURLOPT_READFUNCTION, upload_bytes);
	curl()->easy_setopt(job->easy, CURLOPT_READDATA, job);
	curl()->easy_setopt(job->easy, CURLOPT_SEEKFUNCTION, upload_seek);
	curl()->easy_setopt(job->easy, CURLOPT_SEEKDATA, job);
}

static void set_method(struct http_job *job)
{
	const struct http_request *r = job->request;

	if (!strcmp(r->method, "HEAD")) {
		set_long(job, CURLOPT_NOBODY, 1);
		return;
	}
	if (!strcmp(r->method, "GET"))
		return;
	if (r->body_size > 0) {
		set_upload(job);
	} else if (r->body.s || !strcmp(r->method, "POST")) {
		curl()->easy_setopt(job->easy, CURLOPT_POSTFIELDSIZE_LARGE,
		                    (curl_off_t)r->body.n);
		curl()->easy_setopt(job->easy, CURLOPT_POSTFIELDS,
		                    r->body.s ? r->body.s : "");
	}
	set_text(job, CURLOPT_CUSTOMREQUEST, r->method);
}

static void set_safety(struct http_job *job)
{
	const struct http *h = job->http;

	set_text(job, CURLOPT_PROTOCOLS_STR, "http,https");
	set_text(job, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
	set_long(job, CURLOPT_FOLLOWLOCATION, 0);
	set_text(job, CURLOPT_PROXY, h->proxy ? h->proxy : "");
	set_text(job, CURLOPT_NOPROXY, "");
	set_long(job, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1);
	if (!h->proxy) {
		curl()->easy_setopt(job->easy, CURLOPT_OPENSOCKETFUNCTION, bar_socket);
		curl()->easy_setopt(job->easy, CURLOPT_OPENSOCKETDATA, job);
	}
	if (h->ca_file) {
		set_text(job, CURLOPT_CAINFO, h->ca_file);
		set_text(job, CURLOPT_CAPATH, NULL);
	}
}

static void set_times(struct http_job *job)
{
	const struct http_options *opt = &job->http->opt;
	long total = job->request->total_ms > 0 ? job->request->total_ms : opt->total_ms;
	long left = total - job->spent;

	set_long(job, CURLOPT_NOSIGNAL, 1);
	set_long(job, CURLOPT_TIMEOUT_MS, left > 1 ? left : 1);
	set_long(job, CURLOPT_CONNECTTIMEOUT_MS, opt->connect_ms);
	set_long(job, CURLOPT_LOW_SPEED_LIMIT, LIMIT_HTTP_SLOW_BYTES);
	set_long(job, CURLOPT_LOW_SPEED_TIME, LIMIT_HTTP_SLOW_SECONDS);
}

void easy_set(struct http_job *job)
{
	CURL *easy = job->easy;

	curl()->easy_setopt(easy, CURLOPT_PRIVATE, job);
	curl()->easy_setopt(easy, CURLOPT_SHARE, job->http->share);
	curl()->easy_setopt(easy, CURLOPT_ERRORBUFFER, job->error);
	set_long(job, CURLOPT_PATH_AS_IS, 1);
	set_text(job, CURLOPT_USERAGENT, job->http->user_agent);
	/* Cookies last from one redirect to the next. */
	set_text(job, CURLOPT_COOKIEFILE, "");
	if (job->request->keep)
		set_text(job, CURLOPT_ACCEPT_ENCODING, "gzip");
	curl()->easy_setopt(easy, CURLOPT_HEADERFUNCTION, header_line);
	curl()->easy_setopt(easy, CURLOPT_HEADERDATA, job);
	curl()->easy_setopt(easy, CURLOPT_WRITEFUNCTION, body_bytes);
	curl()->easy_setopt(easy, CURLOPT_WRITEDATA, job);
	set_method(job);
	set_safety(job);
}

void easy_aim(struct http_job *job)
{
	bool secure = str_eqz(job->url.scheme, "https");

	/* The handshake tells whether one connection is enough; without it nobody tells. */
	set_long(job, CURLOPT_PIPEWAIT, secure && !job->http1);
	set_text(job, CURLOPT_URL, arena_str(&job->arena, job->url.text).s);
	set_long(job, CURLOPT_HTTP_VERSION,
	         job->http1 ? CURL_HTTP_VERSION_1_1 : CURL_HTTP_VERSION_2TLS);
	set_headers(job);
	set_times(job);
}

void easy_clean(struct http_job *job)
{
	/* Both, or cookies stay behind and the list of files is lost. */
	curl()->easy_setopt(job->easy, CURLOPT_COOKIELIST, "ALL");
	curl()->easy_setopt(job->easy, CURLOPT_COOKIEFILE, NULL);
	curl()->easy_reset(job->easy);
}
