/* The plain functions: for short texts, the newer ones take longer to begin than to hash. */
#define OPENSSL_SUPPRESS_DEPRECATED

#include "version/version.h"

#include "base/limits.h"

#include <openssl/sha.h>
#include <string.h>

/* Canonical JSON is shorter than the file; escapes can make it up to six times as long. */
#define CANONICAL_MAX (6ull * LIMIT_FILE_BYTES)

void version_sha256(char out[65], struct str bytes)
{
	static const char hex[] = "0123456789abcdef";
	unsigned char hash[SHA256_DIGEST_LENGTH];
	SHA256_CTX context;

	if (!SHA256_Init(&context) || !SHA256_Update(&context, bytes.s, bytes.n) ||
	    !SHA256_Final(hash, &context))
		out_of_memory(); /* they never fail */
	for (size_t i = 0; i < sizeof(hash); i++) {
		*out++ = hex[hash[i] >> 4];
		*out++ = hex[hash[i] & 15];
	}
	*out = '\0';
}

bool version_fingerprint(char out[FINGERPRINT_SIZE], const struct doc_node *root,
                         struct str history, const struct doc_node **bad)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT(CANONICAL_MAX);

	memcpy(out, FINGERPRINT_SCHEME, sizeof(FINGERPRINT_SCHEME));
	*bad = NULL;
	if (!doc_canonical(&b, root, history, bad) || b.overflow)
		return false;
	version_sha256(out + sizeof(FINGERPRINT_SCHEME) - 1, buf_str(&b));
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
