/*
 * sarif.c - findings for code scanners: one log of one run
 *
 * Source: SARIF 2.1.0 (OASIS), sections 3.13 to 3.49
 */
#include "render/internal.h"
#include "render/jansson.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

static void begin(struct findings *f)
{
	buf_addz(f->out,
	         "{\"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",\n"
	         "\"version\": \"2.1.0\",\n\"runs\": [{\n"
	         "\"columnKind\": \"unicodeCodePoints\",\n\"results\": [");
}

/* ---- the rules that were told ---- */

static void note_rule(struct findings *f, const struct rule *rule)
{
	for (size_t i = 0; i < f->rules_n; i++)
		if (!strcmp(f->rules[i]->id, rule->id))
			return;
	if (f->rules_n == f->rules_cap) {
		f->rules_cap = f->rules_cap ? f->rules_cap * 2 : 16;
		f->rules = mem_realloc(f->rules, f->rules_cap * sizeof(*f->rules));
	}
	f->rules[f->rules_n++] = rule;
}

static int by_id(const void *a, const void *b)
{
	const struct rule *const *x = a, *const *y = b;

	return strcmp((*x)->id, (*y)->id);
}

static json_t *rule_object(const struct rule *rule)
{
	json_t *j = jansson_must(json_pack("{s:s}", "id", rule->id));

	/* A rule out of a report has no sentence. */
	if (*rule->summary)
		json_object_set_new(
		        j, "shortDescription",
		        jansson_must(json_pack("{s:s}", "text", rule->summary)));
	return j;
}

/* ---- results ---- */

static bool is_plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || (c && strchr("-._~/", c));
}

/* FILE as a reference to a URI. RFC 3986, section 4.1 */
static json_t *uri_of(struct str file)
{
	CLEANUP(buf_release) struct buf uri = BUF_INIT(file.n * 3 + 16);

	if (str_starts(file, STR("/")))
		buf_addz(&uri, "file://");
	for (size_t i = 0; i < file.n; i++) {
		if (is_plain(file.s[i]))
			buf_addc(&uri, file.s[i]);
		else
			buf_addf(&uri, "%%%02X", (unsigned char)file.s[i]);
	}
	return jansson_text(buf_str(&uri));
}

static void set_number(json_t *j, const char *name, int n)
{
	if (n > 0)
		json_object_set_new(j, name, jansson_must(json_integer(n)));
}

static json_t *region_of(struct span span)
{
	json_t *j = jansson_must(json_object());

	set_number(j, "startLine", span.line);
	set_number(j, "startColumn", span.column);
	if (span.end_line >= span.line && span.end_column > 0) {
		set_number(j, "endLine", span.end_line);
		set_number(j, "endColumn", span.end_column);
	}
	return j;
}

static json_t *location_of(const struct diag *d)
{
	json_t *physical = jansson_must(
	        json_pack("{s:{s:o}}", "artifactLocation", "uri", uri_of(d->file)));
	json_t *j;

	if (d->span.line > 0)
		json_object_set_new(physical, "region", region_of(d->span));
	j = jansson_must(json_pack("{s:o}", "physicalLocation", physical));
	if (d->pointer.n)
		json_object_set_new(
		        j, "logicalLocations",
		        jansson_must(json_pack("[{s:o}]", "fullyQualifiedName",
		                               jansson_text(d->pointer))));
	return j;
}

/* The message and what to do, as sentences go on in the other formats. */
static json_t *message_of(const struct diag *d)
{
	CLEANUP(buf_release)
	struct buf text = BUF_INIT(d->text.n + d->suggestion.n + 16);

	buf_add(&text, d->text);
	if (d->suggestion.n) {
		buf_addz(&text, "; ");
		buf_add(&text, d->suggestion);
	}
	return jansson_text(buf_str(&text));
}

static void add(struct findings *f, const struct diag *d)
{
	CLEANUP(jansson_release)
	json_t *j = jansson_must(json_pack("{s:s, s:s, s:{s:o}, s:[o]}", "ruleId",
	                                   d->rule->id, "level",
	                                   severity_name(d->severity), "message", "text",
	                                   message_of(d), "locations", location_of(d)));

	note_rule(f, d->rule);
	buf_addz(f->out, f->n > 1 ? ",\n" : "\n");
	jansson_append(f->out, j, 0);
}

static void end(struct findings *f)
{
	CLEANUP(jansson_release) json_t *rules = jansson_must(json_array());

	if (f->rules_n)
		qsort(f->rules, f->rules_n, sizeof(*f->rules), by_id);
	for (size_t i = 0; i < f->rules_n; i++)
		json_array_append_new(rules, rule_object(f->rules[i]));
	buf_addz(f->out, f->n ? "\n],\n" : "],\n");
	buf_addz(f->out, "\"tool\": {\"driver\": {\"name\": \"stemma\", \"rules\": ");
	jansson_append(f->out, rules, 0);
	buf_addz(f->out, "}}}]}\n");
}

const struct format format_sarif = {begin, add, end};
