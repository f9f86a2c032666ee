/*
 * rogued.c - the misbehaving server as a program
 *
 *     rogued [ADDRESS [CERTIFICATE]]
 *
 * Prints its address ("http://127.0.0.1:4711") when it listens. It ends with SIGTERM, and with
 * SIGUSR1 it prints how many requests there were.
 */
#include "rogue.h"

#include <signal.h>
#include <stdio.h>

int main(int argc, char **argv)
{
	const char *address = argc > 1 ? argv[1] : "127.0.0.1";
	const char *certificate = argc > 2 ? argv[2] : NULL;
	struct rogue *r;
	sigset_t set;
	int got = 0;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGUSR1);
	(void)sigprocmask(SIG_BLOCK, &set, NULL);
	r = rogue_start(address, certificate, ROGUE_H1);
	printf("%s://%s:%d\n", certificate ? "https" : "http", address, rogue_port(r));
	(void)fflush(stdout);
	while (sigwait(&set, &got) == 0 && got == SIGUSR1) {
		printf("%zu\n", rogue_count(r, "/"));
		(void)fflush(stdout);
	}
	rogue_stop(r);
	return 0;
}
