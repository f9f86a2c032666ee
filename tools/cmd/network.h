/*
 * network.h - what commands that ask the network have in common; private to this folder
 */
#pragma once

#include "cmd/internal.h"

#include "http/http.h"

#include <signal.h>

struct network_args {
	struct opt_list allow;
	struct str ca_file, proxy;
};

/* Rows of the option table, for FIELD (a struct network_args) of ARGS. */
#define NETWORK_OPTIONS(args, field) \
	OPT_LIST( \
	        0, "allow-address", "RANGE", args, field.allow, \
	        "Reach this address or range (10.0.0.0/8, 127.0.0.2-127.0.0.20, ::1) too; " \
	        "otherwise only public ones."), \
	        OPT_STRING(0, "ca-file", "FILE", args, field.ca_file, \
	                   "Trust the certificates in FILE instead of the system's."), \
	        OPT_STRING( \
	                0, "proxy", "URL", args, field.proxy, \
	                "Ask through this proxy. None is taken from the environment.")

/*
 * Fill OUT from ARGS: the caller's own limits are set after it.
 * Fails: ERR_USAGE for a range that is none
 */
bool network_options(struct http_options *out, struct run *r,
                     const struct network_args *args, struct err *err) MUST_CHECK;

/* The handlers before network_catch(). */
struct network_signals {
	struct sigaction old[2];
};

/* From here on SIGINT and SIGTERM end the asking; a second one ends the program. */
void network_catch(struct network_signals *s);
/* As before; returns the signal that came, or 0. */
int network_leave(const struct network_signals *s);
