/*
 * schema.h - JSON Schema: compile once, check many documents
 *
 * Dialects are 2020-12, 2019-09, draft-07, draft-06, draft-04, and those that a meta-schema of
 * the user describes ($vocabulary). $schema decides for each schema, embedded ones and those in
 * other files too; without it the one of the referring schema is taken, or else 2020-12.
 * Source: JSON Schema, Core and Validation: 2020-12; 2019-09; draft-07 (draft-handrews-json-
 *         schema-01); draft-06 (draft-wright-json-schema-01); draft-04 (draft-zyp-json-schema-04)
 */
#pragma once

#include "base/arena.h"
#include "base/diag.h"
#include "base/err.h"
#include "base/str.h"
#include "base/tree.h"
#include "doc/doc.h"

#define RULE(sym, id, severity, summary) extern const struct rule rule_##sym;
#include "schema/rules.def"
#undef RULE
/* All rules of this folder, and how many. */
extern const struct rule *const schema_rules[];
extern const size_t schema_rules_n;

/* References that start with PREFIX are read from the files below DIR: PREFIX + rest -> DIR/rest. */
struct schema_map {
	struct str prefix, dir;
};

struct schema_options {
	const struct schema_map
	        *maps; /* maps_n of them; the longest matching prefix wins */
	size_t maps_n;
	bool no_format; /* `format` is an annotation, not an assertion */
	struct str dialect; /* $schema of schemas that have none; absent: 2020-12's */
	/*
	 * The real path of the folder that no schema file may lie outside of, but for those of
	 * maps; absent: anywhere. A stranger's reference must not have files of the machine read.
	 */
	struct str root;
	/*
	 * Where schema files are read from, but for those of maps, which the user has on the
	 * disk; NULL: the disk. ROOT is for the disk only.
	 */
	const struct tree *tree;
};

/* A compiled schema: read-only after loading, shared by threads. */
struct schema;

/*
 * Read and compile the schema file PATH with everything it refers to: local files by relative
 * reference, mapped prefixes, the meta-schemas (built in); never the network.
 * OUT      lives as long as ARENA; schema_release() gives back what ARENA does not hold
 * NOTES    findings about the schema itself that do not stop its use (unknown or dead
 *          keywords, `required` names that no property declares), rules schema-lint.*
 * Fails:   ERR_IO; ERR_SCHEMA with file, place and reason (not JSON, no schema, `$ref` to
 *          nowhere, pattern that does not compile, unknown required vocabulary)
 */
bool schema_load(const struct schema **out, struct str path,
                 const struct schema_options *opt, struct arena *arena,
                 struct diag_list *notes, struct err *err) MUST_CHECK;
/*
 * The same for a document in memory whose base URI is BASE (absolute, or absent). DOC and its
 * source live as long as OUT; messages name it by its source.
 */
bool schema_compile(const struct schema **out, const struct doc *doc, struct str base,
                    const struct schema_options *opt, struct arena *arena,
                    struct diag_list *notes, struct err *err) MUST_CHECK;
/*
 * The files that S was read from, its own one first, then those it refers to in the order they
 * were loaded, each once, N of them: as paths that its tree can read. Mapped and built-in ones
 * are left out; a schema of a document in memory has no own one. They live as long as S.
 */
const struct str *schema_files(const struct schema *s, size_t *n);
/* Give back what the regular expression library holds for SCHEMA (or NULL), once, after use. */
void schema_release(const struct schema *schema);

/* What one thread needs while checking: match data, stacks. {0} is ready; then release. */
struct schema_scratch {
	struct arena arena;
	struct buf pointer;
	void *match; /* the regular expression library's */
};

void schema_scratch_release(struct schema_scratch *s);

/*
 * Check DOC against SCHEMA; all its errors are appended to OUT in the order of the schema's
 * evaluation (callers sort by place). oneOf/anyOf tell the branch that was meant.
 * SCRATCH  one per thread, used again for every document
 * Lives:   OUT keeps copies; DOC may go afterwards; schema locations live with SCHEMA
 * Returns: true when DOC is valid. An evaluation that never ends (a reference cycle) or an
 *          exploding pattern is a finding of its own, and false
 */
bool schema_check(const struct schema *schema, const struct doc *doc,
                  struct schema_scratch *scratch, struct diag_list *out);
/*
 * Whether a string is valid under FORMAT ("date", "uri", ...). Unknown formats are valid.
 * Source: JSON Schema 2020-12, Validation, section 7.3
 */
bool schema_format_valid(struct str format, struct str value);
/* Whether FORMAT is one this program asserts. */
bool schema_format_known(struct str format);
