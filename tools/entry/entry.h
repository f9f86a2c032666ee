/*
 * entry.h - what the toolkit knows of one entry, whatever its schema
 *
 * A collection says by paths where the roles stand: id, name, sources and so on. Nothing here
 * knows a field's name.
 */
#pragma once

#include "base/diag.h"
#include "base/macro.h"
#include "base/map.h"
#include "entry/doi.h"
#include "entry/path.h"

#define RULE(sym, id, severity, summary) extern const struct rule rule_##sym;
#include "entry/rules.def"
#undef RULE
extern const struct rule *const entry_rules[];
extern const size_t entry_rules_n;

/* Where the roles stand in an entry. NULL: the collection has no such role. */
struct roles {
	const struct path *id, *name, *short_name, *summary, *seminal, *history;
	const struct path *related; /* each: the id of a related entry */
	const struct path *aliases; /* each alias; the next two are paths within it */
	const struct path *alias_text, *alias_lang;
	const struct path *sources; /* each source; the next ones are paths within it */
	const struct path *source_key, *source_doi, *source_url, *source_title,
	        *source_year, *source_venue, *source_venue_short, *source_same_work,
	        *source_role, *source_status, *source_type;
	const struct path
	        *source_authors; /* each author; the next ones are paths within it */
	const struct path *author_family, *author_given, *author_literal;
	const struct path
	        *author_more; /* within a source: true when authors were left out */
	const struct path *dois; /* DOIs outside of sources */
	size_t dois_n;
};

/*
 * The rules of one entry: its id is STEM (absent: the file's name says nothing), the seminal
 * key is that of a source, source keys differ, DOIs are DOIs. Findings go to OUT.
 * SCRATCH  for what is not needed after the call
 */
void entry_check(const struct roles *roles, const struct doc_node *root, struct str stem,
                 struct arena *scratch, struct diag_list *out);
/* The entry's id, or STEM when the role or the value is missing. */
struct str entry_id(const struct roles *roles, const struct doc_node *root,
                    struct str stem);
/* Fill OUT with the sources by key: key -> const struct doc_node *, the first one of a key. */
void entry_sources(struct map *out, const struct roles *roles,
                   const struct doc_node *root);
/*
 * What makes a source the work it is: its DOI ("doi:10.1234/x", canonical), else its URL
 * ("url:example.org/x": without scheme, "www.", fragment, trailing slash and utm parameters),
 * else its key ("key:x"). Two sources with the same one are the same work.
 */
struct str entry_work_key(const struct roles *roles, const struct doc_node *source,
                          struct arena *arena);
/*
 * The number of distinct works among the sources: by entry_work_key(), and sources that name
 * another's key as the same work count with it and with all that are the same as that one.
 * Those in the role "background" and of status "retracted" do not count by themselves.
 * Source: part of the fingerprint scheme c1; it does not change
 */
size_t entry_source_count(const struct roles *roles, const struct doc_node *root);
