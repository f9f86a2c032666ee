/*
 * dataset.h - a dataset: stemma.yaml, collections, vocabularies, labels
 *
 * All of it is read through one struct tree: from the disk, from what is staged, or from a
 * commit. Links are followed on the disk only, and there only inside of the dataset.
 */
#pragma once

#include "base/arena.h"
#include "base/diag.h"
#include "base/err.h"
#include "base/map.h"
#include "base/source.h"
#include "base/tree.h"
#include "doc/doc.h"
#include "entry/entry.h"
#include "reference/reference.h"
#include "schema/schema.h"
#include "version/version.h"

#define RULE(sym, id, severity, summary) extern const struct rule rule_##sym;
#include "dataset/rules.def"
#undef RULE
extern const struct rule *const dataset_rules[];
extern const size_t dataset_rules_n;

/*
 * A controlled vocabulary: ids with labels per language. Only the name and the path are known
 * before dataset_load_vocabularies(); read-only after it.
 */
struct vocabulary {
	struct str name, path;
	bool loaded;
	bool usable; /* false: the file has findings; its ids are not checked */
	struct map terms; /* id -> const struct doc_node * (the label map) */
	struct str *ids; /* in the order of the file, for "did you mean" */
	size_t ids_n;
};

/* Values at PATH are ids of VOCABULARY. */
struct term_binding {
	struct path path;
	const struct vocabulary *vocabulary;
};

struct collection {
	struct str name;
	struct str folder; /* as a path the program can open */
	const struct str *files; /* patterns (fnmatch); files_n of them */
	const struct str *exclude; /* patterns; exclude_n of them */
	size_t files_n, exclude_n;
	struct str schema_path; /* absent: no schema */
	const struct schema *schema; /* loaded by dataset_load_schemas() */
	struct doc_options read;
	struct roles roles;
	const struct term_binding *terms; /* terms_n of them */
	size_t terms_n;
	bool id_is_stem; /* rule entry.id-filename is on: a file's name is its entry's id */
	bool versioned; /* one entry a YAML file, named by its id, with a history */
};

/* How releases are published: the key `release` of stemma.yaml. */
struct release_policy {
	struct str branch, tag_prefix, remote;
	bool semver; /* else by year and month */
};

/* SERVICE(symbol, name): who is asked about links and citations. */
#define SERVICES(SERVICE) \
	SERVICE(SERVICE_DOI, doi) \
	SERVICE(SERVICE_HANDLE, handle) \
	SERVICE(SERVICE_CROSSREF, crossref) \
	SERVICE(SERVICE_DATACITE, datacite) \
	SERVICE(SERVICE_ARXIV, arxiv) \
	SERVICE(SERVICE_WAYBACK, wayback)

#define SERVICE(symbol, name) symbol,
enum service { SERVICES(SERVICE) SERVICES_N };
#undef SERVICE

/* How links are asked about: the key `links` of stemma.yaml. */
struct link_policy {
	struct str mailto; /* absent: none */
	int dead_runs, dead_days; /* a link is dead that failed so often, and so long */
	struct str services[SERVICES_N]; /* addresses; absent: the usual one */
};

/* The kept records of registries: the key `references` of stemma.yaml. */
struct reference_policy {
	struct str dir; /* as a path the program can open; absent: none are kept */
	int max_age_days; /* 0: a record is never too old */
};

struct dataset {
	struct arena *arena;
	const struct tree *tree; /* that all of it is read from */
	struct str dir; /* the folder of stemma.yaml, "." or a path */
	struct str config_path; /* stemma.yaml as a path the program can open */
	const struct source *source; /* its bytes */
	const struct doc_node *config; /* its root */
	struct str default_language;
	const struct str *languages; /* languages_n of them, the default one first */
	size_t languages_n;
	struct collection *collections;
	size_t collections_n;
	struct vocabulary *vocabularies;
	size_t vocabularies_n;
	struct str labels_dir; /* absent: none */
	struct release_policy release;
	struct link_policy links;
	struct reference_policy references;
	struct map severities; /* rule id -> const struct rule_setting * */
};

