#include "export/sorted.h"

#include "base/limits.h"
#include "base/sum.h"
#include "base/write.h"

#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PENDING_BYTES (256u * 1024) /* written at a time */

/* What stays in memory of a record; in the file are its label and its text. */
struct kept {
	uint64_t hash[2]; /* of the identity */
	uint64_t offset; /* in the file */
	uint32_t text_n;
};

/* A label at last, filled up with zeros as it is in the file, and whose it is. */
struct place {
	char label[LIMIT_LABEL_BYTES];
	uint32_t kept;
};

struct sorted {
	int fd; /* a file that has no name any more */
	uint64_t offset; /* behind the last record */
	struct buf pending; /* of the file, not yet written */
	struct kept *kept; /* n of them */
	size_t n, cap;
	struct sha256 *sum; /* of what was taken; NULL: not wanted, or told */
	uint32_t *slots; /* index into kept + 1, 0 when free; mask + 1 of them */
	size_t mask;
};

/* Before each record: the lengths of its parts. */
struct head {
	uint32_t identity_n, label_n, text_n;
};

void sorted_pack(struct buf *out, const struct record_text *r)
{
	struct head h = {(uint32_t)r->identity.n,
	                 (uint32_t)(r->label.n < LIMIT_LABEL_BYTES ? r->label.n
	                                                           : LIMIT_LABEL_BYTES),
	                 (uint32_t)r->text.n};

	buf_add(out, (struct str){(const char *)&h, sizeof(h)});
	buf_add(out, r->identity);
	buf_add(out, str_sub(r->label, 0, h.label_n));
	buf_add(out, r->text);
}

static bool fail(struct err *err)
{
	return err_set(err, ERR_IO, "what is to be sorted cannot be kept in a file: %s",
	               strerror(errno));
}

bool sorted_open(struct sorted **out, struct folder *folder, bool keyed,
                 struct arena *arena, struct err *err)
{
	struct str path = folder_path(folder, STR("sorted.records"), arena);
	struct sorted *g = arena_new(arena, struct sorted);

