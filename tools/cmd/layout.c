#include "cmd/internal.h"

#include "base/text.h"

#include <sys/ioctl.h>
#include <unistd.h>

#define TERM_WIDTH 26u
#define WIDTH_ELSEWHERE 120

int layout_terminal(void)
{
	struct winsize size;

	if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 &&
	    size.ws_col > 0)
		return size.ws_col;
	return WIDTH_ELSEWHERE;
}

static void break_line(struct buf *out, size_t indent, size_t *at)
{
	buf_addc(out, '\n');
	buf_fill(out, ' ', indent);
	*at = indent;
}

static void add_word(struct buf *out, struct str word, size_t indent, size_t *at,
                     bool *first)
{
	size_t width = text_width(word);

	if (!*first && *at + 1 + width > LAYOUT_WIDTH) {
		break_line(out, indent, at);
	} else if (!*first) {
		buf_addc(out, ' ');
		*at += 1;
	}
	buf_add(out, word);
	*at += width;
	*first = false;
}

void layout_wrap(struct buf *out, struct str text, size_t indent, size_t at)
{
	struct str line, word;
	bool first = true;

	while (str_split(&text, '\n', &line)) {
		while (line.n && str_split(&line, ' ', &word))
			add_word(out, word, indent, &at, &first);
		if (!text.s)
			break;
		/* An empty line stays empty: no indent before it. */
		if (str_starts(text, STR("\n")))
			buf_addc(out, '\n');
		else
			break_line(out, indent, &at);
		first = true;
	}
}

void layout_item(struct buf *out, struct str term, size_t width, struct str text)
{
	size_t indent = 2 + width + 2, used = 2 + text_width(term);

	buf_addz(out, "  ");
	buf_add(out, term);
	if (used + 2 > indent)
		break_line(out, indent, &used);
	else
		buf_fill(out, ' ', indent - used);
	layout_wrap(out, text, indent, indent);
	buf_addc(out, '\n');
}

static void add_long(struct buf *out, const struct opt *row)
{
	buf_addf(out, "--%s%s", row->kind == OPT_KIND_OFF ? "no-" : "", row->name);
	if (row->argument)
		buf_addf(out, " %s", row->argument);
}

void layout_option(struct buf *out, const struct opt *row)
{
	if (row->letter)
		buf_addf(out, "-%c, ", row->letter);
	else
		buf_addz(out, "    ");
	add_long(out, row);
}

void layout_option_text(struct buf *out, const struct opt *row)
{
	struct arena a = {0};

	buf_addz(out, row->help);
	if (row->kind == OPT_KIND_CHOICE)
		buf_addf(out, " %s: " STR_FMT ".", row->argument,
		         STR_ARG(opt_choices(row, &a)));
	if (row->kind == OPT_KIND_INT)
		buf_addf(out, " %s: %d to %d.", row->argument, row->min, row->max);
	if (row->kind == OPT_KIND_LIST)
		buf_addz(out, " May be repeated.");
	arena_release(&a);
}

void layout_options(struct buf *out, const struct opt *rows, size_t n)
{
	struct buf term = BUF_INIT(4096), text = BUF_INIT(4096);

	for (size_t i = 0; i < n; i++) {
		buf_reset(&term);
		buf_reset(&text);
		layout_option(&term, &rows[i]);
		layout_option_text(&text, &rows[i]);
		layout_item(out, buf_str(&term), TERM_WIDTH, buf_str(&text));
	}
	buf_release(&term);
	buf_release(&text);
}

/* Brackets keep their words together, so the usage line breaks between options. */
static void usage_token(struct buf *out, struct str token, size_t indent, size_t *at)
{
	bool first = *at == indent;

	if (!first && *at + 1 + token.n > LAYOUT_WIDTH) {
		break_line(out, indent, at);
		first = true;
	}
	if (!first) {
		buf_addc(out, ' ');
		*at += 1;
	}
	buf_add(out, token);
	*at += token.n;
}

void layout_usage(struct buf *out, const char *prefix, const struct command *c)
{
	const struct opt *rows = c ? c->options : global_options;
	size_t n = c ? c->options_n : global_options_n, from = out->n, indent, at;
	struct buf token = BUF_INIT(4096);

	buf_addf(out, "%sstemma", prefix);
	if (c)
		buf_addf(out, " %s", c->name);
	buf_addc(out, ' ');
	indent = at = out->n - from;
	for (size_t i = 0; i < n; i++) {
		buf_reset(&token);
		buf_addc(&token, '[');
		add_long(&token, &rows[i]);
		buf_addz(&token, rows[i].kind == OPT_KIND_LIST ? "]..." : "]");
		usage_token(out, buf_str(&token), indent, &at);
	}
	usage_token(out, str_of(c ? c->operands : "COMMAND [ARGUMENT...]"), indent, &at);
	while (out->n && out->s[out->n - 1] == ' ')
		buf_truncate(out, out->n - 1);
	buf_addc(out, '\n');
	buf_release(&token);
}
