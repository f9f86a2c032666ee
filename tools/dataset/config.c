#include "dataset/internal.h"

#include "version/version.h"

#include <string.h>
#include <unistd.h>

struct str dataset_config_schema(void)
{
	return (struct str){schema_stemma, schema_stemma_size};
}

bool dataset_find(struct str *out, const struct tree *tree, struct str dir,
                  struct arena *arena)
{
	static const char *const names[] = {"stemma.yaml", "dataset/stemma.yaml"};
	struct str at = dir.n ? dir : STR(".");
	char here[4096];
	size_t up = 0;

	if (!dir.n && getcwd(here, sizeof(here)))
		for (const char *p = here; *p; p++)
			up += p[0] == '/' && p[1];
	for (size_t level = 0; level <= up; level++) {
		for (size_t i = 0; i < ARRAY_LEN(names); i++) {
			*out = path_join(tree, at, str_of(names[i]), arena);
			if (kind_behind(tree, *out) != TREE_NONE)
				return true;
		}
		at = level ? arena_fmt(arena, "../" STR_FMT, STR_ARG(at)) : STR("..");
	}
	return false;
}

/* Everything that reads the configuration: where it is and where its errors go. */
struct reader {
	struct dataset *d;
	struct err *err;
};

static bool bad(struct reader *r, struct doc_mark at, const char *text, struct str value)
{
	return err_set(r->err, ERR_CONFIG, STR_FMT ":%d:%d: " STR_FMT ": %s",
	               STR_ARG(r->d->config_path), at.line, at.column,
	               STR_ARG(diag_quote(r->d->arena, value)), text);
}

/* Whether NAME, a file or folder of the dataset, stays below the folder of stemma.yaml. */
static bool stays_below(struct str name)
{
	struct str rest = name, step;

	if (str_starts(name, STR("/")) || str_find(name, '\0') < name.n)
		return false;
	while (str_split(&rest, '/', &step))
		if (str_eqz(step, ".."))
			return false;
	return true;
}

/* The path of a file or folder that is part of the dataset. False: err is set. */
static bool read_below(struct reader *r, struct str *out, const struct doc_node *node)
{
	if (!stays_below(doc_text(node)))
		return bad(r, node->start, "must lie below the folder of stemma.yaml",
		           doc_text(node));
	*out = path_join(r->d->tree, r->d->dir, doc_text(node), r->d->arena);
	return true;
}

static const struct path *read_path(struct reader *r, const struct doc_node *node)
{
	struct path *p;

	if (!node)
		return NULL;
	p = arena_new(r->d->arena, struct path);
	if (!path_compile(p, doc_text(node), r->d->arena, r->err))
		return NULL;
	return p;
}

/* The configuration's name of each role and its place in struct roles. */
static const struct {
	const char *group, *key;
	size_t offset;
} role_rows[] = {
        {NULL, "id", offsetof(struct roles, id)},
        {NULL, "name", offsetof(struct roles, name)},
        {NULL, "short_name", offsetof(struct roles, short_name)},
        {NULL, "summary", offsetof(struct roles, summary)},
        {NULL, "seminal", offsetof(struct roles, seminal)},
        {NULL, "history", offsetof(struct roles, history)},
        {NULL, "related", offsetof(struct roles, related)},
        {NULL, "aliases", offsetof(struct roles, aliases)},
        {"alias", "text", offsetof(struct roles, alias_text)},
        {"alias", "lang", offsetof(struct roles, alias_lang)},
        {NULL, "sources", offsetof(struct roles, sources)},
        {"source", "key", offsetof(struct roles, source_key)},
        {"source", "doi", offsetof(struct roles, source_doi)},
        {"source", "url", offsetof(struct roles, source_url)},
        {"source", "title", offsetof(struct roles, source_title)},
        {"source", "year", offsetof(struct roles, source_year)},
        {"source", "venue", offsetof(struct roles, source_venue)},
        {"source", "venue_short", offsetof(struct roles, source_venue_short)},
        {"source", "same_work", offsetof(struct roles, source_same_work)},
        {"source", "role", offsetof(struct roles, source_role)},
        {"source", "status", offsetof(struct roles, source_status)},
        {"source", "type", offsetof(struct roles, source_type)},
        {"source", "authors", offsetof(struct roles, source_authors)},
        {"source", "authors_truncated", offsetof(struct roles, author_more)},
        {"author", "family", offsetof(struct roles, author_family)},
        {"author", "given", offsetof(struct roles, author_given)},
        {"author", "literal", offsetof(struct roles, author_literal)},
};

