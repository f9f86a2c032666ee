#include "render/doi.h"

#include "render/internal.h"
#include "render/jansson.h"

#include "base/limits.h"

static void line(struct buf *out, const char *name, struct str value)
{
	buf_addf(out, "  %-12s", name);
	add_visible(out, value);
	buf_addc(out, '\n');
}

void doi_text(struct buf *out, const struct doi *doi)
{
	CLEANUP(arena_release) struct arena scratch = {0};

	if (doi->text.n > LIMIT_DOI_BYTES)
		buf_add(out, diag_quote(&scratch, doi->text));
	else if (doi->text.n)
		add_visible(out, doi->text);
	else
		buf_addz(out, "\"\"");
	buf_addc(out, '\n');
	line(out, doi_class_name(doi->class), doi->why);
	if (!doi->canonical.s)
		return;
	line(out, "canonical", doi->canonical);
	line(out, "wire", doi->wire);
}

void doi_json(struct buf *out, const struct doi *doi)
{
	CLEANUP(arena_release) struct arena arena = {0};
	struct str url = doi->canonical.s ? doi_url(doi, &arena) : STR_NONE;
	CLEANUP(jansson_release)
	json_t *j = jansson_must(
	        json_pack("{s:o, s:s, s:o, s:o, s:o, s:o}", "input",
	                  jansson_text(doi->text.s ? doi->text : STR("")), "class",
	                  doi_class_name(doi->class), "canonical",
	                  jansson_text(doi->canonical), "wire", jansson_text(doi->wire),
	                  "url", jansson_text(url), "why", jansson_text(doi->why)));

	jansson_append(out, j, 0);
}
