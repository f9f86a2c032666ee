#include "repo/internal.h"

#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

/* The largest tree kept parsed: a flat folder of 200,000 files. */
#define CACHED_TREE_BYTES ((size_t)16 * 1024 * 1024)

static pthread_once_t once = PTHREAD_ONCE_INIT;

/*
 * libgit2 would keep 256 MiB of objects, and map whole packs. Packs have files in an order of
 * their own: small windows go and come without much ado.
 */
static void bound_memory(void)
{
	git_libgit2_opts(GIT_OPT_SET_CACHE_MAX_SIZE, (ssize_t)LIMIT_GIT_CACHE_BYTES);
	git_libgit2_opts(GIT_OPT_SET_MWINDOW_SIZE, (size_t)LIMIT_GIT_WINDOW_BYTES);
	git_libgit2_opts(GIT_OPT_SET_MWINDOW_MAPPED_LIMIT,
	                 (size_t)LIMIT_GIT_MAPPED_BYTES);
}

static void start(void)
{
	/* Extensions that change nothing about how objects and references are read. */
	static const char *harmless[] = {"worktreeconfig", "partialclone",
	                                 "preciousobjects", "relativeworktrees"};
	const char *no_system = getenv("GIT_CONFIG_NOSYSTEM");

	if (git_libgit2_init() < 0)
		out_of_memory();
	git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, harmless, ARRAY_LEN(harmless));
	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
	git_libgit2_opts(GIT_OPT_SET_CACHE_OBJECT_LIMIT, GIT_OBJECT_TREE,
	                 CACHED_TREE_BYTES);
	bound_memory();
	if (no_system && *no_system && strcmp(no_system, "0") != 0)
		git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_SYSTEM, "");
}

/*
 * git_libgit2_init() reads all certificates of the system, which takes longer than to open a
 * repository, in every command. Nothing here speaks to a remote through libgit2: git itself
 * does (git.c). So the functions of mbedTLS that read them are these, for the whole program;
 * their chain stays empty, which trusts nobody.
 */
#define IN_PLACE_OF_THEIRS __attribute__((used, visibility("default")))
int mbedtls_x509_crt_parse_file(void *chain, const char *path);
int mbedtls_x509_crt_parse_path(void *chain, const char *path);

IN_PLACE_OF_THEIRS int mbedtls_x509_crt_parse_file(void *chain, const char *path)
{
	(void)chain;
	(void)path;
	return 0;
}

IN_PLACE_OF_THEIRS int mbedtls_x509_crt_parse_path(void *chain, const char *path)
{
	(void)chain;
	(void)path;
	return 0;
}

void init_git(void)
{
	(void)pthread_once(&once, start);
}

void repo_check_hashes(bool on)
{
	init_git();
	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, on ? 1 : 0);
}

/* An empty value takes back all before it. */
static int note_trust(const git_config_entry *entry, void *ctx)
{
	bool *trusts = ctx;

	if (!entry->value || !*entry->value)
		*trusts = false;
	else if (strcmp(entry->value, "*") == 0)
		*trusts = true;
	return 0;
}

bool trusts_everybody(void)
{
	CLEANUP(free_config) git_config *config = NULL;
	bool trusts = false;

	if (git_config_open_default(&config))
		return false;
	(void)git_config_get_multivar_foreach(config, "safe.directory", NULL, note_trust,
	                                      &trusts);
	return trusts;
}
