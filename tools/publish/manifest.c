/*
 * manifest.c - the file release.json, and the summary of a run, as JSON
 */
#include "publish/internal.h"

static void add_text(struct buf *out, const char *key, struct str value)
{
	buf_addf(out, "\"%s\": ", key);
	if (value.s)
		doc_json_string(out, value);
	else
		buf_addz(out, "null");
}

static void add_oid(struct buf *out, const char *key, const struct oid *id)
{
	CLEANUP(arena_release) struct arena arena = {0};

	add_text(out, key, id ? oid_hex(id, OID_HEX, &arena) : STR_NONE);
}

void manifest_entry(struct buf *out, const struct planned_entry *e)
{
	buf_addc(out, '{');
	add_text(out, "collection", e->collection);
	buf_addz(out, ", ");
	add_text(out, "id", e->id);
	buf_addf(out, ", \"change\": \"%s\", ", planned_change_name(e->change));
	add_text(out, "path", e->new.file.path);
	if (e->old.version)
		buf_addf(out, ", \"from\": %d", e->old.version);
	else
		buf_addz(out, ", \"from\": null");
	buf_addf(out, ", \"to\": %d, \"state\": \"%s\", \"sources\": %zu, ",
	         e->new.version, state_name(e->new.state), e->new.sources);
	add_text(out, "content", e->content);
	buf_addc(out, '}');
}

static void add_entries(struct buf *out, const struct release_plan *p)
{
	buf_addc(out, '[');
	for (size_t i = 0; i < p->entries_n; i++) {
		buf_addz(out, i ? ",\n    " : "\n    ");
		manifest_entry(out, &p->entries[i]);
	}
	buf_addz(out, p->entries_n ? "\n  ]" : "]");
}

static void add_states(struct buf *out, const struct tally *t)
{
	const char *join = "";

	buf_addc(out, '{');
	for (int i = STATE_PUBLISHED; i < STATES_N; i++) {
		buf_addf(out, "%s\"%s\": %zu", join, state_name((enum state)i),
		         t->states[i]);
		join = ", ";
	}
	buf_addc(out, '}');
}

/* {"methods": {"/field": {"deep-learning": 3}}}; the terms are sorted. */
static void add_terms(struct buf *out, const struct release_plan *p)
{
	const struct tally_term *last = NULL;

	buf_addc(out, '{');
	for (size_t i = 0; i < p->terms_n; i++) {
		const struct tally_term *t = &p->terms[i];
		bool collection = last && str_eq(last->collection, t->collection);
		bool path = collection && str_eq(last->path, t->path);

		if (!t->now)
			continue;
		if (last)
			buf_addz(out, path ? ", " : collection ? "}, " : "}}, ");
		if (!collection) {
			doc_json_string(out, t->collection);
			buf_addz(out, ": {");
		}
		if (!path) {
			doc_json_string(out, t->path);
			buf_addz(out, ": {");
		}
		doc_json_string(out, t->term);
		buf_addf(out, ": %zu", t->now);
		last = t;
	}
	buf_addz(out, last ? "}}}" : "}");
}

void release_manifest(struct buf *out, const struct release_plan *p)
{
	buf_addz(out, "{\n  ");
	add_text(out, "release", p->name);
	buf_addz(out, ",\n  ");
	add_text(out, "date", p->options->date);
	buf_addz(out, ",\n  ");
	add_oid(out, "source", &p->options->source);
	buf_addz(out, ",\n  ");
	add_text(out, "config", p->options->config);
	buf_addz(out, ",\n  ");
	add_text(out, "previous", p->previous ? p->previous->name : STR_NONE);
	buf_addf(out, ",\n  \"counts\": {\n    \"entries\": %zu,\n    \"states\": ",
	         p->now.entries);
	add_states(out, &p->now);
	buf_addf(out, ",\n    \"sources\": %zu,\n    \"terms\": ", p->now.sources);
	add_terms(out, p);
	buf_addz(out, "\n  },\n  \"delta\": ");
	add_entries(out, p);
	buf_addz(out, "\n}\n");
}

void release_summary_json(struct buf *out, const struct release_plan *p,
                          const struct oid *commit)
{
	buf_addz(out, "{\n  ");
	add_text(out, "release", p->name);
	buf_addz(out, ",\n  ");
	add_text(out, "tag", p->tag);
	buf_addz(out, ",\n  ");
	add_text(out, "branch", p->dataset->release.branch);
	buf_addz(out, ",\n  ");
	add_oid(out, "commit", commit);
	buf_addz(out, ",\n  ");
	add_text(out, "previous", p->previous ? p->previous->name : STR_NONE);
	buf_addz(out, ",\n  ");
	add_oid(out, "source", &p->options->source);
	buf_addz(out, ",\n  \"changes\": {");
	for (int i = 0; i < PLANNED_KINDS; i++)
		buf_addf(out, "\"%s\": %zu, ",
		         planned_change_name((enum planned_change)i), p->changes[i]);
	buf_addf(out, "\"shared\": %zu},\n  \"entries\": ", p->files_n);
	add_entries(out, p);
	buf_addz(out, "\n}\n");
}
