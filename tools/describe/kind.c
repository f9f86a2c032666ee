/*
 * kind.c - what kinds of works are called in each form
 */
#include "describe/internal.h"

#include "base/text.h"

/* Sources: the types of Crossref, DataCite and CSL 1.0.2; BibTeXing; RIS; schema.org */
static const struct {
	const char *type;
	struct work_kind kind;
} kinds[] = {
#define ROW(type, bibtex, venue, ris, csl, schema, published) \
	{ \
		type, \
		{ \
			bibtex, ris, csl, schema, venue, published \
		} \
	}
#define ARTICLE(type) \
	ROW(type, "article", "journal", "JOUR", "article-journal", "ScholarlyArticle", \
	    false)
        ARTICLE("journal-article"),
        ARTICLE("article-journal"),
        ARTICLE("article"),
#undef ARTICLE
#define PAPER(type) \
	ROW(type, "inproceedings", "booktitle", "CPAPER", "paper-conference", \
	    "ScholarlyArticle", false)
        PAPER("conference-paper"),
        PAPER("proceedings-article"),
        PAPER("paper-conference"),
        PAPER("inproceedings"),
#undef PAPER
#define BOOK(type) ROW(type, "book", "publisher", "BOOK", "book", "Book", true)
        BOOK("book"),
        BOOK("monograph"),
        BOOK("edited-book"),
        BOOK("reference-book"),
#undef BOOK
#define CHAPTER(type) \
	ROW(type, "incollection", "booktitle", "CHAP", "chapter", "Chapter", false)
        CHAPTER("book-chapter"),
        CHAPTER("chapter"),
        CHAPTER("book-section"),
#undef CHAPTER
#define REPORT(type) \
	ROW(type, "techreport", "institution", "RPRT", "report", "Report", true)
        REPORT("technical-report"),
        REPORT("report"),
        REPORT("working-paper"),
#undef REPORT
#define PREPRINT(type) \
	ROW(type, "misc", "howpublished", "UNPB", "article", "ScholarlyArticle", true)
        PREPRINT("preprint"),
        PREPRINT("posted-content"),
#undef PREPRINT
#define THESIS(type) ROW(type, "phdthesis", "school", "THES", "thesis", "Thesis", true)
        THESIS("thesis"),
        THESIS("dissertation"),
#undef THESIS
        ROW("dataset", "misc", "howpublished", "DATA", "dataset", "Dataset", true),
        ROW("software", "misc", "howpublished", "COMP", "software", "SoftwareSourceCode",
            true),
        ROW("standard", "misc", "howpublished", "STAND", "standard", "CreativeWork",
            true),
        ROW("webpage", "misc", "howpublished", "ELEC", "webpage", "WebPage", false),
        ROW("web-page", "misc", "howpublished", "ELEC", "webpage", "WebPage", false),
        ROW("website", "misc", "howpublished", "ELEC", "webpage", "WebSite", false),
#undef ROW
};

static const struct work_kind document = {"misc",         "GEN",          "document",
                                          "CreativeWork", "howpublished", false};

const struct work_kind *work_kind(const struct cited_work *w)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (str_eqz(w->type, kinds[i].type))
			return &kinds[i].kind;
	return &document;
}

bool author_has_name(const struct cited_author *a)
{
	return a->family.n || a->literal.n || a->given.n;
}

static bool is_visible(char c)
{
	return c > ' ' && c < 0x7F;
}

static bool is_blank(uint32_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0x2028 ||
	       c == 0x2029;
}

/* How many bytes from FROM on stand as they are: visible ASCII, with single blanks between. */
static size_t run_n(struct str s, size_t from)
{
	size_t at = from;

	for (; at < s.n; at++) {
		bool inner = s.s[at] == ' ' && at > from && at + 1 < s.n &&
		             is_visible(s.s[at + 1]);

		if (!is_visible(s.s[at]) && !inner)
			break;
	}
	return at - from;
}

void add_line(struct buf *out, struct str s)
{
	size_t start = out->n;
	bool blank = false;

	for (size_t at = 0; at < s.n;) {
		size_t from = at;
		uint32_t c;

		at += run_n(s, at);
		if (at > from && blank && out->n > start)
			buf_addc(out, ' ');
		if (at > from) {
			blank = false;
			buf_add(out, str_sub(s, from, at - from));
			continue;
		}
		c = text_next(s, &at);
		blank = blank || is_blank(c);
		if (is_blank(c) || c == TEXT_BAD || text_unsafe(c))
			continue;
		if (blank && out->n > start)
			buf_addc(out, ' ');
		blank = false;
		buf_add(out, str_sub(s, from, at - from));
	}
}

int work_year(const struct cited_work *w)
{
	int year = 0;

	if (!w->year.n || w->year.n > 4)
		return -1;
	for (size_t i = 0; i < w->year.n; i++) {
		if (w->year.s[i] < '0' || w->year.s[i] > '9')
			return -1;
		year = year * 10 + (w->year.s[i] - '0');
	}
	return year;
}
