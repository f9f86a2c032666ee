/*
 * DOIs as people write them. More rows are read from the file that STEMMA_DOI_CASES names:
 * id, JSON string, class, canonical form, reason, with tabs between them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/macro.h"
#include "base/text.h"
#include "entry/doi.h"

struct row {
	const char *text, *class, *canonical;
};

static void check(const char *place, struct str text, const char *class,
                  struct str canonical)
{
	struct arena arena = {0};
	struct doi doi;

	doi_parse(&doi, text, &arena);
	if (!str_eqz(str_of(doi_class_name(doi.class)), class) ||
	    !str_eq(doi.canonical, canonical))
		print_error("%s: \"" STR_FMT "\" is %s, " STR_FMT " (" STR_FMT
		            "); expected %s, " STR_FMT "\n",
		            place, STR_ARG(text), doi_class_name(doi.class),
		            STR_ARG(doi.canonical), STR_ARG(doi.why), class,
		            STR_ARG(canonical));
	else
		place = NULL;
	assert_true(doi.why.n > 0);
	assert_true(!doi.canonical.s == (doi.class == DOI_INVALID));
	assert_true(!doi.wire.s == !doi.canonical.s);
	arena_release(&arena);
	if (place)
		fail();
}

static void check_rows(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		check("row", str_of(rows[i].text), rows[i].class,
		      str_of(rows[i].canonical));
}

/* Forms that registries, other programs and their bug reports are known to have met. */
static const struct row facts[] = {
        {"10.1038/nature12373", "valid", "10.1038/nature12373"},
        {"10.1109/CLOUD.2017.89", "valid", "10.1109/cloud.2017.89"},
        {"10.1002/(SICI)1521-3951(199911)216:1<135::AID-PSSB135>3.0.CO;2-#", "valid",
         "10.1002/(sici)1521-3951(199911)216:1<135::aid-pssb135>3.0.co;2-#"},
        {"10.1175/1520-0493(2002)130<1913:EDAWPO>2.0.CO;2", "valid",
         "10.1175/1520-0493(2002)130<1913:edawpo>2.0.co;2"},
        {"10.1021/ma990057+", "valid", "10.1021/ma990057+"},
        {"10.24447/slc-2024-00003/", "valid", "10.24447/slc-2024-00003/"},
        {"10.5281/zenodo.3509134", "valid", "10.5281/zenodo.3509134"},
        {"10.1016/S0140-6736(97)11096-0", "valid", "10.1016/s0140-6736(97)11096-0"},
        {"10.1207/s15327752jpa8502&3_05", "valid", "10.1207/s15327752jpa8502&3_05"},
        {"10.978.8889637/418", "valid", "10.978.8889637/418"},
        {"10.5240/B1FA-0EEC-C316-3316-3A73-L", "valid",
         "10.5240/b1fa-0eec-c316-3316-3a73-l"},
        {"10.1000/a?b", "valid", "10.1000/a?b"},
        {"10.1000/50%off", "valid", "10.1000/50%off"},
        {"10.123456789/abc", "valid", "10.123456789/abc"},
        {"10.5555/12345678", "valid", "10.5555/12345678"},
        {"  10.1038/nature12373\n", "normalised", "10.1038/nature12373"},
        {"doi:10.1038/nature12373", "normalised", "10.1038/nature12373"},
        {"DOI 10.1038/nature12373", "normalised", "10.1038/nature12373"},
        {"https://doi.org/10.1038/nature12373", "normalised", "10.1038/nature12373"},
        {"https://www.doi.org/10.1038/nature12373", "normalised", "10.1038/nature12373"},
        {"https:/doi.org/10.1038/nature12373", "normalised", "10.1038/nature12373"},
        {"info:doi/10.1038/nature12373", "normalised", "10.1038/nature12373"},
        {"https://doi.org/urn:doi:10.1038:nature12373", "normalised",
         "10.1038/nature12373"},
        {"https://hdl.handle.net/10.1038/nature12373", "normalised",
         "10.1038/nature12373"},
        {"https://doi.org/doi:10.1038/nature12373", "normalised", "10.1038/nature12373"},
        {"https://dx.doi.org/10.2307%2F1990888", "normalised", "10.2307/1990888"},
        {"10.1002/(SICI)1099-0771(199806)11:2%3C107::AID-BDM292%3E3.0.CO;2-Y",
         "normalised", "10.1002/(sici)1099-0771(199806)11:2<107::aid-bdm292>3.0.co;2-y"},
        {"https://doi.org/10.1006/rwei.1999%25.0001", "normalised",
         "10.1006/rwei.1999%.0001"},
        {"10.1038/nature12373.", "normalised", "10.1038/nature12373"},
        {"10.1038/nature12373;", "normalised", "10.1038/nature12373"},
        {"(10.1038/nature12373)", "normalised", "10.1038/nature12373"},
        {"<https://doi.org/10.1038/nature12373>", "normalised", "10.1038/nature12373"},
        {"10.1038/nature12373</a>", "normalised", "10.1038/nature12373"},
        {"10.1007/978-3-030-02671-4\\_7", "normalised", "10.1007/978-3-030-02671-4_7"},
        {"https://doi.org/10.18726/2018%7B%5Ctextunderscore%7D3", "suspicious",
         "10.18726/2018{\\textunderscore}3"},
        {"10.1038\xE2\x88\x95nature12373", "normalised", "10.1038/nature12373"},
        {"10.1016/j.cedpsych.2020.101860\xE2\x80\x93", "normalised",
         "10.1016/j.cedpsych.2020.101860-"},
        {"https://doi-org.ezproxy.lib.edu/10.1038/nature12373", "normalised",
         "10.1038/nature12373"},
        {"https://onlinelibrary.wiley.com/doi/full/10.1002/anie.201001234", "normalised",
         "10.1002/anie.201001234"},
        {"https://www.scitepress.org/Link.aspx?doi=10.5220/0010404301780189",
         "normalised", "10.5220/0010404301780189"},
        {"https://doi.org/10.1002/"
         "(SICI)1521-3951(199911)216:1<135::AID-PSSB135>3.0.CO;2-#",
         "suspicious",
         "10.1002/(sici)1521-3951(199911)216:1<135::aid-pssb135>3.0.co;2-#"},
        {"http://example.org/10.1038/nature12373", "suspicious", "10.1038/nature12373"},
        {"10.1038/nature12373 (accessed 2024-01-01)", "suspicious",
         "10.1038/nature12373"},
        {"10.1234/../../../10.1000/182", "suspicious", "10.1234/../../../10.1000/182"},
        {"10.1016/j.cell.2019.05.031.pdf", "suspicious",
         "10.1016/j.cell.2019.05.031.pdf"},
        {"10/gf4gqc", "short", "10/gf4gqc"},
        {"http://doi.org/10/gf4gqc", "short", "10/gf4gqc"},
        {"", "invalid", NULL},
        {"N/A", "invalid", NULL},
        {"unavailable", "invalid", NULL},
        {"10.1038/", "invalid", NULL},
        {"https://doi.org/10.1038", "invalid", NULL},
        {"11.1038/nature12373", "invalid", NULL},
        {"10.1038\\nature12373", "invalid", NULL},
        {"10.abc/123", "invalid", NULL},
        {"1O.1038/nature12373", "invalid", NULL},
        {"10.1038/nature12373 10.1038/nature12374", "invalid", NULL},
        {"10.1038/nature12373, doi:10.1126/science.1118391", "invalid", NULL},
        {"10.1038/nature\x07"
         "12373",
         "invalid", NULL},
        {"arXiv:1706.03762", "invalid", NULL},
        {"10/ab", "invalid", NULL},
        {"01/10/2021", "invalid", NULL},
        {"https://www.nature.com/articles/nature12373", "invalid", NULL},
        {"PMC1234567", "invalid", NULL},
};

