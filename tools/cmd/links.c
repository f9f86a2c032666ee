/*
 * links.c - `stemma links`
 */
#include "cmd/links.h"

#include "base/limits.h"
#include "link/cite.h"
#include "render/findings.h"

#include <stdlib.h>
#include <string.h>

#define DAY INT64_C(86400)

/* ---- the options' values ---- */

/* "7d", "12h", "30m", "0" in seconds. */
static bool read_age(struct linking *l, struct err *err)
{
	static const struct {
		char unit;
		int64_t seconds;
	} units[] = {{'d', DAY}, {'h', 3600}, {'m', 60}, {'s', 1}};
	struct str text = l->args->max_age;
	int64_t n;

	l->max_age = -1;
	if (!text.s)
		return true;
	l->max_age = str_digits(text);
	n = text.n ? str_digits(str_sub(text, 0, text.n - 1)) : -1;
	for (size_t i = 0; n >= 0 && i < ARRAY_LEN(units); i++)
		if (text.s[text.n - 1] == units[i].unit)
			l->max_age = n * units[i].seconds;
	return l->max_age >= 0 ||
	       err_set(err, ERR_USAGE,
	               "--max-age \"" STR_FMT "\" is no time such as 12h, 7d or 0",
	               STR_ARG(diag_quote(l->run->arena, text)));
}

static bool read_shard(struct linking *l, struct err *err)
{
	struct str text = l->args->shard;

	return !text.s || link_part(&l->part, &l->parts, text) ||
	       err_set(err, ERR_USAGE,
	               "--shard \"" STR_FMT "\" is no part such as 1/4, 2/4, 3/4 or 4/4",
	               STR_ARG(diag_quote(l->run->arena, text)));
}

static int service_of(struct str name)
{
	for (int i = 0; i < SERVICES_N; i++)
		if (str_eqz(name, service_names[i]))
			return i;
	return -1;
}

/* NAME=URL of --service; without the slash at the end. */
static bool read_services(struct linking *l, struct err *err)
{
	for (size_t i = 0; i < l->args->services.n; i++) {
		struct str text = l->args->services.items[i];
		size_t eq = str_find(text, '=');
		int service = service_of(str_sub(text, 0, eq));
		struct str url = str_sub(text, eq + 1, text.n);
		struct link_form form;

		if (eq == text.n || service < 0)
			return err_set(
			        err, ERR_USAGE,
			        "--service \"" STR_FMT
			        "\" is not NAME=URL with one of doi, handle, crossref, "
			        "datacite, arxiv, wayback",
			        STR_ARG(diag_quote(l->run->arena, str_sub(text, 0, eq))));
		link_form(&form, url, l->run->arena);
		if (!form.good)
			return err_set(err, ERR_USAGE,
			               "--service %s: \"" STR_FMT
			               "\" cannot be asked: %s; write %s=https://...",
			               service_names[service],
			               STR_ARG(diag_quote(l->run->arena, form.shown)),
			               form.reason, service_names[service]);
		while (str_ends(url, STR("/")))
			url.n--;
		l->policy.services[service] = url;
	}
	return true;
}

static bool read_options(struct linking *l, struct err *err)
{
	return run_now(&l->now, l->args->date, l->run, err) && read_age(l, err) &&
	       read_shard(l, err) && read_services(l, err);
}

/* Options that say opposite things, or nothing here. */
static const char *contradiction(const struct links_args *a,
                                 const struct opt_list *operands)
{
	if (a->offline && (a->fetch || a->fix || a->wayback || a->fragments))
		return "--offline asks nobody; it goes without --fetch, --fix, --wayback "
		       "and --fragments";
	if (a->since.s && operands->n)
		return "--since takes what differs; it goes without files";
	if (a->since.s && a->urls.s)
		return "--since is about a dataset, --urls about a list: choose one";
	if (a->urls.s && (a->fix || a->fetch))
		return "--fix and --fetch write to a dataset; they go without --urls";
	if (a->cache.s && a->forget)
		return "--cache and --no-cache exclude each other";
	return NULL;
}

/* ---- the run ---- */

