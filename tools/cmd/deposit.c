#include "cmd/deposit.h"

#include "base/limits.h"
#include "base/text.h"
#include "deposit/deposit.h"
#include "dataset/about.h"
#include "describe/imprint.h"
#include "export/check.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#define ASK_MS 120000

struct job {
	struct run *run;
	const struct deposit_args *args;
	struct workplace place;
	struct checked snapshot;
	const struct release *release;
	struct about about;
	struct deposit_options opt;
	struct deposit_notes notes;
	struct err trouble; /* of noting the draft */
	bool unnoted;
};

/* ---- what is sent ---- */

static bool add_file(struct job *j, struct deposit_file *files, struct str name,
                     struct err *err)
{
	struct arena *a = j->run->arena;
	struct str path = arena_fmt(a, STR_FMT "/" STR_FMT, STR_ARG(j->snapshot.dir),
	                            STR_ARG(name));
	struct stat st;

	if (lstat(path.s, &st))
		return err_set(err, ERR_IO, STR_FMT ": %s", STR_ARG(path),
		               strerror(errno));
	if (j->opt.files_n == LIMIT_DEPOSIT_FILES)
		return err_set(err, ERR_LIMIT,
		               STR_FMT
		               " has more files than the %d that a record takes; make a "
		               "snapshot with fewer forms",
		               STR_ARG(j->snapshot.dir), LIMIT_DEPOSIT_FILES);
	files[j->opt.files_n++] = (struct deposit_file){name, path, (uint64_t)st.st_size};
	return true;
}

/*
 * The files of the folder itself: what lies in its folders is in its archives, and records have
 * no folders.
 */
static bool list_files(struct job *j, struct err *err)
{
	struct deposit_file *files =
	        arena_array(j->run->arena, struct deposit_file, LIMIT_DEPOSIT_FILES);
	bool folders = false, archive = false;

	j->opt.files = files;
	for (size_t i = 0; i < j->snapshot.sums_n; i++) {
		struct str path = j->snapshot.sums[i].path;

		archive = archive || str_ends(path, STR(".tar.gz")) ||
		          str_ends(path, STR(".tar.zst"));
		if (str_find(path, '/') < path.n)
			folders = true;
		else if (!add_file(j, files, path, err))
			return false;
	}
	if (folders && !archive)
		return err_set(err, ERR_USAGE,
		               STR_FMT
		               " has files in folders and no archive of them; make it "
		               "again: `stemma snapshot -o " STR_FMT " --with tar-gz`",
		               STR_ARG(j->snapshot.dir), STR_ARG(j->snapshot.dir));
	return add_file(j, files, STR("SHA256SUMS"), err);
}

/* What the dataset says of itself must be enough. */
static bool check_about(const struct about *about, struct err *err)
{
	CLEANUP(buf_release) struct buf lacks = BUF_INIT(LIMIT_FILE_BYTES);

	if (!imprint_lacks(&lacks, &imprint_invenio, about))
		return true;
	return err_set(err, ERR_CONFIG,
	               "a deposit must say what stemma.yaml does not: " STR_FMT
	               "; add it, and release that first",
	               STR_ARG(buf_str(&lacks)));
}

/* What the release itself says of its dataset, as the service takes it. */
static bool describe(struct job *j, struct err *err)
{
	CLEANUP(buf_release) struct buf out = BUF_INIT(LIMIT_FILE_BYTES);
	struct arena *a = j->run->arena;
	struct imprint imprint = {.about = &j->about,
	                          .version = j->release->name,
	                          .date = j->release->date};
	struct dataset *d;

	if (!release_dataset(&d, &j->place.record, j->release, a, err))
		return false;
	dataset_about(&j->about, d, a);
	if (!check_about(&j->about, err))
		return false;
	imprint_invenio.write(&out, &imprint);
	j->opt.metadata = arena_str(a, buf_str(&out));
	j->opt.title = j->about.title;
	j->opt.version = j->release->name;
	return true;
}

/* The release that the snapshot is of, as the repository has it. */
static bool find_release(struct job *j, struct err *err)
{
	const struct checked *c = &j->snapshot;
	struct diag_list diags;

	diag_init(&diags, j->run->arena);
	if (!run_open_record(&j->place, j->run, &diags, err))
		return false;
	j->release = record_find(&j->place.record, c->release);
	if (!j->release ||
	    !str_eq(oid_hex(&j->release->commit, OID_HEX, j->run->arena), c->commit))
		return err_set(
		        err, ERR_REPO,
		        STR_FMT " is a snapshot of release " STR_FMT
		                ", which this repository has not got; run this in the "
		                "repository that it was made from",
		        STR_ARG(c->dir), STR_ARG(diag_quote(j->run->arena, c->release)));
	return true;
}

