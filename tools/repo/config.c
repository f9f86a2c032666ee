#include "repo/internal.h"

#include <stdlib.h>
#include <string.h>

/* The locks are no part of what a const repository promises. */
static pthread_mutex_t *main_lock(const struct repo *r)
{
	return &((struct repo *)(uintptr_t)r)->main_lock;
}

struct str repo_config(const struct repo *r, const char *key, struct arena *arena)
{
	CLEANUP(free_config) git_config *config = NULL;
	git_buf value = {0};
	struct str out = STR_NONE;

	HOLD(main_lock(r));
	if (!git_repository_config(&config, r->main) &&
	    !git_config_get_string_buf(&value, config, key))
		out = arena_str(arena, (struct str){value.ptr, value.size});
	git_buf_dispose(&value);
	return out;
}

/* Source: git, ident.c, crud(): what a name neither starts nor ends with. */
static bool is_crud(char c)
{
	return (unsigned char)c <= ' ' || strchr(".,:;<>\"\\'", c);
}

/* TEXT as git would write it: without bytes that end a field or a line. */
static struct str clean(struct str text, struct arena *arena)
{
	char *s = arena_alloc(arena, text.n + 1, 1);
	size_t n = 0;

	while (text.n && is_crud(text.s[text.n - 1]))
		text.n--;
	while (text.n && is_crud(text.s[0]))
		text = str_sub(text, 1, text.n);
	for (size_t i = 0; i < text.n; i++)
		if (text.s[i] != '<' && text.s[i] != '>' && text.s[i] != '\n')
			s[n++] = text.s[i];
	return (struct str){s, n};
}

static struct str first_of(const struct repo *r, const char *variable, const char *own,
                           const char *user, struct arena *arena)
{
	struct str set = clean(str_of(getenv(variable)), arena);

	if (!set.n)
		set = clean(repo_config(r, own, arena), arena);
	if (!set.n)
		set = clean(repo_config(r, user, arena), arena);
	return set;
}

bool repo_identity(struct str *out, const struct repo *r, struct arena *arena,
                   struct err *err)
{
	struct str name =
	        first_of(r, "GIT_COMMITTER_NAME", "committer.name", "user.name", arena);
	struct str mail = first_of(r, "GIT_COMMITTER_EMAIL", "committer.email",
	                           "user.email", arena);

	if (!mail.n)
		mail = clean(str_of(getenv("EMAIL")), arena);
	if (!name.n || !mail.n)
		return err_set(
		        err, ERR_REPO,
		        "git does not know who you are; tell it with: git config "
		        "--global user.name \"Your Name\" and: git config --global "
		        "user.email you@example.org");
	*out = arena_fmt(arena, STR_FMT " <" STR_FMT ">", STR_ARG(name), STR_ARG(mail));
	return true;
}
