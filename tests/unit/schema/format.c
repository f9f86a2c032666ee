/* The formats of JSON Schema: for each, what is valid and what is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/macro.h"
#include "schema/format.h"
#include "schema/schema.h"

/* Both lists end with NULL. */
static void check(const char *format, const char *const *valid,
                  const char *const *invalid)
{
	assert_true(schema_format_known(str_of(format)));
	for (; *valid; valid++)
		if (!schema_format_valid(str_of(format), str_of(*valid)))
			fail_msg("%s refuses \"%s\"", format, *valid);
	for (; *invalid; invalid++)
		if (schema_format_valid(str_of(format), str_of(*invalid)))
			fail_msg("%s accepts \"%s\"", format, *invalid);
}

#define CHECK(format, valid, ...) \
	check((format), (const char *const[]){UNPACK valid, NULL}, \
	      (const char *const[]){__VA_ARGS__, NULL})
#define UNPACK(...) __VA_ARGS__

static void dates(void **state)
{
	(void)state;
	CHECK("date",
	      ("1963-06-19", "2020-01-31", "2021-02-28", "2020-02-29", "2000-02-29",
	       "2020-04-30", "2020-12-31", "0000-01-01", "9999-12-31"),
	      "", "2020-01-32", "2021-02-29", "1900-02-29", "2020-02-30", "2020-03-32",
	      "2020-04-31", "2020-06-31", "2020-09-31", "2020-11-31", "2020-13-01",
	      "2020-00-01", "2020-01-00", "06/19/1963", "2013-350", "1998-1-20",
	      "1998-01-1", "98-01-01", "11998-01-01", "1963-06-1\xE0\xA7\xAA", "20230328",
	      "2023-W01", "2023-W13-2", "2022W527", " 1963-06-19", "1963-06-19 ",
	      "1963-06-19T00:00:00Z", "-001-01-01");
}

static void times(void **state)
{
	(void)state;
	CHECK("time",
	      ("08:30:06Z", "08:30:06z", "23:20:50.52Z", "08:30:06.283185Z",
	       "08:30:06+00:20", "08:30:06-08:00", "00:00:00Z", "23:59:59+23:59",
	       "23:59:60Z", "23:59:60.123Z", "23:59:60+00:00", "01:29:60+01:30",
	       "23:29:60+23:30", "15:59:60-08:00", "00:29:60-23:30"),
	      "", "008:030:006Z", "8:3:6Z", "8:0030:6Z", "24:00:00Z", "00:60:00Z",
	      "00:00:61Z", "22:59:60Z", "23:58:60Z", "23:59:60+01:00", "23:59:60+00:30",
	      "23:59:60-01:00", "23:59:60-00:30", "08:30:06-8:000", "08:30:06-24:00",
	      "08:30:06+24:00", "08:30:06+00:60", "08:30:06-00:60", "01:02:03Z+00:30",
	      "08:30:06 PST", "01:01:01,1111", "12:00:00", "12:00:00.52", "12:00:00.Z",
	      "1\xE0\xA7\xA8:00:00Z", "08:30:06#00:20", "ab:cd:ef", "12:00Z",
	      "12:00:00+00", "12:00:00+0000", "2020-01-01T12:00:00Z");
}

static void date_times(void **state)
{
	(void)state;
	CHECK("date-time",
	      ("1963-06-19T08:30:06.283185Z", "1963-06-19T08:30:06Z",
	       "1937-01-01T12:00:27.87+00:20", "1990-12-31T15:59:50.123-08:00",
	       "1998-12-31T23:59:60Z", "1998-12-31T15:59:60.123-08:00",
	       "1999-01-01T00:59:60+01:00", "2016-06-30T23:59:60Z",
	       "1963-06-19t08:30:06.283185z", "2020-02-29T00:00:00Z"),
	      "", "1998-12-31T23:59:61Z", "1998-12-31T23:58:60Z", "1998-12-31T22:59:60Z",
	      "1998-12-30T23:59:60Z", "1998-12-31T00:59:60+01:00",
	      "1990-02-31T15:59:59.123-08:00", "1990-12-31T15:59:59-24:00",
	      "1990-12-31T24:00:00Z", "1963-06-19T08:30:06.28123+01:00Z",
	      "06/19/1963 08:30:06 PST", "2013-350T01:01:01",
	      "1963-6-19T08:30:06.283185Z", "1963-06-1T08:30:06.283185Z",
	      "1963-06-1\xE0\xA7\xAAT00:00:00Z", "1963-06-11T0\xE0\xA7\xAA:00:00Z",
	      "1963-06-19 08:30:06Z", "1963-06-19T08:30:06", "1963-06-19T08:30:06+00",
	      "1963-06-19T08:30Z", "+11963-06-19T08:30:06.283185Z", "1963-06-19",
	      "1963-06-19T");
}

