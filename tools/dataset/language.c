#include "dataset/internal.h"

static bool is_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool all(struct str s, bool letters, bool digits)
{
	for (size_t i = 0; i < s.n; i++)
		if (!((letters && is_alpha(s.s[i])) || (digits && is_digit(s.s[i]))))
			return false;
	return s.n > 0;
}

bool language_valid(struct str tag)
{
	struct str rest = tag, part;
	bool first = true;

	while (str_split(&rest, '-', &part)) {
		if (part.n < 1 || part.n > 8 || !all(part, true, !first))
			return false;
		if (first && part.n < 2)
			return false;
		first = false;
	}
	return !first;
}

struct str language_canonical(struct str tag, struct arena *arena)
{
	struct str out = arena_str(arena, tag), rest = out, part;
	bool first = true, extension = false;

	while (str_split(&rest, '-', &part)) {
		char *p = (char *)(uintptr_t)part.s; /* OUT is our own fresh copy */

		for (size_t i = 0; i < part.n; i++)
			if (p[i] >= 'A' && p[i] <= 'Z')
				p[i] = (char)(p[i] + 32);
		extension = extension || part.n == 1;
		for (size_t i = 0; !first && !extension && i < part.n; i++)
			if (p[i] >= 'a' && (part.n == 2 || (part.n == 4 && i == 0)))
				p[i] = (char)(p[i] - 32);
		first = false;
	}
	return out;
}

/* Parents that cutting off the last subtag would get wrong. Unicode CLDR 48, parentLocales. */
static const struct {
	const char *tag, *parent; /* "": no parent */
} parents[] = {
        {"az-Arab", ""},
        {"az-Cyrl", ""},
        {"bs-Cyrl", ""},
        {"en-150", "en-001"},
        {"en-AU", "en-001"},
        {"en-GB", "en-001"},
        {"en-HK", "en-001"},
        {"en-IE", "en-001"},
        {"en-IN", "en-001"},
        {"en-NZ", "en-001"},
        {"en-SG", "en-001"},
        {"en-ZA", "en-001"},
        {"es-AR", "es-419"},
        {"es-BO", "es-419"},
        {"es-CL", "es-419"},
        {"es-CO", "es-419"},
        {"es-CR", "es-419"},
        {"es-CU", "es-419"},
        {"es-DO", "es-419"},
        {"es-EC", "es-419"},
        {"es-GT", "es-419"},
        {"es-HN", "es-419"},
        {"es-MX", "es-419"},
        {"es-NI", "es-419"},
        {"es-PA", "es-419"},
        {"es-PE", "es-419"},
        {"es-PR", "es-419"},
        {"es-PY", "es-419"},
        {"es-SV", "es-419"},
        {"es-US", "es-419"},
        {"es-UY", "es-419"},
        {"es-VE", "es-419"},
        {"ku-Arab", ""},
        {"mn-Mong", ""},
        {"ms-Arab", ""},
        {"nb", "no"},
        {"nn", "no"},
        {"pa-Arab", ""},
        {"pt-AO", "pt-PT"},
        {"pt-CH", "pt-PT"},
        {"pt-CV", "pt-PT"},
        {"pt-FR", "pt-PT"},
        {"pt-GW", "pt-PT"},
        {"pt-LU", "pt-PT"},
        {"pt-MO", "pt-PT"},
        {"pt-MZ", "pt-PT"},
        {"pt-ST", "pt-PT"},
        {"pt-TL", "pt-PT"},
        {"sr-Latn", ""},
        {"uz-Arab", ""},
        {"uz-Cyrl", ""},
        {"zh-Hant", ""},
        {"zh-Hant-MO", "zh-Hant-HK"},
};

static struct str parent_of(struct str tag)
{
	for (size_t i = 0; i < ARRAY_LEN(parents); i++)
		if (str_eqz(tag, parents[i].tag))
			return str_of(parents[i].parent);
	return str_sub(tag, 0, str_rfind(tag, '-') < tag.n ? str_rfind(tag, '-') : 0);
}

static size_t chain_add(struct str out[LANGUAGE_CHAIN], size_t n, struct str tag)
{
	if (!tag.n || n == LANGUAGE_CHAIN)
		return n;
	for (size_t i = 0; i < n; i++)
		if (str_eq(out[i], tag))
			return n;
	out[n] = tag;
	return n + 1;
}

/* The languages configured to be tried in place of TAG, or NULL; keys in any case. */
static const struct doc_node *configured_for(const struct dataset *d, struct str tag,
                                             struct arena *arena)
{
	const struct doc_node *all = doc_get(doc_get(d->config, "languages"), "fallback");

	for (uint32_t i = 0; all && i < all->n; i++)
		if (str_eq(language_canonical(all->members[i].key, arena), tag))
			return &all->members[i].value;
	return NULL;
}

size_t language_chain(struct str out[LANGUAGE_CHAIN], struct str tag,
                      const struct dataset *d, struct arena *arena)
{
	const struct doc_node *configured;
	size_t n;

	tag = language_canonical(tag, arena);
	configured = configured_for(d, tag, arena);
	n = chain_add(out, 0, tag);
	for (uint32_t i = 0; configured && i < configured->n; i++)
		n = chain_add(out, n, doc_text(&configured->items[i]));
	while ((tag = parent_of(tag)).n)
		n = chain_add(out, n, tag);
	if (n == LANGUAGE_CHAIN)
		n--; /* the default language always has a place */
	return chain_add(out, n, d->default_language);
}

struct str localised(const struct doc_node *node, const struct str *chain, size_t chain_n,
                     struct str *lang)
{
	const struct doc_member *m;

	*lang = STR_NONE;
	if (!node || node->kind == DOC_STRING)
		return doc_text(node);
	for (size_t i = 0; i < chain_n; i++) {
		m = doc_member(node, chain[i]);
		if (m && m->value.kind == DOC_STRING && m->value.text.n) {
			*lang = m->key;
			return m->value.text;
		}
	}
	for (uint32_t i = 0; node->kind == DOC_MAP && i < node->n; i++) {
		m = &node->members[i];
		if (m->value.kind == DOC_STRING && m->value.text.n) {
			*lang = m->key;
			return m->value.text;
		}
	}
	return STR_NONE;
}
