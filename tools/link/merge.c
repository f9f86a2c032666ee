/*
 * merge.c - a report read back, and put together with others
 *
 * Source: the shape is schema/links.schema.json
 */
#include "link/link.h"

#include "base/limits.h"

#include <limits.h>

struct merger {
	struct link_set *set;
	struct str name;
	struct err *err;
};

static bool wrong(struct merger *m, const struct doc_node *at, const char *what)
{
	return err_set(m->err, ERR_IO,
	               STR_FMT ":%d:%d: this is no report of `stemma links --format "
	                       "json`: %s",
	               STR_ARG(m->name), at->start.line, at->start.column, what);
}

/* The text of KEY; absent for null and for what is none. */
static struct str text_of(const struct doc_node *node, const char *key)
{
	return doc_text(doc_get(node, key));
}

static int number_of(const struct doc_node *node, const char *key)
{
	const struct doc_node *n = doc_get(node, key);

	return n && n->kind == DOC_NUMBER && n->fits && n->integer > 0 &&
	                       n->integer < INT_MAX
	               ? (int)n->integer
	               : 0;
}

static bool read_verdict(struct merger *m, enum link_verdict *out,
                         const struct doc_node *node)
{
	return link_verdict_parse(out, text_of(node, "verdict")) ||
	       wrong(m, node, "there is no verdict of the known ones");
}

static struct link_result read_result(const struct doc_node *node, enum link_verdict v)
{
	return (struct link_result){
	        .verdict = v,
	        .status = number_of(node, "status"),
	        .class = text_of(node, "class"),
	        .reason = text_of(node, "reason"),
	        .final_url = text_of(node, "final_url"),
	        .archived = text_of(node, "archived"),
	};
}

static struct link_place read_place(const struct doc_node *node)
{
	return (struct link_place){
	        .file = text_of(node, "file"),
	        .pointer = text_of(node, "pointer"),
	        .span = {number_of(node, "line"), number_of(node, "column"), 0, 0},
	        .document = 1,
	};
}

static struct map *merged(struct merger *m)
{
	struct map *map = &m->set->merged;

	if (!map->arena)
		map_init(map, m->set->arena);
	return map;
}

/* The place of NAME that is like PLACE, added to a list when there is none. */
static struct link_place *add_place(struct merger *m, struct str name,
                                    struct link_place **first, struct link_place **last,
                                    const struct link_place *place)
{
	struct link_set *set = m->set;
	struct str key = arena_fmt(set->arena, "%d %d " STR_FMT "\n" STR_FMT "\n" STR_FMT,
	                           place->span.line, place->span.column, STR_ARG(name),
	                           STR_ARG(place->file), STR_ARG(place->pointer));
	struct link_place *copy;

	copy = map_get(merged(m), key);
	if (copy)
		return copy;
	copy = arena_new(set->arena, struct link_place);
	*copy = *place;
	map_set(merged(m), key, copy);
	if (*last)
		(*last)->next = copy;
	else
		*first = copy;
	*last = copy;
	set->places++;
	return copy;
}

static void add_places(struct merger *m, struct str name, struct link_place **first,
                       struct link_place **last, const struct doc_node *places)
{
	for (uint32_t i = 0; places && places->kind == DOC_LIST && i < places->n; i++) {
		struct link_place place = read_place(&places->items[i]);

		add_place(m, name, first, last, &place);
	}
}

/* What counts more when two parts do not agree. */
static int weight(enum link_verdict v)
{
	static const int weights[LINK_VERDICTS_N] = {
	        [LINK_NOT_CHECKED] = 0, [LINK_ALIVE] = 1,   [LINK_REDIRECTED] = 2,
	        [LINK_UNKNOWN] = 3,     [LINK_WARNING] = 4, [LINK_BLOCKED] = 5,
	        [LINK_INVALID] = 6,     [LINK_DEAD] = 7,
	};

	return weights[v];
}

static void take_worse(struct link_result *out, const struct link_result *other)
{
	if (weight(other->verdict) > weight(out->verdict))
		*out = *other;
}

static bool add_url(struct merger *m, const struct doc_node *node)
{
	struct link_set *set = m->set;
	struct str url = text_of(node, "url");
	struct link_result result;
	struct link_form form;
	struct link_url *u;
	enum link_verdict v;

	if (!url.n)
		return wrong(m, node, "a link has no url");
	if (!read_verdict(m, &v, node))
		return false;
	result = read_result(node, v);
	link_form(&form, url, set->arena);
	u = map_get(&set->urls, form.key);
	if (!u) {
		u = arena_new(set->arena, struct link_url);
		*u = (struct link_url){
		        .key = form.key, .url = form.shown, .result = result};
		map_set(&set->urls, u->key, u);
	}
	take_worse(&u->result, &result);
	add_places(m, u->key, &u->places, &u->last_place, doc_get(node, "places"));
	return true;
}

/* Whether nothing like F was said of C before. */
static bool is_new_finding(struct merger *m, const struct link_citation *c,
                           const struct link_finding *f)
{
	const struct link_place none = {0}, *p = f->place ? f->place : &none;
	struct str key = arena_fmt(
	        m->set->arena,
	        "finding %s %d %d " STR_FMT "\n" STR_FMT "\n" STR_FMT "\n" STR_FMT,
	        f->rule->id, p->span.line, p->span.column, STR_ARG(c->doi),
	        STR_ARG(p->file), STR_ARG(p->pointer), STR_ARG(f->text));
	bool added;

	map_at(merged(m), key, &added);
	return added;
}

