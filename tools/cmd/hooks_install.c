/*
 * hooks_install.c - `stemma hooks install`, `uninstall` and `status`
 */
#include "cmd/hooks.h"

#include "base/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

struct installing {
	struct run *run;
	struct repo *repo;
	struct hook_files files;
	const struct hook *chosen[HOOKS_N]; /* n of them */
	size_t n;
	struct str *attributes; /* lines for the merge driver, attributes_n of them */
	size_t attributes_n, attributes_cap;
};

static void release(struct installing *i)
{
	repo_close(i->repo);
}

static const struct hook *find(struct str name)
{
	for (size_t i = 0; i < HOOKS_N; i++)
		if (str_eqz(name, hooks[i].name))
			return &hooks[i];
	return NULL;
}

static bool unknown_hook(struct run *r, struct str name, struct err *err)
{
	struct str names[HOOKS_N], hint;

	for (size_t i = 0; i < HOOKS_N; i++)
		names[i] = str_of(hooks[i].name);
	hint = opt_suggest(r->arena, name, "", names, HOOKS_N);
	return err_set(err, ERR_USAGE, "stemma has no hook '" STR_FMT "'" STR_FMT,
	               STR_ARG(diag_quote(r->arena, name)), STR_ARG(hint));
}

static bool choose(struct installing *in, const struct opt_list *names, bool all,
                   struct err *err)
{
	bool bare = repo_is_bare(in->repo);

	for (size_t i = 0; i < names->n; i++) {
		const struct hook *h = find(names->items[i]);

		if (!h || in->n == HOOKS_N)
			return unknown_hook(in->run, names->items[i], err);
		in->chosen[in->n++] = h;
	}
	for (size_t i = 0; !names->n && i < HOOKS_N; i++)
		if (all || bare == (i == HOOK_PRE_RECEIVE))
			in->chosen[in->n++] = &hooks[i];
	return true;
}

static bool start(struct installing *in, struct run *r, const struct opt_list *names,
                  bool all, struct err *err)
{
	*in = (struct installing){.run = r};
	return repo_open(&in->repo, STR("."), r->arena, err) &&
	       choose(in, names, all, err) &&
	       hook_files_find(&in->files, in->repo, r->arena, err);
}

/* ---- the merge driver ---- */

static bool git(struct installing *in, const char *const *args, int allowed,
                struct err *err)
{
	CLEANUP(buf_release) struct buf talk = BUF_INIT(65536);
	int status;

	if (!repo_git(in->repo, args, STR(""), NULL, &talk, &status, err))
		return false;
	return status == 0 || status == allowed ||
	       err_set(err, ERR_REPO, "git %s %s: " STR_FMT, args[0], args[1],
	               STR_ARG(str_trim(buf_str(&talk))));
}

static bool set_driver(struct installing *in, struct err *err)
{
	static const char *const name[] = {"config", "merge.stemma.name",
	                                   "entries by field", NULL};
	static const char *const driver[] = {"config", "merge.stemma.driver",
	                                     "stemma merge-driver %O %A %B %L %P", NULL};

	return git(in, name, 0, err) && git(in, driver, 0, err);
}

static bool unset_driver(struct installing *in, struct err *err)
{
	static const char *const args[] = {"config", "--remove-section", "merge.stemma",
	                                   NULL};

	if (!repo_config(in->repo, "merge.stemma.driver", in->run->arena).s)
		return true;
	return git(in, args, 128, err); /* 128: set for all repositories of the user */
}

static void add_attribute(struct installing *in, const struct collection *c,
                          struct str pattern)
{
	struct arena *a = in->run->arena;
	struct str folder = repo_path(in->repo, c->folder, a);
	bool deep = str_find(pattern, '/') < pattern.n;
	struct str line;

	if (!folder.s)
		return;
	line = arena_fmt(a, "%s" STR_FMT "/%s" STR_FMT, folder.n ? "/" : "",
	                 STR_ARG(folder), deep ? "" : "**/", STR_ARG(pattern));
	/* A blank ends a pattern. */
	line = arena_fmt(a,
	                 str_find(line, ' ') < line.n ? "\"" STR_FMT "\" merge=stemma"
	                                              : STR_FMT " merge=stemma",
	                 STR_ARG(line));
	*arena_push(a, in->attributes, in->attributes_n, in->attributes_cap) = line;
}

/* The lines of .gitattributes that name the entries with a history. */
static void find_attributes(struct installing *in)
{
	struct dataset *d = NULL;
	struct diag_list unused;
	struct err ignored = {0};

	diag_init(&unused, in->run->arena);
	if (repo_is_bare(in->repo) ||
	    !run_open_dataset(&d, in->run, "", &unused, &ignored))
		return;
	for (size_t i = 0; i < d->collections_n; i++) {
		const struct collection *c = &d->collections[i];

		for (size_t k = 0; c->versioned && k < c->files_n; k++)
			add_attribute(in, c, c->files[k]);
	}
	dataset_release(d);
}

