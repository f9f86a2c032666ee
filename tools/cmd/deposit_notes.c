/*
 * deposit_notes.c - which record of which service a release is
 */
#include "cmd/deposit.h"

#include "base/limits.h"
#include "base/write.h"
#include "repo/repo.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool deposit_notes_read(struct deposit_notes *out, const struct repo *repo,
                        struct arena *arena, struct err *err)
{
	CLEANUP(buf_release) struct buf bytes = BUF_INIT(LIMIT_FILE_BYTES);
	struct source source;
	const char *why = "it is too large";

	out->path =
	        arena_fmt(arena, STR_FMT "/stemma/deposits", STR_ARG(repo_folder(repo)));
	out->text = STR("");
	if (access(out->path.s, F_OK) && errno == ENOENT)
		return true;
	if (source_read(&source, &bytes, out->path, &why) != SOURCE_OK)
		return err_set(err, ERR_IO, STR_FMT ": %s", STR_ARG(out->path), why);
	out->text = arena_str(arena, source.bytes);
	return true;
}

struct str deposit_note_find(const struct deposit_notes *n, struct str api,
                             struct str release)
{
	struct str rest = n->text, line, where, name, record = STR_NONE;

	while (str_split(&rest, '\n', &line)) {
		if (!str_split(&line, ' ', &where) || !str_split(&line, ' ', &name) ||
		    !line.n || !str_eq(where, api))
			continue;
		record = line;
		if (str_eq(name, release))
			break;
	}
	return record;
}

/* Lines are only ever added: two runs at once lose nothing of each other. */
bool deposit_note_add(const struct deposit_notes *n, struct str api, struct str release,
                      struct str record, struct err *err)
{
	CLEANUP(arena_release) struct arena arena = {0};
	struct str folder = str_sub(n->path, 0, n->path.n - strlen("/deposits"));
	struct str line = arena_fmt(&arena, STR_FMT " " STR_FMT " " STR_FMT "\n",
	                            STR_ARG(api), STR_ARG(release), STR_ARG(record));
	CLEANUP(fd_release) int fd = -1;

	(void)mkdir(arena_str(&arena, folder).s, 0777);
	fd = open(n->path.s, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
	if (fd < 0 || !write_all(fd, line) || fsync(fd))
		return err_set(err, ERR_IO, STR_FMT ": %s", STR_ARG(n->path),
		               strerror(errno));
	return true;
}
