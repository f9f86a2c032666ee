/*
 * change_text.c - a difference for people: an entry a block, a field a line
 */
#include "render/change_internal.h"

#include "base/limits.h"
#include "base/text.h"

#define LABEL_MAX 28
#define WIDTH_MIN 40
#define INDENT 2 /* of a field: its mark and a blank */
#define GAP 2

#define BOLD "\033[1m"
#define RED "\033[31m"
#define GREEN "\033[32m"
#define YELLOW "\033[33m"
#define PLAIN "\033[0m"

/* From byte `at` of the paragraph on, the colour is `ink` ("": none). */
struct stroke {
	size_t at;
	const char *ink;
};

struct sheet {
	struct buf *out;
	const struct change_style *style;
	struct arena scratch;
	struct buf text; /* the paragraph being made: visible, without colours */
	struct buf raw; /* what is put into it next */
	struct stroke *strokes;
	size_t strokes_n, strokes_cap;
	int label; /* columns of the labels of a block, gap included */
};

/* Append what is in s->raw to the paragraph, in INK. */
static void put_raw(struct sheet *s, const char *ink)
{
	*arena_push(&s->scratch, s->strokes, s->strokes_n, s->strokes_cap) =
	        (struct stroke){s->text.n, ink};
	add_visible(&s->text, buf_str(&s->raw));
	buf_reset(&s->raw);
}

static void put(struct sheet *s, const char *ink, struct str text)
{
	buf_add(&s->raw, text);
	put_raw(s, ink);
}

static void putz(struct sheet *s, const char *ink, const char *text)
{
	put(s, ink, str_of(text));
}

/* Bytes FROM to TO of the paragraph with their colours; stroke *K is the one at FROM. */
static void ink_line(struct sheet *s, size_t from, size_t to, size_t *k)
{
	struct str text = buf_str(&s->text);

	while (from < to) {
		size_t end = to;
		bool coloured;

		while (*k + 1 < s->strokes_n && s->strokes[*k + 1].at <= from)
			++*k;
		if (*k + 1 < s->strokes_n && s->strokes[*k + 1].at < end)
			end = s->strokes[*k + 1].at;
		coloured = s->style->colour && *s->strokes[*k].ink;
		buf_addz(s->out, coloured ? s->strokes[*k].ink : "");
		buf_add(s->out, str_sub(text, from, end - from));
		buf_addz(s->out, coloured ? PLAIN : "");
		from = end;
	}
}

/* Write the paragraph: its first line stands in column USED, the others in INDENT. */
static void flush(struct sheet *s, int used, int indent)
{
	int width = s->style->width > WIDTH_MIN ? s->style->width : WIDTH_MIN;
	struct str text = buf_str(&s->text);
	size_t at = 0, k = 0;

	while (at < text.n) {
		size_t n = text_line(str_sub(text, at, text.n), width - used);
		size_t end = at + n;

		while (end > at && text.s[end - 1] == ' ')
			end--;
		ink_line(s, at, end, &k);
		at += n;
		if (at == text.n)
			break;
		buf_addc(s->out, '\n');
		buf_fill(s->out, ' ', (size_t)indent);
		used = indent;
	}
	buf_addc(s->out, '\n');
	buf_reset(&s->text);
	s->strokes_n = 0;
}

/* Start a line: MARK, and LABEL in its column. Returns the column that is reached. */
static int start(struct sheet *s, char mark, const char *ink, struct str label)
{
	CLEANUP(buf_release) struct buf shown = BUF_INIT(LIMIT_OUTPUT_BYTES);
	int used;

	add_visible(&shown, label);
	used = (int)text_width(buf_str(&shown));
	buf_addz(s->out, s->style->colour ? ink : "");
	buf_addf(s->out, "%c ", mark);
	buf_add(s->out, buf_str(&shown));
	buf_addz(s->out, s->style->colour && *ink ? PLAIN : "");
	if (used + GAP > s->label) {
		buf_addc(s->out, '\n');
		buf_fill(s->out, ' ', (size_t)(INDENT + s->label));
	} else {
		buf_fill(s->out, ' ', (size_t)(s->label - used));
	}
	return INDENT + s->label;
}

static struct str label_of(const struct field_change *c)
{
	return c->place.n ? c->place : STR("(all)");
}

/* The width of the labels of a block: the longest one that is not too long. */
static void measure(struct sheet *s, const struct change_list *list, int least)
{
	s->label = least;
	for (size_t i = 0; i < list->n; i++) {
		int w = (int)text_width(label_of(&list->items[i])) + GAP;

		if (w > s->label && w <= LABEL_MAX)
			s->label = w;
	}
}

static void put_words(struct sheet *s, const struct field_change *c)
{
	static const char *const inks[] = {"", RED, GREEN};
	static const char *const before[] = {"", "[-", "{+"};
	static const char *const after[] = {"", "-]", "+}"};
	CLEANUP(arena_release) struct arena scratch = {0};
	struct word_list words = {0};

	change_words(&words, c->old->text, c->new->text, &scratch);
	for (size_t i = 0; i < words.n; i++) {
		enum word_kind kind = words.items[i].kind;

		buf_addz(&s->raw, s->style->colour ? "" : before[kind]);
		change_piece(&s->raw, &words.items[i]);
		buf_addz(&s->raw, s->style->colour ? "" : after[kind]);
		put_raw(s, inks[kind]);
	}
}

