#include "doc/yaml.h"

#include <string.h>

static bool is_inside(char c)
{
	return ((unsigned char)c & 0xC0) == 0x80;
}

static void go_forward(struct yaml *y, size_t index)
{
	const uint64_t tops = 0x8080808080808080u;
	size_t at = y->offset, left = index - y->index;

	while (left && at < y->n) {
		uint64_t w = tops;

		if (at + 8 <= y->n)
			memcpy(&w, y->s + at, 8);
		if (!(w & tops)) {
			size_t n = left < 8 ? left : 8;

			at += n;
			left -= n;
			continue;
		}
		at++;
		left--;
		while (at < y->n && is_inside(y->s[at]))
			at++;
	}
	y->offset = at;
	y->index = index;
}

static void go_back(struct yaml *y, size_t index)
{
	for (; y->index > index; y->index--) {
		y->offset -= y->offset > 0;
		while (y->offset && is_inside(y->s[y->offset]))
			y->offset--;
	}
}

void yaml_mark_set(struct doc_mark *out, struct yaml *y, const yaml_mark_t *m)
{
	size_t offset = m->index < y->n ? m->index : y->n;

	if (!y->ascii) {
		if (m->index >= y->index)
			go_forward(y, m->index);
		else
			go_back(y, m->index);
		offset = y->offset;
	}
	out->offset = (uint32_t)(y->base + offset);
	out->line = y->line + (int)m->line;
	out->column = (int)m->column + 1;
}

char yaml_byte(const struct yaml *y, size_t offset)
{
	return offset >= y->base && offset - y->base < y->n ? y->s[offset - y->base]
	                                                    : '\0';
}

bool yaml_is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* END moved back to byte AT: its line and column counted anew. */
static void move_back(const struct yaml *y, struct doc_mark *end, size_t at)
{
	size_t i = at - y->base;

	if (at == end->offset)
		return;
	while (end->offset > at) {
		char c = yaml_byte(y, --end->offset);

		if (c == '\n' || (c == '\r' && yaml_byte(y, end->offset + 1) != '\n'))
			end->line--;
	}
	end->column = 1;
	while (i && y->s[i - 1] != '\n' && y->s[i - 1] != '\r')
		end->column += !is_inside(y->s[--i]);
}

/* Where the header of the block scalar at START ends: "|" or ">-", without comment. */
static size_t header_end(const struct yaml *y, size_t start, size_t end)
{
	size_t at = start;

	while (at < end && yaml_byte(y, at) != '|' && yaml_byte(y, at) != '>')
		at++;
	while (at < end && !yaml_is_blank(yaml_byte(y, at)))
		at++;
	return at;
}

void yaml_block_end(const struct yaml *y, size_t start, struct doc_mark *end,
                    struct str value)
{
	size_t at = end->offset;

	if (str_trim(value).n)
		while (at > start && yaml_is_blank(yaml_byte(y, at - 1)))
			at--;
	else
		at = header_end(y, start, at);
	move_back(y, end, at);
}