/* Written bare: all of it belongs to the DOI. */
static const struct row valid_rows[] = {
        {"10.1038/NATURE12373", "valid", "10.1038/nature12373"},
        {"10.1000/a#b", "valid", "10.1000/a#b"},
        {"10.1000/\xC3\x84mlaut", "valid", "10.1000/\xC3\x84mlaut"},
        {"10.5555/abc", "valid", "10.5555/abc"},
        {"10.5072/abc", "valid", "10.5072/abc"},
        {"10.1000.10/123", "valid", "10.1000.10/123"},
        {"10.1890/0012-9658(2006)87[2832:TFHSMO]2.0.CO;2", "valid",
         "10.1890/0012-9658(2006)87[2832:tfhsmo]2.0.co;2"},
        {"10.1000/\xCE\xB2-x", "valid", "10.1000/\xCE\xB2-x"},
        {"10.1000/\xD0\xB0\xD0\xB1", "valid", "10.1000/\xD0\xB0\xD0\xB1"},
        {"10.6084/m9.figshare.12345.v2", "valid", "10.6084/m9.figshare.12345.v2"},
        {"10.21203/rs.3.rs-1/v1", "valid", "10.21203/rs.3.rs-1/v1"},
        {"10.1000/a,b", "valid", "10.1000/a,b"},
        {"10.1000/a;b", "valid", "10.1000/a;b"},
        {"10.1000/a+b=c", "valid", "10.1000/a+b=c"},
        {"10.1371/journal.pone.0000000.g001", "valid",
         "10.1371/journal.pone.0000000.g001"},
        {"10.1594/PANGAEA.726855", "valid", "10.1594/pangaea.726855"},
        {"10.1130/0091-7613(1990)018<0001:X>2.3.CO;2", "valid",
         "10.1130/0091-7613(1990)018<0001:x>2.3.co;2"},
};

