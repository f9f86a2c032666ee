#include "render/change_internal.h"

#include "base/limits.h"
#include "base/text.h"

#include <string.h>

#define LONG_TEXT 40 /* bytes from which words are told apart */
#define KEPT_SHOWN 120 /* characters of a kept piece at each of its ends */

#define FORMAT(symbol, name) #name,
const char *const change_format_names[] = {CHANGE_FORMATS(FORMAT) NULL};
#undef FORMAT

#define FORMAT(symbol, name) change_##name,
static void (*const renderers[])(struct buf *, const struct change_set *,
                                 const struct change_style *) = {CHANGE_FORMATS(FORMAT)};
#undef FORMAT

void change_render(struct buf *out, const struct change_set *set,
                   enum change_format format, const struct change_style *style)
{
	renderers[format](out, set, style);
}

/* S up to its N-th character. */
static struct str start_of(struct str s, size_t n)
{
	size_t at = 0;

	while (n-- && at < s.n)
		text_next(s, &at);
	return str_sub(s, 0, at);
}

/* S from about its N-th character from behind. */
static struct str end_of(struct str s, size_t n)
{
	size_t at = s.n;

	while (n-- && at)
		do
			at--;
		while (at && ((unsigned char)s.s[at] & 0xC0) == 0x80);
	return str_sub(s, at, s.n);
}

static void add_cut(struct buf *out, struct str s)
{
	struct str shown = start_of(s, LIMIT_CHANGE_SHOWN);

	buf_add(out, shown);
	if (shown.n < s.n)
		buf_addz(out, "...");
}

/* More than can be shown is not written out either. */
static bool is_full(const struct buf *out)
{
	return out->n > 4 * LIMIT_CHANGE_SHOWN;
}

static void add_node(struct buf *out, const struct doc_node *node, bool quoted)
{
	switch ((enum doc_kind)node->kind) {
	case DOC_NULL:
		buf_addz(out, "null");
		break;
	case DOC_BOOL:
		buf_addz(out, node->truth ? "true" : "false");
		break;
	case DOC_NUMBER:
		buf_add(out, start_of(node->text, LIMIT_CHANGE_SHOWN + 1));
		break;
	case DOC_STRING:
		if (quoted || !node->text.n)
			doc_json_string(out,
			                start_of(node->text, LIMIT_CHANGE_SHOWN + 1));
		else
			buf_add(out, start_of(node->text, LIMIT_CHANGE_SHOWN + 1));
		break;
	case DOC_LIST:
		buf_addc(out, '[');
		for (uint32_t i = 0; i < node->n && !is_full(out); i++) {
			buf_addz(out, i ? ", " : "");
			add_node(out, &node->items[i], true);
		}
		buf_addc(out, ']');
		break;
	case DOC_MAP:
		buf_addc(out, '{');
		for (uint32_t i = 0; i < node->n && !is_full(out); i++) {
			buf_addz(out, i ? ", " : "");
			buf_add(out, node->members[i].key);
			buf_addz(out, ": ");
			add_node(out, &node->members[i].value, true);
		}
		buf_addc(out, '}');
		break;
	}
}

void change_value(struct buf *out, const struct doc_node *node, bool quoted)
{
	CLEANUP(buf_release) struct buf all = BUF_INIT(LIMIT_OUTPUT_BYTES);

	add_node(&all, node, quoted);
	add_cut(out, buf_str(&all));
}

bool change_quotes(const struct field_change *c)
{
	return c->old && c->new && c->old->kind != c->new->kind;
}

bool change_is_long(const struct field_change *c)
{
	return c->kind == CHANGE_CHANGED && c->old->kind == DOC_STRING &&
	       c->new->kind == DOC_STRING &&
	       c->old->text.n + c->new->text.n > 2 * LONG_TEXT;
}

void change_piece(struct buf *out, const struct word_piece *piece)
{
	struct str start = start_of(piece->text, KEPT_SHOWN);
	struct str end = end_of(piece->text, KEPT_SHOWN);

	if (piece->kind != WORD_KEPT) {
		add_cut(out, piece->text);
	} else if (start.n + end.n >= piece->text.n) {
		buf_add(out, piece->text);
	} else {
		size_t last = str_rfind(start, ' '), first = str_find(end, ' ');

		/* Whole words, where there are any. */
		buf_add(out, str_sub(start, 0, last));
		buf_addz(out, " ...");
		buf_addz(out, first < end.n ? "" : " ");
		buf_add(out, first < end.n ? str_sub(end, first, end.n) : end);
	}
}

/* "v1" is published (or not known to be anything else), "draft v2" is not. */
static void add_version(struct buf *out, int version, const char *state)
{
	if (state && strcmp(state, "published") != 0)
		buf_addf(out, "%s ", state);
	buf_addf(out, "v%d", version);
}

void change_versions(struct buf *out, const struct entry_change *c, const char *arrow)
{
	CLEANUP(buf_release) struct buf old = BUF_INIT(1024);
	CLEANUP(buf_release) struct buf new = BUF_INIT(1024);

	if (c->old_version)
		add_version(&old, c->old_version, c->old_state);
	if (c->new_version)
		add_version(&new, c->new_version, c->new_state);
	buf_add(out, buf_str(&old));
	if (str_eq(buf_str(&old), buf_str(&new)))
		return;
	if (old.n && new.n)
		buf_addz(out, arrow);
	buf_add(out, buf_str(&new));
}

void change_event(struct buf *out, const struct change_event *e)
{
	if (e->event.s)
		add_cut(out, e->event);
	else
		buf_addz(out, "a line without an event");
	if (e->version)
		buf_addf(out, " v%d", e->version);
	if (e->date.n) {
		buf_addz(out, ", ");
		add_cut(out, e->date);
	}
	if (e->by.n) {
		buf_addz(out, ", by ");
		add_cut(out, e->by);
	}
	if (e->reason.n) {
		buf_addz(out, ": ");
		add_cut(out, e->reason);
	}
}

static void add_kinds(struct buf *out, const size_t counts[ENTRY_KINDS])
{
	static const char *const words[] = {
	        [ENTRY_ADDED] = "added",          [ENTRY_REMOVED] = "removed",
	        [ENTRY_CHANGED] = "changed",      [ENTRY_MOVED] = "moved",
	        [ENTRY_LAYOUT] = "only laid out", [ENTRY_HISTORY] = "only in history"};
	const char *join = " (";

	for (size_t i = 0; i < ENTRY_KINDS; i++) {
		if (!counts[i])
			continue;
		buf_addf(out, "%s%zu %s", join, counts[i], words[i]);
		join = ", ";
	}
	buf_addc(out, ')');
}

void change_counts(struct buf *out, const struct change_set *set)
{
	if (set->entries_n) {
		buf_addf(out, "%zu %s", set->entries_n,
		         set->entries_n == 1 ? "entry" : "entries");
		add_kinds(out, set->counts);
	}
	if (set->entries_n && set->files_n)
		buf_addz(out, "; ");
	if (set->files_n) {
		add_count(out, set->files_n, "shared file");
		add_kinds(out, set->file_counts);
	}
}

const char *change_remark(const struct entry_change *c)
{
	if (c->new_unreadable)
		return "the new file cannot be read as an entry: see stemma validate";
	if (c->old_unreadable)
		return "the old file cannot be read as an entry";
	if (c->history_rewritten)
		return "history lines were changed, removed or put in another order";
	if (c->kind == ENTRY_LAYOUT)
		return "the same content: comments, order of keys or quoting differ";
	return NULL;
}
