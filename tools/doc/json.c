#include "base/text.h"
#include "doc/json.h"

struct doc_mark json_mark(const struct json *j)
{
	return (struct doc_mark){(uint32_t)j->at, j->line,
	                         (int)(j->at - j->line_start - j->wide) + 1};
}

static void skip_blanks(struct json *j)
{
	for (; j->at < j->n; j->at++) {
		char c = j->s[j->at];

		if (c == '\n' || (c == '\r' && json_peek(j, 1) != '\n')) {
			j->line++;
			j->line_start = j->at + 1;
			j->wide = 0;
		} else if (c != ' ' && c != '\t' && c != '\r') {
			return;
		}
	}
}

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '+' || c == '.' ||
	       (unsigned char)c >= 0x80;
}

/* The word at AT, or the one character there. */
static struct str found_here(const struct json *j)
{
	size_t n = 0;

	while (is_word(json_peek(j, n)) && n < LIMIT_MESSAGE_VALUE * 4)
		n++;
	if (!n)
		n = j->at < j->n;
	return (struct str){j->s + j->at, n};
}

static struct doc_mark behind(struct doc_mark m, struct str s)
{
	m.offset += (uint32_t)s.n;
	m.column += (int)text_length(s);
	return m;
}

struct slip {
	const char *text, *advice;
};

/* The most common slips have words of their own. No text: none of them. */
static struct slip known_slip(const struct json *j)
{
	char c = json_peek(j, 0);
	bool key = j->expect == EXPECT_KEY || j->expect == EXPECT_FIRST_KEY;

	if (c == '#' || (c == '/' && (json_peek(j, 1) == '/' || json_peek(j, 1) == '*')))
		return (struct slip){"a comment stands here, but JSON has none",
		                     "remove it"};
	if (c == '\'')
		return (struct slip){"JSON has double quotes, not single ones",
		                     "write \"...\""};
	if (key && is_word(c))
		return (struct slip){"this key does not stand in double quotes",
		                     "write \"key\""};
	if (key || j->expect == EXPECT_NEXT)
		return (struct slip){0};
	if (c == '+')
		return (struct slip){"this number has a plus sign, but JSON allows none",
		                     "remove it"};
	if (c == '.')
		return (struct slip){"this number has no digit before its point",
		                     "write 0.5, not .5"};
	if (str_eqz(found_here(j), "NaN"))
		return (struct slip){"JSON has no NaN",
		                     "leave the value out, or use null"};
	return (struct slip){0};
}

static bool fail_at_end(struct json *j, const char *expected)
{
	const struct build *b = j->b;
	struct span span = marks_span(json_mark(j), json_mark(j));
	const struct doc_node *open;

	if (!b->depth) {
		build_fail(j->b, &rule_syntax_json, span,
		           "the file ends here, but %s is expected", expected);
		return false;
	}
	open = &b->stack[b->frames[b->depth - 1].base - 1].value;
	build_fail(j->b, &rule_syntax_json, span,
	           "the file ends here, but %s is expected: the %s that starts on line "
	           "%d, column %d is not closed",
	           expected, doc_kind_name(open), open->start.line, open->start.column);
	return false;
}

static bool fail(struct json *j, const char *expected)
{
	struct str found = found_here(j), quoted;
	struct doc_mark at = json_mark(j);
	struct span span = marks_span(at, behind(at, found));
	struct slip slip = known_slip(j);

	if (!found.n)
		return fail_at_end(j, expected);
	if (slip.text)
		return json_fail(j, slip.text, slip.advice);
	quoted = diag_quote(j->b->diags->arena, found);
	build_fail(j->b, &rule_syntax_json, span,
	           "\"" STR_FMT "\" stands here, but %s is expected", STR_ARG(quoted),
	           expected);
	return false;
}

bool json_fail(struct json *j, const char *text, const char *advice)
{
	struct doc_mark at = json_mark(j);

	build_fail(j->b, &rule_syntax_json, marks_span(at, behind(at, found_here(j))),
	           "%s", text)
	        ->suggestion = str_of(advice);
	return false;
}

static bool fail_comma(struct json *j, char bracket)
{
	struct span span = marks_span(j->comma, behind(j->comma, STR(",")));

	build_fail(j->b, &rule_syntax_json, span,
	           "a comma stands before the closing %c, where JSON allows none",
	           bracket)
	        ->suggestion = STR("remove it");
	return false;
}

static size_t digits(const struct json *j, size_t ahead)
{
	size_t n = 0;

	while (json_peek(j, ahead + n) >= '0' && json_peek(j, ahead + n) <= '9')
		n++;
	return n;
}

/* The length of the number at AT; 0 after a finding. RFC 8259, section 6. */
static size_t number_length(struct json *j)
{
	size_t at = json_peek(j, 0) == '-', n = digits(j, at);

	if (!n)
		return json_fail(j, "this minus sign is not followed by a digit", NULL);
	if (n > 1 && json_peek(j, at) == '0')
		return json_fail(j,
		                 "this number has a leading zero, but JSON allows none",
		                 "put it in quotes if it is a code");
	at += n;
	if (json_peek(j, at) == '.') {
		n = digits(j, ++at);
		if (!n)
			return json_fail(
			        j, "this decimal point is not followed by a digit", NULL);
		at += n;
	}
	if ((json_peek(j, at) | 0x20) != 'e')
		return at;
	at++;
	at += json_peek(j, at) == '+' || json_peek(j, at) == '-';
	n = digits(j, at);
	if (!n)
		return json_fail(j, "this exponent has no digits", "write it like 1e5");
	return at + n;
}

