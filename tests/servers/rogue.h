/*
 * rogue.h - a web server that misbehaves as the path tells it to
 *
 *   /ok /ok/...      200, "ok"
 *   /status/N        that status, empty
 *   /say?BYTES       these bytes, percent-decoded, then the connection is closed
 *   /drip?BYTES      the same, a byte each 50 ms
 *   /hang            no answer
 *   /slow/MS         "ok" after so many ms
 *   /close           the end of the connection instead of an answer
 *   /reset           a TCP reset instead of an answer
 *   /big/N           N bytes of body
 *   /endless         chunks without end; /flood headers without end; /line a header of 2 MB
 *   /bomb            1 MB of gzip that becomes 160 MB
 *   /echo            the request as the body
 *   /wall            sends a cookie and redirects to itself until it gets the cookie
 *   /flaky/N/...     503 to the first N requests of this path, then "ok"
 *   /busy/N/S/...    the same with 429 and "Retry-After: S"
 *   /head/N          status N to HEAD, "ok" to others
 *   /chain/N         a redirect to /chain/N-1, at last "ok"
 */
#pragma once

#include <stddef.h>

struct rogue;

enum rogue_h2 {
	ROGUE_H1, /* HTTP/2 is not offered */
	ROGUE_H2_CLOSES, /* it is, and then the connection is closed */
	ROGUE_H2_RESETS, /* it is, and each stream is reset with INTERNAL_ERROR */
};

/*
 * Listen on ADDRESS, on a port of the system's choice; with TLS when CERTIFICATE (a PEM file
 * with the key in it) is given.
 */
struct rogue *rogue_start(const char *address, const char *certificate, enum rogue_h2 h2);
int rogue_port(const struct rogue *r);
/* Requests so far whose path begins with PREFIX. */
size_t rogue_count(struct rogue *r, const char *prefix);
/* The most requests that were being answered at the same time. */
int rogue_peak(struct rogue *r);
/* Connections so far. */
size_t rogue_connections(struct rogue *r);
void rogue_stop(struct rogue *r);
