#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>

/* Cut a character off that the end of the text has cut through. */
static void mend_end(char *text, size_t n)
{
	while (n && (text[n - 1] & 0xC0) == 0x80)
		n--;
	if (n && (text[n - 1] & 0x80))
		text[n - 1] = '\0';
}

bool err_set(struct err *e, enum err_code code, const char *fmt, ...)
{
	va_list ap;
	int n;

	if (e->code)
		return false;
	e->code = code;
	va_start(ap, fmt);
	n = vsnprintf(e->text, sizeof(e->text), fmt, ap);
	va_end(ap);
	if (n >= (int)sizeof(e->text))
		mend_end(e->text, sizeof(e->text) - 1);
	return false;
}
