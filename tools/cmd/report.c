/*
 * report.c - `stemma report merge`: reports of parts into one
 */
#include "cmd/links.h"

#include "base/limits.h"
#include "render/findings.h"

struct args {
	int format;
};

enum kind { KIND_NONE, KIND_LINKS, KIND_FINDINGS };

struct merging {
	struct run *run;
	enum kind kind; /* of the reports so far */
	struct linking links;
	struct diag_list found;
	struct map seen; /* findings that are there already */
	size_t files, dropped;
};

/* ---- reports of findings ---- */

static struct str text_of(const struct doc_node *node, const char *key)
{
	return doc_text(doc_get(node, key));
}

static int number_of(const struct doc_node *node, const char *key)
{
	const struct doc_node *n = doc_get(node, key);

	return n && n->kind == DOC_NUMBER && n->fits && n->integer > 0 &&
	                       n->integer <= INT32_MAX
	               ? (int)n->integer
	               : 0;
}

/* What makes two findings the same. */
static struct str key_of(const struct diag *d, struct arena *arena)
{
	return arena_fmt(arena, STR_FMT "\n%d %d %d\n%s\n" STR_FMT "\n" STR_FMT,
	                 STR_ARG(d->file), d->document, d->span.line, d->span.column,
	                 d->rule->id, STR_ARG(d->pointer), STR_ARG(d->text));
}

static bool add_finding(struct merging *m, const struct doc_node *node)
{
	struct arena *arena = m->run->arena;
	struct rule *rule = arena_new(arena, struct rule);
	struct diag d = {
	        .rule = rule,
	        .file = text_of(node, "file"),
	        .document = number_of(node, "document"),
	        .span = {number_of(node, "line"), number_of(node, "column"),
	                 number_of(node, "end_line"), number_of(node, "end_column")},
	        .pointer = text_of(node, "pointer"),
	        .keyword = text_of(node, "keyword"),
	        .schema_location = text_of(node, "schema_location"),
	        .text = text_of(node, "message"),
	        .suggestion = text_of(node, "suggestion"),
	};
	bool added;

	*rule = (struct rule){arena_str(arena, text_of(node, "rule")).s, SEVERITY_NOTE,
	                      ""};
	if (!severity_parse(&rule->severity, text_of(node, "severity")) ||
	    !link_rule_id(text_of(node, "rule")))
		return false;
	d.severity = rule->severity;
	map_at(&m->seen, key_of(&d, arena), &added);
	if (added)
		*arena_push(arena, m->found.items, m->found.n, m->found.cap) = d;
	return true;
}

static bool add_findings(struct merging *m, struct str name, const struct doc_node *root,
                         struct err *err)
{
	const struct doc_node *list = doc_get(root, "findings");
	const struct doc_node *summary = doc_get(root, "summary");

	for (uint32_t i = 0; i < list->n; i++)
		if (!add_finding(m, &list->items[i]))
			return err_set(err, ERR_IO,
			               STR_FMT ":%d: a finding has no rule, or no "
			                       "severity of the known ones",
			               STR_ARG(name), list->items[i].start.line);
	m->files += (size_t)number_of(summary, "files");
	m->dropped += (size_t)number_of(summary, "dropped");
	return true;
}

/* ---- any report ---- */

static enum kind kind_of(const struct doc_node *root)
{
	const struct doc_node *findings = doc_get(root, "findings");

	if (doc_get(root, "links"))
		return KIND_LINKS;
	return findings && findings->kind == DOC_LIST ? KIND_FINDINGS : KIND_NONE;
}

/* The one document of file NAME; NULL: ERR says why. It lives to the end of the run. */
static const struct doc_node *read_report(struct merging *m, struct str name,
                                          struct err *err)
{
	CLEANUP(buf_release) struct buf bytes = BUF_INIT(LIMIT_LINK_REPORT_BYTES);
	struct arena *arena = m->run->arena;
	struct source *source = arena_new(arena, struct source);
	struct doc_options opt = {.format = DOC_JSON, .nodes = LIMIT_LINK_REPORT_NODES};
	const char *why = "it is too large";
	struct diag_list found;
	struct docs docs;

	diag_init(&found, arena);
	diag_file(&found, name);
	if (source_read(source, &bytes, name, &why) != SOURCE_OK) {
		err_set(err, ERR_IO, STR_FMT ": %s", STR_ARG(name), why);
		return NULL;
	}
	source->bytes = arena_str(arena, source->bytes);
	if (doc_read(&docs, source, &opt, arena, &found) && docs.n == 1)
		return &docs.items[0].root;
	err_set(err, ERR_IO, STR_FMT ":%d: this is no JSON: " STR_FMT, STR_ARG(name),
	        found.n ? found.items[0].span.line : 0,
	        STR_ARG(found.n ? found.items[0].text : STR("nothing is in it")));
	return NULL;
}

