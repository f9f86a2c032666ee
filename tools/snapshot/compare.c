#include "snapshot/internal.h"

#include "base/limits.h"

static struct str fill(const struct maker *m, struct str text,
                       struct template_pair *pairs)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT(LIMIT_FILE_BYTES);

	template_fill(&b, text, template_pairs, pairs);
	return arena_str(m->arena, buf_str(&b));
}

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

static void make_column(struct column *c, const struct maker *m, const struct entry *e)
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

/* Columns of one entry in several versions are told apart by these. */
static void tell_apart(struct comparison *c, const struct maker *m)
{
	bool *same = arena_array(m->arena, bool, c->columns_n);

	for (size_t i = 0; i < c->columns_n; i++)
		for (size_t k = 0; k < c->columns_n; k++)
			if (str_eq(c->columns[i].id, c->columns[k].id) &&
			    str_eq(c->columns[i].collection, c->columns[k].collection) &&
			    c->columns[i].status.version != c->columns[k].status.version)
				same[i] = true;
	for (size_t i = 0; i < c->columns_n; i++) {
		struct column *col = &c->columns[i];

		if (!same[i])
			continue;
		col->name.text = arena_fmt(m->arena, STR_FMT " (v%d)",
		                           STR_ARG(col->name.text), col->status.version);
		col->short_name.text =
		        arena_fmt(m->arena, STR_FMT " (v%d)",
		                  STR_ARG(col->short_name.text), col->status.version);
	}
}

static struct words row_label(const struct maker *m, const struct plan *p,
                              struct str brand)
{
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
	w.text = fill(m, w.text, pairs);
	return w;
}

static void make_row(struct row *row, const struct maker *m, const struct plan *p,
                     const struct entry *entries, size_t n, struct str brand)
{
	const struct comparator *c = p->comparator;
	bool lists = false;

	row->key = p->key;
	row->label = row_label(m, p, brand);
	row->as = str_of(p->as->name);
	row->cells = arena_array(m->arena, struct cell, n);
	for (size_t i = 0; i < n; i++) {
		p->as->make(&row->cells[i], m, p, &entries[i]);
		lists = lists || row->cells[i].kind == VALUE_NODES;
	}
	if (!c)
		c = comparator_find(lists ? STR("list") : str_of(p->as->comparator));
	row->comparator = str_of(c->name);
	for (size_t i = 0; i < n; i++)
		comparator_keys(c, &row->cells[i], m, &entries[i]);
	comparator_row(c, row, n, m->arena);
}

static struct str join_columns(const struct comparison *c, const struct maker *m,
                               struct str separator, bool names)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT(LIMIT_FILE_BYTES);

	for (size_t i = 0; i < c->columns_n; i++) {
		if (i)
			buf_add(&b, separator);
		buf_add(&b, names ? c->columns[i].short_name.text : c->columns[i].id);
		if (!names && c->columns[i].pinned)
			buf_addf(&b, "@v%d", c->columns[i].status.version);
	}
	return arena_str(m->arena, buf_str(&b));
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

static struct str address(const struct comparison *c, const struct maker *m,
                          const char *key)
{
	const struct doc_node *node =
	        doc_get(doc_get(m->dataset->config, "compare"), key);
	struct template_pair pairs[] = {
	        {STR("lang"), page_language(m)},
	        {STR("ids"), join_columns(c, m, STR(","), false)},
	        {STR_NONE, STR_NONE},
	};

	return node ? fill(m, doc_text(node), pairs) : STR_NONE;
}

static void make_citation(struct comparison *c, const struct maker *m)
{
	struct str separator = labels_get(m->labels, STR("citation.separator"), NULL);
	struct template_pair pairs[] = {
	        {STR("title"), c->title.text},
	        {STR("names"), join_columns(c, m, separator, true)},
	        {STR("date"), c->accessed},
	        {STR("url"), c->url},
	        {STR_NONE, STR_NONE},
	};
	struct template_pair line[] = {
	        {STR("brand"), c->brand.text},
	        {STR("citation"), STR_NONE},
	        {STR_NONE, STR_NONE},
	};

	c->citation = fill(m, labels_get(m->labels, STR("citation.text"), NULL), pairs);
	line[1].value = c->citation;
	c->citation_line =
	        fill(m, labels_get(m->labels, STR("citation.line"), NULL), line);
}

static void make_words(struct comparison *c, const struct maker *m)
{
	c->brand = brand_words(m);
	c->title = label(m, "compare.title");
	c->lead = label(m, "compare.lead");
	c->corner = label(m, "compare.attribute");
	c->missing = label(m, "value.missing");
	c->note_differs = label(m, "note.differs").text;
	c->note_same = label(m, "note.same").text;
	c->note_language = label(m, "note.language").text;
}

bool compare(struct comparison *out, const struct library *library,
             const struct entry *entries, size_t n, const struct compare_options *opt,
             struct arena *arena, struct err *err)
{
	struct maker m = {
	        .dataset = library->dataset, .library = library, .arena = arena};
	struct str lang = opt->lang.n ? opt->lang : library->dataset->default_language;
	struct str *chain = arena_array(arena, struct str, LANGUAGE_CHAIN);
	struct labels *labels;
	struct plan *plans;
	size_t plans_n;

	dataset_load_vocabularies(library->dataset);
	m.chain = chain;
	m.chain_n = language_chain(chain, lang, library->dataset, arena);
	m.style = work_style_read(library->dataset);
	if (!labels_load(&labels, library->dataset, chain, m.chain_n, arena, err))
		return false;
	m.labels = labels;
	m.related = related_new(&m);
	*out = (struct comparison){.lang = chain[0],
	                           .chain = chain,
	                           .chain_n = m.chain_n,
	                           .columns_n = n,
	                           .release = opt->release,
	                           .release_date = opt->release_date,
	                           .commit = opt->commit,
	                           .accessed = opt->accessed};
	if (!plans_read(&plans, &plans_n, &m, entries, n, err))
		return false;
	make_words(out, &m);
	out->columns = arena_array(arena, struct column, n);
	for (size_t i = 0; i < n; i++)
		make_column(&out->columns[i], &m, &entries[i]);
	tell_apart(out, &m);
	out->rows = arena_array(arena, struct row, plans_n);
	for (size_t i = 0; i < plans_n; i++) {
		struct row *row = &out->rows[out->rows_n];

		*row = (struct row){0};
		make_row(row, &m, &plans[i], entries, n, out->brand.text);
		*(row->difference ? &out->differing : &out->same) += 1;
		out->rows_n += row->difference || !opt->only_differences;
	}
	out->url = address(out, &m, "url");
	out->permalink = address(out, &m, "permalink");
	make_citation(out, &m);
	return true;
}
