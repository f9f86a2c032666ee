/*
 * log.c - the versions of an entry for people: a line a version, and what was said below it
 */
#include "render/log.h"

#include "base/limits.h"
#include "base/text.h"
#include "render/internal.h"

#define COMMIT_DIGITS 10
#define COLUMNS 6
#define BOLD "\033[1m"
#define DIM "\033[2m"
#define PLAIN "\033[0m"

/* One line, cell by cell. */
struct line {
	struct buf cells[COLUMNS];
};

static void line_release(struct line *l)
{
	for (int i = 0; i < COLUMNS; i++)
		buf_release(&l->cells[i]);
}

static void line_of(struct line *l, const struct log_version *v)
{
	CLEANUP(arena_release) struct arena arena = {0};

	for (int i = 0; i < COLUMNS; i++)
		l->cells[i] = BUF_INIT(LIMIT_FILE_BYTES);
	buf_addf(&l->cells[0], "v%d", v->version);
	buf_addz(&l->cells[1], state_name(v->state));
	add_visible(&l->cells[2], v->date);
	add_count(&l->cells[3], v->sources, "source");
	if (v->release) {
		add_visible(&l->cells[4], v->release->name);
		buf_addf(&l->cells[4], " " STR_FMT,
		         STR_ARG(oid_hex(&v->release->commit, COMMIT_DIGITS, &arena)));
	} else if (v->state == STATE_APPROVED) {
		buf_addz(&l->cells[4], "not released");
	}
	add_visible(&l->cells[5], v->by);
}

static void measure(size_t width[COLUMNS], const struct entry_log *log)
{
	for (size_t i = 0; i < log->n; i++) {
		CLEANUP(line_release) struct line l;

		line_of(&l, &log->versions[i]);
		for (int k = 0; k < COLUMNS; k++) {
			size_t w = text_width(buf_str(&l.cells[k]));

			width[k] = w > width[k] ? w : width[k];
		}
	}
}

static void put_line(struct buf *out, const struct log_version *v,
                     const size_t width[COLUMNS], const struct log_style *style)
{
	CLEANUP(line_release) struct line l;
	size_t gap = 0;

	line_of(&l, v);
	buf_addz(out, style->colour ? BOLD : "");
	for (int k = 0; k < COLUMNS; k++) {
		struct str text = buf_str(&l.cells[k]);

		if (text.n) { /* blanks are owed until something follows */
			buf_fill(out, ' ', gap);
			buf_add(out, text);
			gap = 0;
		}
		if (width[k])
			gap += width[k] - text_width(text) + 2;
		if (k == 1)
			buf_addz(out, style->colour ? PLAIN : "");
	}
	buf_addc(out, '\n');
}

static void put_detail(struct buf *out, const char *name, struct str text)
{
	if (!text.n)
		return;
	buf_addf(out, "    %s: ", name);
	add_visible(out, text);
	buf_addc(out, '\n');
}

static void put_event(struct buf *out, const struct history_line *e)
{
	buf_addf(out, "    %-10s  ", event_name(e->event));
	add_visible(out, e->date);
	buf_addz(out, "  ");
	add_visible(out, e->by);
	buf_addc(out, '\n');
	if (e->reason.n) {
		buf_addz(out, "    ");
		put_detail(out, "reason", e->reason);
	}
	for (size_t i = 0; i < e->successors_n; i++) {
		buf_addz(out, "    ");
		put_detail(out, "successor", e->successors[i]);
	}
	if (e->duplicate_of.n) {
		buf_addz(out, "    ");
		put_detail(out, "duplicate of", e->duplicate_of);
	}
	if (e->note.n) {
		buf_addz(out, "    ");
		put_detail(out, "note", e->note);
	}
}

void log_text(struct buf *out, const struct entry_log *log, const struct log_style *style)
{
	size_t width[COLUMNS] = {0};

	measure(width, log);
	for (size_t i = 0; i < log->n; i++) {
		const struct log_version *v = &log->versions[i];

		put_line(out, v, width, style);
		if (!style->events)
			put_detail(out, "reason", v->reason);
		for (size_t k = 0; k < v->events_n && style->events; k++)
			put_event(out, v->events[k]);
	}
}
