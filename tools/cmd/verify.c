#include "cmd/verify.h"

#include "base/limits.h"
#include "export/shelf.h"
#include "render/manifest.h"
#include "verify/verify.h"

#include <sys/stat.h>

struct args {
	struct str rev, remote, against;
	bool news, manifest, signatures, mark, rebuild;
	int format, jobs;
};

struct job {
	struct run *run;
	const struct args *args;
	struct workplace place;
	struct diag_list diags; /* about stemma.yaml, then about tags, mark and remote */
	struct verify_result result;
	struct mark mark;
	size_t from, to; /* releases to look at; to is included */
};

/* Whether NAME is rather a folder than a release. */
static bool means_folder(struct str name, struct arena *arena)
{
	struct stat st;

	return str_find(name, '/') < name.n ||
	       (stat(arena_str(arena, name).s, &st) == 0 && S_ISDIR(st.st_mode));
}

/* Which releases are looked at. */
static bool choose(struct job *j, const struct opt_list *operands, struct err *err)
{
	const struct record *r = &j->place.record;
	struct str name = operands->n ? operands->items[0] : j->args->rev;
	const struct release *release;

	j->to = r->n - 1;
	if (j->args->news)
		j->from = j->mark.known < r->n ? j->mark.known : r->n;
	if (!name.s)
		return true;
	release = record_find(r, name);
	if (!release && operands->n && means_folder(name, j->run->arena))
		return shelf_none(name, err);
	if (!release)
		return err_set(err, ERR_USAGE,
		               "there is no release \"" STR_FMT
		               "\"; the last one is " STR_FMT,
		               STR_ARG(diag_quote(j->run->arena, name)),
		               STR_ARG(r->releases[r->n - 1].name));
	j->from = j->to = release->index;
	return true;
}

static bool compare_manifest(struct job *j, struct err *err)
{
	struct buf bytes = BUF_INIT(LIMIT_OUTPUT_BYTES);
	struct arena *a = j->run->arena;
	struct source source;
	const char *why = "it is too large";
	bool ok;

	if (source_read(&source, &bytes, j->args->against, &why) != SOURCE_OK)
		ok = err_set(err, ERR_IO, STR_FMT ": %s", STR_ARG(j->args->against), why);
	else
		ok = manifest_compare(&j->diags, &j->place.record, &source, a, err);
	buf_release(&bytes);
	return ok;
}

static bool check_signatures(struct job *j, struct err *err)
{
	/* A tag that is not here cannot be asked about. */
	for (size_t i = j->from; i <= j->to && i < j->result.tags_known; i++)
		if (!verify_signature(&j->diags, &j->place.record, i, err))
			return false;
	return true;
}

static bool look(struct job *j, struct err *err)
{
	struct record *r = &j->place.record;
	const struct args *args = j->args;

	if (!verify_releases(&j->result, r, j->from, j->to, args->jobs, j->run->arena,
	                     err))
		return false;
	if (args->signatures && !check_signatures(j, err))
		return false;
	if (args->remote.s &&
	    !remote_compare(&j->diags, r, args->remote.s, j->run->arena, err))
		return false;
	return !args->against.s || compare_manifest(j, err);
}

bool verify_speaks(int format)
{
	return format == FINDINGS_HUMAN || format == FINDINGS_GNU ||
	       format == FINDINGS_GITHUB;
}

static void print_findings(struct job *j)
{
	const struct diag_list *lists[] = {&j->diags, &j->result.diags};
	struct findings f = {.format = (enum findings_format)j->args->format,
	                     .out = &j->run->out.buf,
	                     .colour = j->run->out.colour};

	findings_begin(&f);
	for (size_t k = 0; k < ARRAY_LEN(lists); k++)
		for (size_t i = 0; i < lists[k]->n; i++)
			findings_add(&f, &lists[k]->items[i]);
	f.summary.files = j->result.versions;
	if (f.n || !verify_speaks(j->args->format))
		findings_end(&f);
	else
		buf_release(&f.file);
}

static void say_untagged(struct job *j)
{
	const struct record *r = &j->place.record;
	size_t n = j->result.untagged;
	struct str remote =
	        record_has_remote(r) ? r->dataset->release.remote : STR("ADDRESS");

	if (n == 1)
		run_say(j->run,
		        "unknown: whether the tag of a release is where it belongs; it "
		        "is not here: `git fetch " STR_FMT " --tags` brings it",
		        STR_ARG(remote));
	else if (n)
		run_say(j->run,
		        "unknown: whether the tags of %zu releases are where they "
		        "belong; they are not here: `git fetch " STR_FMT
		        " --tags` brings them",
		        n, STR_ARG(remote));
}

/* What was seen, and what could not be seen from here. */
static void say_result(struct job *j)
{
	struct run *r = j->run;

	if (verify_speaks(j->args->format))
		buf_addf(&r->out.buf, "%zu %s, %zu published %s: %s\n",
		         j->result.releases,
		         j->result.releases == 1 ? "release" : "releases",
		         j->result.versions, j->result.versions == 1 ? "file" : "files",
		         j->diags.n + j->result.diags.n ? "not as they were"
		                                        : "nothing was changed");
	say_untagged(j);
	if (!j->mark.found && !j->args->remote.s && !j->args->against.s)
		run_say(r,
		        "not proved: that the whole branch was not replaced; nothing kept "
		        "from before says how it was. Compare with --remote or --against");
}

static enum status finish(struct job *j)
{
	struct err err = {0};
	bool clean = !j->diags.n && !j->result.diags.n;

