#include "describe/jot.h"

#include "base/text.h"
#include "doc/doc.h"

static void place(struct jot *j, const char *key)
{
	if (j->any)
		buf_addc(j->out, ',');
	if (j->depth) {
		buf_addc(j->out, '\n');
		buf_fill(j->out, ' ', 2 * (size_t)j->depth);
	}
	if (key)
		buf_addf(j->out, "\"%s\": ", key);
	j->any = true;
}

void jot_open(struct jot *j, const char *key, char bracket)
{
	place(j, key);
	buf_addc(j->out, bracket);
	j->depth++;
	j->any = false;
}

void jot_close(struct jot *j, char bracket)
{
	j->depth--;
	if (j->any) {
		buf_addc(j->out, '\n');
		buf_fill(j->out, ' ', 2 * (size_t)j->depth);
	}
	buf_addc(j->out, bracket);
	if (!j->depth)
		buf_addc(j->out, '\n');
	j->any = true;
}

/* The name of a file may be no UTF-8, which JSON must be. */
static void add_string(struct buf *out, struct str s)
{
	CLEANUP(buf_release) struct buf safe = BUF_INIT(s.n * 8 + 16);

	if (text_invalid(s) == s.n) {
		doc_json_string(out, s);
		return;
	}
	for (size_t at = 0; at < s.n;)
		text_add_visible(&safe, s, &at);
	doc_json_string(out, buf_str(&safe));
}

void jot_text(struct jot *j, const char *key, struct str text)
{
	if (!text.n)
		return;
	place(j, key);
	add_string(j->out, text);
}

void jot_words(struct jot *j, const char *key, const char *words)
{
	jot_text(j, key, str_of(words));
}

void jot_count(struct jot *j, const char *key, uint64_t n)
{
	place(j, key);
	buf_addf(j->out, "%llu", (unsigned long long)n);
}

void jot_refer(struct jot *j, const char *key, struct str id)
{
	place(j, key);
	buf_addz(j->out, "{\"@id\": ");
	add_string(j->out, id);
	buf_addc(j->out, '}');
}
