/*
 * network.c - what commands that ask the network have in common
 */
#include "cmd/network.h"

#define CONNECT_MS 10000

static volatile sig_atomic_t stop;

static void on_signal(int number)
{
	stop = number;
}

static const int numbers[] = {SIGINT, SIGTERM};

void network_catch(struct network_signals *s)
{
	struct sigaction new = {.sa_handler = on_signal,
	                        .sa_flags = (int)SA_RESETHAND | SA_RESTART};

	stop = 0;
	sigemptyset(&new.sa_mask);
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
		(void)sigaction(numbers[i], NULL, &s->old[i]);
		if (s->old[i].sa_handler != SIG_IGN)
			(void)sigaction(numbers[i], &new, NULL);
	}
}

int network_leave(const struct network_signals *s)
{
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
		(void)sigaction(numbers[i], &s->old[i], NULL);
	return (int)stop;
}

bool network_options(struct http_options *out, struct run *r,
                     const struct network_args *args, struct err *err)
{
	struct http_range *ranges =
	        arena_array(r->arena, struct http_range, args->allow.n);

	for (size_t i = 0; i < args->allow.n; i++)
		if (!http_range_parse(&ranges[i], args->allow.items[i]))
			return err_set(
			        err, ERR_USAGE,
			        "--allow-address \"" STR_FMT
			        "\" is no range such as 10.0.0.0/8, "
			        "127.0.0.2-127.0.0.20 or ::1",
			        STR_ARG(diag_quote(r->arena, args->allow.items[i])));
	*out = (struct http_options){
	        .user_agent = STR("stemma/" STEMMA_VERSION),
	        .ca_file = args->ca_file,
	        .proxy = args->proxy,
	        .allow = ranges,
	        .allow_n = args->allow.n,
	        .connect_ms = CONNECT_MS,
	        .stop = &stop,
	};
	return true;
}
