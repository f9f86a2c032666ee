#include "export/shards.h"

#include "base/limits.h"
#include "base/sum.h"
#include "base/threads.h"
#include "digest/digest.h"
#include "export/json.h"
#include "export/pack.h"

#include <stdatomic.h>
#include <string.h>

#define LEAST 4 /* entries of a shard, but for the last one */
#define MOST 1024 /* entries of a shard: schema/snapshot.schema.json */
#define SHARDS \
	16384u /* of more, whoever opens the snapshot would read the index for long */

struct shard {
	size_t from; /* its first entry; it ends where the next one begins */
	struct str name;
	bool *made; /* one a language: an earlier run made its file, which is here */
};

struct shards {
	const struct edition *edition;
	struct shard *list; /* n of them, and one that begins where all end */
	size_t n;
	struct export_file *index;
	struct export_file **files; /* one a language, open: of the shard being written */
	size_t at, entry; /* the open shard; entries taken */
};

/* ---- which entries ---- */

/* What ENTRY is called in the index. */
static struct str id_of(const struct release_entry *entry, struct arena *arena)
{
	return arena_cat(arena, entry->collection, STR("/"), entry->id);
}

/*
 * One in LEAST entries begins a shard, when the one before it has LEAST entries. Ids may differ in
 * a digit only: the product spreads their sums. Source: Knuth, volume 3, section 6.4
 */
static bool begins(struct str id, size_t least)
{
	return sum64_stable(id) * UINT64_C(0x9e3779b97f4a7c15) < UINT64_MAX / least;
}

/* How few entries a shard of ENTRIES may have; most have twice as many. */
static size_t least_of(size_t entries)
{
	size_t least = LEAST;

	while (entries / (2 * least) > SHARDS)
		least *= 2;
	return least;
}

/* A shard is called after its first entry: the front of the SHA-256 of what the index calls it. */
static struct str name_of(const struct release_entry *first, struct arena *arena)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	char hex[65];

	sha256_text(hex, id_of(first, &scratch));
	return arena_str(arena, (struct str){hex, SHARD_NAME_DIGITS});
}

struct shards *shards_open(const struct edition *x, struct arena *arena)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	struct shards *s = arena_new(arena, struct shards);
	size_t least = least_of(x->entries_n), had = 0;
	struct shard *list = arena_array(arena, struct shard, x->entries_n / least + 2);

	for (size_t i = 0; i < x->entries_n; i++) {
		size_t n = i - had;

		if (i == 0 || n == 16 * least || n == MOST ||
		    (n >= least && begins(id_of(&x->entries[i], &scratch), least)))
			list[s->n++].from = had = i;
		arena_reset(&scratch);
	}
	list[s->n].from = x->entries_n;
	for (size_t i = 0; i < s->n; i++) {
		list[i].name = name_of(&x->entries[list[i].from], arena);
		list[i].made = arena_array(arena, bool, x->dataset->languages_n);
	}
	s->edition = x;
	s->list = list;
	s->files = arena_array(arena, struct export_file *, x->dataset->languages_n);
	return s;
}

/* ---- files ---- */

static struct str path_of(const struct shards *s, size_t shard, struct str language,
                          struct arena *arena)
{
	return arena_cat(arena, STR("entries/"), language, STR("/"), s->list[shard].name,
	                 STR(".jsonl"));
}

/* What the file PATH is made of, which has the entries of SHARD. */
static struct cache_key file_key(const struct shards *s, size_t shard, struct str path)
{
	size_t from = s->list[shard].from, n = s->list[shard + 1].from - from;
	const struct cache_key *keys = s->edition->keys;

	return cache_key_of_file(path, keys ? &keys[from] : NULL, n);
}

static bool open_files(struct shards *s, struct err *err)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	const struct edition *x = s->edition;

	for (size_t i = 0; i < x->dataset->languages_n; i++) {
		struct str path = path_of(s, s->at, x->dataset->languages[i], &scratch);
		struct cache_key key = file_key(s, s->at, path);

		if (s->list[s->at].made[i])
			continue;
		if (!file_open(&s->files[i], x->folder, path, err))
			return false;
		file_set_key(s->files[i], &key);
	}
	return true;
}

static bool close_file(struct export_file **file, struct err *err)
{
	struct export_file *f = *file;

	*file = NULL;
	return !f || file_close(f, err);
}

static bool close_files(struct shards *s, struct err *err)
{
	bool ok = true;

	for (size_t i = 0; i < s->edition->dataset->languages_n; i++)
		ok = close_file(&s->files[i], err) && ok;
	return ok;
}

