#include "doc/internal.h"

bool doc_format_parse(enum doc_format *out, struct str text)
{
	static const char *const names[] = {"auto", "yaml", "json", "markdown"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		if (str_eqz(text, names[i])) {
			*out = (enum doc_format)i;
			return true;
		}
	}
	return false;
}

static enum doc_format format_of(struct str name, const struct doc_options *opt)
{
	if (opt && opt->format != DOC_AUTO)
		return opt->format;
	if (str_ends(name, STR(".json")))
		return DOC_JSON;
	if (str_ends(name, STR(".md")) || str_ends(name, STR(".markdown")))
		return DOC_MARKDOWN;
	return DOC_YAML;
}

static bool read_yaml(struct build *b, size_t from)
{
	const struct source *source = b->source;
	bool ascii;

	return scan_bytes(source, from, source->bytes.n, SCAN_SEPARATORS | SCAN_C1,
	                  &ascii, b->diags) &&
	       yaml_read(b, from, source->bytes.n, 0, ascii, DOC_YAML);
}

static bool read_json(struct build *b, size_t from)
{
	bool ascii;

	return scan_bytes(b->source, from, b->source->bytes.n, 0, &ascii, b->diags) &&
	       json_read(b, from);
}

/* The body below the front matter is only looked at for its encoding. */
static bool read_markdown(struct build *b, size_t from)
{
	const struct source *source = b->source;
	bool ascii;
	size_t to;

	return scan_bytes(source, from, source->bytes.n, 0, &ascii, b->diags) &&
	       front_matter(source, &from, &to, b->diags) &&
	       scan_bytes(source, from, to, SCAN_SEPARATORS | SCAN_C1, &ascii,
	                  b->diags) &&
	       yaml_read(b, from, to, 1, ascii, DOC_MARKDOWN);
}

static bool read_format(struct build *b, enum doc_format format)
{
	size_t from = bom_length(b->source->bytes);

	switch (format) {
	case DOC_JSON:
		return read_json(b, from);
	case DOC_MARKDOWN:
		return read_markdown(b, from);
	default:
		return read_yaml(b, from);
	}
}

/*
 * Findings before the first document and a limit that the caller should have met
 * already.
 */
static bool check_size(const struct source *source, struct diag_list *diags)
{
	struct span start = {1, 1, 1, 1};

	if (source->bytes.n > LIMIT_FILE_BYTES) {
		diag_add(diags, &rule_syntax_too_large, start,
		         "the file has %zu bytes, but at most %u are read",
		         source->bytes.n, LIMIT_FILE_BYTES)
		        ->suggestion = STR("split it");
		return false;
	}
	if (str_trim(str_sub(source->bytes, bom_length(source->bytes), source->bytes.n))
	            .n)
		return true;
	diag_add(diags, &rule_syntax_empty, start, "the file is empty")->suggestion =
	        STR("write the entry, or remove the file");
	return false;
}

bool doc_read(struct docs *out, const struct source *source,
              const struct doc_options *opt, struct arena *arena, struct diag_list *diags)
{
	CLEANUP(build_release) struct build b;
	bool ok;

	*out = (struct docs){0};
	build_init(&b, source, opt, arena, diags);
	diags->document = 1;
	ok = check_size(source, diags) && read_format(&b, format_of(source->name, opt)) &&
	     !b.failed;
	diags->document = 1;
	if (ok)
		*out = (struct docs){b.docs, b.docs_n};
	return ok;
}
