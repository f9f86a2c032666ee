/*
 * manifest.c - what a release holds, entry by entry; and holding a release against such a list
 */
#include "verify/internal.h"

#include "base/limits.h"
#include "digest/digest.h"

struct listing {
	struct record *record;
	const struct release *release;
	manifest_fn *fn;
	void *ctx;
};

static bool list_one(void *ctx, const struct release_change *c, struct err *err)
{
	CLEANUP(arena_release) struct arena arena = {0};
	const struct listing *l = ctx;
	struct manifest_entry e = {.collection = c->collection,
	                           .id = c->id,
	                           .path = c->new->path,
	                           .blob = c->new->blob};
	const struct collection *collection;
	struct doc *doc;

	if (!release_read(&doc, &collection, l->record, l->release, c->collection, c->new,
	                  &arena, err))
		return false;
	sha256_text(e.sha256, doc->source->bytes);
	published_read(&e.published, &collection->roles, &doc->root, &arena);
	l->fn(l->ctx, &e);
	return true;
}

bool manifest_each(struct record *r, const struct release *release, manifest_fn *fn,
                   void *ctx, struct err *err)
{
	struct listing l = {r, release, fn, ctx};

	return release_changes(r, NULL, release, list_one, &l, err);
}

/* Holding a release against a list. */
struct holding {
	struct diag_list *diags;
	const struct release *release;
	struct map listed; /* "collection/id" -> const struct doc_node * */
	struct arena *arena;
	size_t met;
};

static void differs(struct holding *h, const struct manifest_entry *e, const char *what,
                    struct str listed, struct str got)
{
	diag_file(h->diags, release_path(h->release, e->path, h->diags->arena));
	diag_add(h->diags, &rule_release_manifest, (struct span){0},
	         "the manifest lists the %s " STR_FMT ", the release has " STR_FMT, what,
	         STR_ARG(diag_quote(h->arena, listed)),
	         STR_ARG(diag_quote(h->arena, got)));
}

static void hold(void *ctx, const struct manifest_entry *e)
{
	struct holding *h = ctx;
	struct str key = arena_fmt(h->arena, STR_FMT "/" STR_FMT, STR_ARG(e->collection),
	                           STR_ARG(e->id));
	const struct doc_node *node = map_get(&h->listed, key), *version;
	struct str version_text = arena_fmt(h->arena, "%d", e->published.version);

	if (!node) {
		diag_file(h->diags, release_path(h->release, e->path, h->diags->arena));
		diag_add(h->diags, &rule_release_manifest, (struct span){0},
		         "the manifest does not list " STR_FMT, STR_ARG(e->id));
		return;
	}
	h->met++;
	version = doc_get(node, "version");
	if (!version || !str_eq(version->text, version_text))
		differs(h, e, "version", version ? version->text : STR(""), version_text);
	if (!str_eqz(doc_text(doc_get(node, "sha256")), e->sha256))
		differs(h, e, "SHA-256", doc_text(doc_get(node, "sha256")),
		        str_of(e->sha256));
	if (!str_eq(doc_text(doc_get(node, "path")), e->path))
		differs(h, e, "path", doc_text(doc_get(node, "path")), e->path);
}

static void read_entries(struct holding *h, const struct doc_node *entries)
{
	map_init(&h->listed, h->arena);
	for (uint32_t i = 0; i < entries->n; i++) {
		const struct doc_node *e = &entries->items[i];

		map_set(&h->listed,
		        arena_fmt(h->arena, STR_FMT "/" STR_FMT,
		                  STR_ARG(doc_text(doc_get(e, "collection"))),
		                  STR_ARG(doc_text(doc_get(e, "id")))),
		        (void *)(uintptr_t)e);
	}
}

static void compare_commit(struct holding *h, const struct doc_node *root)
{
	struct str listed = doc_text(doc_get(root, "commit"));
	struct str got = oid_hex(&h->release->commit, OID_HEX, h->arena);

	diag_file(h->diags, h->release->name);
	if (!str_eq(listed, got))
		diag_add(h->diags, &rule_release_rewritten, (struct span){0},
		         "the manifest is of commit %.12s, the release is %.12s",
		         listed.n ? arena_str(h->arena, listed).s : "?", got.s);
}

bool manifest_compare(struct diag_list *diags, struct record *r,
                      const struct source *source, struct arena *arena, struct err *err)
{
	struct holding h = {.diags = diags, .arena = arena};
	const struct doc_node *root, *entries;
	struct diag_list unused;
	struct docs docs;

	diag_init(&unused, arena);
	if (!doc_read(&docs, source, &(struct doc_options){.format = DOC_JSON}, arena,
	              &unused))
		return err_set(err, ERR_USAGE, STR_FMT " is no JSON",
		               STR_ARG(source->name));
	root = &docs.items[0].root;
	entries = doc_get(root, "entries");
	if (!entries || entries->kind != DOC_LIST)
		return err_set(err, ERR_USAGE,
		               STR_FMT
		               " is no manifest: it has no list \"entries\"; `stemma "
		               "verify --manifest` prints one",
		               STR_ARG(source->name));
	h.release = record_find(r, doc_text(doc_get(root, "release")));
	if (!h.release) {
		diag_file(diags, source->name);
		diag_add(diags, &rule_release_rewritten, (struct span){0},
		         "the release \"" STR_FMT "\" of the manifest is not there",
		         STR_ARG(diag_quote(arena, doc_text(doc_get(root, "release")))));
		return true;
	}
	read_entries(&h, entries);
	compare_commit(&h, root);
	if (!manifest_each(r, h.release, hold, &h, err))
		return false;
	diag_file(diags, h.release->name);
	if (h.met < h.listed.n)
		diag_add(diags, &rule_release_manifest, (struct span){0},
		         "%zu of the entries that the manifest lists %s not there",
		         h.listed.n - h.met, h.listed.n - h.met == 1 ? "is" : "are");
	return true;
}
