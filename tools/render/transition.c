/*
 * transition.c - what events did to entries: one line an entry, or one JSON object
 */
#include "render/transition.h"

#include "base/text.h"
#include "render/jansson.h"

#define FORMAT(symbol, name) #name,
const char *const transition_format_names[] = {TRANSITION_FORMATS(FORMAT) NULL};
#undef FORMAT

static void add_text(struct buf *out, const struct transition_row *row)
{
	for (size_t at = 0; at < row->name.n;)
		text_add_visible(out, row->name, &at);
	buf_addf(out, ": %s v%d -> %s v%d\n", state_name(row->from), row->version,
	         state_name(row->to), row->version);
}

static void add_json(struct buf *out, const struct transition_row *row)
{
	CLEANUP(jansson_release)
	json_t *j = jansson_must(
	        json_pack("{s:o, s:o, s:i, s:s, s:s, s:o}", "id", jansson_text(row->id),
	                  "collection", jansson_text(row->collection), "version",
	                  row->version, "from", state_name(row->from), "to",
	                  state_name(row->to), "path", jansson_text(row->path)));

	jansson_append(out, j, 0);
}

void transition_render(struct buf *out, enum transition_format format,
                       const struct transition_row *rows, size_t n)
{
	if (format == TRANSITION_JSON)
		buf_addz(out, "{\"entries\": [");
	for (size_t i = 0; i < n; i++) {
		if (format == TRANSITION_TEXT) {
			add_text(out, &rows[i]);
			continue;
		}
		buf_addz(out, i ? ",\n" : "\n");
		add_json(out, &rows[i]);
	}
	if (format == TRANSITION_JSON)
		buf_addz(out, n ? "\n]}\n" : "]}\n");
}
