/*
 * sign.c - signatures, which git makes as its configuration says (gpg, ssh, x509)
 */
#include "base/limits.h"
#include "publish/internal.h"

#include <stdlib.h>

/* What git said: its line "error: ..." or "fatal: ...", else the first one. */
struct str git_words(struct str talk)
{
	struct str rest = talk, line, first = STR_NONE;

	while (str_split(&rest, '\n', &line)) {
		if (str_starts(line, STR("fatal: ")) || str_starts(line, STR("error: ")))
			return str_sub(line, 7, line.n);
		if (!first.n)
			first = line;
	}
	return first.n ? first : STR("it does not say why");
}

/* git takes the time of what it writes from its environment only. */
static void set_time(int64_t time, struct arena *arena)
{
	struct str text = arena_fmt(arena, "@%lld +0000", (long long)time);

	(void)setenv("GIT_AUTHOR_DATE", text.s, 1);
	(void)setenv("GIT_COMMITTER_DATE", text.s, 1);
}

static bool run(struct repo *r, const char *const *args, struct str input,
                struct buf *out, const char *what, struct err *err)
{
	CLEANUP(buf_release) struct buf talk = BUF_INIT(LIMIT_OUTPUT_BYTES);
	int status;

	if (!repo_git(r, args, input, out, &talk, &status, err))
		return false;
	if (!status)
		return true;
	return err_set(err, ERR_REPO,
	               "git cannot sign the %s: " STR_FMT
	               "; nothing was changed: see user.signingKey and gpg.format in "
	               "git config --help",
	               what, STR_ARG(git_words(buf_str(&talk))));
}

bool sign_commit(struct oid *out, struct repo *r, const struct oid *tree,
                 const struct oid *parent, int64_t time, struct str message,
                 struct arena *arena, struct err *err)
{
	CLEANUP(buf_release) struct buf answer = BUF_INIT(LIMIT_OUTPUT_BYTES);
	const char *args[] = {"commit-tree",
	                      "-S",
	                      oid_hex(tree, OID_HEX, arena).s,
	                      parent ? "-p" : NULL,
	                      parent ? oid_hex(parent, OID_HEX, arena).s : NULL,
	                      NULL};

	set_time(time, arena);
	if (!run(r, args, message, &answer, "commit", err))
		return false;
	return oid_parse(out, str_trim(buf_str(&answer))) ||
	       err_set(err, ERR_REPO, "git commit-tree answered no name of a commit");
}

/* Whether the tag carries a signature, of whatever kind. */
static bool is_signed(struct repo *r, struct str tag, struct err *err)
{
	CLEANUP(buf_release) struct buf text = BUF_INIT(LIMIT_OUTPUT_BYTES);
	const char *args[] = {"cat-file", "tag", tag.s, NULL};
	struct str rest, line;

	if (!run(r, args, STR(""), &text, "tag", err))
		return false;
	rest = buf_str(&text);
	while (str_split(&rest, '\n', &line))
		if (str_starts(line, STR("-----BEGIN ")))
			return true;
	return err_set(err, ERR_REPO, "git made the tag " STR_FMT " without a signature",
	               STR_ARG(tag));
}

bool sign_tag(struct repo *r, struct str tag, const struct oid *commit, int64_t time,
              struct str notes, struct arena *arena, struct err *err)
{
	const char *args[] = {"tag",
	                      "-s",
	                      "--cleanup=verbatim",
	                      "-F",
	                      "-",
	                      arena_str(arena, tag).s,
	                      oid_hex(commit, OID_HEX, arena).s,
	                      NULL};

	set_time(time, arena);
	return run(r, args, notes, NULL, "tag", err) &&
	       is_signed(r, arena_str(arena, tag), err);
}