static void durations(void **state)
{
	(void)state;
	CHECK("duration",
	      ("P4DT12H30M5S", "P4Y", "PT0S", "P0D", "P1M", "PT1M", "PT36H", "P1DT12H",
	       "P2W", "P1Y2M3DT4H5M6S", "P1Y2M", "P2M3D", "P1YT1S", "PT1H2M", "PT2M3S",
	       "P00012D"),
	      "", "P", "PT", "P1YT", "4DT12H30M5S", "P2D1Y", "P1D2H", "P2S", "PT1D",
	      "P1Y2W", "P2W1D", "P1YT2W", "P1", "P1Y2D", "PT1H2S", "P1Y1Y", "PT1.5S",
	      "PT1S2S", "P2\xE0\xA7\xA8Y", "P2WT1S", "P-1D", "-P1D", "p1d", "P1D ", "PD");
}

static void mail(void **state)
{
	(void)state;
	CHECK("email",
	      ("joe.bloggs@example.com", "te~st@example.com", "~test@example.com",
	       "test~@example.com", "\"joe bloggs\"@example.com",
	       "\"joe..bloggs\"@example.com", "\"joe@bloggs\"@example.com",
	       "\"a\\\"b\"@example.com", "joe.bloggs@[127.0.0.1]",
	       "joe.bloggs@[IPv6:::1]", "joe.bloggs@[ipv6:2001:db8::1]",
	       "te.s.t@example.com", "a+b/c=d@example.com", "a@localhost"),
	      "", "2962", "@", "@example.com", "a@", ".test@example.com",
	      "test.@example.com", "te..st@example.com", "joe.bloggs@invalid=domain.com",
	      "joe.bloggs@[127.0.0.300]", "joe.bloggs@[::1]", "joe.bloggs@[IPv6:1.2.3.4]",
	      "joe.bloggs@[127.0.0.1", "joe@bloggs@example.com", "joe bloggs@example.com",
	      "\"joe@example.com", "\"joe\"x@example.com", "\"\t\"@example.com",
	      "a@b.com, c@d.com", "\"Winston Smith\" <w@example.com>",
	      "\xEC\x8B\xA4@example.com", "a@-b.com", "a@b_c.com", "a@b..com",
	      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@b.com");
	CHECK("idn-email",
	      ("\xEC\x8B\xA4\xEB\xA1\x80@\xEC\x8B\xA4\xEB\xA1\x80."
	       "\xED\x85\x8C\xEC\x8A\xA4\xED\x8A\xB8",
	       "joe.bloggs@example.com", "\"\xC3\xA9 x\"@example.com", "a@[IPv6:::1]"),
	      "2962", "@", "\xC3\xA9@", "\xC3\xA9..x@example.com", "a@\xC2\xB7.com");
}

static void hostnames(void **state)
{
	(void)state;
	CHECK("hostname",
	      ("www.example.com", "xn--4gbwdl.xn--wgbh1c", "hostname", "host-name",
	       "h0stn4me", "1host", "hostnam3", "a", "1.2.3.4", "r3---sn-abc.example",
	       "XN--BCHER-KVA.example", "xn--ihqwcrb4cv8a8dqg056pqjye",
	       "xn--zca29lwxobi7a", "xn--qmbc", "xn--ll-0ea", "xn--wva3je",
	       "xn--11b2ezcs70k",
	       "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijk.com"),
	      "", ".", ".example", "example.", "a..b", "-a-host-name-that-starts-with--",
	      "hostname-", "-hostname", "_hostname", "hostname_", "host_name",
	      "not_a_valid_host_name", "a b",
	      "a\xEF\xBC\x8E"
	      "b",
	      "\xC3\xA9.com",
	      "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl.com",
	      "xn--X", "xn--", "XN--aa---o47jg78q", "xn--hello-txk", "xn--hello-zed",
	      "xn--hello-6bf", "xn--chb89f", "xn--07jceefgh4c", "xn--a-2fe", "xn--la-0ea",
	      "xn--l-fda", "xn--99999", "a.b:80", "http://a.b");
}

static void idn_hostnames(void **state)
{
	(void)state;
	CHECK("idn-hostname",
	      ("\xEC\x8B\xA4\xEB\xA1\x80.\xED\x85\x8C\xEC\x8A\xA4\xED\x8A\xB8", /* 실례.테스트 */
	       "www.example.com",
	       "b\xC3\xBC"
	       "cher.example",
	       "a\xE3\x80\x82"
	       "b\xEF\xBC\x8E"
	       "c\xEF\xBD\xA1"
	       "d",
	       "xn--ihqwcrb4cv8a8dqg056pqjye",
	       "\xC3\x9F\xCF\x82\xE0\xBC\x8B\xE3\x80\x87", /* exceptions: PVALID */
	       "\xDB\xBD\xDB\xBE", "l\xC2\xB7l", "\xCE\xB1\xCD\xB5\xCE\xB2",
	       "\xD7\x90\xD7\xB3\xD7\x91", "\xD7\x90\xD7\xB4\xD7\x91",
	       "\xE3\x83\xBB\xE3\x81\x81", "\xD8\xA8\xD8\xA3\xD9\xA1\xD9\xA2",
	       "\xDB\xB0"
	       "0",
	       "\xE0\xA4\x95\xE0\xA5\x8D\xE2\x80\x8D\xE0\xA4\xB7",
	       "\xE0\xA4\x95\xE0\xA5\x8D\xE2\x80\x8C\xE0\xA4\xB7", "www.\xD7\x90\xD7\x91",
	       "\xD7\x90"
	       "1.example"),
	      "", ".", "\xE3\x80\x82", "\xEF\xBC\x8E", ".example",
	      "\xE3\x80\x82"
	      "example",
	      "example.", "example\xE3\x80\x82",
	      "a\xE3\x80\x82\xEF\xBC\x8E"
	      "b",
	      "\xE3\x80\xAE\xEC\x8B\xA4", "\xEC\x8B\xA4\xE3\x80\xAE\xEB\xA1\x80",
	      "-> $1.00 --", "-hello", "hello-", "-\xC3\xA9", "\xC3\xA9-", "ab--\xC3\xA9",
	      "\xE0\xA4\x83hello", "\xCC\x80hello", "\xD2\x88hello", "\xD9\x80\xDF\xBA",
	      "\xE3\x80\xB1\xE3\x80\xB2\xE3\x80\xB3", "a\xC2\xB7l", "\xC2\xB7l",
	      "l\xC2\xB7"
	      "a",
	      "l\xC2\xB7", "\xCE\xB1\xCD\xB5S", "\xCE\xB1\xCD\xB5", "A\xD7\xB3\xD7\x91",
	      "\xD7\xB3\xD7\x91", "A\xD7\xB4\xD7\x91", "\xD7\xB4\xD7\x91",
	      "def\xE3\x83\xBB"
	      "abc",
	      "\xE3\x83\xBB", "\xD8\xA8\xD9\xA0\xDB\xB0",
	      "\xE0\xA4\x95\xE2\x80\x8D\xE0\xA4\xB7", "\xE2\x80\x8D\xE0\xA4\xB7",
	      "B\xC3\xBC"
	      "cher",
	      "e\xCC\x81", "a\xD7\x90", "0\xD7\x90", "1a.\xD7\x90\xD7\x91", "1a.xn--4dbc",
	      "xn--X", "host_name", "\xC3\xA9 x", "\xC3\xA9_x", "\xC3");
}

static void long_names(void **state)
{
	struct buf b = BUF_INIT(1 << 20);

	(void)state;
	for (int i = 0; i < 63; i++)
		buf_addz(&b, "abc.");
	assert_false(schema_format_valid(STR("hostname"), buf_str(&b)));
	buf_addz(&b, "a");
	assert_int_equal(b.n, 253);
	assert_true(schema_format_valid(STR("hostname"), buf_str(&b)));
	assert_true(schema_format_valid(STR("idn-hostname"), buf_str(&b)));
	buf_addz(&b, "b");
	assert_false(schema_format_valid(STR("hostname"), buf_str(&b)));
	assert_false(schema_format_valid(STR("idn-hostname"), buf_str(&b)));
	buf_reset(&b);
	for (int i = 0; i < 63; i++)
		buf_addz(&b, "\xEC\x8B\xA4");
	assert_false(schema_format_valid(STR("idn-hostname"), buf_str(&b)));
	buf_fill(&b, '\xC3', 500000);
	assert_false(schema_format_valid(STR("idn-hostname"), buf_str(&b)));
	buf_release(&b);
}

static void addresses(void **state)
{
	(void)state;
	CHECK("ipv4", ("192.168.0.1", "0.0.0.0", "255.255.255.255"), "", "127.0.0.0.1",
	      "256.256.256.256", "127.0", "0x7f000001", "2130706433", "087.10.0.1",
	      "87.10.0.01", "1.2.3.4 ", " 1.2.3.4", "1.2.3.4\n", "192.168.1.0/24",
	      "1\xE0\xA7\xA8"
	      "7.0.0.1",
	      "1.2.3.", ".1.2.3", "1..2.3", "-1.2.3.4");
	CHECK("ipv6",
	      ("::1", "::", "::abcd:ef12", "1::", "d6::", "1:d6::42", "1:2::192.168.0.1",
	       "::ffff:192.168.0.1", "1:2:3:4:5:6:7:8",
	       "1000:1000:1000:1000:1000:1000:255.255.255.255", "1:2:3:4:5:6:7::"),
	      "", "12345::", "1:1:1:1:1:1:1:1:1:1", "1:1:1:1:1:1:1:1:1", "::laptop",
	      ":2:3", "1:2:3:4:5:6:7:", "1::d6::42", "1::2:192.168.256.1",
	      "1::2:192.168.ff.1", "::ffff:192.168.0.1.2", "127.0.0.1", "1:2:3:4",
	      "  ::1", "::1  ", "fe80::/64", "fe80::a%eth1",
	      "100:100:100:100:100:100:255.255", ":", ":::", "1:2:3:4:5:6:7:\xE0\xA7\xAA",
	      "1111:2222:3333:4444:5555:6666:7777:8888:9999:aaaa:bbbb:cccc");
	assert_false(schema_format_valid(STR("ipv6"), (struct str){"::1\0", 4}));
	assert_false(schema_format_valid(STR("ipv4"), (struct str){"1.2.3.4\0", 8}));
}

static void uris(void **state)
{
	(void)state;
	CHECK("uri",
	      ("http://foo.bar/?baz=qux#quuz",
	       "http://foo.com/blah_(wikipedia)_blah#cite-1",
	       "http://foo.bar/?q=Test%20URL-encoded%20stuff",
	       "http://xn--nw2a.xn--j6w193g/",
	       "http://-.~_!$&'()*+,;=:%40:80%2f::::::@example.com",
	       "http://223.255.255.254", "ftp://ftp.is.co.za/rfc/rfc1808.txt",
	       "ldap://[2001:db8::7]/c=GB?objectClass?one", "mailto:a@example.com",
	       "news:comp.infosystems", "tel:+1-816-555-1212",
	       "urn:oasis:names:x:docbook:dtd:xml:4.1.2", "http://a:80",
	       "x:", "file:///a", "http://[v1.x:y]/"),
	      "", "//foo.bar/?baz=qux#quuz", "/abc", "\\\\WINDOWS\\fileshare", "abc",
	      "http:// shouldfail.com", ":// should fail", "bar,baz:qux", "1a:b",
	      "https://[@example.org/test.txt", "https://example.org/foobar\\.txt",
	      "https://example.org/foobar<>.txt", "https://example.org/foobar{}.txt",
	      "https://example.org/foobar^.txt", "https://example.org/foobar`.txt",
	      "https://example.org/foo bar.txt", "https://example.org/foobar|.txt",
	      "https://example.org/\"", "http://a:port/", "http://[::1", "http://a/%zz",
	      "http://a/%4", "http://a/#b#c", "http://a?[x]", "http://[fe80::1%25eth0]/",
	      "http://[1::2::3]/", "http://\xC3\xA9/", "http://a/\n");
	CHECK("uri-reference",
	      ("", "http://foo.bar/?baz=qux#quuz", "//foo.bar/?baz=qux#quuz", "/abc",
	       "abc", "#fragment", "?q", "a/b:c", "../x"),
	      "\\\\WINDOWS\\fileshare", "#frag\\ment", "a b", "a:b c", ":a", "%",
	      "\xC3\xA9");
}

static void iris(void **state)
{
	(void)state;
	CHECK("iri",
	      ("http://\xC6\x92\xC3\xB8\xC3\xB8.\xC3\x9F\xC3\xA5r/"
	       "?\xE2\x88\x82=\xC3\xAE#\xC3\xAE",
	       "http://foo.bar/?q=%20x", "http://[2001:0db8:85a3::7334]/",
	       "http://-.~_!$&'()*+,;=:%40:80%2f::::::@example.com",
	       "urn:\xF0\x9F\x90\xB2", "http://a/?\xEE\x80\x80"),
	      "", "//\xC6\x92.bar/", "/\xC3\xA9", "\\\\WINDOWS\\fil\xC3\xA9",
	      "http://2001:0db8:85a3:0000:0000:8a2e:0370:7334", "\xC3\xA2:x", "abc",
	      ":// \xC6\x92", "http://a/\xEE\x80\x80", "http://a/#\xEE\x80\x80",
	      "http://a/\xE2\x80\x8E", "http://a/\xE2\x80\xAE", "http://a/\xC2\x85",
	      "http://a:\xC3\xA9/", "http://[\xC3\xA9]/", "http://a/\xEF\xBF\xBD",
	      "http://a/\xEF\xB7\x90", "http://a/\xC3\xA9 b");
	CHECK("iri-reference",
	      ("", "//\xC6\x92\xC3\xB8.\xC3\x9F/?\xE2\x88\x82#\xC3\xAE",
	       "/\xC3\xA2\xCF\x80", "\xC3\xA2\xCF\x80",
	       "#\xC6\x92r\xC3\xA4gm\xC3\xAA"
	       "nt"),
	      "\\\\WINDOWS\\fil\xC3\xA9", "#\xC6\x92r\xC3\xA4g\\m",
	      "\xC3\xA9:\xC3\xA9\\");
}

static void uri_templates(void **state)
{
	(void)state;
	CHECK("uri-template",
	      ("", "http://example.com/dictionary/{term:1}/{term}", "dictionary/{term:1}",
	       "http://example.com/dictionary", "{+x,y}{#a*}{.b}{/c:9999}{;d}{?e,f*}{&g}",
	       "{a.b_c%20}", "{=a}", "'%20", "\xC3\xA9{x}"),
	      "http://example.com/dictionary/{term:1}/{term", "}", "{}", "{+}", "{a,}",
	      "{a,,b}", "{a b}", "{a:0}", "{a:10000}", "{a:}", "{a:1*}", "{a**}",
	      "{a{b}}", "{.}", "{a.}", "{a..b}", "{\xC3\xA9}", "{%2}", "%", "%2", "a b",
	      "\"", "<", ">", "\\", "^", "`", "|", "\x7F", "\t", "\xEF\xBF\xBF");
}

static void pointers(void **state)
{
	(void)state;
	CHECK("json-pointer",
	      ("", "/", "/foo/bar~0/baz~1/%a", "/foo//bar", "/foo/bar/", "/~01", "/ ",
	       "/k\"l", "/a\\b", "/-/0", "/~1.1"),
	      "/foo/bar~", "/~2", "/~-1", "/~~", "a", "0", "#", "#/", "#a", "~0", "/~0~");
	CHECK("relative-json-pointer",
	      ("0", "1", "0/foo/bar", "2/0/baz/1/zip", "0#", "120/foo/bar", "0+1/a",
	       "1-2#"),
	      "", "/foo/bar", "-1/foo/bar", "+1/foo/bar", "0##", "01/a", "01#", "1a",
	      "0+0", "0+01", "0+", "#", "0/~");
}

static void others(void **state)
{
	(void)state;
	CHECK("uuid",
	      ("2EB8AA08-AA98-11EA-B4AA-73B441D16380",
	       "2eb8aa08-aa98-11ea-b4aa-73b441d16380",
	       "2eb8aa08-AA98-11ea-B4Aa-73B441D16380",
	       "00000000-0000-0000-0000-000000000000",
	       "98d80576-482e-427f-8434-7f86890ab222",
	       "99c17cbb-656f-f64a-940f-1a4568f03487"),
	      "", "2eb8aa08-aa98-11ea-b4aa-73b441d1638",
	      "2eb8aa08-aa98-11ea-73b441d16380", "2eb8aa08-aa98-11ea-b4ga-73b441d16380",
	      "2eb8aa08aa9811eab4aa73b441d16380", "2eb8aa08aa98-11ea-b4aa73b441d16380",
	      "2eb8-aa08-aa98-11ea-b4aa73b44-1d16380",
	      "2eb8aa08-aa98-11ea-b4aa-73b441d16380 ",
	      "{2eb8aa08-aa98-11ea-b4aa-73b441d1638}");
	CHECK("regex", ("([abc])+\\s+$", "", "(?<=a*)b", "\\p{Letter}"), "^(abc]", "\\a",
	      "^\\S(|(.|\\n)*\\S)\\Z", "a++", "\\p{Script=Nowhere}");
}

static void unknown(void **state)
{
	(void)state;
	assert_false(schema_format_known(STR("color")));
	assert_false(schema_format_known(STR("DATE")));
	assert_false(schema_format_known(STR("")));
	assert_true(schema_format_valid(STR("color"), STR("anything")));
	assert_null(format_find(STR("dat")));
}

/* The empty text and a text with a NUL are values like others for each format. */
static void odd_values(void **state)
{
	static const char *const names[] = {"date",
	                                    "date-time",
	                                    "time",
	                                    "duration",
	                                    "uri",
	                                    "uri-reference",
	                                    "iri",
	                                    "iri-reference",
	                                    "uri-template",
	                                    "email",
	                                    "idn-email",
	                                    "hostname",
	                                    "idn-hostname",
	                                    "ipv4",
	                                    "ipv6",
	                                    "uuid",
	                                    "regex",
	                                    "json-pointer",
	                                    "relative-json-pointer"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct str name = str_of(names[i]);

		assert_int_equal(schema_format_valid(name, STR_NONE),
		                 schema_format_valid(name, STR("")));
		(void)schema_format_valid(name, (struct str){"\0", 1});
		(void)schema_format_valid(name, (struct str){"\xC3\xA9\0", 3});
	}
	assert_false(schema_format_valid(STR("uri"), (struct str){"a:\0", 3}));
	assert_false(schema_format_valid(STR("hostname"), (struct str){"a\0", 2}));
	assert_false(schema_format_valid(STR("email"), (struct str){"\0@a.b", 5}));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(dates),         cmocka_unit_test(times),
	        cmocka_unit_test(date_times),    cmocka_unit_test(durations),
	        cmocka_unit_test(mail),          cmocka_unit_test(hostnames),
	        cmocka_unit_test(idn_hostnames), cmocka_unit_test(long_names),
	        cmocka_unit_test(addresses),     cmocka_unit_test(uris),
	        cmocka_unit_test(iris),          cmocka_unit_test(uri_templates),
	        cmocka_unit_test(pointers),      cmocka_unit_test(others),
	        cmocka_unit_test(unknown),       cmocka_unit_test(odd_values),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
