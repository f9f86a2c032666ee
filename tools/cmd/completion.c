#include "cmd/internal.h"

enum { SHELL_BASH, SHELL_ZSH, SHELL_FISH };

const char *const completion_shells[] = {"bash", "zsh", "fish", NULL};

/* The first sentence of TEXT without its full stop: a description on one line. */
static struct str first_sentence(const char *text)
{
	struct str s = str_of(text);

	for (size_t i = 0; i < s.n; i++)
		if (s.s[i] == '.' && (i + 1 == s.n || s.s[i + 1] == ' '))
			return str_sub(s, 0, i);
	return s;
}

/* Inside single quotes of a shell, with a backslash before the bytes of SPECIAL. */
static void add_quoted(struct buf *out, struct str text, const char *special)
{
	for (size_t i = 0; i < text.n; i++) {
		if (text.s[i] == '\'')
			buf_addz(out, "'\\'");
		else if (str_find(str_of(special), text.s[i]) < str_of(special).n)
			buf_addc(out, '\\');
		buf_addc(out, text.s[i]);
	}
}

static void add_choices(struct buf *out, const struct opt *row)
{
	for (size_t i = 0; row->choices[i]; i++)
		buf_addf(out, "%s%s", i ? " " : "", row->choices[i]);
}

static const char *negation(const struct opt *row)
{
	return row->kind == OPT_KIND_OFF ? "no-" : "";
}

static bool takes_folder(const struct opt *row)
{
	return row->argument && str_eqz(str_of(row->argument), "DIR");
}

static void add_command_names(struct buf *out, const char *join)
{
	for (size_t i = 0; i < commands_n; i++)
		buf_addf(out, "%s%s", i ? join : "", commands[i]->name);
}

static void add_topic_names(struct buf *out)
{
	for (size_t i = 0; i < topics_n; i++)
		buf_addf(out, " %s", topics[i].name);
}

/* ---- bash ---- */

/* What may follow an option that takes a value. COMMAND "*": any. */
static void bash_values(struct buf *out, const char *command, const struct opt *rows,
                        size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (!rows[i].argument)
			continue;
		buf_addf(out, "\t%s:--%s", command, rows[i].name);
		if (rows[i].letter)
			buf_addf(out, " | %s:-%c", command, rows[i].letter);
		buf_addz(out, ") COMPREPLY=(");
		if (rows[i].choices) {
			buf_addz(out, "$(compgen -W '");
			add_choices(out, &rows[i]);
			buf_addz(out, "' -- \"$word\")");
		} else if (takes_folder(&rows[i])) {
			buf_addz(out, "$(compgen -d -- \"$word\")");
		}
		buf_addz(out, "); return ;;\n");
	}
}

static void bash_names(struct buf *out, const struct opt *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		buf_addf(out, " --%s%s", negation(&rows[i]), rows[i].name);
}

static void bash_options(struct buf *out, const char *command, const struct opt *rows,
                         size_t n)
{
	buf_addf(out, "\t%s:-*) words='", command);
	bash_names(out, rows, n);
	bash_names(out, global_options, global_options_n);
	buf_addz(out, "' ;;\n");
}

static void bash_script(struct buf *out)
{
	buf_addz(out, "# bash completion for stemma\n"
	              "_stemma()\n{\n"
	              "\tlocal word=${COMP_WORDS[COMP_CWORD]} command='' words='' i\n"
	              "\tlocal before=${COMP_WORDS[COMP_CWORD - 1]}\n\n"
	              "\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
	              "\t\tcase ${COMP_WORDS[i]} in\n\t\t");
	add_command_names(out, " | ");
	buf_addz(out, ") command=${COMP_WORDS[i]}; break ;;\n\t\tesac\n\tdone\n"
	              "\tcase $command:$before in\n");
	for (size_t i = 0; i < commands_n; i++)
		bash_values(out, commands[i]->name, commands[i]->options,
		            commands[i]->options_n);
	bash_values(out, "*", global_options, global_options_n);
	buf_addz(out, "\tesac\n\tcase $command:$word in\n");
	bash_options(out, "", NULL, 0);
	for (size_t i = 0; i < commands_n; i++)
		bash_options(out, commands[i]->name, commands[i]->options,
		             commands[i]->options_n);
	buf_addz(out, "\t:* | help:*) words='");
	add_command_names(out, " ");
	add_topic_names(out);
	buf_addz(out, "' ;;\n\tesac\n"
	              "\tCOMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n}\n"
	              "complete -o default -F _stemma stemma\n");
}

/* ---- zsh ---- */

