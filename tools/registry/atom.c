/* atom.c - arXiv's answers: an Atom feed, read with expat */
#include "registry/atom.h"

#include <expat.h>
#include <limits.h>
#include <string.h>

#define ATOM "http://www.w3.org/2005/Atom|"
#define ARXIV "http://arxiv.org/schemas/atom|"

struct reading {
	XML_Parser parser;
	struct arena *arena;
	struct buf text; /* of the field that is open */
	size_t depth;
	size_t field; /* index in fields[], its end when none is open */
	bool feed, in_entry, refused;
	struct atom_entry entry;
	size_t names_cap, cap;
	struct atom_feed *out;
};

struct field {
	const char *element;
	size_t depth; /* below feed, which is 1 */
	size_t offset; /* of its str in struct atom_entry */
};

static const struct field fields[] = {
        {ATOM "id", 3, offsetof(struct atom_entry, id)},
        {ATOM "title", 3, offsetof(struct atom_entry, title)},
        {ATOM "published", 3, offsetof(struct atom_entry, published)},
        {ATOM "updated", 3, offsetof(struct atom_entry, updated)},
        {ARXIV "comment", 3, offsetof(struct atom_entry, comment)},
        {ARXIV "journal_ref", 3, offsetof(struct atom_entry, journal)},
        {ARXIV "doi", 3, offsetof(struct atom_entry, doi)},
        {ATOM "name", 4, SIZE_MAX},
};

static void refuse(struct reading *r)
{
	r->refused = true;
	XML_StopParser(r->parser, XML_FALSE);
}

static void XMLCALL on_start(void *data, const XML_Char *name, const XML_Char **atts)
{
	struct reading *r = data;

	(void)atts;
	if (++r->depth > LIMIT_REGISTRY_XML_DEPTH) {
		refuse(r);
		return;
	}
	if (r->depth == 1)
		r->feed = !strcmp(name, ATOM "feed");
	if (r->depth == 2 && !strcmp(name, ATOM "entry")) {
		r->in_entry = true;
		r->entry = (struct atom_entry){0};
		r->names_cap = 0;
	}
	for (size_t i = 0; r->in_entry && i < ARRAY_LEN(fields); i++)
		if (r->depth == fields[i].depth && !strcmp(name, fields[i].element)) {
			r->field = i;
			buf_reset(&r->text);
		}
}

static void take_field(struct reading *r, const struct field *f)
{
	struct str text = registry_text(buf_str(&r->text), r->arena);

	if (f->offset != SIZE_MAX) {
		*(struct str *)(void *)((char *)&r->entry + f->offset) = text;
		return;
	}
	if (text.n && r->entry.names_n < LIMIT_REGISTRY_NAMES)
		*arena_push(r->arena, r->entry.names, r->entry.names_n, r->names_cap) =
		        text;
}

static void XMLCALL on_end(void *data, const XML_Char *name)
{
	struct reading *r = data;

	if (r->field < ARRAY_LEN(fields) && r->depth == fields[r->field].depth &&
	    !strcmp(name, fields[r->field].element)) {
		take_field(r, &fields[r->field]);
		r->field = ARRAY_LEN(fields);
	}
	if (r->depth == 2 && r->in_entry) {
		r->in_entry = false;
		*arena_push(r->arena, r->out->entries, r->out->n, r->cap) = r->entry;
	}
	r->depth--;
}

static void XMLCALL on_text(void *data, const XML_Char *s, int n)
{
	struct reading *r = data;

	if (r->field < ARRAY_LEN(fields))
		buf_add(&r->text, (struct str){s, (size_t)n});
}

/* A feed needs no document type; entities that blow up need one. */
static void XMLCALL on_doctype(void *data, const XML_Char *name, const XML_Char *system,
                               const XML_Char *public, int internal)
{
	(void)name, (void)system, (void)public, (void)internal;
	refuse(data);
}

static void parser_free(XML_Parser *parser)
{
	XML_ParserFree(*parser);
}

bool atom_read(struct atom_feed *out, struct str text, struct arena *arena)
{
	CLEANUP(parser_free) XML_Parser parser = XML_ParserCreateNS(NULL, '|');
	struct reading r = {.parser = parser,
	                    .arena = arena,
	                    .text = BUF_INIT(LIMIT_REGISTRY_TEXT_BYTES),
	                    .field = ARRAY_LEN(fields),
	                    .out = out};
	bool ok;

	*out = (struct atom_feed){0};
	if (!parser)
		out_of_memory();
	if (text.n > INT_MAX)
		return false;
	XML_SetUserData(parser, &r);
	XML_SetElementHandler(parser, on_start, on_end);
	XML_SetCharacterDataHandler(parser, on_text);
	XML_SetStartDoctypeDeclHandler(parser, on_doctype);
	ok = XML_Parse(parser, text.s ? text.s : "", (int)text.n, 1) == XML_STATUS_OK;
	buf_release(&r.text);
	return ok && r.feed && !r.refused;
}
