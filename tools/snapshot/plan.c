#include "snapshot/internal.h"

#include "base/limits.h"

static bool bad(const struct maker *m, const struct doc_node *row, struct err *err,
                const char *what, struct str value)
{
	return err_set(err, ERR_CONFIG, STR_FMT ":%d:%d: %s \"" STR_FMT "\"",
	               STR_ARG(m->dataset->config_path), row->start.line,
	               row->start.column, what, STR_ARG(diag_quote(m->arena, value)));
}

/* The vocabulary bound to PATH in some collection, or NULL. */
static const struct vocabulary *bound_vocabulary(const struct dataset *d, struct str path)
{
	for (size_t i = 0; i < d->collections_n; i++)
		for (size_t k = 0; k < d->collections[i].terms_n; k++)
			if (str_eq(d->collections[i].terms[k].path.text, path))
				return d->collections[i].terms[k].vocabulary;
	return NULL;
}

static bool read_plan(struct plan *p, const struct maker *m, const struct doc_node *row,
                      struct err *err)
{
	struct str as = doc_text(doc_get(row, "as"));
	struct str comparator = doc_text(doc_get(row, "comparator"));
	struct str vocabulary = doc_text(doc_get(row, "vocabulary"));

	p->key = doc_text(doc_get(row, "key"));
	p->label = doc_get(row, "label");
	p->show = doc_text(doc_get(row, "show"));
	p->item = doc_text(doc_get(row, "item"));
	p->join = doc_text(doc_get(row, "join"));
	p->as = cell_kind_find(as.n ? as : STR("auto"));
	if (!path_compile(&p->value, doc_text(doc_get(row, "value")), m->arena, err))
		return false;
	if (comparator.n)
		p->comparator = comparator_find(comparator);
	p->vocabulary = vocabulary.n ? dataset_vocabulary(m->dataset, vocabulary)
	                             : bound_vocabulary(m->dataset, p->value.text);
	if (vocabulary.n && !p->vocabulary)
		return bad(m, row, err, "there is no vocabulary", vocabulary);
	if (str_eqz(as, "term") && !p->vocabulary)
		return bad(m, row, err, "no vocabulary is bound to the path",
		           p->value.text);
	return true;
}

/* Whether KEY of an entry's top map plays a role that is no row of its own. */
static bool is_hidden(const struct roles *roles, struct str key)
{
	const struct path *hidden[] = {roles->id, roles->history, roles->name};

	for (size_t i = 0; i < ARRAY_LEN(hidden); i++)
		if (hidden[i] && hidden[i]->n == 1 &&
		    str_eq(hidden[i]->steps[0].key, key))
			return true;
	return false;
}

static struct str pointer_to(struct str key, struct arena *a)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT(LIMIT_POINTER_BYTES);

	if (str_eqz(key, "*"))
		return STR("/~2");
	doc_pointer_key(&b, key);
	return arena_str(a, buf_str(&b));
}

/* Keys of the top map that play a role are shown as what they are. */
static bool plan_role(struct plan *p, const struct roles *r)
{
	const struct {
		const struct path *path;
		const char *as;
	} known[] = {{r->related, "ids"},
	             {r->aliases, "aliases"},
	             {r->seminal, "work"},
	             {r->sources, "work"}};

	for (size_t i = 0; i < ARRAY_LEN(known); i++) {
		if (!known[i].path || !known[i].path->n ||
		    !str_eq(known[i].path->steps[0].key, p->key))
			continue;
		p->value = *known[i].path;
		p->as = cell_kind_find(str_of(known[i].as));
		return true;
	}
	return false;
}

/* The vocabulary of the value at PATH, or of the items of the list there; or NULL. */
static const struct vocabulary *key_vocabulary(const struct maker *m, struct str path)
{
	const struct vocabulary *v = bound_vocabulary(m->dataset, path);

	return v ? v
	         : bound_vocabulary(m->dataset,
	                            arena_fmt(m->arena, STR_FMT "/*", STR_ARG(path)));
}

static bool plan_keys(struct plan **out, size_t *n, const struct maker *m,
                      const struct entry *e, struct map *seen, size_t *cap,
                      struct err *err)
{
	const struct doc_node *root = &e->doc->root;

	for (uint32_t i = 0; root->kind == DOC_MAP && i < root->n; i++) {
		struct str key = root->members[i].key;
		struct plan *p;
		bool added;

		map_at(seen, key, &added);
		if (!added || is_hidden(&e->file->collection->roles, key))
			continue;
		if (*n == LIMIT_COMPARE_ROWS)
			return err_set(err, ERR_LIMIT,
			               STR_FMT ": the entries have more than %d keys; "
			                       "list the rows to compare in " STR_FMT,
			               STR_ARG(e->file->path), LIMIT_COMPARE_ROWS,
			               STR_ARG(m->dataset->config_path));
		p = arena_push(m->arena, *out, *n, *cap);
		*p = (struct plan){.key = key, .as = cell_kind_find(STR("auto"))};
		if (plan_role(p, &e->file->collection->roles))
			continue;
		if (!path_compile(&p->value, pointer_to(key, m->arena), m->arena, err))
			return false;
		p->vocabulary = key_vocabulary(m, p->value.text);
		if (p->vocabulary)
			p->as = cell_kind_find(STR("term"));
	}
	return true;
}

bool plans_read(struct plan **out, size_t *n, const struct maker *m, struct err *err)
{
	const struct doc_node *rows =
	        doc_get(doc_get(m->dataset->config, "compare"), "rows");
	size_t cap = 0;

	*out = NULL;
	*n = 0;
	for (uint32_t i = 0; rows && i < rows->n; i++) {
		struct plan *p = arena_push(m->arena, *out, *n, cap);

		*p = (struct plan){0};
		if (!read_plan(p, m, &rows->items[i], err))
			return false;
	}
	return true;
}

bool plans_of_keys(struct plan **out, size_t *n, const struct maker *m,
                   const struct entry *entries, size_t entries_n, struct err *err)
{
	struct map seen;
	size_t cap = 0;

	*out = NULL;
	*n = 0;
	map_init(&seen, m->arena);
	for (size_t i = 0; i < entries_n; i++)
		if (!plan_keys(out, n, m, &entries[i], &seen, &cap, err))
			return false;
	*arena_push(m->arena, *out, *n, cap) =
	        (struct plan){.key = STR("dataset"), .as = cell_kind_find(STR("status"))};
	return true;
}

static struct str text_or(const struct doc_node *node, const char *key,
                          struct str otherwise)
{
	const struct doc_node *text = doc_get(node, key);

	return text ? doc_text(text) : otherwise;
}

struct work_style work_style_read(const struct dataset *d)
{
	const struct doc_node *works = doc_get(doc_get(d->config, "compare"), "works");
	const struct doc_node *most = doc_get(works, "most");

	return (struct work_style){
	        .text = text_or(works, "text",
	                        STR("[{authors} ][({year}). ]{title}.[ {venue}.]")),
	        .author = text_or(works, "author", STR("{literal}[{family}][, {given}]")),
	        .between = text_or(works, "between", STR(", ")),
	        .last = text_or(works, "last", STR(" & ")),
	        .more = text_or(works, "more", STR(" et al.")),
	        .most = most && most->fits ? (size_t)most->integer : 6,
	};
}
