/*
 * address.h - which addresses of the network a stranger's URL may lead to
 *
 * An address is 16 bytes: IPv6, with IPv4 as ::ffff:a.b.c.d.
 */
#pragma once

#include "base/str.h"

#define HTTP_ADDRESS_BYTES 16
#define HTTP_ADDRESS_TEXT 46 /* bytes of an address in words, with the NUL */

struct http_range {
	unsigned char first[HTTP_ADDRESS_BYTES], last[HTTP_ADDRESS_BYTES];
};

/*
 * Whether ADDRESS belongs to the public network: not private, local, reserved, multicast,
 * or one of these inside an IPv6 address that carries an IPv4 one.
 * Source: IANA's registries of special-purpose addresses (RFC 6890), RFC 4291, RFC 6052
 */
bool http_address_global(const unsigned char address[HTTP_ADDRESS_BYTES]);
/* An address, "10.0.0.0/8" or "127.0.0.2-127.0.0.20"; false when TEXT is none of these. */
bool http_range_parse(struct http_range *out, struct str text);
bool http_range_holds(const struct http_range *r,
                      const unsigned char address[HTTP_ADDRESS_BYTES]);
/* Read TEXT ("127.0.0.2", "::1") into ADDRESS; false when it is no address. */
bool http_address_parse(unsigned char address[HTTP_ADDRESS_BYTES], struct str text);
/* ADDRESS as people write it. */
void http_address_text(char out[HTTP_ADDRESS_TEXT],
                       const unsigned char address[HTTP_ADDRESS_BYTES]);
