/*
 * frame.c - code frames: the lines a finding is about, with the place underlined
 *
 * Two measures: a column counts characters (as spans do), x counts cells of the terminal.
 */
#include "render/internal.h"

#include "base/limits.h"
#include "base/text.h"

#include <limits.h>

#define FRAME_CELLS 80u /* of a line's text; what is over is cut */
#define FRAME_TAB 8u
#define FRAME_COLUMN_MAX \
	65536 /* farther to the right there is no frame: it costs a scan */
#define FRAME_MORE 1000 /* columns looked at behind a span's start */

struct frame {
	struct findings *f;
	enum paint colour;
	int gutter; /* digits of the largest line number */
};

/* The marked stretch of one line: columns [from, to). */
struct mark {
	int from, to;
};

/* Where a mark lies: cells [x0, x1); `end`: cells of the line, as far as was looked. */
struct extent {
	size_t x0, x1, end;
};

/* The character at *AT as it is shown from cell X on, into SHOWN; returns its cells. */
static size_t show(struct buf *shown, struct str line, size_t *at, size_t x)
{
	buf_reset(shown);
	if (line.s[*at] == '\t') {
		(*at)++;
		buf_fill(shown, ' ', FRAME_TAB - x % FRAME_TAB);
	} else {
		text_add_visible(shown, line, at);
	}
	return text_width(buf_str(shown));
}

/* Most characters are one cell and shown as they are; far to the right that is many. */
static bool is_plain(char c)
{
	return c >= ' ' && c <= '~';
}

static struct extent measure(struct str line, struct mark m)
{
	struct buf shown = BUF_INIT(64);
	struct extent e = {0};
	bool started = false, ended = false;
	int column = 1;

	for (size_t at = 0; at < line.n && column <= m.from + FRAME_MORE; column++) {
		if (column == m.from) {
			e.x0 = e.end;
			started = true;
		}
		if (column == m.to) {
			e.x1 = e.end;
			ended = true;
		}
		if (is_plain(line.s[at])) {
			at++;
			e.end++;
		} else {
			e.end += show(&shown, line, &at, e.end);
		}
	}
	if (!started)
		e.x0 = e.end;
	if (!ended)
		e.x1 = e.end;
	if (e.x1 <= e.x0)
		e.x1 = e.x0 + 1;
	buf_release(&shown);
	return e;
}

/* The first cell shown: 0 unless the mark would be out of sight. */
static size_t window_start(const struct extent *e)
{
	size_t need = e->x1 - e->x0 < FRAME_CELLS / 3 ? e->x1 : e->x0 + FRAME_CELLS / 3;

	return need <= FRAME_CELLS ? 0 : e->x0 - FRAME_CELLS / 3;
}

/* Append the cells [LO, HI) of LINE; returns whether all the rest of it was shown. */
static bool add_cells(struct buf *out, struct str line, size_t lo, size_t hi)
{
	struct buf shown = BUF_INIT(64);
	size_t x = 0, at = 0, from = out->n;

	for (; x < lo && at < line.n && is_plain(line.s[at]); x++)
		at++;
	while (at < line.n && out->n - from < LIMIT_EXCERPT_BYTES) {
		size_t before = at, width = show(&shown, line, &at, x);

		if (x + width > hi) {
			at = before;
			break;
		}
		/*
		 * What the window's edge cuts through leaves blanks, so that all below
		 * fits.
		 */
		if (x >= lo)
			buf_add(out, buf_str(&shown));
		else if (x + width > lo)
			buf_fill(out, ' ', x + width - lo);
		x += width;
	}
	buf_release(&shown);
	return at == line.n;
}

static void add_gutter(struct frame *fr, int number)
{
	struct buf *out = fr->f->out;

	paint(fr->f, PAINT_FRAME);
	if (number)
		buf_addf(out, "%*d |", fr->gutter, number);
	else
		buf_addf(out, "%*s |", fr->gutter, "");
	paint(fr->f, PAINT_NONE);
}

static void add_line(struct frame *fr, struct str line, int number, struct mark m)
{
	struct buf *out = fr->f->out;
	struct extent e = measure(line, m);
	size_t start = window_start(&e), lo = start + (start > 0);
	size_t hi = start + FRAME_CELLS, x0 = e.x0 < lo ? lo : e.x0;
	size_t x1 = e.x1 > hi ? hi : e.x1;

	add_gutter(fr, number);
	if (line.n)
		buf_addz(out, start ? " …" : " ");
	if (!add_cells(out, line, lo, hi))
		buf_addz(out, "…");
	buf_addc(out, '\n');
	add_gutter(fr, 0);
	buf_fill(out, ' ', 1 + x0 - start);
	paint(fr->f, fr->colour);
	buf_fill(out, '^', x1 - x0);
	paint(fr->f, PAINT_NONE);
	buf_addc(out, '\n');
}

/*
 * The column of the first character that is not blank: what a further line is marked
 * from.
 */
static int first_column(struct str line)
{
	size_t i = 0;

	while (i < line.n && (line.s[i] == ' ' || line.s[i] == '\t') &&
	       i < FRAME_COLUMN_MAX)
		i++;
	return (int)i + 1;
}

/*
 * A span that ends before its line's first character ends with the line above; one
 * without an end is one character long.
 */
static struct span closed(struct span s)
{
	if (s.column < 1)
		s.column = 1;
	if (s.end_line < s.line || s.end_column < 1) {
		s.end_line = s.line;
		s.end_column = s.column + 1;
	}
	if (s.end_line > s.line && s.end_column == 1) {
		s.end_line--;
		s.end_column = INT_MAX;
	}
	return s;
}

static int digits(int n)
{
	int d = 1;

	for (; n > 9; n /= 10)
		d++;
	return d;
}

/*
 * The last line of a span of several; between the two stands "..." when lines are left
 * out.
 */
static void add_last_line(struct frame *fr, struct str file, struct span s)
{
	struct str line;

	if (!fr->f->line(fr->f->context, file, s.end_line, &line))
		return;
	if (s.end_line > s.line + 1)
		buf_addz(fr->f->out, "...\n");
	add_line(fr, line, s.end_line, (struct mark){first_column(line), s.end_column});
}

void frame_add(struct findings *f, struct str file, struct span span, enum severity s)
{
	struct span c = closed(span);
	struct frame fr = {f, paint_severity(s), digits(c.end_line)};
	struct str line;

	if (!f->line || span.line < 1 || c.column > FRAME_COLUMN_MAX ||
	    !f->line(f->context, file, c.line, &line))
		return;
	add_gutter(&fr, 0);
	buf_addc(f->out, '\n');
	add_line(&fr, line, c.line,
	         (struct mark){c.column, c.end_line > c.line ? INT_MAX : c.end_column});
	if (c.end_line > c.line)
		add_last_line(&fr, file, c);
}
