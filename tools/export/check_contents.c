/*
 * check_contents.c - whether entries.jsonl has the contents whose fingerprints it tells
 *
 * A content stands there in its canonical form, so the sum of its bytes is its fingerprint.
 */
#include "export/shelf_internal.h"

#include "digest/digest.h"

#include <string.h>

struct lines {
	const struct checked *checked;
	struct diag_list *diags;
	size_t n;
};

static void tell(struct lines *l, const char *what)
{
	diag_add(l->diags, &rule_snapshot_contradiction,
	         (struct span){.line = (int)(l->n < INT32_MAX ? l->n : INT32_MAX),
	                       .column = 1},
	         "%s", what);
}

/* What stands behind NAME in LINE; absent when it is not there. */
static struct str behind(struct str line, const char *name)
{
	const char *at = line.n ? memmem(line.s, line.n, name, strlen(name)) : NULL;

	if (!at)
		return STR_NONE;
	at += strlen(name);
	return (struct str){at, (size_t)(line.s + line.n - at)};
}

static void check_line(struct lines *l, struct str line)
{
	struct str print = behind(line, "\"fingerprint\":\"" FINGERPRINT_SCHEME);
	struct str content = behind(print, "\"content\":");
	char hex[65];

	l->n++;
	if (content.n < 2 || content.s[content.n - 1] != '}') {
		tell(l, "the line is no entry");
		return;
	}
	sha256_text(hex, str_sub(content, 0, content.n - 1));
	if (!str_starts(print, str_of(hex)))
		tell(l, "the fingerprint is not that of the content");
}

bool check_contents(const struct checked *c, struct diag_list *diags, struct arena *arena,
                    struct err *err)
{
	struct lines l = {c, diags, 0};
	struct str path = shelf_path(c->dir, "entries.jsonl", arena), line;
	CLEANUP(shelf_lines_close) struct shelf_lines file = {.fd = -1};

	if (!shelf_lines_open(&file, path.s))
		return true; /* one that should be there is missed by its sum */
	diag_file(diags, path);
	while (shelf_line(&file, &line))
		check_line(&l, line);
	if (file.failed)
		return shelf_damaged(path, "it cannot be read", err);
	if (l.n != c->entries)
		diag_add(diags, &rule_snapshot_contradiction, (struct span){0},
		         "it has %zu entries, but MANIFEST.json lists %zu", l.n,
		         c->entries);
	return true;
}
