/* shape.c - what the readers of replies have in common */
#include "registry/ask.h"

bool reply_is(const struct http_reply *reply, const char *word)
{
	struct str type = http_header_get(reply, "content-type");
	size_t n = strlen(word);

	if (!type.n)
		return true;
	for (size_t at = 0; at + n <= type.n; at++) {
		size_t k = 0;

		while (k < n && ascii_lower(type.s[at + k]) == word[k])
			k++;
		if (k == n)
			return true;
	}
	return false;
}

const struct doc_node *reply_json(struct call *c, const struct http_reply *reply)
{
	const struct doc_options opt = {.format = DOC_JSON};
	struct source *source = arena_new(&c->arena, struct source);
	struct diag_list diags;
	struct docs docs;

	if (reply->truncated || !reply_is(reply, "json"))
		return NULL;
	*source = (struct source){STR("reply"), reply->body};
	diag_init(&diags, &c->arena);
	return doc_read(&docs, source, &opt, &c->arena, &diags) && docs.n
	               ? &docs.items[0].root
	               : NULL;
}

static int hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0'
	       : ascii_lower(c) >= 'a' && ascii_lower(c) <= 'f'
	               ? ascii_lower(c) - 'a' + 10
	               : -1;
}

/* The byte that TOLD means at *AT where DOI has WANT: escapes are undone unless meant. */
static char told_byte(struct str told, size_t *at, char want)
{
	char c = told.s[*at];
	int high, low;

	if (c == '\\' && want != '\\' && *at + 1 < told.n)
		return ascii_lower(told.s[++*at]);
	if (c != '%' || want == '%' || *at + 2 >= told.n)
		return ascii_lower(c);
	high = hex(told.s[*at + 1]);
	low = hex(told.s[*at + 2]);
	if (high < 0 || low < 0)
		return c;
	*at += 2;
	return ascii_lower((char)(high * 16 + low));
}

bool doi_told_is(struct str told, struct str doi)
{
	size_t i = 0;

	for (size_t at = 0; at < told.n; at++, i++)
		if (i >= doi.n || told_byte(told, &at, doi.s[i]) != doi.s[i])
			return false;
	return i == doi.n;
}

struct item *call_item(struct call *c, struct str told)
{
	for (size_t i = 0; i < c->n; i++)
		if (!c->items[i]->moved && doi_told_is(told, c->items[i]->now))
			return c->items[i];
	return NULL;
}

long node_number(const struct doc_node *node)
{
	bool fits = node && node->kind == DOC_NUMBER && node->is_integer && node->fits;

	return fits && node->integer >= 0 && node->integer <= INT32_MAX
	               ? (long)node->integer
	               : -1;
}

void add_encoded(struct buf *out, struct str text)
{
	for (size_t i = 0; i < text.n; i++) {
		char c = text.s[i];
		bool plain = (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z') ||
		             (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
		             c == '~';

		if (plain)
			buf_addc(out, c);
		else
			buf_addf(out, "%%%02X", (unsigned)(unsigned char)c);
	}
}

void item_record(struct call *c, struct item *item, struct registry_record *record,
                 bool readable)
{
	struct str why =
	        arena_fmt(&c->arena, "the record at " STR_FMT " says nothing of it",
	                  STR_ARG(item->agency));

	if (readable)
		record->agency = item->agency;
	item_answer(c->r, item, REGISTRY_REGISTERED, readable ? record : NULL,
	            readable ? STR_NONE : why);
}

void add_mailto(struct buf *out, const struct registry *r, char separator)
{
	if (!r->opt.mailto.n)
		return;
	buf_addc(out, separator);
	buf_addz(out, "mailto=");
	add_encoded(out, r->opt.mailto);
}
