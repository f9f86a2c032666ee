/*
 * asking.h - shared by the files that ask; private to this folder
 */
#pragma once

#include "link/ask.h"

/* One link_ask(). */
struct asking {
	struct link_set *set;
	const struct link_ask_options *opt;
	struct http *http;
	size_t done, total;
	struct arena scratch; /* reset after each answer */
};

/* Whether nobody is asked any more: what comes now is no answer. */
bool asking_is_over(const struct asking *a);
/* One more answer has come. */
void asking_told(struct asking *a);

/* ---- ask_doi.c ---- */

struct ask_doi;

/* Answer what the memory knows, and have the rest asked in http_run(). Fails: ERR_IO */
bool ask_doi_open(struct ask_doi **out, struct asking *a, struct err *err) MUST_CHECK;
/* After http_run(): what is still open stays as it is. X may be NULL. */
void ask_doi_close(struct ask_doi *x);

/* ---- ask_url.c ---- */

/* Answer what the memory knows, and ask the rest. Fails: ERR_IO */
bool ask_urls(struct asking *a, struct err *err) MUST_CHECK;
