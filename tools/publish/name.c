/*
 * name.c - names of releases: by year and month, or by semantic versioning
 */
#include "publish/publish.h"

#define PART_DIGITS 6

const char *release_level_name(enum release_level level)
{
	static const char *const names[] = {"patch", "minor", "major"};

	return names[level];
}

/* DIGITS to MOST digits, no more. */
static bool read_part(int *out, struct str text, size_t least, size_t most)
{
	*out = 0;
	if (text.n < least || text.n > most)
		return false;
	for (size_t i = 0; i < text.n; i++) {
		if (text.s[i] < '0' || text.s[i] > '9')
			return false;
		*out = *out * 10 + text.s[i] - '0';
	}
	return true;
}

/* A number as semantic versioning writes it: no zero in front. */
static bool read_number(int *out, struct str text)
{
	return read_part(out, text, 1, PART_DIGITS) && (text.n == 1 || text.s[0] != '0');
}

/* How many parts TEXT has; at most 3 of them in PARTS, 4 stands for more. */
static size_t split(struct str parts[3], struct str text)
{
	struct str rest = text, piece;
	size_t n = 0;

	while (str_split(&rest, '.', &piece)) {
		if (n == 3)
			return 4;
		parts[n++] = piece;
	}
	return text.n && text.s[text.n - 1] == '.' ? 4 : n;
}

bool release_name_parse(int out[3], bool semver, struct str text)
{
	struct str parts[3];
	size_t n = split(parts, text);

	if (semver)
		return n == 3 && read_number(&out[0], parts[0]) &&
		       read_number(&out[1], parts[1]) && read_number(&out[2], parts[2]);
	out[2] = 0;
	if ((n != 2 && n != 3) || !read_part(&out[0], parts[0], 4, 4) ||
	    !read_part(&out[1], parts[1], 2, 2) || out[1] < 1 || out[1] > 12)
		return false;
	return n == 2 || (read_number(&out[2], parts[2]) && out[2] > 0);
}

int release_name_cmp(const int a[3], const int b[3])
{
	for (int i = 0; i < 3; i++)
		if (a[i] != b[i])
			return a[i] < b[i] ? -1 : 1;
	return 0;
}

static struct str next_semver(const int *last, enum release_level level,
                              struct arena *arena)
{
	if (!last)
		return arena_str(arena, STR("1.0.0"));
	if (level == LEVEL_MAJOR)
		return arena_fmt(arena, "%d.0.0", last[0] + 1);
	if (level == LEVEL_MINOR)
		return arena_fmt(arena, "%d.%d.0", last[0], last[1] + 1);
	return arena_fmt(arena, "%d.%d.%d", last[0], last[1], last[2] + 1);
}

bool release_name_next(struct str *out, bool semver, const int *last,
                       enum release_level level, struct str date, struct arena *arena)
{
	int now[3] = {0};
	int order;

	if (semver) {
		*out = next_semver(last, level, arena);
		return true;
	}
	if (!read_part(&now[0], str_sub(date, 0, 4), 4, 4) ||
	    !read_part(&now[1], str_sub(date, 5, 2), 2, 2))
		return false;
	*out = arena_fmt(arena, "%04d.%02d", now[0], now[1]);
	if (!last)
		return true;
	order = now[0] != last[0] ? now[0] - last[0] : now[1] - last[1];
	if (order <= 0)
		*out = arena_fmt(arena, "%04d.%02d.%d", last[0], last[1], last[2] + 1);
	return order >= 0;
}
