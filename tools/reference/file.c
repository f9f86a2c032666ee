/*
 * file.c - findings about a kept file by itself
 */
#include "reference/internal.h"

#include "base/limits.h"

static struct diag *about(const struct doc_node *root, const char *key,
                          const char *pointer, const struct rule *rule, struct str text,
                          struct diag_list *out)
{
	const struct doc_node *node = doc_get(root, key);
	struct diag *d =
	        diag_add(out, rule, doc_span(node ? node : root), STR_FMT, STR_ARG(text));

	d->pointer = str_of(pointer);
	return d;
}

static void check_name(const struct reference *r, struct str name,
                       const struct doc_node *root, struct arena *scratch,
                       struct diag_list *out)
{
	struct str right = reference_name(r->doi, scratch);

	if (str_eq(name, right))
		return;
	about(root, "doi", "/doi", &rule_reference_broken,
	      arena_fmt(scratch, "the file of \"" STR_FMT "\" is not named after it",
	                STR_ARG(diag_quote(scratch, r->doi))),
	      out)
	        ->suggestion = arena_fmt(out->arena, "name it " STR_FMT, STR_ARG(right));
}

static void check_print(const struct reference *r, const struct doc_node *root,
                        struct arena *scratch, struct diag_list *out)
{
	char print[REFERENCE_PRINT_SIZE];

	if (reference_fits(print, r))
		return;
	about(root, "fingerprint", "/fingerprint", &rule_reference_fingerprint,
	      arena_fmt(scratch,
	                "the record was changed after " STR_FMT
	                " gave it: its fingerprint does not fit",
	                STR_ARG(diag_quote(scratch, r->source))),
	      out)
	        ->suggestion =
	        STR("take the change back, or delete the file and fetch the "
	            "record again with `stemma links --fetch`");
}

static void check_age(const struct reference *r, const struct doc_node *root,
                      struct str today, int days, struct arena *scratch,
                      struct diag_list *out)
{
	long age;

	if (!today.n || !days || !reference_days(&age, r->fetched, today) || age <= days)
		return;
	about(root, "fetched", "/fetched", &rule_reference_stale,
	      arena_fmt(scratch,
	                "the record is of " STR_FMT ", %ld days ago; at most %d are "
	                "allowed",
	                STR_ARG(r->fetched), age, days),
	      out)
	        ->suggestion = STR("fetch it again with `stemma links --fetch`");
}

void reference_check(const struct doc *doc, struct str name, struct str today, int days,
                     struct arena *scratch, struct diag_list *out)
{
	bool large = doc->source->bytes.n > LIMIT_REFERENCE_BYTES;
	struct reference r;
	const char *why = "is larger than the limit of 4 MiB";

	if (large || !reference_read(&r, doc, scratch, &why)) {
		diag_add(out, &rule_reference_broken, doc_span(&doc->root),
		         "the record %s", why)
		        ->suggestion = STR("delete the file and fetch the record again "
		                           "with `stemma links --fetch`");
		return;
	}
	check_name(&r, name, &doc->root, scratch, out);
	check_print(&r, &doc->root, scratch, out);
	check_age(&r, &doc->root, today, days, scratch, out);
}