	print_findings(j);
	say_result(j);
	if (!clean)
		return STATUS_FINDINGS;
	/* Where nothing can be kept, what was seen is still true. */
	if (j->args->mark && !j->args->rev.s &&
	    !mark_keep(&j->place.record, j->run->arena, &err))
		run_say(j->run, "no mark is kept: %s", err.text);
	return STATUS_OK;
}

static enum status print_manifest(struct job *j)
{
	struct record *r = &j->place.record;
	struct err err = {0};

	manifest_begin(&j->run->out.buf, r, &r->releases[j->to]);
	if (!manifest_each(r, &r->releases[j->to], manifest_add, &j->run->out.buf, &err))
		return run_fail(j->run, &err);
	manifest_end(&j->run->out.buf);
	return STATUS_OK;
}

static enum status verify(struct job *j, const struct opt_list *operands)
{
	struct record *r = &j->place.record;
	struct err err = {0};

	repo_check_hashes(true);
	if (!run_open_record(&j->place, j->run, &j->diags, &err)) {
		struct err none = {0};

		if (operands->n && means_folder(operands->items[0], j->run->arena) &&
		    !shelf_none(operands->items[0], &none))
			return run_fail(j->run, &none);
		return run_fail(j->run, &err);
	}
	if (!r->n)
		return err_set(&err, ERR_REPO,
		               "there is no release: neither " STR_FMT " nor " STR_FMT
		               " is here%s",
		               STR_ARG(r->local), STR_ARG(r->remote),
		               record_may_be_elsewhere(r)
		                       ? ""
		                       : "; `stemma release --first` makes the first one")
		               ? STATUS_OK
		               : run_fail(j->run, &err);
	if (!mark_compare(&j->mark, &j->diags, r, j->run->arena, &err) ||
	    !choose(j, operands, &err))
		return run_fail(j->run, &err);
	if (j->args->manifest)
		return print_manifest(j);
	return look(j, &err) ? finish(j) : run_fail(j->run, &err);
}

static enum status run(struct run *r, const void *values, const struct opt_list *operands)
{
	const struct args *args = values;
	struct verify_snapshot snapshot = {args->format, args->jobs, args->rebuild};
	struct job j = {.run = r, .args = args};
	enum status status;

	if (operands->n && shelf_is_one(operands->items[0]))
		return run_verify_snapshot(r, operands->items[0], &snapshot);

	diag_init(&j.diags, r->arena);
	status = verify(&j, operands);
	workplace_release(&j.place);
	return status;
}

static const struct opt options[] = {
        OPT_STRING(0, "rev", "RELEASE", struct args, rev,
                   "Only this release, against the one before it."),
        OPT_FLAG(0, "new", struct args, news,
                 "Only releases that came after the last clean run here."),
        OPT_STRING(0, "remote", "NAME", struct args, remote,
                   "Also ask this remote where its branch and tags are."),
        OPT_STRING(0, "against", "MANIFEST", struct args, against,
                   "Also hold the release against this list, kept elsewhere."),
        OPT_FLAG(0, "manifest", struct args, manifest,
                 "Print such a list of the release as JSON, and check nothing."),
        OPT_FLAG(0, "signatures", struct args, signatures,
                 "Also ask git whether each tag has a good signature."),
        OPT_OFF(0, "mark", struct args, mark,
                "Keep no mark of what was seen for the next run."),
        OPT_OFF(0, "rebuild", struct args, rebuild,
                "Do not make a snapshot again to compare it with."),
        OPT_CHOICE('f', "format", "FORMAT", findings_format_names, struct args, format,
                   "How findings are printed."),
        OPT_INT('j', "jobs", "N", 1, LIMIT_JOBS, struct args, jobs,
                "Use N threads; without it as many as there are cores."),
};

static const struct args defaults = {.mark = true, .rebuild = true};

static const struct command_example examples[] = {
        {"verify", "every release from the first one on"},
        {"verify --new --remote origin", "what came since the last run, and the tags"},
        {"verify --manifest 2026.06 > kept.json", "a list to keep elsewhere"},
        {"verify --against kept.json", "hold the repository against it"},
        {"verify out", "a snapshot: its files, and its release"},
};

const struct command command_verify = {
        .name = "verify",
        .summary = "prove that nothing published was changed",
        .operands = "[RELEASE|DIR]",
        .text = "Check every release on the branch of releases, or one, against the one "
                "before it: no entry is deleted, no version gets other bytes, no history "
                "line is changed or removed, contents are those that were approved, source "
                "counts are right, tags are where they belong, and every object is what "
                "its name says. Tags that a clone has not fetched are told as unknown, "
                "with the command that fetches them.\n\n"
                "A repository that was replaced as a whole can be without fault. So a mark "
                "of the last clean run is kept in the repository's own folder and compared "
                "with; --remote and --against compare with what others have.\n\n"
                "DIR is a snapshot: its files have their sums, none is missing or too "
                "much, and they agree with each other. Where the repository has its "
                "release (of a preview: its commit), the snapshot is made again in TMPDIR "
                "and compared; not one that another version of the program made.",
        .status =
                "0  nothing was changed\n"
                "1  something was\n"
                "2  wrong usage, or no such release\n"
                "3  it could not be looked at: no release, a shallow clone, an unreadable "
                "repository",
        .options = options,
        .options_n = ARRAY_LEN(options),
        .examples = examples,
        .examples_n = ARRAY_LEN(examples),
        .defaults = &defaults,
        .size = sizeof(struct args),
        .operands_max = 1,
        .run = run,
};
