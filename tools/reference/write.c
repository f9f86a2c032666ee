/*
 * write.c - kept files: canonical order of keys, laid out so that a change is a short diff
 *
 * Source: RFC 8785, section 3.2.3 (order of keys), 3.2.2.3 (numbers)
 */
#include "reference/internal.h"

#include "base/limits.h"
#include "digest/digest.h"

#include <string.h>

#define CANONICAL_MAX (6ull * LIMIT_REFERENCE_BYTES)
#define PRINT_PREFIX "sha256:"

static bool is_scalar(const struct doc_node *node)
{
	return node->kind != DOC_LIST && node->kind != DOC_MAP;
}

/* A list of scalars, or of such lists: the parts of a date. */
static bool is_short_list(const struct doc_node *node, int levels)
{
	for (uint32_t i = 0; i < node->n; i++)
		if (!is_scalar(&node->items[i]) &&
		    (node->items[i].kind != DOC_LIST || levels < 2 ||
		     !is_short_list(&node->items[i], levels - 1)))
			return false;
	return true;
}

/* Whether NODE goes on one line: a name, a date. */
static bool is_short(const struct doc_node *node)
{
	if (node->kind == DOC_LIST)
		return is_short_list(node, 2);
	if (node->n == 1 && node->members[0].value.kind == DOC_LIST)
		return is_short_list(&node->members[0].value, 2);
	for (uint32_t i = 0; i < node->n; i++)
		if (!is_scalar(&node->members[i].value))
			return false;
	return true;
}

static void put(struct buf *out, const struct doc_node *node, size_t depth);

static void put_scalar(struct buf *out, const struct doc_node *node)
{
	if (node->kind == DOC_STRING)
		doc_json_string(out, node->text);
	else if (node->kind == DOC_NUMBER)
		buf_add(out, node->text);
	else if (node->kind == DOC_BOOL)
		buf_addz(out, node->truth ? "true" : "false");
	else
		buf_addz(out, "null");
}

static void put_items(struct buf *out, const struct doc_node *node, size_t depth)
{
	bool map = node->kind == DOC_MAP, flat = is_short(node);

	buf_addc(out, map ? '{' : '[');
	for (uint32_t i = 0; i < node->n; i++) {
		buf_addz(out, i ? (flat ? ", " : ",") : "");
		if (!flat) {
			buf_addc(out, '\n');
			buf_fill(out, ' ', 2 * (depth + 1));
		}
		if (map) {
			doc_json_string(out, node->members[i].key);
			buf_addz(out, ": ");
		}
		put(out, map ? &node->members[i].value : &node->items[i], depth + 1);
	}
	if (!flat) {
		buf_addc(out, '\n');
		buf_fill(out, ' ', 2 * depth);
	}
	buf_addc(out, map ? '}' : ']');
}

static void put(struct buf *out, const struct doc_node *node, size_t depth)
{
	if (node->kind == DOC_LIST || node->kind == DOC_MAP)
		put_items(out, node, depth);
	else
		put_scalar(out, node);
}

/* The canonical form of R's CSL; false when a number stands in the way. */
static bool canonical(struct buf *out, const struct reference *r)
{
	const struct doc_node *bad = NULL;

	return doc_canonical(out, r->csl, STR_NONE, &bad) && !out->overflow;
}

static void fingerprint(char print[REFERENCE_PRINT_SIZE], struct str bytes)
{
	memcpy(print, PRINT_PREFIX, sizeof(PRINT_PREFIX));
	sha256_text(print + sizeof(PRINT_PREFIX) - 1, bytes);
}

bool reference_fits(char print[REFERENCE_PRINT_SIZE], const struct reference *r)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT(CANONICAL_MAX);

	print[0] = '\0';
	if (!canonical(&b, r))
		return false;
	fingerprint(print, buf_str(&b));
	return str_eqz(r->fingerprint, print);
}

static void put_member(struct buf *out, const char *key, struct str value, bool last)
{
	buf_addf(out, "  \"%s\": ", key);
	doc_json_string(out, value);
	buf_addz(out, last ? "\n" : ",\n");
}

bool reference_write(struct buf *out, const struct reference *r, struct err *err)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT(CANONICAL_MAX);
	CLEANUP(arena_release) struct arena arena = {0};
	struct doc_options opt = {.format = DOC_JSON};
	char print[REFERENCE_PRINT_SIZE];
	struct diag_list unused;
	struct source source;
	struct docs docs;

	diag_init(&unused, &arena);
	if (!canonical(&b, r))
		return err_set(err, ERR_IO,
		               STR_FMT ": the record holds a number that cannot be kept "
		                       "without loss",
		               STR_ARG(r->doi));
	source = (struct source){r->doi, buf_str(&b)};
	if (!doc_read(&docs, &source, &opt, &arena, &unused) || docs.n != 1)
		return err_set(err, ERR_IO, STR_FMT ": the record is no CSL-JSON",
		               STR_ARG(r->doi));
	fingerprint(print, source.bytes);
	buf_addz(out, "{\n  \"csl\": ");
	put(out, &docs.items[0].root, 1);
	buf_addz(out, ",\n");
	put_member(out, "doi", r->doi, false);
	put_member(out, "fetched", r->fetched, false);
	put_member(out, "fingerprint", str_of(print), false);
	put_member(out, "source", r->source, true);
	buf_addz(out, "}\n");
	return true;
}

bool reference_renews(const struct reference *kept, const struct reference *new, int days)
{
	char old[REFERENCE_PRINT_SIZE], now[REFERENCE_PRINT_SIZE];
	long age;

	(void)reference_fits(now, new);
	if (!reference_fits(old, kept) || strcmp(old, now) != 0 ||
	    !str_eq(kept->doi, new->doi) || !str_eq(kept->source, new->source))
		return true;
	return !reference_days(&age, kept->fetched, new->fetched) || age > days;
}
