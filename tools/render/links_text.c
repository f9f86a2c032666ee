/*
 * links_text.c - links and citations for people
 */
#include "render/links.h"

#include "render/internal.h"

#include "base/limits.h"

struct teller {
	struct findings paint; /* only for its colours */
	struct buf *out;
	const struct link_set *set;
	const struct links_style *style;
};

static enum severity severity_of(struct teller *t, const struct rule *rule,
                                 enum severity own)
{
	return t->style->severity(rule, own, t->style->ctx);
}

static void painted(struct teller *t, enum paint p, const char *text)
{
	paint(&t->paint, p);
	buf_addz(t->out, text);
	paint(&t->paint, PAINT_NONE);
}

static void put_place(struct teller *t, const struct link_place *p)
{
	buf_addz(t->out, "  ");
	painted(t, PAINT_FRAME, "-->");
	buf_addc(t->out, ' ');
	add_visible(t->out, p->file);
	if (p->span.line)
		buf_addf(t->out, ":%d", p->span.line);
	if (p->span.line && p->span.column)
		buf_addf(t->out, ":%d", p->span.column);
	if (p->pointer.n) {
		buf_addz(t->out, " at ");
		add_visible(t->out, p->pointer);
	}
	buf_addc(t->out, '\n');
}

static void put_places(struct teller *t, const struct link_place *p)
{
	for (; p; p = p->next)
		put_place(t, p);
}

/* "dead[not-found]: NAME", in the colour of what the rule is. */
static void put_head(struct teller *t, const struct link_result *r,
                     const struct rule *rule, struct str name)
{
	enum severity s = rule ? severity_of(t, rule, rule->severity) : SEVERITY_NOTE;
	CLEANUP(arena_release) struct arena scratch = {0};

	if (name.n > LIMIT_EXCERPT_BYTES)
		name = diag_quote(&scratch, name);
	paint(&t->paint, paint_severity(s));
	buf_addz(t->out, link_verdict_name(r->verdict));
	if (r->class.n) {
		buf_addc(t->out, '[');
		add_visible(t->out, r->class);
		buf_addc(t->out, ']');
	}
	paint(&t->paint, PAINT_NONE);
	buf_addz(t->out, ": ");
	paint(&t->paint, PAINT_BOLD);
	add_visible(t->out, name);
	paint(&t->paint, PAINT_NONE);
	buf_addc(t->out, '\n');
}

static void put_line(struct teller *t, const char *label, struct str text)
{
	if (!text.n)
		return;
	buf_addf(t->out, "  %s", label);
	add_visible(t->out, text);
	buf_addc(t->out, '\n');
}

/* Whether anybody has to know: what is switched off is not told. */
static bool matters(struct teller *t, const struct rule *rule)
{
	return rule && severity_of(t, rule, rule->severity) != SEVERITY_OFF;
}

static void put_url(struct teller *t, const struct link_url *u)
{
	const struct link_result *r = &u->result;
	const struct rule *rule = link_rule(r->verdict, false);

	if (!matters(t, rule))
		return;
	put_head(t, r, rule, u->url);
	put_line(t, "", r->reason);
	put_line(t, "leads to: ", r->final_url);
	put_line(t, "archived: ", r->archived);
	put_places(t, u->places);
	buf_addc(t->out, '\n');
}

static void put_finding(struct teller *t, const struct link_finding *f)
{
	enum severity s = severity_of(t, f->rule, f->severity);

	if (s == SEVERITY_OFF)
		return;
	buf_addz(t->out, "  ");
	paint(&t->paint, paint_severity(s));
	buf_addf(t->out, "%s[%s]", severity_name(s), f->rule->id);
	paint(&t->paint, PAINT_NONE);
	buf_addz(t->out, ": ");
	add_visible(t->out, f->text);
	buf_addc(t->out, '\n');
	put_line(t, "help: ", f->suggestion);
	if (f->place)
		put_place(t, f->place);
}

