/*
 * memory.h - a tree of files that is not the disk, for tests
 *
 * The current folder is the root of it. Links are there and lead nowhere, as in a commit.
 */
#pragma once

#include "sandbox.h"

#include "base/tree.h"

struct memory_file {
	const char *path, *text; /* no text: a link */
};

struct memory {
	struct tree tree;
	const struct memory_file *files;
	size_t n;
};

/* PATH without "." and ".." and slashes too many; false when it leads out. */
static inline bool memory_path(char out[4096], struct str path)
{
	struct str rest = path, step;
	size_t n = 0;

	out[0] = '\0';
	if (str_starts(path, STR("/")) || path.n >= 4096)
		return false;
	while (str_split(&rest, '/', &step)) {
		if (!step.n || str_eqz(step, "."))
			continue;
		if (str_eqz(step, "..")) {
			if (!n)
				return false;
			n = str_rfind((struct str){out, n}, '/') % n;
		} else {
			if (n)
				out[n++] = '/';
			memcpy(out + n, step.s, step.n);
			n += step.n;
		}
		out[n] = '\0';
	}
	return true;
}

static inline const struct memory_file *memory_find(const struct tree *t, struct str path,
                                                    enum tree_kind *kind)
{
	const struct memory *m = (const struct memory *)(const void *)t;
	char name[4096];
	size_t n;

	*kind = TREE_NONE;
	if (!path.n || !memory_path(name, path))
		return NULL;
	n = strlen(name);
	for (size_t i = 0; i < m->n; i++) {
		const struct memory_file *f = &m->files[i];

		if (strcmp(f->path, name) == 0) {
			*kind = f->text ? TREE_FILE : TREE_LINK;
			return f;
		}
		if (!n || (strncmp(f->path, name, n) == 0 && f->path[n] == '/'))
			*kind = TREE_FOLDER;
	}
	return NULL;
}

static inline enum tree_kind memory_kind(const struct tree *t, struct str path)
{
	enum tree_kind kind;

	memory_find(t, path, &kind);
	return kind;
}

static inline enum source_status memory_read(const struct tree *t, struct source *out,
                                             struct buf *buf, struct str path,
                                             const char **why)
{
	static const char *const reasons[] = {
	        [TREE_NONE] = "No such file or directory",
	        [TREE_FOLDER] = "it is a folder",
	        [TREE_LINK] = "a symbolic link is not followed in a commit",
	};
	enum tree_kind kind;
	const struct memory_file *f = memory_find(t, path, &kind);

	buf_reset(buf);
	if (kind != TREE_FILE) {
		*why = reasons[kind];
		return SOURCE_UNREADABLE;
	}
	if (strlen(f->text) > buf->max)
		return SOURCE_TOO_LARGE;
	buf_addz(buf, f->text);
	*out = (struct source){path, buf_str(buf)};
	return SOURCE_OK;
}

static inline int memory_by_name(const void *a, const void *b)
{
	return str_cmp(((const struct tree_item *)a)->name,
	               ((const struct tree_item *)b)->name);
}

static inline bool memory_has(const struct tree_items *items, struct str name)
{
	for (size_t i = 0; i < items->n; i++)
		if (str_eq(items->items[i].name, name))
			return true;
	return false;
}

static inline bool memory_list(const struct tree *t, struct tree_items *out,
                               struct str dir, struct arena *arena, const char **why)
{
	const struct memory *m = (const struct memory *)(const void *)t;
	char name[4096];
	size_t n;

	*why = "No such file or directory";
	*out = (struct tree_items){arena_array(arena, struct tree_item, m->n), 0};
	if (memory_kind(t, dir) != TREE_FOLDER || !memory_path(name, dir))
		return false;
	n = strlen(name);
	for (size_t i = 0; i < m->n; i++) {
		const struct memory_file *f = &m->files[i];
		struct str rest = str_of(f->path), item;
		enum tree_kind kind = f->text ? TREE_FILE : TREE_LINK;

		if (n && (strncmp(f->path, name, n) != 0 || f->path[n] != '/'))
			continue;
		rest = str_sub(rest, n ? n + 1 : 0, rest.n);
		str_split(&rest, '/', &item);
		if (item.s[0] == '.' || memory_has(out, item))
			continue;
		out->items[out->n++] =
		        (struct tree_item){arena_str(arena, item),
		                           item.s[item.n] == '/' ? TREE_FOLDER : kind};
	}
	if (out->n)
		qsort(out->items, out->n, sizeof(*out->items), memory_by_name);
	return true;
}

static inline struct memory memory_of(const struct memory_file *files, size_t n)
{
	return (struct memory){
	        {.read = memory_read, .list = memory_list, .kind = memory_kind},
	        files,
	        n};
}

/* The same files on the disk, in the current folder. */
static inline void memory_write(const struct memory_file *files, size_t n)
{
	for (size_t i = 0; i < n; i++)
		sandbox_write(files[i].path, files[i].text);
}
