/*
 * day.c - days of the calendar
 */
#include "reference/internal.h"

static int number(struct str s)
{
	int n = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.s[i] < '0' || s.s[i] > '9')
			return -1;
		n = n * 10 + s.s[i] - '0';
	}
	return n;
}

static int days_of_month(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return days[month - 1] + (month == 2 && leap);
}

/* Days since 0000-03-01 of the Gregorian calendar, so that a leap day ends a year. */
static long day_number(int year, int month, int day)
{
	long y = month > 2 ? year : year - 1, m = month > 2 ? month - 3 : month + 9;

	return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1;
}

static bool read_day(long *out, struct str s)
{
	int year, month, day;

	if (s.n != 10 || s.s[4] != '-' || s.s[7] != '-')
		return false;
	year = number(str_sub(s, 0, 4));
	month = number(str_sub(s, 5, 2));
	day = number(str_sub(s, 8, 2));
	if (year < 1 || month < 1 || month > 12 || day < 1 ||
	    day > days_of_month(year, month))
		return false;
	*out = day_number(year, month, day);
	return true;
}

bool is_day(struct str s)
{
	long unused;

	return read_day(&unused, s);
}

bool reference_days(long *out, struct str a, struct str b)
{
	long from, to;

	if (!read_day(&from, a) || !read_day(&to, b))
		return false;
	*out = to - from;
	return true;
}
