#include "change/internal.h"

#define ENTRY(symbol, name) #name,
static const char *const entry_names[] = {ENTRY_CHANGES(ENTRY)};
#undef ENTRY

#define SHARED(symbol, name) #name,
static const char *const shared_names[] = {SHARED_KINDS(SHARED)};
#undef SHARED

const char *entry_change_name(enum entry_change_kind k)
{
	return entry_names[k];
}

const char *shared_kind_name(enum shared_kind k)
{
	return shared_names[k];
}

/* ---- history lines ---- */

/* The history of a content; NULL when there is none or it is part of the content. */
static const struct doc_node *history_of(const struct roles *roles,
                                         const struct doc_node *root)
{
	struct str key = change_history_key(roles);
	const struct doc_member *m = key.s ? doc_member(root, key) : NULL;

	return m ? &m->value : NULL;
}

static uint32_t lines_of(const struct doc_node *history)
{
	return history && history->kind == DOC_LIST ? history->n : 0;
}

static int version_of(const struct doc_node *line)
{
	const struct doc_node *v = doc_get(line, "version");

	return v && v->kind == DOC_NUMBER && v->fits && v->integer > 0 &&
	                       v->integer < 1000000
	               ? (int)v->integer
	               : 0;
}

/* Whether NEW starts with the lines of OLD. */
static bool is_continued(const struct doc_node *old, const struct doc_node *new)
{
	if (!old)
		return !new || new->kind == DOC_LIST;
	if (!new)
		return old->kind == DOC_LIST && !old->n;
	if (old->kind != DOC_LIST || new->kind != DOC_LIST)
		return doc_equal(old, new);
	for (uint32_t i = 0; i < old->n; i++)
		if (i >= new->n || !doc_equal(&old->items[i], &new->items[i]))
			return false;
	return true;
}

static void compare_history(struct entry_change *c, const struct doc_node *old,
                            const struct doc_node *new, struct arena *arena)
{
	uint32_t from = lines_of(old), n = lines_of(new);

	c->history_rewritten = !is_continued(old, new);
	if (c->history_rewritten || from >= n)
		return;
	c->events = arena_array(arena, struct change_event, n - from);
	for (; from < n; from++) {
		const struct doc_node *line = &new->items[from];

		c->events[c->events_n++] = (struct change_event){
		        .version = version_of(line),
		        .event = doc_text(doc_get(line, "event")),
		        .date = doc_text(doc_get(line, "date")),
		        .by = doc_text(doc_get(line, "by")),
		        .reason = doc_text(doc_get(line, "reason")),
		};
	}
}

/* ---- entries ---- */

/* There are two contents that are the same but for the history. */
static enum entry_change_kind kind_of_same(const struct entry_change *c)
{
	if (c->events_n || c->history_rewritten)
		return ENTRY_HISTORY;
	return str_eq(c->old_path, c->new_path) ? ENTRY_LAYOUT : ENTRY_MOVED;
}

bool change_classify(struct entry_change *c, const struct roles *roles,
                     const struct doc_node *old, const struct doc_node *new,
                     struct str old_bytes, struct str new_bytes, struct arena *arena)
{
	bool same_bytes = old_bytes.s && new_bytes.s && str_eq(old_bytes, new_bytes);

	if ((!old_bytes.s && !new_bytes.s) ||
	    (same_bytes && str_eq(c->old_path, c->new_path)))
		return false;
	c->old_unreadable = old_bytes.s && !old;
	c->new_unreadable = new_bytes.s && !new;
	if (!c->old_unreadable && !c->new_unreadable && !same_bytes) {
		change_fields(&c->fields, roles, old, new, arena);
		if (new)
			compare_history(c, history_of(roles, old), history_of(roles, new),
			                arena);
	}
	if (!old_bytes.s || !new_bytes.s)
		c->kind = old_bytes.s ? ENTRY_REMOVED : ENTRY_ADDED;
	else if (c->fields.n || c->fields.dropped ||
	         ((c->old_unreadable || c->new_unreadable) && !same_bytes))
		c->kind = ENTRY_CHANGED;
	else
		c->kind = kind_of_same(c);
	return true;
}

/* ---- shared files ---- */

static void add_id(struct change_ids *ids, struct str id, struct arena *arena)
{
	*arena_push(arena, ids->items, ids->n, ids->cap) = id;
}

/* The terms of a vocabulary, or NULL. */
static const struct doc_node *terms_of(const struct doc_node *root)
{
	const struct doc_node *terms = doc_get(root, "terms");

	return terms && terms->kind == DOC_MAP ? terms : NULL;
}

/* Terms of A that B does not have go to ONLY; those that differ to CHANGED, when not NULL. */
static void compare_terms(const struct doc_node *a, const struct doc_node *b,
                          struct change_ids *only, struct change_ids *changed,
                          struct arena *arena)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	struct map others;

	map_init(&others, &scratch);
	for (uint32_t i = 0; b && i < b->n; i++)
		map_set(&others, b->members[i].key, &b->members[i].value);
	for (uint32_t i = 0; a && i < a->n; i++) {
		const struct doc_member *m = &a->members[i];
		const struct doc_node *other = map_get(&others, m->key);

		if (!other)
			add_id(only, m->key, arena);
		else if (changed && !doc_equal(other, &m->value))
			add_id(changed, m->key, arena);
	}
}

bool change_classify_file(struct file_change *f, const struct doc_node *old,
                          const struct doc_node *new, struct str old_bytes,
                          struct str new_bytes, struct arena *arena)
{
	if ((!old_bytes.s && !new_bytes.s) ||
	    (old_bytes.s && new_bytes.s && str_eq(old_bytes, new_bytes)))
		return false;
	if (old && new)
		change_fields(&f->fields, NULL, old, new, arena);
	if (!old_bytes.s || !new_bytes.s)
		f->kind = old_bytes.s ? ENTRY_REMOVED : ENTRY_ADDED;
	else if (old && new && !f->fields.n && !f->fields.dropped)
		f->kind = ENTRY_LAYOUT;
	else
		f->kind = ENTRY_CHANGED;
	if (f->what != SHARED_VOCABULARY)
		return true;
	compare_terms(terms_of(new), terms_of(old), &f->terms_added, &f->terms_changed,
	              arena);
	compare_terms(terms_of(old), terms_of(new), &f->terms_removed, NULL, arena);
	return true;
}