struct rule_setting {
	enum severity severity;
};

/*
 * Find stemma.yaml in TREE: in DIR when given ("" or absent: not given), else upwards from the
 * current folder, at each step stemma.yaml and then dataset/stemma.yaml.
 * Returns false when there is none; OUT is a path in ARENA.
 */
bool dataset_find(struct str *out, const struct tree *tree, struct str dir,
                  struct arena *arena);
/*
 * Read the configuration at PATH of TREE. Vocabularies and schemas are not loaded yet.
 * DIAGS    findings about stemma.yaml; vocabularies' own findings belong to dataset_check()
 * Lives:   OUT as long as ARENA and TREE
 * Fails:   ERR_CONFIG when stemma.yaml has findings or contradicts itself, ERR_IO
 */
bool dataset_open(struct dataset **out, const struct tree *tree, struct str path,
                  struct arena *arena, struct diag_list *diags,
                  struct err *err) MUST_CHECK;
/*
 * The same for a stemma.yaml that has the very bytes of LIKE's, which are not read again.
 * Lives: OUT as long as ARENA, TREE and LIKE
 * Fails: ERR_CONFIG, though LIKE did not
 */
bool dataset_open_like(struct dataset **out, const struct dataset *like,
                       const struct tree *tree, struct str path, struct arena *arena,
                       struct err *err) MUST_CHECK;
/*
 * Load the vocabularies, once; dataset_check() and compare() do it themselves. Not while other
 * threads use D.
 */
void dataset_load_vocabularies(const struct dataset *d);
/*
 * Load the schemas of the collections. They may not lie outside of the repository that the
 * dataset is in (without one: of the folder around the dataset's), but for mapped ones.
 * OPT      mapped prefixes and switches, or NULL
 * NOTES    findings about the schemas (may be NULL to leave them out)
 * Fails:   ERR_IO, ERR_SCHEMA
 */
bool dataset_load_schemas(struct dataset *d, const struct schema_options *opt,
                          struct diag_list *notes, struct err *err) MUST_CHECK;
/* Give back what the schemas hold beside the arena. D may be NULL. */
void dataset_release(struct dataset *d);
/* The JSON Schema of stemma.yaml, as text. */
struct str dataset_config_schema(void);
/* The severity of RULE by configuration (D may be NULL). */
enum severity dataset_severity(const struct dataset *d, const struct rule *rule);
/* That of a finding: its rule's by configuration, else its own. */
enum severity dataset_finding_severity(const struct dataset *d,
                                       const struct diag *finding);
/* The vocabulary NAME, or NULL. */
const struct vocabulary *dataset_vocabulary(const struct dataset *d, struct str name);

/* The names of the services as stemma.yaml has them, NULL at the end. */
extern const char *const service_names[];
/* What CONFIG, the root of a stemma.yaml or NULL, says of links, with what it leaves out. */
struct link_policy dataset_link_policy(const struct doc_node *config);

/*
 * Hold D to the severities and the release policy of FROM, the dataset before a change: the
 * change must not loosen the rules it is checked by. FROM lives as long as D.
 */
void dataset_take_policy(struct dataset *d, const struct dataset *from);

/* What a file is to the dataset. */
enum file_kind { FILE_ENTRY, FILE_VOCABULARY, FILE_LABELS, FILE_CONFIG, FILE_REFERENCE };
#define FILE_KINDS_N 5

struct file {
	struct str path;
	enum file_kind kind;
	const struct collection
	        *collection; /* FILE_ENTRY, or NULL: checked by schema alone */
};

/* The folders that were listed for it. The paths live in the arena of the list of files. */
struct folder_list {
	struct folder {
		struct str path;
		const struct collection *collection;
	} * items; /* not in the arena */
	size_t n, cap;
	bool odd; /* there were links: what they lead to is elsewhere */
};

/* Files in the order they are told about. {.arena = A} is ready: the paths live in A. */
struct file_list {
	struct arena *arena;
	struct folder_list *folders; /* when not NULL: gets all that is listed */
	struct file *items; /* not in the arena: they may be very many */
	size_t n, cap;
};

