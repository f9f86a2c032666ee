#include "repo/internal.h"

#include "base/write.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define READ_BYTES (64u * 1024)

struct child {
	pid_t pid;
	int in; /* a file in memory: whoever does not read it blocks and kills nobody */
	int out[2], talk[2];
};

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void child_close(struct child *c)
{
	close_fd(&c->in);
	for (int i = 0; i < 2; i++) {
		close_fd(&c->out[i]);
		close_fd(&c->talk[i]);
	}
}

static bool child_open(struct child *c, struct str input)
{
	*c = (struct child){.in = -1, .out = {-1, -1}, .talk = {-1, -1}};
	c->in = memfd_create("input", MFD_CLOEXEC);
	return c->in >= 0 && write_all(c->in, input) && lseek(c->in, 0, SEEK_SET) == 0 &&
	       !pipe2(c->out, O_CLOEXEC) && !pipe2(c->talk, O_CLOEXEC);
}

/* ---- arguments and environment ---- */

static char *text(struct arena *arena, const char *a, const char *b)
{
	return (char *)(uintptr_t)arena_fmt(arena, "%s%s", a, b).s;
}

static char **arguments(const struct repo *r, const char *const *args,
                        struct arena *arena)
{
	char **out;
	size_t n = 0, at = 0;

	while (args[n])
		n++;
	out = arena_array(arena, char *, n + 6);
	out[at++] = text(arena, "git", "");
	out[at++] = text(arena, "-C", "");
	out[at++] = text(arena, r->top.s ? r->top.s : r->folder.s, "");
	out[at++] = text(arena, "--git-dir=", r->git_dir.s);
	if (r->top.s)
		out[at++] = text(arena, "--work-tree=", r->top.s);
	for (size_t i = 0; i < n; i++)
		out[at++] = text(arena, args[i], "");
	return out;
}

/*
 * The environment as it is, but a relative name of the index made absolute (the folder is
 * another one), and no questions where nobody can answer.
 */
static char **environment(const struct repo *r, struct arena *arena)
{
	static const char index[] = "GIT_INDEX_FILE=";
	size_t n = 0;
	char **out;

	while (environ[n])
		n++;
	out = arena_array(arena, char *, n + 2);
	for (size_t i = 0; i < n; i++) {
		const char *file = environ[i] + sizeof(index) - 1;

		out[i] = environ[i];
		if (strncmp(environ[i], index, sizeof(index) - 1) == 0 && *file &&
		    *file != '/')
			out[i] = text(arena, arena_fmt(arena, "%s%s/", index, r->cwd.s).s,
			              file);
	}
	if (!isatty(STDIN_FILENO) && !getenv("GIT_TERMINAL_PROMPT"))
		out[n] = text(arena, "GIT_TERMINAL_PROMPT=", "0");
	return out;
}

/* ---- running ---- */

static int spawn_with(struct child *c, posix_spawn_file_actions_t *actions,
                      posix_spawnattr_t *attr, char **argv, char **env)
{
	sigset_t normal;

	sigemptyset(&normal);
	sigaddset(&normal, SIGPIPE);
	posix_spawnattr_setsigdefault(attr, &normal);
	posix_spawnattr_setflags(attr, POSIX_SPAWN_SETSIGDEF);
	if (posix_spawn_file_actions_adddup2(actions, c->in, STDIN_FILENO) ||
	    posix_spawn_file_actions_adddup2(actions, c->out[1], STDOUT_FILENO) ||
	    posix_spawn_file_actions_adddup2(actions, c->talk[1], STDERR_FILENO))
		return ENOMEM;
	return posix_spawnp(&c->pid, "git", actions, attr, argv, env);
}

static int spawn(struct child *c, char **argv, char **env)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	int code;

	if (posix_spawn_file_actions_init(&actions))
		return ENOMEM;
	if (posix_spawnattr_init(&attr)) {
		posix_spawn_file_actions_destroy(&actions);
		return ENOMEM;
	}
	code = spawn_with(c, &actions, &attr, argv, env);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&actions);
	return code;
}

/* Read once from FD; closed at its end. BUF may be NULL. */
static void take(int *fd, struct buf *buf, char *chunk)
{
	ssize_t n = read(*fd, chunk, READ_BYTES);

	if (n > 0 && buf)
		buf_add(buf, (struct str){chunk, (size_t)n});
	if (n == 0 || (n < 0 && errno != EINTR))
		close_fd(fd);
}

/* Both at once, or git would wait for ever on the one that nobody reads. */
static void drain(struct child *c, struct buf *out, struct buf *talk)
{
	char *chunk = mem_alloc(READ_BYTES);

	while (c->out[0] >= 0 || c->talk[0] >= 0) {
		struct pollfd p[2] = {{c->out[0], POLLIN, 0}, {c->talk[0], POLLIN, 0}};

		if (poll(p, 2, -1) < 0)
			continue;
		if (p[0].revents)
			take(&c->out[0], out, chunk);
		if (p[1].revents)
			take(&c->talk[0], talk, chunk);
	}
	free(chunk);
}

static bool wait_for(struct child *c, int *status, struct err *err)
{
	int how;

	while (waitpid(c->pid, &how, 0) < 0)
		if (errno != EINTR)
			return err_set(err, ERR_REPO, "git was lost: %s",
			               strerror(errno));
	*status = WIFEXITED(how) ? WEXITSTATUS(how) : 128 + WTERMSIG(how);
	return true;
}

static bool fail_spawn(int code, struct err *err)
{
	if (code == ENOENT)
		return err_set(
		        err, ERR_REPO,
		        "the program \"git\" is needed for this and is not installed, or "
		        "not in PATH; install it and run this again");
	return err_set(err, ERR_REPO, "the program \"git\" cannot be run: %s",
	               strerror(code));
}

bool repo_git(struct repo *r, const char *const *args, struct str input, struct buf *out,
              struct buf *talk, int *status, struct err *err)
{
	CLEANUP(arena_release) struct arena arena = {0};
	CLEANUP(child_close) struct child c;
	int code;

	if (out)
		buf_reset(out);
	if (talk)
		buf_reset(talk);
	code = child_open(&c, input) ? 0 : errno;
	if (!code)
		code = spawn(&c, arguments(r, args, &arena), environment(r, &arena));
	if (code)
		return fail_spawn(code, err);
	close_fd(&c.in);
	close_fd(&c.out[1]);
	close_fd(&c.talk[1]);
	drain(&c, out, talk);
	if (!wait_for(&c, status, err))
		return false;
	if ((out && out->overflow) || (talk && talk->overflow))
		return err_set(err, ERR_LIMIT, "git answered more than %zu bytes",
		               out && out->overflow ? out->max : talk->max);
	return true;
}
