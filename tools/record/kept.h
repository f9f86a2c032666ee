/*
 * kept.h - the table of all entries, kept between runs; private to this folder
 *
 * One file in the folder of the work tree's repository: what the table said of each entry, with
 * what the file system said of its file then (as git's index does), and the folders that were
 * listed. It holds for one build of the program, one stemma.yaml and one last release. It is
 * written for this machine only, replaced by a rename, and ends with a sum: whatever is not as
 * it should be is as if nothing had been kept.
 */
#pragma once

#include "record/table.h"

#include <stdatomic.h>
#include <sys/stat.h>

/* What the file system says of a file or folder; the same as before: so is what it holds. */
struct kept_stat {
	int64_t modified, changed; /* seconds */
	uint32_t modified_ns, changed_ns;
	uint64_t size, inode, device;
	uint32_t mode;
	uint32_t sure; /* 0: it may have changed since without a trace */
};

/* Bytes of the text at the end. */
struct kept_text {
	uint32_t at, n;
};

/* Paths of folders and files count from the folder of the collection. */
struct kept_folder {
	struct kept_stat stat;
	struct kept_text path;
	uint32_t collection, unused;
};

#define KEPT_UNKNOWN UINT32_MAX

struct kept_row {
	struct kept_stat stat;
	struct kept_text path;
	struct oid blob; /* of the file */
	struct oid last; /* of the last release's file; zero: it has none */
	uint64_t sources, public_sources;
	int32_t version, public_version;
	uint32_t release, collection;
	uint32_t changed, changed_n; /* of the list of changes */
	uint8_t state, public_state, next, due, stale, unreadable, unused[2];
};

/* An entry that the last release has, and no file. */
struct kept_gone {
	struct kept_text key;
	struct oid last;
	uint32_t release; /* the first that carries its version, or KEPT_UNKNOWN */
};

struct kept_head {
	char magic[8];
	uint64_t build, sum; /* the sum is that of all bytes behind it */
	uint64_t size; /* of the whole */
	struct oid tip, config; /* the last release's commit; stemma.yaml as a blob */
	uint32_t releases, folders, rows, gone, changed, text, unused[2];
};

#define KEPT_MAGIC "stemma\n"

/* What of the head itself is summed. */
static inline struct str kept_summed(const struct kept_head *h)
{
	size_t from = offsetof(struct kept_head, size);

	return (struct str){(const char *)h + from, sizeof(*h) - from};
}

_Static_assert(sizeof(struct kept_head) % 8 == 0, "aligned");
_Static_assert(sizeof(struct kept_folder) % 8 == 0, "aligned");
_Static_assert(sizeof(struct kept_row) % 8 == 0, "aligned");
_Static_assert(sizeof(struct kept_gone) % 4 == 0, "aligned");

struct kept {
	struct record *record;
	const struct dataset *dataset;
	struct arena *arena;
	struct str path; /* of the file, and the folder that it is in */
	char *bytes; /* the file; NULL: nothing was kept */
	const struct kept_head *head; /* and its parts; NULL likewise */
	const struct kept_folder *folders;
	const struct kept_row *rows;
	const struct kept_gone *gone;
	const struct kept_text *changed;
	const char *text;
	const struct str *pointers; /* the list of changes */
	uint64_t build;
	struct oid tip, config; /* as they are now */
	bool dropped; /* the rows are about other releases */
	bool listed; /* kept_files() gave the rows' files, one by one */
	struct folder_list walked; /* else: what it listed */
	int fd; /* of the file that is to take the other's place; -1: none */
	struct str temporary;
	struct timespec moment; /* when it was begun, by the clock of the file system */
};

/* One file, now. */
struct fresh {
	const struct kept_row *was; /* NULL: nothing was kept of it */
	struct kept_stat stat;
	struct oid blob; /* zero: not read, or unreadable */
	bool done; /* it is as it was */
	bool copied; /* its content and the release are: the row is the kept one */
};

static inline struct str kept_str(const struct kept *k, struct kept_text t)
{
	return (struct str){k->text + t.at, t.n};
}

/* ---- kept_stat.c ---- */

/* What PATH (terminated) is, links not followed; false when nothing is there. */
bool kept_look(struct kept_stat *out, struct str path);
bool kept_stat_eq(const struct kept_stat *a, const struct kept_stat *b);
/* Set `sure` of S, which was looked at after K's `moment`. */
void kept_trust(struct kept_stat *s, const struct kept *k);

/* ---- kept.c ---- */

/* Whether the last release is the one of what was kept. */
bool kept_is_current(const struct kept *k);
/* Whether rows were kept that still tell anything. */
bool kept_has_rows(const struct kept *k);
/* "FOLDER/RELATIVE" of collection C, as dataset_files() would say it. */
struct str kept_path(const struct collection *c, struct str relative,
                     struct arena *arena);
/* The other way round: absent when PATH is not below the folder of C. */
struct str kept_relative(const struct collection *c, struct str path);

/* ---- kept_write.c ---- */

/*
 * Begin the file that will be kept; what is looked at from now on can be trusted later. Nothing
 * happens when it cannot be written, or another run is writing.
 */
void kept_begin(struct kept *k);
/*
 * Write it, if it was begun and tells more than the one that is there. GONE: what the last
 * release has of entries without a file, by key.
 */
void kept_write(struct kept *k, const struct table *out, const struct tabling *t,
                const struct map *gone);

/* ---- kept_row.c ---- */

/* Fill ROW, but for what says which entry it is, with what was kept of it. */
void kept_take(struct table_row *row, const struct kept *k, const struct kept_row *was);
/* What the last release has of the entry of ROW, which WAS kept. NULL: nothing */
struct known *kept_known(const struct table_row *row, const struct kept_row *was,
                         struct arena *arena);

/* ---- kept_moved.c ---- */

/*
 * Fill OUT with what releases know of entries, from what was kept of the release that was the
 * last one then, and from what differs since (`moved`). False: nothing of it holds any more.
 */
bool kept_known_all(struct map *out, struct kept *k, struct arena *arena);
