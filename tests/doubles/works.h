/*
 * works.h - the works whose records were seen at the services, trimmed
 */
#pragma once

#include "doc/doc.h"
#include "double.h"

extern const struct work recorded[];
extern const size_t recorded_n;
