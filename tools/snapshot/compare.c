#include "snapshot/internal.h"

#include "base/limits.h"

static struct str fill(struct str text, struct template_pair *pairs, struct arena *arena)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT(LIMIT_FILE_BYTES);

	template_fill(&b, text, template_pairs, pairs);
	return arena_str(arena, buf_str(&b));
}

/* Columns of one entry in several versions are told apart by these. */
static void tell_apart(struct comparison *c, struct arena *arena)
{
	bool *same = arena_array(arena, bool, c->columns_n);

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
		col->name.text = arena_fmt(arena, STR_FMT " (v%d)",
		                           STR_ARG(col->name.text), col->status.version);
		col->short_name.text =
		        arena_fmt(arena, STR_FMT " (v%d)", STR_ARG(col->short_name.text),
		                  col->status.version);
	}
}

static struct str join_columns(const struct comparison *c, struct str separator,
                               bool names, struct arena *arena)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT(LIMIT_FILE_BYTES);

	for (size_t i = 0; i < c->columns_n; i++) {
		if (i)
			buf_add(&b, separator);
		buf_add(&b, names ? c->columns[i].short_name.text : c->columns[i].id);
		if (!names && c->columns[i].pinned)
			buf_addf(&b, "@v%d", c->columns[i].status.version);
	}
	return arena_str(arena, buf_str(&b));
}

static struct str address(const struct comparison *c, const struct compare_words *w,
                          struct str text, struct arena *arena)
{
	struct template_pair pairs[] = {
	        {STR("lang"), w->page_lang},
	        {STR("ids"), join_columns(c, STR(","), false, arena)},
	        {STR_NONE, STR_NONE},
	};

	return text.s ? fill(text, pairs, arena) : STR_NONE;
}

static void make_citation(struct comparison *c, const struct compare_words *w,
                          struct arena *arena)
{
	struct template_pair pairs[] = {
	        {STR("title"), c->title.text},
	        {STR("names"), join_columns(c, w->separator, true, arena)},
	        {STR("date"), c->accessed},
	        {STR("url"), c->url},
	        {STR_NONE, STR_NONE},
	};
	struct template_pair line[] = {
	        {STR("brand"), c->brand.text},
	        {STR("citation"), STR_NONE},
	        {STR_NONE, STR_NONE},
	};

	c->citation = fill(w->citation, pairs, arena);
	line[1].value = c->citation;
	c->citation_line = fill(w->citation_line, line, arena);
}

static void take_words(struct comparison *c, const struct compare_words *w)
{
	c->brand = w->brand;
	c->title = w->title;
	c->lead = w->lead;
	c->corner = w->corner;
	c->missing = w->missing;
	c->note_differs = w->note_differs;
	c->note_same = w->note_same;
	c->note_language = w->note_language;
}

void compare_complete(struct comparison *out, const struct compare_words *w,
                      const struct compare_options *opt, struct arena *arena)
{
	size_t n = out->rows_n;

	out->release = opt->release;
	out->release_date = opt->release_date;
	out->commit = opt->commit;
	out->accessed = opt->accessed;
	out->rows_n = 0;
	take_words(out, w);
	tell_apart(out, arena);
	for (size_t i = 0; i < n; i++) {
		struct row *row = &out->rows[out->rows_n];
		const struct comparator *comparator;

		*row = out->rows[i];
		comparator = comparator_find(row->comparator);
		if (!comparator) /* of a file that some other program made */
			comparator = comparator_find(STR("text"));
		comparator_row(comparator, row, out->columns_n, arena);
		*(row->difference ? &out->differing : &out->same) += 1;
		out->rows_n += row->difference || !opt->only_differences;
	}
	out->url = address(out, w, w->url, arena);
	out->permalink = address(out, w, w->permalink, arena);
	make_citation(out, w, arena);
}

static void make_row(struct row *row, const struct view *v, const struct plan *p,
                     const struct entry *entries, size_t n)
{
	const struct maker *m = &v->maker;
	struct view_row head = view_row_of(v, m, p);
	bool lists = false;

	*row = (struct row){.key = head.key,
	                    .label = head.label,
	                    .as = head.as,
	                    .comparator = head.comparator,
	                    .cells = arena_array(m->arena, struct cell, n)};
	for (size_t i = 0; i < n; i++) {
		p->as->make(&row->cells[i], m, p, &entries[i]);
		lists = lists || row->cells[i].kind == VALUE_NODES;
	}
	if (lists && !p->comparator)
		row->comparator = STR("list");
	for (size_t i = 0; i < n; i++)
		comparator_keys(comparator_find(row->comparator), &row->cells[i], m,
		                &entries[i]);
}

bool compare(struct comparison *out, const struct library *library,
             const struct entry *entries, size_t n, const struct compare_options *opt,
             struct arena *arena, struct err *err)
{
	struct view *v;
	struct plan *plans;
	size_t plans_n;

	if (!view_open(&v, library, opt->lang, arena, err))
		return false;
	plans = v->plans;
	plans_n = v->plans_n;
	if (!plans_n && !plans_of_keys(&plans, &plans_n, &v->maker, entries, n, err))
		return false;
	*out = (struct comparison){.lang = v->maker.chain[0],
	                           .chain = v->maker.chain,
	                           .chain_n = v->maker.chain_n,
	                           .columns_n = n,
	                           .rows_n = plans_n};
	out->columns = arena_array(arena, struct column, n);
	for (size_t i = 0; i < n; i++)
		view_column(&out->columns[i], &v->maker, &entries[i]);
	out->rows = arena_array(arena, struct row, plans_n);
	for (size_t i = 0; i < plans_n; i++)
		make_row(&out->rows[i], v, &plans[i], entries, n);
	compare_complete(out, &v->words, opt, arena);
	return true;
}
