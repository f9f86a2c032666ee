/* Writing results to whatever standard output is. */
#include "cmd/cmd.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define MUCH (1u << 20) /* more than a pipe holds */

/* Read all of FD in a process of its own, which ends with 0 when it got N bytes. */
static pid_t read_elsewhere(int fd, int other_end, size_t n)
{
	pid_t pid = fork();
	static char bytes[4096];
	size_t got = 0;
	ssize_t one;

	if (pid)
		return pid;
	close(other_end);
	usleep(50000); /* until the pipe is full */
	while ((one = read(fd, bytes, sizeof(bytes))) > 0)
		got += (size_t)one;
	_exit(got == n ? 0 : 1);
}

static void waits_where_writing_does_not_block(void **state)
{
	struct output o = {.buf = BUF_INIT(2 * MUCH)};
	int fds[2], status = -1;
	pid_t pid;

	(void)state;
	assert_int_equal(pipe(fds), 0);
	assert_int_equal(fcntl(fds[1], F_SETFL, O_NONBLOCK), 0);
	pid = read_elsewhere(fds[0], fds[1], MUCH);
	assert_true(pid > 0);
	close(fds[0]);
	o.fd = fds[1];
	buf_fill(&o.buf, 'x', MUCH);
	assert_true(output_flush(&o));
	assert_int_equal(o.error, 0);
	close(fds[1]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	buf_release(&o.buf);
}

static void a_failed_stream_takes_no_more(void **state)
{
	struct output o = {.fd = -1, .buf = BUF_INIT(100)};

	(void)state;
	buf_addz(&o.buf, "x");
	assert_false(output_flush(&o));
	assert_true(o.error != 0);
	assert_int_equal(o.buf.n, 0);
	buf_addz(&o.buf, "y");
	assert_false(output_flush(&o));
	buf_release(&o.buf);
}

static void more_than_the_limit_is_an_error(void **state)
{
	struct output o = {.fd = -1, .buf = BUF_INIT(2)};

	(void)state;
	buf_addz(&o.buf, "xyz");
	assert_false(output_flush(&o));
	assert_int_equal(o.error, EFBIG);
	buf_release(&o.buf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(waits_where_writing_does_not_block),
	        cmocka_unit_test(a_failed_stream_takes_no_more),
	        cmocka_unit_test(more_than_the_limit_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
