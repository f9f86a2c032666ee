/*
 * hooks_run.c - `stemma hooks run`: what git calls
 */
#include "cmd/hooks.h"

#include "base/limits.h"
#include "version/version.h"

#include <stdarg.h>
#include <unistd.h>

/* Failure wins over wrong usage, and that over findings. */
static void note(struct hooking *h, enum status status)
{
	if (status > h->status)
		h->status = status;
}

void hook_refuse(struct hooking *h, const char *fmt, ...)
{
	struct str text;
	va_list ap;

	va_start(ap, fmt);
	text = arena_vfmt(h->run->arena, fmt, ap);
	va_end(ap);
	note(h, STATUS_FINDINGS);
	run_say(h->run, STR_FMT, STR_ARG(text));
}

void hook_fail(struct hooking *h, const struct err *err)
{
	note(h, run_fail(h->run, err));
}

static bool is_about_history(const struct diag *d)
{
	return str_starts(str_of(d->rule->id), STR("history."));
}

void hook_tell(struct hooking *h, const struct told *told, const char *where,
               bool lenient)
{
	struct output *out = &h->run->err;
	bool refused = false;
	enum status status;

	for (size_t i = 0; i < told->found->n; i++)
		refused = refused ||
		          (told->found->items[i].severity == SEVERITY_ERROR &&
		           (!lenient || is_about_history(&told->found->items[i])));
	if (!told->found->n)
		return;
	if (where)
		run_say(h->run, "%s:", where);
	status = run_tell(out, told);
	(void)output_flush(out);
	if (refused || status == STATUS_FAILED)
		note(h, status);
}

/* Who commits or pushes knows what she claims; the others are told. */
static void drop_claims(struct diag_list *l)
{
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++)
		if (l->items[i].rule != &rule_state_authority)
			l->items[n++] = l->items[i];
	l->n = n;
}

void hook_check(struct hooking *h, const struct guard_options *opt, const char *where,
                bool lenient)
{
	struct guard_result result = {0};
	struct err err = {0};
	bool ok = guard_check(&result, h->repo, opt, h->run->arena, &err);
	const struct told told = {
	        .tree = result.tree,
	        .dataset = result.dataset,
	        .found = &result.found,
	        .files = result.files,
	        .dropped = result.dropped,
	        .trouble = result.trouble,
	};

	if (h->hook != &hooks[HOOK_PRE_RECEIVE])
		drop_claims(&result.found);
	hook_tell(h, &told, where, lenient);
	if (!ok)
		hook_fail(h, &err);
	guard_release(&result);
}

/*
 * The other sides of a merge that git is about to commit by itself: it has not written MERGE_HEAD
 * yet, but names them GITHEAD_<hash> in the environment.
 */
static size_t heads_of_environment(struct oid **out, struct arena *arena)
{
	static const struct str prefix = STR("GITHEAD_");
	struct oid *heads = NULL, id;
	size_t n = 0, cap = 0;

	for (char **e = environ; *e; e++) {
		struct str name = str_of(*e);

		name = str_sub(name, 0, str_find(name, '='));
		if (str_starts(name, prefix) &&
		    oid_parse(&id, str_sub(name, prefix.n, name.n)))
			*arena_push(arena, heads, n, cap) = id;
	}
	*out = heads;
	return n;
}

static void run_commit(struct hooking *h)
{
	struct arena *a = h->run->arena;
	struct guard_options opt = {.kind = GUARD_STAGED, .folder = h->run->dataset};
	struct oid *heads, *bases, head;
	size_t n = h->hook == &hooks[HOOK_PRE_MERGE]
	                   ? heads_of_environment(&heads, a)
	                   : repo_merge_heads(&heads, h->repo, a);

	bases = arena_array(a, struct oid, n + 1);
	if (repo_ref(&head, h->repo, "HEAD"))
		bases[opt.bases_n++] = head;
	for (size_t i = 0; opt.bases_n && i < n; i++)
		bases[opt.bases_n++] = heads[i];
	opt.bases = bases;
	hook_check(h, &opt, NULL, false);
}

/* ---- stdin ---- */

static bool read_lines(struct hooking *h, struct err *err)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT(LIMIT_FILE_BYTES);
	const char *why = "it is too much";

	if (source_read_fd(&b, STDIN_FILENO, &why) != SOURCE_OK)
		return err_set(err, ERR_IO, "what git writes to the hook: %s", why);
	h->lines = arena_str(h->run->arena, buf_str(&b));
	return true;
}

static const struct hook *find(struct str name)
{
	for (size_t i = 0; i < HOOKS_N; i++)
		if (str_eqz(name, hooks[i].name))
			return &hooks[i];
	return NULL;
}

static void run_for_dataset(struct hooking *h)
{
	if (h->hook == &hooks[HOOK_PRE_PUSH])
		hook_run_push(h);
	else if (h->hook == &hooks[HOOK_PRE_RECEIVE])
		hook_run_receive(h);
	else
		run_commit(h);
}

static void run_hook(struct hooking *h)
{
	struct str folders, folder;
	struct err err = {0};

	if ((h->hook->reads_lines && !read_lines(h, &err)) ||
	    !repo_open(&h->repo, STR("."), h->run->arena, &err)) {
		hook_fail(h, &err);
		return;
	}
	folders = repo_config(h->repo, "stemma.datasets", h->run->arena);
	if (h->run->dataset.n || !folders.n)
		run_for_dataset(h);
	else
		while (str_split(&folders, ':', &folder)) {
			h->run->dataset = arena_str(h->run->arena, folder);
			run_for_dataset(h);
		}
	repo_close(h->repo);
}

enum status hooks_run(struct run *r, struct str name, const struct opt_list *args)
{
	struct hooking h = {.run = r, .hook = find(name), .args = *args};

	if (!h.hook)
		return run_usage(r, "stemma has no hook '" STR_FMT "'",
		                 STR_ARG(diag_quote(r->arena, name)));
	run_hook(&h);
	if (h.status) {
		buf_addf(&r->err.buf, "\n%s: %s. %s\n", h.hook->name, h.hook->outcome,
		         !h.hook->reads_lines
		                 ? "Mend what is listed, then git add and commit again."
		                 : "Mend what is listed, then push again.");
		(void)output_flush(&r->err);
	}
	return h.status;
}
