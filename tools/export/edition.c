/*
 * edition.c - what is the same for all entries of a snapshot
 */
#include "export/press.h"

#include "base/limits.h"
#include "digest/digest.h"
#include "export/rows.h"

#include <string.h>

/* ---- vocabularies of older releases ---- */

struct sharing {
	struct press *press;
	struct map configs; /* path and blob of stemma.yaml -> struct dataset * */
	struct map known; /* what vocabularies_of() wrote -> struct dataset * */
	struct buf text;
	struct arena arena;
};

static void add_oid(struct buf *out, const struct oid *id)
{
	buf_add(out, (struct str){(const char *)id->id, sizeof(id->id)});
}

/* Where the vocabularies of a release are and which bytes they have, into the text of S. */
static void vocabularies_of(struct sharing *s, const struct dataset *d,
                            const struct release *release)
{
	buf_reset(&s->text);
	for (size_t i = 0; i < d->vocabularies_n; i++) {
		struct oid blob = {0};

		(void)repo_at(&blob, s->press->record.repo, &release->tree,
		              d->vocabularies[i].path);
		buf_add(&s->text, d->vocabularies[i].name);
		buf_addc(&s->text, '\n');
		add_oid(&s->text, &blob);
	}
}

/* The place in S for the dataset of releases with the same stemma.yaml as RELEASE. */
static void **config_place(struct sharing *s, const struct release *release)
{
	struct oid blob = {0};

	(void)repo_at(&blob, s->press->record.repo, &release->tree, release->config);
	buf_reset(&s->text);
	buf_add(&s->text, release->config);
	buf_addc(&s->text, '\n');
	add_oid(&s->text, &blob);
	return map_at(&s->configs, arena_str(&s->arena, buf_str(&s->text)), NULL);
}

/* A release whose vocabularies are those of another has that one's dataset; NULL: as now. */
static bool find_vocabularies(const struct dataset **out, struct sharing *s,
                              const struct release *release, struct err *err)
{
	struct press *p = s->press;
	void **config = config_place(s, release), **at;
	struct dataset *d = *config;
	bool added;

	if (!d && !release_dataset(&d, &p->record, release, &p->arena, err))
		return false;
	*config = d;
	vocabularies_of(s, d, release);
	at = map_at(&s->known, arena_str(&s->arena, buf_str(&s->text)), &added);
	if (added && !release_dataset(&d, &p->record, release, &p->arena, err))
		return false;
	if (added) {
		dataset_load_vocabularies(d);
		*at = d;
	}
	*out = *at;
	return true;
}

static bool share_vocabularies(struct sharing *s, struct err *err)
{
	struct press *p = s->press;
	const struct edition *x = &p->edition;
	const struct dataset **of =
	        arena_array(&p->arena, const struct dataset *, p->record.n);
	struct str *names = arena_array(&p->arena, struct str, p->record.n);

	p->edition.vocabularies = of;
	p->own = names;
	/* It is only read, but maps hold plain pointers. */
	*config_place(s, x->release) = (void *)(uintptr_t)x->dataset;
	vocabularies_of(s, x->dataset, x->release);
	map_set(&s->known, arena_str(&s->arena, buf_str(&s->text)), NULL);
	for (size_t i = 0; i + 1 < p->record.n; i++) {
		if (!find_vocabularies(&of[i], s, &p->record.releases[i], err))
			return false;
		if (of[i])
			names[i] = arena_str(&p->arena, buf_str(&s->text));
	}
	return true;
}

static bool open_vocabularies(struct press *p, struct err *err)
{
	struct sharing s = {.press = p, .text = BUF_INIT(LIMIT_OUTPUT_BYTES)};
	bool ok;

	map_init(&s.configs, &s.arena);
	map_init(&s.known, &s.arena);
	ok = share_vocabularies(&s, err);
	buf_release(&s.text);
	arena_release(&s.arena);
	return ok;
}

/* ---- the rest ---- */

/* Whether some row shows names of other entries: then a piece depends on those, too. */
static bool shows_names(const struct dataset *d)
{
	const struct doc_node *rows = doc_get(doc_get(d->config, "compare"), "rows");

	for (uint32_t i = 0; rows && i < rows->n; i++)
		if (str_eqz(doc_text(doc_get(&rows->items[i], "show")), "names"))
			return true;
	return false;
}

