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

bool run_day(struct str *out, struct str given, struct run *r, struct err *err)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	time_t now = time(NULL);
	struct tm tm;

	*out = given;
	if (given.s && (given.n != 10 || !schema_format_valid(STR("date"), given)))
		return err_set(err, ERR_USAGE,
		               "--date \"" STR_FMT "\" is no date such as 2026-06-20",
		               STR_ARG(diag_quote(r->arena, given)));
	if (given.s)
		return true;
	if (epoch && *epoch && !read_epoch(&now, str_of(epoch)))
		return err_set(err, ERR_USAGE,
		               "SOURCE_DATE_EPOCH is no number of seconds since 1970; "
		               "unset it or give --date");
	if (!gmtime_r(&now, &tm))
		return err_set(err, ERR_IO, "the clock tells no date; give --date");
	*out = arena_fmt(r->arena, "%04d-%02d-%02d", tm.tm_year + 1900, tm.tm_mon + 1,
	                 tm.tm_mday);
	return true;
}
