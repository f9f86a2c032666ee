#include "repo/internal.h"

enum tree_kind kind_of_mode(unsigned mode)
{
	switch (mode & 0170000) {
	case 0100000:
		return TREE_FILE;
	case 0040000:
		return TREE_FOLDER;
	case 0120000:
		return TREE_LINK;
	default:
		return TREE_OTHER;
	}
}

/* GIT_EBUFS when OUT cannot hold it: its size is asked for first, for it may be a bomb. */
static int read_bytes(struct buf *out, struct handle *h, const git_oid *id)
{
	CLEANUP(free_raw) git_odb_object *raw = NULL;
	git_object_t type;
	size_t size;
	int code = git_odb_read_header(&size, &type, h->odb, id);

	buf_reset(out);
	if (!code && type != GIT_OBJECT_BLOB)
		return GIT_EPEEL;
	if (!code && size > out->max)
		return GIT_EBUFS;
	if (!code)
		code = git_odb_read(&raw, h->odb, id);
	if (!code)
		buf_add(out, (struct str){git_odb_object_data(raw), size});
	return code;
}

bool repo_blob(struct buf *out, struct repo *r, const struct oid *blob, struct err *err)
{
	CLEANUP(handle_return) struct handle *h = handle_borrow(r, err);
	int code;

	if (!h)
		return false;
	code = read_bytes(out, h, oid_git(blob));
	if (code == GIT_EBUFS)
		return err_set(err, ERR_LIMIT,
		               "a file in the repository is larger than %zu bytes",
		               out->max);
	if (code == GIT_EPEEL)
		return err_set(err, ERR_REPO,
		               "an object of \"%s\" is no file but should be one",
		               r->folder.s);
	return !code || fail_git(r, code, oid_git(blob), err, "read a file's content");
}

enum source_status read_blob(struct repo *r, struct source *out, struct buf *buf,
                             struct str path, const git_oid *id, const char **why)
{
	struct err ignored = {0};
	CLEANUP(handle_return) struct handle *h = handle_borrow(r, &ignored);
	int code = h ? read_bytes(buf, h, id) : GIT_ERROR;

	*out = (struct source){path, STR_NONE};
	if (code == GIT_EBUFS)
		return SOURCE_TOO_LARGE;
	if (code) {
		*why = code == GIT_ENOTFOUND
		               ? why_missing(r)
		               : "its content in the repository is damaged; see \"git fsck\"";
		return SOURCE_UNREADABLE;
	}
	out->bytes = buf_str(buf);
	return SOURCE_OK;
}