static bool open_all(struct linking *l, const struct opt_list *operands, struct err *err)
{
	struct err none = {0};
	bool wanted = !l->args->urls.s || operands->n || l->run->dataset.s;

	if (wanted && !run_open_dataset(&l->dataset, l->run,
	                                ", or --urls FILE for a plain list of links",
	                                &l->found, err))
		return false;
	l->policy = dataset_link_policy(l->dataset ? l->dataset->config : NULL);
	if (repo_open(&l->repo, l->dataset ? l->dataset->dir : STR("."), l->run->arena,
	              &none))
		return true;
	l->repo = NULL;
	return !l->args->since.s || err_set(err, none.code, "%s", none.text);
}

static void release(struct linking *l)
{
	dataset_release(l->dataset);
	repo_close(l->repo);
	buf_release(&l->list);
	buf_release(&l->retractions);
}

static enum status fail(struct linking *l, const struct err *err)
{
	if (l->found.n)
		(void)run_tell_findings(l->run, &l->found, NULL);
	return run_fail(l->run, err);
}

/* --retractions FILE, on all that is cited. */
static bool read_retractions(struct linking *l, struct err *err)
{
	struct buf *bytes = &l->retractions;
	struct retractions list;
	struct source source;
	const char *why = "it is too large";

	if (!l->args->retractions.s)
		return true;
	bytes->max = LIMIT_RETRACTIONS_BYTES;
	if (source_read(&source, bytes, l->args->retractions, &why) != SOURCE_OK)
		return err_set(err, ERR_IO, "--retractions " STR_FMT ": %s",
		               STR_ARG(l->args->retractions), why);
	if (!retractions_read(&list, source.name, source.bytes, l->run->arena, err))
		return false;
	cite_retractions(&l->set, &list);
	return true;
}

/* What is asked, then what is kept: a record that was asked for just now is newer. */
static bool judge(struct linking *l, struct err *err)
{
	if (!l->args->offline && !links_ask(l, err))
		return false;
	if (l->dataset)
		cite_kept(&l->set, l->dataset, day_of(l->now, l->run->arena));
	if (l->dataset && l->whole)
		cite_orphans(&l->set, l->dataset);
	return read_retractions(l, err) && (!l->args->fix || links_fix(l, err));
}

static enum status run(struct run *r, const void *values, const struct opt_list *operands)
{
	CLEANUP(release) struct linking l = {.run = r, .args = values};
	const char *wrong = contradiction(l.args, operands);
	struct err err = {0};

	if (wrong)
		return run_usage(r, "%s", wrong);
	diag_init(&l.found, r->arena);
	link_set_init(&l.set, r->arena);
	l.set.offline = l.args->offline;
	l.whole = !operands->n && !l.args->since.s && !l.args->urls.s && !l.args->shard.s;
	if (!open_all(&l, operands, &err) || !read_options(&l, &err) ||
	    !links_gather(&l, operands, &err) || !judge(&l, &err))
		return fail(&l, &err);
	return links_tell(&l, l.args->format);
}

