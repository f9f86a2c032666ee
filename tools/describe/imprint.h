/*
 * imprint.h - one release of a dataset, described in the forms that repositories, catalogues and
 * search engines read
 *
 * What is not known is left out. A form that must know it is not written: see imprint_lacks().
 */
#pragma once

#include "base/buf.h"
#include "dataset/about.h"

/* A column of a table. */
struct imprint_column {
	const char *name;
	const char *type; /* of Table Schema: string, integer, date, boolean */
	const char *description;
};

struct imprint_file {
	struct str path; /* within the release's folder; a folder ends with '/' */
	uint64_t bytes;
	struct str sha256; /* hex; absent for a folder */
	const char *media_type; /* NULL: not known */
	const char *description; /* NULL: there is none */
	const struct imprint_column *columns; /* columns_n of them; it is a table */
	size_t columns_n;
};

struct imprint {
	const struct about *about;
	struct str version; /* "2026.06" */
	struct str date; /* YYYY-MM-DD */
	struct str commit; /* of git, forty digits; absent: not known */
	struct str doi; /* of this release alone; absent: it has none yet */
	const struct str *languages; /* languages_n of them, the default one first */
	size_t languages_n;
	const struct imprint_file *files; /* files_n of them, in this order */
	size_t files_n;
};

/* FACT(symbol, key of stemma.yaml, what it is) */
#define IMPRINT_FACTS(FACT) \
	FACT(NEEDS_TITLE, "title", "the name of the dataset") \
	FACT(NEEDS_LICENSE, "license", "the licence of the data") \
	FACT(NEEDS_DESCRIPTION, "about.description", "what the dataset is") \
	FACT(NEEDS_CREATORS, "about.creators", "who made the dataset") \
	FACT(NEEDS_PUBLISHER, "about.publisher", "who publishes the dataset") \
	FACT(NEEDS_ADDRESS, "about.homepage", "where the dataset is")

#define FACT(symbol, key, what) symbol##_AT,
enum imprint_fact_at { IMPRINT_FACTS(FACT) };
#undef FACT
#define FACT(symbol, key, what) symbol = 1 << symbol##_AT,
enum imprint_fact { IMPRINT_FACTS(FACT) NEEDS_NOTHING = 0 };
#undef FACT

struct imprint_form {
	const char *name, *file, *summary;
	unsigned needs; /* of enum imprint_fact */
	void (*write)(struct buf *out, const struct imprint *e);
};

/* IMPRINT(symbol): a further form is a row here and a file. */
#define IMPRINT_FORMS(IMPRINT) \
	IMPRINT(datapackage) \
	IMPRINT(ro_crate) \
	IMPRINT(croissant) \
	IMPRINT(cff) \
	IMPRINT(datacite_json) \
	IMPRINT(datacite_xml) \
	IMPRINT(jsonld)

#define IMPRINT(symbol) extern const struct imprint_form imprint_##symbol;
IMPRINT_FORMS(IMPRINT)
#undef IMPRINT

/* No file of a release, but what goes with its deposit. */
extern const struct imprint_form imprint_invenio;

/*
 * Append what F must know and ABOUT does not say: "`about.creators` (who made the dataset)".
 * Returns false, with nothing appended, when it says all of it.
 */
bool imprint_lacks(struct buf *out, const struct imprint_form *f,
                   const struct about *about);
