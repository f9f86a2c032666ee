#include "render/internal.h"

#include "base/limits.h"
#include "base/text.h"

#include <stdlib.h>

#define FORMAT(symbol, name) #name,
const char *const findings_format_names[] = {FINDINGS_FORMATS(FORMAT) NULL};
#undef FORMAT

#define FORMAT(symbol, name) [symbol] = &format_##name,
static const struct format *const formats[] = {FINDINGS_FORMATS(FORMAT)};
#undef FORMAT

void add_visible(struct buf *out, struct str s)
{
	for (size_t at = 0; at < s.n;)
		text_add_visible(out, s, &at);
}

void add_count(struct buf *out, size_t n, const char *noun)
{
	buf_addf(out, "%zu %s%s", n, noun, n == 1 ? "" : "s");
}

static void count(struct findings *f, const struct diag *d)
{
	bool new_file = !f->n++ || !str_eq(buf_str(&f->file), d->file);

	if (new_file) {
		f->summary.files_with++;
		buf_reset(&f->file);
		buf_add(&f->file, d->file);
	}
	f->summary.errors += d->severity == SEVERITY_ERROR;
	f->summary.warnings += d->severity == SEVERITY_WARNING;
	f->summary.notes += d->severity == SEVERITY_NOTE;
}

void findings_begin(struct findings *f)
{
	f->summary = (struct findings_summary){0};
	f->file = BUF_INIT(LIMIT_FILE_BYTES);
	f->body = BUF_INIT(LIMIT_OUTPUT_BYTES);
	f->rules = NULL;
	f->n = f->rules_n = f->rules_cap = 0;
	formats[f->format]->begin(f);
}

void findings_add(struct findings *f, const struct diag *d)
{
	if (d->severity == SEVERITY_OFF)
		return;
	count(f, d);
	formats[f->format]->add(f, d);
}

void findings_end(struct findings *f)
{
	formats[f->format]->end(f);
	buf_release(&f->file);
	buf_release(&f->body);
	free(f->rules);
}
