#include "render/notes.h"

#include "base/limits.h"
#include "render/change_internal.h"
#include "render/md.h"

static const struct {
	enum planned_change change;
	const char *title;
} sections[] = {
        {PLANNED_WITHDRAWN, "Withdrawn"},   {PLANNED_DEPRECATED, "Deprecated"},
        {PLANNED_REINSTATED, "Reinstated"}, {PLANNED_ADDED, "Added"},
        {PLANNED_REVISED, "Revised"},       {PLANNED_MOVED, "Moved"},
};

/* ---- one entry ---- */

static void add_head(struct buf *out, const struct planned_entry *e)
{
	buf_addz(out, "- **");
	md_text(out, e->id);
	buf_addz(out, "**");
	if (e->old.version && e->old.version != e->new.version)
		buf_addf(out, " v%d → v%d", e->old.version, e->new.version);
	else
		buf_addf(out, " v%d", e->new.version);
	if (e->name.n) {
		buf_addz(out, ": ");
		md_text(out, e->name);
	}
	buf_addz(out, " (");
	if (e->old.version && e->old.sources != e->new.sources)
		buf_addf(out, "%zu → ", e->old.sources);
	add_count(out, e->new.sources, "source");
	buf_addz(out, ")\n");
}

static void add_reference(struct buf *out, const char *words, struct str id)
{
	buf_addf(out, "%s**", words);
	md_text(out, id);
	buf_addz(out, "**");
}

/* Why, and what to use in its place. */
static void add_event(struct buf *out, const struct history_line *l)
{
	if (!event_is_public(l->event))
		return;
	buf_addf(out, "  - %s v%d", event_name(l->event), l->version);
	if (l->reason.n) {
		buf_addz(out, ": ");
		md_text(out, l->reason);
	}
	for (size_t i = 0; i < l->successors_n; i++)
		add_reference(out, i ? ", " : "; use ", l->successors[i]);
	if (l->duplicate_of.n)
		add_reference(out, "; a duplicate of ", l->duplicate_of);
	if (l->note.n) {
		buf_addz(out, " (");
		md_text(out, l->note);
		buf_addc(out, ')');
	}
	buf_addc(out, '\n');
}

static void add_fields(struct buf *out, const struct planned_entry *e)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	struct change_list list = {0};

	if (!e->old.doc || e->old.version == e->new.version)
		return;
	change_fields(&list, &e->new.collection->roles, &e->old.doc->root,
	              &e->new.doc->root, &scratch);
	change_md_fields(out, &list);
}

static void add_entry(struct buf *out, const struct planned_entry *e)
{
	add_head(out, e);
	for (size_t i = 0; i < e->lines_n; i++)
		add_event(out, &e->lines[i]);
	if (e->old.file.path.s && !str_eq(e->old.file.path, e->new.file.path)) {
		buf_addz(out, "  - moved from ");
		md_text(out, e->old.file.path);
		buf_addz(out, " to ");
		md_text(out, e->new.file.path);
		buf_addc(out, '\n');
	}
	add_fields(out, e);
}

static void add_section(struct buf *out, const struct release_plan *p, size_t section)
{
	enum planned_change change = sections[section].change;
	size_t n = 0;

	if (!p->changes[change])
		return;
	buf_addf(out, "\n## %s\n\n", sections[section].title);
	for (size_t i = 0; i < p->entries_n && n < LIMIT_NOTES_ENTRIES; i++) {
		if (p->entries[i].change != change)
			continue;
		add_entry(out, &p->entries[i]);
		n++;
	}
	if (n < p->changes[change])
		buf_addf(out, "- and %zu more: see release.json\n",
		         p->changes[change] - n);
}

/* ---- shared files ---- */

static void add_ids(struct buf *out, const struct change_ids *ids, const char *what)
{
	if (!ids->n)
		return;
	buf_addf(out, "  - terms %s: ", what);
	for (size_t i = 0; i < ids->n; i++) {
		buf_addz(out, i ? ", " : "");
		md_text(out, ids->items[i]);
	}
	buf_addc(out, '\n');
}

