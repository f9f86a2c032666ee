#include "http/address.h"

#include "../check.h"

static bool global(const char *z)
{
	unsigned char address[HTTP_ADDRESS_BYTES];

	if (!http_address_parse(address, str_of(z)))
		fail_msg("%s is no address", z);
	return http_address_global(address);
}

/* The first and the last address of each special range, and its neighbours. */
static void special_ranges_are_told(void **state)
{
	static const char *const special[] = {
	        "0.0.0.0",
	        "0.255.255.255",
	        "10.0.0.0",
	        "10.255.255.255",
	        "100.64.0.0",
	        "100.127.255.255",
	        "127.0.0.0",
	        "127.0.0.1",
	        "127.255.255.255",
	        "169.254.0.0",
	        "169.254.169.254",
	        "169.254.255.255",
	        "172.16.0.0",
	        "172.31.255.255",
	        "192.0.0.0",
	        "192.0.0.255",
	        "192.0.2.0",
	        "192.0.2.255",
	        "192.88.99.0",
	        "192.88.99.255",
	        "192.168.0.0",
	        "192.168.255.255",
	        "198.18.0.0",
	        "198.19.255.255",
	        "198.51.100.0",
	        "198.51.100.255",
	        "203.0.113.0",
	        "203.0.113.255",
	        "224.0.0.0",
	        "239.255.255.255",
	        "240.0.0.0",
	        "255.255.255.255",
	        "::",
	        "::1",
	        "::7f00:1",
	        "::ffff:127.0.0.1",
	        "::ffff:0:127.0.0.1",
	        "::ffff:10.1.2.3",
	        "64:ff9b::7f00:1",
	        "64:ff9b::10.0.0.1",
	        "64:ff9b:1::",
	        "64:ff9b:1:ffff:ffff:ffff:ffff:ffff",
	        "100::",
	        "100::ffff:ffff:ffff:ffff",
	        "2001::",
	        "2001:1ff:ffff::1",
	        "2001:db8::",
	        "2001:db8:ffff::ffff",
	        "2002:7f00:1::",
	        "2002:c0a8:101::1",
	        "3fff::1",
	        "5f00::1",
	        "fc00::",
	        "fdff:ffff::1",
	        "fe80::",
	        "febf:ffff::1",
	        "fec0::",
	        "feff:ffff::1",
	        "ff00::",
	        "ff02::1",
	        "ffff::ffff",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(special) / sizeof(special[0]); i++)
		if (global(special[i]))
			fail_msg("%s is taken for a public address", special[i]);
}

static void the_rest_is_public(void **state)
{
	static const char *const public[] = {
	        "1.0.0.0",         "9.255.255.255",   "11.0.0.0",
	        "100.63.255.255",  "100.128.0.0",     "126.255.255.255",
	        "128.0.0.0",       "169.253.255.255", "169.255.0.0",
	        "172.15.255.255",  "172.32.0.0",      "191.255.255.255",
	        "192.0.1.0",       "192.0.3.0",       "192.88.98.255",
	        "192.88.100.0",    "192.167.255.255", "192.169.0.0",
	        "198.17.255.255",  "198.20.0.0",      "198.51.99.255",
	        "198.51.101.0",    "203.0.112.255",   "203.0.114.0",
	        "223.255.255.255", "::ffff:8.8.8.8",  "64:ff9b::808:808",
	        "64:ff9b:2::",     "100:0:0:1::",     "2001:200::",
	        "2001:db7::",      "2001:db9::",      "2002:808:808::1",
	        "2606:4700::1111", "3ffe::1",         "fbff::1",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(public) / sizeof(public[0]); i++)
		if (!global(public[i]))
			fail_msg("%s is taken for a special address", public[i]);
}

static void holds(const char *range, const char *address, bool want)
{
	unsigned char bytes[HTTP_ADDRESS_BYTES];
	struct http_range r;

	assert_true(http_range_parse(&r, str_of(range)));
	assert_true(http_address_parse(bytes, str_of(address)));
	if (http_range_holds(&r, bytes) != want)
		fail_msg("%s in %s: want %d", address, range, want);
}

static void ranges_are_read(void **state)
{
	(void)state;
	holds("127.0.0.2-127.0.0.20", "127.0.0.2", true);
	holds("127.0.0.2-127.0.0.20", "127.0.0.20", true);
	holds("127.0.0.2-127.0.0.20", "127.0.0.1", false);
	holds("127.0.0.2-127.0.0.20", "127.0.0.21", false);
	holds("127.0.0.2 - 127.0.0.20", "127.0.0.3", true);
	holds("10.0.0.0/8", "10.255.0.1", true);
	holds("10.1.2.3/8", "10.0.0.0", true);
	holds("10.0.0.0/8", "11.0.0.0", false);
	holds("10.0.0.0/8", "::ffff:10.0.0.1", true);
	holds("0.0.0.0/0", "8.8.8.8", true);
	holds("0.0.0.0/0", "::1", false);
	holds("::1", "::1", true);
	holds("::1", "::2", false);
	holds("fc00::/7", "fd12::1", true);
	holds("::/0", "1.2.3.4", true);
	holds("192.168.1.7", "192.168.1.7", true);
	holds("192.168.1.7/32", "192.168.1.8", false);
}

static void what_is_no_range_is_refused(void **state)
{
	static const char *const bad[] = {
	        "",
	        "x",
	        "10.0.0",
	        "10.0.0.0/",
	        "10.0.0.0/33",
	        "10.0.0.0/-1",
	        "10.0.0.0/8x",
	        "::/129",
	        "10.0.0.9-10.0.0.1",
	        "10.0.0.1-",
	        "-10.0.0.1",
	        "10.0.0.1-::1",
	        "localhost",
	        "10.0.0.0/08888",
	        "1.2.3.4-1.2.3.5-1.2.3.6",
	};
	struct http_range r;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (http_range_parse(&r, str_of(bad[i])))
			fail_msg("\"%s\" is taken for a range", bad[i]);
	assert_false(http_range_parse(&r, STR("10.0.0.1\0")));
}

static void addresses_are_told(void **state)
{
	unsigned char bytes[HTTP_ADDRESS_BYTES];
	char text[HTTP_ADDRESS_TEXT];

	(void)state;
	assert_true(http_address_parse(bytes, STR("127.0.0.1")));
	http_address_text(text, bytes);
	assert_string_equal(text, "127.0.0.1");
	assert_true(http_address_parse(bytes, STR("FE80::1")));
	http_address_text(text, bytes);
	assert_string_equal(text, "fe80::1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(special_ranges_are_told),
	        cmocka_unit_test(the_rest_is_public),
	        cmocka_unit_test(ranges_are_read),
	        cmocka_unit_test(what_is_no_range_is_refused),
	        cmocka_unit_test(addresses_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
