#include "cmd/internal.h"

#include "base/diag.h"

#define NAME_WIDTH 12u
#define TOPIC_WIDTH 16u

struct args {
	int completion;
	bool man, list;
};

static const struct opt options[] = {
        OPT_FLAG(0, "man", struct args, man,
                 "Print the manual page of the command, or the program's own, in roff."),
        OPT_CHOICE(0, "completion", "SHELL", completion_shells, struct args, completion,
                   "Print the completion script for a shell."),
        OPT_FLAG(0, "list", struct args, list, "Print the names of all commands."),
};

const char exit_status_text[] =
        "0 All is well.\n"
        "1 There are findings of severity error, or what was asked for is refused.\n"
        "2 The command line or the configuration is wrong.\n"
        "3 The job could not be done: a file, git, the network or the schema is "
        "unusable, or the results could not be written. Wins over 1.\n"
        "4 There are only unknown answers, where a command is told to care.\n"
        "128+N The program was ended by signal N. A closed pipe (as of head) is 141.\n";

static void print_statuses(struct buf *out, const char *text)
{
	struct str rest = str_of(text), line;

	while (str_split(&rest, '\n', &line)) {
		size_t n = str_find(line, ' ');

		if (line.n)
			layout_item(out, str_sub(line, 0, n), 5,
			            str_trim(str_sub(line, n, line.n)));
	}
}

static enum status print_exit_status(struct run *r, const struct opt_list *operands)
{
	(void)operands;
	buf_addz(&r->out.buf, "Exit status of every command:\n\n");
	print_statuses(&r->out.buf, exit_status_text);
	return STATUS_OK;
}

const struct topic topics[] = {
        {"rules", "help rules [ID]", "every rule, or one: what must hold", rules_print},
        {"configuration", "help configuration", "every key of stemma.yaml",
         configuration_print},
        {"exit-status", "help exit-status", "what the program ends with",
         print_exit_status},
};

const size_t topics_n = ARRAY_LEN(topics);

void help_overview(struct buf *out)
{
	layout_usage(out, "usage: ", NULL);
	buf_addz(out, "\nChecks, versions and publishes editorial datasets kept in git.\n"
	              "\nCommands:\n");
	for (size_t i = 0; i < commands_n; i++)
		layout_item(out, str_of(commands[i]->name), NAME_WIDTH,
		            str_of(commands[i]->summary));
	buf_addz(out, "\nOptions of every command:\n");
	layout_options(out, global_options, global_options_n);
	buf_addz(out, "\nMore help:\n");
	layout_item(out, STR("help COMMAND"), TOPIC_WIDTH, STR("one command"));
	for (size_t i = 0; i < topics_n; i++)
		layout_item(out, str_of(topics[i].usage), TOPIC_WIDTH,
		            str_of(topics[i].summary));
}

static void print_examples(struct buf *out, const struct command *c)
{
	buf_addz(out, "\nExamples:\n");
	for (size_t i = 0; i < c->examples_n; i++) {
		buf_addf(out, "  stemma %s\n      ", c->examples[i].command);
		layout_wrap(out, str_of(c->examples[i].does), 6, 6);
		buf_addc(out, '\n');
	}
}

void help_command(struct buf *out, const struct command *c)
{
	layout_usage(out, "usage: ", c);
	buf_addc(out, '\n');
	layout_wrap(out, str_of(c->text), 0, 0);
	buf_addc(out, '\n');
	if (c->options_n) {
		buf_addz(out, "\nOptions:\n");
		layout_options(out, c->options, c->options_n);
	}
	if (c->examples_n)
		print_examples(out, c);
	buf_addz(out, "\nExit status:\n");
	print_statuses(out, c->status);
	buf_addz(out, "\nSee 'stemma help' for the options of every command.\n");
}

/*
 * The subject is a command, a topic, or neither: then the nearest of both is suggested.
 */
static enum status unknown_subject(struct run *r, struct str name)
{
	struct str *names = arena_array(r->arena, struct str, commands_n + topics_n),
	           hint;

	for (size_t i = 0; i < commands_n; i++)
		names[i] = str_of(commands[i]->name);
	for (size_t i = 0; i < topics_n; i++)
		names[commands_n + i] = str_of(topics[i].name);
	hint = opt_suggest(r->arena, name, "", names, commands_n + topics_n);
	return run_usage(r, "help: there is no command or topic '" STR_FMT "'" STR_FMT,
	                 STR_ARG(diag_quote(r->arena, name)), STR_ARG(hint));
}

/* Whether C is called with WORD in front, as in an example of it: "report merge". */
static bool is_action(const struct command *c, struct str word)
{
	for (size_t i = 0; i < c->examples_n; i++) {
		struct str rest = str_of(c->examples[i].command), name, action;

		if (str_split(&rest, ' ', &name) && str_split(&rest, ' ', &action) &&
		    str_eq(action, word))
			return true;
	}
	return false;
}

static enum status print_subject(struct run *r, const struct opt_list *operands, bool man)
{
	struct opt_list rest = {.items = operands->items + 1, .n = operands->n - 1};
	const struct command *c = command_find(operands->items[0]);

	if (c && rest.n && !is_action(c, rest.items[0]))
		return run_usage(r, "help: '" STR_FMT "' is one argument too many",
		                 STR_ARG(diag_quote(r->arena, rest.items[0])));
	if (c) {
		(man ? man_page : help_command)(&r->out.buf, c);
		return STATUS_OK;
	}
	for (size_t i = 0; i < topics_n && !man; i++)
		if (str_eqz(operands->items[0], topics[i].name))
			return topics[i].print(r, &rest);
	return unknown_subject(r, operands->items[0]);
}

static enum status run(struct run *r, const void *values, const struct opt_list *operands)
{
	const struct args *a = values;

	if (a->list) {
		for (size_t i = 0; i < commands_n; i++)
			buf_addf(&r->out.buf, "%s\n", commands[i]->name);
		return STATUS_OK;
	}
	if (a->completion >= 0) {
		completion_script(&r->out.buf, a->completion);
		return STATUS_OK;
	}
	if (operands->n)
		return print_subject(r, operands, a->man);
	if (a->man)
		man_page(&r->out.buf, NULL);
	else
		help_overview(&r->out.buf);
	return STATUS_OK;
}

static const struct args defaults = {.completion = -1};

static const struct command_example examples[] = {
        {"help validate", "What 'validate' does, its options and examples."},
        {"help rules schema.required", "What one rule asks for."},
        {"help --completion bash >~/.local/share/bash-completion/completions/stemma",
         "Install the completion for bash."},
};

const struct command command_help = {
        .name = "help",
        .summary = "explain a command, a rule or the exit status",
        .operands = "[COMMAND | rules [ID] | exit-status]",
        .text = "Print help on a command or a topic, or an overview of both. The same "
                "text comes from --help after a command.",
        .status = "0 The help was printed.\n2 There is no such command, topic or rule.",
        .options = options,
        .options_n = ARRAY_LEN(options),
        .examples = examples,
        .examples_n = ARRAY_LEN(examples),
        .defaults = &defaults,
        .size = sizeof(defaults),
        .operands_max = 2,
        .run = run,
};
