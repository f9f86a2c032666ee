/*
 * fuzz_cache.c - a damaged file of kept pieces: none is taken but those that were kept
 *
 * The input is edits of a file as a run makes it: after one byte that says whether the sum of
 * its places is mended, and one of how many bytes are left off, two bytes of offset and one to
 * be added there each.
 */
#include "export/cache_internal.h"

#include "base/sum.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ENTRIES 4
#define PIECES 3
#define EDIT 3 /* bytes */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static const unsigned char digest[32] = {7};

static void require(bool holds)
{
	if (!holds)
		abort();
}

static const struct cache_key *key_of(size_t i)
{
	static struct cache_key key;

	key.bytes[0] = (unsigned char)i;
	return &key;
}

static void pieces_of(struct str out[PIECES], size_t i)
{
	static const char text[] = "what an entry became, as long as some rounds of sums";

	for (size_t k = 0; k < PIECES; k++)
		out[k] = (struct str){text + i, (i * 7 + k * 13) % (sizeof(text) - i)};
}

static struct cache *open_at(const char *path, struct arena *arena)
{
	struct err err = {0};
	struct cache *c;

	if (cache_open(&c, str_of(path), digest, PIECES, arena, &err))
		return c;
	cache_release(c);
	return NULL;
}

static const struct export_sum file = {.path = STR("a"), .key = {{5}}, .mark = 6};

/* What C tells of the last run's files can be read, and is what was told unless it was MENDED. */
static void read_made(const struct cache *c, bool mended)
{
	struct cache_made made = cache_made(c);

	require(mended || made.n <= 1);
	for (size_t i = 0; i < made.n; i++)
		require(mended || made.files[i].mark == file.mark);
	for (size_t i = 0; i < made.dir.n; i++)
		require(mended || made.dir.s[i] == "/out"[i]);
}

/* A run: what it takes are the pieces of that entry, unless any record may be any entry's. */
static void run(const char *path, bool mended)
{
	struct buf record = BUF_INIT(1 << 16);
	struct arena arena = {0};
	struct err err = {0};
	struct cache *c = open_at(path, &arena);

	for (size_t i = 0; c && i < ENTRIES; i++) {
		struct str want[PIECES], got[PIECES];
		bool taken = cache_take(c, key_of(i), i % 2, &record, got);

		pieces_of(want, i);
		for (size_t k = 0; taken && !mended && k < PIECES; k++)
			require(str_eq(want[k], got[k]) || (!k && !got[k].s));
		cache_keep(c, key_of(i), taken ? got : want, taken);
	}
	if (c) {
		read_made(c, mended);
		require(cache_finish(c, STR("/out"), &file, 1, &err));
	}
	cache_release(c);
	buf_release(&record);
	arena_release(&arena);
}

static void mend(char *bytes, size_t n)
{
	struct cache_index x;
	struct head h;
	size_t index;

	if (n < sizeof(h))
		return;
	memcpy(&h, bytes, sizeof(h));
	index = cache_index_bytes(&h, n);
	if (!index)
		return;
	cache_index_of(&x, &h, bytes + h.index_at);
	h.check = cache_check_index(&x);
	memcpy(bytes, &h, sizeof(h));
}

/* Edit the file at PATH by the N bytes of DATA. */
static void damage(const char *path, const uint8_t *data, size_t n)
{
	char bytes[1 << 14];
	FILE *f = fopen(path, "rb");
	size_t size;

	require(f);
	size = fread(bytes, 1, sizeof(bytes), f);
	(void)fclose(f);
	size -= data[1] < size ? data[1] : size;
	for (size_t at = 2; size && at + EDIT <= n; at += EDIT)
		bytes[(data[at] << 8 | data[at + 1]) % size] += (char)data[at + 2];
	if (data[0] & 1)
		mend(bytes, size);
	f = fopen(path, "wb");
	require(f && fwrite(bytes, 1, size, f) == size && fclose(f) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char dir[] = "/tmp/fuzz_cache.XXXXXX", path[sizeof(dir) + 5];

	if (n < 2)
		return 0;
	require(mkdtemp(dir) != NULL);
	snprintf(path, sizeof(path), "%s/kept", dir);
	run(path, false);
	damage(path, data, n);
	run(path, data[0] & 1);
	run(path, data[0] & 1);
	(void)unlink(path);
	require(rmdir(dir) == 0);
	return 0;
}
