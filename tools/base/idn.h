/*
 * idn.h - names of hosts beyond ASCII [libidn2]
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

#define IDN_LABEL_MAX 63 /* octets of one label of a host name, as it is looked up */

/* Whether LABEL, "xn--..." in any case, is Punycode of a label that IDNA2008 allows. */
bool idn_a_label(struct str label);
/* Octets of the ASCII form of LABEL (UTF-8); 0 when IDNA2008 does not allow it. */
size_t idn_u_label(struct str label);
/* Append LABEL ("xn--...") in UTF-8 to OUT; false when it is no Punycode. */
bool idn_decode(struct buf *out, struct str label);
/*
 * The name that is looked up for HOST (UTF-8): Punycode in lower case. Absent when there is
 * none.
 * Source: RFC 5891, section 5, after the mapping of UTS #46 (non-transitional)
 */
struct str idn_lookup(struct arena *a, struct str host);
