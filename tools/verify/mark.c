/*
 * mark.c - is the chain of releases the one that was there before, and the one the remote has
 *
 * The mark is a file in the repository's own folder: one line a release, "NAME TAG COMMIT",
 * oldest first. It is never pushed: what one clone saw is proof for that clone.
 */
#include "verify/internal.h"

#include "base/limits.h"
#include "base/write.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct str mark_path(const struct record *r, struct arena *arena)
{
	return arena_fmt(arena, STR_FMT "/stemma/verified/" STR_FMT,
	                 STR_ARG(repo_folder(r->repo)),
	                 STR_ARG(r->dataset->release.branch));
}

/* The object that the tag of RELEASE points at; zero when there is none. */
static struct oid tag_object(const struct record *r, const struct release *release,
                             struct arena *arena)
{
	struct str tag = record_tag(r, release->name, arena);
	struct oid id = {0};

	(void)repo_ref(&id, r->repo,
	               arena_fmt(arena, "refs/tags/" STR_FMT, STR_ARG(tag)).s);
	return id;
}

static void compare_tag(struct diag_list *diags, const struct record *r,
                        const struct release *release, const struct oid *before,
                        const char *where, struct arena *arena)
{
	struct oid now = tag_object(r, release, arena);

	if (oid_is_zero(before) || oid_eq(&now, before))
		return;
	diag_file(diags, release->name);
	diag_add(diags, &rule_release_tag, (struct span){0},
	         "the tag " STR_FMT " is not the one %s (%.12s, now %.12s)",
	         STR_ARG(record_tag(r, release->name, arena)), where,
	         oid_hex(before, OID_HEX, arena).s, oid_hex(&now, OID_HEX, arena).s)
	        ->suggestion = STR("find out who moved it before you trust either");
}

/* One line of the mark; false: it is not one. */
static bool compare_line(struct mark *mark, struct diag_list *diags,
                         const struct record *r, struct str line, struct arena *arena)
{
	struct str name, tag_text, commit_text;
	struct oid tag, commit;
	size_t i = mark->known;

	if (!str_split(&line, ' ', &name) || !str_split(&line, ' ', &tag_text) ||
	    !str_split(&line, ' ', &commit_text) || !oid_parse(&tag, tag_text) ||
	    !oid_parse(&commit, commit_text))
		return false;
	mark->known++;
	if (i >= r->n || !oid_eq(&r->releases[i].commit, &commit)) {
		diag_file(diags, arena_str(diags->arena, name));
		diag_add(diags, &rule_release_rewritten, (struct span){0},
		         "when it was verified last, release " STR_FMT
		         " was commit %.12s; now it is %s%.12s",
		         STR_ARG(diag_quote(arena, name)),
		         oid_hex(&commit, OID_HEX, arena).s, i < r->n ? "" : "missing",
		         i < r->n ? oid_hex(&r->releases[i].commit, OID_HEX, arena).s
		                  : "")
		        ->suggestion = STR(
		        "the branch was rewritten: restore it from a clone you trust");
		return true;
	}
	compare_tag(diags, r, &r->releases[i], &tag, "that was verified last", arena);
	return true;
}

bool mark_compare(struct mark *out, struct diag_list *diags, const struct record *r,
                  struct arena *arena, struct err *err)
{
	CLEANUP(buf_release) struct buf bytes = BUF_INIT(LIMIT_FILE_BYTES);
	struct str path = mark_path(r, arena), rest, line;
	struct source source;
	const char *why = "";

	*out = (struct mark){0};
	if (access(path.s, F_OK) && errno == ENOENT)
		return true;
	if (source_read(&source, &bytes, path, &why) != SOURCE_OK)
		return err_set(err, ERR_IO, STR_FMT ": %s", STR_ARG(path), why);
	out->found = true;
	rest = source.bytes;
	while (str_split(&rest, '\n', &line))
		if (line.n && !compare_line(out, diags, r, line, arena))
			return err_set(err, ERR_IO,
			               STR_FMT
			               " is no list of verified releases; delete it "
			               "to begin anew",
			               STR_ARG(path));
	return true;
}