static void put_field(struct sheet *s, const struct field_change *c)
{
	const struct doc_node *only = c->new ? c->new : c->old;
	bool quoted = change_quotes(c), added = c->kind == CHANGE_ADDED;
	const char *ink = added ? GREEN : RED;
	int at;

	if (c->kind == CHANGE_ADDED || c->kind == CHANGE_REMOVED) {
		if (c->named) {
			put(s, ink, added ? STR("+ ") : STR("- "));
			put(s, ink, label_of(c));
			flush(s, 0, INDENT);
			return;
		}
		at = start(s, added ? '+' : '-', ink, label_of(c));
		change_value(&s->raw, only, false);
		put_raw(s, ink);
		flush(s, at, at);
		return;
	}
	at = start(s, ' ', "", label_of(c));
	if (c->kind == CHANGE_MOVED) {
		putz(s, YELLOW, "in another order");
	} else if (change_is_long(c)) {
		put_words(s, c);
	} else {
		change_value(&s->raw, c->old, quoted);
		put_raw(s, RED);
		putz(s, "", " -> ");
		change_value(&s->raw, c->new, quoted);
		put_raw(s, GREEN);
	}
	flush(s, at, at);
}

static void put_fields(struct sheet *s, const struct change_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		put_field(s, &list->items[i]);
	if (!list->dropped)
		return;
	buf_addz(s->out, "  and ");
	add_count(s->out, list->dropped, "more difference");
	buf_addc(s->out, '\n');
}

/* The line above a block: VERB, and TAIL in brackets when it is not empty. */
static void put_head(struct sheet *s, const char *verb, struct str name, struct str tail)
{
	putz(s, BOLD, verb);
	putz(s, BOLD, " ");
	put(s, BOLD, name);
	if (tail.n) {
		putz(s, "", " (");
		put(s, "", tail);
		putz(s, "", ")");
	}
	flush(s, 0, INDENT);
}

/* Ids are unique within a collection: more of them must be told apart. */
static bool has_several_collections(const struct change_set *set)
{
	return set->entries_n && !str_eq(set->entries[0].collection,
	                                 set->entries[set->entries_n - 1].collection);
}

static void put_entry(struct sheet *s, const struct entry_change *c, bool collection)
{
	CLEANUP(buf_release) struct buf tail = BUF_INIT(LIMIT_OUTPUT_BYTES);
	const char *remark = change_remark(c);

	if (collection) {
		buf_add(&tail, c->collection);
		buf_addz(&tail, c->old_version || c->new_version ? ", " : "");
	}
	change_versions(&tail, c, " -> ");
	put_head(s, entry_change_name(c->kind), c->id, buf_str(&tail));
	measure(s, &c->fields, (int)sizeof("history") - 1 + GAP);
	if (c->old_path.s && c->new_path.s && !str_eq(c->old_path, c->new_path)) {
		int at = start(s, ' ', "", STR("file"));

		put(s, RED, c->old_path);
		putz(s, "", " -> ");
		put(s, GREEN, c->new_path);
		flush(s, at, at);
	}
	if (remark) {
		putz(s, c->kind == ENTRY_LAYOUT ? "" : YELLOW, "  ");
		putz(s, c->kind == ENTRY_LAYOUT ? "" : YELLOW, remark);
		flush(s, 0, INDENT);
	}
	put_fields(s, &c->fields);
	for (size_t i = 0; i < c->events_n; i++) {
		int at = start(s, '+', GREEN, STR("history"));

		change_event(&s->raw, &c->events[i]);
		put_raw(s, GREEN);
		flush(s, at, at);
	}
	buf_addc(s->out, '\n');
}

static void put_file(struct sheet *s, const struct file_change *f)
{
	const char *kind = shared_kind_name(f->what);

	put_head(s, entry_change_name(f->kind), f->path, str_of(kind));
	measure(s, &f->fields, GAP);
	put_fields(s, &f->fields);
	buf_addc(s->out, '\n');
}

static void put_end(struct sheet *s, const struct change_set *set)
{
	if (!set->entries_n && !set->files_n) {
		putz(s, "", "no differences between ");
		put(s, "", set->old_name);
		putz(s, "", " and ");
		put(s, "", set->new_name);
	} else {
		put(s, "", set->old_name);
		putz(s, "", " -> ");
		put(s, "", set->new_name);
		putz(s, "", ": ");
		change_counts(&s->raw, set);
		put_raw(s, "");
	}
	flush(s, 0, INDENT);
}

void change_text(struct buf *out, const struct change_set *set,
                 const struct change_style *style)
{
	struct sheet s = {.out = out,
	                  .style = style,
	                  .text = BUF_INIT(LIMIT_OUTPUT_BYTES),
	                  .raw = BUF_INIT(LIMIT_OUTPUT_BYTES)};
	bool several = has_several_collections(set);

	for (size_t i = 0; i < set->entries_n; i++)
		put_entry(&s, &set->entries[i], several);
	for (size_t i = 0; i < set->files_n; i++)
		put_file(&s, &set->files[i]);
	put_end(&s, set);
	buf_release(&s.text);
	buf_release(&s.raw);
	arena_release(&s.scratch);
}
