/*
 * format.h - private: the formats of JSON Schema, one function each
 *
 * VALUE is UTF-8. Nothing is allocated that outlives a call; nothing fails.
 */
#pragma once

#include <stdbool.h>

#include "base/str.h"

struct format {
	const char *name; /* as in a schema */
	bool (*valid)(struct str value);
};

/* The format NAME, or NULL when this program does not assert it. Lives for ever. */
const struct format *format_find(struct str name);

/* format_time.c. Source: RFC 3339, section 5.6 and appendix A */
bool format_date_time(struct str value);
bool format_date(struct str value);
bool format_time(struct str value);
bool format_duration(struct str value);

/* format_host.c. Source: RFC 1123, section 2.1; RFC 5890 to 5893; RFC 5321, 4.1.2; RFC 6531 */
bool format_hostname(struct str value);
bool format_idn_hostname(struct str value);
bool format_email(struct str value);
bool format_idn_email(struct str value);
/* Source: RFC 2673, section 3.2; RFC 4291, section 2.2 */
bool format_ipv4(struct str value);
bool format_ipv6(struct str value);

/* format_uri.c. Source: RFC 3986; RFC 3987; RFC 6570 */
bool format_uri(struct str value);
bool format_uri_reference(struct str value);
bool format_iri(struct str value);
bool format_iri_reference(struct str value);
bool format_uri_template(struct str value);