/* Nothing damaged goes out. */
static bool check_snapshot(struct job *j, struct str dir, struct err *err)
{
	struct diag_list diags;

	diag_init(&diags, j->run->arena);
	if (!snapshot_check(&j->snapshot, &diags, dir, j->run->arena, err))
		return false;
	if (j->snapshot.preview)
		return err_set(err, ERR_USAGE,
		               STR_FMT
		               " is a preview of commit %.12s, which nobody has "
		               "published; make the release, and deposit a snapshot of "
		               "that",
		               STR_ARG(j->snapshot.dir),
		               arena_str(j->run->arena, j->snapshot.commit).s);
	if (!diags.n)
		return true;
	(void)run_tell_findings(j->run, &diags, NULL);
	return err_set(err, ERR_IO,
	               STR_FMT " is not as it was made; make the snapshot again",
	               STR_ARG(dir));
}

bool deposit_ready(struct run *r, const struct dataset *d,
                   const struct deposit_args *args, struct err *err)
{
	struct about about;
	struct str api, token;

	dataset_about(&about, d, r->arena);
	return check_about(&about, err) && deposit_api(&api, r, d, args, err) &&
	       deposit_token(&token, r, args, err);
}

static struct str record_of(struct job *j)
{
	struct str noted = deposit_note_find(&j->notes, j->opt.api, j->release->name);

	if (j->args->record.n)
		return j->args->record;
	return noted.n ? noted
	               : doc_text(doc_at(j->place.dataset->config,
	                                 STR("/deposit/record")));
}

static bool prepare(struct job *j, struct str dir, struct err *err)
{
	struct run *r = j->run;

	if (!check_snapshot(j, dir, err) || !find_release(j, err) || !describe(j, err) ||
	    !list_files(j, err) ||
	    !deposit_notes_read(&j->notes, j->place.repo, r->arena, err))
		return false;
	if (!deposit_api(&j->opt.api, r, j->place.dataset, j->args, err))
		return false;
	j->opt.record = record_of(j);
	j->opt.publish = !j->args->draft;
	return true;
}

/* ---- the run ---- */

static void tell_plan(struct job *j)
{
	struct buf *out = &j->run->out.buf;

	buf_addf(out, "release " STR_FMT " would go to " STR_FMT ", %s\n",
	         STR_ARG(j->release->name), STR_ARG(j->opt.api),
	         j->opt.record.n ? "as a version of a record that is there"
	                         : "as a new record");
	for (size_t i = 0; i < j->opt.files_n; i++)
		buf_addf(out, "  " STR_FMT ", %llu bytes\n", STR_ARG(j->opt.files[i].key),
		         (unsigned long long)j->opt.files[i].bytes);
	buf_addz(out, "described as\n");
	buf_add(out, j->opt.metadata);
}

static void on_draft(void *ctx, struct str record)
{
	struct job *j = ctx;

	if (!deposit_note_add(&j->notes, j->opt.api, j->release->name, record,
	                      &j->trouble))
		j->unnoted = true;
}

static void on_sending(void *ctx, const struct deposit_file *file)
{
	struct job *j = ctx;

	run_say(j->run, "sending " STR_FMT ", %llu bytes", STR_ARG(file->key),
	        (unsigned long long)file->bytes);
	(void)output_flush(&j->run->err);
}

/* WHAT and TEXT, which the service says, on a terminal. */
static void add_told(struct buf *out, const char *what, struct str text)
{
	if (!text.n)
		return;
	buf_addz(out, what);
	for (size_t at = 0; at < text.n;)
		text_add_visible(out, text, &at);
}

static void tell(struct job *j, const struct deposited *d)
{
	struct buf *out = &j->run->out.buf;

	buf_addf(out, "release " STR_FMT ": %s", STR_ARG(j->release->name),
	         d->found       ? "was deposited before"
	         : d->published ? "deposited and published"
	                        : "a draft");
	add_told(out, ", DOI ", d->doi);
	add_told(out, " (all versions: ", d->all_doi);
	buf_addz(out, d->all_doi.n ? ")" : "");
	add_told(out, "\n", d->page);
	buf_addc(out, '\n');
	if (!d->found)
		run_say(j->run,
		        "record " STR_FMT "%s: %zu files sent, %zu were there already",
		        STR_ARG(d->record), d->resumed ? ", its draft was there" : "",
		        d->sent, d->kept);
	if (!d->published)
		run_say(j->run,
		        "next: look at the draft, then the same command without --draft");
	if (j->unnoted)
		run_say(j->run,
		        "the record could not be noted here: %s; keep --record " STR_FMT,
		        j->trouble.text, STR_ARG(d->record));
}

