#include "cmd/cmd.h"

#include "base/limits.h"
#include "base/text.h"

#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <unistd.h>

#define DRAIN_BYTES (64u * 1024)

/* Whoever shares the pipe or terminal may have made it non-blocking. */
static void wait_for_room(int fd)
{
	struct pollfd p = {.fd = fd, .events = POLLOUT};

	(void)poll(&p, 1, -1);
}

bool output_flush(struct output *o)
{
	size_t at = 0;

	if (o->buf.overflow && !o->error)
		o->error = EFBIG;
	while (!o->error && at < o->buf.n) {
		ssize_t n = write(o->fd, o->buf.s + at, o->buf.n - at);

		if (n > 0)
			at += (size_t)n;
		else if (n < 0 && errno == EAGAIN)
			wait_for_room(o->fd);
		else if (n < 0 && errno != EINTR)
			o->error = errno;
	}
	buf_reset(&o->buf);
	return !o->error;
}

bool output_drain(struct output *o)
{
	if (o->buf.n < DRAIN_BYTES && !o->buf.overflow)
		return !o->error;
	return output_flush(o);
}

/* What was found so far goes first: on a terminal both streams are read as one. */
static void say(struct run *r, struct str text)
{
	(void)output_flush(&r->out);
	buf_addz(&r->err.buf, "stemma: ");
	for (size_t at = 0; at < text.n;)
		text_add_visible(&r->err.buf, text, &at);
	buf_addc(&r->err.buf, '\n');
	/* When stderr itself fails there is nobody left to tell. */
	(void)output_flush(&r->err);
}

void run_say(struct run *r, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(r, arena_vfmt(r->arena, fmt, ap));
	va_end(ap);
}

enum status run_fail(struct run *r, const struct err *e)
{
	say(r, str_of(e->text));
	return e->code == ERR_USAGE || e->code == ERR_CONFIG ? STATUS_USAGE
	                                                     : STATUS_FAILED;
}

enum status run_usage(struct run *r, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(r, arena_vfmt(r->arena, fmt, ap));
	va_end(ap);
	if (r->command)
		buf_addf(&r->err.buf, "See 'stemma help %s'.\n", r->command->name);
	else
		buf_addz(&r->err.buf, "See 'stemma help'.\n");
	(void)output_flush(&r->err);
	return STATUS_USAGE;
}
