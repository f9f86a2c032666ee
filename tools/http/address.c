#include "http/address.h"

#include <arpa/inet.h>
#include <string.h>

#include "base/macro.h"

#define V4_BITS 96 /* where the IPv4 address begins in ::ffff:a.b.c.d */

/* The addresses whose first BITS bits are those of BYTES. */
struct prefix {
	unsigned char bytes[HTTP_ADDRESS_BYTES];
	int bits;
};

static bool has_prefix(const unsigned char *address, const unsigned char *bytes, int bits)
{
	int whole = bits / 8, rest = bits % 8;

	if (memcmp(address, bytes, (size_t)whole) != 0)
		return false;
	return !rest || (address[whole] ^ bytes[whole]) >> (8 - rest) == 0;
}

static bool any_prefix(const unsigned char *address, const struct prefix *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (has_prefix(address, list[i].bytes, list[i].bits))
			return true;
	return false;
}

static bool v4_global(const unsigned char v4[4])
{
	static const struct prefix special[] = {
	        {{0}, 8}, /* this network */
	        {{10}, 8}, /* private */
	        {{100, 64}, 10}, /* shared by a provider's customers */
	        {{127}, 8}, /* this machine */
	        {{169, 254}, 16}, /* link local; clouds tell secrets there */
	        {{172, 16}, 12}, /* private */
	        {{192, 0, 0}, 24}, /* protocol assignments */
	        {{192, 0, 2}, 24}, /* documentation */
	        {{192, 88, 99}, 24}, /* relays of 6to4 */
	        {{192, 168}, 16}, /* private */
	        {{198, 18}, 15}, /* measurements */
	        {{198, 51, 100}, 24}, /* documentation */
	        {{203, 0, 113}, 24}, /* documentation */
	        {{224}, 4}, /* multicast */
	        {{240}, 4}, /* reserved, broadcast */
	};

	return !any_prefix(v4, special, ARRAY_LEN(special));
}

/* The IPv4 address that ADDRESS carries, or NULL. */
static const unsigned char *inner_v4(const unsigned char *address)
{
	static const struct prefix mapped = {.bytes = {[10] = 0xFF, 0xFF},
	                                     .bits = V4_BITS};
	static const struct prefix nat64 = {.bytes = {0x00, 0x64, 0xFF, 0x9B},
	                                    .bits = 96};

	if (has_prefix(address, mapped.bytes, mapped.bits) ||
	    has_prefix(address, nat64.bytes, nat64.bits))
		return address + 12;
	if (address[0] == 0x20 && address[1] == 0x02)
		return address + 2;
	return NULL;
}

bool http_address_global(const unsigned char address[HTTP_ADDRESS_BYTES])
{
	static const struct prefix special[] = {
	        {{0},
	         96}, /* unspecified, this machine, the old form of an IPv4 address */
	        {{[8] = 0xFF, [9] = 0xFF}, 96}, /* ::ffff:0:a.b.c.d, the one of SIIT */
	        {{0x00, 0x64, 0xFF, 0x9B, 0x00, 0x01}, 48}, /* NAT64 of a network's own */
	        {{0x01, 0x00}, 64}, /* discard */
	        {{0x20, 0x01, 0x00}, 23}, /* protocol assignments, Teredo */
	        {{0x20, 0x01, 0x0D, 0xB8}, 32}, /* documentation */
	        {{0x3F, 0xFF, 0x00}, 20}, /* documentation */
	        {{0x5F, 0x00}, 16}, /* segment routing */
	        {{0xFC}, 7}, /* private */
	        {{0xFE, 0x80}, 10}, /* link local */
	        {{0xFE, 0xC0}, 10}, /* site local */
	        {{0xFF}, 8}, /* multicast */
	};
	const unsigned char *v4 = inner_v4(address);

	if (v4)
		return v4_global(v4);
	return !any_prefix(address, special, ARRAY_LEN(special));
}

bool http_address_parse(unsigned char address[HTTP_ADDRESS_BYTES], struct str text)
{
	char z[HTTP_ADDRESS_TEXT] = {0};

	if (!text.n || text.n >= sizeof(z) || memchr(text.s, '\0', text.n))
		return false;
	memcpy(z, text.s, text.n);
	if (inet_pton(AF_INET6, z, address) == 1)
		return true;
	memset(address, 0, HTTP_ADDRESS_BYTES);
	address[10] = address[11] = 0xFF;
	return inet_pton(AF_INET, z, address + 12) == 1;
}

static bool is_v4(const unsigned char *address)
{
	static const unsigned char mapped[HTTP_ADDRESS_BYTES] = {[10] = 0xFF, 0xFF};

	return has_prefix(address, mapped, V4_BITS);
}

void http_address_text(char out[HTTP_ADDRESS_TEXT],
                       const unsigned char address[HTTP_ADDRESS_BYTES])
{
	bool v4 = is_v4(address);

	if (!inet_ntop(v4 ? AF_INET : AF_INET6, address + (v4 ? 12 : 0), out,
	               HTTP_ADDRESS_TEXT))
		out[0] = '\0';
}

/* ---- ranges ---- */

static bool parse_bits(int *bits, struct str text)
{
	*bits = 0;
	if (!text.n || text.n > 3)
		return false;
	for (size_t i = 0; i < text.n; i++) {
		if (text.s[i] < '0' || text.s[i] > '9')
			return false;
		*bits = *bits * 10 + text.s[i] - '0';
	}
	return true;
}

static bool parse_network(struct http_range *out, struct str address, struct str width)
{
	int bits;

	if (!http_address_parse(out->first, address) || !parse_bits(&bits, width))
		return false;
	if (is_v4(out->first) && str_find(address, ':') == address.n)
		bits += V4_BITS;
	if (bits > 8 * HTTP_ADDRESS_BYTES)
		return false;
	memcpy(out->last, out->first, sizeof(out->last));
	for (int i = bits; i < 8 * HTTP_ADDRESS_BYTES; i++) {
		unsigned char bit = (unsigned char)(0x80u >> (i % 8));

		out->first[i / 8] &= (unsigned char)~bit;
		out->last[i / 8] |= bit;
	}
	return true;
}

bool http_range_parse(struct http_range *out, struct str text)
{
	size_t slash = str_find(text, '/'), dash = str_find(text, '-');

	if (slash < text.n)
		return parse_network(out, str_sub(text, 0, slash),
		                     str_sub(text, slash + 1, text.n));
	if (!http_address_parse(out->first, str_trim(str_sub(text, 0, dash))))
		return false;
	if (dash == text.n) {
		memcpy(out->last, out->first, sizeof(out->last));
		return true;
	}
	return http_address_parse(out->last, str_trim(str_sub(text, dash + 1, text.n))) &&
	       is_v4(out->first) == is_v4(out->last) &&
	       memcmp(out->first, out->last, sizeof(out->last)) <= 0;
}

bool http_range_holds(const struct http_range *r,
                      const unsigned char address[HTTP_ADDRESS_BYTES])
{
	return memcmp(r->first, address, HTTP_ADDRESS_BYTES) <= 0 &&
	       memcmp(address, r->last, HTTP_ADDRESS_BYTES) <= 0;
}