	*g = (struct sorted){.pending = BUF_INIT(LIMIT_OUTPUT_BYTES),
	                     .sum = keyed ? sha256_open() : NULL};
	*out = g;
	g->fd = open(path.s, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (g->fd < 0)
		return fail(err);
	/* From here on it goes away by itself, however the run ends. */
	return unlink(path.s) == 0 || fail(err);
}

static bool flush(struct sorted *g, struct err *err)
{
	if (!write_all(g->fd, buf_str(&g->pending)))
		return fail(err);
	buf_reset(&g->pending);
	return true;
}

/* ---- which records are there ---- */

static void grow(struct sorted *g)
{
	size_t size = g->mask ? (g->mask + 1) * 2 : 1024;

	free(g->slots);
	g->slots = mem_alloc(size * sizeof(*g->slots));
	memset(g->slots, 0, size * sizeof(*g->slots));
	g->mask = size - 1;
	for (size_t i = 0; i < g->n; i++) {
		size_t at = g->kept[i].hash[0] & g->mask;

		while (g->slots[at])
			at = (at + 1) & g->mask;
		g->slots[at] = (uint32_t)i + 1;
	}
}

/* The place for the record of these hashes; it is taken when the record is there. */
static uint32_t *slot_of(struct sorted *g, const uint64_t hash[2])
{
	size_t at;

	if ((g->n + 1) * 4 > g->mask * 3)
		grow(g);
	for (at = hash[0] & g->mask; g->slots[at]; at = (at + 1) & g->mask) {
		const struct kept *k = &g->kept[g->slots[at] - 1];

		if (k->hash[0] == hash[0] && k->hash[1] == hash[1])
			break;
	}
	return &g->slots[at];
}

static struct kept *new_kept(struct sorted *g)
{
	if (g->n == g->cap) {
		g->cap = g->cap ? g->cap + g->cap / 2 : 256;
		g->kept = mem_realloc(g->kept, g->cap * sizeof(*g->kept));
	}
	return &g->kept[g->n++];
}

static bool keep(struct sorted *g, const struct record_text *r, struct err *err)
{
	uint64_t hash[2] = {str_hash(r->identity), 0};
	uint32_t *slot;
	struct kept *k;

	/* With a second one, no two identities are ever taken for one. */
	hash[1] = sum64(hash[0], r->identity);
	slot = slot_of(g, hash);
	if (*slot)
		return true;
	k = new_kept(g);
	*k = (struct kept){.hash = {hash[0], hash[1]},
	                   .offset = g->offset,
	                   .text_n = (uint32_t)r->text.n};
	*slot = (uint32_t)g->n;
	g->offset += LIMIT_LABEL_BYTES + r->text.n;
	buf_add(&g->pending, r->label);
	buf_fill(&g->pending, '\0', LIMIT_LABEL_BYTES - r->label.n);
	buf_add(&g->pending, r->text);
	return g->pending.n < PENDING_BYTES || flush(g, err);
}

bool sorted_take(struct sorted *g, struct str bytes, struct err *err)
{
	struct head h;

	if (g->sum)
		sha256_add(g->sum, bytes);
	for (; bytes.n >= sizeof(h);) {
		struct record_text r;

		memcpy(&h, bytes.s, sizeof(h));
		bytes = str_sub(bytes, sizeof(h), bytes.n);
		r.identity = str_sub(bytes, 0, h.identity_n);
		r.label = str_sub(bytes, h.identity_n, h.label_n);
		r.text = str_sub(bytes, (size_t)h.identity_n + h.label_n, h.text_n);
		bytes = str_sub(bytes, (size_t)h.identity_n + h.label_n + h.text_n,
		                bytes.n);
		if (!keep(g, &r, err))
			return false;
	}
	return true;
}

void sorted_key(struct cache_key *out, struct sorted *g)
{
	*out = (struct cache_key){{0}};
	if (g->sum)
		cache_key_close(out, g->sum);
	g->sum = NULL;
}

/* ---- writing them out ---- */

/* The first letters of a label, in an order that is that of labels. */
static uint64_t front(const struct place *p)
{
	uint64_t letters;

	memcpy(&letters, p->label, sizeof(letters));
	return be64toh(letters);
}

/* By label; of equal ones the first to come stays the first. */
static int by_label(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	uint64_t s = front(x), t = front(y);
	int order = s == t  ? memcmp(x->label, y->label, sizeof(x->label))
	            : s < t ? -1
	                    : 1;

	return order ? order : (x->kept > y->kept) - (x->kept < y->kept);
}

/* N bytes of the file from OFFSET on. */
static bool read_back(struct sorted *g, char *to, size_t n, uint64_t offset,
                      struct err *err)
{
	while (n) {
		ssize_t got = pread(g->fd, to, n, (off_t)offset);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return fail(err);
		to += got;
		n -= (size_t)got;
		offset += (uint64_t)got;
	}
	return true;
}

/* The labels of all records, read in pieces of the file. */
static bool read_labels(struct sorted *g, struct place *out, struct err *err)
{
	CLEANUP(buf_release) struct buf piece = BUF_INIT(2ull * PENDING_BYTES);
	char *bytes = buf_reserve(&piece, PENDING_BYTES);
	uint64_t from = 0, end = 0; /* of what is in the piece */

	for (size_t i = 0; i < g->n; i++) {
		uint64_t at = g->kept[i].offset, left = g->offset - at;

		if (at + LIMIT_LABEL_BYTES > end) {
			size_t n = left < PENDING_BYTES ? (size_t)left : PENDING_BYTES;

			if (!read_back(g, bytes, n, at, err))
				return false;
			from = at;
			end = at + n;
		}
		memcpy(out[i].label, bytes + (at - from), LIMIT_LABEL_BYTES);
		out[i].kept = (uint32_t)i;
	}
	return true;
}

/* What goes through the records at last. */
struct walk {
	struct sorted *sorted;
	const struct place *places;
	bool (*each)(void *ctx, const struct sorted_record *r, struct err *err);
	void *ctx;
};

static bool walk_records(const struct walk *w, struct err *err)
{
	CLEANUP(buf_release) struct buf text = BUF_INIT(LIMIT_OUTPUT_BYTES);
	struct sorted *g = w->sorted;
	struct sorted_record r = {0};

	for (; r.n < g->n; r.n++) {
		const struct place *p = &w->places[r.n];
		const struct kept *k = &g->kept[p->kept];
		bool again = r.n && memcmp(p->label, p[-1].label, sizeof(p->label)) == 0;

		buf_reset(&text);
		if (!read_back(g, buf_reserve(&text, k->text_n), k->text_n,
		               k->offset + LIMIT_LABEL_BYTES, err))
			return false;
		text.n = k->text_n;
		r.same = again ? r.same + 1 : 0;
		r.label = (struct str){p->label, strnlen(p->label, sizeof(p->label))};
		r.text = buf_str(&text);
		if (!w->each(w->ctx, &r, err))
			return false;
	}
	return true;
}

bool sorted_each(struct sorted *g,
                 bool (*each)(void *ctx, const struct sorted_record *r, struct err *err),
                 void *ctx, struct err *err)
{
	struct place *places;
	bool ok;

	free(g->slots); /* from here on nothing is looked up */
	g->slots = NULL;
	places = mem_alloc(g->n * sizeof(*places));
	ok = flush(g, err) && read_labels(g, places, err);
	if (ok && g->n)
		qsort(places, g->n, sizeof(*places), by_label);
	ok = ok && walk_records(&(struct walk){g, places, each, ctx}, err);
	free(places);
	sorted_release(g);
	return ok;
}

void sorted_release(struct sorted *g)
{
	if (!g)
		return;
	if (g->fd >= 0)
		close(g->fd);
	if (g->sum) {
		struct cache_key unused;

		sorted_key(&unused, g);
	}
	buf_release(&g->pending);
	free(g->kept);
	free(g->slots);
	*g = (struct sorted){.fd = -1};
}