void file_list_release(struct file_list *l);
void file_list_add(struct file_list *l, const struct file *file);
/* Add those of FROM that are entries of versioned collections. */
void file_list_add_versioned(struct file_list *l, const struct file_list *from);

/*
 * Append all files of the dataset: stemma.yaml, vocabularies, labels, kept records, then each
 * collection's entries, each sorted by path in byte order.
 * Lost links, links that lead out of the dataset and unreadable folders are findings.
 * Fails: ERR_IO, ERR_LIMIT
 */
bool dataset_files(const struct dataset *d, struct file_list *out,
                   struct diag_list *diags, struct err *err) MUST_CHECK;
/*
 * Append what the user named: a file, or a folder with all below it that the dataset knows.
 * KNOWN is set to false when PATH exists but belongs to nothing in stemma.yaml.
 */
bool dataset_add_path(const struct dataset *d, struct str path, struct file_list *out,
                      bool *known, struct diag_list *diags, struct err *err) MUST_CHECK;
/*
 * The collection whose files PATH (terminated, as the dataset itself would name it) is one of by
 * its name; NULL when there is none. Nothing is read.
 */
const struct collection *dataset_collection_of(const struct dataset *d, struct str path);
/*
 * The path, in ARENA, of the file of C that is named ID, without a look at all files.
 * HINT  a path that is tried first, or absent
 * Returns false when there is none. Links are followed as in dataset_files(), but no folder
 * that is one.
 */
bool dataset_locate(struct str *out, const struct dataset *d, const struct collection *c,
                    struct str id, struct str hint, struct arena *arena);
/* Append PATH of TREE, or, when it is a folder, the .yaml, .yml and .json files below it. */
bool files_add(struct file_list *out, const struct tree *tree, struct str path,
               struct diag_list *diags, struct err *err) MUST_CHECK;
/* The name of a file without folders and without its ending. */
struct str file_stem(struct str path);

struct check_options {
	const struct dataset *dataset; /* NULL: schema and syntax only */
	const struct tree *tree; /* without a dataset; NULL: the disk */
	const struct schema
	        *schema; /* in place of the collections' schemas; may be NULL */
	bool partial; /* the dataset has more files: their ids count too */
	bool others_cite; /* entries that are not here may: no kept record is an orphan */
	struct str today; /* for the age of kept records; absent: it does not matter */
	int jobs; /* threads; 0: one per core, at most LIMIT_JOBS */
};

struct check_result {
	struct diag_list
	        diags; /* in the order of the files, then document, place, rule */
	size_t files; /* how many were checked */
	size_t dropped; /* findings over the limit for one file */
	bool io_trouble; /* one could not be read: exit status 3 */
};

/*
 * Check FILES: syntax, schema, entry rules, then the rules of the whole set. With `partial`,
 * the other files of the dataset that matter to them are looked up (and read when their names
 * do not tell their ids) while the call lasts; nothing is told about those.
 * Lives: OUT as long as ARENA and FILES
 * Fails: ERR_IO, ERR_LIMIT. Bad data is findings
 */
bool dataset_check(struct check_result *out, struct file_list *files,
                   const struct check_options *opt, struct arena *arena,
                   struct err *err) MUST_CHECK;

/* ---- kept records of registries ---- */

/* Append the files of D's folder of records, sorted by name; there may be no such folder. */
void dataset_references(const struct dataset *d, struct file_list *out,
                        struct diag_list *diags);
/*
 * Where the record of DOI (canonical) is kept or would be, terminated; absent when stemma.yaml
 * names no folder for records.
 */
struct str dataset_reference_path(const struct dataset *d, struct str doi,
                                  struct arena *arena);
enum reference_status { REFERENCE_KEPT, REFERENCE_MISSING, REFERENCE_BROKEN };
/*
 * Read the kept record of DOI (canonical). BROKEN: WHY is a half sentence ("is no JSON").
 * Lives: OUT as long as ARENA
 */
enum reference_status dataset_reference(struct reference *out, const struct dataset *d,
                                        struct str doi, struct arena *arena,
                                        const char **why);

