/*
 * entries.c - the content of every entry, one a line
 */
#include "export/lines.h"

#include "export/json.h"

static void add_successors(struct buf *out, const struct history_line *l)
{
	json_name(out, "successors");
	for (size_t i = 0; i < l->successors_n; i++) {
		buf_addc(out, i ? ',' : '[');
		json_add(out, l->successors[i]);
	}
	buf_addc(out, ']');
}

void line_advice(struct buf *out, const struct export_entry *e)
{
	const struct history_line *l = e->line_of_state;

	if (!l || e->versions[e->versions_n - 1].state == STATE_PUBLISHED)
		return;
	json_member(out, "reason", l->reason);
	json_member(out, "note", l->note);
	if (l->successors_n)
		add_successors(out, l);
	json_member(out, "duplicate_of", l->duplicate_of);
}

static void write_members(struct buf *out, const struct export_entry *e)
{
	const struct export_version *v = &e->versions[e->versions_n - 1];

	json_text_member(out, "collection", e->collection->name);
	json_text_member(out, "id", e->id);
	json_count_member(out, "version", (size_t)v->version);
	json_text_member(out, "state", str_of(state_name(v->state)));
	line_advice(out, e);
	json_count_member(out, "sources", v->sources);
	json_text_member(out, "date", e->date);
	json_text_member(out, "release", v->first->name);
	json_text_member(out, "fingerprint", v->content);
	json_name(out, "content");
	/* The history is told by versions.csv; a number may be one that no reader keeps. */
	if (e->canonical.s)
		buf_add(out, e->canonical);
	else
		json_node(out, e->root);
}

void line_members(struct buf *out, const struct export_entry *e)
{
	size_t from = out->n;
	struct str line;

	if (!e->line->s) {
		write_members(out, e);
		line = str_sub(buf_str(out), from, out->n);
		*e->line = arena_str(e->arena, str_sub(line, line.s[0] == ',', line.n));
		return;
	}
	if (from && out->s[from - 1] != '{')
		buf_addc(out, ',');
	buf_add(out, *e->line);
}

static void render(struct buf *out, const struct edition *x, const struct export_entry *e)
{
	(void)x;
	buf_addc(out, '{');
	line_members(out, e);
	buf_addz(out, "}\n");
}

const struct form form_entries = {.name = "entries",
                                  .summary = "entries as JSON, one a line",
                                  .file = "entries.jsonl",
                                  .render = render};