/* One meaning, another form. */
static const struct row normalised_rows[] = {
        {"DOI:10.1038/x1", "normalised", "10.1038/x1"},
        {"DOI: 10.1038/x1", "normalised", "10.1038/x1"},
        {"doi 10.1038/x1", "normalised", "10.1038/x1"},
        {"doi10.1038/x1", "normalised", "10.1038/x1"},
        {"doi.org/10.1038/x1", "normalised", "10.1038/x1"},
        {"dx.doi.org/10.1038/x1", "normalised", "10.1038/x1"},
        {"http://dx.doi.org/10.1038/x1", "normalised", "10.1038/x1"},
        {"HTTPS://DOI.ORG/10.1038/X1", "normalised", "10.1038/x1"},
        {"https//doi.org/10.1038/x1", "normalised", "10.1038/x1"},
        {"https:doi.org/10.1038/x1", "normalised", "10.1038/x1"},
        {"https://doi.org//10.1038/x1", "normalised", "10.1038/x1"},
        {"https://https://doi.org/10.1038/x1", "normalised", "10.1038/x1"},
        {"https://doi.org/https://doi.org/10.1038/x1", "normalised", "10.1038/x1"},
        {"doi:https://doi.org/10.1038/x1", "normalised", "10.1038/x1"},
        {"urn:doi:10.1038:x1", "normalised", "10.1038/x1"},
        {"urn:doi:10.1038/x1", "normalised", "10.1038/x1"},
        {"hdl:10.1038/x1", "normalised", "10.1038/x1"},
        {"info:hdl/10.1038/x1", "normalised", "10.1038/x1"},
        {"https://doi.org/info:doi/10.1038/x1", "normalised", "10.1038/x1"},
        {"10.1038%2Fx1", "normalised", "10.1038/x1"},
        {"10.1038/x1,", "normalised", "10.1038/x1"},
        {"\"10.1038/x1\"", "normalised", "10.1038/x1"},
        {"\xE2\x80\x9C"
         "10.1038/x1\xE2\x80\x9D",
         "normalised", "10.1038/x1"},
        {"[10.1038/x1]", "normalised", "10.1038/x1"},
        {"{10.1038/x1}", "normalised", "10.1038/x1"},
        {"'10.1038/x1'", "normalised", "10.1038/x1"},
        {"[paper](https://doi.org/10.1038/x1)", "normalised", "10.1038/x1"},
        {"[10.1038/x1](https://doi.org/10.1038/x1)", "normalised", "10.1038/x1"},
        {"<a href=\"https://doi.org/10.1038/x1\">10.1038/x1</a>", "normalised",
         "10.1038/x1"},
        {"**10.1038/x1**", "normalised", "10.1038/x1"},
        {"\\doi{10.1038/x1}", "normalised", "10.1038/x1"},
        {"\\url{https://doi.org/10.1038/x1}", "normalised", "10.1038/x1"},
        {"\\href{https://doi.org/10.1038/x1}{text}", "normalised", "10.1038/x1"},
        {"10.1002/(SICI)1:2&lt;107::AID&gt;3.0.CO;2-Y", "normalised",
         "10.1002/(sici)1:2<107::aid>3.0.co;2-y"},
        {"10.1007/a&amp;b", "normalised", "10.1007/a&b"},
        {"10.1007/978\\_3", "normalised", "10.1007/978_3"},
        {"10.1007/978{\\_}3", "normalised", "10.1007/978_3"},
        {"10.1002/1:2$<$107$>$3", "normalised", "10.1002/1:2<107>3"},
        {"https://doi.org/10.1007/a%5C_7", "normalised", "10.1007/a_7"},
        {"10.1038\xE2\x81\x84x1", "normalised", "10.1038/x1"},
        {"10.1038\xEF\xBC\x8Fx1", "normalised", "10.1038/x1"},
        {"\xEF\xBC\x91\xEF\xBC\x90.\xEF\xBC\x91\xEF\xBC\x90\xEF\xBC\x93\xEF\xBC\x98/x1",
         "normalised", "10.1038/x1"},
        {"10.1038/x\xE2\x80\x90"
         "1",
         "normalised", "10.1038/x-1"},
        {"10.1038/\xE2\x80\x8Bx1", "normalised", "10.1038/x1"},
        {"https://doi.org/10.1038/x1?utm_source=a", "normalised", "10.1038/x1"},
        {"https://doi.org/10.1038/x1%20", "normalised", "10.1038/x1"},
        {"https://doi.org/10.1038/x1.", "normalised", "10.1038/x1"},
        {"https://link.springer.com/article/10.1007/s00-1", "normalised",
         "10.1007/s00-1"},
        {"https://onlinelibrary.wiley.com/doi/10.1002/anie.1/abstract", "normalised",
         "10.1002/anie.1"},
        {"https://x.org/article?id=10.1371/journal.pone.1&type=printable", "normalised",
         "10.1371/journal.pone.1"},
        {"https://api.example.org/works/10.1038/x1", "normalised", "10.1038/x1"},
        {"https://login.proxy.edu/login?url=https://doi.org/10.1038/x1", "normalised",
         "10.1038/x1"},
        {"https://login.proxy.edu/login?url=https%3A%2F%2Fdoi.org%2F10.1038%2Fx1",
         "normalised", "10.1038/x1"},
        {"www.nature.com/doi/10.1038/x1", "normalised", "10.1038/x1"},
        {"doi-org.ezproxy.lib.edu/10.1038/x1", "normalised", "10.1038/x1"},
        {"https://doi.org10.1038/x1", "normalised", "10.1038/x1"},
        {"10.1038/x1 [doi]", "normalised", "10.1038/x1"},
        {"10.1038/x1 .", "normalised", "10.1038/x1"},
        {"10.1016/0022-2836(81)90087-5)", "normalised", "10.1016/0022-2836(81)90087-5"},
        {"(10.1016/S0022-2836(05)80360-2)", "normalised",
         "10.1016/s0022-2836(05)80360-2"},
        {"10.1038/x1</sup><b>x", "normalised", "10.1038/x1"},
        {"10.1038/x1\">link", "normalised", "10.1038/x1"},
        {"10.1038/x1|", "normalised", "10.1038/x1"},
        {"https://doi.org/10.1130/0091-7613(1990)018<0001:X>2.3.CO;2", "normalised",
         "10.1130/0091-7613(1990)018<0001:x>2.3.co;2"},
        {"https://doi.org/10.1130/0091-7613(1990)018%3C0001:X%3E2.3.CO%3B2", "normalised",
         "10.1130/0091-7613(1990)018<0001:x>2.3.co;2"},
        {"doi: doi: 10.1038/x1", "normalised", "10.1038/x1"},
        {"DOI:https://dx.doi.org/10.1038/x1", "normalised", "10.1038/x1"},
        {"doi:10.1038/x1.", "normalised", "10.1038/x1"},
        {"https://doi.org/DOI:10.1038/x1", "normalised", "10.1038/x1"},
        {"https://dx.doi.org/doi:10.1038/x1", "normalised", "10.1038/x1"},
        {"https://doi.org/api/handles/10.1038/x1", "normalised", "10.1038/x1"},
        {"http://hdl.handle.net/api/handles/10.1038/x1", "normalised", "10.1038/x1"},
        {"https://doi.org/10.1038/x1&amp;x", "normalised", "10.1038/x1&x"},
        {"https://doi.org/10.1000/100%", "normalised", "10.1000/100%"},
        {"DOI\xEF\xBC\x9A"
         "10.1038/x1",
         "normalised", "10.1038/x1"},
        {"doi = {10.1038/x1},", "normalised", "10.1038/x1"},
        {"\xE2\x80\xB9"
         "10.1038/x1\xE2\x80\xBA",
         "normalised", "10.1038/x1"},
        {"<doi>10.1038/x1</doi>", "normalised", "10.1038/x1"},
        {"10.1038/x1</article-id>", "normalised", "10.1038/x1"},
        {"$10.1038/x1$", "normalised", "10.1038/x1"},
        {"_10.1038/x1_", "normalised", "10.1038/x1"},
        {"![x](https://doi.org/10.1038/x1)", "normalised", "10.1038/x1"},
        {"info:doi:10.1038/x1", "normalised", "10.1038/x1"},
        {"https://doi.org./10.1038/x1", "normalised", "10.1038/x1"},
        {"https://doi.acm.org/10.1145/1.2", "normalised", "10.1145/1.2"},
        {"http://dx.medra.org/10.1430/8105", "normalised", "10.1430/8105"},
        {"https://oadoi.org/10.1038/x1", "normalised", "10.1038/x1"},
        {"10.1038/x1&gt;", "normalised", "10.1038/x1"},
        {"https://doi.org.ezproxy.lib.edu/10.1038/x1", "normalised", "10.1038/x1"},
        {"10.1002/1:2&amp;lt;107", "normalised", "10.1002/1:2<107"},
        {"10.1038/x&ndash;1", "normalised", "10.1038/x-1"},
        {"10.1038&#x2F;x1", "normalised", "10.1038/x1"},
        {"10.1038&#47;x1", "normalised", "10.1038/x1"},
        {"10.1038/x1&#160;", "normalised", "10.1038/x1"},
        {"10.1007/978$_$3", "normalised", "10.1007/978_3"},
        {"10.1007/978$\\_$3", "normalised", "10.1007/978_3"},
        {"https:\\/\\/doi.org\\/10.1038\\/x1", "normalised", "10.1038/x1"},
        {"10\xE2\x80\xA4"
         "1038/x1",
         "normalised", "10.1038/x1"},
        {"https://doi.org:443/10.1038/x1", "normalised", "10.1038/x1"},
        {"https://doi.org/10.1038/x1 ", "normalised", "10.1038/x1"},
        {"https://doi.org/ 10.1038/x1", "normalised", "10.1038/x1"},
};

