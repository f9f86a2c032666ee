/*
 * Any bytes as a finding's place, its texts and the line it is about: every format must
 * stay in bounds, and its output must be UTF-8, without control characters unless it is
 * JSON.
 */
#include "base/arena.h"
#include "base/text.h"
#include "render/findings.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct rule rule = {"fuzz.rule", SEVERITY_WARNING, "Nothing."};

static bool line_of(void *context, struct str file, int line, struct str *out)
{
	(void)file;
	(void)line;
	*out = *(const struct str *)context;
	return true;
}

/* The next number of two bytes; columns of very long lines come from the last bit. */
static int number(struct str *input)
{
	int n;

	if (input->n < 2)
		return 0;
	n = (unsigned char)input->s[0] | (unsigned char)input->s[1] << 8;
	*input = str_sub(*input, 2, input->n);
	return n & 0x8000 ? n * 1000 : n;
}

static bool is_json(enum findings_format format)
{
	return format == FINDINGS_JSON || format == FINDINGS_JSONL ||
	       format == FINDINGS_SARIF;
}

static void render(enum findings_format format, const struct diag *d, struct str line)
{
	struct buf out = BUF_INIT(64u << 20);
	struct findings f = {
	        .format = format, .out = &out, .line = line_of, .context = &line};

	findings_begin(&f);
	findings_add(&f, d);
	findings_add(&f, d);
	findings_end(&f);
	if (out.overflow || text_invalid(buf_str(&out)) < out.n)
		abort();
	for (size_t at = 0; !is_json(format) && at < out.n;) {
		uint32_t c = text_next(buf_str(&out), &at);

		if (c != '\n' && text_unsafe(c))
			abort();
	}
	buf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str input = {size ? (const char *)data : "", size};
	struct diag d = {.rule = &rule, .severity = SEVERITY_WARNING, .document = 1};

	d.span.line = number(&input);
	d.span.column = number(&input);
	d.span.end_line = number(&input);
	d.span.end_column = number(&input);
	d.file = d.text = d.pointer = d.suggestion = str_sub(input, 0, 40);
	for (int format = 0; findings_format_names[format]; format++)
		render((enum findings_format)format, &d, input);
	return 0;
}
