#include "reading.h"

static void check(const char *text, const char *want)
{
	struct buf out = BUF_INIT(1 << 20);
	const struct doc_node *bad = NULL;
	struct reading r;

	reading_open(&r, "a.json", str_of(text), NULL);
	if (doc_canonical(&out, root_of(&r), STR_NONE, &bad) != (want != NULL))
		fail_msg("%s", text);
	if (want)
		assert_string_equal(buf_z(&out), want);
	else
		assert_int_equal(bad->kind, DOC_NUMBER);
	reading_release(&r);
	buf_release(&out);
}

/* What byte C is in a string. */
static void add_written(struct buf *out, int c)
{
	static const char from[] = "\b\t\n\f\r\"\\", to[] = "btnfr\"\\";
	const char *p = c ? strchr(from, c) : NULL;

	if (p)
		buf_addf(out, "\\%c", to[p - from]);
	else if (c < 0x20)
		buf_addf(out, "\\u%04x", (unsigned)c);
	else
		buf_addc(out, (char)c);
}

static void check_byte(char *text, size_t n, size_t at, int c)
{
	struct buf out = BUF_INIT(100), want = BUF_INIT(100);

	memset(text, at % 2 ? 'x' : 0xA3, n);
	text[at] = (char)c;
	doc_json_string(&out, (struct str){text, n});
	buf_addc(&want, '"');
	buf_add(&want, (struct str){text, at});
	add_written(&want, c);
	buf_add(&want, (struct str){text + at + 1, n - at - 1});
	buf_addc(&want, '"');
	assert_string_equal(buf_z(&out), buf_z(&want));
	buf_release(&out);
	buf_release(&want);
}

static void every_byte_at_every_place(void **state)
{
	char text[20];

	(void)state;
	for (size_t n = 1; n <= sizeof(text); n++)
		for (size_t at = 0; at < n; at++)
			for (int c = 0; c < 256; c++)
				check_byte(text, n, at, c);
}

