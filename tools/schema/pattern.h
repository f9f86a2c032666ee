/*
 * pattern.h - ECMA-262 regular expressions (u mode) on PCRE2
 *
 * A pattern is translated once into PCRE2's dialect, compiled (with JIT when there is one),
 * and matched unanchored. What ECMA-262's u mode refuses is refused here too.
 * Source: ECMA-262 2023, section 22.2; JSON Schema 2020-12, Core, section 6.4
 */
#pragma once

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct pattern;

enum pattern_result {
	PATTERN_NO,
	PATTERN_YES,
	PATTERN_EXPLODED /* a match limit was hit */
};

/*
 * Compile TEXT into ARENA. The result lives as long as ARENA; the library's memory is in it.
 * pattern_release() gives back only the machine code, which is none of the arena's: call it
 * before the arena goes where patterns come and go.
 * Fails: ERR_SCHEMA "not a regular expression: WHAT at character N: what to write", or
 *        "unsupported regular expression: ..." for what ECMA-262 has and PCRE2 has not
 */
bool pattern_compile(struct pattern **out, struct str text, struct arena *arena,
                     struct err *err) MUST_CHECK;
void pattern_release(struct pattern *p);
/* Whether TEXT is a regular expression, be it one pattern_compile() cannot do. */
bool pattern_valid(struct str text);
/* Match VALUE (UTF-8). *MATCH is the thread's scratch (struct schema_scratch.match). */
enum pattern_result pattern_match(const struct pattern *p, struct str value,
                                  void **match);
void pattern_match_release(void **match);