static bool make_folders(struct str path)
{
	CLEANUP(arena_release) struct arena arena = {0};
	char *p = (char *)(uintptr_t)arena_str(&arena, path).s;

	for (size_t i = 1; i < path.n; i++) {
		if (p[i] != '/')
			continue;
		p[i] = '\0';
		if (mkdir(p, 0777) && errno != EEXIST)
			return false;
		p[i] = '/';
	}
	return true;
}

static bool write_whole(const char *path, struct str bytes)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	bool ok = fd >= 0 && write_all(fd, bytes) && !fsync(fd);

	if (fd >= 0 && close(fd))
		ok = false;
	return ok;
}

bool mark_keep(const struct record *r, struct arena *arena, struct err *err)
{
	CLEANUP(buf_release) struct buf out = BUF_INIT(LIMIT_FILE_BYTES);
	struct str path = mark_path(r, arena);
	const char *temporary =
	        arena_fmt(arena, STR_FMT ".%ld", STR_ARG(path), (long)getpid()).s;

	for (size_t i = 0; i < r->n; i++) {
		struct oid tag = tag_object(r, &r->releases[i], arena);

		buf_addf(&out, STR_FMT " %s %s\n", STR_ARG(r->releases[i].name),
		         oid_hex(&tag, OID_HEX, arena).s,
		         oid_hex(&r->releases[i].commit, OID_HEX, arena).s);
	}
	if (make_folders(path) && write_whole(temporary, buf_str(&out)) &&
	    !rename(temporary, path.s))
		return true;
	err_set(err, ERR_IO, STR_FMT ": %s", STR_ARG(path), strerror(errno));
	(void)unlink(temporary);
	return false;
}

/* The object that `git ls-remote` lists for REF; false when it does not. */
static bool listed(struct oid *out, struct str list, struct str ref)
{
	struct str line;

	while (str_split(&list, '\n', &line))
		if (line.n > OID_HEX + 1 &&
		    str_eq(str_sub(line, OID_HEX + 1, line.n), ref) &&
		    oid_parse(out, str_sub(line, 0, OID_HEX)))
			return true;
	return false;
}

static void compare_branch(struct diag_list *diags, const struct record *r,
                           struct str list, const char *name, struct arena *arena)
{
	struct oid theirs;

	diag_file(diags, r->dataset->release.branch);
	if (!listed(&theirs, list, r->local)) {
		diag_add(diags, &rule_release_rewritten, (struct span){0},
		         "the remote %s has no branch " STR_FMT, name,
		         STR_ARG(r->dataset->release.branch));
		return;
	}
	for (size_t i = 0; i < r->n; i++)
		if (oid_eq(&r->releases[i].commit, &theirs))
			return;
	diag_add(
	        diags, &rule_release_rewritten, (struct span){0},
	        "on the remote %s the branch is at %.12s, which is no release known here",
	        name, oid_hex(&theirs, OID_HEX, arena).s)
	        ->suggestion = arena_fmt(
	        diags->arena, "fetch it, then verify again: git fetch %s", name);
}

bool remote_compare(struct diag_list *diags, const struct record *r, const char *name,
                    struct arena *arena, struct err *err)
{
	CLEANUP(buf_release) struct buf out = BUF_INIT(LIMIT_OUTPUT_BYTES);
	CLEANUP(buf_release) struct buf talk = BUF_INIT(LIMIT_FILE_BYTES);
	const char *args[] = {"ls-remote", "--", name, NULL};
	int status;

	if (!repo_git(r->repo, args, STR_NONE, &out, &talk, &status, err))
		return false;
	if (status)
		return err_set(err, ERR_REPO, "the remote %s cannot be asked: " STR_FMT,
		               name,
		               STR_ARG(diag_quote(arena, str_trim(buf_str(&talk)))));
	compare_branch(diags, r, buf_str(&out), name, arena);
	for (size_t i = 0; i < r->n; i++) {
		struct str tag = record_tag(r, r->releases[i].name, arena);
		struct oid theirs;

		if (listed(&theirs, buf_str(&out),
		           arena_fmt(arena, "refs/tags/" STR_FMT, STR_ARG(tag))))
			compare_tag(diags, r, &r->releases[i], &theirs,
			            "that the remote has", arena);
	}
	return true;
}
