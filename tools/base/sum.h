/*
 * sum.h - a checksum of bytes, to find damage and accidents; nobody's forgery
 */
#pragma once

#include "base/str.h"

#include <stdint.h>

/* The sum of BYTES; SEED joins it to what came before. Differs between kinds of machines. */
uint64_t sum64(uint64_t seed, struct str bytes);
/*
 * One that is the same on every machine and for ever, for short texts. Source: RFC 9923, FNV-1a of
 * 64 bits
 */
uint64_t sum64_stable(struct str bytes);