/* The files of the release are listed only when entries are looked up by name. */
static bool open_library(struct press *p, struct dataset *d, struct err *err)
{
	struct diag_list unused;

	p->edition.library = &p->library;
	p->library = (struct library){.dataset = d, .arena = &p->names};
	if (!shows_names(d))
		return true;
	diag_init(&unused, &p->names);
	return library_open(&p->library, d, &p->names, &unused, err);
}

static bool open_views(struct press *p, struct err *err)
{
	const struct dataset *d = p->edition.dataset;
	const struct view **views =
	        arena_array(&p->arena, const struct view *, d->languages_n);

	for (size_t i = 0; i < d->languages_n; i++) {
		struct view *v;

		if (!view_open(&v, &p->library, d->languages[i], &p->names, err))
			return false;
		views[i] = v;
	}
	p->edition.views = views;
	return true;
}

bool edition_open(struct press *p, struct err *err)
{
	struct edition *x = &p->edition;
	struct dataset *d;

	x->record = &p->record;
	x->release = &p->record.releases[p->record.n - 1];
	x->previous = p->record.n > 1 ? x->release - 1 : NULL;
	x->options = &p->request->options;
	x->forms = p->request->forms;
	x->forms_n = p->request->forms_n;
	x->name = x->release->name;
	x->date = x->release->date;
	if (!x->release->preview)
		x->tag = record_tag(&p->record, x->name, &p->arena);
	x->commit = oid_hex(&x->release->commit, OID_HEX, &p->arena);
	if (!release_dataset(&d, &p->record, x->release, &p->arena, err))
		return false;
	x->dataset = d;
	x->title = doc_text(doc_get(d->config, "title"));
	x->license = doc_text(doc_get(d->config, "license"));
	dataset_load_vocabularies(d);
	return open_library(p, d, err) &&
	       record_entries(&x->entries, &x->entries_n, &p->record, &p->arena, err) &&
	       open_views(p, err) && rows_open(x, &p->arena, err) &&
	       open_vocabularies(p, err);
}

void edition_release(struct press *p)
{
	library_release(&p->library);
	arena_release(&p->names);
	arena_release(&p->arena);
}

static void add_id(struct sha256 *s, const struct oid *id)
{
	sha256_add(s, (struct str){(const char *)id->id, sizeof(id->id)});
}

static void add_object(struct sha256 *s, const struct press *p, struct str path)
{
	const struct oid *tree = &p->edition.release->tree;
	struct oid id = {0};

	/* The tree, for a path that is spelled as no tree has it: "." or "labels/." */
	if (path.n && repo_at(&id, p->record.repo, tree, path) == TREE_NONE)
		id = *tree;
	add_id(s, &id);
}

void edition_digest(unsigned char out[32], const struct press *p)
{
	struct sha256 *s = sha256_open();
	const struct export_options *opt = &p->request->options;
	const struct dataset *d = p->edition.dataset;

	cache_key_add(s, STR(STEMMA_VERSION " " EXPORT_REVISION));
	cache_key_add(s, opt->bom ? STR("bom") : STR("-"));
	cache_key_add(s, opt->csv_guard ? STR("guard") : STR("-"));
	for (size_t i = 0; i < p->runs_n; i++)
		cache_key_add(s, str_of(p->runs[i].form->name));
	cache_key_add(s, d->config_path);
	add_object(s, p, d->config_path);
	add_object(s, p, d->labels_dir);
	for (size_t i = 0; i < d->vocabularies_n; i++)
		add_object(s, p, d->vocabularies[i].path);
	for (size_t i = 0; p->edition.rows_of_schemas && i < d->collections_n; i++)
		add_object(s, p, d->collections[i].schema_path);
	if (shows_names(d))
		add_id(s, &p->edition.release->tree);
	sha256_close(out, s);
}

static void set_key(struct cache_key *out, const struct press *p,
                    const struct release_entry *e)
{
	struct sha256 *s = sha256_open();

	cache_key_add(s, e->path);
	for (size_t i = 0; i < e->n; i++) {
		const struct release_step *step = &e->steps[i];

		add_id(s, &p->record.releases[step->index].commit);
		cache_key_add(s, p->own[step->index]);
		add_id(s, &step->blob);
	}
	cache_key_close(out, s);
}

void edition_keys(struct press *p)
{
	struct edition *x = &p->edition;
	struct cache_key *keys = arena_array(&p->arena, struct cache_key, x->entries_n);

	for (size_t i = 0; i < x->entries_n; i++)
		set_key(&keys[i], p, &x->entries[i]);
	x->keys = keys;
}