static bool has_findings(struct teller *t, const struct link_citation *c)
{
	for (const struct link_finding *f = c->findings; f; f = f->next)
		if (severity_of(t, f->rule, f->severity) != SEVERITY_OFF)
			return true;
	return false;
}

static void put_citation(struct teller *t, const struct link_citation *c)
{
	const struct rule *rule = link_rule(c->result.verdict, true);
	bool whole = matters(t, rule);

	if (!whole && !has_findings(t, c))
		return;
	put_head(t, &c->result, rule, c->doi);
	if (whole)
		put_line(t, "", c->result.reason);
	put_line(t, "leads to: ", c->result.final_url);
	put_line(t, "registered with: ", c->agency);
	put_line(t, "last verified: ", c->verified);
	for (const struct link_finding *f = c->findings; f; f = f->next)
		put_finding(t, f);
	if (whole)
		put_places(t, c->places);
	buf_addc(t->out, '\n');
}

/* "3 links: 2 alive, 1 dead" */
static void put_count(struct teller *t, const struct link_count *c, const char *noun)
{
	const char *join = ": ";

	add_count(t->out, c->total, noun);
	for (int v = 0; v < LINK_VERDICTS_N; v++) {
		if (!c->by[v])
			continue;
		buf_addf(t->out, "%s%u %s", join, c->by[v],
		         link_verdict_name((enum link_verdict)v));
		join = ", ";
	}
	buf_addc(t->out, '\n');
}

static bool all_well(const struct link_count *c)
{
	return c->by[LINK_ALIVE] + c->by[LINK_NOT_CHECKED] == c->total;
}

/* The hosts that something is to be said of: there may be very many others. */
static void put_hosts(struct teller *t, const struct link_summary *s)
{
	bool any = false;

	for (size_t i = 0; i < s->hosts_n; i++) {
		if (all_well(&s->hosts[i]))
			continue;
		buf_addz(t->out, any ? "  " : "By host:\n  ");
		add_visible(t->out, s->hosts[i].name);
		buf_addz(t->out, ", ");
		put_count(t, &s->hosts[i], "link");
		any = true;
	}
}

static void put_classes(struct teller *t, const struct link_summary *s)
{
	for (size_t i = 0; i < s->classes_n; i++) {
		buf_addf(t->out, "%s%s[", i ? "  " : "By class:\n  ",
		         link_verdict_name(s->classes[i].verdict));
		add_visible(t->out, s->classes[i].class);
		buf_addf(t->out, "]: %zu\n", s->classes[i].total);
	}
}

static void put_summary(struct teller *t)
{
	CLEANUP(arena_release) struct arena arena = {0};
	const struct link_set *set = t->set;
	struct link_summary s;

	link_summarise(&s, set, &arena);
	put_hosts(t, &s);
	put_classes(t, &s);
	put_count(t, &s.urls, "link");
	put_count(t, &s.citations, "citation");
	if (s.citations.total)
		buf_addf(t->out, "%zu of %u citations %s known from a registry%s\n",
		         s.verified, s.citations.total,
		         s.citations.total == 1 ? "is" : "are",
		         s.verified ? "" : ": no registry has been asked yet");
	for (size_t i = 0; i < set->orphans_n; i++)
		buf_addf(t->out,
		         STR_FMT
		         ": no entry cites the work of this record; delete the file, "
		         "or look whether a DOI was changed\n",
		         STR_ARG(set->orphans[i]));
	if (set->interrupted)
		buf_addz(t->out, "Not all of them were asked.\n");
}

static bool drained(const struct links_style *style)
{
	return !style->drain || style->drain(style->ctx);
}

void links_text(struct buf *out, const struct link_set *set,
                const struct links_style *style)
{
	struct teller t = {.paint = {.out = out, .colour = style->colour},
	                   .out = out,
	                   .set = set,
	                   .style = style};

	for (size_t i = 0; i < set->urls.n && drained(style); i++)
		put_url(&t, set->urls.items[i].value);
	for (size_t i = 0; i < set->citations.n && drained(style); i++)
		put_citation(&t, set->citations.items[i].value);
	put_summary(&t);
}
