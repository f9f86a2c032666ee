/*
 * files.c - every published version of every entry, in the bytes it was published in
 *
 *     versions/ID/vN.yaml    versions/COLLECTION/ID/vN.yaml when several have versions
 */
#include "export/form.h"
#include "export/pack.h"

static bool several(const struct dataset *d)
{
	size_t n = 0;

	for (size_t i = 0; i < d->collections_n; i++)
		n += d->collections[i].versioned;
	return n > 1;
}

/* A piece: each version's number, then its bytes. */
static void render(struct buf *out, const struct edition *x, const struct export_entry *e)
{
	(void)x;
	for (size_t i = 0; i < e->versions_n; i++) {
		pack_number(out, (uint32_t)e->versions[i].version);
		pack_text(out, e->versions[i].bytes);
	}
}

/* "versions/ID", with the collection when there are several. */
static struct str folder_of(const struct edition *x, const struct release_entry *e,
                            struct arena *arena)
{
	if (several(x->dataset))
		return arena_cat(arena, STR("versions/"), e->collection, STR("/"), e->id);
	return arena_cat(arena, STR("versions/"), e->id);
}

/* Of a file with VERSION of ENTRY: that of the entry, with the number in it. */
static struct cache_key key_of(const struct edition *x, size_t entry, uint32_t version)
{
	struct cache_key key = {{0}};

	if (!x->keys)
		return key;
	key = x->keys[entry];
	for (size_t i = 0; i < sizeof(version); i++)
		key.bytes[i] ^= (unsigned char)(version >> 8 * i);
	return key;
}

static bool piece(struct form_run *f, struct str rest, struct err *err)
{
	const struct edition *x = f->edition;
	CLEANUP(arena_release) struct arena scratch = {0};
	size_t entry = f->pieces;
	struct str folder = folder_of(x, &x->entries[entry], &scratch);

	/* It is new: to try its files first would be in vain. */
	if (!folder_make(x->folder, folder, err))
		return false;
	while (rest.n) {
		uint32_t version = unpack_number(&rest);
		struct str bytes = unpack_text(&rest), path;
		struct cache_key key = key_of(x, entry, version);

		if (!bytes.s)
			return err_set(err, ERR_IO, "a kept piece is damaged");
		path = arena_cat(&scratch, folder, STR("/v"),
		                 arena_number(&scratch, version), STR(".yaml"));
		if (folder_link(x->folder, path, &key))
			continue;
		if (!folder_put(x->folder, path, &key, bytes, err))
			return false;
	}
	return true;
}

const struct form form_files = {
        .name = "files",
        .summary = "every published version, byte for byte, as a file",
        .render = render,
        .piece = piece};
