#include "doc/internal.h"

#include <string.h>

/* libyaml's words, the rule they break, and what to tell a curator. */
struct hint {
	const char *problem, *context; /* how they start; NULL: any */
	bool at_context; /* the beginning tells more than the end */
	const struct rule *rule;
	const char *text, *advice;
};

static const struct hint hints[] = {
        {"found unexpected end of stream", "while scanning a quoted scalar", true,
         &rule_syntax_yaml, "the quote that opens here is never closed",
         "close it; inside single quotes write '' for an apostrophe"},
        {"found unexpected document indicator", "while scanning a quoted scalar", true,
         &rule_syntax_yaml,
         "the quote that opens here is not closed before the line of --- or `...`",
         "close it"},
        {"found unknown escape character", NULL, false, &rule_syntax_yaml,
         "a backslash in double quotes starts an escape, but this one is unknown",
         "write \\\\ for a backslash, or use single quotes"},
        {"did not find expected hexdecimal number", NULL, false, &rule_syntax_yaml,
         "this escape lacks hexadecimal digits, as in \\x41 or \\u00e9",
         "write \\\\ for a backslash, or use single quotes"},
        {"found invalid Unicode character escape code", NULL, false, &rule_syntax_yaml,
         "this escape stands for no character", "write the character itself"},
        {"found a tab character", NULL, false, &rule_syntax_tab,
         "a tab stands in the indentation", "indent with spaces"},
        {"block sequence entries are not allowed", NULL, false, &rule_syntax_yaml,
         "a list item may not start here",
         "put \"- \" at the start of a line of its own, or put the value in quotes"},
        {"mapping keys are not allowed", NULL, false, &rule_syntax_yaml,
         "a `? ` key may not start here",
         "put the value in quotes if the ? belongs to it"},
        {"found undefined tag handle", NULL, false, &rule_syntax_tag,
         "this tag is not declared", "put the value in quotes if the ! belongs to it"},
        {"did not find expected", "while scanning a tag", true, &rule_syntax_yaml,
         "a tag starts with ! here, but is not complete",
         "put the value in quotes if the ! belongs to it"},
        {"did not find expected", "while scanning an a", true, &rule_syntax_yaml,
         "this value starts with * or &, but is no alias and no anchor",
         "put it in quotes"},
        {"did not find expected comment or line break", "while scanning a block scalar",
         false, &rule_syntax_yaml,
         "text stands behind | or >, but only a comment may stand there",
         "start the text on the next line; if | or > belongs to it, put it in quotes"},
        {"did not find expected '-'", NULL, false, &rule_syntax_yaml,
         "the next item of the list is expected: \"- \" in the column of the first",
         "check the indentation"},
        {"did not find expected <document start>", NULL, false, &rule_syntax_yaml,
         "the document has ended before this line",
         "check the indentation; a second document starts with ---"},
        {"did not find expected node content", NULL, false, &rule_syntax_yaml,
         "a value is expected here",
         "put a value that starts with one of , ] } % in quotes"},
};

/* The line of byte AT: from its first byte to its end. */
static struct str line_of(struct str s, size_t at)
{
	size_t from = at, to = at;

	while (from && s.s[from - 1] != '\n')
		from--;
	while (to < s.n && s.s[to] != '\n')
		to++;
	return str_sub(s, from, to - from);
}

static bool starts(const char *words, const char *prefix)
{
	return !prefix || (words && strncmp(words, prefix, strlen(prefix)) == 0);
}

static void report(struct build *b, const struct rule *rule, struct doc_mark at,
                   const char *text, const char *advice)
{
	build_fail(b, rule, marks_span(at, at), "%s", text)->suggestion = str_of(advice);
}

/* A tab in the indentation of AT's line: whatever libyaml says, that is the cause. */
static bool tab_in_indentation(struct build *b, struct doc_mark at)
{
	struct str line = line_of(b->source->bytes, at.offset);
	size_t n = 0;

	while (n < line.n && line.s[n] == ' ')
		n++;
	if (n == line.n || line.s[n] != '\t')
		return false;
	at.column = (int)n + 1;
	report(b, &rule_syntax_tab, at, "a tab stands in the indentation",
	       "indent with spaces");
	return true;
}

/* A merge was not finished: whatever libyaml stumbles over behind that, it is the cause. */
static bool conflict_marker(struct build *b, struct doc_mark at)
{
	struct str all = b->source->bytes;
	struct str line = line_of(all, at.offset);
	size_t to = (size_t)(line.s - all.s) + line.n, from = 0;

	for (int n = 1; from < to; n++) {
		line = line_of(all, from);
		if (str_starts(line, STR("<<<<<<< "))) {
			at = (struct doc_mark){.offset = from, .line = n, .column = 1};
			report(b, &rule_syntax_yaml, at, "a merge left a conflict here",
			       "keep what holds of the lines between <<<<<<< and "
			       ">>>>>>>, and remove the markers");
			return true;
		}
		from += line.n + 1;
	}
	return false;
}

/* "a: b: c", or a key that is indented below a key that has a value already. */
static void colon_in_value(struct build *b, struct doc_mark at)
{
	struct str line = line_of(b->source->bytes, at.offset);
	size_t n = at.offset - (size_t)(line.s - b->source->bytes.s);
	bool second = false;

	for (size_t i = 0; i + 1 < n; i++)
		second |= line.s[i] == ':' && line.s[i + 1] == ' ';
	if (second)
		report(b, &rule_syntax_yaml, at,
		       "this line has a second \": \", in a value without quotes",
		       "put the value in quotes");
	else
		report(b, &rule_syntax_yaml, at,
		       "a key may not stand here: the line above has a value already, "
		       "or this line is indented too far",
		       "check the indentation, or put the value in quotes");
}

