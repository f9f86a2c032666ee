#include "cmd/internal.h"

#include "schema/schema.h"

#include <stdlib.h>
#include <time.h>

/* Whole seconds since 1970 out of TEXT; false when it is none or past the year 9999. */
static bool read_epoch(time_t *out, struct str text)
{
	int64_t n = 0;

	for (size_t i = 0; i < text.n; i++) {
		if (text.s[i] < '0' || text.s[i] > '9' || n > 25340230079)
			return false;
		n = n * 10 + (text.s[i] - '0');
	}
	*out = (time_t)n;
	return text.n > 0 && n <= 253402300799;
}

struct str day_of(int64_t seconds, struct arena *arena)
{
	time_t t = (time_t)seconds;
	struct tm tm;

	if (!gmtime_r(&t, &tm))
		return STR_NONE;
	return arena_fmt(arena, "%04d-%02d-%02d", tm.tm_year + 1900, tm.tm_mon + 1,
	                 tm.tm_mday);
}

/* N digits of TEXT from AT on, which are there. */
static int digits_of(struct str text, size_t at, size_t n)
{
	int out = 0;

	for (size_t i = at; i < at + n; i++)
		out = out * 10 + (text.s[i] - '0');
	return out;
}

/* Now, or what SOURCE_DATE_EPOCH says that it is. */
static bool read_clock(time_t *out, struct err *err)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");

	*out = time(NULL);
	if (epoch && *epoch && !read_epoch(out, str_of(epoch)))
		return err_set(err, ERR_USAGE,
		               "SOURCE_DATE_EPOCH is no number of seconds since 1970; "
		               "unset it or give --date");
	return true;
}

static bool check_given(struct str given, struct run *r, struct err *err)
{
	if (given.s && (given.n != 10 || !schema_format_valid(STR("date"), given)))
		return err_set(err, ERR_USAGE,
		               "--date \"" STR_FMT "\" is no date such as 2026-06-20",
		               STR_ARG(diag_quote(r->arena, given)));
	return true;
}

bool run_day(struct str *out, struct str given, struct run *r, struct err *err)
{
	time_t now;

	*out = given;
	if (!check_given(given, r, err))
		return false;
	if (given.s)
		return true;
	if (!read_clock(&now, err))
		return false;
	*out = day_of(now, r->arena);
	return out->s || err_set(err, ERR_IO, "the clock tells no date; give --date");
}

bool run_now(int64_t *out, struct str given, struct run *r, struct err *err)
{
	struct tm tm = {0};
	time_t now;

	if (!check_given(given, r, err))
		return false;
	if (given.s) {
		tm.tm_year = digits_of(given, 0, 4) - 1900;
		tm.tm_mon = digits_of(given, 5, 2) - 1;
		tm.tm_mday = digits_of(given, 8, 2);
		*out = (int64_t)timegm(&tm);
		return true;
	}
	if (!read_clock(&now, err))
		return false;
	*out = (int64_t)now;
	return true;
}
