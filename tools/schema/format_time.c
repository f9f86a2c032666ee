#include "schema/format.h"

/* A reader that moves over VALUE; once something does not fit, it stays failed. */
struct reader {
	struct str rest;
	bool failed;
};

static bool fail(struct reader *r)
{
	r->failed = true;
	return false;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool next_is(const struct reader *r, char c)
{
	return r->rest.n && r->rest.s[0] == c;
}

static bool skip(struct reader *r, char c)
{
	if (!next_is(r, c))
		return false;
	r->rest = str_sub(r->rest, 1, r->rest.n);
	return true;
}

static void expect(struct reader *r, char c)
{
	if (!skip(r, c))
		fail(r);
}

/* Exactly N digits. */
static int digits(struct reader *r, size_t n)
{
	int value = 0;

	for (size_t i = 0; i < n; i++) {
		if (i >= r->rest.n || !is_digit(r->rest.s[i]))
			return fail(r);
		value = value * 10 + (r->rest.s[i] - '0');
	}
	r->rest = str_sub(r->rest, n, r->rest.n);
	return value;
}

/* One digit or more. */
static bool number(struct reader *r)
{
	size_t n = 0;

	while (n < r->rest.n && is_digit(r->rest.s[n]))
		n++;
	r->rest = str_sub(r->rest, n, r->rest.n);
	return n > 0;
}

/* ---- dates and times ---- */

static int month_days(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return month == 2 && leap ? 29 : days[month - 1];
}

struct date {
	int year, month, day;
};

static struct date full_date(struct reader *r)
{
	struct date d;

	d.year = digits(r, 4);
	expect(r, '-');
	d.month = digits(r, 2);
	expect(r, '-');
	d.day = digits(r, 2);
	if (r->failed || d.month < 1 || d.month > 12 || d.day < 1 ||
	    d.day > month_days(d.year, d.month))
		fail(r);
	return d;
}

/* Minutes east of Greenwich. */
static int offset(struct reader *r)
{
	int sign, hours, minutes;

	if (skip(r, 'Z') || skip(r, 'z'))
		return 0;
	sign = next_is(r, '-') ? -1 : 1;
	if (!skip(r, '-') && !skip(r, '+'))
		return fail(r);
	hours = digits(r, 2);
	expect(r, ':');
	minutes = digits(r, 2);
	if (hours > 23 || minutes > 59)
		fail(r);
	return sign * (hours * 60 + minutes);
}

/*
 * A leap second is the last one of a month in UTC (RFC 3339, section 5.7). MINUTES is the time
 * of day in UTC, and may be of the day before or after DATE's; without DATE any day will do.
 */
static bool may_leap(int minutes, const struct date *date)
{
	const int day = 24 * 60;

	if ((minutes + day) % day != day - 1)
		return false;
	if (!date)
		return true;
	if (minutes < 0)
		return date->day == 1;
	return date->day + (minutes >= day) == month_days(date->year, date->month);
}

static void full_time(struct reader *r, const struct date *date)
{
	int hour, minute, second, east;

	hour = digits(r, 2);
	expect(r, ':');
	minute = digits(r, 2);
	expect(r, ':');
	second = digits(r, 2);
	if (skip(r, '.') && !number(r))
		fail(r);
	east = offset(r);
	if (r->failed || hour > 23 || minute > 59 || second > 60 ||
	    (second == 60 && !may_leap(hour * 60 + minute - east, date)))
		fail(r);
}

static bool at_end(const struct reader *r)
{
	return !r->failed && r->rest.n == 0;
}

bool format_date(struct str value)
{
	struct reader r = {.rest = value};

	full_date(&r);
	return at_end(&r);
}

bool format_time(struct str value)
{
	struct reader r = {.rest = value};

	full_time(&r, NULL);
	return at_end(&r);
}

bool format_date_time(struct str value)
{
	struct reader r = {.rest = value};
	struct date d = full_date(&r);

	if (!skip(&r, 'T') && !skip(&r, 't'))
		return false;
	if (!r.failed)
		full_time(&r, &d);
	return at_end(&r);
}

/* ---- durations ---- */

/*
 * Numbers with UNITS in their order, from any of them on and without a gap ("Y2M" but not
 * "Y2D"): at least one.
 */
static bool units(struct reader *r, const char *units_z)
{
	struct str left = str_of(units_z);
	size_t n = 0;

	for (struct reader ahead = *r; number(&ahead); n++) {
		size_t unit = ahead.rest.n ? str_find(left, ahead.rest.s[0]) : left.n;

		if (unit == left.n || (n && unit))
			return fail(r);
		left = str_sub(left, unit + 1, left.n);
		ahead.rest = str_sub(ahead.rest, 1, ahead.rest.n);
		*r = ahead;
	}
	return n > 0;
}

bool format_duration(struct str value)
{
	struct reader r = {.rest = value}, weeks;
	bool any;

	if (!skip(&r, 'P'))
		return false;
	weeks = r;
	if (number(&weeks) && skip(&weeks, 'W'))
		return at_end(&weeks);
	any = units(&r, "YMD");
	if (skip(&r, 'T'))
		any = units(&r, "HMS");
	return any && at_end(&r);
}
