#include "cmd/internal.h"

/*
 * Append TEXT as roff text: a backslash is "\e", '-' is a hyphen only as "\-", and a line
 * must not begin with a control character.
 * Source: groff_man(7), groff_char(7)
 */
static void add_text(struct buf *out, struct str text)
{
	bool line_start = out->n == 0 || out->s[out->n - 1] == '\n';

	for (size_t i = 0; i < text.n; i++) {
		char c = text.s[i];

		if (line_start && (c == '.' || c == '\''))
			buf_addz(out, "\\&");
		if (c == '\\')
			buf_addz(out, "\\e");
		else if (c == '-')
			buf_addz(out, "\\-");
		else
			buf_addc(out, c);
		line_start = c == '\n';
	}
}

static void add_textz(struct buf *out, const char *text)
{
	add_text(out, str_of(text));
}

/* Paragraphs of TEXT, which empty lines separate. */
static void add_paragraphs(struct buf *out, const char *text)
{
	struct str rest = str_of(text), line;

	while (str_split(&rest, '\n', &line)) {
		if (!line.n)
			buf_addz(out, ".PP");
		add_text(out, line);
		buf_addc(out, '\n');
	}
}

static void add_options(struct buf *out, const char *title, const struct opt *rows,
                        size_t n)
{
	struct buf line = BUF_INIT(4096);

	buf_addf(out, ".SH %s\n", title);
	for (size_t i = 0; i < n; i++) {
		buf_addz(out, ".TP\n.B ");
		buf_reset(&line);
		layout_option(&line, &rows[i]);
		add_text(out, str_trim(buf_str(&line)));
		buf_addc(out, '\n');
		buf_reset(&line);
		layout_option_text(&line, &rows[i]);
		add_text(out, buf_str(&line));
		buf_addc(out, '\n');
	}
	buf_release(&line);
}

static void add_statuses(struct buf *out, const char *text)
{
	struct str rest = str_of(text), line;

	buf_addz(out, ".SH EXIT STATUS\n");
	while (str_split(&rest, '\n', &line)) {
		size_t n = str_find(line, ' ');

		if (!line.n)
			continue;
		buf_addf(out, ".TP\n.B " STR_FMT "\n", STR_ARG(str_sub(line, 0, n)));
		add_text(out, str_trim(str_sub(line, n, line.n)));
		buf_addc(out, '\n');
	}
}

static void add_head(struct buf *out, const struct command *c)
{
	struct buf usage = BUF_INIT(64u * 1024), name = BUF_INIT(4096);

	buf_addf(&name, "stemma%s%s", c ? "-" : "", c ? c->name : "");
	buf_addf(out, ".TH \"%s\" 1 \"\" \"stemma " STEMMA_VERSION "\" \"\"\n.SH NAME\n",
	         buf_z(&name));
	add_text(out, buf_str(&name));
	buf_addz(out, " \\- ");
	add_textz(out, c ? c->summary : "check, version and publish editorial datasets");
	buf_addz(out, "\n.SH SYNOPSIS\n.nf\n");
	layout_usage(&usage, "", c);
	add_text(out, buf_str(&usage));
	buf_addz(out, ".fi\n");
	buf_release(&usage);
	buf_release(&name);
}

static void add_examples(struct buf *out, const struct command *c)
{
	buf_addz(out, ".SH EXAMPLES\n");
	for (size_t i = 0; i < c->examples_n; i++) {
		buf_addz(out, ".TP\n.B stemma ");
		add_textz(out, c->examples[i].command);
		buf_addc(out, '\n');
		add_textz(out, c->examples[i].does);
		buf_addc(out, '\n');
	}
}

static void command_page(struct buf *out, const struct command *c)
{
	buf_addz(out, ".SH DESCRIPTION\n");
	add_paragraphs(out, c->text);
	if (c->options_n)
		add_options(out, "OPTIONS", c->options, c->options_n);
	if (c->examples_n)
		add_examples(out, c);
	add_statuses(out, c->status);
	buf_addz(out, ".SH SEE ALSO\n.BR stemma (1)\n");
}

static void program_page(struct buf *out)
{
	buf_addz(out, ".SH COMMANDS\n");
	for (size_t i = 0; i < commands_n; i++) {
		buf_addz(out, ".TP\n.BR ");
		add_textz(out, "stemma-");
		add_textz(out, commands[i]->name);
		buf_addz(out, " (1)\n");
		add_textz(out, commands[i]->summary);
		buf_addc(out, '\n');
	}
	add_options(out, "OPTIONS OF EVERY COMMAND", global_options, global_options_n);
	add_statuses(out, exit_status_text);
	buf_addz(out, ".SH ENVIRONMENT\n.TP\n.B NO_COLOR\nNo colours, when set and not "
	              "empty.\n");
}

void man_page(struct buf *out, const struct command *c)
{
	add_head(out, c);
	if (c)
		command_page(out, c);
	else
		program_page(out);
}
