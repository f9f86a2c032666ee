#include "base/sum.h"

#include <string.h>

#define LANES 4
#define BLOCK (LANES * sizeof(uint64_t))

static uint64_t mix(uint64_t x)
{
	x *= UINT64_C(0x9fb21c651e98df25);
	return x ^ (x >> 29);
}

/* Four at a time: one after the other would wait for each product. */
static void add_block(uint64_t lanes[LANES], const char *block)
{
	for (size_t i = 0; i < LANES; i++) {
		uint64_t word;

		memcpy(&word, block + i * sizeof(word), sizeof(word));
		lanes[i] = mix(lanes[i] ^ word);
	}
}

uint64_t sum64(uint64_t seed, struct str bytes)
{
	uint64_t lanes[LANES] = {seed, seed + 1, seed + 2, seed + 3};
	char last[BLOCK] = {0};
	size_t at = 0;

	for (; bytes.n - at >= BLOCK; at += BLOCK)
		add_block(lanes, bytes.s + at);
	if (at < bytes.n)
		memcpy(last, bytes.s + at, bytes.n - at);
	add_block(lanes, last);
	seed = mix(seed ^ bytes.n);
	for (size_t i = 0; i < LANES; i++)
		seed = mix(seed ^ lanes[i]);
	return seed;
}

uint64_t sum64_stable(struct str bytes)
{
	uint64_t h = 0xcbf29ce484222325u;

	for (size_t i = 0; i < bytes.n; i++)
		h = (h ^ (unsigned char)bytes.s[i]) * 0x100000001b3u;
	return h;
}
