/*
 * main.c - from the arguments to the exit status
 */
#include "cmd/cmd.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

/*
 * A program started with descriptors 0 to 2 closed would get one of its own files there
 * and write results into it. The stand-ins refuse: reading from 0 fails, writing to 1
 * and 2 too.
 */
static bool hold_standard_descriptors(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
		int mode = fd == STDIN_FILENO ? O_WRONLY : O_RDONLY;

		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF &&
		    open("/dev/null", mode) != fd)
			return false;
	}
	return true;
}

int main(int argc, char **argv)
{
	if (!hold_standard_descriptors())
		return STATUS_FAILED;
	/* A file past the limit of the shell is a write that fails: it is told, and tidied up. */
	(void)signal(SIGXFSZ, SIG_IGN);
	return (int)cmd_main(argc, argv);
}
