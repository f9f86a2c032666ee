#include "base/tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static enum source_status disk_read(const struct tree *t, struct source *out,
                                    struct buf *buf, struct str path, const char **why)
{
	(void)t;
	return source_read(out, buf, path, why);
}

static enum tree_kind kind_of(mode_t mode)
{
	if (S_ISREG(mode))
		return TREE_FILE;
	if (S_ISDIR(mode))
		return TREE_FOLDER;
	return S_ISLNK(mode) ? TREE_LINK : TREE_OTHER;
}

static enum tree_kind disk_kind(const struct tree *t, struct str path)
{
	struct stat st;

	(void)t;
	return path.n && lstat(path.s, &st) == 0 ? kind_of(st.st_mode) : TREE_NONE;
}

/* What E of D is; a folder of many files is listed without asking for each. */
static enum tree_kind item_kind(DIR *d, const struct dirent *e)
{
	struct stat st;

	if (e->d_type != DT_UNKNOWN)
		return kind_of(DTTOIF(e->d_type));
	if (fstatat(dirfd(d), e->d_name, &st, AT_SYMLINK_NOFOLLOW))
		return TREE_OTHER; /* reading it tells what is wrong */
	return kind_of(st.st_mode);
}

static int by_name(const void *a, const void *b)
{
	return str_cmp(((const struct tree_item *)a)->name,
	               ((const struct tree_item *)b)->name);
}

static void close_dir(DIR **d)
{
	if (*d)
		closedir(*d);
}

static bool disk_list_some(const struct tree *t, struct tree_items *out, struct str dir,
                           bool (*wanted)(const struct tree_item *item, void *ctx),
                           void *ctx, struct arena *arena, const char **why)
{
	CLEANUP(close_dir) DIR *d = opendir(dir.n ? dir.s : "");
	const struct dirent *e;
	size_t cap = 0;

	(void)t;
	*out = (struct tree_items){0};
	if (!d) {
		*why = strerror(errno);
		return false;
	}
	while ((e = readdir(d))) {
		struct tree_item item = {str_of(e->d_name), item_kind(d, e)};

		if (e->d_name[0] == '.' || (wanted && !wanted(&item, ctx)))
			continue;
		item.name = arena_str(arena, item.name);
		*arena_push(arena, out->items, out->n, cap) = item;
	}
	if (out->n)
		qsort(out->items, out->n, sizeof(*out->items), by_name);
	return true;
}

static bool disk_list(const struct tree *t, struct tree_items *out, struct str dir,
                      struct arena *arena, const char **why)
{
	return disk_list_some(t, out, dir, NULL, NULL, arena, why);
}

const struct tree tree_disk = {.read = disk_read,
                               .list = disk_list,
                               .list_some = disk_list_some,
                               .kind = disk_kind,
                               .on_disk = true};
