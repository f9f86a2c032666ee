/*
 * Any bytes as the page that a server sends, behind a line that says how: judging it must come
 * to an end and stay in bounds.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "probe/probe.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str input = {size ? (const char *)data : "", size};
	size_t n = str_find(input, '\n');
	struct str line = str_sub(input, 0, n), page = str_sub(input, n + 1, size);
	const struct http_header headers[] = {{STR("content-type"), STR("text/html")},
	                                      {STR("etag"), line}};
	struct http_hop hop = {301, line, line};
	struct probe_question q = {line, "GET", &line, 1, true};
	struct http_reply reply = {.status = size % 2 ? 200 : 403,
	                           .url = line,
	                           .body = page,
	                           .headers = headers,
	                           .headers_n = 2,
	                           .hops = &hop,
	                           .hops_n = size % 3 ? 1 : 0};
	struct arena arena = {0};
	struct probe_answer answer;

	if (probe_judge(&answer, &q, &reply, &arena) == PROBE_GET)
		abort();
	if (answer.verdict > PROBE_NOT_CHECKED || !answer.class)
		abort();
	arena_release(&arena);
	return 0;
}
