/*
 * json.c - findings for programs: one JSON object, one finding a line; or the findings alone
 *
 * Source: RFC 8259; the shape is schema/findings.schema.json; JSON Lines
 */
#include "render/internal.h"
#include "render/jansson.h"

static json_t *place_or_null(int n)
{
	return jansson_must(n > 0 ? json_integer(n) : json_null());
}

static void begin(struct findings *f)
{
	buf_addz(f->out, "{\"findings\": [");
}

static void put_finding(struct findings *f, const struct diag *d)
{
	CLEANUP(jansson_release)
	json_t *j = jansson_must(json_pack(
	        "{s:s, s:s, s:o, s:i, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
	        "rule", d->rule->id, "severity", severity_name(d->severity), "file",
	        jansson_text(d->file), "document", d->document, "line",
	        place_or_null(d->span.line), "column", place_or_null(d->span.column),
	        "end_line", place_or_null(d->span.end_line), "end_column",
	        place_or_null(d->span.end_column), "pointer", jansson_text(d->pointer),
	        "keyword", jansson_text(d->keyword), "schema_location",
	        jansson_text(d->schema_location), "message", jansson_text(d->text),
	        "suggestion", jansson_text(d->suggestion)));

	jansson_append(f->out, j, 0);
}

static void add(struct findings *f, const struct diag *d)
{
	buf_addz(f->out, f->n > 1 ? ",\n" : "\n");
	put_finding(f, d);
}

static void end(struct findings *f)
{
	const struct findings_summary *s = &f->summary;
	CLEANUP(jansson_release)
	json_t *j = jansson_must(json_pack(
	        "{s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "files", jansson_count(s->files),
	        "files_with_findings", jansson_count(s->files_with), "findings",
	        jansson_count(f->n), "errors", jansson_count(s->errors), "warnings",
	        jansson_count(s->warnings), "notes", jansson_count(s->notes), "dropped",
	        jansson_count(s->dropped)));

	buf_addz(f->out, f->n ? "\n],\n\"summary\": " : "],\n\"summary\": ");
	jansson_append(f->out, j, 0);
	buf_addz(f->out, "}\n");
}

const struct format format_json = {begin, add, end};

static void nothing(struct findings *f)
{
	(void)f;
}

static void add_line(struct findings *f, const struct diag *d)
{
	put_finding(f, d);
	buf_addc(f->out, '\n');
}

const struct format format_jsonl = {nothing, add_line, nothing};
