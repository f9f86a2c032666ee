/*
 * delta.c - what this release changes: the lines of entries.jsonl that are new or others
 *
 * Whoever has the entries.jsonl of the release before and puts these lines in the places of
 * their ids has that of this one. No line is ever removed.
 */
#include "export/lines.h"

#include "export/json.h"

static const char *change_of(const struct export_entry *e)
{
	const struct export_version *v = &e->versions[e->versions_n - 1];

	if (!e->from)
		return "added";
	if (e->from != v->version)
		return "revised";
	if (e->from_state != v->state)
		return v->state == STATE_PUBLISHED ? "reinstated" : state_name(v->state);
	return "history";
}

/* What was last changed of E; whether that was in this release is seen when it is taken. */
static void render(struct buf *out, const struct edition *x, const struct export_entry *e)
{
	(void)x;
	buf_addf(out, "{\"change\":\"%s\",\"from\":", change_of(e));
	if (e->from)
		buf_addf(out, "%d", e->from);
	else
		buf_addz(out, "null");
	line_members(out, e);
	buf_addz(out, "}\n");
}

static bool piece(struct form_run *f, struct str bytes, struct err *err)
{
	const struct edition *x = f->edition;
	const struct release_entry *e = &x->entries[f->pieces];

	if (e->steps[e->n - 1].index != x->release->index)
		return true;
	return file_write(f->file, bytes, err);
}

const struct form form_delta = {
        .name = "delta",
        .summary = "what differs from the release before, as JSON, one entry a line",
        .file = "delta.jsonl",
        .render = render,
        .piece = piece};
