#include "cmd/opt.h"

#include "base/diag.h"
#include "base/text.h"

#include <string.h>

struct parser {
	const struct opt_table *tables;
	size_t tables_n;
	char **argv;
	int argc, at;
	struct arena *arena;
	struct err *err;
};

/* A row that was asked for: as LABEL ("--format", "-f"), and whether as --no-NAME. */
struct match {
	const struct opt *row;
	char *field;
	struct str label;
	bool off;
};

struct str opt_choices(const struct opt *row, struct arena *arena)
{
	struct str out = STR("");

	for (size_t i = 0; row->choices[i]; i++) {
		const char *join = i == 0 ? "" : row->choices[i + 1] ? ", " : " or ";

		out = arena_fmt(arena, STR_FMT "%s%s", STR_ARG(out), join,
		                row->choices[i]);
	}
	return out;
}

struct str opt_suggest(struct arena *arena, struct str word, const char *prefix,
                       const struct str *names, size_t n)
{
	struct str near = text_nearest(word, names, n);

	if (!near.s)
		return STR("");
	return arena_fmt(arena, "; did you mean '%s" STR_FMT "'?", prefix, STR_ARG(near));
}

static bool may_be_negated(const struct opt *row)
{
	return row->kind != OPT_KIND_CHOICE && row->kind != OPT_KIND_INT;
}

static bool find_name(struct match *m, const struct parser *p, struct str name, bool off)
{
	for (size_t t = 0; t < p->tables_n; t++) {
		const struct opt_table *table = &p->tables[t];

		for (size_t i = 0; i < table->n; i++) {
			const struct opt *row = &table->rows[i];

			if (!str_eqz(name, row->name) || (off && !may_be_negated(row)))
				continue;
			*m = (struct match){row, (char *)table->values + row->offset,
			                    STR_NONE, off};
			return true;
		}
	}
	return false;
}

static bool find_long(struct match *m, const struct parser *p, struct str name)
{
	if (find_name(m, p, name, false))
		return true;
	return str_starts(name, STR("no-")) &&
	       find_name(m, p, str_sub(name, 3, name.n), true);
}

static bool find_letter(struct match *m, const struct parser *p, char letter)
{
	for (size_t t = 0; t < p->tables_n; t++) {
		const struct opt_table *table = &p->tables[t];

		for (size_t i = 0; i < table->n; i++) {
			const struct opt *row = &table->rows[i];

			if (row->letter != letter)
				continue;
			*m = (struct match){row, (char *)table->values + row->offset,
			                    STR_NONE, row->kind == OPT_KIND_OFF};
			return true;
		}
	}
	return false;
}

static bool usage(struct parser *p, struct str text)
{
	return err_set(p->err, ERR_USAGE, STR_FMT, STR_ARG(text));
}

/* The names that could have been meant; for --no-NAME those that may be negated. */
static size_t names_like(struct str **names, const struct parser *p, bool off)
{
	size_t n = 0, cap = 0;

	for (size_t t = 0; t < p->tables_n; t++) {
		const struct opt_table *table = &p->tables[t];

		for (size_t i = 0; i < table->n; i++)
			if (!off || may_be_negated(&table->rows[i]))
				*arena_push(p->arena, *names, n, cap) =
				        str_of(table->rows[i].name);
	}
	return n;
}

static bool unknown_long(struct parser *p, struct str name)
{
	bool off = str_starts(name, STR("no-"));
	struct str *names = NULL, hint;
	size_t n = names_like(&names, p, off);

	hint = opt_suggest(p->arena, off ? str_sub(name, 3, name.n) : name,
	                   off ? "--no-" : "--", names, n);
	return usage(p, arena_fmt(p->arena, "unknown option '--" STR_FMT "'" STR_FMT,
	                          STR_ARG(diag_quote(p->arena, name)), STR_ARG(hint)));
}

static bool bad_choice(struct parser *p, const struct match *m, struct str value)
{
	const struct opt *row = m->row;
	size_t n = 0, cap = 0;
	struct str *names = NULL, hint;

	for (size_t i = 0; row->choices[i]; i++)
		*arena_push(p->arena, names, n, cap) = str_of(row->choices[i]);
	hint = opt_suggest(p->arena, value, "", names, n);
	return usage(p, arena_fmt(p->arena,
	                          STR_FMT ": '" STR_FMT "' is not " STR_FMT STR_FMT,
	                          STR_ARG(m->label), STR_ARG(diag_quote(p->arena, value)),
	                          STR_ARG(opt_choices(row, p->arena)), STR_ARG(hint)));
}

static bool set_choice(struct parser *p, const struct match *m, struct str value)
{
	for (int i = 0; m->row->choices[i]; i++) {
		if (str_eqz(value, m->row->choices[i])) {
			*(int *)(void *)m->field = i;
			return true;
		}
	}
	return bad_choice(p, m, value);
}

