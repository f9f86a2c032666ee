/*
 * croissant.c - a release as Croissant: files, and their tables as records
 *
 * Source: Croissant Format Specification 1.1
 */
#include "describe/schema_org.h"

/* The context that the specification lays down; prefixes and plain terms. */
static const char *const terms[][2] = {
        {"@vocab", "https://schema.org/"},
        {"arrayShape", "cr:arrayShape"},
        {"citeAs", "cr:citeAs"},
        {"column", "cr:column"},
        {"conformsTo", "dct:conformsTo"},
        {"containedIn", "cr:containedIn"},
        {"cr", "http://mlcommons.org/croissant/"},
        {"dct", "http://purl.org/dc/terms/"},
        {"equivalentProperty", "cr:equivalentProperty"},
        {"extract", "cr:extract"},
        {"field", "cr:field"},
        {"fileObject", "cr:fileObject"},
        {"fileProperty", "cr:fileProperty"},
        {"fileSet", "cr:fileSet"},
        {"format", "cr:format"},
        {"includes", "cr:includes"},
        {"isArray", "cr:isArray"},
        {"isLiveDataset", "cr:isLiveDataset"},
        {"jsonPath", "cr:jsonPath"},
        {"key", "cr:key"},
        {"md5", "cr:md5"},
        {"parentField", "cr:parentField"},
        {"path", "cr:path"},
        {"rai", "http://mlcommons.org/croissant/RAI/"},
        {"recordSet", "cr:recordSet"},
        {"references", "cr:references"},
        {"regex", "cr:regex"},
        {"repeated", "cr:repeated"},
        {"replace", "cr:replace"},
        {"samplingRate", "cr:samplingRate"},
        {"sc", "https://schema.org/"},
        {"separator", "cr:separator"},
        {"source", "cr:source"},
        {"subField", "cr:subField"},
        {"transform", "cr:transform"},
};

static void typed(struct jot *j, const char *term, const char *id, const char *type)
{
	jot_open(j, term, '{');
	jot_words(j, "@id", id);
	jot_words(j, "@type", type);
	jot_close(j, '}');
}

static void context(struct jot *j, const struct imprint *e)
{
	jot_open(j, "@context", '{');
	jot_text(j, "@language", e->languages_n ? e->languages[0] : STR("en"));
	for (size_t i = 0; i < ARRAY_LEN(terms); i++)
		jot_words(j, terms[i][0], terms[i][1]);
	typed(j, "data", "cr:data", "@json");
	typed(j, "dataType", "cr:dataType", "@vocab");
	typed(j, "examples", "cr:examples", "@json");
	jot_close(j, '}');
}

static void file_object(struct jot *j, const struct imprint_file *f)
{
	jot_open(j, NULL, '{');
	jot_words(j, "@type", "cr:FileObject");
	jot_text(j, "@id", f->path);
	jot_text(j, "name", f->path);
	jot_words(j, "description", f->description);
	jot_text(j, "contentUrl", f->path);
	jot_words(j, "encodingFormat",
	          f->media_type ? f->media_type : "application/octet-stream");
	jot_text(j, "sha256", f->sha256);
	jot_close(j, '}');
}

static const char *data_type(const char *type)
{
	struct str t = str_of(type);

	if (str_eqz(t, "integer"))
		return "sc:Integer";
	if (str_eqz(t, "date"))
		return "sc:Date";
	return str_eqz(t, "boolean") ? "sc:Boolean" : "sc:Text";
}

static void field(struct jot *j, const struct imprint_file *f,
                  const struct imprint_column *c, struct str records, struct arena *arena)
{
	jot_open(j, NULL, '{');
	jot_words(j, "@type", "cr:Field");
	jot_text(j, "@id", arena_fmt(arena, STR_FMT "/%s", STR_ARG(records), c->name));
	jot_words(j, "name", c->name);
	jot_words(j, "description", c->description);
	jot_words(j, "dataType", data_type(c->type));
	jot_open(j, "source", '{');
	jot_refer(j, "fileObject", f->path);
	jot_open(j, "extract", '{');
	jot_words(j, "column", c->name);
	jot_close(j, '}');
	jot_close(j, '}');
	jot_close(j, '}');
}

/* A table's records are named like its file, without the ending: "entries". */
static void record_set(struct jot *j, const struct imprint_file *f, struct arena *arena)
{
	struct str name = str_sub(f->path, 0, str_rfind(f->path, '.'));

	jot_open(j, NULL, '{');
	jot_words(j, "@type", "cr:RecordSet");
	jot_text(j, "@id", name);
	jot_text(j, "name", name);
	jot_words(j, "description", f->description);
	jot_open(j, "field", '[');
	for (size_t i = 0; i < f->columns_n; i++)
		field(j, f, &f->columns[i], name, arena);
	jot_close(j, ']');
	jot_close(j, '}');
}

static void contents(struct jot *j, const struct imprint *e, struct arena *arena)
{
	jot_open(j, "distribution", '[');
	for (size_t i = 0; i < e->files_n; i++)
		if (e->files[i].sha256.n)
			file_object(j, &e->files[i]);
	jot_close(j, ']');
	jot_open(j, "recordSet", '[');
	for (size_t i = 0; i < e->files_n; i++)
		if (e->files[i].columns_n)
			record_set(j, &e->files[i], arena);
	jot_close(j, ']');
}

static void write(struct buf *out, const struct imprint *e)
{
	CLEANUP(arena_release) struct arena arena = {0};
	CLEANUP(buf_release) struct buf cite = BUF_INIT(LIMIT_FILE_BYTES);
	const struct about *a = e->about;
	struct jot j = {.out = out};

	imprint_cite(&cite, e, &arena);
	jot_open(&j, NULL, '{');
	context(&j, e);
	jot_words(&j, "@type", "sc:Dataset");
	jot_words(&j, "conformsTo", "http://mlcommons.org/croissant/1.1");
	jot_text(&j, "name", a->title);
	jot_text(&j, "description", a->description);
	jot_text(&j, "license", a->license_url.n ? a->license_url : a->license);
	jot_text(&j, "url", imprint_address(e, &arena));
	jot_text(&j, "version", e->version);
	jot_text(&j, "datePublished", e->date);
	jot_text(&j, "citeAs", buf_str(&cite));
	texts_of(&j, "keywords", a->keywords, a->keywords_n);
	texts_of(&j, "inLanguage", e->languages, e->languages_n);
	jot_open(&j, "creator", '[');
	for (size_t i = 0; i < a->creators_n; i++)
		creator_node(&j, a, i, false, &arena);
	jot_close(&j, ']');
	if (a->publisher.n)
		organisation_node(&j, "publisher", STR("#publisher"), a->publisher);
	contents(&j, e, &arena);
	jot_close(&j, '}');
}

const struct imprint_form imprint_croissant = {
        "croissant", "croissant.json", "the files and their records as Croissant 1.1",
        NEEDS_TITLE | NEEDS_DESCRIPTION | NEEDS_LICENSE | NEEDS_ADDRESS | NEEDS_CREATORS,
        write};
