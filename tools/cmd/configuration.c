/*
 * configuration.c - `stemma help configuration`: every key of stemma.yaml, told from the very
 * schema that checks it
 */
#include "cmd/internal.h"

#include "base/limits.h"
#include "dataset/dataset.h"

#define INDENT 2
#define TEXT_AT 26

struct teller {
	struct buf *out;
	const struct doc_node *root;
};

/* SCHEMA, or what its local `$ref` names. */
static const struct doc_node *target(const struct teller *t,
                                     const struct doc_node *schema)
{
	struct str ref = doc_text(doc_get(schema, "$ref"));

	if (!str_starts(ref, STR("#")))
		return schema;
	return doc_at(t->root, str_sub(ref, 1, ref.n));
}

/* The keyword of SCHEMA itself, else of what it refers to. */
static const struct doc_node *keyword(const struct teller *t,
                                      const struct doc_node *schema, const char *name)
{
	const struct doc_node *own = doc_get(schema, name);

	return own ? own : doc_get(target(t, schema), name);
}

static void tell_choices(struct teller *t, struct buf *text,
                         const struct doc_node *schema)
{
	const struct doc_node *values = keyword(t, schema, "enum");

	for (uint32_t i = 0; values && i < values->n; i++)
		buf_addf(text, "%s" STR_FMT "%s",
		         i ? ", " : " One of: ", STR_ARG(doc_text(&values->items[i])),
		         i + 1 == values->n ? "." : "");
}

static bool is_required(const struct doc_node *schema, struct str key)
{
	const struct doc_node *required = doc_get(schema, "required");

	for (uint32_t i = 0; required && i < required->n; i++)
		if (str_eq(doc_text(&required->items[i]), key))
			return true;
	return false;
}

static void tell(struct teller *t, const struct doc_node *schema, size_t depth);

static void tell_key(struct teller *t, struct str key, const struct doc_node *schema,
                     bool required, size_t depth)
{
	CLEANUP(buf_release) struct buf text = BUF_INIT(LIMIT_FILE_BYTES);
	size_t from = t->out->n;

	buf_fill(t->out, ' ', INDENT * (depth + 1));
	buf_add(t->out, key);
	buf_add(&text, doc_text(keyword(t, schema, "description")));
	if (!text.n)
		buf_add(&text, doc_text(keyword(t, schema, "title")));
	tell_choices(t, &text, schema);
	if (required)
		buf_addz(&text, " Required.");
	if (t->out->n - from < TEXT_AT)
		buf_fill(t->out, ' ', TEXT_AT - (t->out->n - from));
	else if (text.n) {
		buf_addc(t->out, '\n');
		buf_fill(t->out, ' ', TEXT_AT);
	}
	layout_wrap(t->out, buf_str(&text), TEXT_AT, TEXT_AT);
	buf_addc(t->out, '\n');
	tell(t, target(t, schema), depth + 1);
}

/* The keys of a map, then what its free keys hold, then what its items are. */
static void tell(struct teller *t, const struct doc_node *schema, size_t depth)
{
	const struct doc_node *properties = doc_get(schema, "properties");
	const struct doc_node *free_keys = doc_get(schema, "additionalProperties");
	const struct doc_node *items = doc_get(schema, "items");

	for (uint32_t i = 0; properties && i < properties->n; i++)
		tell_key(t, properties->members[i].key, &properties->members[i].value,
		         is_required(schema, properties->members[i].key), depth);
	if (free_keys && free_keys->kind == DOC_MAP &&
	    doc_get(target(t, free_keys), "properties"))
		tell_key(t, STR("NAME"), free_keys, false, depth);
	if (items && doc_get(target(t, items), "properties"))
		tell_key(t, STR("- item"), items, false, depth);
}

enum status configuration_print(struct run *r, const struct opt_list *operands)
{
	struct source source = {STR("stemma.yaml's schema"), dataset_config_schema()};
	struct doc_options opt = {.format = DOC_JSON};
	struct diag_list unused;
	struct docs docs;
	struct teller t = {.out = &r->out.buf};

	(void)operands;
	diag_init(&unused, r->arena);
	if (!doc_read(&docs, &source, &opt, r->arena, &unused))
		return STATUS_FAILED;
	t.root = &docs.items[0].root;
	buf_addz(t.out, "stemma.yaml\n\n");
	layout_wrap(t.out, doc_text(doc_get(t.root, "description")), 0, 0);
	buf_addz(t.out, "\n\n");
	tell(&t, t.root, 0);
	return STATUS_OK;
}
