#include "cmd/release.h"

#include "base/limits.h"
#include "render/notes.h"

static const char *const formats[] = {"text", "json", NULL};

static void job_release(struct release_job *j)
{
	release_plan_release(&j->plan);
	dataset_release(j->dataset);
	release_unlock(&j->lock);
	repo_close(j->repo);
	buf_release(&j->notes);
}

static enum status make(struct release_job *j)
{
	struct err err = {0};
	struct oid commit;

	if (!publish_make(&commit, &j->plan, buf_str(&j->notes), &err))
		return run_fail(j->run, &err);
	release_print(j, &commit);
	return release_after(j, j->plan.name);
}

static enum status nothing(struct release_job *j)
{
	const struct release *last = j->plan.previous;

	if (j->args->format == RELEASE_JSON)
		release_summary_json(&j->run->out.buf, &j->plan, NULL);
	else if (!j->args->notes)
		buf_addf(&j->run->out.buf, "nothing to release%s" STR_FMT "\n",
		         last ? " since " : "", STR_ARG(last ? last->name : STR("")));
	if (j->args->dry_run || !last)
		return STATUS_OK;
	return release_after(j, last->name);
}

/* ---- the run ---- */

/* The lock, what the remote has, and releases that a killed run left half done. */
static bool open_record(struct release_job *j, struct err *err)
{
	const struct release_args *args = j->args;
	struct arena *arena = j->run->arena;
	struct str done;

	if (!publish_check_clone(j->repo, err))
		return false;
	if (!args->dry_run && !release_lock(&j->lock, j->repo, arena, err))
		return false;
	if (!args->dry_run && !args->offline &&
	    !publish_fetch(j->repo, j->dataset, args->push.s || args->first, arena, err))
		return false;
	if (!publish_complete(&done, j->repo, j->dataset, j->opt.config, args->dry_run,
	                      arena, err))
		return false;
	if (done.s && args->dry_run)
		return err_set(
		        err, ERR_REPO,
		        "release " STR_FMT " was interrupted before its last step; "
		        "run `stemma release` without --dry-run, which completes it",
		        STR_ARG(done));
	if (done.s)
		run_say(j->run,
		        "completed release " STR_FMT
		        ", which was interrupted before its last step",
		        STR_ARG(done));
	return record_open(&j->record, j->repo, j->dataset, arena, err);
}

static void set_options(struct release_job *j, const struct opt_list *operands)
{
	j->opt.version = operands->n ? operands->items[0] : STR_NONE;
	j->opt.first = j->args->first;
	j->opt.hold = j->args->hold.items;
	j->opt.hold_n = j->args->hold.n;
	j->opt.allow_related = j->args->allow_related;
	j->opt.sign = j->args->sign;
}

static enum status run(struct run *r, const void *values, const struct opt_list *operands)
{
	CLEANUP(job_release)
	struct release_job j = {.run = r,
	                        .args = values,
	                        .lock = {.fd = -1},
	                        .notes = BUF_INIT(LIMIT_OUTPUT_BYTES)};
	struct err err = {0};

	set_options(&j, operands);
	if (!release_choose_day(&j, &err) || !release_open_source(&j, &err) ||
	    !run_need_versions(j.dataset, &err) || !release_after_ready(&j, &err) ||
	    !open_record(&j, &err) || !publish_check_source(&j.record, &j.opt, &err))
		return run_fail(r, &err);
	release_tell_uncommitted(r, j.repo, j.dataset, j.args->source, "release");
	if (!publish_plan(&j.plan, &j.record, j.dataset, &j.opt, r->arena, &err))
		return run_fail(r, &err);
	if (j.plan.refused)
		return release_refuse(r, &j.plan, "nothing was released");
	if (release_plan_is_empty(&j.plan))
		return nothing(&j);
	release_tell_related(&j);
	notes_render(&j.notes, &j.plan);
	if (!j.args->dry_run)
		return make(&j);
	release_print(&j, NULL);
	release_after_plan(&j);
	return STATUS_OK;
}

