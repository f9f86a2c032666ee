/*
 * imprints.c - what catalogues and repositories read of the release
 */
#include "export/form.h"

#include "base/limits.h"
#include "describe/imprint.h"
#include "digest/digest.h"
#include "export/columns.h"

static const struct {
	const char *ending, *media_type;
} media_types[] = {
        {".csl.json", "application/vnd.citationstyles.csl+json"},
        {".tar.gz", "application/gzip"},
        {".tar.zst", "application/zstd"},
        {".csv", "text/csv"},
        {".jsonl", "application/jsonl"},
        {".json", "application/json"},
        {".jsonld", "application/ld+json"},
        {".bib", "application/x-bibtex"},
        {".ris", "application/x-research-info-systems"},
        {".atom", "application/atom+xml"},
        {".md", "text/markdown"},
        {".yaml", "application/yaml"},
        {".sqlite", "application/vnd.sqlite3"},
};

static const char *media_type(struct str path)
{
	for (size_t i = 0; i < ARRAY_LEN(media_types); i++)
		if (str_ends(path, str_of(media_types[i].ending)))
			return media_types[i].media_type;
	return NULL;
}

/* Each is told of by the others only in so far as they are made before it. */
static bool is_about(struct str path)
{
	for (size_t i = 0; i < forms_n; i++)
		if (forms[i]->stage != FORM_ENTRIES && forms[i]->file &&
		    str_eqz(path, forms[i]->file))
			return true;
	return false;
}

static const char *summary_of(struct str path)
{
	for (size_t i = 0; i < forms_n; i++)
		if (forms[i]->file && str_eqz(path, forms[i]->file))
			return forms[i]->summary;
	return NULL;
}

static struct imprint_file file_of(const struct edition *x, const struct export_sum *sum,
                                   struct arena *arena)
{
	struct imprint_file out = {.path = sum->path,
	                           .bytes = sum->bytes,
	                           .media_type = media_type(sum->path),
	                           .description = summary_of(sum->path)};
	char hex[65];

	sha256_hex(hex, sum->sha256);
	out.sha256 = arena_str(arena, str_of(hex));
	out.columns = columns_of(sum->path, x, &out.columns_n, arena);
	return out;
}

/* The files at the top, and the folders there: SUMS is sorted, so that one is not met twice. */
static void read_files(struct imprint *out, const struct edition *x, struct arena *arena)
{
	struct imprint_file *files = NULL;
	size_t n, cap = 0, files_n = 0;
	const struct export_sum *sums = folder_sums(x->folder, &n);

	for (size_t i = 0; i < n; i++) {
		size_t slash = str_find(sums[i].path, '/');
		struct str folder = str_sub(sums[i].path, 0, slash + 1);

		if (slash == sums[i].path.n && is_about(sums[i].path))
			continue;
		if (slash == sums[i].path.n)
			*arena_push(arena, files, files_n, cap) =
			        file_of(x, &sums[i], arena);
		else if (!files_n || !str_eq(files[files_n - 1].path, folder))
			*arena_push(arena, files, files_n, cap) =
			        (struct imprint_file){.path = folder};
	}
	out->files = files;
	out->files_n = files_n;
}

static const struct imprint_form *form_of(const struct form *f)
{
	static const struct imprint_form *const all[] = {
#define IMPRINT(symbol) &imprint_##symbol,
	        IMPRINT_FORMS(IMPRINT)
#undef IMPRINT
	};

	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		if (str_eqz(str_of(f->file), all[i]->file))
			return all[i];
	return NULL;
}

static bool lacks(struct buf *out, const struct form *f, const struct edition *x)
{
	CLEANUP(arena_release) struct arena arena = {0};
	struct about about;

	dataset_about(&about, x->dataset, &arena);
	return imprint_lacks(out, form_of(f), &about);
}

static bool begin(struct form_run *f, struct err *err)
{
	CLEANUP(buf_release) struct buf out = BUF_INIT(LIMIT_OUTPUT_BYTES);
	const struct edition *x = f->edition;
	struct about about;
	struct imprint imprint = {
	        .about = &about,
	        .version = x->name,
	        .date = x->date,
	        .commit = x->commit,
	        .languages = x->dataset->languages,
	        .languages_n = x->dataset->languages_n,
	};

	dataset_about(&about, x->dataset, f->arena);
	read_files(&imprint, x, f->arena);
	form_of(f->form)->write(&out, &imprint);
	return file_write(f->file, buf_str(&out), err);
}

#define ROW(symbol, form_name, file_name, words) \
	const struct form form_##symbol = {.name = form_name, \
	                                   .summary = words, \
	                                   .file = file_name, \
	                                   .stage = FORM_ABOUT, \
	                                   .lacks = lacks, \
	                                   .begin = begin}

ROW(jsonld, "jsonld", "dataset.jsonld", "the release as a Dataset of schema.org");
ROW(datapackage, "datapackage", "datapackage.json", "the files as a Data Package 2.0");
ROW(ro_crate, "ro-crate", "ro-crate-metadata.json",
    "the files as a Research Object Crate 1.2");
ROW(croissant, "croissant", "croissant.json",
    "the files and their records as Croissant 1.1");
ROW(cff, "cff", "CITATION.cff", "how to cite the release");
ROW(datacite_json, "datacite-json", "datacite.json", "metadata of DataCite 4.5 as JSON");
ROW(datacite_xml, "datacite-xml", "datacite.xml", "metadata of DataCite 4.7 as XML");
