#include "base/text.h"
#include "doc/json.h"

#include <string.h>

/* Four hex digits at AT + AHEAD, or TEXT_BAD. */
static uint32_t hex4(const struct json *j, size_t ahead)
{
	uint32_t v = 0;

	for (size_t i = 0; i < 4; i++) {
		char c = json_peek(j, ahead + i);

		if (c >= '0' && c <= '9')
			v = v * 16 + (uint32_t)(c - '0');
		else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
			v = v * 16 + (uint32_t)((c | 0x20) - 'a' + 10);
		else
			return TEXT_BAD;
	}
	return v;
}

/* The character of the \u escape at AT, a surrogate pair taken together. RFC 8259, 7. */
static bool unicode_escape(struct json *j, uint32_t *c)
{
	uint32_t low;

	*c = hex4(j, 2);
	if (*c == TEXT_BAD)
		return json_fail(j, "\\u is not followed by four hexadecimal digits",
		                 "write it like \\u00e9");
	if (*c < 0xD800 || *c > 0xDFFF) {
		j->at += 6;
		return true;
	}
	low = json_peek(j, 6) == '\\' && json_peek(j, 7) == 'u' ? hex4(j, 8) : TEXT_BAD;
	if (*c > 0xDBFF || low < 0xDC00 || low > 0xDFFF)
		return json_fail(j, "this \\u escape is only half of a surrogate pair",
		                 "write the character itself");
	*c = 0x10000 + ((*c - 0xD800) << 10) + (low - 0xDC00);
	j->at += 12;
	return true;
}

static size_t put_utf8(char *out, uint32_t c)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xC0 | (c >> 6));
		out[1] = (char)(0x80 | (c & 0x3F));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xE0 | (c >> 12));
		out[1] = (char)(0x80 | ((c >> 6) & 0x3F));
		out[2] = (char)(0x80 | (c & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | (c >> 18));
	out[1] = (char)(0x80 | ((c >> 12) & 0x3F));
	out[2] = (char)(0x80 | ((c >> 6) & 0x3F));
	out[3] = (char)(0x80 | (c & 0x3F));
	return 4;
}

static bool escape(struct json *j, char *out, size_t *n)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	const char *p = json_peek(j, 1) ? strchr(from, json_peek(j, 1)) : NULL;
	uint32_t c;

	if (p) {
		out[(*n)++] = to[p - from];
		j->at += 2;
		return true;
	}
	if (json_peek(j, 1) != 'u')
		return json_fail(j,
		                 "this backslash starts none of the escapes of JSON: "
		                 "\\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u",
		                 "write \\\\ for a backslash");
	if (!unicode_escape(j, &c))
		return false;
	*n += put_utf8(out + *n, c);
	return true;
}

/* Move to the next quote, backslash or control character. */
static void skip_text(struct json *j)
{
	size_t at = j->at;

	for (; at < j->n; at++) {
		unsigned char c = (unsigned char)j->s[at];

		if (c == '"' || c == '\\' || c < 0x20)
			break;
		j->wide += (c & 0xC0) == 0x80;
	}
	j->at = at;
}

/* The end of the string that starts at AT, so that its decoded form fits into as much. */
static size_t raw_length(const struct json *j)
{
	size_t at = j->at;

	while (at < j->n && j->s[at] != '"' && j->s[at] != '\n')
		at += j->s[at] == '\\' ? 2 : 1;
	return (at < j->n ? at : j->n) - j->at;
}

static bool text_ended(struct json *j, struct doc_mark start)
{
	if (json_peek(j, 0) == '"') {
		j->at++;
		return true;
	}
	if (json_peek(j, 0) == '\t')
		return json_fail(j, "a tab stands in a JSON text", "write it as \\t");
	build_fail(j->b, &rule_syntax_json, marks_span(start, json_mark(j)),
	           "the text that starts here has no closing quote on this line")
	        ->suggestion = STR("close it; write line ends in it as \\n");
	return false;
}

/*
 * The string whose opening quote is at AT; without escapes it is a slice of the source.
 */
bool json_text(struct json *j, struct str *out)
{
	struct doc_mark start = json_mark(j);
	size_t from = ++j->at, n;
	char *p;

	skip_text(j);
	*out = (struct str){j->s + from, j->at - from};
	if (json_peek(j, 0) != '\\')
		return text_ended(j, start);
	p = arena_alloc(j->b->arena, out->n + raw_length(j) + 1, 1);
	memcpy(p, out->s, out->n);
	n = out->n;
	while (json_peek(j, 0) == '\\') {
		if (!escape(j, p, &n))
			return false;
		from = j->at;
		skip_text(j);
		memcpy(p + n, j->s + from, j->at - from);
		n += j->at - from;
	}
	*out = (struct str){p, n};
	return text_ended(j, start);
}
