#include "render/change_internal.h"
#include "render/md.h"

#include "base/limits.h"

/* One value or sentence at a time, raw, before it is escaped. */
struct page {
	struct buf *out;
	struct buf raw;
};

static void flush(struct page *p)
{
	md_text(p->out, buf_str(&p->raw));
	buf_reset(&p->raw);
}

static void add_value(struct page *p, const struct doc_node *node, bool quoted)
{
	change_value(&p->raw, node, quoted);
	flush(p);
}

static void add_words(struct page *p, const struct field_change *c)
{
	static const char *const before[] = {"", "<del>", "<ins>"};
	static const char *const after[] = {"", "</del>", "</ins>"};
	CLEANUP(arena_release) struct arena scratch = {0};
	struct word_list words = {0};

	change_words(&words, c->old->text, c->new->text, &scratch);
	for (size_t i = 0; i < words.n; i++) {
		buf_addz(p->out, before[words.items[i].kind]);
		change_piece(&p->raw, &words.items[i]);
		flush(p);
		buf_addz(p->out, after[words.items[i].kind]);
	}
}

static void add_field(struct page *p, const struct field_change *c)
{
	const struct doc_node *only = c->new ? c->new : c->old;
	bool quoted = change_quotes(c);

	buf_addz(p->out, "  - **");
	md_text(p->out, c->place.n ? c->place : STR("content"));
	buf_addz(p->out, "**");
	if (c->kind == CHANGE_MOVED) {
		buf_addz(p->out, ": in another order");
	} else if (c->kind != CHANGE_CHANGED) {
		buf_addf(p->out, " %s", change_kind_name(c->kind));
		if (!c->named) {
			buf_addz(p->out, ": ");
			add_value(p, only, false);
		}
	} else {
		buf_addz(p->out, ": ");
		if (change_is_long(c)) {
			add_words(p, c);
		} else {
			add_value(p, c->old, quoted);
			buf_addz(p->out, " → ");
			add_value(p, c->new, quoted);
		}
	}
	buf_addc(p->out, '\n');
}

static void add_fields(struct page *p, const struct change_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		add_field(p, &list->items[i]);
	if (!list->dropped)
		return;
	buf_addz(p->out, "  - and ");
	add_count(p->out, list->dropped, "more difference");
	buf_addc(p->out, '\n');
}

void change_md_fields(struct buf *out, const struct change_list *list)
{
	struct page p = {.out = out, .raw = BUF_INIT(LIMIT_OUTPUT_BYTES)};

	add_fields(&p, list);
	buf_release(&p.raw);
}

static void add_entry(struct page *p, const struct entry_change *c)
{
	const char *remark = change_remark(c);

	buf_addz(p->out, "- **");
	md_text(p->out, c->id);
	buf_addz(p->out, "** (");
	md_text(p->out, c->collection);
	change_versions(&p->raw, c, " → ");
	buf_addz(p->out, p->raw.n ? ", " : "");
	flush(p);
	buf_addz(p->out, ")\n");
	if (c->old_path.s && c->new_path.s && !str_eq(c->old_path, c->new_path)) {
		buf_addz(p->out, "  - moved from ");
		md_text(p->out, c->old_path);
		buf_addz(p->out, " to ");
		md_text(p->out, c->new_path);
		buf_addc(p->out, '\n');
	}
	if (remark)
		buf_addf(p->out, "  - %s\n", remark);
	if (c->kind == ENTRY_CHANGED)
		add_fields(p, &c->fields);
	for (size_t i = 0; i < c->events_n; i++) {
		buf_addz(p->out, "  - **history**: ");
		change_event(&p->raw, &c->events[i]);
		flush(p);
		buf_addc(p->out, '\n');
	}
}

static void add_ids(struct page *p, const struct change_ids *ids, const char *what)
{
	if (!ids->n)
		return;
	buf_addf(p->out, "  - terms %s: ", what);
	for (size_t i = 0; i < ids->n; i++) {
		buf_addz(p->out, i ? ", " : "");
		md_text(p->out, ids->items[i]);
	}
	buf_addc(p->out, '\n');
}

static void add_files(struct page *p, const struct change_set *set)
{
	if (set->files_n)
		buf_addz(p->out, "\n## Shared files\n\n");
	for (size_t i = 0; i < set->files_n; i++) {
		const struct file_change *f = &set->files[i];

		buf_addz(p->out, "- **");
		md_text(p->out, f->path);
		buf_addf(p->out, "** (%s) %s\n", shared_kind_name(f->what),
		         f->kind == ENTRY_LAYOUT ? "only laid out"
		                                 : entry_change_name(f->kind));
		add_ids(p, &f->terms_added, "added");
		add_ids(p, &f->terms_removed, "removed");
		add_ids(p, &f->terms_changed, "changed");
		if (f->what != SHARED_VOCABULARY)
			add_fields(p, &f->fields);
	}
}

static void add_section(struct page *p, const struct change_set *set,
                        enum entry_change_kind kind)
{
	static const char *const titles[] = {
	        [ENTRY_ADDED] = "Added",          [ENTRY_REMOVED] = "Removed",
	        [ENTRY_CHANGED] = "Changed",      [ENTRY_MOVED] = "Moved",
	        [ENTRY_LAYOUT] = "Only laid out", [ENTRY_HISTORY] = "Only in history"};

	if (!set->counts[kind])
		return;
	buf_addf(p->out, "\n## %s\n\n", titles[kind]);
	for (size_t i = 0; i < set->entries_n; i++)
		if (set->entries[i].kind == kind)
			add_entry(p, &set->entries[i]);
}

void change_md(struct buf *out, const struct change_set *set,
               const struct change_style *s)
{
	struct page p = {.out = out, .raw = BUF_INIT(LIMIT_OUTPUT_BYTES)};

	(void)s;
	buf_addz(out, "# Changes from ");
	md_text(out, set->old_name);
	buf_addz(out, " to ");
	md_text(out, set->new_name);
	buf_addz(out, "\n\n");
	if (set->entries_n || set->files_n)
		change_counts(out, set);
	else
		buf_addz(out, "No differences");
	buf_addz(out, ".\n");
	for (int kind = 0; kind < ENTRY_KINDS; kind++)
		add_section(&p, set, (enum entry_change_kind)kind);
	add_files(&p, set);
	buf_release(&p.raw);
}
