/*
 * raw.c - the bytes of a tree object, entry by entry
 */
#include "repo/internal.h"

#include <string.h>

bool raw_next(struct raw *r, bool *bad)
{
	size_t blank = str_find(r->rest, ' '), end = str_find(r->rest, '\0');
	unsigned mode = 0;

	if (!r->rest.n)
		return false;
	*bad = blank >= end || r->rest.n - end < 1 + sizeof(r->id.id);
	for (size_t i = 0; i < blank && !*bad; i++) {
		*bad = r->rest.s[i] < '0' || r->rest.s[i] > '7' || i > 6;
		mode = mode * 8 + (unsigned)(r->rest.s[i] - '0');
	}
	if (*bad)
		return false;
	r->kind = kind_of_mode(mode);
	r->name = str_sub(r->rest, blank + 1, end - blank - 1);
	memcpy(r->id.id, r->rest.s + end + 1, sizeof(r->id.id));
	r->rest = str_sub(r->rest, end + 1 + sizeof(r->id.id), r->rest.n);
	return true;
}

int raw_open(git_odb_object **out, struct raw *r, struct handle *h,
             const struct oid *tree)
{
	int code = git_odb_read(out, h->odb, oid_git(tree));

	*r = (struct raw){0};
	if (code)
		return code;
	if (git_odb_object_type(*out) != GIT_OBJECT_TREE)
		return GIT_EPEEL;
	r->rest = (struct str){git_odb_object_data(*out), git_odb_object_size(*out)};
	return 0;
}
