/*
 * transition_commit.c - commit what an event wrote, by git itself: its hooks, its signing
 */
#include "cmd/transition.h"

#include "base/limits.h"

#define TALK_BYTES (1024u * 1024)

bool transition_may_commit(struct transition *t, struct err *err)
{
	CLEANUP(buf_release) struct buf head = BUF_INIT(TALK_BYTES);
	const char *const args[] = {"symbolic-ref", "--quiet", "HEAD", NULL};
	struct str branch = t->dataset->release.branch, prefix = STR("refs/heads/"), name;
	int status;

	if (repo_is_bare(t->repo))
		return err_set(
		        err, ERR_REPO,
		        "--commit: a bare repository has no work tree; use a clone");
	if (!repo_git(t->repo, args, STR(""), &head, NULL, &status, err))
		return false;
	name = str_trim(buf_str(&head));
	if (!str_starts(name, prefix) || !str_eq(str_sub(name, prefix.n, name.n), branch))
		return true;
	return err_set(err, ERR_REPO,
	               "--commit: each commit on the branch " STR_FMT
	               " is a release; work on a branch of its own: git switch -c NAME",
	               STR_ARG(branch));
}

/* "approve x v2"; for several a number, and one line each. */
static void add_message(struct buf *out, const struct transition *t)
{
	const char *verb = t->run->command->name;
	const struct step *last = NULL;
	size_t n = 0;

	for (size_t i = 0; i < t->n; i++) {
		if (t->steps[i].possible)
			last = &t->steps[i];
		n += t->steps[i].possible;
	}
	if (n == 1)
		buf_addf(out, "%s " STR_FMT " v%d\n", verb, STR_ARG(last->name),
		         last->line.version);
	else
		buf_addf(out, "%s %zu entries\n\n", verb, n);
	for (size_t i = 0; n > 1 && i < t->n; i++)
		if (t->steps[i].possible)
			buf_addf(out, STR_FMT " v%d\n", STR_ARG(t->steps[i].name),
			         t->steps[i].line.version);
	if (t->args.reason.s)
		buf_addf(out, "\n" STR_FMT "\n", STR_ARG(t->args.reason));
}

/* The files, each followed by a NUL byte. */
static bool add_paths(struct buf *out, const struct transition *t, struct err *err)
{
	for (size_t i = 0; i < t->n; i++) {
		struct str path;

		if (!t->steps[i].possible)
			continue;
		path = repo_path(t->repo, t->steps[i].file.path, t->run->arena);
		if (!path.s)
			return err_set(err, ERR_REPO,
			               STR_FMT " is written, but lies outside of the "
			                       "repository and cannot be committed",
			               STR_ARG(t->steps[i].file.path));
		buf_add(out, path);
		buf_addc(out, '\0');
	}
	return true;
}

static bool run_git(const struct transition *t, const char *const *args, struct str input,
                    struct err *err)
{
	CLEANUP(buf_release) struct buf talk = BUF_INIT(TALK_BYTES);
	struct str rest, line;
	int status = 0;

	if (!repo_git(t->repo, args, input, NULL, &talk, &status, err))
		return false;
	if (!status)
		return true;
	rest = buf_str(&talk);
	while (str_split(&rest, '\n', &line))
		if (line.n)
			run_say(t->run, "git: " STR_FMT, STR_ARG(line));
	return err_set(err, ERR_REPO,
	               "the files are written, but git did not commit them; mend what it "
	               "says and commit them by hand");
}

bool transition_commit(struct transition *t, struct err *err)
{
	CLEANUP(buf_release) struct buf message = BUF_INIT(LIMIT_OUTPUT_BYTES);
	CLEANUP(buf_release) struct buf paths = BUF_INIT(LIMIT_OUTPUT_BYTES);
	const char *const add[] = {"--literal-pathspecs", "add",
	                           "--intent-to-add",     "--pathspec-from-file=-",
	                           "--pathspec-file-nul", NULL};
	const char *commit[] = {"--literal-pathspecs",
	                        "commit",
	                        "--quiet",
	                        "--only",
	                        "--message",
	                        NULL,
	                        "--pathspec-from-file=-",
	                        "--pathspec-file-nul",
	                        NULL};

	add_message(&message, t);
	commit[5] = buf_z(&message);
	/* git commits by name only what it knows of. */
	return add_paths(&paths, t, err) && run_git(t, add, buf_str(&paths), err) &&
	       run_git(t, commit, buf_str(&paths), err);
}