/* The registry has to say. */
static const struct row suspicious_rows[] = {
        {"10.1000/10.1/182", "suspicious", "10.1000/10.1/182"},
        {"10.1/abc", "suspicious", "10.1/abc"},
        {"10.123/abc", "suspicious", "10.123/abc"},
        {"10.1234567890/abc", "suspicious", "10.1234567890/abc"},
        {"10.0123/abc", "suspicious", "10.0123/abc"},
        {"https://doi.org/10.1038%252Fx1", "suspicious", "10.1038/x1"},
        {"10.1002/(SICI)1:2%253C107::AID%253E3.0.CO;2-Y", "suspicious",
         "10.1002/(sici)1:2%253c107::aid%253e3.0.co;2-y"},
        {"10.1006/rwei.1999%25.0001", "suspicious", "10.1006/rwei.1999%25.0001"},
        {"10.18726/2018{\\textunderscore}3", "suspicious",
         "10.18726/2018{\\textunderscore}3"},
        {"https://doi.org/10.1038/x1#Sec2", "suspicious", "10.1038/x1"},
        {"https://doi.org/10.1000/a?b", "suspicious", "10.1000/a?b"},
        {"https://doi.org/10.1038/x1/", "suspicious", "10.1038/x1/"},
        {"https://www.biorxiv.org/content/10.1101/428472v1", "suspicious",
         "10.1101/428472v1"},
        {"https://www.biorxiv.org/content/10.1101/428472v1.full", "suspicious",
         "10.1101/428472v1.full"},
        {"https://mirror.example.net/10.1038/x1", "suspicious", "10.1038/x1"},
        {"http://10.1038/x1", "suspicious", "10.1038/x1"},
        {"10.1038/x1 Epub 2011 May 17", "suspicious", "10.1038/x1"},
        {"see 10.1038/x1", "suspicious", "10.1038/x1"},
        {"Available at: https://doi.org/10.1038/x1.", "suspicious", "10.1038/x1"},
        {"10.1038/x1 and PMID: 1", "suspicious", "10.1038/x1"},
        {"10.1038/./x1", "suspicious", "10.1038/./x1"},
        {"10.1101/428472v2", "suspicious", "10.1101/428472v2"},
        {"10.1038/x1.html", "suspicious", "10.1038/x1.html"},
        {"10.1038 /x1", "suspicious", "10.1038/x1"},
        {"10.1038/ x1", "suspicious", "10.1038/x1"},
        {"10. 1038/x1", "suspicious", "10.1038/x1"},
        {"10.1016/S0140-6736(97", "suspicious", "10.1016/s0140-6736(97"},
        {"10.1038/natu...", "suspicious", "10.1038/natu"},
        {"10.1038/natu\xE2\x80\xA6", "suspicious", "10.1038/natu"},
        {"10.1038//x1", "suspicious", "10.1038//x1"},
        {"10.1038/nat\\ure", "suspicious", "10.1038/nat\\ure"},
        {"10.1038/x1?utm_source=b", "suspicious", "10.1038/x1?utm_source=b"},
        {"https://doi.org/10.1038/x 1", "suspicious", "10.1038/x"},
        {"htp://doi.org/10.1038/x1", "suspicious", "10.1038/x1"},
        {"10.1038/x1 (Retracted)", "suspicious", "10.1038/x1"},
        {"10.1038/x1\tx", "suspicious", "10.1038/x1"},
        {"10 .1038/x1", "suspicious", "10.1038/x1"},
        {"10.1038/x1/abstract", "suspicious", "10.1038/x1/abstract"},
        {"10.1038/x1/full", "suspicious", "10.1038/x1/full"},
        {"10.1038/x110.1038/x2", "suspicious", "10.1038/x110.1038/x2"},
        {"10.1038/x1\xE2\x80\xA0", "suspicious", "10.1038/x1"},
        {"10.1038/x1\xC2\xB9", "suspicious", "10.1038/x1"},
        {"10.1038/\xEF\xAC\x81n", "suspicious", "10.1038/\xEF\xAC\x81n"},
        {"10.1038/n\xD0\xB0t", "suspicious", "10.1038/n\xD0\xB0t"},
        {"10.1038/a\xEF\xBF\xBD", "suspicious", "10.1038/a\xEF\xBF\xBD"},
        {"10.48550/1706.03762", "suspicious", "10.48550/1706.03762"},
        {"10.48550/arXiv.1706.03762v5", "suspicious", "10.48550/arxiv.1706.03762v5"},
        {"https://doi.org.evil.example/10.1038/x1", "suspicious", "10.1038/x1"},
        {"https://doi.org@evil.example/10.1038/x1", "suspicious", "10.1038/x1"},
        {"https://doi.prg/10.1038/x1", "suspicious", "10.1038/x1"},
};

