/*
 * main.c - play the registries on a port of this machine
 *
 *     double [-a ADDRESS] [-p PORT] [-c CONTROL] [-l LOG]
 *     double -n COUNT [-f FROM]
 *
 * Prints its address ("http://127.0.0.1:4711") when it listens, and ends with SIGTERM. The
 * services are at /doi, /crossref, /datacite, /arxiv, /wayback; other agencies at /agency.
 * LOG gets a line "SERVICE STATUS TARGET" for each request (status 0: reset).
 * With -n: print so many of the DOIs that it knows, one a line, and end.
 *
 * CONTROL is read at each request; it may come and go. A line is
 *     SERVICE|all MODE [NUMBER] [first=N|after=N|every=N|path=PREFIX]...
 * counted from the last change of the file. Modes:
 *     429 [S]     too many requests; Retry-After: S
 *     503 [S]     the same as "unavailable"
 *     status N    an empty page with this status
 *     html        a robot wall: HTML with 200
 *     empty, half, cut, reset, drip, down
 *                 no body; half of the bytes; half of a JSON; a broken connection; a byte
 *                 every 200 ms; reset at all times
 *     type        the right body as text/html
 *     text        "Resource not found." with 404
 *     code N      a handle of this responseCode
 *     rate        "Rate exceeded." with 200
 * and settings: interval MS (arXiv's), latency MS, pool N (Crossref's limit), free (no
 * limits), upper, reverse, twice, lose N (leave out each Nth), long BYTES (doiRA's limit),
 * escape (backslashes before underscores), strict (Crossref selects no field).
 */
#include "double.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

const char *const service_names[SERVICES] = {"doi",   "crossref", "datacite",
                                             "arxiv", "wayback",  "agency"};
static const char *control;
static FILE *log_file;

void log_request(const struct request *q, int status)
{
	if (!log_file)
		return;
	fprintf(log_file, "%s %d " STR_FMT "\n",
	        q->service < SERVICES ? service_names[q->service] : "-", status,
	        STR_ARG(q->target));
	fflush(log_file);
}

static void right_answer(struct answer *a, const struct request *q)
{
	static void (*const services[SERVICES])(struct answer *,
	                                        const struct request *) = {
	        doi_answer,   crossref_answer, datacite_answer,
	        arxiv_answer, wayback_answer,  agency_answer};

	if (q->service < SERVICES)
		services[q->service](a, q);
	else
		a->status = 404;
}

static void retry_after(struct answer *a, const struct trouble *t)
{
	if (t->number >= 0)
		buf_addf(&a->headers, "Retry-After: %ld\r\n", t->number);
}

static void page(struct answer *a, int status, const char *type, const char *body)
{
	a->status = status;
	a->type = type;
	buf_addz(&a->body, body);
}

/* Trouble that has an answer of its own; false when there is none. */
static bool own_answer(struct answer *a, const struct trouble *t)
{
	if (str_eqz(t->mode, "429") || str_eqz(t->mode, "503")) {
		page(a, t->mode.s[0] == '4' ? 429 : 503, "text/plain", "Slow down.");
		retry_after(a, t);
	} else if (str_eqz(t->mode, "status")) {
		page(a, (int)t->number, "text/html", "");
	} else if (str_eqz(t->mode, "html")) {
		page(a, 200, "text/html", "<html><title>Just a moment...</title></html>");
	} else if (str_eqz(t->mode, "empty")) {
		page(a, 200, "application/json", "");
	} else if (str_eqz(t->mode, "text")) {
		page(a, 404, "text/plain", "Resource not found.");
	} else if (str_eqz(t->mode, "rate")) {
		page(a, 200, "text/plain", "Rate exceeded.");
	} else if (str_eqz(t->mode, "code")) {
		a->type = "application/json";
		buf_addf(&a->body, "{\"responseCode\":%ld}", t->number);
	} else if (str_eqz(t->mode, "reset") || str_eqz(t->mode, "down")) {
		a->how = HOW_RESET;
	} else {
		return false;
	}
	return true;
}

void answer(struct answer *a, const struct request *q)
{
	struct trouble t = trouble_for(control, q);

	a->delay_ms = setting(q, "latency", 0);
	if (own_answer(a, &t) || too_many(a, q))
		return;
	right_answer(a, q);
	if (str_eqz(t.mode, "half"))
		a->how = HOW_HALF;
	if (str_eqz(t.mode, "drip"))
		a->how = HOW_DRIP;
	if (str_eqz(t.mode, "cut"))
		buf_truncate(&a->body, a->body.n / 2);
	if (str_eqz(t.mode, "type"))
		a->type = "text/html";
}

static int print_dois(int n, int from)
{
	struct arena arena = {0};

	for (int i = from; i < from + n; i++) {
		struct str doi = work_doi(i, &arena);

		printf(STR_FMT "\n", STR_ARG(doi));
	}
	arena_release(&arena);
	return 0;
}

int main(int argc, char **argv)
{
	const char *address = "127.0.0.1";
	int port = 0, n = 0, from = 0, c;

	while ((c = getopt(argc, argv, "a:c:f:l:n:p:")) != -1) {
		if (c == 'a')
			address = optarg;
		else if (c == 'c')
			control = optarg;
		else if (c == 'f')
			from = atoi(optarg);
		else if (c == 'l')
			log_file = fopen(optarg, "a");
		else if (c == 'n')
			n = atoi(optarg);
		else if (c == 'p')
			port = atoi(optarg);
		else
			return 2;
	}
	return n ? print_dois(n, from) : serve(address, port);
}
