/*
 * pack.h - texts and numbers as bytes, for pieces that are taken apart again; private to this
 * folder
 */
#pragma once

#include "base/buf.h"
#include "base/str.h"

/* An absent text stays absent. */
void pack_text(struct buf *out, struct str s);
void pack_number(struct buf *out, uint32_t n);
/* Make the number at byte AT the length of what stands behind it: both are a text then. */
void pack_length(struct buf *out, size_t at);
/* Cut it off REST again; absent, or 0, when there is no more. */
struct str unpack_text(struct str *rest);
uint32_t unpack_number(struct str *rest);