/* shortDOIs. */
static const struct row short_rows[] = {
        {"10/GF4GQC", "short", "10/gf4gqc"},
        {"doi:10/gf4gqc", "short", "10/gf4gqc"},
        {"https://doi.org/gf4gqc", "short", "10/gf4gqc"},
        {"https://shortdoi.org/10/gf4gqc", "short", "10/gf4gqc"},
};

/* No DOI, or several. */
static const struct row invalid_rows[] = {
        {"http://10.0.0.1/x1", "invalid", NULL},
        {"10.1038/x1; 10.1038/x2", "invalid", NULL},
        {"10.1038/x1;10.1038/x2", "invalid", NULL},
        {"https://doi.org/10.1038/x1https://doi.org/10.1038/x2", "invalid", NULL},
        {"10.1038/.", "invalid", NULL},
        {"10/10/2021", "invalid", NULL},
        {"10/", "invalid", NULL},
        {"https://doi.org/10", "invalid", NULL},
        {"none", "invalid", NULL},
        {"-", "invalid", NULL},
        {"tbd", "invalid", NULL},
        {"n.a.", "invalid", NULL},
        {"?", "invalid", NULL},
        {"10.1038", "invalid", NULL},
        {"10./x1", "invalid", NULL},
        {"10..1038/x1", "invalid", NULL},
        {"10.1038x1", "invalid", NULL},
        {"10.1038:x1", "invalid", NULL},
        {"10.1038 x1", "invalid", NULL},
        {"10.12a4/x", "invalid", NULL},
        {"l0.1038/x", "invalid", NULL},
        {"1O.1O38/x", "invalid", NULL},
        {"010.1038/x", "invalid", NULL},
        {".1038/x", "invalid", NULL},
        {"10,1038/x", "invalid", NULL},
        {"1706.03762", "invalid", NULL},
        {"arXiv:1706.03762v2", "invalid", NULL},
        {"https://arxiv.org/abs/1706.03762", "invalid", NULL},
        {"PMID: 12345678", "invalid", NULL},
        {"ISBN 978-3", "invalid", NULL},
        {"2021-10-01", "invalid", NULL},
        {"2021", "invalid", NULL},
        {"https://www.doi.org/", "invalid", NULL},
        {"https://doi.org/handbook/x", "invalid", NULL},
        {"DOI", "invalid", NULL},
        {"xxx", "invalid", NULL},
        {"10.xxxx/yyyy", "invalid", NULL},
        {"10.1038/x1 10.1038/x1", "invalid", NULL},
        {"None.", "invalid", NULL},
        {"No DOI found", "invalid", NULL},
        {"to be announced", "invalid", NULL},
        {"in press", "invalid", NULL},
        {"10/2021", "invalid", NULL},
        {"10/abc/def", "invalid", NULL},
        {"10.1038//", "invalid", NULL},
        {"978-0-387-84857-0", "invalid", NULL},
        {"0140-6736", "invalid", NULL},
        {"math/0309136", "invalid", NULL},
        {"20.500.12345/678", "invalid", NULL},
        {"hdl:2027/mdp.39015", "invalid", NULL},
        {"10.1038\xE2\x80\x91x1", "invalid", NULL},
};

