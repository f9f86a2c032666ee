#include "version/version.h"

#include "base/limits.h"
#include "digest/digest.h"

#include <string.h>

/* Canonical JSON is shorter than the file; escapes can make it up to six times as long. */
#define CANONICAL_MAX (6ull * LIMIT_FILE_BYTES)

bool version_fingerprint(char out[FINGERPRINT_SIZE], const struct doc_node *root,
                         struct str history, const struct doc_node **bad)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT(CANONICAL_MAX);

	memcpy(out, FINGERPRINT_SCHEME, sizeof(FINGERPRINT_SCHEME));
	*bad = NULL;
	if (!doc_canonical(&b, root, history, bad) || b.overflow)
		return false;
	sha256_text(out + sizeof(FINGERPRINT_SCHEME) - 1, buf_str(&b));
	return true;
}

struct str version_content(const struct roles *roles, const struct doc_node *root,
                           struct arena *arena)
{
	char print[FINGERPRINT_SIZE];
	const struct doc_node *bad;

	if (!version_fingerprint(print, root, history_key(roles), &bad))
		return STR_NONE;
	return arena_str(arena, str_of(print));
}

struct str version_canonical(const struct roles *roles, const struct doc_node *root,
                             struct arena *arena)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT(CANONICAL_MAX);
	const struct doc_node *bad;

	if (!doc_canonical(&b, root, history_key(roles), &bad) || b.overflow)
		return STR_NONE;
	return arena_str(arena, buf_str(&b));
}

struct str version_content_of(struct str canonical, struct arena *arena)
{
	char hex[65];

	if (!canonical.s)
		return STR_NONE;
	sha256_text(hex, canonical);
	return arena_cat(arena, STR(FINGERPRINT_SCHEME), (struct str){hex, 64});
}