bool link_rule_id(struct str text)
{
	for (size_t i = 0; i < text.n; i++) {
		char c = text.s[i], low = (char)(c | 0x20);

		if (!(low >= 'a' && low <= 'z') && !(c >= '0' && c <= '9') && c != '.' &&
		    c != '-')
			return false;
	}
	return text.n > 0 && text.n <= LIMIT_SUGGEST_CHARS;
}

/* A rule that the report names, with the severity it had there. */
static const struct rule *rule_of(struct merger *m, const struct doc_node *node)
{
	struct rule *rule = arena_new(m->set->arena, struct rule);

	rule->id = arena_str(m->set->arena, text_of(node, "rule")).s;
	rule->summary = "";
	if (!severity_parse(&rule->severity, text_of(node, "severity")))
		rule->severity = SEVERITY_NOTE;
	return rule;
}

static bool add_finding(struct merger *m, struct link_citation *c,
                        const struct doc_node *node)
{
	const struct doc_node *at = doc_get(node, "place");
	struct link_finding finding = {.text = text_of(node, "message"),
	                               .suggestion = text_of(node, "suggestion")};

	if (!link_rule_id(text_of(node, "rule")))
		return wrong(m, node, "a finding has no rule");
	finding.rule = rule_of(m, node);
	finding.severity = finding.rule->severity;
	if (at && at->kind == DOC_MAP) {
		struct link_place place = read_place(at);

		finding.place = add_place(m, c->doi, &c->places, &c->last_place, &place);
	}
	if (is_new_finding(m, c, &finding))
		link_note(m->set, c, &finding);
	return true;
}

static bool add_citation(struct merger *m, const struct doc_node *node)
{
	struct link_set *set = m->set;
	const struct doc_node *findings = doc_get(node, "findings");
	struct str doi = text_of(node, "doi");
	struct link_result result;
	struct link_citation *c;
	enum link_verdict v;
	bool ok = true;

	if (!doi.n)
		return wrong(m, node, "a citation has no doi");
	if (!read_verdict(m, &v, node))
		return false;
	result = read_result(node, v);
	c = map_get(&set->citations, doi);
	if (!c) {
		c = arena_new(set->arena, struct link_citation);
		*c = (struct link_citation){.doi = doi, .result = result};
		map_set(&set->citations, doi, c);
	}
	take_worse(&c->result, &result);
	if (!c->agency.n)
		c->agency = text_of(node, "agency");
	if (!c->verified.n)
		c->verified = text_of(node, "verified");
	add_places(m, c->doi, &c->places, &c->last_place, doc_get(node, "places"));
	for (uint32_t i = 0;
	     ok && findings && findings->kind == DOC_LIST && i < findings->n; i++)
		ok = add_finding(m, c, &findings->items[i]);
	return ok;
}

static bool add_each(struct merger *m, const struct doc_node *root, const char *key,
                     bool (*add)(struct merger *m, const struct doc_node *node))
{
	const struct doc_node *list = doc_get(root, key);

	if (!list || list->kind != DOC_LIST)
		return wrong(m, root, "there is no list of links, or none of citations");
	for (uint32_t i = 0; i < list->n; i++)
		if (!add(m, &list->items[i]))
			return false;
	return true;
}

/* Note which part of a whole the report of SUMMARY is, if it is one. */
static bool add_part(struct merger *m, const struct doc_node *summary)
{
	struct link_set *set = m->set;
	const struct doc_node *node = doc_get(summary, "part");
	int part, parts;

	set->whole = set->whole || !node;
	if (!node)
		return true;
	if (!link_part(&part, &parts, doc_text(node)))
		return wrong(m, node, "its part is none such as 1/4");
	if (set->parts && parts != set->parts)
		return err_set(m->err, ERR_USAGE,
		               STR_FMT
		               " is one of %d parts, those before it are of %d; merge "
		               "the parts of one run",
		               STR_ARG(m->name), parts, set->parts);
	if (!set->have)
		set->have = arena_array(set->arena, bool, parts);
	set->parts = parts;
	set->have[part - 1] = true;
	return true;
}

int link_missing(const struct link_set *set, int part)
{
	while (set->have && !set->whole && part < set->parts)
		if (!set->have[part++])
			return part;
	return 0;
}

bool link_merge(struct link_set *set, struct str name, const struct doc_node *root,
                struct err *err)
{
	struct merger m = {set, name, err};
	const struct doc_node *summary = doc_get(root, "summary");
	const struct doc_node *complete = doc_get(summary, "complete");
	size_t files = (size_t)number_of(summary, "files");

	if (!add_each(&m, root, "links", add_url) ||
	    !add_each(&m, root, "citations", add_citation) || !add_part(&m, summary))
		return false;
	/* Each part looked at all files. */
	set->files = files > set->files ? files : set->files;
	set->interrupted = set->interrupted || (complete && !complete->truth);
	set->offline = set->offline || doc_is_true(doc_get(summary, "offline"));
	return true;
}