static bool add_lines(struct shards *s, struct str lines, struct err *err)
{
	for (size_t i = 0; i < s->edition->dataset->languages_n; i++) {
		struct str own = unpack_text(&lines);

		if (!s->files[i])
			continue;
		if (!own.n)
			return err_set(err, ERR_IO, "a kept piece is damaged");
		if (!file_write(s->files[i], own, err))
			return false;
	}
	return true;
}

/* ---- files of the folder before ---- */

#define PARTS 8 /* that the shards of a language are taken over in */

/* A thread that takes files over: each part of each language is a piece of work. */
struct taking {
	struct shards *shards;
	atomic_size_t *next;
};

static void take_part(struct shards *s, size_t part, size_t language)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	const struct edition *x = s->edition;

	for (size_t i = s->n * part / PARTS; i < s->n * (part + 1) / PARTS; i++) {
		struct str path =
		        path_of(s, i, x->dataset->languages[language], &scratch);
		struct cache_key key = file_key(s, i, path);

		s->list[i].made[language] = folder_link(x->folder, path, &key);
		arena_reset(&scratch);
	}
}

static void *take_some(void *arg)
{
	const struct taking *t = arg;
	size_t languages = t->shards->edition->dataset->languages_n;

	/* Languages take turns: two threads in one folder would wait for each other. */
	for (size_t i; (i = atomic_fetch_add(t->next, 1)) < PARTS * languages;)
		take_part(t->shards, i / languages, i % languages);
	return NULL;
}

static bool take_over(struct shards *s, struct err *err)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	const struct edition *x = s->edition;
	size_t languages = x->dataset->languages_n;
	size_t n = threads_for(x->options->jobs, s->n * languages);
	struct taking *takings = arena_array(&scratch, struct taking, n);
	atomic_size_t next = 0;

	if (!s->n || !folder_follows(x->folder))
		return true; /* no folder is made that would stay empty */
	for (size_t i = 0; i < languages; i++) {
		struct str folder =
		        arena_cat(&scratch, STR("entries/"), x->dataset->languages[i]);

		if (!folder_make(x->folder, folder, err))
			return false;
	}
	for (size_t i = 0; i < n; i++)
		takings[i] = (struct taking){s, &next};
	return threads_run(take_some, takings, sizeof(*takings), n, err);
}

/* The shard of ENTRY. */
static const struct shard *shard_of(const struct shards *s, size_t entry)
{
	size_t low = 0, high = s->n; /* it begins at low or behind, before high */

	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;

		if (s->list[mid].from <= entry)
			low = mid;
		else
			high = mid;
	}
	return &s->list[low];
}

bool shards_want(const struct shards *s, size_t entry)
{
	const struct shard *shard = shard_of(s, entry);

	for (size_t i = 0; i < s->edition->dataset->languages_n; i++)
		if (!shard->made[i])
			return true;
	return false;
}

/* ---- the index ---- */

bool shards_begin(struct shards *s, struct err *err)
{
	return take_over(s, err) &&
	       file_open(&s->index, s->edition->folder, STR("entries/index.json"), err) &&
	       file_write(s->index, STR("{\"schema\":\"index/1\",\"shards\":["), err);
}

/* The line of the index about the open shard. */
static bool tell(struct shards *s, struct err *err)
{
	CLEANUP(buf_release) struct buf line = BUF_INIT(LIMIT_OUTPUT_BYTES);
	CLEANUP(arena_release) struct arena scratch = {0};
	const struct release_entry *entries = s->edition->entries;
	size_t from = s->list[s->at].from, to = s->list[s->at + 1].from;

	buf_addz(&line, s->at ? ",\n{" : "\n{");
	json_text_member(&line, "name", s->list[s->at].name);
	json_count_member(&line, "entries", to - from);
	json_text_member(&line, "first", id_of(&entries[from], &scratch));
	json_text_member(&line, "last", id_of(&entries[to - 1], &scratch));
	buf_addc(&line, '}');
	return file_write(s->index, buf_str(&line), err);
}

bool shards_take(struct shards *s, struct str lines, struct err *err)
{
	const struct shard *shard = &s->list[s->at];

	if (s->entry == shard->from && !open_files(s, err))
		return false;
	if (!add_lines(s, lines, err))
		return false;
	if (++s->entry < shard[1].from)
		return true;
	if (!close_files(s, err) || !tell(s, err))
		return false;
	s->at++;
	return true;
}

bool shards_end(struct shards *s, struct err *err)
{
	return file_write(s->index, STR("\n]}\n"), err) && close_file(&s->index, err);
}

void shards_release(struct shards *s)
{
	struct err ignored = {0};

	(void)close_files(s, &ignored);
	(void)close_file(&s->index, &ignored);
}
