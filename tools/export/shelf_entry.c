/*
 * shelf_entry.c - one entry of a snapshot, found by its id
 */
#include "export/shelf_internal.h"

#include "base/limits.h"
#include "export/json.h"

#include <string.h>

struct seeking {
	struct shelf *shelf;
	struct str collection, id; /* both are known */
	int version;
	const struct doc_node *found;
	bool exact; /* it is the object of that very version */
	struct str has; /* the versions that were met: "v1, v2" */
	struct str path;
	struct err *err;
};

/* "v1, v2": what the history of O has; no more of it than a message holds. */
static struct str versions_of(const struct doc_node *o, struct arena *arena)
{
	CLEANUP(buf_release) struct buf out = BUF_INIT(SHELF_NAMES_BYTES);
	const struct doc_node *history = doc_get(o, "history");

	for (size_t i = 0; i < shelf_list_n(history) && !out.overflow; i++)
		buf_addf(&out, "%sv%zu", i ? ", " : "",
		         shelf_count(&history->items[i], "version"));
	return arena_str(arena, buf_str(&out));
}

static void meet(struct seeking *k, const struct doc_node *o)
{
	bool current = str_eqz(shelf_text(o, "as"), "current");
	int version = (int)shelf_count(o, "version");
	struct arena *arena = k->shelf->arena;

	if (!str_eq(shelf_text(o, "id"), k->id) ||
	    !str_eq(shelf_text(o, "collection"), k->collection))
		return;
	if (!k->version ? current : version == k->version && !k->exact) {
		k->found = o;
		k->exact = !current;
	}
	if (current)
		k->has = versions_of(o, arena);
}

static bool meet_line(struct seeking *k, struct str line)
{
	struct arena *arena = k->shelf->arena;
	struct source *source = arena_new(arena, struct source);
	struct doc_options json = {.format = DOC_JSON};
	struct diag_list unused;
	struct docs docs;

	*source = (struct source){k->path, arena_str(arena, line)};
	diag_init(&unused, arena);
	if (!doc_read(&docs, source, &json, arena, &unused) || docs.n != 1)
		return shelf_damaged(k->path, "a line is no JSON", k->err);
	meet(k, &docs.items[0].root);
	return true;
}

/* Only lines with the id in them are read as JSON. */
static bool seek_in(struct seeking *k, const struct shard *shard)
{
	CLEANUP(buf_release) struct buf wanted = BUF_INIT(LIMIT_FILE_BYTES);
	CLEANUP(shelf_lines_close) struct shelf_lines file = {.fd = -1};
	struct str line;

	buf_addz(&wanted, "\"id\":");
	json_add(&wanted, k->id);
	k->path = arena_fmt(
	        k->shelf->arena, STR_FMT "/entries/" STR_FMT "/" STR_FMT ".jsonl",
	        STR_ARG(k->shelf->dir), STR_ARG(k->shelf->lang), STR_ARG(shard->name));
	if (!shelf_lines_open(&file, k->path.s))
		return shelf_damaged(k->path, "it cannot be read", k->err);
	while (shelf_line(&file, &line))
		if (memmem(line.s, line.n, wanted.s, wanted.n) && !meet_line(k, line))
			return false;
	return !file.failed || shelf_damaged(k->path, "it cannot be read", k->err);
}

/* In the order of the shards: by collection, then id. */
static int key_cmp(struct str key, struct str collection, struct str id)
{
	size_t slash = str_find(key, '/');
	int order = str_cmp(str_sub(key, 0, slash), collection);

	return order ? order : str_cmp(str_sub(key, slash + 1, key.n), id);
}

static const struct shard *shard_of(const struct shelf *s, struct str collection,
                                    struct str id)
{
	size_t low = 0, high = s->shards_n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (key_cmp(s->shards[mid].last, collection, id) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == s->shards_n || key_cmp(s->shards[low].first, collection, id) > 0)
		return NULL;
	return &s->shards[low];
}

static bool seek(struct seeking *k)
{
	const struct shard *shard = shard_of(k->shelf, k->collection, k->id);

	return !shard || seek_in(k, shard);
}

static bool not_found(const struct seeking *k, struct err *err)
{
	if (!k->has.n)
		return err_set(err, ERR_USAGE,
		               "there is no entry \"" STR_FMT "\" in " STR_FMT,
		               STR_ARG(diag_quote(k->shelf->arena, k->id)),
		               STR_ARG(k->shelf->dir));
	return err_set(err, ERR_USAGE,
	               STR_FMT " has " STR_FMT " in " STR_FMT "; there is no v%d",
	               STR_ARG(diag_quote(k->shelf->arena, k->id)), STR_ARG(k->has),
	               STR_ARG(k->shelf->dir), k->version);
}

bool shelf_find(struct shelf_entry *out, struct shelf *s, struct str collection,
                struct str id, int version, struct err *err)
{
	const struct doc_node *all = doc_get(s->about, "collections");
	struct seeking found = {.shelf = s, .id = id, .version = version};
	struct str several = STR_NONE;

	for (size_t i = 0; i < shelf_list_n(all); i++) {
		struct seeking k = {s,        doc_text(&all->items[i]),
		                    id,       version,
		                    NULL,     false,
		                    STR_NONE, STR_NONE,
		                    err};

		if (collection.n && !str_eq(collection, k.collection))
			continue;
		if (!seek(&k))
			return false;
		if (!k.has.n)
			continue;
		if (found.has.n && !several.s)
			several = found.collection;
		found = k;
	}
	if (several.s)
		return err_set(err, ERR_USAGE,
		               "several collections have an entry \"" STR_FMT
		               "\": give " STR_FMT "/" STR_FMT " or " STR_FMT "/" STR_FMT,
		               STR_ARG(diag_quote(s->arena, id)), STR_ARG(several),
		               STR_ARG(id), STR_ARG(found.collection), STR_ARG(id));
	if (!found.found)
		return not_found(&found, err);
	*out = (struct shelf_entry){.shelf = s};
	shelf_object(&out->view, found.found, version > 0, s->arena);
	return true;
}
