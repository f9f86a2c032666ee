#include "dataset/dataset.h"

/*
 * Cardinal rules for whole numbers, one row a group of languages that share them.
 * Source: Unicode CLDR 48, plurals.xml, with v = 0 and f = 0
 */
static const char *one_is_1(size_t n)
{
	return n == 1 ? "one" : "other";
}

static const char *one_is_0_1(size_t n)
{
	return n <= 1 ? "one" : "other";
}

static const char *romance(size_t n)
{
	if (n == 1)
		return "one";
	return n && n % 1000000 == 0 ? "many" : "other";
}

static const char *romance_0_1(size_t n)
{
	return n == 0 ? "one" : romance(n);
}

static bool few_2_4(size_t n)
{
	return n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14);
}

static const char *east_slavic(size_t n)
{
	if (n % 10 == 1 && n % 100 != 11)
		return "one";
	return few_2_4(n) ? "few" : "many";
}

static const char *south_slavic(size_t n)
{
	if (n % 10 == 1 && n % 100 != 11)
		return "one";
	return few_2_4(n) ? "few" : "other";
}

static const char *polish(size_t n)
{
	if (n == 1)
		return "one";
	return few_2_4(n) ? "few" : "many";
}

static const char *czech(size_t n)
{
	if (n == 1)
		return "one";
	return n >= 2 && n <= 4 ? "few" : "other";
}

static const char *arabic(size_t n)
{
	static const char *const small[] = {"zero", "one", "two"};

	if (n <= 2)
		return small[n];
	if (n % 100 >= 3 && n % 100 <= 10)
		return "few";
	return n % 100 >= 11 ? "many" : "other";
}

static const char *hebrew(size_t n)
{
	if (n == 1)
		return "one";
	return n == 2 ? "two" : "other";
}

static const char *lithuanian(size_t n)
{
	if (n % 100 >= 11 && n % 100 <= 19)
		return "other";
	if (n % 10 == 1)
		return "one";
	return n % 10 >= 2 ? "few" : "other";
}

static const char *latvian(size_t n)
{
	if (n % 10 == 0 || (n % 100 >= 11 && n % 100 <= 19))
		return "zero";
	return n % 10 == 1 ? "one" : "other";
}

static const char *romanian(size_t n)
{
	if (n == 1)
		return "one";
	return n == 0 || (n % 100 >= 1 && n % 100 <= 19) ? "few" : "other";
}

static const char *slovenian(size_t n)
{
	if (n % 100 == 1)
		return "one";
	if (n % 100 == 2)
		return "two";
	return n % 100 == 3 || n % 100 == 4 ? "few" : "other";
}

static const char *welsh(size_t n)
{
	static const char *const small[] = {"zero",  "one",   "two", "few",
	                                    "other", "other", "many"};

	return n <= 6 ? small[n] : "other";
}

static const char *irish(size_t n)
{
	if (n == 1)
		return "one";
	if (n == 2)
		return "two";
	if (n >= 3 && n <= 6)
		return "few";
	return n >= 7 && n <= 10 ? "many" : "other";
}

static const char *icelandic(size_t n)
{
	return n % 10 == 1 && n % 100 != 11 ? "one" : "other";
}

static const char *filipino(size_t n)
{
	return n % 10 == 4 || n % 10 == 6 || n % 10 == 9 ? "other" : "one";
}

static const char *maltese(size_t n)
{
	if (n == 1)
		return "one";
	if (n == 2)
		return "two";
	if (n == 0 || (n % 100 >= 3 && n % 100 <= 10))
		return "few";
	return n % 100 >= 11 && n % 100 <= 19 ? "many" : "other";
}

static const char *scottish_gaelic(size_t n)
{
	if (n == 1 || n == 11)
		return "one";
	if (n == 2 || n == 12)
		return "two";
	return n >= 3 && n <= 19 ? "few" : "other";
}

static const char *manx(size_t n)
{
	if (n % 10 == 1)
		return "one";
	if (n % 10 == 2)
		return "two";
	return n % 20 == 0 ? "few" : "other";
}

static const char *breton(size_t n)
{
	size_t tens = n % 100 / 10, last = n % 10;

	if (tens != 1 && tens != 7 && tens != 9) {
		if (last == 1)
			return "one";
		if (last == 2)
			return "two";
		if (last == 3 || last == 4 || last == 9)
			return "few";
	}
	return n && n % 1000000 == 0 ? "many" : "other";
}

static bool cornish_two(size_t n)
{
	size_t m = n % 100000;

	return n % 20 == 2 || (n && n % 1000000 == 100000) ||
	       (n % 1000 == 0 &&
	        ((m >= 1000 && m <= 20000) || m == 40000 || m == 60000 || m == 80000));
}

static const char *cornish(size_t n)
{
	if (n <= 1)
		return n ? "one" : "zero";
	if (cornish_two(n))
		return "two";
	if (n % 20 == 3)
		return "few";
	return n % 20 == 1 ? "many" : "other";
}

static const char *tamazight(size_t n)
{
	return n <= 1 || (n >= 11 && n <= 99) ? "one" : "other";
}

static const char *tachelhit(size_t n)
{
	if (n <= 1)
		return "one";
	return n <= 10 ? "few" : "other";
}

static const char *zero_and_one(size_t n)
{
	if (n == 0)
		return "zero";
	return n == 1 ? "one" : "other";
}

static const char *always_other(size_t n)
{
	(void)n;
	return "other";
}

static const struct {
	const char *languages; /* between spaces */
	plural_rule *category;
} rows[] = {
        {" ja ko zh yue vi th lo my km id ms jv su bm bo dz hnj ig ii jbo kde kea lkt "
         "nqo osa sah ses sg to tpi wo yo ",
         always_other},
        {" am as bn doi fa gu hi kn pcm zu ak bho csw guw ln mg nso pa ti wa hy ff kab "
         "si ",
         one_is_0_1},
        {" fr ", romance_0_1},
        {" pt ", romance_0_1},
        {" es it ca lld pt-PT scn vec ", romance},
        {" ru uk be ", east_slavic},
        {" sr hr bs sh ", south_slavic},
        {" pl ", polish},
        {" cs sk ", czech},
        {" ar ars ", arabic},
        {" he iu naq sat se sma smi smj smn sms ", hebrew},
        {" lt ", lithuanian},
        {" lv prg ", latvian},
        {" ro mo ", romanian},
        {" sl dsb hsb ", slovenian},
        {" cy ", welsh},
        {" ga ", irish},
        {" is mk ", icelandic},
        {" ceb fil tl ", filipino},
        {" mt ", maltese},
        {" gd ", scottish_gaelic},
        {" gv ", manx},
        {" br ", breton},
        {" kw ", cornish},
        {" tzm ", tamazight},
        {" shi ", tachelhit},
        {" blo ksh lag ", zero_and_one},
};

static bool listed(const char *languages, struct str tag)
{
	struct str rest = str_of(languages), one;

	while (str_split(&rest, ' ', &one))
		if (one.n && str_eq(one, tag))
			return true;
	return false;
}

plural_rule *plural_rule_of(struct str tag)
{
	for (;;) {
		size_t dash = str_rfind(tag, '-');

		for (size_t i = 0; i < ARRAY_LEN(rows); i++)
			if (listed(rows[i].languages, tag))
				return rows[i].category;
		if (dash == tag.n)
			return one_is_1;
		tag = str_sub(tag, 0, dash);
	}
}
