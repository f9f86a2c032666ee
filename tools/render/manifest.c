#include "render/manifest.h"

#include "render/jansson.h"

void manifest_begin(struct buf *out, const struct record *r,
                    const struct release *release)
{
	CLEANUP(arena_release) struct arena a = {0};
	CLEANUP(jansson_release)
	json_t *j = jansson_must(json_pack(
	        "{s:s, s:o, s:o, s:o, s:o, s:o}", "format", "manifest/1", "release",
	        jansson_text(release->name), "date", jansson_text(release->date), "tag",
	        jansson_text(record_tag(r, release->name, &a)), "commit",
	        jansson_text(oid_hex(&release->commit, OID_HEX, &a)), "source",
	        jansson_text(oid_hex(&release->source, OID_HEX, &a))));

	jansson_append(out, j, 0);
	buf_truncate(out, out->n - 1); /* the closing brace comes later */
	buf_addz(out, ", \"entries\": [");
}

void manifest_add(void *ctx, const struct manifest_entry *e)
{
	CLEANUP(arena_release) struct arena a = {0};
	struct buf *out = ctx;
	const struct published *p = &e->published;
	CLEANUP(jansson_release)
	json_t *j = jansson_must(json_pack(
	        "{s:o, s:o, s:i, s:s, s:o, s:o, s:o, s:o, s:s}", "collection",
	        jansson_text(e->collection), "id", jansson_text(e->id), "version",
	        p->version, "state", state_name(p->state), "sources",
	        jansson_count(p->sources), "content", jansson_text(p->content), "path",
	        jansson_text(e->path), "blob",
	        jansson_text(oid_hex(&e->blob, OID_HEX, &a)), "sha256", e->sha256));

	buf_addz(out, out->s[out->n - 1] == '[' ? "\n" : ",\n");
	jansson_append(out, j, 0);
}

void manifest_end(struct buf *out)
{
	buf_addz(out, out->s[out->n - 1] == '[' ? "]}\n" : "\n]}\n");
}
