/*
 * xml.h - XML written piece by piece, an element a line; private to this folder
 *
 *     xml_open(&x, "title");
 *     xml_attribute(&x, "xml:lang", lang);
 *     xml_text(&x, title);
 *     xml_close(&x);
 *
 * Source: XML 1.0 (fifth imprint)
 */
#pragma once

#include "base/buf.h"

#define XML_DEPTH 8

struct xml {
	struct buf *out;
	const char *names[XML_DEPTH]; /* of the open elements, depth of them */
	int depth;
	bool in_tag; /* attributes may follow */
	bool inlined; /* the innermost element holds text */
};

/* Append TEXT as it stands between tags, also of HTML. */
void xml_escape(struct buf *out, struct str text);
/* The first line of a document. */
void xml_begin(struct xml *x);
void xml_open(struct xml *x, const char *name);
/* Nothing at all when VALUE is empty. */
void xml_attribute(struct xml *x, const char *name, struct str value);
void xml_text(struct xml *x, struct str text);
void xml_close(struct xml *x);
/* An element that holds nothing but TEXT; nothing at all when that is empty. */
void xml_element(struct xml *x, const char *name, struct str text);
