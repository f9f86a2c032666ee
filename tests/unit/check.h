/*
 * check.h - what cmocka needs before it, and a few checks of ours
 */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/str.h"

static inline void assert_str(struct str got, const char *want)
{
	if (!str_eqz(got, want))
		fail_msg("got \"" STR_FMT "\", want \"%s\"", STR_ARG(got), want);
}

/* A number below BELOW; the same row of numbers from the same seed, which is not 0. */
static inline uint32_t pick(uint64_t *seed, uint32_t below)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return (uint32_t)(*seed >> 32) % below;
}
