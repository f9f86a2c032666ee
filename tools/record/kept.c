#include "record/kept.h"

#include "base/build.h"
#include "base/limits.h"
#include "base/sum.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Whether the N of the parts whose size is SIZE fit into REST; then REST is what is left. */
static bool cut(const char **out, struct str *rest, size_t n, size_t size)
{
	*out = rest->s;
	if (n > rest->n / size)
		return false;
	*rest = str_sub(*rest, n * size, rest->n);
	return true;
}

static bool cut_parts(struct kept *k, const struct kept_head *h, struct str rest)
{
	const char *folders, *rows, *gone, *changed;

	if (!cut(&folders, &rest, h->folders, sizeof(*k->folders)) ||
	    !cut(&rows, &rest, h->rows, sizeof(*k->rows)) ||
	    !cut(&gone, &rest, h->gone, sizeof(*k->gone)) ||
	    !cut(&changed, &rest, h->changed, sizeof(*k->changed)) || rest.n != h->text)
		return false;
	k->folders = (const void *)folders;
	k->rows = (const void *)rows;
	k->gone = (const void *)gone;
	k->changed = (const void *)changed;
	k->text = rest.s;
	return true;
}

static bool is_text(const struct kept_head *h, struct kept_text t)
{
	return t.at <= h->text && t.n <= h->text - t.at;
}

static bool row_is_sound(const struct kept *k, const struct kept_head *h,
                         const struct kept_row *r)
{
	return is_text(h, r->path) && r->collection < k->dataset->collections_n &&
	       r->changed <= h->changed && r->changed_n <= h->changed - r->changed &&
	       r->state < STATES_N && r->public_state < STATES_N && r->next < STATES_N &&
	       r->version >= 0 && r->public_version >= 0 &&
	       (r->release < h->releases ||
	        (oid_is_zero(&r->last) && !r->public_version));
}

static bool is_sound(const struct kept *k, const struct kept_head *h)
{
	bool sound = true;

	for (size_t i = 0; i < h->folders && sound; i++)
		sound = is_text(h, k->folders[i].path) &&
		        k->folders[i].collection < k->dataset->collections_n;
	for (size_t i = 0; i < h->rows && sound; i++)
		sound = row_is_sound(k, h, &k->rows[i]);
	for (size_t i = 0; i < h->gone && sound; i++)
		sound = is_text(h, k->gone[i].key) &&
		        (k->gone[i].release == KEPT_UNKNOWN ||
		         k->gone[i].release < h->releases);
	for (size_t i = 0; i < h->changed && sound; i++)
		sound = is_text(h, k->changed[i]);
	return sound;
}

static uint64_t sum_of(const struct kept *k, const struct kept_head *h)
{
	const struct str parts[] = {
	        {(const void *)k->folders, h->folders * sizeof(*k->folders)},
	        {(const void *)k->rows, h->rows * sizeof(*k->rows)},
	        {(const void *)k->gone, h->gone * sizeof(*k->gone)},
	        {(const void *)k->changed, h->changed * sizeof(*k->changed)},
	        {k->text, h->text},
	};
	uint64_t sum = sum64(0, kept_summed(h));

	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		sum = sum64(sum, parts[i]);
	return sum;
}

/* Use the bytes of the file, if they are what this build writes about this dataset. */
static void take(struct kept *k, struct str bytes)
{
	const struct kept_head *h = (const void *)bytes.s;
	struct str *pointers;

	if (bytes.n < sizeof(*h) || memcmp(h->magic, KEPT_MAGIC, sizeof(h->magic)) != 0 ||
	    h->build != k->build || h->size != bytes.n || !oid_eq(&h->config, &k->config))
		return;
	if (!cut_parts(k, h, str_sub(bytes, sizeof(*h), bytes.n)) ||
	    h->sum != sum_of(k, h) || !is_sound(k, h))
		return;
	k->head = h;
	pointers = arena_array(k->arena, struct str, h->changed);
	for (size_t i = 0; i < h->changed; i++)
		pointers[i] = kept_str(k, k->changed[i]);
	k->pointers = pointers;
}

/* Read FD whole; false when it ends before N bytes. */
static bool read_whole(int fd, char *out, size_t n)
{
	while (n) {
		ssize_t got = read(fd, out, n);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		out += got;
		n -= (size_t)got;
	}
	return true;
}

static void read_kept(struct kept *k)
{
	int fd = open(k->path.s, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	struct stat st;

	if (fd < 0)
		return;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0 &&
	    st.st_size <= LIMIT_KEPT_BYTES) {
		k->bytes = mem_alloc((size_t)st.st_size);
		if (read_whole(fd, k->bytes, (size_t)st.st_size))
			take(k, (struct str){k->bytes, (size_t)st.st_size});
	}
	close(fd);
}

/* stemma.yaml as it is now; false when it has no name in the repository. */
static bool name_config(struct kept *k)
{
	CLEANUP(buf_release) struct buf bytes = BUF_INIT(LIMIT_FILE_BYTES);
	struct str config = k->dataset->config_path, name;
	struct source source;
	struct oid id;
	const char *why;

	name = repo_path(k->record->repo, config, k->arena);
	if (!name.s || source_read(&source, &bytes, config, &why) != SOURCE_OK)
		return false;
	k->config = repo_hash(source.bytes);
	id = repo_hash(name);
	k->path = arena_fmt(k->arena, STR_FMT "/stemma/table-" STR_FMT,
	                    STR_ARG(repo_own_folder(k->record->repo)),
	                    STR_ARG(oid_hex(&id, 16, k->arena)));
	return true;
}

struct kept *kept_open(struct record *r, const struct dataset *d, struct arena *arena)
{
	struct kept *k = arena_new(arena, struct kept);

	*k = (struct kept){.record = r, .dataset = d, .arena = arena, .fd = -1};
	k->build = build_number();
	if (!k->build || !r->repo || !d->tree->on_disk || repo_is_bare(r->repo) ||
	    !name_config(k))
		return NULL;
	if (r->n)
		k->tip = r->releases[r->n - 1].commit;
	read_kept(k);
	return k;
}

bool kept_is_current(const struct kept *k)
{
	return oid_eq(&k->head->tip, &k->tip) && k->head->releases == k->record->n;
}

bool kept_has_rows(const struct kept *k)
{
	return k->head && !k->dropped;
}

void kept_close(struct kept **k)
{
	if (!*k)
		return;
	free((*k)->bytes);
	free((*k)->walked.items);
	if ((*k)->fd < 0)
		return;
	(void)unlink((*k)->temporary.s);
	close((*k)->fd);
}

struct str kept_path(const struct collection *c, struct str relative, struct arena *arena)
{
	size_t base = str_eqz(c->folder, ".") ? 0 : c->folder.n + 1;
	char *path;

	if (!relative.n)
		return c->folder;
	path = arena_alloc(arena, base + relative.n + 1, 1);
	if (base) {
		memcpy(path, c->folder.s, c->folder.n);
		path[base - 1] = '/';
	}
	memcpy(path + base, relative.s, relative.n);
	return (struct str){path, base + relative.n};
}

struct str kept_relative(const struct collection *c, struct str path)
{
	size_t base = str_eqz(c->folder, ".") ? 0 : c->folder.n + 1;

	if (str_eq(path, c->folder))
		return STR("");
	if (path.n <= base || (base && !path_below(c->folder, path)))
		return STR_NONE;
	return str_sub(path, base, path.n);
}
