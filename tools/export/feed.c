/*
 * feed.c - what each release changed, as an Atom feed
 *
 * A release says itself what it changed, in its release.json: an entry a line, as
 * publish/manifest.c writes it.
 */
#include "export/form.h"

#include "base/limits.h"
#include "describe/feed.h"
#include "publish/publish.h"

/* What one release did, as it is read. */
struct reading {
	struct feed_change changes[PLANNED_KINDS];
	struct str ids[PLANNED_KINDS][LIMIT_FEED_ENTRIES];
	int versions[PLANNED_KINDS][LIMIT_FEED_ENTRIES];
	struct arena *arena; /* of the ids */
	struct arena line; /* reset after each one */
};

static void take(struct reading *r, const struct doc_node *entry)
{
	struct str what = doc_text(doc_get(entry, "change"));
	const struct doc_node *to = doc_get(entry, "to");

	for (int i = 0; i < PLANNED_KINDS; i++) {
		struct feed_change *c = &r->changes[i];

		if (!str_eqz(what, planned_change_name((enum planned_change)i)))
			continue;
		if (c->ids_n < LIMIT_FEED_ENTRIES) {
			r->ids[i][c->ids_n] =
			        arena_str(r->arena, doc_text(doc_get(entry, "id")));
			r->versions[i][c->ids_n++] =
			        to && to->fits ? (int)to->integer : 0;
		}
		c->n++;
	}
}

/* Whether all kinds are told as far as they are, so that lines need only be counted. */
static bool count_only(struct reading *r, struct str line)
{
	static const struct str key = STR("\"change\": \"");
	size_t at = 0;
	struct str what;

	while (at < line.n && !str_starts(str_sub(line, at, line.n), key))
		at++;
	what = str_sub(line, at + key.n, line.n);
	what = str_sub(what, 0, str_find(what, '"'));
	for (int i = 0; i < PLANNED_KINDS; i++) {
		if (!str_eqz(what, planned_change_name((enum planned_change)i)) ||
		    r->changes[i].ids_n < LIMIT_FEED_ENTRIES)
			continue;
		r->changes[i].n++;
		return true;
	}
	return false;
}

static void take_line(struct reading *r, struct str line)
{
	struct source source = {.name = STR("release.json"), .bytes = line};
	const struct doc_options json = {.format = DOC_JSON};
	struct diag_list diags;
	struct docs docs;

	line = str_trim(line);
	if (!str_starts(line, STR("{\"collection\": ")) || count_only(r, line))
		return;
	if (str_ends(line, STR(",")))
		line.n--;
	source.bytes = line;
	arena_reset(&r->line);
	diag_init(&diags, &r->line);
	if (doc_read(&docs, &source, &json, &r->line, &diags))
		take(r, &docs.items[0].root);
}

/* Releases made by an older stemma may have no release.json: then they tell nothing. */
static bool read_release(struct reading *r, const struct edition *x,
                         const struct release *release, struct err *err)
{
	CLEANUP(buf_release) struct buf bytes = BUF_INIT(LIMIT_OUTPUT_BYTES);
	struct repo *repo = x->record->repo;
	struct oid blob;
	struct str rest, line;

	for (int i = 0; i < PLANNED_KINDS; i++)
		r->changes[i] = (struct feed_change){
		        .what = planned_change_name((enum planned_change)i),
		        .ids = r->ids[i],
		        .versions = r->versions[i]};
	if (repo_at(&blob, repo, &release->tree, STR("release.json")) != TREE_FILE)
		return true;
	if (!repo_blob(&bytes, repo, &blob, err))
		return false;
	rest = buf_str(&bytes);
	while (str_split(&rest, '\n', &line))
		take_line(r, line);
	return true;
}

static bool tell(struct form_run *f, const struct feed *feed,
                 const struct release *release, struct err *err)
{
	CLEANUP(buf_release) struct buf out = BUF_INIT(LIMIT_OUTPUT_BYTES);
	struct arena arena = {0};
	struct reading *r = arena_new(&arena, struct reading);
	bool ok;

	r->arena = &arena;
	ok = read_release(r, f->edition, release, err);
	if (ok) {
		const struct feed_release told = {
		        .name = release->name,
		        .date = release->date,
		        .commit = oid_hex(&release->commit, OID_HEX, &arena),
		        .changes = r->changes,
		        .changes_n = PLANNED_KINDS};

		feed_release(&out, feed, &told);
		ok = file_write(f->file, buf_str(&out), err);
	}
	arena_release(&r->line);
	arena_release(&arena);
	return ok;
}

static bool begin(struct form_run *f, struct err *err)
{
	CLEANUP(buf_release) struct buf out = BUF_INIT(LIMIT_OUTPUT_BYTES);
	const struct edition *x = f->edition;
	size_t last = x->release->index;
	struct about about;
	const struct feed feed = {.about = &about,
	                          .default_language = x->dataset->default_language,
	                          .first_commit = oid_hex(&x->record->releases[0].commit,
	                                                  OID_HEX, f->arena),
	                          .date = x->date};

	dataset_about(&about, x->dataset, f->arena);
	feed_begin(&out, &feed);
	if (!file_write(f->file, buf_str(&out), err))
		return false;
	for (size_t i = 0; i <= last && i < LIMIT_FEED_RELEASES; i++)
		if (!tell(f, &feed, &x->record->releases[last - i], err))
			return false;
	buf_reset(&out);
	feed_end(&out);
	return file_write(f->file, buf_str(&out), err);
}

static bool lacks(struct buf *out, const struct form *f, const struct edition *x)
{
	(void)f;
	if (!x->title.n)
		buf_addz(out, "`title` (the name of the dataset)");
	return !x->title.n;
}

const struct form form_atom = {.name = "atom",
                               .summary = "what each release changed, as a feed",
                               .file = "changes.atom",
                               .lacks = lacks,
                               .begin = begin};
