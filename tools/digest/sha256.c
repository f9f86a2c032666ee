/*
 * sha256.c - sums of bytes [libcrypto]
 *
 * Source: FIPS 180-4
 */
/* The plain functions: for short texts, the newer ones take longer to begin than to hash. */
#define OPENSSL_SUPPRESS_DEPRECATED

#include "digest/digest.h"

#include "base/arena.h"

#include <openssl/sha.h>
#include <stdlib.h>

struct sha256 {
	SHA256_CTX context;
};

/* Nothing but want of memory makes these calls fail. */
static void must(int ok)
{
	if (!ok)
		out_of_memory();
}

void sha256_of(unsigned char out[32], struct str bytes)
{
	SHA256_CTX context;

	must(SHA256_Init(&context) && SHA256_Update(&context, bytes.s, bytes.n) &&
	     SHA256_Final(out, &context));
}

struct sha256 *sha256_open(void)
{
	struct sha256 *s = mem_alloc(sizeof(*s));

	must(SHA256_Init(&s->context));
	return s;
}

void sha256_add(struct sha256 *s, struct str bytes)
{
	must(SHA256_Update(&s->context, bytes.s, bytes.n));
}

void sha256_close(unsigned char out[32], struct sha256 *s)
{
	must(SHA256_Final(out, &s->context));
	free(s);
}

void sha256_hex(char out[65], const unsigned char sum[32])
{
	static const char hex[] = "0123456789abcdef";

	for (size_t i = 0; i < 32; i++) {
		*out++ = hex[sum[i] >> 4];
		*out++ = hex[sum[i] & 15];
	}
	*out = '\0';
}

void sha256_text(char out[65], struct str bytes)
{
	unsigned char sum[32];

	sha256_of(sum, bytes);
	sha256_hex(out, sum);
}
