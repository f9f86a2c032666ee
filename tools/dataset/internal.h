/*
 * internal.h - shared by the files of this folder
 */
#pragma once

#include "dataset/dataset.h"

/* The built-in schemas of the dataset's own files (embedded from schema/). */
extern const char schema_stemma[], schema_vocabulary[], schema_labels[], schema_kept[];
extern const size_t schema_stemma_size, schema_vocabulary_size, schema_labels_size,
        schema_kept_size;

/* The words used where the dataset has none (labels.yaml of this folder). */
extern const char builtin_labels[];
extern const size_t builtin_labels_size;

/*
 * "DIR/NAME"; NAME alone when it is absolute or DIR is "."; DIR alone when NAME is ".". "a/../b"
 * is folded to "b"; there is no slash at the end.
 */
struct str path_join(const struct tree *t, struct str dir, struct str name,
                     struct arena *arena);
/*
 * What PATH (terminated) is; on the disk what it leads to when it is a link, which is
 * TREE_NONE for a lost one.
 */
enum tree_kind kind_behind(const struct tree *t, struct str path);
/* The folder of a path: "." when it has none. */
struct str path_dir(struct str path);
/*
 * PATH as the dataset itself would name it: relative to the folder ROOT, links followed on the
 * disk; "" for ROOT. Absent when it does not lie there. Both are terminated.
 */
struct str path_relative(const struct tree *t, struct str root, struct str path,
                         struct arena *arena);

/*
 * Whether PATH (terminated), links followed, lies below the folder of D: a stranger's link to
 * a file of the machine would have it quoted in findings. True for what is not there. Where
 * links are not followed, false for a link.
 */
bool stays_inside(const struct dataset *d, struct str path);
/* The finding for a link that leads out of OF ("dataset", "folder"), or is none to follow. */
void report_link(struct diag_list *out, const struct tree *t, const char *of);

/*
 * Read the one document of file PATH, which may not lead out of the folder of D, into ARENA and
 * check it against a built-in schema.
 * Returns false, with findings in DIAGS, when it is not a document or breaks the schema.
 */
bool load_checked(const struct doc **out, const struct dataset *d, struct str path,
                  const char *schema, size_t schema_size, struct arena *arena,
                  struct diag_list *diags);
/* Compile a built-in schema; it is known to be good. Never NULL. */
const struct schema *builtin_schema(const char *text, size_t size, struct arena *arena);

/* Findings about values of ROOT that are bound to vocabularies and are none of their ids. */
void vocabulary_check(const struct collection *c, const struct doc_node *root,
                      struct diag_list *out);
/* An unreadable or too large file as a finding. */
void report_unreadable(struct diag_list *out, enum source_status status, const char *why);
/*
 * Append the entries of collection C, sorted by path.
 * ASKED  when not NULL, only those whose name, folded, is a key of it
 */
bool collection_files(struct file_list *out, const struct dataset *d,
                      const struct collection *c, const struct map *asked,
                      struct diag_list *diags, struct err *err) MUST_CHECK;
/* The release policy of CONFIG, with what it leaves out. */
struct release_policy policy_read(const struct doc_node *config);
/* Append PATH (terminated) when it is a file of the folder of records; else false. */
bool dataset_add_reference(const struct dataset *d, struct str path,
                           struct file_list *out);
/* After how many days a kept record is too old; 0: never. */
int max_age_read(const struct doc_node *config);
/* Whether entries of C have a history: see struct collection. */
bool is_versioned(const struct collection *c);
