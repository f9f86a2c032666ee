/*
 * template.h - small texts with places to fill in; private to this folder
 *
 * {name} is the value called name; what stands in [ ] is left out when one of its values is
 * missing. A full stop is not doubled: it is left out behind ".", "?" or "!".
 */
#pragma once

#include "base/buf.h"
#include "base/str.h"

/*
 * Puts the value NAME in OUT. False: it is missing. True with an empty text: there, but
 * nothing to show (true in a true/false field).
 */
typedef bool template_value(struct str *out, struct str name, void *ctx);

void template_fill(struct buf *out, struct str text, template_value *value, void *ctx);

/* A name and its value, for templates with few values. An array ends with an absent name. */
struct template_pair {
	struct str name, value;
};

/* CTX is a struct template_pair array; an absent value is missing. */
bool template_pairs(struct str *out, struct str name, void *ctx);