static const struct opt options[] = {
        OPT_FLAG('n', "dry-run", struct release_args, dry_run,
                 "Show what the release would carry, and make nothing."),
        OPT_FLAG(0, "notes", struct release_args, notes,
                 "Print the notes of the release, in Markdown, instead of the summary."),
        OPT_FLAG(0, "first", struct release_args, first,
                 "Make the first release of this dataset; later ones do without."),
        OPT_STRING(0, "source", "REV", struct release_args, source,
                   "The commit to release; without it HEAD."),
        OPT_LIST(0, "hold", "ID", struct release_args, hold,
                 "Leave this entry at its public version."),
        OPT_FLAG(0, "allow-related-withdrawn", struct release_args, allow_related,
                 "In an emergency: release although entries that stay as they are "
                 "published are related to what is withdrawn. They are named; one that "
                 "is added or revised still stops the release."),
        OPT_STRING(0, "date", "DATE", struct release_args, date,
                   "The day of the release, YYYY-MM-DD; without it that of "
                   "SOURCE_DATE_EPOCH, or today (UTC)."),
        OPT_FLAG('s', "sign", struct release_args, sign,
                 "Sign the commit and the tag as git's configuration says."),
        OPT_STRING(0, "push", "REMOTE", struct release_args, push,
                   "Push the branch and the tag there, both or none, and read them "
                   "back. Also what earlier runs could not push."),
        OPT_STRING(0, "snapshot", "DIR", struct release_args, snapshot,
                   "Then make the snapshot of the release in DIR."),
        OPT_FLAG(0, "deposit", struct release_args, deposit,
                 "Then take the snapshot, with an archive of it, to the repository that "
                 "`deposit.url` of stemma.yaml names; see `stemma help deposit`."),
        OPT_FLAG(0, "draft", struct release_args, deposit_args.draft,
                 "Leave the deposit as a draft, to be looked at."),
        OPT_STRING(0, "token-file", "FILE", struct release_args, deposit_args.token_file,
                   "The token of the deposit is in FILE."),
        NETWORK_OPTIONS(struct release_args, deposit_args.network),
        OPT_FLAG(0, "offline", struct release_args, offline,
                 "Do not ask the remote what is published; go by what was fetched."),
        OPT_CHOICE('f', "format", "FORMAT", formats, struct release_args, format,
                   "How the result is printed."),
};

static const struct release_args defaults = {.source = STR("HEAD")};

static const struct command_example examples[] = {
        {"release --dry-run", "what would be published now"},
        {"release --first", "the first release of a dataset"},
        {"release --push origin", "publish, and push it"},
        {"release --push origin --snapshot out --deposit", "all the way to a DOI"},
        {"release --dry-run --notes", "the notes of the next release"},
};

const struct command command_release = {
        .name = "release",
        .summary = "publish what is approved",
        .operands = "[VERSION]",
        .text = "Make a release of the dataset: one commit on the branch of releases "
                "(`published`, unless stemma.yaml names another one) and one annotated "
                "tag. It carries each entry at its highest approved version, and "
                "whatever was deprecated, withdrawn or reinstated; an entry under "
                "revision stays as it is published. What is published is never lost: "
                "a missing history line or file, an approved content that was edited "
                "since, or an entry that breaks a rule stops the release.\n\n"
                "VERSION is the name of the release. Without it the date says it "
                "(2026.06, then 2026.06.1), or, where stemma.yaml says `versions: "
                "semver`, what changed does (1.2.0).\n\n"
                "Push, snapshot and deposit follow in this order, each when the one "
                "before it went well; whether they can be made is looked at before the "
                "release is. The same command, run again, goes on with what is left.\n\n"
                "A run that is killed leaves the old state, or a release that the next "
                "run completes. --dry-run fetches nothing.",
        .status = "0  the release was made, or there is nothing to release\n"
                  "1  something stands in the way; it is told\n"
                  "2  wrong usage, or a stemma.yaml that cannot be used\n"
                  "3  the repository or a remote cannot be used, or somebody else was "
                  "faster",
        .options = options,
        .options_n = ARRAY_LEN(options),
        .examples = examples,
        .examples_n = ARRAY_LEN(examples),
        .defaults = &defaults,
        .size = sizeof(struct release_args),
        .operands_max = 1,
        .run = run,
};
