/*
 * git.h - a repository to throw away, made by git itself
 *
 * It is the current folder while it is open; nothing of the user's configuration, of the
 * clock or of hooks around the test gets into it.
 */
#pragma once

#include "../sandbox.h"
#include "repo/repo.h"

/* libgit2 1.5 forgets what it compares configuration with, in repositories with extensions. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libpcre2\nleak:libgit2\n";
}

struct box {
	struct sandbox sandbox;
	struct arena arena;
	struct repo *repo;
	struct err err;
	struct str dir; /* the sandbox, as a real path */
};

static inline void environment(const char *home)
{
	static const char *const none[] = {"GIT_DIR",
	                                   "GIT_WORK_TREE",
	                                   "GIT_INDEX_FILE",
	                                   "GIT_OBJECT_DIRECTORY",
	                                   "GIT_ALTERNATE_OBJECT_DIRECTORIES",
	                                   "GIT_CEILING_DIRECTORIES",
	                                   "GIT_COMMITTER_NAME",
	                                   "GIT_COMMITTER_EMAIL",
	                                   "XDG_CONFIG_HOME",
	                                   "EMAIL"};

	for (size_t i = 0; i < ARRAY_LEN(none); i++)
		unsetenv(none[i]);
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	setenv("HOME", home, 1);
	setenv("GIT_AUTHOR_DATE", "2026-06-20T10:00:00+0300", 1);
	setenv("GIT_COMMITTER_DATE", "2026-06-20T10:00:00+0300", 1);
}

/* One for the whole program: libgit2 asks for it once only. */
static char home[] = "/tmp/stemma-home-XXXXXX";

static void home_remove(void)
{
	(void)nftw(home, sandbox_remove, 16, FTW_DEPTH | FTW_PHYS);
}

static inline void home_open(void)
{
	static bool made;
	char config[64];

	if (!made) {
		assert_non_null(mkdtemp(home));
		assert_int_equal(atexit(home_remove), 0);
		made = true;
	}
	environment(home);
	snprintf(config, sizeof(config), "%s/.gitconfig", home);
	sandbox_write(config, "[user]\n\tname = A. Curator\n\temail = a@example.org\n"
	                      "[init]\n\tdefaultBranch = main\n"
	                      "[protocol \"file\"]\n\tallow = always\n");
}

static inline int try_sh(const char *command)
{
	char whole[4096];

	snprintf(whole, sizeof(whole), "{ %s; } >>.sh-log 2>&1", command);
	return system(whole);
}

static inline void sh(const char *command)
{
	if (try_sh(command))
		fail_msg("failed: %s", command);
}

/* An empty folder in which git works. */
static inline void box_open(struct box *b)
{
	char real[4096];

	if (system("command -v git >/dev/null 2>&1"))
		skip();
	*b = (struct box){0};
	sandbox_open(&b->sandbox);
	assert_non_null(realpath(".", real));
	b->dir = arena_str(&b->arena, str_of(real));
	home_open();
}

static inline void box_close(struct box *b)
{
	repo_close(b->repo);
	environment(home);
	sandbox_close(&b->sandbox);
	arena_release(&b->arena);
}

static inline void box_repo(struct box *b, const char *dir)
{
	repo_close(b->repo);
	b->repo = NULL;
	b->err = (struct err){0};
	if (!repo_open(&b->repo, str_of(dir), &b->arena, &b->err))
		fail_msg("%s: %s", dir, b->err.text);
}

/* The message of a repository that does not open. */
static inline const char *box_refusal(struct box *b, const char *dir)
{
	struct repo *r = NULL;

	b->err = (struct err){0};
	if (repo_open(&r, str_of(dir), &b->arena, &b->err)) {
		repo_close(r);
		fail_msg("%s opens", dir);
	}
	assert_int_equal(b->err.code, ERR_REPO);
	return b->err.text;
}

/* A repository in the current folder with one commit of a few files. */
static inline void box_sample(struct box *b)
{
	box_open(b);
	sandbox_write("data/methods/b.yaml", "b\n");
	sandbox_write("data/methods/a.yaml", "a\n");
	sandbox_write("data/methods.txt", "text\n");
	sandbox_write("data/.hidden", "h\n");
	sandbox_write("top.yaml", "top\n");
	assert_int_equal(symlink("top.yaml", "link"), 0);
	sh("git init -q . && git add data top.yaml link && git commit -qm first");
	box_repo(b, ".");
}

static inline struct oid box_commit(struct box *b, const char *rev)
{
	struct oid id = {{0}};

	b->err = (struct err){0};
	if (!repo_resolve(&id, b->repo, str_of(rev), &b->arena, &b->err))
		fail_msg("%s: %s", rev, b->err.text);
	return id;
}

static inline struct oid box_root(struct box *b, const char *rev)
{
	struct oid id = box_commit(b, rev);
	struct commit c;

	assert_true(repo_commit(&c, b->repo, &id, &b->arena, &b->err));
	return c.tree;
}

static inline void assert_says(const struct err *e, const char *words)
{
	if (!strstr(e->text, words))
		fail_msg("\"%s\" does not say \"%s\"", e->text, words);
}