/* Decimal digits with an optional minus; what is too large stops at 10 digits. */
static bool read_int(long long *out, struct str value)
{
	bool minus = value.n && value.s[0] == '-';

	if (minus)
		value = str_sub(value, 1, value.n);
	if (!value.n || value.n > 10)
		return false;
	*out = 0;
	for (size_t i = 0; i < value.n; i++) {
		if (value.s[i] < '0' || value.s[i] > '9')
			return false;
		*out = *out * 10 + (value.s[i] - '0');
	}
	if (minus)
		*out = -*out;
	return true;
}

static bool set_int(struct parser *p, const struct match *m, struct str value)
{
	long long n;

	if (read_int(&n, value) && n >= m->row->min && n <= m->row->max) {
		*(int *)(void *)m->field = (int)n;
		return true;
	}
	return usage(p, arena_fmt(p->arena,
	                          STR_FMT ": '" STR_FMT
	                                  "' is not a whole number from %d to %d",
	                          STR_ARG(m->label), STR_ARG(diag_quote(p->arena, value)),
	                          m->row->min, m->row->max));
}

static bool set_value(struct parser *p, const struct match *m, struct str value)
{
	struct opt_list *list = (void *)m->field;

	switch (m->row->kind) {
	case OPT_KIND_STRING:
		*(struct str *)(void *)m->field = value;
		return true;
	case OPT_KIND_LIST:
		*arena_push(p->arena, list->items, list->n, list->cap) = value;
		return true;
	case OPT_KIND_CHOICE:
		return set_choice(p, m, value);
	case OPT_KIND_INT:
		return set_int(p, m, value);
	default:
		return true;
	}
}

static void set_bare(const struct match *m)
{
	if (m->row->kind == OPT_KIND_STRING)
		*(struct str *)(void *)m->field = STR_NONE;
	else if (m->row->kind == OPT_KIND_LIST)
		*(struct opt_list *)(void *)m->field = (struct opt_list){0};
	else
		*(bool *)m->field = !m->off;
}

static bool takes_value(const struct match *m)
{
	return m->row->argument && !m->off;
}

/* Take VALUE when given (absent: none was attached), or else the next argument. */
static bool apply(struct parser *p, const struct match *m, struct str value)
{
	if (!takes_value(m)) {
		if (value.s)
			return usage(p, arena_fmt(p->arena, STR_FMT " takes no value",
			                          STR_ARG(m->label)));
		set_bare(m);
		return true;
	}
	if (!value.s && p->at == p->argc)
		return usage(p,
		             arena_fmt(p->arena, STR_FMT " needs a value: " STR_FMT " %s",
		                       STR_ARG(m->label), STR_ARG(m->label),
		                       m->row->argument));
	if (!value.s)
		value = str_of(p->argv[p->at++]);
	return set_value(p, m, value);
}

static bool parse_long(struct parser *p, struct str text)
{
	size_t eq = str_find(text, '=');
	struct str name = str_sub(text, 0, eq), value = STR_NONE;
	struct match m;

	if (eq < text.n)
		value = str_sub(text, eq + 1, text.n);
	if (!find_long(&m, p, name))
		return unknown_long(p, name);
	m.label = arena_fmt(p->arena, "--" STR_FMT, STR_ARG(name));
	return apply(p, &m, value);
}

static bool unknown_letter(struct parser *p, struct str letters, size_t at)
{
	size_t end = at;

	text_next(letters, &end);
	letters = diag_quote(p->arena, str_sub(letters, at, end - at));
	return usage(p, arena_fmt(p->arena, "unknown option '-" STR_FMT "'",
	                          STR_ARG(letters)));
}

static bool parse_letters(struct parser *p, struct str letters)
{
	for (size_t i = 0; i < letters.n; i++) {
		struct str value = STR_NONE;
		struct match m;

		if (!find_letter(&m, p, letters.s[i]))
			return unknown_letter(p, letters, i);
		m.label = arena_fmt(p->arena, "-%c", letters.s[i]);
		if (takes_value(&m) && i + 1 < letters.n) {
			value = str_sub(letters, i + 1, letters.n);
			i = letters.n;
		}
		if (!apply(p, &m, value))
			return false;
	}
	return true;
}

static void add_operand(struct parser *p, struct opt_list *operands, struct str arg)
{
	*arena_push(p->arena, operands->items, operands->n, operands->cap) = arg;
}

bool opt_parse(struct opt_list *operands, const struct opt_table *tables, size_t tables_n,
               int argc, char **argv, int *used, struct arena *arena, struct err *err)
{
	struct parser p = {tables, tables_n, argv, argc, 0, arena, err};
	bool rest = false, good = true;

	while (good && p.at < argc) {
		struct str arg = str_of(argv[p.at]);
		bool option = !rest && arg.n > 1 && arg.s[0] == '-';

		if (!option && !operands)
			break;
		p.at++;
		if (!option) {
			add_operand(&p, operands, arg);
			operands->rest += rest;
		} else if (str_eqz(arg, "--"))
			rest = true;
		else if (arg.s[1] == '-')
			good = parse_long(&p, str_sub(arg, 2, arg.n));
		else
			good = parse_letters(&p, str_sub(arg, 1, arg.n));
	}
	if (used)
		*used = p.at;
	return good;
}