static bool read_roles(struct reader *r, struct roles *roles, const struct doc_node *node)
{
	const struct doc_node *dois = doc_get(node, "dois");
	struct path *list;

	for (size_t i = 0; i < ARRAY_LEN(role_rows); i++) {
		const struct doc_node *group =
		        role_rows[i].group ? doc_get(node, role_rows[i].group) : node;
		const struct path *path = read_path(r, doc_get(group, role_rows[i].key));

		memcpy((char *)roles + role_rows[i].offset, &path, sizeof(path));
	}
	roles->dois_n = dois ? dois->n : 0;
	list = arena_array(r->d->arena, struct path, roles->dois_n);
	for (size_t i = 0; i < roles->dois_n; i++)
		if (!path_compile(&list[i], doc_text(&dois->items[i]), r->d->arena,
		                  r->err))
			return false;
	roles->dois = list;
	return r->err->code == ERR_NONE;
}

static bool read_terms(struct reader *r, struct collection *c,
                       const struct doc_node *node)
{
	struct term_binding *terms =
	        arena_array(r->d->arena, struct term_binding, node ? node->n : 0);

	c->terms = terms;
	c->terms_n = node ? node->n : 0;
	for (size_t i = 0; i < c->terms_n; i++) {
		const struct doc_member *m = &node->members[i];

		if (!path_compile(&terms[i].path, m->key, r->d->arena, r->err))
			return false;
		terms[i].vocabulary = dataset_vocabulary(r->d, doc_text(&m->value));
		if (!terms[i].vocabulary)
			return bad(r, m->value.start,
			           "no vocabulary of this name is listed under "
			           "`vocabularies`",
			           doc_text(&m->value));
	}
	return true;
}

static const struct str *read_texts(struct reader *r, const struct doc_node *node,
                                    size_t *n)
{
	struct str *texts = arena_array(r->d->arena, struct str, node ? node->n : 0);

	*n = node ? node->n : 0;
	for (size_t i = 0; i < *n; i++)
		texts[i] = arena_str(r->d->arena, doc_text(&node->items[i]));
	return texts;
}

static bool read_collection(struct reader *r, struct collection *c,
                            const struct doc_member *m)
{
	static const struct str default_files[] = {STR("*.yaml"), STR("*.yml")};
	struct arena *arena = r->d->arena;
	const struct doc_node *schema = doc_get(&m->value, "schema");
	const struct doc_node *merge = doc_get(&m->value, "merge_keys");

	c->name = m->key;
	if (!read_below(r, &c->folder, doc_get(&m->value, "folder")))
		return false;
	c->files = read_texts(r, doc_get(&m->value, "files"), &c->files_n);
	if (!c->files_n) {
		c->files = default_files;
		c->files_n = ARRAY_LEN(default_files);
	}
	c->exclude = read_texts(r, doc_get(&m->value, "exclude"), &c->exclude_n);
	if (schema)
		c->schema_path =
		        path_join(r->d->tree, r->d->dir, doc_text(schema), arena);
	doc_format_parse(&c->read.format, doc_text(doc_get(&m->value, "format")));
	c->read.merge_keys = merge && merge->truth;
	c->id_is_stem = dataset_severity(r->d, &rule_entry_id_filename) != SEVERITY_OFF;
	if (!read_roles(r, &c->roles, doc_get(&m->value, "roles")))
		return false;
	c->versioned = is_versioned(c);
	return read_terms(r, c, doc_get(&m->value, "terms"));
}

static bool read_collections(struct reader *r, const struct doc_node *node)
{
	struct dataset *d = r->d;

	d->collections_n = node->n;
	d->collections = arena_array(d->arena, struct collection, node->n);
	for (size_t i = 0; i < node->n; i++)
		if (!read_collection(r, &d->collections[i], &node->members[i]))
			return false;
	return true;
}

static bool read_vocabularies(struct reader *r, const struct doc_node *node)
{
	struct dataset *d = r->d;

	d->vocabularies_n = node ? node->n : 0;
	d->vocabularies = arena_array(d->arena, struct vocabulary, d->vocabularies_n);
	for (size_t i = 0; i < d->vocabularies_n; i++) {
		struct vocabulary *v = &d->vocabularies[i];

		v->name = node->members[i].key;
		map_init(&v->terms, d->arena);
		if (!read_below(r, &v->path, &node->members[i].value))
			return false;
	}
	return true;
}

static bool is_rule(struct str id)
{
	const struct {
		const struct rule *const *rules;
		size_t n;
	} tables[] = {{doc_rules, doc_rules_n},
	              {schema_rules, schema_rules_n},
	              {entry_rules, entry_rules_n},
	              {version_rules, version_rules_n},
	              {reference_rules, reference_rules_n},
	              {dataset_rules, dataset_rules_n}};

	for (size_t i = 0; i < ARRAY_LEN(tables); i++)
		for (size_t k = 0; k < tables[i].n; k++)
			if (str_eqz(id, tables[i].rules[k]->id))
				return true;
	return false;
}

static bool read_rules(struct reader *r, const struct doc_node *node)
{
	for (size_t i = 0; node && i < node->n; i++) {
		struct rule_setting *set = arena_new(r->d->arena, struct rule_setting);

		if (!is_rule(node->members[i].key))
			return bad(
			        r, node->members[i].start,
			        "there is no such rule; `stemma help rules` lists them",
			        node->members[i].key);
		severity_parse(&set->severity, doc_text(&node->members[i].value));
		map_set(&r->d->severities, node->members[i].key, set);
	}
	return true;
}

