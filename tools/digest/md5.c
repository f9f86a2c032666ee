/*
 * md5.c - the MD5 sum of a file, for services that know no other [libcrypto]
 */
#include "digest/digest.h"

#include <errno.h>
#include <openssl/evp.h>
#include <stdio.h>

/* Whether all of FILE went into CONTEXT. */
static bool take_in(EVP_MD_CTX *context, FILE *file)
{
	char piece[1 << 16];
	size_t n;

	while ((n = fread(piece, 1, sizeof(piece), file)))
		if (!EVP_DigestUpdate(context, piece, n))
			return false;
	return !ferror(file);
}

int file_md5(char out[33], const char *path)
{
	FILE *file = fopen(path, "re");
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	unsigned char sum[EVP_MAX_MD_SIZE];
	unsigned int n = 0;
	int error = file ? 0 : errno;

	if (!error && (!context || !EVP_DigestInit_ex(context, EVP_md5(), NULL) ||
	               !take_in(context, file) || !EVP_DigestFinal_ex(context, sum, &n)))
		error = EIO;
	for (unsigned int i = 0; !error && i < n; i++)
		(void)snprintf(out + 2 * i, 3, "%02x", sum[i]);
	if (file)
		(void)fclose(file);
	EVP_MD_CTX_free(context);
	return error;
}
