/*
 * content.c - the content of one document as JSON [jansson]
 */
#include "render/content.h"

#include "render/jansson.h"

void content_json(struct buf *out, const struct doc_node *root)
{
	CLEANUP(jansson_release) json_t *all = jansson_value(root);

	jansson_append(out, all,
	               JSON_INDENT(2) | JSON_SORT_KEYS | JSON_REAL_PRECISION(15) |
	                       JSON_ENCODE_ANY);
	buf_addc(out, '\n');
}
