/*
 * works.c - the works that entries cite, each once, through the forms that list them
 *
 * An entry's works are packed as they were read; a form writes its own text of them when all are
 * known and in order.
 */
#include "export/works.h"

#include "base/limits.h"
#include "export/pack.h"

bool is_withdrawn(const struct export_entry *e)
{
	return e->versions[e->versions_n - 1].state == STATE_WITHDRAWN;
}

struct str works_authors(const struct cited_work *w, struct arena *arena)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT(LIMIT_FILE_BYTES);

	for (size_t i = 0; i < w->authors_n; i++) {
		const struct cited_author *a = &w->authors[i];

		if (i)
			buf_addz(&b, "; ");
		buf_add(&b, a->literal.n ? a->literal : a->family);
		if (!a->literal.n && a->given.n)
			buf_addf(&b, ", " STR_FMT, STR_ARG(a->given));
	}
	if (w->authors_more)
		buf_addz(&b, "; others");
	return arena_str(arena, buf_str(&b));
}

const struct work_names *work_names(const struct export_entry *e, size_t i)
{
	struct work_names *names = &e->names[i];

	if (names->identity.s)
		return names;
	names->identity = work_identity(&e->works[i], e->work_keys[i], e->arena);
	names->label = work_label(&e->works[i], names->identity, e->arena);
	names->id = work_id(names->identity, e->arena);
	return names;
}

/* ---- packed ---- */

static void pack(struct buf *out, struct str id, const struct cited_work *w)
{
	pack_text(out, id);
	pack_text(out, w->key);
	pack_text(out, w->title);
	pack_text(out, w->venue);
	pack_text(out, w->type);
	pack_text(out, w->year);
	pack_text(out, w->doi);
	pack_text(out, w->url);
	pack_text(out, w->status);
	pack_number(out, w->authors_more);
	pack_number(out, (uint32_t)w->authors_n);
	for (size_t i = 0; i < w->authors_n; i++) {
		pack_text(out, w->authors[i].family);
		pack_text(out, w->authors[i].given);
		pack_text(out, w->authors[i].literal);
	}
}

static void unpack_authors(struct cited_work *w, struct str bytes, struct arena *arena)
{
	size_t n = unpack_number(&bytes);
	struct cited_author *authors =
	        arena_array(arena, struct cited_author, n < bytes.n ? n : bytes.n);

	for (; w->authors_n < n && bytes.n; w->authors_n++) {
		struct cited_author *a = &authors[w->authors_n];

		a->family = unpack_text(&bytes);
		a->given = unpack_text(&bytes);
		a->literal = unpack_text(&bytes);
	}
	w->authors = authors;
}

static void unpack(struct work_record *r, struct str bytes, struct arena *arena)
{
	struct cited_work *w = &r->work;

	r->id = unpack_text(&bytes);
	w->key = unpack_text(&bytes);
	w->title = unpack_text(&bytes);
	w->venue = unpack_text(&bytes);
	w->type = unpack_text(&bytes);
	w->year = unpack_text(&bytes);
	w->doi = unpack_text(&bytes);
	w->url = unpack_text(&bytes);
	w->status = unpack_text(&bytes);
	w->authors_more = unpack_number(&bytes);
	unpack_authors(w, bytes, arena);
}

void works_pack(struct buf *out, const struct export_entry *e)
{
	CLEANUP(buf_release) struct buf text = BUF_INIT(LIMIT_OUTPUT_BYTES);

	for (size_t i = 0; i < e->works_n && !is_withdrawn(e); i++) {
		const struct work_names *names = work_names(e, i);

		buf_reset(&text);
		pack(&text, names->id, &e->works[i]);
		sorted_pack(out, &(struct record_text){names->identity, names->label,
		                                       buf_str(&text)});
	}
}

/* ---- written ---- */

struct writing {
	struct form_run *runs; /* n of them */
	size_t n;
	struct buf label, out;
	struct arena arena; /* reset after each work */
};

/* "b", "c" and so on for the second, third and further works of one label. */
static void add_letters(struct buf *out, size_t same)
{
	char letters[16];
	size_t n = 0;

	for (; same; same /= 26)
		letters[n++] = (char)('a' + same % 26);
	while (n)
		buf_addc(out, letters[--n]);
}

static bool write_work(void *ctx, const struct sorted_record *r, struct err *err)
{
	struct writing *w = ctx;
	struct work_record record = {.n = r->n};

	buf_reset(&w->label);
	buf_add(&w->label, r->label);
	add_letters(&w->label, r->same);
	record.label = buf_str(&w->label);
	unpack(&record, r->text, &w->arena);
	for (size_t i = 0; i < w->n; i++) {
		struct form_run *f = &w->runs[i];

		if (!f->form->work || !f->file)
			continue;
		buf_reset(&w->out);
		f->form->work(&w->out, &record);
		if (!file_write(f->file, buf_str(&w->out), err))
			return false;
	}
	arena_reset(&w->arena);
	return true;
}

static bool wants_works(const struct form_run *runs, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (runs[i].form->work && runs[i].file)
			return true;
	return false;
}

bool works_write(struct sorted *works, struct form_run *runs, size_t n, struct err *err)
{
	struct writing w = {.runs = runs,
	                    .n = n,
	                    .label = BUF_INIT(2ull * LIMIT_LABEL_BYTES),
	                    .out = BUF_INIT(LIMIT_OUTPUT_BYTES)};
	bool ok = !wants_works(runs, n) || sorted_each(works, write_work, &w, err);

	buf_release(&w.label);
	buf_release(&w.out);
	arena_release(&w.arena);
	return ok;
}
