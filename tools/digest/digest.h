/*
 * digest.h - sums of bytes [libcrypto]
 */
#pragma once

#include "base/str.h"

/* The SHA-256 of BYTES as 32 bytes. Source: FIPS 180-4 */
void sha256_of(unsigned char out[32], struct str bytes);
/* The same as 64 hexadecimal digits and a NUL. */
void sha256_text(char out[65], struct str bytes);
/* 32 bytes as 64 hexadecimal digits and a NUL. */
void sha256_hex(char out[65], const unsigned char sum[32]);

/* The same of bytes that come piece by piece. */
struct sha256;
struct sha256 *sha256_open(void);
void sha256_add(struct sha256 *s, struct str bytes);
/* S is gone afterwards. */
void sha256_close(unsigned char out[32], struct sha256 *s);

/*
 * The MD5 sum of the file PATH as 32 hexadecimal digits and a NUL.
 * Returns 0, or the errno of what failed. Source: RFC 1321
 */
int file_md5(char out[33], const char *path);
