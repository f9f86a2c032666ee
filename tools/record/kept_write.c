#include "record/kept.h"

#include "base/limits.h"
#include "base/sum.h"
#include "base/write.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

enum { FOLDERS, ROWS, GONE, CHANGED, TEXT, PARTS };

struct writing {
	struct kept *k;
	const struct tabling *t;
	struct buf parts[PARTS];
};

/* ---- the file ---- */

/* The lock is on the file itself, which may have been put in its place in the meantime. */
static bool is_ours(int fd, const char *path)
{
	struct stat ours, there;

	return !flock(fd, LOCK_EX | LOCK_NB) && !fstat(fd, &ours) &&
	       !lstat(path, &there) && ours.st_ino == there.st_ino &&
	       ours.st_dev == there.st_dev && S_ISREG(ours.st_mode);
}

void kept_begin(struct kept *k)
{
	struct str folder = str_sub(k->path, 0, str_rfind(k->path, '/'));
	struct stat st;
	int fd;

	if (k->fd >= 0)
		return;
	k->temporary = arena_fmt(k->arena, STR_FMT ".new", STR_ARG(k->path));
	(void)mkdir(arena_str(k->arena, folder).s, 0777);
	fd = open(k->temporary.s,
	          O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0666);
	if (fd < 0)
		return;
	/* What an ended run left behind is as old as that run. */
	if (!is_ours(fd, k->temporary.s) || ftruncate(fd, 0) || futimens(fd, NULL) ||
	    fstat(fd, &st)) {
		close(fd);
		return;
	}
	k->moment = st.st_mtim;
	k->fd = fd;
}

/* ---- its parts ---- */

static void add(struct writing *w, int part, const void *bytes, size_t n)
{
	buf_add(&w->parts[part], (struct str){bytes, n});
}

static struct kept_text add_text(struct writing *w, struct str text)
{
	struct kept_text t = {(uint32_t)w->parts[TEXT].n, (uint32_t)text.n};

	buf_add(&w->parts[TEXT], text);
	return t;
}

static uint32_t index_of(const struct writing *w, const struct collection *c)
{
	return (uint32_t)(c - w->k->dataset->collections);
}

static void add_folder(struct writing *w, const struct folder *f)
{
	struct str path = kept_relative(f->collection, f->path);
	struct kept_folder out = {.collection = index_of(w, f->collection)};

	w->k->walked.odd = w->k->walked.odd || !path.s;
	if (!kept_look(&out.stat, f->path))
		return;
	kept_trust(&out.stat, w->k);
	out.path = add_text(w, path);
	add(w, FOLDERS, &out, sizeof(out));
}

static void add_folders(struct writing *w)
{
	const struct folder_list *walked = &w->k->walked;
	const struct kept *k = w->k;

	for (size_t i = 0; k->listed && i < k->head->folders; i++) {
		struct kept_folder f = k->folders[i];

		f.path = add_text(w, kept_str(k, f.path));
		add(w, FOLDERS, &f, sizeof(f));
	}
	for (size_t i = 0; i < walked->n; i++)
		add_folder(w, &walked->items[i]);
	if (walked->odd)
		buf_reset(&w->parts[FOLDERS]);
}

/* What releases have of the entry. */
static void set_public(struct kept_row *out, const struct table_row *row,
                       const struct fresh *f, const struct known *known)
{
	out->public_version = row->published.version;
	out->public_state = row->published.state;
	out->public_sources = row->published.sources;
	if (row->published.version)
		out->release = (uint32_t)row->published.release->index;
	if (f->done)
		out->last = f->was->last;
	else if (known && known->n)
		out->last = known->steps[known->n - 1].blob;
}

