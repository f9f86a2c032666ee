/*
 * entries.c - the content of every entry, one a line
 */
#include "export/form.h"

#include "base/limits.h"

/* {"collection":"methods","id":"x","version":1,...,"content":{...}} */
static void render(struct buf *out, const struct edition *x, const struct export_entry *e)
{
	const struct export_version *v = &e->versions[e->versions_n - 1];
	const struct doc_node *bad;

	(void)x;
	buf_addz(out, "{\"collection\":");
	doc_json_string(out, e->collection->name);
	buf_addz(out, ",\"id\":");
	doc_json_string(out, e->id);
	buf_addf(out, ",\"version\":%d,\"state\":\"%s\",\"sources\":%zu,\"content\":",
	         v->version, state_name(v->state), v->sources);
	/* A release has no number that canonical JSON cannot carry. */
	if (!doc_canonical(out, e->root, history_key(&e->collection->roles), &bad))
		buf_addz(out, "null");
	buf_addz(out, "}\n");
}

const struct form form_entries = {.name = "entries",
                                  .summary = "every entry as JSON, one a line",
                                  .file = "entries.jsonl",
                                  .render = render};
