/*
 * log_json.c - the versions of an entry for programs [jansson]
 *
 * Source: the shape is schema/log.schema.json
 */
#include "render/jansson.h"
#include "render/log.h"

static json_t *one_event(const struct history_line *line)
{
	json_t *successors = jansson_must(json_array());

	for (size_t i = 0; i < line->successors_n; i++)
		json_array_append_new(successors, jansson_text(line->successors[i]));
	return jansson_must(json_pack(
	        "{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "event",
	        event_name(line->event), "date", jansson_text(line->date), "by",
	        jansson_text(line->by), "sources",
	        line->sources < 0 ? jansson_must(json_null())
	                          : jansson_count((size_t)line->sources),
	        "reason", jansson_text(line->reason), "successors", successors,
	        "duplicate_of", jansson_text(line->duplicate_of), "note",
	        jansson_text(line->note), "content", jansson_text(line->content)));
}

static json_t *one_version(const struct log_version *v)
{
	CLEANUP(arena_release) struct arena arena = {0};
	json_t *events = jansson_must(json_array());
	struct str commit = STR_NONE, release = STR_NONE;

	for (size_t i = 0; i < v->events_n; i++)
		json_array_append_new(events, one_event(v->events[i]));
	if (v->release) {
		release = v->release->name;
		commit = oid_hex(&v->release->commit, OID_HEX, &arena);
	}
	return jansson_must(json_pack(
	        "{s:i, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "version",
	        v->version, "state", state_name(v->state), "date", jansson_text(v->date),
	        "by", jansson_text(v->by), "sources", jansson_count(v->sources), "reason",
	        jansson_text(v->reason), "release", jansson_text(release), "commit",
	        jansson_text(commit), "content", jansson_text(v->content), "events",
	        events));
}

void log_json(struct buf *out, const struct entry_log *log)
{
	json_t *versions = jansson_must(json_array());
	CLEANUP(jansson_release) json_t *all = NULL;

	for (size_t i = 0; i < log->n; i++)
		json_array_append_new(versions, one_version(&log->versions[i]));
	all = jansson_must(json_pack("{s:o, s:o, s:o}", "id", jansson_text(log->id),
	                             "collection", jansson_text(log->collection),
	                             "versions", versions));
	jansson_append(out, all, JSON_INDENT(2));
	buf_addc(out, '\n');
}