static bool add_report(struct merging *m, struct str name, struct err *err)
{
	const struct doc_node *root = read_report(m, name, err);
	enum kind kind = root ? kind_of(root) : KIND_NONE;

	if (!root)
		return false;
	if (kind == KIND_NONE)
		return err_set(err, ERR_IO,
		               STR_FMT " is no report of `stemma links` or `stemma "
		                       "validate` with --format json",
		               STR_ARG(name));
	if (m->kind && kind != m->kind)
		return err_set(err, ERR_USAGE,
		               STR_FMT " is a report of another command than those "
		                       "before it; merge each kind alone",
		               STR_ARG(name));
	m->kind = kind;
	if (kind == KIND_LINKS)
		return link_merge(&m->links.set, name, root, err);
	return add_findings(m, name, root, err);
}

/* Reports of links do not say how grave a verdict is: stemma.yaml does, where there is one. */
static void find_dataset(struct merging *m)
{
	struct run *r = m->run;
	struct diag_list unused;
	struct err ignored = {0};
	struct str path;

	diag_init(&unused, r->arena);
	if (dataset_find(&path, &tree_disk, r->dataset, r->arena) &&
	    !dataset_open(&m->links.dataset, &tree_disk, path, r->arena, &unused,
	                  &ignored))
		m->links.dataset = NULL;
}

/* Parts that nobody brought: what they would say is missing, too. */
static void tell_missing(struct merging *m)
{
	struct linking *l = &m->links;
	struct str list = STR("");
	size_t n = 0;

	for (int part = 0; (part = link_missing(&l->set, part)); n++)
		list = arena_fmt(m->run->arena, STR_FMT "%s%d/%d", STR_ARG(list),
		                 n ? ", " : "", part, l->set.parts);
	if (!n)
		return;
	l->set.interrupted = true;
	l->trouble = true;
	run_say(m->run, "%s missing: " STR_FMT "; give the reports of all parts",
	        n == 1 ? "a part is" : "parts are", STR_ARG(list));
}

static enum status tell(struct merging *m, int format)
{
	struct told t = {.format = format,
	                 .found = &m->found,
	                 .files = m->files,
	                 .dropped = m->dropped};

	if (m->kind == KIND_LINKS) {
		find_dataset(m);
		link_sort(&m->links.set);
		tell_missing(m);
		return links_tell(&m->links, format);
	}
	diag_sort(&m->found, 0);
	return run_tell(&m->run->out, &t);
}

static enum status run(struct run *r, const void *values, const struct opt_list *operands)
{
	const struct args *args = values;
	struct merging m = {.run = r, .links = {.run = r}};
	struct err err = {0};

	if (!str_eqz(operands->items[0], "merge"))
		return run_usage(r, "report: '" STR_FMT "' is not merge",
		                 STR_ARG(diag_quote(r->arena, operands->items[0])));
	diag_init(&m.found, r->arena);
	diag_init(&m.links.found, r->arena);
	link_set_init(&m.links.set, r->arena);
	map_init(&m.seen, r->arena);
	for (size_t i = 1; i < operands->n; i++)
		if (!add_report(&m, operands->items[i], &err))
			return run_fail(r, &err);
	return tell(&m, args->format);
}

static const struct opt options[] = {
        OPT_CHOICE('f', "format", "FORMAT", findings_format_names, struct args, format,
                   "How the whole is printed, as by the command that made the parts."),
};

static const struct args defaults = {0};

static const struct command_example examples[] = {
        {"report merge part-*.json", "what all parts say, for people"},
        {"report merge --format json part-*.json > all.json", "for a program"},
};

const struct command command_report = {
        .name = "report",
        .summary = "put reports of parts together",
        .operands = "merge FILE...",
        .text = "Read reports that `stemma links` or `stemma validate` wrote with "
                "--format json, and tell them as one. What several of them say is told "
                "once; the order of the files does not matter. The stemma.yaml that is "
                "found says how grave each verdict is.\n\n"
                "A large dataset is asked about by several machines at a time: each "
                "runs `stemma links --shard K/N --format json`, and one of them merges "
                "what came. A part that is missing is told, and ends it with 3.",
        .status =
                "0  no errors in any of them\n"
                "1  findings of severity error\n"
                "2  wrong usage\n"
                "3  a file could not be read, or is no such report; or a part is missing",
        .options = options,
        .options_n = ARRAY_LEN(options),
        .examples = examples,
        .examples_n = ARRAY_LEN(examples),
        .defaults = &defaults,
        .size = sizeof(struct args),
        .operands_min = 2,
        .operands_max = -1,
        .run = run,
};
