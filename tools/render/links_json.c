/*
 * links_json.c - links and citations for programs: a line each
 *
 * Source: the shape is schema/links.schema.json
 */
#include "render/links.h"

#include "base/limits.h"
#include "base/text.h"
#include "render/internal.h"

/* Null for an absent string. What is no UTF-8, which JSON must be, is made visible. */
static void put_string(struct buf *out, struct str s)
{
	CLEANUP(buf_release) struct buf safe = BUF_INIT(LIMIT_OUTPUT_BYTES);

	if (!s.s) {
		buf_addz(out, "null");
		return;
	}
	if (text_invalid(s) < s.n) {
		add_visible(&safe, s);
		s = buf_str(&safe);
	}
	doc_json_string(out, s);
}

static void put_number(struct buf *out, int n)
{
	if (n > 0)
		buf_addf(out, "%d", n);
	else
		buf_addz(out, "null");
}

static void put_place(struct buf *out, const struct link_place *p)
{
	buf_addz(out, "{\"file\": ");
	put_string(out, p->file);
	buf_addz(out, ", \"line\": ");
	put_number(out, p->span.line);
	buf_addz(out, ", \"column\": ");
	put_number(out, p->span.column);
	buf_addz(out, ", \"pointer\": ");
	put_string(out, p->pointer);
	buf_addc(out, '}');
}

static void put_places(struct buf *out, const struct link_place *p)
{
	buf_addz(out, ", \"places\": [");
	for (const char *join = ""; p; p = p->next, join = ", ") {
		buf_addz(out, join);
		put_place(out, p);
	}
	buf_addz(out, "]}");
}

static void put_url(struct buf *out, const struct link_url *u)
{
	const struct link_result *r = &u->result;

	buf_addz(out, "{\"url\": ");
	put_string(out, u->url);
	buf_addf(out,
	         ", \"verdict\": \"%s\", \"class\": ", link_verdict_name(r->verdict));
	put_string(out, r->class);
	buf_addz(out, ", \"status\": ");
	put_number(out, r->status);
	buf_addz(out, ", \"final_url\": ");
	put_string(out, r->final_url);
	buf_addz(out, ", \"reason\": ");
	put_string(out, r->reason);
	if (r->archived.s) {
		buf_addz(out, ", \"archived\": ");
		put_string(out, r->archived);
	}
	put_places(out, u->places);
}

static void put_finding(struct buf *out, const struct link_finding *f, enum severity s)
{
	buf_addf(out,
	         "{\"rule\": \"%s\", \"severity\": \"%s\", \"message\": ", f->rule->id,
	         severity_name(s));
	put_string(out, f->text);
	buf_addz(out, ", \"suggestion\": ");
	put_string(out, f->suggestion);
	buf_addz(out, ", \"place\": ");
	if (f->place)
		put_place(out, f->place);
	else
		buf_addz(out, "null");
	buf_addc(out, '}');
}

static void put_findings(struct buf *out, const struct link_citation *c,
                         const struct links_style *style)
{
	const char *join = "";

	buf_addz(out, ", \"findings\": [");
	for (const struct link_finding *f = c->findings; f; f = f->next) {
		enum severity s = style->severity(f->rule, f->severity, style->ctx);

		if (s == SEVERITY_OFF)
			continue;
		buf_addz(out, join);
		put_finding(out, f, s);
		join = ", ";
	}
	buf_addc(out, ']');
}

static void put_citation(struct buf *out, const struct link_citation *c,
                         const struct links_style *style)
{
	buf_addz(out, "{\"doi\": ");
	put_string(out, c->doi);
	buf_addz(out, ", \"agency\": ");
	put_string(out, c->agency);
	buf_addf(out, ", \"verdict\": \"%s\", \"class\": ",
	         link_verdict_name(c->result.verdict));
	put_string(out, c->result.class);
	buf_addz(out, ", \"reason\": ");
	put_string(out, c->result.reason);
	buf_addz(out, ", \"verified\": ");
	put_string(out, c->verified);
	put_findings(out, c, style);
	put_places(out, c->places);
}