static bool read_number(struct json *j)
{
	struct doc_mark start = json_mark(j), end = start;
	size_t n = number_length(j);
	struct doc_node *node;

	if (!n)
		return false;
	end.offset += (uint32_t)n;
	end.column += (int)n;
	node = build_value(j->b);
	if (!node)
		return build_full(j->b, start);
	node->start = start;
	node->end = end;
	doc_number_set(node, (struct str){j->s + j->at, n});
	j->at += n;
	return true;
}

static bool read_string(struct json *j)
{
	struct doc_mark start = json_mark(j);
	struct doc_node *node;
	struct str text;

	if (!json_text(j, &text))
		return false;
	node = build_value(j->b);
	if (!node)
		return build_full(j->b, start);
	node->start = start;
	node->end = json_mark(j);
	node->kind = DOC_STRING;
	node->quoted = true;
	node->text = text;
	return true;
}

static bool read_word(struct json *j)
{
	static const struct {
		const char *word;
		enum doc_kind kind;
		bool truth;
	} words[] = {{"null", DOC_NULL, false},
	             {"true", DOC_BOOL, true},
	             {"false", DOC_BOOL, false}};
	struct doc_mark start = json_mark(j);
	struct str word = found_here(j);

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		struct doc_node *node;

		if (!str_eqz(word, words[i].word))
			continue;
		node = build_value(j->b);
		if (!node)
			return build_full(j->b, start);
		node->start = start;
		node->end = behind(start, word);
		node->kind = (uint8_t)words[i].kind;
		node->truth = words[i].truth;
		j->at += word.n;
		return true;
	}
	return fail(
	        j,
	        "a value (text in double quotes, a number, true, false, null, [ or {)");
}

static bool open_container(struct json *j, enum doc_kind kind)
{
	if (!build_open(j->b, kind, true, json_mark(j), NULL))
		return false;
	j->at++;
	j->expect = kind == DOC_MAP ? EXPECT_FIRST_KEY : EXPECT_FIRST_ITEM;
	return true;
}

static bool close_container(struct json *j)
{
	struct doc_mark end;

	j->at++;
	end = json_mark(j);
	build_close(j->b, &end);
	j->expect = EXPECT_NEXT;
	return true;
}

static bool value(struct json *j)
{
	char c = json_peek(j, 0);
	bool ok;

	if (c == ']' && j->expect == EXPECT_FIRST_ITEM)
		return close_container(j);
	if (c == ']' && j->b->depth && !j->b->frames[j->b->depth - 1].has_key)
		return fail_comma(j, c);
	if (c == '{')
		return open_container(j, DOC_MAP);
	if (c == '[')
		return open_container(j, DOC_LIST);
	if (c == '"')
		ok = read_string(j);
	else if (c == '-' || (c >= '0' && c <= '9'))
		ok = read_number(j);
	else
		ok = read_word(j);
	j->expect = EXPECT_NEXT;
	return ok;
}

static bool key(struct json *j)
{
	struct doc_mark start = json_mark(j);
	bool first = j->expect == EXPECT_FIRST_KEY;
	struct doc_member *m;
	struct str text;

	if (json_peek(j, 0) == '}')
		return first ? close_container(j) : fail_comma(j, '}');
	if (json_peek(j, 0) != '"')
		return fail(j, first ? "a key in double quotes or '}'"
		                     : "a key in double quotes");
	if (!json_text(j, &text))
		return false;
	m = build_key(j->b);
	m->start = start;
	m->end = json_mark(j);
	build_key_set(j->b, m, text);
	skip_blanks(j);
	if (json_peek(j, 0) != ':') {
		j->expect = EXPECT_NEXT;
		return fail(j, "':' after the key");
	}
	j->at++;
	j->expect = EXPECT_VALUE;
	return true;
}

static bool next(struct json *j)
{
	bool map =
	        !j->b->depth ||
	        j->b->stack[j->b->frames[j->b->depth - 1].base - 1].value.kind == DOC_MAP;

	if (json_peek(j, 0) == (map ? '}' : ']'))
		return close_container(j);
	if (json_peek(j, 0) != ',')
		return fail(j, map ? "',' or '}'" : "',' or ']'");
	j->comma = json_mark(j);
	j->at++;
	j->expect = map ? EXPECT_KEY : EXPECT_VALUE;
	return true;
}

static bool step(struct json *j)
{
	skip_blanks(j);
	switch (j->expect) {
	case EXPECT_VALUE:
	case EXPECT_FIRST_ITEM:
		return value(j);
	case EXPECT_FIRST_KEY:
	case EXPECT_KEY:
		return key(j);
	case EXPECT_NEXT:
		return next(j);
	}
	return false;
}

/* Source: RFC 8259. No recursion: the builder keeps the open lists and maps. */
bool json_read(struct build *b, size_t from)
{
	struct str s = b->source->bytes;
	struct json j = {.b = b, .s = s.s, .n = s.n, .at = from, .line_start = from};

	j.line = 1;
	if (!build_document_start(b, json_mark(&j)))
		return false;
	do {
		if (!step(&j))
			return false;
	} while (b->depth);
	skip_blanks(&j);
	if (j.at < j.n)
		return fail(&j, "the end of the file");
	build_document_end(b, DOC_JSON);
	return true;
}
