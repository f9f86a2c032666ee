/*
 * status_json.c - where all entries stand, for programs: a line an entry
 *
 * There may be very many entries, so the text is written as it comes.
 *
 * Source: the shape is schema/status.schema.json
 */
#include "render/status.h"

#include "base/limits.h"
#include "base/text.h"
#include "render/internal.h"

/* The name of a file may be no UTF-8, which JSON must be. */
static void put_string(struct buf *out, struct str s)
{
	CLEANUP(buf_release) struct buf safe = BUF_INIT(LIMIT_FILE_BYTES);

	if (text_invalid(s) < s.n) {
		add_visible(&safe, s);
		s = buf_str(&safe);
	}
	doc_json_string(out, s);
}

/* A format string for each of a hundred thousand lines costs more than all the rest. */
static void put_number(struct buf *out, size_t n)
{
	char digits[20];
	size_t at = sizeof(digits);

	do {
		digits[--at] = (char)('0' + n % 10);
		n /= 10;
	} while (n);
	buf_add(out, (struct str){digits + at, sizeof(digits) - at});
}

/* What an entry is here or in public, up to where its release follows. */
static void put_stand(struct buf *out, int version, enum state state, size_t sources)
{
	buf_add(out, STR("\"version\": "));
	put_number(out, (size_t)version);
	buf_add(out, STR(", \"state\": \""));
	buf_addz(out, state_name(state));
	buf_add(out, STR("\", \"sources\": "));
	put_number(out, sources);
}

static void put_published(struct buf *out, const struct table_published *p)
{
	if (!p->version) {
		buf_add(out, STR("null"));
		return;
	}
	buf_addc(out, '{');
	put_stand(out, p->version, p->state, p->sources);
	buf_add(out, STR(", \"release\": "));
	put_string(out, p->release->name);
	buf_addc(out, '}');
}

static void put_row(struct buf *out, const struct table_row *row)
{
	buf_add(out, STR("    {\"id\": "));
	put_string(out, row->id);
	buf_add(out, STR(", \"collection\": "));
	put_string(out, row->collection);
	buf_add(out, STR(", "));
	put_stand(out, row->version, row->state, row->sources);
	buf_add(out, STR(", \"published\": "));
	put_published(out, &row->published);
	buf_add(out, STR(", \"changed\": ["));
	for (size_t i = 0; i < row->changed_n; i++) {
		buf_addz(out, i ? ", " : "");
		put_string(out, row->changed[i]);
	}
	buf_add(out, STR("]}"));
}

static void put_states(struct buf *out, const size_t n[STATES_N], int from)
{
	for (int i = from; i < STATES_N; i++)
		buf_addf(out, "%s\"%s\": %zu", i > from ? ", " : "",
		         state_name((enum state)i), n[i]);
}

static void put_summary(struct buf *out, const struct table *t, bool known)
{
	struct status_counts c = status_count(t);

	buf_addf(out, "    \"total\": %zu,\n    \"states\": {", c.total - c.unreadable);
	put_states(out, c.states, STATE_DRAFT);
	buf_addz(out, "},\n    \"published\": {");
	put_states(out, c.published, STATE_PUBLISHED);
	buf_addf(
	        out,
	        "},\n    \"unpublished\": %zu,\n    \"due\": {\"total\": %zu, \"added\": "
	        "%zu, \"revised\": %zu, \"deprecated\": %zu, \"withdrawn\": %zu, "
	        "\"reinstated\": %zu},\n",
	        c.unpublished, c.due, c.added, c.revised, c.deprecated, c.withdrawn,
	        c.reinstated);
	buf_addf(out, "    \"stale\": %zu,\n    \"unreadable\": %zu,\n    \"gone\": [",
	         c.stale, c.unreadable);
	for (size_t i = 0; i < t->gone_n; i++) {
		buf_addz(out, i ? ", " : "");
		put_string(out, t->gone[i]);
	}
	buf_addf(out, "],\n    \"record\": \"%s\",\n    \"release\": ",
	         known ? "known" : "unknown");
	if (t->last)
		put_string(out, t->last->name);
	else
		buf_addz(out, "null");
	buf_addc(out, '\n');
}

void status_json(struct buf *out, const struct table *table, bool known)
{
	bool any = false;

	buf_addz(out, "{\n  \"entries\": [");
	for (size_t i = 0; i < table->n; i++) {
		if (table->rows[i].unreadable)
			continue;
		buf_addz(out, any ? ",\n" : "\n");
		put_row(out, &table->rows[i]);
		any = true;
	}
	buf_addz(out, any ? "\n  ],\n" : "],\n");
	buf_addz(out, "  \"summary\": {\n");
	put_summary(out, table, known);
	buf_addz(out, "  }\n}\n");
}