static void zsh_value(struct buf *out, const struct opt *row)
{
	buf_addf(out, ":%s:", row->argument);
	if (row->choices) {
		buf_addc(out, '(');
		add_choices(out, row);
		buf_addc(out, ')');
	} else if (takes_folder(row)) {
		buf_addz(out, "_files -/");
	} else {
		buf_addz(out, "_files");
	}
}

static void zsh_option(struct buf *out, const struct opt *row, bool letter)
{
	buf_addf(out, "\t\t'%s", row->kind == OPT_KIND_LIST ? "*" : "");
	if (letter)
		buf_addf(out, "-%c", row->letter);
	else
		buf_addf(out, "--%s%s%s", negation(row), row->name,
		         row->argument ? "=" : "");
	buf_addc(out, '[');
	add_quoted(out, first_sentence(row->help), "[]:");
	buf_addc(out, ']');
	if (row->argument)
		zsh_value(out, row);
	buf_addz(out, "'\n");
}

static void zsh_options(struct buf *out, const char *name, const struct opt *rows,
                        size_t n)
{
	buf_addf(out, "\tlocal -a %s=(\n", name);
	for (size_t i = 0; i < n; i++) {
		zsh_option(out, &rows[i], false);
		if (rows[i].letter)
			zsh_option(out, &rows[i], true);
	}
	buf_addz(out, "\t)\n");
}

static void zsh_commands(struct buf *out)
{
	buf_addz(out, "\tlocal -a commands=(\n");
	for (size_t i = 0; i < commands_n; i++) {
		buf_addf(out, "\t\t'%s:", commands[i]->name);
		add_quoted(out, str_of(commands[i]->summary), ":");
		buf_addz(out, "'\n");
	}
	buf_addz(out, "\t)\n");
}

static void zsh_script(struct buf *out)
{
	buf_addz(out, "#compdef stemma\n_stemma()\n{\n\tlocal state line\n");
	zsh_commands(out);
	zsh_options(out, "globals", global_options, global_options_n);
	buf_addz(out, "\t_arguments -C $globals '1: :->command' '*:: :->operand'\n"
	              "\tcase $state in\n"
	              "\tcommand) _describe command commands; return ;;\n"
	              "\toperand) ;;\n\t*) return ;;\n\tesac\n"
	              "\tcase $words[1] in\n");
	for (size_t i = 0; i < commands_n; i++) {
		buf_addf(out, "\t%s)\n", commands[i]->name);
		zsh_options(out, "own", commands[i]->options, commands[i]->options_n);
		buf_addz(out, "\t_arguments $globals $own '*: :_files' ;;\n");
	}
	buf_addz(out, "\tesac\n}\n_stemma \"$@\"\n");
}

/* ---- fish ---- */

static void fish_options(struct buf *out, const char *command, const struct opt *rows,
                         size_t n)
{
	for (size_t i = 0; i < n; i++) {
		buf_addz(out, "complete -c stemma");
		if (command)
			buf_addf(out, " -n '__fish_seen_subcommand_from %s'", command);
		if (rows[i].letter)
			buf_addf(out, " -s %c", rows[i].letter);
		buf_addf(out, " -l %s%s", negation(&rows[i]), rows[i].name);
		if (rows[i].choices) {
			buf_addz(out, " -x -a '");
			add_choices(out, &rows[i]);
			buf_addc(out, '\'');
		} else if (rows[i].argument) {
			buf_addz(out, " -r");
		}
		buf_addz(out, " -d '");
		add_quoted(out, first_sentence(rows[i].help), "\\");
		buf_addz(out, "'\n");
	}
}

static void fish_script(struct buf *out)
{
	buf_addz(out, "# fish completion for stemma\n");
	for (size_t i = 0; i < commands_n; i++) {
		buf_addf(out, "complete -c stemma -n __fish_use_subcommand -f -a %s -d '",
		         commands[i]->name);
		add_quoted(out, str_of(commands[i]->summary), "\\");
		buf_addz(out, "'\n");
	}
	fish_options(out, NULL, global_options, global_options_n);
	for (size_t i = 0; i < commands_n; i++)
		fish_options(out, commands[i]->name, commands[i]->options,
		             commands[i]->options_n);
	buf_addz(out, "complete -c stemma -n '__fish_seen_subcommand_from help' -f -a '");
	add_command_names(out, " ");
	add_topic_names(out);
	buf_addz(out, "'\n");
}

void completion_script(struct buf *out, int shell)
{
	if (shell == SHELL_BASH)
		bash_script(out);
	else if (shell == SHELL_ZSH)
		zsh_script(out);
	else
		fish_script(out);
}