static void read_languages(struct reader *r, const struct doc_node *node)
{
	const struct doc_node *others = doc_get(node, "others");
	struct dataset *d = r->d;
	struct str *tags =
	        arena_array(d->arena, struct str, 1 + (others ? others->n : 0));

	d->default_language = node ? doc_text(doc_get(node, "default")) : STR("en");
	tags[d->languages_n++] = d->default_language;
	for (size_t i = 0; others && i < others->n; i++)
		tags[d->languages_n++] = doc_text(&others->items[i]);
	d->languages = tags;
}

static bool read_config(struct reader *r)
{
	const struct doc_node *root = r->d->config, *labels = doc_get(root, "labels");
	const struct doc_node *records = doc_get(doc_get(root, "references"), "folder");

	read_languages(r, doc_get(root, "languages"));
	r->d->release = policy_read(root);
	r->d->links = dataset_link_policy(root);
	r->d->references.max_age_days = max_age_read(root);
	if (records && !read_below(r, &r->d->references.dir, records))
		return false;
	if (labels && !read_below(r, &r->d->labels_dir, labels))
		return false;
	return read_vocabularies(r, doc_get(root, "vocabularies")) &&
	       read_rules(r, doc_get(root, "rules")) &&
	       read_collections(r, doc_get(root, "collections"));
}

static struct dataset *new_dataset(const struct tree *tree, struct str path,
                                   struct arena *arena)
{
	struct dataset *d = arena_new(arena, struct dataset);

	d->tree = tree;
	d->arena = arena;
	d->config_path = path;
	d->dir = arena_str(arena, path_dir(path));
	map_init(&d->severities, arena);
	return d;
}

bool dataset_open(struct dataset **out, const struct tree *tree, struct str path,
                  struct arena *arena, struct diag_list *diags, struct err *err)
{
	struct dataset *d = new_dataset(tree, path, arena);
	struct reader r = {d, err};
	const struct doc *doc;

	if (!load_checked(&doc, d, path, schema_stemma, schema_stemma_size, arena, diags))
		return err_set(err,
		               diags->items[diags->n - 1].rule == &rule_io_unreadable
		                       ? ERR_IO
		                       : ERR_CONFIG,
		               STR_FMT " cannot be used", STR_ARG(path));
	d->source = doc->source;
	d->config = &doc->root;
	*out = d;
	return read_config(&r);
}

bool dataset_open_like(struct dataset **out, const struct dataset *like,
                       const struct tree *tree, struct str path, struct arena *arena,
                       struct err *err)
{
	struct dataset *d = new_dataset(tree, path, arena);
	struct reader r = {d, err};

	d->source = like->source;
	d->config = like->config;
	*out = d;
	return read_config(&r);
}

/*
 * The folder of the disk that schemas may not lie outside of: that of the repository, or, where
 * there is none, the one around the dataset's.
 */
static struct str repository(const struct dataset *d)
{
	struct str dir = real_path(d->dir, d->arena), at = dir;

	while (at.n > 1) {
		struct str git = arena_fmt(d->arena, STR_FMT "/.git", STR_ARG(at));

		if (kind_behind(&tree_disk, git) != TREE_NONE)
			return at;
		at = path_dir(at);
	}
	return dir.n ? path_dir(dir) : STR_NONE;
}

bool dataset_load_schemas(struct dataset *d, const struct schema_options *opt,
                          struct diag_list *notes, struct err *err)
{
	struct schema_options own = opt ? *opt : (struct schema_options){0};

	own.tree = d->tree;
	own.root = repository(d);
	for (size_t i = 0; i < d->collections_n; i++) {
		struct collection *c = &d->collections[i];

		if (c->schema_path.n &&
		    !schema_load(&c->schema, c->schema_path, &own, d->arena, notes, err))
			return false;
	}
	return true;
}

void dataset_release(struct dataset *d)
{
	for (size_t i = 0; d && i < d->collections_n; i++)
		schema_release(d->collections[i].schema);
}

static const struct rule_setting *setting(const struct dataset *d,
                                          const struct rule *rule)
{
	return d ? map_get(&d->severities, str_of(rule->id)) : NULL;
}

enum severity dataset_severity(const struct dataset *d, const struct rule *rule)
{
	const struct rule_setting *set = setting(d, rule);

	return set ? set->severity : rule->severity;
}

enum severity dataset_finding_severity(const struct dataset *d,
                                       const struct diag *finding)
{
	const struct rule_setting *set = setting(d, finding->rule);

	return set ? set->severity : finding->severity;
}

const struct vocabulary *dataset_vocabulary(const struct dataset *d, struct str name)
{
	for (size_t i = 0; i < d->vocabularies_n; i++)
		if (str_eq(d->vocabularies[i].name, name))
			return &d->vocabularies[i];
	return NULL;
}