/* Source: RFC 8785, sections 3.2.2 to 3.2.4 (numbers that a double carries) */
static void rfc_examples(void **state)
{
	(void)state;
	check("{\"numbers\": [333333333.3333333, 1E30, 4.50, 2e-3,"
	      " 0.000000000000000000000000001],"
	      "\"string\": \"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\","
	      "\"literals\": [null, true, false]}",
	      "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,"
	      "0.002,"
	      "1e-27],\"string\":\"\xE2\x82\xAC$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
	check("{\"\\u20ac\": \"Euro Sign\", \"\\r\": \"Carriage Return\","
	      "\"\\ufb33\": \"Hebrew Letter Dalet With Dagesh\", \"1\": \"One\","
	      "\"\\ud83d\\ude00\": \"Emoji: Grinning Face\", \"\\u0080\": \"Control\","
	      "\"\\u00f6\": \"Latin Small Letter O With Diaeresis\"}",
	      "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\xC2\x80\":\"Control\","
	      "\"\xC3\xB6\":\"Latin Small Letter O With Diaeresis\","
	      "\"\xE2\x82\xAC\":\"Euro Sign\",\"\xF0\x9F\x98\x80\":\"Emoji: Grinning "
	      "Face\","
	      "\"\xEF\xAC\xB3\":\"Hebrew Letter Dalet With Dagesh\"}");
}

/* Source: RFC 8785, appendix B, and the edges of ECMAScript's layouts */
static void numbers(void **state)
{
	static const char *const same[] = {
	        "0",
	        "5e-324",
	        "-5e-324",
	        "1.7976931348623157e+308",
	        "-1.7976931348623157e+308",
	        "9007199254740992",
	        "-9007199254740992",
	        "295147905179352830000",
	        "9.999999999999997e+22",
	        "1e+23",
	        "1.0000000000000001e+23",
	        "999999999999999700000",
	        "999999999999999900000",
	        "1e+21",
	        "9.999999999999997e-7",
	        "0.000001",
	        "333333333.3333332",
	        "333333333.33333325",
	        "333333333.3333333",
	        "333333333.3333334",
	        "333333333.33333343",
	        "-0.0000033333333333333333",
	        "1424953923781206.2",
	        "100",
	        "123456.789",
	        "1e-7",
	        "1.5e-10",
	        "100000000000000000000",
	        "2.2250738585072014e-308",
	};
	static const struct {
		const char *text, *canonical;
	} other[] = {{"-0", "0"},
	             {"-0.0", "0"},
	             {"0e99", "0"},
	             {"1.10", "1.1"},
	             {"1e3", "1000"},
	             {"100e-2", "1"},
	             {"1E21", "1e+21"},
	             {"12345e-10", "0.0000012345"},
	             {"1e20", "100000000000000000000"},
	             {"0.00000010", "1e-7"}};
	static const char *const lossy[] = {"9007199254740993",
	                                    "1e400",
	                                    "1e-400",
	                                    "0.1000000000000000055511151231257827",
	                                    "123456789012345678901234567890",
	                                    "1180591620717411303424",
	                                    "0.30000000000000001",
	                                    "333333333.33333329",
	                                    "4.9e-324",
	                                    "1e99999999999999999999"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(same); i++)
		check(same[i], same[i]);
	for (size_t i = 0; i < ARRAY_LEN(other); i++)
		check(other[i].text, other[i].canonical);
	for (size_t i = 0; i < ARRAY_LEN(lossy); i++)
		check(lossy[i], NULL);
}

static void skips_at_the_top_only(void **state)
{
	struct buf out = BUF_INIT(1000);
	const struct doc_node *bad;
	struct reading r;

	(void)state;
	reading_open(&r, "a.yaml", STR("history: [1]\nb: {history: 2}\na: 1\n"), NULL);
	assert_true(doc_canonical(&out, root_of(&r), STR("history"), &bad));
	assert_string_equal(buf_z(&out), "{\"a\":1,\"b\":{\"history\":2}}");
	reading_release(&r);
	buf_release(&out);
}

static void tells_which_number(void **state)
{
	struct buf out = BUF_INIT(1000);
	const struct doc_node *bad;
	struct reading r;

	(void)state;
	reading_open(&r, "a.yaml", STR("a: [1, 2]\nb: 9007199254740993\n"), NULL);
	assert_false(doc_canonical(&out, root_of(&r), STR_NONE, &bad));
	assert_ptr_equal(bad, doc_get(root_of(&r), "b"));
	reading_release(&r);
	buf_release(&out);
}

/* What the plainest of writers makes of S. */
static void write_plainly(struct buf *out, struct str s)
{
	buf_addc(out, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.s[i];

		if (c == '"' || c == '\\')
			buf_addf(out, "\\%c", c);
		else if (c < 0x20 && strchr("\b\t\n\f\r", c) && c)
			buf_addf(out, "\\%c", "btn-fr"[c - '\b']);
		else if (c < 0x20)
			buf_addf(out, "\\u%04x", c);
		else
			buf_addc(out, s.s[i]);
	}
	buf_addc(out, '"');
}

/* Strings are looked at eight bytes at a time: any byte, in any place of up to 19. */
static void any_byte_anywhere(void **state)
{
	struct buf out = BUF_INIT(1000), want = BUF_INIT(1000);
	char text[19];

	(void)state;
	for (size_t n = 0; n <= sizeof(text); n++)
		for (size_t at = 0; at < n; at++)
			for (int c = 0; c < 256; c++) {
				memset(text, c < 128 ? '~' : '!', n);
				text[at] = (char)c;
				buf_reset(&out);
				buf_reset(&want);
				doc_json_string(&out, (struct str){text, n});
				write_plainly(&want, (struct str){text, n});
				assert_string_equal(buf_z(&out), buf_z(&want));
			}
	buf_release(&out);
	buf_release(&want);
}

/* Few members and many are sorted in two ways. */
static void maps_of_any_size(void **state)
{
	(void)state;
	for (int n = 0; n < 40; n++) {
		struct buf in = BUF_INIT(1000), want = BUF_INIT(1000);

		for (int i = 0; i < n; i++) {
			buf_addf(&in, "%s\"%02d\":%d", i ? "," : "{", i * 7 % 41,
			         i * 7 % 41);
		}
		buf_addz(&in, n ? "}" : "{}");
		for (int key = 0; key < 41; key++)
			for (int i = 0; i < n; i++)
				if (i * 7 % 41 == key)
					buf_addf(&want, "%s\"%02d\":%d",
					         want.n ? "," : "{", key, key);
		buf_addz(&want, n ? "}" : "{}");
		check(buf_z(&in), buf_z(&want));
		buf_release(&in);
		buf_release(&want);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(every_byte_at_every_place),
	        cmocka_unit_test(rfc_examples),
	        cmocka_unit_test(numbers),
	        cmocka_unit_test(skips_at_the_top_only),
	        cmocka_unit_test(tells_which_number),
	        cmocka_unit_test(any_byte_anywhere),
	        cmocka_unit_test(maps_of_any_size),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
