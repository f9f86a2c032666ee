/*
 * hooks_files.c - the scripts that git calls: which are there, and whose they are
 */
#include "cmd/hooks.h"

#include "base/limits.h"
#include "base/write.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define OURS \
	"# Installed by `stemma hooks install`; `stemma hooks uninstall` takes it away."
#define CHAINED ".stemma-chained"

static struct str program(struct arena *arena)
{
	char path[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path));

	return n > 0 ? arena_str(arena, (struct str){path, (size_t)n}) : STR("stemma");
}

bool hook_files_find(struct hook_files *out, struct repo *r, struct arena *arena,
                     struct err *err)
{
	static const char *const args[] = {"rev-parse", "--git-path", "hooks", NULL};
	CLEANUP(buf_release)
	struct buf answer = BUF_INIT(PATH_MAX), talk = BUF_INIT(65536);
	struct str from = repo_is_bare(r) ? repo_folder(r) : repo_top(r);
	int status;

	*out = (struct hook_files){.arena = arena, .program = program(arena)};
	if (!repo_git(r, args, STR(""), &answer, &talk, &status, err))
		return false;
	if (status)
		return err_set(err, ERR_REPO,
		               "git does not tell where hooks are: " STR_FMT,
		               STR_ARG(str_trim(buf_str(&talk))));
	if (answer.n && answer.s[answer.n - 1] == '\n')
		buf_truncate(&answer, answer.n - 1);
	out->folder = arena_str(arena, buf_str(&answer));
	if (path_below(from, out->folder) && out->folder.n > from.n + 1)
		out->folder = str_sub(out->folder, from.n + 1, out->folder.n);
	out->real = str_starts(out->folder, STR("/"))
	                    ? out->folder
	                    : arena_fmt(arena, STR_FMT "/" STR_FMT, STR_ARG(from),
	                                STR_ARG(out->folder));
	return true;
}

static struct str path_of(const struct hook_files *f, const struct hook *h,
                          const char *more)
{
	return arena_fmt(f->arena, STR_FMT "/%s%s", STR_ARG(f->real), h->name, more);
}

static bool is_there(struct str path)
{
	struct stat st;

	return lstat(path.s, &st) == 0;
}

/* TEXT as one word of the shell. */
static void add_word(struct buf *out, struct str text)
{
	buf_addc(out, '\'');
	for (size_t i = 0; i < text.n; i++) {
		if (text.s[i] == '\'')
			buf_addz(out, "'\\'");
		buf_addc(out, text.s[i]);
	}
	buf_addc(out, '\'');
}

/* A hook without references on its stdin, and one with: both programs get them. */
static const char plain_part[] =
        "if [ -x \"$chained\" ]; then \"$chained\" \"$@\" || exit; fi\n"
        "exec \"$stemma\" hooks run $name -- \"$@\"\n";
static const char lines_part[] =
        "lines=$(cat && echo .)\n"
        "lines=${lines%.}\n"
        "if [ -x \"$chained\" ]; then\n"
        "\tprintf %s \"$lines\" 2>/dev/null | \"$chained\" \"$@\" || exit\n"
        "fi\n"
        "printf %s \"$lines\" 2>/dev/null | \"$stemma\" hooks run $name -- \"$@\"\n";

static void write_script(struct buf *out, const struct hook_files *f,
                         const struct hook *h)
{
	buf_addf(out,
	         "#!/bin/sh\n" OURS "\n"
	         "name=%s\n"
	         "stemma=${STEMMA:-$(command -v stemma || echo ",
	         h->name);
	add_word(out, f->program);
	buf_addz(out,
	         ")}\n"
	         "if [ ! -x \"$stemma\" ]; then\n"
	         "\techo \"$name: stemma was not found; install it, set STEMMA, or run "
	         "'stemma hooks install' again\" >&2\n"
	         "\texit 1\n"
	         "fi\n"
	         "chained=$(dirname \"$0\")/$name" CHAINED "\n");
	buf_addz(out, h->reads_lines ? lines_part : plain_part);
}

static bool contains(struct str text, struct str part)
{
	return text.n && memmem(text.s, text.n, part.s, part.n);
}

enum hook_state hook_state(const struct hook_files *f, const struct hook *h)
{
	CLEANUP(buf_release)
	struct buf is = BUF_INIT(LIMIT_FILE_BYTES), wanted = BUF_INIT(LIMIT_FILE_BYTES);
	struct str path = path_of(f, h, "");
	struct source source;
	const char *why;

	if (!is_there(path))
		return HOOK_NONE;
	if (source_read(&source, &is, path, &why) != SOURCE_OK ||
	    !contains(source.bytes, STR(OURS)))
		return HOOK_FOREIGN;
	write_script(&wanted, f, h);
	return str_eq(source.bytes, buf_str(&wanted)) ? HOOK_OURS : HOOK_OLD;
}

bool hook_is_chained(const struct hook_files *f, const struct hook *h)
{
	return is_there(path_of(f, h, CHAINED));
}

static bool fail(struct str path, struct err *err)
{
	return err_set(err, ERR_IO, STR_FMT ": %s", STR_ARG(path), strerror(errno));
}

/* Never half a script: git would run it. */
static bool replace(struct str path, struct str text, struct arena *arena,
                    struct err *err)
{
	struct str temp = arena_fmt(arena, STR_FMT ".XXXXXX", STR_ARG(path));
	char *name = arena_array(arena, char, temp.n + 1);
	bool ok;
	int fd;

	memcpy(name, temp.s, temp.n);
	fd = mkstemp(name);
	if (fd < 0)
		return fail(path, err);
	ok = fchmod(fd, 0755) == 0 && write_all(fd, text);
	ok = close(fd) == 0 && ok && rename(name, path.s) == 0;
	if (ok)
		return true;
	fail(path, err);
	(void)unlink(name);
	return false;
}

bool hook_install(const struct hook_files *f, const struct hook *h, struct err *err)
{
	CLEANUP(buf_release) struct buf script = BUF_INIT(LIMIT_FILE_BYTES);
	struct str path = path_of(f, h, ""), chained = path_of(f, h, CHAINED);
	enum hook_state state = hook_state(f, h);

	if (state == HOOK_OURS)
		return true;
	if (mkdir(f->real.s, 0755) && errno != EEXIST)
		return fail(f->real, err);
	if (state == HOOK_FOREIGN && is_there(chained))
		return err_set(err, ERR_IO,
		               "both " STR_FMT " and " STR_FMT
		               " are there and neither is stemma's; join the two, then "
		               "install again",
		               STR_ARG(path), STR_ARG(chained));
	if (state == HOOK_FOREIGN && rename(path.s, chained.s))
		return fail(path, err);
	write_script(&script, f, h);
	return replace(path, buf_str(&script), f->arena, err);
}

bool hook_uninstall(const struct hook_files *f, const struct hook *h, struct err *err)
{
	struct str path = path_of(f, h, ""), chained = path_of(f, h, CHAINED);
	enum hook_state state = hook_state(f, h);

	if (state != HOOK_OURS && state != HOOK_OLD)
		return true;
	if (is_there(chained))
		return rename(chained.s, path.s) == 0 || fail(path, err);
	return unlink(path.s) == 0 || fail(path, err);
}
