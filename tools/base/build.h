/*
 * build.h - which program this is
 */
#pragma once

#include <stdint.h>

/*
 * A number that another build of this program, or of a library that it uses, does not have; 0
 * when the linker left no trace. What one build found out the next one may see differently.
 */
uint64_t build_number(void);
