/*
 * blame.c - since when each value is what it is: a line a value
 */
#include "render/blame.h"

#include "base/limits.h"
#include "base/text.h"
#include "render/change_internal.h"
#include "render/jansson.h"

#include <time.h>

#define COMMIT_DIGITS 12
#define PLACE_MAX 40 /* columns of a place that others are aligned with */
#define VALUE_MIN 16 /* columns of a value, however narrow the screen */
#define GAP 2
#define DIM "\033[2m"
#define YELLOW "\033[33m"
#define PLAIN "\033[0m"

enum { PLACE, VERSION, COMMIT, DATE, AUTHOR, COLUMNS };

static struct tm local_time(const struct blame_origin *o)
{
	time_t at = (time_t)(o->time + (int64_t)o->offset * 60);
	struct tm tm = {0};

	(void)gmtime_r(&at, &tm); /* a year past all bounds stays 1900 */
	return tm;
}

static bool is_committed(const struct blame_origin *o)
{
	return !oid_is_zero(&o->commit);
}

static void add_cell(struct buf *out, const struct blame_field *f, int column)
{
	CLEANUP(arena_release) struct arena arena = {0};
	const struct blame_origin *o = f->origin;
	struct tm tm;

	switch (column) {
	case PLACE:
		add_visible(out, f->leaf.place.n ? f->leaf.place : STR("(all)"));
		break;
	case VERSION:
		if (o->version)
			buf_addf(out, "%s v%d", o->state, o->version);
		break;
	case COMMIT:
		if (is_committed(o))
			buf_addf(out, "%s" STR_FMT, o->older ? "^" : "",
			         STR_ARG(oid_hex(&o->commit, COMMIT_DIGITS, &arena)));
		else
			buf_addz(out, "not committed");
		break;
	case DATE:
		tm = local_time(o);
		if (is_committed(o))
			buf_addf(out, "%04d-%02d-%02d", tm.tm_year + 1900, tm.tm_mon + 1,
			         tm.tm_mday);
		break;
	default:
		add_visible(out, o->author);
		break;
	}
}

static size_t cell_width(const struct blame_field *f, int column)
{
	CLEANUP(buf_release) struct buf cell = BUF_INIT(LIMIT_OUTPUT_BYTES);

	add_cell(&cell, f, column);
	return text_width(buf_str(&cell));
}

static void measure(size_t width[COLUMNS], const struct blame *b)
{
	for (size_t i = 0; i < b->n; i++)
		for (int k = 0; k < COLUMNS; k++) {
			size_t w = cell_width(&b->fields[i], k);

			if (w > width[k] && (k != PLACE || w <= PLACE_MAX))
				width[k] = w;
		}
}

/* The value in what is left of the line. */
static void add_value(struct buf *out, const struct blame_field *f, size_t room)
{
	CLEANUP(buf_release) struct buf raw = BUF_INIT(LIMIT_OUTPUT_BYTES);
	CLEANUP(buf_release) struct buf shown = BUF_INIT(LIMIT_OUTPUT_BYTES);
	struct str text;
	size_t at = 0, used = 0, cut = 0;

	change_value(&raw, f->leaf.node, false);
	add_visible(&shown, buf_str(&raw));
	text = buf_str(&shown);
	while (at < text.n) {
		used += (size_t)text_char_width(text_next(text, &at));
		if (used + 3 <= room)
			cut = at;
	}
	buf_add(out, used <= room ? text : str_sub(text, 0, cut));
	buf_addz(out, used <= room ? "" : "...");
}

static void put_line(struct buf *out, const struct blame_field *f,
                     const size_t width[COLUMNS], const struct blame_style *style)
{
	const char *ink = is_committed(f->origin) ? DIM : YELLOW;
	size_t column = 0, at = 0;

	for (int k = 0; k < COLUMNS; k++) {
		CLEANUP(buf_release) struct buf cell = BUF_INIT(LIMIT_OUTPUT_BYTES);

		if (!width[k])
			continue;
		add_cell(&cell, f, k);
		buf_addz(out, style->colour && k == COMMIT ? ink : "");
		buf_add(out, buf_str(&cell));
		buf_addz(out, style->colour && k == COMMIT ? PLAIN : "");
		at += text_width(buf_str(&cell));
		column += width[k] + GAP;
		buf_fill(out, ' ', at + GAP <= column ? column - at : GAP);
		at = at + GAP <= column ? column : at + GAP;
	}
	add_value(out, f,
	          at + VALUE_MIN < (size_t)style->width ? (size_t)style->width - at
	                                                : VALUE_MIN);
	buf_addc(out, '\n');
}

void blame_text(struct buf *out, const struct blame *b, const struct blame_style *style)
{
	size_t width[COLUMNS] = {0};

	measure(width, b);
	for (size_t i = 0; i < b->n; i++)
		put_line(out, &b->fields[i], width, style);
	if (!b->dropped)
		return;
	buf_addz(out, "and ");
	add_count(out, b->dropped, "more value");
	buf_addc(out, '\n');
}

/* ---- JSON ---- */

static json_t *null(void)
{
	return jansson_must(json_null());
}

/* RFC 3339, in the author's own time. */
static json_t *time_text(const struct blame_origin *o)
{
	CLEANUP(buf_release) struct buf text = BUF_INIT(LIMIT_FILE_BYTES);
	int minutes = o->offset < 0 ? -o->offset : o->offset;
	struct tm tm = local_time(o);

	buf_addf(&text, "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", tm.tm_year + 1900,
	         tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec,
	         o->offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
	return jansson_text(buf_str(&text));
}

static json_t *commit(const struct blame_origin *o)
{
	CLEANUP(arena_release) struct arena arena = {0};

	if (!is_committed(o))
		return null();
	return jansson_must(json_pack("{s:o, s:o, s:o, s:o}", "id",
	                              jansson_text(oid_hex(&o->commit, OID_HEX, &arena)),
	                              "author", jansson_text(o->author), "mail",
	                              jansson_text(o->mail), "date", time_text(o)));
}

static json_t *one_field(const struct blame_field *f)
{
	const struct blame_origin *o = f->origin;

	return jansson_must(json_pack(
	        "{s:o, s:o, s:o, s:o, s:o, s:o, s:b}", "pointer",
	        jansson_text(f->leaf.pointer), "place", jansson_text(f->leaf.place),
	        "value", jansson_value(f->leaf.node), "version",
	        o->version ? jansson_count((size_t)o->version) : null(), "state",
	        jansson_text(str_of(o->state)), "commit", commit(o), "older", o->older));
}

void blame_json(struct buf *out, const struct blame *b, const struct blame_subject *of)
{
	json_t *fields = jansson_must(json_array());
	CLEANUP(jansson_release) json_t *all = NULL;

	for (size_t i = 0; i < b->n; i++)
		json_array_append_new(fields, one_field(&b->fields[i]));
	all = jansson_must(json_pack(
	        "{s:s, s:o, s:o, s:o, s:o, s:o, s:o}", "schema", "blame/1", "collection",
	        jansson_text(of->collection), "id", jansson_text(of->id), "path",
	        jansson_text(of->path), "rev", jansson_text(of->rev), "fields", fields,
	        "fields_dropped", jansson_count(b->dropped)));
	jansson_append(out, all, JSON_INDENT(2) | JSON_REAL_PRECISION(15));
	buf_addc(out, '\n');
}
