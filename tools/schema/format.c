#include "schema/format.h"

#include "base/macro.h"
#include "schema/pattern.h"
#include "schema/schema.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_hex(char c)
{
	return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

/* RFC 9562, section 4: any version and variant, either case. */
static bool uuid(struct str value)
{
	static const char form[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

	if (value.n != sizeof(form) - 1)
		return false;
	for (size_t i = 0; i < value.n; i++)
		if (form[i] == '-' ? value.s[i] != '-' : !is_hex(value.s[i]))
			return false;
	return true;
}

/* RFC 6901, section 3. */
static bool json_pointer(struct str value)
{
	if (value.n && value.s[0] != '/')
		return false;
	for (size_t i = 0; i < value.n; i++)
		if (value.s[i] == '~' && (i + 1 == value.n || (value.s[i + 1] != '0' &&
		                                               value.s[i + 1] != '1')))
			return false;
	return true;
}

/* A number without leading zeros is cut off S. */
static bool cut_integer(struct str *s)
{
	size_t n = 0;

	while (n < s->n && is_digit(s->s[n]))
		n++;
	if (n == 0 || (n > 1 && s->s[0] == '0'))
		return false;
	*s = str_sub(*s, n, s->n);
	return true;
}

/* draft-bhutton-relative-json-pointer-00, section 3: with index manipulation. */
static bool relative_json_pointer(struct str value)
{
	if (!cut_integer(&value))
		return false;
	if (value.n && (value.s[0] == '+' || value.s[0] == '-')) {
		value = str_sub(value, 1, value.n);
		if (str_starts(value, STR("0")) || !cut_integer(&value))
			return false;
	}
	return str_eqz(value, "#") || json_pointer(value);
}

static const struct format formats[] = {
        {"date", format_date},
        {"date-time", format_date_time},
        {"time", format_time},
        {"duration", format_duration},
        {"uri", format_uri},
        {"uri-reference", format_uri_reference},
        {"iri", format_iri},
        {"iri-reference", format_iri_reference},
        {"uri-template", format_uri_template},
        {"email", format_email},
        {"idn-email", format_idn_email},
        {"hostname", format_hostname},
        {"idn-hostname", format_idn_hostname},
        {"ipv4", format_ipv4},
        {"ipv6", format_ipv6},
        {"uuid", uuid},
        {"regex", pattern_valid},
        {"json-pointer", json_pointer},
        {"relative-json-pointer", relative_json_pointer},
};

const struct format *format_find(struct str name)
{
	for (size_t i = 0; i < ARRAY_LEN(formats); i++)
		if (str_eqz(name, formats[i].name))
			return &formats[i];
	return NULL;
}

bool schema_format_valid(struct str format, struct str value)
{
	const struct format *f = format_find(format);

	return !f || f->valid(value);
}

bool schema_format_known(struct str format)
{
	return format_find(format) != NULL;
}
