/*
 * form.h - what a snapshot consists of: forms, each of which writes one or more files
 *
 * A form is a row of the table in forms.c. It sees every entry once, in the order of
 * collections and ids: render() turns an entry into bytes, in whatever thread; piece() takes
 * these bytes in order, one after the other, and writes them out. What an entry's bytes are depends
 * on nothing but the entry, the options and the shared files of the release, so that a later
 * run may bring them from its cache and call piece() without render().
 *
 *     static void bib_render(struct buf *out, const struct edition *x,
 *                            const struct export_entry *e);
 *     const struct form form_bib = {.name = "bib", .file = "references.bib",
 *                                   .summary = "cited works as BibTeX",
 *                                   .render = bib_render};
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "dataset/dataset.h"
#include "entry/cited.h"
#include "export/folder.h"
#include "record/record.h"
#include "snapshot/view.h"

/* What is asked for beside the forms. */
struct export_options {
	bool bom; /* CSV files begin with a byte order mark */
	bool csv_guard; /* cells that a spreadsheet would take for formulas get a ' in front */
	int jobs; /* threads; 0: one a core */
};

struct form;

/* What is exported; filled before the first form begins, and only read from then on. */
struct edition {
	const struct dataset
	        *dataset; /* as the release has it; vocabularies are loaded */
	const struct library *library; /* its entries */
	struct record *record;
	const struct release *release;
	const struct release *previous; /* NULL: it is the first one */
	struct str name; /* "2026.06" */
	struct str date; /* YYYY-MM-DD: the only day that anything here may know */
	struct str tag, commit; /* "v2026.06", absent: a preview; forty digits */
	struct str title, license; /* of stemma.yaml; absent: it does not say */
	const struct release_entry *entries; /* entries_n of them, by collection and id */
	size_t entries_n;
	const struct cache_key *keys; /* one an entry: of its pieces; NULL: nobody asks */
	const struct view *const *views; /* one a language of the dataset, in its order */
	const struct view_row
	        *rows; /* rows_n of them: the columns of tables; see rows.h */
	size_t rows_n;
	bool rows_of_schemas; /* stemma.yaml has none */
	/* By index of releases: whose vocabularies name terms; NULL: the same as now. */
	const struct dataset *const *vocabularies;
	const struct form *const *forms; /* forms_n of them, in the order of the table */
	size_t forms_n;
	const struct export_options *options;
	struct folder *folder; /* in begin() of late forms: all files so far */
};

/* One published version of an entry. */
struct export_version {
	int version;
	enum state state; /* published, deprecated or withdrawn, as the release sees it */
	size_t sources; /* frozen when it was approved */
	struct str date, by; /* of its approval; absent: its history does not say */
	struct str content; /* the fingerprint */
	const struct release *first; /* that carried it first */
	struct release_file
	        file; /* there; the path is absent unless it is the last one */
	struct str bytes; /* of that file */
	const struct doc *doc;
	const struct collection *collection; /* as that release has it */
};

/* What a cited work is known by: see describe/works.h. */
struct work_names {
	struct str identity, label, id;
};

/* One entry as the release has it. All of it is good during render() only. */
struct export_entry {
	const struct collection *collection;
	struct str id;
	struct release_file file; /* in the release */
	struct str bytes; /* of that file */
	const struct doc *doc;
	const struct doc_node *root; /* of doc */
	struct str canonical; /* version_canonical() of that */
	/* version, state and so on are those of the last one of these */
	const struct export_version *versions; /* versions_n of them, ascending */
	size_t versions_n;
	const struct history_line
	        *line_of_state; /* the one behind it; NULL: none says it */
	struct str date; /* of that line */
	/* The last time its file changed: in which release, and what it was before. */
	const struct release *last_change;
	int from; /* the version there; 0: none */
	enum state from_state;
	/* The cited works, in the order of the sources: works_n of them, and their keys
	   (entry_work_key()), equal for equal works, absent when nothing tells. */
	const struct cited_work *works;
	const struct str *work_keys;
	size_t works_n;
	/* One a language of the dataset (in its order): names, and one cell a row. */
	const struct entry_view *views;
	struct work_names *names; /* one a work; filled by work_names() */
	struct str *line; /* what line_members() wrote; absent: nothing yet */
	struct arena *arena; /* for what is not needed after the call */
};

