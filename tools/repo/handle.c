#include "repo/internal.h"

#include <stdlib.h>
#include <string.h>

static void add_object_folder(git_odb *odb, struct str folder)
{
	char name[PATH_BYTES];

	if (!folder.n || folder.n >= sizeof(name))
		return;
	memcpy(name, folder.s, folder.n);
	name[folder.n] = '\0';
	(void)git_odb_add_disk_alternate(odb,
	                                 name); /* not there: nothing to read in it */
}

void add_object_folders(git_repository *git)
{
	struct str own = str_of(getenv("GIT_OBJECT_DIRECTORY"));
	struct str others = str_of(getenv("GIT_ALTERNATE_OBJECT_DIRECTORIES")), folder;
	git_odb *odb;

	if ((!own.n && !others.n) || git_repository_odb(&odb, git))
		return;
	add_object_folder(odb, own);
	while (str_split(&others, ':', &folder))
		add_object_folder(odb, folder);
	git_odb_free(odb);
}

static void handle_close(struct handle *h)
{
	git_odb_free(h->odb);
	git_repository_free(h->git);
	free(h);
}

static struct handle *handle_open(struct repo *r, struct err *err)
{
	struct handle *h = mem_alloc(sizeof(*h));
	int code;

	*h = (struct handle){.repo = r};
	/* As if bare: neither configuration nor owner is looked at a second time. */
	code = git_repository_open_bare(&h->git, r->git_dir.s);
	if (!code) {
		add_object_folders(h->git);
		code = git_repository_odb(&h->odb, h->git);
	}
	if (!code)
		code = apart_join(r->apart, h->odb);
	if (!code)
		return h;
	fail_git(r, code, NULL, err, "open the repository once more");
	handle_close(h);
	return NULL;
}

struct handle *handle_borrow(struct repo *r, struct err *err)
{
	struct handle *h;

	(void)pthread_mutex_lock(&r->pool_lock);
	h = r->idle;
	if (h)
		r->idle = h->next;
	(void)pthread_mutex_unlock(&r->pool_lock);
	return h ? h : handle_open(r, err);
}

void handle_return(struct handle **h)
{
	struct repo *r;

	if (!*h)
		return;
	r = (*h)->repo;
	(void)pthread_mutex_lock(&r->pool_lock);
	(*h)->next = r->idle;
	r->idle = *h;
	(void)pthread_mutex_unlock(&r->pool_lock);
}

void handles_close(struct repo *r)
{
	while (r->idle) {
		struct handle *h = r->idle;

		r->idle = h->next;
		handle_close(h);
	}
}