/* ---- one entry by its id ---- */

/*
 * Read all documents of FILE, an entry's, into ARENA; false when it cannot be read whole: then
 * DIAGS has findings.
 */
bool dataset_read(struct docs *out, const struct dataset *d, const struct file *file,
                  struct arena *arena, struct diag_list *diags);

/* Where an entry stands, when a release says more of it than its file does. */
struct entry_status {
	int version;
	enum state state;
	size_t sources;
	struct str date; /* of the history line behind the state */
	bool pinned; /* this version was asked for, whatever comes after it */
};

struct entry {
	const struct file *file;
	const struct doc *doc;
	struct str id;
	const struct entry_status *status; /* NULL: as its history says */
	/* Whose vocabularies name its terms, all loaded; NULL: those of the library. */
	const struct dataset *vocabularies;
};

/* The entries of a dataset by id; files are listed once, read when asked for. */
struct library {
	const struct dataset *dataset;
	struct arena *arena; /* entries live as long as this */
	struct file_list files;
};

void library_release(struct library *l);
/* Fails: as dataset_files() */
bool library_open(struct library *out, const struct dataset *d, struct arena *arena,
                  struct diag_list *diags, struct err *err) MUST_CHECK;
/*
 * The entry NAME: an id, or collection/id when several collections have it.
 * Returns false when there is none, with the nearest id in NEAR (or absent), or when its file
 * cannot be read: then DIAGS has findings.
 */
bool library_entry(struct entry *out, const struct library *l, struct str name,
                   struct str *near, struct diag_list *diags);
/*
 * Read the files of C one by one and call EACH for every entry, in the order of the files. A
 * file that cannot be read is left out. The entry and all it points to last as long as the call.
 */
typedef void library_each_fn(const struct entry *e, void *ctx);
void library_each(const struct library *l, const struct collection *c,
                  library_each_fn *each, void *ctx);
/*
 * "a/ID or b/ID" when files of several collections are named ID, so that library_entry() would
 * take the first; else absent.
 */
struct str library_several(const struct library *l, struct str id);

/* ---- words of pages and tables ---- */

/* The labels of one language with those it falls back to, and the built-in ones last. */
struct labels;

/*
 * The chain of languages for TAG: itself, its parents (CLDR), then the dataset's default.
 * Source: BCP 47; RFC 4647, section 3.4; Unicode CLDR 48, parent locales
 */
#define LANGUAGE_CHAIN 8
size_t language_chain(struct str out[LANGUAGE_CHAIN], struct str tag,
                      const struct dataset *d, struct arena *arena);
/* Whether TAG is a well-formed language tag (RFC 5646, section 2.1, without grandfathered). */
bool language_valid(struct str tag);
/* TAG in canonical case: language lower, Script title, REGION upper. RFC 5646, section 2.1.1 */
struct str language_canonical(struct str tag, struct arena *arena);
/*
 * The text of NODE for the languages of CHAIN: a map of language tags, or plain text.
 * LANG is set to the language found; absent for plain text.
 * Returns the absent string when there is none in the chain; then any other language is
 * taken, the first in the file.
 */
struct str localised(const struct doc_node *node, const struct str *chain, size_t chain_n,
                     struct str *lang);

bool labels_load(struct labels **out, const struct dataset *d, const struct str *chain,
                 size_t chain_n, struct arena *arena, struct err *err) MUST_CHECK;
/* The label KEY, or KEY itself when no language has it. LANG as in localised(), or NULL. */
struct str labels_get(const struct labels *l, struct str key, struct str *lang);
/* The label KEY in the plural form for N things; KEY itself when there is none. */
struct str labels_plural(const struct labels *l, struct str key, size_t n,
                         struct str *lang);
/* Gives the plural category of the whole number N: "one", "few", "other", ... */
typedef const char *plural_rule(size_t n);
/*
 * The rule of language TAG; that of English when it is not known. Looked up in a list.
 * Source: Unicode CLDR 48, plural rules (cardinal)
 */
plural_rule *plural_rule_of(struct str tag);
