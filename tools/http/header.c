#include "http/internal.h"

#include <string.h>

#include "base/limits.h"

static void keep_header(struct http_job *job, struct str line)
{
	struct arena *a = &job->arena;
	size_t colon = str_find(line, ':');
	struct http_header *header;

	if (colon == line.n || !colon)
		return;
	header = arena_push(a, job->headers, job->headers_n, job->headers_cap);
	header->name = arena_lower(a, str_sub(line, 0, colon));
	header->value = arena_str(a, str_trim(str_sub(line, colon + 1, line.n)));
}

size_t header_line(char *bytes, size_t size, size_t n, void *data)
{
	struct http_job *job = data;
	struct str line = {bytes, n * size};

	job->header_bytes += line.n;
	if (job->header_bytes > LIMIT_HTTP_HEADER_BYTES) {
		job->header_too_big = true;
		return CURL_WRITEFUNC_ERROR;
	}
	/* An interim reply (100, 103) was no reply; what follows the blank line is a trailer. */
	if (str_starts(line, STR("HTTP/"))) {
		job->headers_n = 0;
		job->header_whole = false;
	} else if (!str_trim(line).n) {
		job->header_whole = true;
	} else if (!job->header_whole) {
		keep_header(job, line);
	}
	return n * size;
}

struct str header_find(const struct http_header *headers, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eqz(headers[i].name, name))
			return headers[i].value;
	return STR_NONE;
}

struct str http_header_get(const struct http_reply *r, const char *name)
{
	return header_find(r->headers, r->headers_n, name);
}