static enum status go(struct job *j)
{
	struct http_options http = {0};
	struct network_signals signals;
	struct deposited result;
	struct http *client;
	struct err err = {0};
	enum status status = STATUS_OK;
	int signal;

	if (!deposit_token(&j->opt.token, j->run, j->args, &err) ||
	    !network_options(&http, j->run, &j->args->network, &err))
		return run_fail(j->run, &err);
	http.jobs = http.per_host = 1;
	http.total_ms = ASK_MS;
	http.retry_after_cap_s = LIMIT_DEPOSIT_PAUSE_S;
	j->opt.draft = on_draft;
	j->opt.sending = on_sending;
	j->opt.ctx = j;
	if (!http_open(&client, &http, &err))
		return run_fail(j->run, &err);
	network_catch(&signals);
	if (deposit(&result, client, &j->opt, j->run->arena, &err))
		tell(j, &result);
	else
		status = run_fail(j->run, &err);
	signal = network_leave(&signals);
	http_close(client);
	return signal ? (enum status)(128 + signal) : status;
}

enum status run_deposit(struct run *r, struct str dir, const struct deposit_args *args)
{
	struct job j = {.run = r, .args = args};
	struct err err = {0};
	enum status status = STATUS_OK;

	if (!prepare(&j, dir, &err))
		status = run_fail(r, &err);
	else if (args->dry_run)
		tell_plan(&j);
	else
		status = go(&j);
	workplace_release(&j.place);
	return status;
}

static enum status run(struct run *r, const void *values, const struct opt_list *operands)
{
	return run_deposit(r, operands->items[0], values);
}

static const struct opt options[] = {
        OPT_STRING(
                0, "url", "URL", struct deposit_args, url,
                "The service: https://zenodo.org, https://sandbox.zenodo.org or another "
                "one. Without it `deposit.url` of stemma.yaml."),
        OPT_STRING(0, "record", "ID", struct deposit_args, record,
                   "The record that this is the next version of, or the draft to go on "
                   "with. Without it what earlier runs noted, else `deposit.record` of "
                   "stemma.yaml, else a new record."),
        OPT_FLAG(0, "draft", struct deposit_args, draft,
                 "Leave a draft with its reserved DOI and all files; publish nothing."),
        OPT_FLAG('n', "dry-run", struct deposit_args, dry_run,
                 "Tell what would be sent; ask nobody."),
        OPT_STRING(0, "token-file", "FILE", struct deposit_args, token_file,
                   "The token is in FILE, not in the variable " DEPOSIT_TOKEN_VARIABLE
                   "."),
        NETWORK_OPTIONS(struct deposit_args, network),
};

static const struct deposit_args defaults = {0};

static const struct command_example examples[] = {
        {"deposit out --dry-run", "what would be sent"},
        {"deposit out --url https://sandbox.zenodo.org --draft",
         "a draft to look at, where "
         "nothing counts"},
        {"deposit out", "publish it, with a DOI"},
};

const struct command command_deposit = {
        .name = "deposit",
        .summary = "take a snapshot of a release to a repository such as Zenodo",
        .operands = "DIR",
        .text = "Take the snapshot in DIR to a repository that speaks the API of InvenioRDM: "
                "a draft with what stemma.yaml says under `about`, a reserved DOI, the files "
                "of DIR itself (what lies in its folders is in its archives), then "
                "publication. What is published there stays for ever.\n\n"
                "A run that was stopped goes on where it was: the draft is found again, and "
                "files that have arrived whole are not sent again. The next release becomes "
                "the next version of the same record.",
        .status =
                "0  it is there\n"
                "2  wrong usage, a refused token, or a description that lacks something\n"
                "3  the service, the network or a file failed; what is there is kept\n"
                "128+N  ended by signal N",
        .options = options,
        .options_n = ARRAY_LEN(options),
        .examples = examples,
        .examples_n = ARRAY_LEN(examples),
        .defaults = &defaults,
        .size = sizeof(struct deposit_args),
        .operands_min = 1,
        .operands_max = 1,
        .run = run,
};
