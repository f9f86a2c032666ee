/*
 * yaml.h - the reader of YAML: its state, shared by yaml.c and yaml_place.c [libyaml]
 */
#pragma once

#include "base/map.h"
#include "doc/internal.h"

#include <yaml.h>

struct yaml {
	struct build *b;
	yaml_parser_t parser;
	const char *s; /* what libyaml reads: bytes of the source from `base` on */
	size_t n, base;
	int line; /* of the source, where libyaml counts 0 */
	bool ascii;
	size_t index,
	        offset; /* a character's index and its offset: moves with the marks */
	struct map anchors; /* of the document */
};

/*
 * Put the place M into OUT: libyaml counts characters, we count bytes. Quick when the
 * places asked for go forward. It is written field by field because a struct of 12 bytes
 * that is passed around by value was the most expensive thing in reading a file.
 */
void yaml_mark_set(struct doc_mark *out, struct yaml *y, const yaml_mark_t *m);
/* The byte at OFFSET of the source; NUL outside of what libyaml reads. */
char yaml_byte(const struct yaml *y, size_t offset);
bool yaml_is_blank(char c);
/*
 * Move the END of a block scalar from byte START, which libyaml puts at the next token,
 * back behind its last content; of an empty one behind its header.
 */
void yaml_block_end(const struct yaml *y, size_t start, struct doc_mark *end,
                    struct str value);