static void put_count(struct buf *out, const struct link_count *c)
{
	buf_addf(out, "\"total\": %u", c->total);
	for (int v = 0; v < LINK_VERDICTS_N; v++)
		buf_addf(out, ", \"%s\": %u", link_verdict_name((enum link_verdict)v),
		         c->by[v]);
}

static bool next(struct buf *out, const char *join, const struct links_style *style)
{
	buf_addz(out, join);
	return !style->drain || style->drain(style->ctx);
}

static void put_hosts(struct buf *out, const struct link_summary *s,
                      const struct links_style *style)
{
	buf_addz(out, "  \"hosts\": [");
	for (size_t i = 0; i < s->hosts_n && next(out, i ? "," : "", style); i++) {
		buf_addz(out, "\n    {\"host\": ");
		put_string(out, s->hosts[i].name);
		buf_addz(out, ", ");
		put_count(out, &s->hosts[i]);
		buf_addc(out, '}');
	}
	buf_addz(out, s->hosts_n ? "\n  ],\n" : "],\n");
}

static void put_classes(struct buf *out, const struct link_summary *s)
{
	buf_addz(out, "  \"classes\": [");
	for (size_t i = 0; i < s->classes_n; i++) {
		const struct link_class_count *c = &s->classes[i];

		buf_addf(out,
		         "%s{\"verdict\": \"%s\", \"class\": ", i ? ",\n    " : "\n    ",
		         link_verdict_name(c->verdict));
		put_string(out, c->class);
		buf_addf(out, ", \"total\": %zu}", c->total);
	}
	buf_addz(out, s->classes_n ? "\n  ]\n" : "]\n");
}

static void put_orphans(struct buf *out, const struct link_set *set)
{
	buf_addz(out, "  \"orphans\": [");
	for (size_t i = 0; i < set->orphans_n; i++) {
		buf_addz(out, i ? ", " : "");
		put_string(out, set->orphans[i]);
	}
	buf_addz(out, "],\n");
}

static void put_summary(struct buf *out, const struct link_set *set,
                        const struct links_style *style)
{
	CLEANUP(arena_release) struct arena arena = {0};
	struct link_summary s;

	link_summarise(&s, set, &arena);
	buf_addz(out, "\"summary\": {\n  \"links\": {");
	put_count(out, &s.urls);
	buf_addz(out, "},\n  \"citations\": {");
	put_count(out, &s.citations);
	buf_addf(out,
	         "},\n  \"verified\": %zu,\n  \"places\": %zu,\n  \"files\": %zu,\n"
	         "  \"complete\": %s,\n  \"offline\": %s,\n",
	         s.verified, set->places, set->files, set->interrupted ? "false" : "true",
	         set->offline ? "true" : "false");
	if (set->part)
		buf_addf(out, "  \"part\": \"%d/%d\",\n", set->part, set->parts);
	put_orphans(out, set);
	put_hosts(out, &s, style);
	put_classes(out, &s);
	buf_addz(out, "}}\n");
}

void links_json(struct buf *out, const struct link_set *set,
                const struct links_style *style)
{
	const struct map *urls = &set->urls, *citations = &set->citations;

	buf_addz(out, "{\"links\": [");
	for (size_t i = 0; i < urls->n && next(out, i ? ",\n" : "\n", style); i++)
		put_url(out, urls->items[i].value);
	buf_addz(out, urls->n ? "\n],\n\"citations\": [" : "],\n\"citations\": [");
	for (size_t i = 0; i < citations->n && next(out, i ? ",\n" : "\n", style); i++)
		put_citation(out, citations->items[i].value, style);
	buf_addz(out, citations->n ? "\n],\n" : "],\n");
	put_summary(out, set, style);
}