static bool has_line(struct str text, struct str wanted)
{
	struct str line;

	while (str_split(&text, '\n', &line))
		if (str_eq(str_trim(line), wanted))
			return true;
	return false;
}

static bool append(struct str path, struct str text, struct err *err)
{
	int fd = open(path.s, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW,
	              0666);
	bool ok = fd >= 0 && write(fd, text.s, text.n) == (ssize_t)text.n;

	if (fd >= 0)
		ok = close(fd) == 0 && ok;
	return ok || err_set(err, ERR_IO, STR_FMT ": %s", STR_ARG(path), strerror(errno));
}

/* Add the lines that are missing, or say which ones they are. */
static bool settle_attributes(struct installing *in, bool add, struct err *err)
{
	CLEANUP(buf_release)
	struct buf is = BUF_INIT(LIMIT_FILE_BYTES), more = BUF_INIT(LIMIT_FILE_BYTES);
	struct str path = arena_fmt(in->run->arena, STR_FMT "/.gitattributes",
	                            STR_ARG(repo_top(in->repo)));
	struct buf *out = &in->run->out.buf;
	struct source source;
	const char *why;

	if (source_read(&source, &is, path, &why) != SOURCE_OK)
		buf_reset(&is);
	if (is.n && is.s[is.n - 1] != '\n')
		buf_addc(&more, '\n');
	for (size_t i = 0; i < in->attributes_n; i++) {
		if (has_line(buf_str(&is), in->attributes[i]))
			continue;
		buf_addf(&more, STR_FMT "\n", STR_ARG(in->attributes[i]));
		buf_addf(out, "%s .gitattributes: " STR_FMT "\n",
		         add ? "added to" : "add to", STR_ARG(in->attributes[i]));
	}
	return !add || more.n < 2 || append(path, buf_str(&more), err);
}

/* ---- the three actions ---- */

static const char *state_words(const struct installing *in, const struct hook *h)
{
	bool chained = hook_is_chained(&in->files, h);

	switch (hook_state(&in->files, h)) {
	case HOOK_NONE:
		return "not installed";
	case HOOK_FOREIGN:
		return "not installed: another program's hook is there";
	case HOOK_OLD:
		return "installed by another stemma; install it again";
	default:
		return chained ? "installed, runs the hook that was there first"
		               : "installed";
	}
}

static void print_state(const struct installing *in)
{
	struct buf *out = &in->run->out.buf;
	struct str driver = repo_config(in->repo, "merge.stemma.driver", in->run->arena);

	buf_addf(out, "in " STR_FMT ":\n", STR_ARG(in->files.folder));
	for (size_t i = 0; i < in->n; i++)
		buf_addf(out, "  %-16s %s\n", in->chosen[i]->name,
		         state_words(in, in->chosen[i]));
	if (!repo_is_bare(in->repo))
		buf_addf(out, "  %-16s %s\n", "merge driver",
		         driver.s ? "set up" : "not set up");
}

enum status hooks_install(struct run *r, const struct opt_list *names, bool attributes)
{
	CLEANUP(release) struct installing in = {0};
	struct err err = {0};
	bool ok = start(&in, r, names, false, &err);

	for (size_t i = 0; ok && i < in.n; i++)
		ok = hook_install(&in.files, in.chosen[i], &err);
	if (ok && !repo_is_bare(in.repo))
		ok = set_driver(&in, &err);
	if (!ok)
		return run_fail(r, &err);
	print_state(&in);
	find_attributes(&in);
	return settle_attributes(&in, attributes, &err) ? STATUS_OK : run_fail(r, &err);
}

enum status hooks_uninstall(struct run *r, const struct opt_list *names)
{
	CLEANUP(release) struct installing in = {0};
	struct err err = {0};
	bool ok = start(&in, r, names, true, &err);

	for (size_t i = 0; ok && i < in.n; i++)
		ok = hook_uninstall(&in.files, in.chosen[i], &err);
	if (ok && !names->n)
		ok = unset_driver(&in, &err);
	if (!ok)
		return run_fail(r, &err);
	print_state(&in);
	return STATUS_OK;
}

enum status hooks_status(struct run *r, const struct opt_list *names)
{
	CLEANUP(release) struct installing in = {0};
	struct err err = {0};

	if (!start(&in, r, names, true, &err))
		return run_fail(r, &err);
	print_state(&in);
	return STATUS_OK;
}
