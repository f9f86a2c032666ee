#include "snapshot/view.h"

#include "base/limits.h"
#include "snapshot/internal.h"

static struct words label(const struct maker *m, const char *key)
{
	struct str lang, text = labels_get(m->labels, str_of(key), &lang);

	return words_in(m, text, lang);
}

/* The brand: its label, else the dataset's title. */
static struct words brand_words(const struct maker *m)
{
	struct words w = label(m, "brand");
	struct str title = doc_text(doc_get(m->dataset->config, "title"));

	if (w.lang.n)
		return w;
	return (struct words){title, STR_NONE, false};
}

/* The language whose page there is: the first one tried that the dataset has. */
static struct str page_language(const struct maker *m)
{
	for (size_t i = 0; i < m->chain_n; i++)
		for (size_t k = 0; k < m->dataset->languages_n; k++)
			if (str_eq(m->chain[i], m->dataset->languages[k]))
				return m->chain[i];
	return m->dataset->default_language;
}

/* An address of the configuration; absent when there is none. */
static struct str address(const struct maker *m, const char *key)
{
	const struct doc_node *node =
	        doc_get(doc_get(m->dataset->config, "compare"), key);

	return doc_text(node);
}

static void read_words(struct compare_words *w, const struct maker *m)
{
	w->brand = brand_words(m);
	w->title = label(m, "compare.title");
	w->lead = label(m, "compare.lead");
	w->corner = label(m, "compare.attribute");
	w->missing = label(m, "value.missing");
	w->note_differs = label(m, "note.differs").text;
	w->note_same = label(m, "note.same").text;
	w->note_language = label(m, "note.language").text;
	w->separator = labels_get(m->labels, STR("citation.separator"), NULL);
	w->citation = labels_get(m->labels, STR("citation.text"), NULL);
	w->citation_line = labels_get(m->labels, STR("citation.line"), NULL);
	w->url = address(m, "url");
	w->permalink = address(m, "permalink");
	w->page_lang = page_language(m);
}

static struct words row_label(const struct maker *m, const struct plan *p,
                              struct str brand)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT(LIMIT_FILE_BYTES);
	struct template_pair pairs[] = {{STR("brand"), brand}, {STR_NONE, STR_NONE}};
	struct str key = arena_fmt(m->arena, "row." STR_FMT, STR_ARG(p->key)), lang, text;
	struct words w;

	if (p->label && p->label->kind == DOC_MAP)
		return words_of(m, p->label);
	if (p->label)
		key = p->label->text;
	text = labels_get(m->labels, key, &lang);
	if (!lang.n) /* no label of that name: the key says it, or the text itself */
		text = p->label ? key : p->key;
	w = words_in(m, text, lang);
	template_fill(&b, w.text, template_pairs, pairs);
	w.text = arena_str(m->arena, buf_str(&b));
	return w;
}

struct view_row view_row_of(const struct view *v, const struct maker *m,
                            const struct plan *p)
{
	struct str comparator =
	        str_of(p->comparator ? p->comparator->name : p->as->comparator);

	return (struct view_row){p->key, row_label(m, p, v->words.brand.text),
	                         str_of(p->as->name), comparator};
}

bool view_open(struct view **out, const struct library *library, struct str lang,
               struct arena *arena, struct err *err)
{
	struct view *v = arena_new(arena, struct view);
	struct str *chain = arena_array(arena, struct str, LANGUAGE_CHAIN);
	struct maker *m = &v->maker;
	struct labels *labels;

	*out = v;
	dataset_load_vocabularies(library->dataset);
	*m = (struct maker){
	        .dataset = library->dataset, .library = library, .arena = arena};
	m->chain = chain;
	m->chain_n = language_chain(chain, lang.n ? lang : m->dataset->default_language,
	                            m->dataset, arena);
	m->style = work_style_read(m->dataset);
	if (!labels_load(&labels, m->dataset, chain, m->chain_n, arena, err))
		return false;
	m->labels = labels;
	m->related = related_new(m);
	read_words(&v->words, m);
	if (!plans_read(&v->plans, &v->plans_n, m, err))
		return false;
	v->rows = arena_array(arena, struct view_row, v->plans_n);
	for (size_t i = 0; i < v->plans_n; i++)
		v->rows[i] = view_row_of(v, m, &v->plans[i]);
	return true;
}

