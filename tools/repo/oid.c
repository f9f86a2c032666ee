#include "repo/internal.h"

#include <string.h>

bool oid_eq(const struct oid *a, const struct oid *b)
{
	return memcmp(a->id, b->id, sizeof(a->id)) == 0;
}

bool oid_is_zero(const struct oid *a)
{
	return oid_eq(a, &(struct oid){{0}});
}

struct str oid_hex(const struct oid *a, size_t n, struct arena *arena)
{
	char hex[OID_HEX];

	for (size_t i = 0; i < OID_HEX; i++)
		hex[i] = "0123456789abcdef"[a->id[i / 2] >> (i % 2 ? 0 : 4) & 15];
	return arena_str(arena, (struct str){hex, n < OID_HEX ? n : OID_HEX});
}

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool oid_parse(struct oid *out, struct str text)
{
	struct oid id = {{0}};

	if (text.n != OID_HEX)
		return false;
	for (size_t i = 0; i < OID_HEX; i++) {
		int d = digit(text.s[i]);

		if (d < 0)
			return false;
		id.id[i / 2] = (unsigned char)(id.id[i / 2] << 4 | d);
	}
	*out = id;
	return true;
}

struct oid repo_hash(struct str bytes)
{
	git_oid id = {{0}};

	init_git();
	if (git_odb_hash(&id, bytes.s ? bytes.s : "", bytes.n, GIT_OBJECT_BLOB))
		out_of_memory(); /* the only way in which hashing can fail */
	return oid_of(&id);
}
