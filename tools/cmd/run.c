#include "cmd/internal.h"

#include "base/diag.h"
#include "base/limits.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum colour_when { COLOUR_AUTO, COLOUR_ALWAYS, COLOUR_NEVER };

static const char *const colour_choices[] = {"auto", "always", "never", NULL};

struct globals {
	struct str dataset, folder;
	int colour;
	bool help, version;
};

const struct opt global_options[] = {
        OPT_STRING(0, "dataset", "DIR", struct globals, dataset,
                   "The folder of stemma.yaml. Otherwise it is looked for in the "
                   "current folder and upwards."),
        OPT_CHOICE(0, "color", "WHEN", colour_choices, struct globals, colour,
                   "Colour the output. 'auto': on a terminal, unless NO_COLOR is set."),
        OPT_STRING('C', "directory", "DIR", struct globals, folder,
                   "Run as if started in this folder."),
        OPT_FLAG('h', "help", struct globals, help, "Print help and exit."),
        OPT_FLAG(0, "version", struct globals, version, "Print the version and exit."),
};

const size_t global_options_n = ARRAY_LEN(global_options);

static bool wants_colour(int fd)
{
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

	if (no_color && *no_color)
		return false;
	return term && strcmp(term, "dumb") != 0 && isatty(fd);
}

static void set_colour(struct output *o, int when)
{
	o->colour = when == COLOUR_ALWAYS || (when == COLOUR_AUTO && wants_colour(o->fd));
}

static enum status apply_globals(struct run *r, const struct globals *g)
{
	set_colour(&r->out, g->colour);
	set_colour(&r->err, g->colour);
	r->dataset = g->dataset;
	if (!g->folder.s || !g->folder.n || !chdir(g->folder.s))
		return STATUS_OK;
	run_say(r, "-C " STR_FMT ": %s", STR_ARG(g->folder), strerror(errno));
	return STATUS_FAILED;
}

static enum status run_command(struct run *r, const void *values,
                               const struct opt_list *operands)
{
	const struct command *c = r->command;

	if (operands->n < (size_t)c->operands_min)
		return run_usage(r, "%s: expected %s", c->name, c->operands);
	if (c->operands_max >= 0 && operands->n > (size_t)c->operands_max)
		return run_usage(
		        r, "%s: '" STR_FMT "' is one argument too many", c->name,
		        STR_ARG(diag_quote(r->arena, operands->items[c->operands_max])));
	return c->run(r, values, operands);
}

/* ARGV: what follows the command's name. */
static enum status parse_and_run(struct run *r, struct globals *g, int argc, char **argv)
{
	const struct command *c = r->command;
	void *values = arena_alloc(r->arena, c->size, _Alignof(max_align_t));
	struct opt_table tables[] = {{c->options, c->options_n, values},
	                             {global_options, global_options_n, g}};
	struct opt_list operands = {0};
	struct err err = {0};
	enum status status;

	if (c->size)
		memcpy(values, c->defaults, c->size);
	if (!opt_parse(&operands, tables, ARRAY_LEN(tables), argc, argv, NULL, r->arena,
	               &err))
		return run_usage(r, "%s: %s", c->name, err.text);
	if (g->help) {
		help_command(&r->out.buf, c);
		return STATUS_OK;
	}
	if (g->version)
		return command_version.run(r, NULL, &operands);
	status = apply_globals(r, g);
	return status ? status : run_command(r, values, &operands);
}

static enum status unknown_command(struct run *r, struct str name)
{
	struct str hint =
	        opt_suggest(r->arena, name, "", command_names(r->arena), commands_n);

	return run_usage(r, "unknown command '" STR_FMT "'" STR_FMT,
	                 STR_ARG(diag_quote(r->arena, name)), STR_ARG(hint));
}

static enum status dispatch(struct run *r, int argc, char **argv)
{
	struct globals g = {0};
	struct opt_table table = {global_options, global_options_n, &g};
	struct err err = {0};
	int used = 0;

	if (!opt_parse(NULL, &table, 1, argc, argv, &used, r->arena, &err))
		return run_usage(r, "%s", err.text);
	if (g.version)
		return command_version.run(r, NULL, NULL);
	if (g.help && used == argc) {
		help_overview(&r->out.buf);
		return STATUS_OK;
	}
	if (used == argc) {
		help_overview(&r->err.buf);
		(void)output_flush(&r->err);
		return STATUS_USAGE;
	}
	r->command = command_find(str_of(argv[used]));
	if (!r->command)
		return unknown_command(r, str_of(argv[used]));
	return parse_and_run(r, &g, argc - used - 1, argv + used + 1);
}

/* A result that did not arrive whole is a failure, whatever the command found. */
static enum status finish(struct run *r, enum status status)
{
	if (output_flush(&r->out) && close(r->out.fd) && errno != EINTR)
		r->out.error = errno;
	if (!r->out.error)
		return status;
	if (r->out.error == EPIPE)
		return (enum status)(STATUS_SIGNAL + SIGPIPE);
	run_say(r, "cannot write the results: %s", strerror(r->out.error));
	return STATUS_FAILED;
}

enum status cmd_main(int argc, char **argv)
{
	struct arena arena = {0};
	struct run r = {
	        .arena = &arena,
	        .out = {.fd = STDOUT_FILENO, .buf = BUF_INIT(LIMIT_OUTPUT_BYTES)},
	        .err = {.fd = STDERR_FILENO, .buf = BUF_INIT(LIMIT_OUTPUT_BYTES)}};
	enum status status;

	status = finish(&r, dispatch(&r, argc > 0 ? argc - 1 : 0, argv + (argc > 0)));
	buf_release(&r.out.buf);
	buf_release(&r.err.buf);
	arena_release(&arena);
	return status;
}
