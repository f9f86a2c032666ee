/*
 * history.c - the lines of a history, and what they say together
 */
#include "version/version.h"

#include "base/limits.h"

#define VERSION_MAX 999999

struct str history_key(const struct roles *roles)
{
	return roles->history && roles->history->n == 1 ? roles->history->steps[0].key
	                                                : STR_NONE;
}

static int read_version(const struct doc_node *line)
{
	const struct doc_node *v = doc_get(line, "version");

	return v && v->kind == DOC_NUMBER && v->fits && v->integer > 0 &&
	                       v->integer <= VERSION_MAX
	               ? (int)v->integer
	               : 0;
}

static void read_successors(struct history_line *out, const struct doc_node *list,
                            struct arena *arena)
{
	struct str *ids;

	if (!list || list->kind != DOC_LIST)
		return;
	ids = arena_array(arena, struct str, list->n);
	for (uint32_t i = 0; i < list->n; i++)
		ids[i] = doc_text(&list->items[i]);
	out->successors = ids;
	out->successors_n = list->n;
}

/*
 * Returns what is wrong with NODE, or NULL. A line that has a version and an event counts, even
 * when it lacks something else.
 */
static const char *read_line(struct history_line *out, const struct doc_node *node,
                             struct arena *arena)
{
	const struct doc_node *sources = doc_get(node, "sources");

	*out = (struct history_line){.node = node, .sources = -1};
	if (node->kind != DOC_MAP)
		return "is no map";
	if (!event_parse(&out->event, doc_text(doc_get(node, "event"))))
		return "has no event that stemma knows";
	out->version = read_version(node);
	if (!out->version)
		return "has no version, a whole number from 1 on";
	out->date = doc_text(doc_get(node, "date"));
	out->by = doc_text(doc_get(node, "by"));
	out->content = doc_text(doc_get(node, "content"));
	out->reason = doc_text(doc_get(node, "reason"));
	out->note = doc_text(doc_get(node, "note"));
	out->duplicate_of = doc_text(doc_get(node, "duplicate_of"));
	if (sources && sources->kind == DOC_NUMBER && sources->fits)
		out->sources = sources->integer;
	read_successors(out, doc_get(node, "successors"), arena);
	if (!out->date.n)
		return "has no date";
	if (!out->by.n)
		return "does not say by whom";
	return out->content.n ? NULL : "has no fingerprint of the content";
}

void history_read(struct history *out, const struct roles *roles,
                  const struct doc_node *root, struct arena *arena)
{
	const struct doc_node *node = path_first(roles->history, root);
	struct history_line *lines;

	*out = (struct history){.node = node};
	if (!node || node->kind == DOC_NULL)
		return;
	if (node->kind != DOC_LIST) {
		out->bad = node;
		out->bad_why = "is no list of lines";
		return;
	}
	if (node->n > LIMIT_HISTORY_LINES) {
		out->bad = &node->items[LIMIT_HISTORY_LINES];
		out->bad_why = "is one too many";
		return;
	}
	lines = arena_array(arena, struct history_line, node->n);
	out->lines = lines;
	for (uint32_t i = 0; i < node->n; i++) {
		const char *why = read_line(&lines[out->n], &node->items[i], arena);

		if (why && !out->bad) {
			out->bad = &node->items[i];
			out->bad_why = why;
		}
		out->n += lines[out->n].version != 0;
	}
}

const struct history_line *history_approved(const struct history *h, size_t n,
                                            int version)
{
	for (size_t i = 0; i < n; i++)
		if (h->lines[i].event == EVENT_APPROVED && h->lines[i].version == version)
			return &h->lines[i];
	return NULL;
}

const struct history_line *history_version_of(const struct history *h, struct str content)
{
	for (size_t i = h->n; i > 0 && content.n; i--)
		if (h->lines[i - 1].event == EVENT_APPROVED &&
		    str_eq(h->lines[i - 1].content, content))
			return &h->lines[i - 1];
	return NULL;
}

void standing_step(struct standing *s, const struct history_line *l)
{
	if (event_is_public(l->event)) {
		s->public_version = l->version;
		s->public_state = l->event == EVENT_WITHDRAWN    ? STATE_WITHDRAWN
		                  : l->event == EVENT_DEPRECATED ? STATE_DEPRECATED
		                                                 : STATE_PUBLISHED;
		return;
	}
	s->open = l->event == EVENT_REVIEW ? l->version : 0;
	s->open_content = l->event == EVENT_REVIEW ? l->content : STR_NONE;
	s->open_by = l->event == EVENT_REVIEW ? l->by : STR_NONE;
	if (l->event == EVENT_APPROVED && l->version > s->approved) {
		s->approved = l->version;
		s->approved_content = l->content;
	}
}

struct standing history_standing(const struct history *h, size_t n)
{
	struct standing s = STANDING_INIT;

	for (size_t i = 0; i < n; i++)
		standing_step(&s, &h->lines[i]);
	return s;
}

enum state standing_public(const struct standing *s, int version)
{
	if (s->public_state == STATE_WITHDRAWN || s->public_version == version)
		return s->public_state;
	return STATE_PUBLISHED;
}

struct working history_working(const struct history *h, struct str content)
{
	struct standing s = history_standing(h, h->n);
	struct working w = {.state = STATE_DRAFT, .version = s.approved + 1};
	size_t last = h->n;

	while (last && event_is_public(h->lines[last - 1].event))
		last--;
	if (!last || !content.n || !str_eq(h->lines[last - 1].content, content))
		return w;
	if (h->lines[last - 1].event == EVENT_RETURNED)
		return w;
	w.state = h->lines[last - 1].event == EVENT_APPROVED ? STATE_APPROVED
	                                                     : STATE_REVIEW;
	w.version = h->lines[last - 1].version;
	w.date = h->lines[last - 1].date;
	w.line = last;
	return w;
}

struct working version_working(const struct roles *roles, const struct doc_node *root)
{
	CLEANUP(arena_release) struct arena arena = {0};
	char print[FINGERPRINT_SIZE];
	const struct doc_node *bad;
	struct history h;

	history_read(&h, roles, root, &arena);
	if (!h.n || !version_fingerprint(print, root, history_key(roles), &bad))
		return history_working(&h, STR_NONE);
	return history_working(&h, str_of(print));
}

static size_t count_items(const struct history *h)
{
	return h->node && h->node->kind == DOC_LIST ? h->node->n : 0;
}

enum history_relation history_relate(size_t *same_n, const struct history *old,
                                     const struct history *new)
{
	size_t n = 0, old_n = count_items(old), new_n = count_items(new);

	while (n < old_n && n < new_n &&
	       doc_equal(&old->node->items[n], &new->node->items[n]))
		n++;
	*same_n = n;
	if (n == old_n && n == new_n)
		return HISTORY_SAME;
	if (n == old_n)
		return HISTORY_APPENDED;
	return n == new_n ? HISTORY_REMOVED : HISTORY_CHANGED;
}