void view_column(struct column *c, const struct maker *m, const struct entry *e)
{
	const struct roles *r = &e->file->collection->roles;

	c->id = e->id;
	c->collection = e->file->collection->name;
	c->file = e->file->path;
	c->name = words_of(m, path_first(r->name, &e->doc->root));
	if (!c->name.text.n)
		c->name = (struct words){e->id, STR_NONE, false};
	c->short_name = words_of(m, path_first(r->short_name, &e->doc->root));
	if (!c->short_name.text.n)
		c->short_name = c->name;
	c->status = status_of(e, &c->date);
	c->pinned = e->status && e->status->pinned;
}

/* The comparator of the row, when this cell alone were in it. */
static struct str suggested(const struct plan *p, const struct cell *cell)
{
	if (p->comparator)
		return str_of(p->comparator->name);
	return cell->kind == VALUE_NODES ? STR("list") : str_of(p->as->comparator);
}

static void fill_cells(struct entry_view *out, struct maker *m, const struct plan *plans,
                       struct view_row *rows, size_t n, const struct entry *e,
                       const struct entry_view *same)
{
	struct cell *cells = arena_array(m->arena, struct cell, n);

	for (size_t i = 0; i < n; i++) {
		m->same = same && i < same->rows_n ? &same->cells[i] : NULL;
		plans[i].as->make(&cells[i], m, &plans[i], e);
		rows[i].comparator = suggested(&plans[i], &cells[i]);
		if (m->same && cells[i].kind != VALUE_STATUS) {
			cells[i].keys = m->same->keys;
			cells[i].keys_n = m->same->keys_n;
			continue;
		}
		comparator_keys(comparator_find(rows[i].comparator), &cells[i], m, e);
	}
	out->rows = rows;
	out->cells = cells;
	out->rows_n = n;
}

static struct view_row *rows_of(const struct view *v, struct maker *m,
                                const struct plan *plans, size_t n)
{
	struct view_row *rows = arena_array(m->arena, struct view_row, n);

	for (size_t i = 0; i < n; i++)
		rows[i] = view_row_of(v, m, &plans[i]);
	return rows;
}

static bool own_rows(struct entry_view *out, const struct view *v, struct maker *m,
                     const struct entry *e, const struct entry_view *same,
                     struct err *err)
{
	struct plan *plans;
	struct view_row *rows;
	size_t n;

	if (!plans_of_keys(&plans, &n, m, e, 1, err))
		return false;
	rows = rows_of(v, m, plans, n);
	fill_cells(out, m, plans, rows, n, e, same);
	return true;
}

bool view_entry(struct entry_view *out, const struct view *v, const struct entry *e,
                const struct entry_view *same, struct arena *arena, struct err *err)
{
	struct maker m = v->maker;
	struct view_row *rows;

	*out = (struct entry_view){0};
	m.arena = arena;
	view_column(&out->column, &m, e);
	if (!v->plans_n)
		return own_rows(out, v, &m, e, same, err);
	rows = arena_array(arena, struct view_row, v->plans_n);
	for (size_t i = 0; i < v->plans_n; i++)
		rows[i] = v->rows[i];
	fill_cells(out, &m, v->plans, rows, v->plans_n, e, same);
	return true;
}

const struct compare_words *view_words(const struct view *v)
{
	return &v->words;
}

const struct view_row *view_rows(const struct view *v, size_t *n)
{
	*n = v->plans_n;
	return v->rows;
}

bool view_rows_of_keys(const struct view_row **out, size_t *rows_n, const struct view *v,
                       const struct entry *entries, size_t n, struct arena *arena,
                       struct err *err)
{
	struct maker m = v->maker;
	struct plan *plans;

	m.arena = arena;
	if (!plans_of_keys(&plans, rows_n, &m, entries, n, err))
		return false;
	*out = rows_of(v, &m, plans, *rows_n);
	return true;
}

const struct str *view_chain(const struct view *v, size_t *n)
{
	*n = v->maker.chain_n;
	return v->maker.chain;
}
