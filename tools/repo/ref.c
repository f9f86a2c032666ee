#include "repo/internal.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define LOCK_TRIES 20
#define LOCK_PAUSE_NS 25000000 /* between two tries */

bool repo_ref(struct oid *out, struct repo *r, const char *name)
{
	struct err ignored = {0};
	CLEANUP(handle_return) struct handle *h = handle_borrow(r, &ignored);
	git_oid id;

	if (!h || git_reference_name_to_id(&id, h->git, name))
		return false;
	*out = oid_of(&id);
	return true;
}

bool repo_peel(struct oid *commit, struct repo *r, const struct oid *object)
{
	struct err ignored = {0};
	CLEANUP(handle_return) struct handle *h = handle_borrow(r, &ignored);
	CLEANUP(free_object) git_object *o = NULL, *peeled = NULL;

	if (!h || git_object_lookup(&o, h->git, oid_git(object), GIT_OBJECT_ANY) ||
	    git_object_peel(&peeled, o, GIT_OBJECT_COMMIT))
		return false;
	*commit = oid_of(git_object_id(peeled));
	return true;
}

static void free_tag(git_tag **tag)
{
	git_tag_free(*tag);
}

bool repo_tag_message(struct str *out, struct repo *r, struct str name,
                      struct arena *arena)
{
	struct err ignored = {0};
	CLEANUP(handle_return) struct handle *h = handle_borrow(r, &ignored);
	CLEANUP(free_tag) git_tag *tag = NULL;
	struct str ref = arena_fmt(arena, "refs/tags/" STR_FMT, STR_ARG(name));
	git_oid id;

	if (!h || git_reference_name_to_id(&id, h->git, ref.s) ||
	    git_tag_lookup(&tag, h->git, &id))
		return false;
	*out = arena_str(arena, str_of(git_tag_message(tag)));
	return true;
}

/* ---- all references of a kind ---- */

struct named {
	struct str name;
	struct oid target;
};

struct named_list {
	struct named *items;
	size_t n, cap;
};

static void free_iterator(git_reference_iterator **it)
{
	git_reference_iterator_free(*it);
}

static int by_name(const void *a, const void *b)
{
	const struct named *x = a, *y = b;

	return str_cmp(x->name, y->name);
}

static int collect(struct named_list *list, struct handle *h, const char *glob,
                   struct arena *arena)
{
	CLEANUP(free_iterator) git_reference_iterator *it = NULL;
	int code = git_reference_iterator_glob_new(&it, h->git, glob);

	while (!code) {
		CLEANUP(free_reference) git_reference *ref = NULL;
		git_oid id;

		code = git_reference_next(&ref, it);
		/* One that leads nowhere (a remote's HEAD after its branch went) is left out. */
		if (!code &&
		    !git_reference_name_to_id(&id, h->git, git_reference_name(ref)))
			*arena_push(arena, list->items, list->n, list->cap) =
			        (struct named){
			                arena_str(arena, str_of(git_reference_name(ref))),
			                oid_of(&id)};
	}
	return code == GIT_ITEROVER ? 0 : code;
}

static bool read_refs(struct named_list *list, struct repo *r, const char *glob,
                      struct arena *arena, struct err *err)
{
	CLEANUP(handle_return) struct handle *h = handle_borrow(r, err);
	int code;

	if (!h)
		return false;
	code = collect(list, h, glob, arena);
	if (code)
		return fail_git(r, GIT_ERROR, NULL, err, "read the references");
	if (list->n)
		qsort(list->items, list->n, sizeof(*list->items), by_name);
	return true;
}

bool repo_refs(struct repo *r, const char *glob, repo_ref_fn *fn, void *ctx,
               struct err *err)
{
	CLEANUP(arena_release) struct arena arena = {0};
	struct named_list list = {0};

	if (!read_refs(&list, r, glob, &arena, err))
		return false;
	for (size_t i = 0; i < list.n; i++)
		if (!fn(ctx, list.items[i].name, &list.items[i].target))
			break;
	return true;
}

/* ---- moving one ---- */

static void free_transaction(git_transaction **tx)
{
	git_transaction_free(*tx);
}

static int lock_ref(git_transaction *tx, const char *name)
{
	struct timespec pause = {.tv_nsec = LOCK_PAUSE_NS};
	int code = git_transaction_lock_ref(tx, name);

	/* Another git command holds it for a moment only. */
	for (int i = 1; code == GIT_ELOCKED && i < LOCK_TRIES; i++) {
		(void)nanosleep(&pause, NULL);
		code = git_transaction_lock_ref(tx, name);
	}
	return code;
}

static bool fail_move(const struct repo *r, int code, const char *name, struct err *err)
{
	if (code == GIT_ELOCKED)
		return err_set(
		        err, ERR_REPO,
		        "\"%s\" is locked by another git command, or by one that was "
		        "killed; when none is running, remove \"%s/%s.lock\" and try "
		        "again",
		        name, r->folder.s, name);
	if (code == GIT_EINVALIDSPEC)
		return err_set(err, ERR_REPO,
		               "\"%s\" cannot be the name of a branch or tag in git",
		               name);
	return err_set(err, ERR_REPO, "cannot write \"%s\" in \"%s\": %s", name,
	               r->folder.s, git_said());
}

/* Under the lock: is NAME still where the caller has seen it? */
static bool still_there(struct repo *r, const char *name, const struct oid *from,
                        struct err *err)
{
	CLEANUP(free_reference) git_reference *ref = NULL;
	int code = git_reference_lookup(&ref, r->main, name);

	if (code && code != GIT_ENOTFOUND)
		return fail_move(r, code, name, err);
	if (!code && git_reference_type(ref) != GIT_REFERENCE_DIRECT)
		return err_set(
		        err, ERR_REPO,
		        "\"%s\" is a symbolic reference to \"%s\" and is not moved", name,
		        git_reference_symbolic_target(ref));
	if (code ? !from
	         : from && git_oid_equal(git_reference_target(ref), oid_git(from)))
		return true;
	return err_set(err, ERR_MOVED,
	               "\"%s\" was %s by somebody else in the meantime; nothing was "
	               "changed: look at the new state and run this again",
	               name,
	               code   ? "removed"
	               : from ? "moved"
	                      : "made");
}

bool repo_move_ref(struct repo *r, const char *name, const struct oid *from,
                   const struct oid *to, const char *log, struct err *err)
{
	CLEANUP(free_transaction) git_transaction *tx = NULL;
	int code;

	HOLD(&r->main_lock);
	code = git_transaction_new(&tx, r->main);
	if (!code)
		code = lock_ref(tx, name);
	if (code)
		return fail_move(r, code, name, err);
	if (!still_there(r, name, from, err))
		return false;
	code = git_transaction_set_target(tx, name, oid_git(to), NULL, log);
	if (!code)
		code = git_transaction_commit(tx);
	return !code || fail_move(r, code, name, err);
}