/* A work that entries cite, when all are known. */
struct work_record {
	size_t n; /* of those before it */
	struct str id; /* in linked data: work_id() */
	struct str label; /* no other work has it */
	struct cited_work work; /* without its node */
};

/* A form at work. */
struct form_run {
	const struct form *form;
	const struct edition *edition;
	struct arena *arena; /* to the end of the run */
	struct export_file *file; /* open when the form has a `file` */
	void *state; /* the form's own */
	size_t pieces; /* taken so far: the index of the entry that the next one is of */
};

enum form_stage {
	FORM_ENTRIES, /* what the entries say */
	FORM_ABOUT, /* begins and ends when all of those are finished: their sums are known */
	FORM_ARCHIVE, /* the same after those */
	FORM_SUMS, /* the last ones: what tells of all files */
};

struct form {
	const char *name; /* for --only and --without */
	const char *summary; /* a few words for the help */
	const char *file; /* opened and closed for it; NULL: it opens its own */
	enum form_stage stage;
	bool optional; /* only made when asked for by name */
	/*
	 * What it must know and stemma.yaml does not say, appended to OUT; false, or NULL: it
	 * knows enough. Otherwise it is left out, or refused when it was asked for by name.
	 */
	bool (*lacks)(struct buf *out, const struct form *f, const struct edition *x);
	/* Any thread: append what E adds; NULL: nothing. Must not look at other entries. */
	void (*render)(struct buf *out, const struct edition *x,
	               const struct export_entry *e);
	/*
	 * Append what the form's file has of a work to OUT: after all pieces and before end(),
	 * each that an entry cites which is not withdrawn, once, in the order of labels.
	 */
	void (*work)(struct buf *out, const struct work_record *w);
	/*
	 * Any thread: whether piece() needs the bytes of ENTRY even if nothing about it has
	 * changed; NULL: it does. Asked of the first form only, whose pieces are kept apart.
	 */
	bool (*wanted)(const struct form_run *f, size_t entry);
	/*
	 * Of a form one at a time; each may be NULL. Without piece(), pieces are appended to
	 * `file`. BYTES are what render() appended, absent when they were not wanted(). piece()
	 * and end() of FORM_ENTRIES may run beside those of other forms: no use of `arena`
	 * there.
	 */
	bool (*begin)(struct form_run *f, struct err *err);
	bool (*piece)(struct form_run *f, struct str bytes, struct err *err);
	bool (*end)(struct form_run *f, struct err *err);
	void (*release)(struct form_run *f); /* also after a failure */
};

/* forms.c: FORM(symbol), in the order of the help; a further form is a row here and a file. */
/* clang-format off */
#define FORMS(FORM) \
	FORM(snapshot) \
	FORM(entries) \
	FORM(csv) \
	FORM(sources) \
	FORM(versions) \
	FORM(files) \
	FORM(delta) \
	FORM(changelog) \
	FORM(atom) \
	FORM(bibtex) \
	FORM(ris) \
	FORM(csl) \
	FORM(terms) \
	FORM(sqlite) \
	FORM(jsonld) \
	FORM(datapackage) \
	FORM(ro_crate) \
	FORM(croissant) \
	FORM(cff) \
	FORM(datacite_json) \
	FORM(datacite_xml) \
	FORM(tar_gz) \
	FORM(tar_zst) \
	FORM(manifest) \
	FORM(sums)
/* clang-format on */

#define FORM(symbol) extern const struct form form_##symbol;
FORMS(FORM)
#undef FORM

extern const struct form *const forms[];
extern const size_t forms_n;
/* The form NAME, or NULL. */
const struct form *form_find(struct str name);
/* Whether every snapshot has FORM, whatever was asked for. */
bool form_is_fixed(const struct form *form);
