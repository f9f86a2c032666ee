#include "cmd/hooks.h"

const struct hook hooks[HOOKS_N] = {
        [HOOK_PRE_COMMIT] = {"pre-commit", false, "nothing was committed"},
        [HOOK_PRE_MERGE] = {"pre-merge-commit", false, "nothing was merged yet"},
        [HOOK_PRE_PUSH] = {"pre-push", true, "nothing was pushed"},
        [HOOK_PRE_RECEIVE] = {"pre-receive", true, "nothing was taken over"},
};

struct args {
	bool attributes;
};

static enum status run(struct run *r, const void *values, const struct opt_list *operands)
{
	const struct args *args = values;
	struct str action = operands->items[0];
	struct opt_list rest = {.items = operands->items + 1, .n = operands->n - 1};

	if (args->attributes && !str_eqz(action, "install"))
		return run_usage(r, "--attributes goes with `stemma hooks install`");
	if (str_eqz(action, "install"))
		return hooks_install(r, &rest, args->attributes);
	if (str_eqz(action, "uninstall"))
		return hooks_uninstall(r, &rest);
	if (str_eqz(action, "status"))
		return hooks_status(r, &rest);
	if (!str_eqz(action, "run"))
		return run_usage(
		        r, "'" STR_FMT "' is none of install, uninstall, status and run",
		        STR_ARG(diag_quote(r->arena, action)));
	if (!rest.n)
		return run_usage(r, "which hook? `stemma hooks run pre-commit`");
	action = rest.items[0];
	rest.items++;
	rest.n--;
	return hooks_run(r, action, &rest);
}

static const struct opt options[] = {
        OPT_FLAG(0, "attributes", struct args, attributes,
                 "With install: also add the lines for the merge driver to "
                 ".gitattributes."),
};

static const struct args defaults = {0};

static const struct command_example examples[] = {
        {"hooks install", "check before each commit and push of this clone"},
        {"hooks install --attributes", "also merge entries by field"},
        {"hooks install pre-receive", "on a server, in the bare repository"},
        {"hooks status", "what is installed"},
};

const struct command command_hooks = {
        .name = "hooks",
        .summary = "install git's hooks and merge driver, or run a hook",
        .operands = "ACTION [HOOK...]",
        .text = "ACTION is install, uninstall, status or run; HOOK is pre-commit, "
                "pre-merge-commit, pre-push or pre-receive. Without HOOK a work tree "
                "gets the first three, a bare repository pre-receive.\n\n"
                "pre-commit checks what is staged, pre-merge-commit what a merge makes "
                "of two sides, pre-push and pre-receive what a push "
                "changes; each tells only what the change causes. Releases are "
                "protected: their branch is neither rewound nor deleted, their tags "
                "are neither moved nor deleted, and history lines stay.\n\n"
                "install respects core.hooksPath and linked work trees. A hook that is "
                "there already is kept as HOOK.stemma-chained and runs first. It also "
                "tells git of the merge driver (merge.stemma.*). uninstall takes all of "
                "that back. What git calls is `stemma hooks run HOOK`.\n\n"
                "Where a repository has several datasets, tell their folders, with a "
                "colon between: git config stemma.datasets first:second\n\n"
                "A pre-receive hook refuses every error on the branch that HEAD names; "
                "on other branches it refuses what breaks histories and tells the rest.",
        .status = "0  done; or nothing stands in the way\n"
                  "1  findings of severity error, or a push that would change releases\n"
                  "2  wrong usage, or a stemma.yaml that cannot be used\n"
                  "3  git or a file could not be used",
        .options = options,
        .options_n = ARRAY_LEN(options),
        .examples = examples,
        .examples_n = ARRAY_LEN(examples),
        .defaults = &defaults,
        .size = sizeof(struct args),
        .operands_min = 1,
        .operands_max = -1,
        .run = run,
};
