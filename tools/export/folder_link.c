/*
 * folder_link.c - files that an earlier folder has, as hard links
 *
 * A file is known again by its mark: nobody has written to it, or put another one in its place,
 * since it was made. Whatever else is found there is left alone, and the file made anew.
 */
#include "export/folder_internal.h"

#include "base/arena.h"
#include "base/sum.h"
#include "base/write.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

uint64_t folder_mark(const struct stat *st)
{
	const uint64_t facts[] = {st->st_dev,
	                          st->st_ino,
	                          (uint64_t)st->st_size,
	                          (uint64_t)st->st_mtim.tv_sec,
	                          (uint64_t)st->st_mtim.tv_nsec,
	                          st->st_mode,
	                          st->st_uid,
	                          st->st_gid};

	return sum64(0, (struct str){(const char *)facts, sizeof(facts)});
}

void folder_follow(struct folder *f, struct str dir, const struct made_file *files,
                   size_t n)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	struct stat here, there;

	if (!n)
		return;
	f->before_fd = open(arena_str(&scratch, dir).s,
	                    O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (f->before_fd < 0)
		return;
	if (fstat(f->fd, &here) || fstat(f->before_fd, &there) ||
	    here.st_dev != there.st_dev) {
		fd_release(&f->before_fd);
		return;
	}
	cache_table_open(&f->made, files, sizeof(*files), n);
}

bool folder_follows(const struct folder *f)
{
	return f->before_fd >= 0;
}

/* Whether the link at PATH is the file of MADE, with the mode that a new one would have. */
static bool is_made(const struct folder *f, const char *path,
                    const struct made_file *made)
{
	struct stat st;

	return fstatat(f->fd, path, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	       st.st_mode == f->mode && st.st_uid == geteuid() &&
	       folder_mark(&st) == made->mark;
}

bool folder_link(struct folder *f, struct str path, const struct cache_key *key)
{
	const struct made_file *made = cache_table_find(&f->made, key);
	struct export_sum sum = {.path = path, .key = *key};
	char z[PATH_MAX];

	if (!made || !folder_set_path(z, path) || linkat(f->before_fd, z, f->fd, z, 0))
		return false;
	if (!is_made(f, z, made)) {
		(void)unlinkat(f->fd, z, 0);
		return false;
	}
	sum.bytes = made->bytes;
	sum.mark = made->mark;
	memcpy(sum.sha256, made->sha256, sizeof(sum.sha256));
	folder_add_sum(f, &sum);
	f->linked++;
	return true;
}

size_t folder_made(struct made_file *out, const struct export_sum *sums, size_t n)
{
	size_t made = 0;

	for (size_t i = 0; i < n; i++) {
		struct made_file *m = &out[made];

		if (!cache_key_is_known(&sums[i].key))
			continue;
		*m = (struct made_file){
		        .key = sums[i].key, .mark = sums[i].mark, .bytes = sums[i].bytes};
		memcpy(m->sha256, sums[i].sha256, sizeof(m->sha256));
		made++;
	}
	return made;
}

size_t folder_linked(struct folder *f)
{
	return f->linked;
}
