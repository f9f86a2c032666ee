/*
 * apart.c - objects that are kept in memory, in place of being written into the repository
 *
 * One store for all handles: a backend of libgit2 belongs to one object database, so each of
 * them gets a backend that leads to the same store, asked before the repository's own.
 */
#include "repo/internal.h"

#include "base/map.h"

#include <git2/sys/odb_backend.h>
#include <stdlib.h>
#include <string.h>

#define BEFORE_PACKS 3 /* libgit2 gives its packs priority 2 */

struct apart_object {
	struct str bytes;
	git_object_t type;
};

struct apart {
	struct repo *repo;
	pthread_mutex_t lock;
	struct map objects; /* the bytes of an id -> struct apart_object * */
	struct arena arena;
};

struct backend {
	git_odb_backend base; /* first: libgit2 knows no more of it */
	struct apart *apart;
};

static struct str key_of(const git_oid *id)
{
	return (struct str){(const char *)id->id, sizeof(id->id)};
}

static const struct apart_object *find(git_odb_backend *b, const git_oid *id)
{
	struct apart *a = ((struct backend *)b)->apart;

	HOLD(&a->lock);
	return map_get(&a->objects, key_of(id));
}

static int exists(git_odb_backend *b, const git_oid *id)
{
	return find(b, id) != NULL;
}

static int read_header(size_t *n, git_object_t *type, git_odb_backend *b,
                       const git_oid *id)
{
	const struct apart_object *o = find(b, id);

	if (!o)
		return GIT_ENOTFOUND;
	*n = o->bytes.n;
	*type = o->type;
	return 0;
}

static int read_object(void **bytes, size_t *n, git_object_t *type, git_odb_backend *b,
                       const git_oid *id)
{
	const struct apart_object *o = find(b, id);

	if (!o)
		return GIT_ENOTFOUND;
	*bytes = git_odb_backend_data_alloc(b, o->bytes.n + 1);
	if (!*bytes)
		return GIT_ERROR;
	memcpy(*bytes, o->bytes.s, o->bytes.n);
	((char *)*bytes)[o->bytes.n] = '\0';
	*n = o->bytes.n;
	*type = o->type;
	return 0;
}

static int write_object(git_odb_backend *b, const git_oid *id, const void *bytes,
                        size_t n, git_object_t type)
{
	struct apart *a = ((struct backend *)b)->apart;
	struct apart_object *o;

	HOLD(&a->lock);
	o = arena_new(&a->arena, struct apart_object);
	o->bytes = arena_str(&a->arena, (struct str){bytes, n});
	o->type = type;
	map_set(&a->objects, arena_str(&a->arena, key_of(id)), o);
	return 0;
}

/*
 * An object that is there already need not be written. Asked of libgit2, the repository's own
 * would get a new time; so another handle only looks.
 */
static int freshen(git_odb_backend *b, const git_oid *id)
{
	struct oid wanted = oid_of(id);

	return repo_has(((struct backend *)b)->apart->repo, &wanted) ? 0 : GIT_ENOTFOUND;
}

static void backend_free(git_odb_backend *b)
{
	free(b);
}

int apart_join(struct apart *a, git_odb *odb)
{
	struct backend *b;

	if (!a)
		return 0;
	b = mem_alloc(sizeof(*b));
	*b = (struct backend){.apart = a};
	if (git_odb_init_backend(&b->base, GIT_ODB_BACKEND_VERSION)) {
		free(b);
		return GIT_ERROR;
	}
	b->base.read = read_object;
	b->base.read_header = read_header;
	b->base.exists = exists;
	b->base.write = write_object;
	b->base.freshen = freshen;
	b->base.free = backend_free;
	return git_odb_add_backend(odb, &b->base, BEFORE_PACKS);
}

bool repo_write_apart(struct repo *r, struct err *err)
{
	git_odb *odb = NULL;
	int code;

	if (r->apart)
		return true;
	r->apart = mem_alloc(sizeof(*r->apart));
	*r->apart = (struct apart){.repo = r};
	(void)pthread_mutex_init(&r->apart->lock, NULL);
	map_init(&r->apart->objects, &r->apart->arena);
	handles_close(r);
	code = git_repository_odb(&odb, r->main);
	if (!code)
		code = apart_join(r->apart, odb);
	git_odb_free(odb);
	return !code || fail_git(r, code, NULL, err, "keep objects in memory");
}

void apart_free(struct apart *a)
{
	if (!a)
		return;
	(void)pthread_mutex_destroy(&a->lock);
	arena_release(&a->arena);
	free(a);
}
