/*
 * hooks.h - what the files of `stemma hooks` share
 */
#pragma once

#include "cmd/internal.h"
#include "guard/guard.h"
#include "repo/repo.h"

/* One hook that stemma knows. */
struct hook {
	const char *name;
	bool reads_lines; /* references on its stdin */
	const char *outcome; /* of a refusal: "nothing was committed" */
};

enum { HOOK_PRE_COMMIT, HOOK_PRE_MERGE, HOOK_PRE_PUSH, HOOK_PRE_RECEIVE, HOOKS_N };
extern const struct hook hooks[HOOKS_N];

/* ---- hooks_files.c: the scripts in the folder of hooks ---- */

enum hook_state { HOOK_NONE, HOOK_OURS, HOOK_OLD, HOOK_FOREIGN };

struct hook_files {
	struct arena *arena;
	struct str folder; /* terminated; as git names it, from where git runs hooks */
	struct str real; /* the same as a path that can be opened */
	struct str program; /* this program, absolute */
};

/* Fails: ERR_REPO, ERR_IO */
bool hook_files_find(struct hook_files *out, struct repo *r, struct arena *arena,
                     struct err *err) MUST_CHECK;
enum hook_state hook_state(const struct hook_files *f, const struct hook *h);
/* Whether there is a hook that ours runs first. */
bool hook_is_chained(const struct hook_files *f, const struct hook *h);
/* Write ours; a foreign one is renamed and runs first. Fails: ERR_IO */
bool hook_install(const struct hook_files *f, const struct hook *h,
                  struct err *err) MUST_CHECK;
/* Take ours away, and put back what was there before. Fails: ERR_IO */
bool hook_uninstall(const struct hook_files *f, const struct hook *h,
                    struct err *err) MUST_CHECK;

/* ---- hooks_install.c ---- */

enum status hooks_install(struct run *r, const struct opt_list *names, bool attributes);
enum status hooks_uninstall(struct run *r, const struct opt_list *names);
enum status hooks_status(struct run *r, const struct opt_list *names);

/* ---- hooks_run.c ---- */

/* One run of a hook. */
struct hooking {
	struct run *run;
	const struct hook *hook;
	struct repo *repo;
	struct str lines; /* what git wrote to its stdin */
	struct opt_list args; /* what git gave it */
	enum status status; /* the worst so far */
};

enum status hooks_run(struct run *r, struct str name, const struct opt_list *args);
/* One more line of talk, after the name of the hook, and with it a refusal. */
void hook_refuse(struct hooking *h, const char *fmt, ...) PRINTF_FORMAT(2, 3);
void hook_fail(struct hooking *h, const struct err *err);
/*
 * Tell findings. LENIENT: only what is said of histories refuses.
 * WHERE  what they are about ("refs/heads/x"), or NULL
 */
void hook_tell(struct hooking *h, const struct told *told, const char *where,
               bool lenient);
/* Check a change and tell what it causes. */
void hook_check(struct hooking *h, const struct guard_options *opt, const char *where,
                bool lenient);

/* ---- hooks_push.c: pre-push and pre-receive ---- */

void hook_run_push(struct hooking *h);
void hook_run_receive(struct hooking *h);
