/*
 * works.h - cited works in the forms that reference managers read
 *
 * A work has one identity wherever in the dataset it is cited, and a label made of nothing but
 * itself: both stay when other works come and go.
 */
#pragma once

#include "base/buf.h"
#include "entry/cited.h"

/*
 * What makes W the work it is within the whole dataset: KEY, its entry_work_key(), when that is
 * a DOI or a URL; else its title, year and first author, since keys of sources are those of one
 * entry. Lives in ARENA.
 */
struct str work_identity(const struct cited_work *w, struct str key, struct arena *arena);
/*
 * What the work of that identity is called in linked data: the address of its DOI, or
 * "#work-0be4619c1f0c83a9". Lives in ARENA.
 */
struct str work_id(struct str identity, struct arena *arena);
/*
 * The label of W for people: "kingma2015-1f0c83a9"; letters, digits and a hyphen. Two sources
 * that tell different authors of one work differ in it. Lives in ARENA.
 */
struct str work_label(const struct cited_work *w, struct str identity,
                      struct arena *arena);

/*
 * Append W as an entry of a BibTeX file, with LABEL as its key. UTF-8 stays as it is; no
 * character of the data is a command. Titles keep their capitals.
 * Source: Oren Patashnik, BibTeXing (1988); "and others" there
 */
void work_bibtex(struct buf *out, struct str label, const struct cited_work *w);
/*
 * Append W as a reference of a RIS file: one tag a line, however long it is; lines end in CR LF.
 * Source: the RIS format as Reference Manager has it
 */
void work_ris(struct buf *out, struct str label, const struct cited_work *w);
/*
 * Append W as an item of CSL-JSON, on one line without its end. Authors left out are the name
 * "others", which processors write as "et al.".
 * Source: Citation Style Language 1.0.2, csl-data.json
 */
void work_csl(struct buf *out, struct str label, const struct cited_work *w);