static void known_forms(void **state)
{
	(void)state;
	check_rows(facts, ARRAY_LEN(facts));
}

static void classes(void **state)
{
	(void)state;
	check_rows(valid_rows, ARRAY_LEN(valid_rows));
	check_rows(normalised_rows, ARRAY_LEN(normalised_rows));
	check_rows(suspicious_rows, ARRAY_LEN(suspicious_rows));
	check_rows(short_rows, ARRAY_LEN(short_rows));
	check_rows(invalid_rows, ARRAY_LEN(invalid_rows));
}

/* A canonical form is canonical: reading it again gives the same. */
static void fixed_points(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(normalised_rows); i++) {
		struct arena arena = {0};
		struct str canonical = str_of(normalised_rows[i].canonical);
		struct doi doi;

		assert_int_equal(doi_parse(&doi, canonical, &arena), DOI_VALID);
		assert_true(str_eq(doi.canonical, canonical));
		arena_release(&arena);
	}
}

static void on_the_wire(void **state)
{
	static const struct {
		const char *text, *wire;
	} rows[] = {
	        {"10.1038/nature12373", "10.1038/nature12373"},
	        {"10.1000/A_b-c.d~e", "10.1000/a_b-c.d~e"},
	        {"10.1002/(SICI)1:2<1::AID-P1>3.0.CO;2-#",
	         "10.1002/%28sici%291%3A2%3C1%3A%3Aaid-p1%3E3.0.co%3B2-%23"},
	        {"10.1000/50%off", "10.1000/50%25off"},
	        {"10.1000/a?b", "10.1000/a%3Fb"},
	        {"10.1021/ma990057+", "10.1021/ma990057%2B"},
	        {"10.1000/a/b/", "10.1000/a%2Fb%2F"},
	        {"10.1234/../../x", "10.1234/..%2F..%2Fx"},
	        {"10.1000/\xC3\xA9", "10.1000/%C3%A9"},
	        {"10/GF4GQC", "10/gf4gqc"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct arena arena = {0};
		struct doi doi;

		doi_parse(&doi, str_of(rows[i].text), &arena);
		if (!str_eqz(doi.wire, rows[i].wire))
			fail_msg("%s: " STR_FMT, rows[i].text, STR_ARG(doi.wire));
		arena_release(&arena);
	}
}

static void address_for_readers(void **state)
{
	static const struct {
		const char *text, *url;
	} rows[] = {
	        {"10.18653/v1/N19-1423", "https://doi.org/10.18653/v1/N19-1423"},
	        {"https://doi.org/10.18653/v1/N19-1423",
	         "https://doi.org/10.18653/v1/n19-1423"},
	        {"10.1234/../../x", "https://doi.org/10.1234/..%2F..%2Fx"},
	        {"10.1000/a?b#c", "https://doi.org/10.1000/a%3Fb%23c"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct arena arena = {0};
		struct doi doi;

		doi_parse(&doi, str_of(rows[i].text), &arena);
		assert_true(str_eqz(doi_url(&doi, &arena), rows[i].url));
		arena_release(&arena);
	}
}

/* What a curator is told: a part of the reason. */
static void reasons(void **state)
{
	static const struct {
		const char *text, *why;
	} rows[] = {
	        {"10.1038/x1", "as it should be"},
	        {"10.5555/x1", "10.5555 is for tests"},
	        {"10.5072/x1", "10.5072 is for tests"},
	        {"doi:10.1038/x1", "label"},
	        {"https://doi.org/10.1038/x1", "address"},
	        {"https://www.nature.com/doi/10.1038/x1", "page"},
	        {"https://doi-org.lib.edu/10.1038/x1", "proxy"},
	        {"10.1038/x1.", "punctuation"},
	        {"10.1038/x1 Epub 2011", "text behind it"},
	        {"see 10.1038/x1", "text before it"},
	        {"10.1038/x1.pdf", "name of a file"},
	        {"10.1101/428472v1", "number of a version"},
	        {"n/a", "placeholder"},
	        {"", "nothing"},
	        {"01/10/2021", "date"},
	        {"arXiv:1706.03762", "10.48550/arXiv."},
	        {"https://arxiv.org/abs/1706.03762", "10.48550/arXiv."},
	        {"PMC1234567", "PubMed"},
	        {"1O.1038/x1", "letters stand for digits"},
	        {"11.1038/x1", "begins with 10."},
	        {"10.1038", "then a slash"},
	        {"10.1038/x1, 10.1038/x2", "more than one"},
	        {"10/ab", "three characters"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct arena arena = {0};
		struct doi doi;

		doi_parse(&doi, str_of(rows[i].text), &arena);
		if (!strstr(doi.why.s, rows[i].why))
			fail_msg("%s: %s", rows[i].text, doi.why.s);
		arena_release(&arena);
	}
}

static void hostile(void **state)
{
	struct buf b = BUF_INIT(1 << 20);

	(void)state;
	check("bad UTF-8", (struct str){"10.1038/\xC3", 9}, "invalid", STR_NONE);
	check("NUL", (struct str){"10.1038/a\0b", 11}, "invalid", STR_NONE);
	check("absent", STR_NONE, "invalid", STR_NONE);
	buf_addz(&b, "10.1038/");
	buf_fill(&b, ')', 4000);
	check("brackets", buf_str(&b), "invalid", STR_NONE);
	buf_fill(&b, 'a', 500000);
	check("too long", buf_str(&b), "invalid", STR_NONE);
	buf_release(&b);
}

/* TEXT is a JSON string of ASCII; escapes \uHHHH are of the BMP. */
static void unquote(struct buf *out, struct str text)
{
	static const char letters[] = "nrtbf", meant[] = "\n\r\t\b\f";

	for (size_t i = 1; i + 1 < text.n; i++) {
		const char *letter;
		char hex[5] = {0};

		if (text.s[i] != '\\') {
			buf_addc(out, text.s[i]);
			continue;
		}
		i++;
		letter = strchr(letters, text.s[i]);
		if (text.s[i] == 'u') {
			memcpy(hex, text.s + i + 1, 4);
			text_add_char(out, (uint32_t)strtoul(hex, NULL, 16));
			i += 4;
		} else {
			buf_addc(out, letter ? meant[letter - letters] : text.s[i]);
		}
	}
}

static void cases_of_a_file(void **state)
{
	const char *path = getenv("STEMMA_DOI_CASES");
	FILE *f = path ? fopen(path, "r") : NULL;
	char line[4096];

	(void)state;
	if (!f)
		skip();
	while (fgets(line, sizeof(line), f)) {
		struct buf text = BUF_INIT(sizeof(line));
		struct str rest = str_of(line), fields[4];
		size_t n = 0;

		while (n < ARRAY_LEN(fields) && str_split(&rest, '\t', &fields[n]))
			n++;
		if (line[0] == '#' || n < ARRAY_LEN(fields))
			continue;
		unquote(&text, fields[1]);
		line[fields[2].s - line + (long)fields[2].n] = '\0';
		check("file", buf_str(&text), fields[2].s,
		      fields[3].n ? fields[3] : STR_NONE);
		buf_release(&text);
	}
	fclose(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(known_forms),
	        cmocka_unit_test(classes),
	        cmocka_unit_test(fixed_points),
	        cmocka_unit_test(on_the_wire),
	        cmocka_unit_test(address_for_readers),
	        cmocka_unit_test(reasons),
	        cmocka_unit_test(hostile),
	        cmocka_unit_test(cases_of_a_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
