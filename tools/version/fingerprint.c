#include "version/version.h"

#include "base/limits.h"

#include <openssl/evp.h>
#include <string.h>

/* Canonical JSON is shorter than the file; escapes can make it up to six times as long. */
#define CANONICAL_MAX (6ull * LIMIT_FILE_BYTES)

bool version_fingerprint(char out[FINGERPRINT_SIZE], const struct doc_node *root,
                         struct str history, const struct doc_node **bad)
{
	static const char hex[] = "0123456789abcdef";
	CLEANUP(buf_release) struct buf b = BUF_INIT(CANONICAL_MAX);
	unsigned char hash[EVP_MAX_MD_SIZE];
	unsigned int n = 0;
	char *p = out + sizeof(FINGERPRINT_SCHEME) - 1;

	memcpy(out, FINGERPRINT_SCHEME, sizeof(FINGERPRINT_SCHEME));
	*bad = NULL;
	if (!doc_canonical(&b, root, history, bad) || b.overflow)
		return false;
	if (!EVP_Digest(b.s, b.n, hash, &n, EVP_sha256(), NULL) || n != 32)
		out_of_memory(); /* the only way SHA-256 of bytes in memory fails */
	for (unsigned int i = 0; i < n; i++) {
		*p++ = hex[hash[i] >> 4];
		*p++ = hex[hash[i] & 15];
	}
	*p = '\0';
	return true;
}