static void add_file(struct buf *out, const struct planned_file *f)
{
	buf_addz(out, "- ");
	md_text(out, f->change.path);
	buf_addf(out, " (%s): %s\n", shared_kind_name(f->change.what),
	         entry_change_name(f->change.kind));
	if (f->change.what == SHARED_VOCABULARY) {
		add_ids(out, &f->change.terms_added, "added");
		add_ids(out, &f->change.terms_removed, "removed");
		add_ids(out, &f->change.terms_changed, "changed");
	} else if (f->change.kind == ENTRY_CHANGED) {
		change_md_fields(out, &f->change.fields);
	}
}

static void add_files(struct buf *out, const struct release_plan *p)
{
	/* All of them are new in a first release. */
	if (!p->files_n || !p->previous)
		return;
	buf_addz(out, "\n## Shared files\n\n");
	for (size_t i = 0; i < p->files_n; i++)
		add_file(out, &p->files[i]);
}

/* ---- counts ---- */

static void add_row(struct buf *out, const struct release_plan *p, struct str what,
                    size_t before, size_t now)
{
	if (!before && !now)
		return;
	buf_addz(out, "| ");
	md_text(out, what);
	if (p->previous)
		buf_addf(out, " | %zu", before);
	buf_addf(out, " | %zu |\n", now);
}

static void add_table(struct buf *out, const struct release_plan *p, struct str title)
{
	buf_addz(out, "\n| ");
	md_text(out, title);
	if (p->previous) {
		buf_addz(out, " | ");
		md_text(out, p->previous->name);
	}
	buf_addz(out, " | ");
	md_text(out, p->name);
	buf_addz(out,
	         p->previous ? " |\n| --- | ---: | ---: |\n" : " |\n| --- | ---: |\n");
}

static void add_counts(struct buf *out, const struct release_plan *p)
{
	const struct tally_term *last = NULL;

	buf_addz(out, "\n## Counts\n");
	add_table(out, p, STR("all"));
	add_row(out, p, STR("entries"), p->before.entries, p->now.entries);
	for (int i = STATE_PUBLISHED; i < STATES_N; i++)
		add_row(out, p, str_of(state_name((enum state)i)), p->before.states[i],
		        p->now.states[i]);
	add_row(out, p, STR("sources"), p->before.sources, p->now.sources);
	for (size_t i = 0; i < p->terms_n; i++) {
		const struct tally_term *t = &p->terms[i];

		if (!last || !str_eq(last->collection, t->collection) ||
		    !str_eq(last->path, t->path))
			add_table(out, p, str_sub(t->path, 1, t->path.n));
		add_row(out, p, t->term, t->before, t->now);
		last = t;
	}
}

static void add_people(struct buf *out, const struct release_plan *p)
{
	if (!p->contributors_n)
		return;
	buf_addz(out, "\n## Contributors\n\n");
	for (size_t i = 0; i < p->contributors_n; i++) {
		buf_addz(out, "- ");
		md_line(out, p->contributors[i]);
	}
}

void notes_render(struct buf *out, const struct release_plan *plan)
{
	CLEANUP(arena_release) struct arena arena = {0};

	buf_addz(out, "# Release ");
	md_text(out, plan->name);
	buf_addf(out, "\n\n" STR_FMT ", made from commit " STR_FMT,
	         STR_ARG(plan->options->date),
	         STR_ARG(oid_hex(&plan->options->source, 12, &arena)));
	if (plan->previous) {
		buf_addz(out, ", after ");
		md_text(out, plan->previous->name);
	}
	buf_addz(out, ": ");
	release_plan_summary(out, plan);
	buf_addz(out, ".\n");
	for (size_t i = 0; i < ARRAY_LEN(sections); i++)
		add_section(out, plan, i);
	add_files(out, plan);
	add_counts(out, plan);
	add_people(out, plan);
}