/* A line that is neither "key: value" nor a continuation of a text. */
static void key_without_colon(struct build *b, const struct yaml_problem *p)
{
	struct str line = line_of(b->source->bytes, p->context_at.offset);
	size_t colon = str_find(line, ':');

	if (colon + 1 < line.n && line.s[colon + 1] != ' ')
		report(b, &rule_syntax_yaml, p->context_at,
		       "a space is missing behind the colon of this line",
		       "write \"key: value\"");
	else
		report(b, &rule_syntax_yaml, p->context_at,
		       "this line has no \": \" and is not part of the value above",
		       "write \"key: value\", or indent the line to continue the value");
}

static void key_expected(struct build *b, const struct yaml_problem *p)
{
	struct str line = line_of(b->source->bytes, p->at.offset);
	size_t n = p->at.offset - (size_t)(line.s - b->source->bytes.s);

	if (n < line.n && line.s[n] == ':') {
		report(b, &rule_syntax_key, p->at, "a key is missing before this colon",
		       "write the key");
		return;
	}
	line = str_trim(str_sub(line, 0, n));
	if (line.n && (line.s[line.n - 1] == '"' || line.s[line.n - 1] == '\''))
		report(b, &rule_syntax_yaml, p->at,
		       "text stands behind the closing quote",
		       "put the whole value in quotes; inside single quotes write '' "
		       "for an apostrophe");
	else
		build_fail(b, &rule_syntax_yaml, marks_span(p->at, p->at),
		           "the next key of the map that starts on line %d is expected, "
		           "in column %d",
		           p->context_at.line, p->context_at.column)
		        ->suggestion = STR("check the indentation");
}

static void bracket_expected(struct build *b, const struct yaml_problem *p)
{
	bool list = strstr(p->problem, "]") != NULL;

	build_fail(b, &rule_syntax_yaml, marks_span(p->at, p->at),
	           "',' or '%c' is expected: the %s that starts on line %d, column %d "
	           "is still open",
	           list ? ']' : '}', list ? "list" : "map", p->context_at.line,
	           p->context_at.column);
}

/* The file ends inside brackets: where they open tells more than where it ends. */
static bool never_closed(struct build *b, const struct yaml_problem *p, size_t end)
{
	struct str rest = str_sub(b->source->bytes, p->at.offset, end - p->at.offset);
	const struct doc_node *node;

	if (!b->depth || str_trim(rest).n || !starts(p->problem, "did not find expected"))
		return false;
	node = &b->stack[b->frames[b->depth - 1].base - 1].value;
	if (!node->flow)
		return false;
	build_fail(b, &rule_syntax_yaml, marks_span(node->start, node->start),
	           "the %c that opens here is never closed",
	           node->kind == DOC_LIST ? '[' : '{')
	        ->suggestion = STR("close it, or put the value in quotes");
	return true;
}

static void bad_first_character(struct build *b, struct doc_mark at)
{
	struct str c = str_sub(b->source->bytes, at.offset, 1);

	if (str_eqz(c, "\t"))
		report(b, &rule_syntax_tab, at, "a tab stands here",
		       "indent with spaces");
	else
		build_fail(b, &rule_syntax_yaml, marks_span(at, at),
		           "a value may not start with " STR_FMT, STR_ARG(c))
		        ->suggestion = STR("put it in quotes");
}

static bool special(struct build *b, const struct yaml_problem *p)
{
	if (starts(p->problem, "mapping values are not allowed"))
		colon_in_value(b, p->at);
	else if (starts(p->problem, "could not find expected ':'"))
		key_without_colon(b, p);
	else if (starts(p->problem, "did not find expected key"))
		key_expected(b, p);
	else if (starts(p->problem, "did not find expected ','"))
		bracket_expected(b, p);
	else if (starts(p->problem, "found character that cannot start"))
		bad_first_character(b, p->at);
	else
		return false;
	return true;
}

/* One finding for a file that libyaml cannot read, in words of what to do. */
void yaml_problem_report(struct build *b, const struct yaml_problem *p, size_t end)
{
	if (conflict_marker(b, p->at) || tab_in_indentation(b, p->at) ||
	    never_closed(b, p, end) || special(b, p))
		return;
	for (size_t i = 0; i < ARRAY_LEN(hints); i++) {
		const struct hint *h = &hints[i];

		if (!starts(p->problem, h->problem) || !starts(p->context, h->context))
			continue;
		report(b, h->rule, h->at_context && p->context ? p->context_at : p->at,
		       h->text, h->advice);
		return;
	}
	build_fail(b, &rule_syntax_yaml, marks_span(p->at, p->at),
	           "this is not YAML: %s%s%s", p->context ? p->context : "",
	           p->context ? ", " : "", p->problem ? p->problem : "it cannot be read");
}

bool yaml_directives_fit(struct build *b, size_t from, size_t to)
{
	struct str all = b->source->bytes;
	size_t at = from;

	for (int n = 0; n <= LIMIT_TAG_DIRECTIVES; at++) {
		at += str_find(str_sub(all, at, to - at), '%');
		if (at >= to)
			return true;
		if (at == from || all.s[at - 1] == '\n' || all.s[at - 1] == '\r')
			n += str_starts(str_sub(all, at, to - at), STR("%TAG"));
	}
	build_fail(b, &rule_syntax_tag, doc_byte_span(all, at - 1, at + 3),
	           "this file has more than %d %%TAG lines", LIMIT_TAG_DIRECTIVES)
	        ->suggestion =
	        STR("remove them: only the tags of the core schema are used");
	return false;
}