static void add_row(struct writing *w, const struct table_row *row, size_t i)
{
	const struct fresh *f = &w->t->fresh[i];
	struct kept_row out = {
	        .stat = f->done ? f->was->stat : f->stat,
	        .path = add_text(w,
	                         kept_relative(row->file->collection, row->file->path)),
	        .blob = f->done ? f->was->blob : f->blob,
	        .sources = row->sources,
	        .version = row->version,
	        .collection = index_of(w, row->file->collection),
	        .changed = (uint32_t)(w->parts[CHANGED].n / sizeof(struct kept_text)),
	        .changed_n = (uint32_t)row->changed_n,
	        .state = (uint8_t)row->state,
	        .next = (uint8_t)row->next,
	        .due = (uint8_t)row->due,
	        .stale = row->stale,
	        .unreadable = row->unreadable,
	};

	set_public(&out, row, f, w->t->known[i]);
	for (size_t k = 0; k < row->changed_n; k++) {
		struct kept_text t = add_text(w, row->changed[k]);

		add(w, CHANGED, &t, sizeof(t));
	}
	add(w, ROWS, &out, sizeof(out));
}

static void add_gone(struct writing *w, const struct table *out, const struct map *gone)
{
	for (size_t i = 0; i < out->gone_n; i++) {
		const struct known *known = map_get(gone, out->gone[i]);
		struct kept_gone g = {.key = add_text(w, out->gone[i]),
		                      .release = KEPT_UNKNOWN};

		if (!known)
			continue;
		g.last = known->steps[known->n - 1].blob;
		if (known->n == 1 && !known->unsure)
			g.release = (uint32_t)known->steps[0].index;
		add(w, GONE, &g, sizeof(g));
	}
}

/* ---- all of it ---- */

static struct kept_head head_of(const struct writing *w)
{
	const struct buf *p = w->parts;
	struct kept_head h = {
	        .magic = KEPT_MAGIC,
	        .build = w->k->build,
	        .size = sizeof(h),
	        .tip = w->k->tip,
	        .config = w->k->config,
	        .releases = (uint32_t)w->k->record->n,
	        .folders = (uint32_t)(p[FOLDERS].n / sizeof(struct kept_folder)),
	        .rows = (uint32_t)(p[ROWS].n / sizeof(struct kept_row)),
	        .gone = (uint32_t)(p[GONE].n / sizeof(struct kept_gone)),
	        .changed = (uint32_t)(p[CHANGED].n / sizeof(struct kept_text)),
	        .text = (uint32_t)p[TEXT].n,
	};

	for (int i = 0; i < PARTS; i++)
		h.size += p[i].n;
	h.sum = sum64(0, kept_summed(&h));
	for (int i = 0; i < PARTS; i++)
		h.sum = sum64(h.sum, buf_str(&p[i]));
	return h;
}

static bool write_parts(const struct writing *w)
{
	struct kept_head h = head_of(w);
	bool ok = h.size <= LIMIT_KEPT_BYTES &&
	          write_all(w->k->fd, (struct str){(const char *)&h, sizeof(h)});

	for (int i = 0; i < PARTS && ok; i++)
		ok = !w->parts[i].overflow && write_all(w->k->fd, buf_str(&w->parts[i]));
	return ok;
}

/* Whether a file that was looked at anew tells anything new. */
static bool is_news(const struct fresh *f, const struct table_row *row)
{
	if (f->done || (f->was && f->was->unreadable && row->unreadable))
		return false;
	return !f->copied || f->stat.sure;
}

static bool is_worth_it(const struct kept *k, const struct table *out,
                        const struct tabling *t)
{
	bool news = !k->listed || !kept_is_current(k);

	for (size_t i = 0; i < out->n && !news; i++)
		news = is_news(&t->fresh[out->rows[i].file - t->files], &out->rows[i]);
	return news;
}

void kept_write(struct kept *k, const struct table *out, const struct tabling *t,
                const struct map *gone)
{
	struct writing w = {.k = k, .t = t};

	if (k->fd < 0 || !is_worth_it(k, out, t))
		return;
	for (int i = 0; i < PARTS; i++)
		w.parts[i] = BUF_INIT(LIMIT_KEPT_BYTES);
	add_folders(&w);
	for (size_t i = 0; i < out->n; i++)
		add_row(&w, &out->rows[i], (size_t)(out->rows[i].file - t->files));
	add_gone(&w, out, gone);
	if (write_parts(&w) && !rename(k->temporary.s, k->path.s)) {
		close(k->fd);
		k->fd = -1;
	}
	for (int i = 0; i < PARTS; i++)
		buf_release(&w.parts[i]);
}
