#include "snapshot/internal.h"

#include "base/limits.h"

/* Whether TAG is one of the dataset's languages or of those asked for. */
static bool is_language(const struct maker *m, struct str tag)
{
	for (size_t i = 0; i < m->dataset->languages_n; i++)
		if (str_eq(tag, m->dataset->languages[i]))
			return true;
	for (size_t i = 0; i < m->chain_n; i++)
		if (str_eq(tag, m->chain[i]))
			return true;
	return false;
}

/* "en", "pt-BR": what people use as keys; "name" would be a tag as well. */
static bool looks_like_tag(struct str key)
{
	return str_find(key, '-') <= 3 && language_valid(key);
}

bool is_localised(const struct maker *m, const struct doc_node *node)
{
	bool known = false;

	if (!node || node->kind != DOC_MAP)
		return false;
	for (uint32_t i = 0; i < node->n; i++) {
		if (node->members[i].value.kind != DOC_STRING ||
		    !looks_like_tag(node->members[i].key))
			return false;
		known = known || is_language(m, node->members[i].key);
	}
	return known;
}

/* Whether a reader of ASKED gets what was asked for: the same tag, or one it narrows down. */
static bool covers(struct str lang, struct str asked)
{
	return str_starts(asked, lang) && (asked.n == lang.n || asked.s[lang.n] == '-');
}

struct words words_in(const struct maker *m, struct str text, struct str lang)
{
	return (struct words){text, lang, lang.n && !covers(lang, m->chain[0])};
}

static bool is_scalar(const struct doc_node *node)
{
	return node->kind != DOC_LIST && node->kind != DOC_MAP;
}

/* A map of scalars as "key: value, key: value"; false when it holds more than that. */
static bool plain_map(struct buf *b, const struct doc_node *node, struct arena *a)
{
	for (uint32_t i = 0; i < node->n; i++) {
		const struct doc_member *m = &node->members[i];

		if (!is_scalar(&m->value))
			return false;
		buf_addf(b, "%s" STR_FMT ": " STR_FMT, i ? ", " : "", STR_ARG(m->key),
		         STR_ARG(plain_text(&m->value, a)));
	}
	return true;
}

/* Anything else as compact JSON, which a reader can at least see through. */
static struct str json_text(const struct doc_node *node, struct arena *a)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT(6ull * LIMIT_FILE_BYTES);
	const struct doc_node *unused;

	if (doc_canonical(&b, node, STR_NONE, &unused))
		return arena_str(a, buf_str(&b));
	return node->kind == DOC_LIST ? STR("[...]") : STR("{...}");
}

struct str plain_text(const struct doc_node *node, struct arena *a)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT(LIMIT_FILE_BYTES);

	switch (node->kind) {
	case DOC_STRING:
	case DOC_NUMBER:
		return node->text;
	case DOC_BOOL:
		return node->truth ? STR("true") : STR("false");
	case DOC_MAP:
		if (plain_map(&b, node, a))
			return arena_str(a, buf_str(&b));
		return json_text(node, a);
	case DOC_LIST:
		return json_text(node, a);
	default:
		return STR_NONE;
	}
}

struct words words_of(const struct maker *m, const struct doc_node *node)
{
	struct str lang = STR_NONE, text;

	if (!node || node->kind == DOC_NULL)
		return (struct words){STR_NONE, STR_NONE, false};
	if (!is_localised(m, node))
		return (struct words){plain_text(node, m->arena), STR_NONE, false};
	text = localised(node, m->chain, m->chain_n, &lang);
	return words_in(m, text, lang);
}

struct status_value status_of(const struct entry *e, struct str *date)
{
	const struct roles *roles = &e->file->collection->roles;
	const struct entry_status *s = e->status;
	struct working w;

	if (s) {
		*date = s->date;
		return (struct status_value){s->version, s->sources, s->state};
	}
	w = version_working(roles, &e->doc->root);
	*date = w.date;
	return (struct status_value){w.version, entry_source_count(roles, &e->doc->root),
	                             w.state};
}