static const struct opt options[] = {
        OPT_FLAG(0, "offline", struct links_args, offline,
                 "Ask nobody: the form of links and DOIs, and the references kept in the "
                 "dataset."),
        OPT_STRING(0, "since", "REV", struct links_args, since,
                   "Only links and citations that entries got since this commit."),
        OPT_STRING(0, "urls", "FILE", struct links_args, urls,
                   "The links of FILE ('-': standard input), one a line; lines that "
                   "start with # are left out. No dataset is needed."),
        OPT_CHOICE('f', "format", "FORMAT", findings_format_names, struct links_args,
                   format,
                   "How the result is printed: 'human' and 'json' tell each link once "
                   "with all its places, the others a finding for each place."),
        OPT_FLAG(0, "strict", struct links_args, strict,
                 "Exit with 4 when nothing is dead, but something is unknown."),
        OPT_FLAG(0, "fetch", struct links_args, fetch,
                 "Keep the registries' records of citations in the dataset, one file "
                 "each, so that they can be compared without a network."),
        OPT_STRING(0, "retractions", "FILE", struct links_args, retractions,
                   "Look for cited works in this file, the list of Retraction Watch "
                   "(CSV)."),
        OPT_FLAG(0, "wayback", struct links_args, wayback,
                 "Look for copies of dead links in the Internet Archive, 20 at most."),
        OPT_FLAG(0, "fragments", struct links_args, fragments,
                 "Look into pages for what stands behind # in their links."),
        OPT_FLAG(0, "fix", struct links_args, fix,
                 "Write the new addresses of links that have moved for good into the "
                 "entries."),
        OPT_STRING(0, "shard", "K/N", struct links_args, shard,
                   "Only part K of N, which is the same part on every machine; see "
                   "`stemma help report`."),
        OPT_STRING(0, "cache", "FILE", struct links_args, cache,
                   "Remember answers in FILE. Otherwise in the repository's folder, or, "
                   "without one, in $XDG_CACHE_HOME/stemma."),
        OPT_FLAG(0, "no-cache", struct links_args, forget,
                 "Remember nothing, and take nothing as known."),
        OPT_STRING(0, "max-age", "TIME", struct links_args, max_age,
                   "Ask again when an answer is older than this: 12h, 7d; 0 asks "
                   "everything anew."),
        OPT_INT('j', "jobs", "N", 1, LIMIT_HTTP_JOBS, struct links_args, jobs,
                "Ask at most N things at a time."),
        OPT_INT(0, "per-host", "N", 1, LIMIT_LINK_PER_HOST, struct links_args, per_host,
                "Ask one host at most N things at a time."),
        OPT_INT(0, "timeout", "SECONDS", 1, 600, struct links_args, timeout,
                "Wait so long for one answer, redirects included."),
        OPT_INT(0, "deadline", "SECONDS", 1, 86400, struct links_args, deadline,
                "Stop asking after so long; the next run goes on."),
        OPT_INT(0, "retry-after-cap", "SECONDS", 0, 3600, struct links_args,
                retry_after_cap,
                "Wait at most so long when a server asks to be left alone for a while."),
        NETWORK_OPTIONS(struct links_args, network),
        OPT_LIST(0, "service", "NAME=URL", struct links_args, services,
                 "The address of a service: doi, handle, crossref, datacite, arxiv or "
                 "wayback."),
        OPT_STRING(0, "date", "DAY", struct links_args, date,
                   "Count ages from this day, as 2026-06-20; without it from now."),
};

static const struct links_args defaults = {
        .jobs = 64,
        .per_host = 2,
        .timeout = 20,
        .retry_after_cap = 60,
};

static const struct command_example examples[] = {
        {"links", "ask about every link and citation of the dataset"},
        {"links --offline", "what can be said without a network"},
        {"links --fetch", "the same, and keep the records of citations"},
        {"links --since main", "what a branch adds"},
        {"links methods/x.yaml --max-age 0", "ask anew about one entry"},
        {"links --urls list.txt", "a plain list, without a dataset"},
        {"links --shard 2/4 --format json", "a quarter of it, for one of four machines"},
};

const struct command command_links = {
        .name = "links",
        .summary = "ask about links and citations: do they lead anywhere",
        .operands = "[PATH...]",
        .text = "Gather the links and DOIs of the dataset, or of files and folders of "
                "it, ask about each once, and tell the answer with every place where it "
                "stands. A value that is an address as a whole is a link, wherever it "
                "stands; addresses within running text are not looked for.\n\n"
                "A link is alive, redirected (moved for good), dead, or unknown: a site "
                "that is down, too slow or keeps robots out has not said that a page is "
                "gone. A DOI is unregistered only when a registry says so; where there "
                "is a record of the work, title, first author, year and type are "
                "compared, and retractions told. `rules` of stemma.yaml sets how grave "
                "each of this is.\n\n"
                "Answers are remembered: those about live links for a week, others for "
                "a day, and unknown ones not at all. A run that was stopped goes on "
                "where it was.",
        .status = "0  nothing is dead, and no citation wrong\n"
                  "1  something is: findings of severity error\n"
                  "2  wrong usage, or a stemma.yaml that cannot be used\n"
                  "3  a file or the network cannot be used\n"
                  "4  with --strict: something is unknown, and nothing is dead\n"
                  "128+N  ended by signal N, after telling what was known by then",
        .options = options,
        .options_n = ARRAY_LEN(options),
        .examples = examples,
        .examples_n = ARRAY_LEN(examples),
        .defaults = &defaults,
        .size = sizeof(struct links_args),
        .operands_max = -1,
        .run = run,
};
