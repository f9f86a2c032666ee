/*
 * kinds.c - the types of works in words of their own
 *
 * Datasets name types as they like; only what is known on both sides is compared.
 * Source: CSL 1.0.2, appendix III
 */
#include "reference/internal.h"

static const char article[] = "an article of a journal",
                  paper[] = "a paper of a conference", book[] = "a book",
                  chapter[] = "a chapter of a book", report[] = "a report",
                  preprint[] = "a preprint", thesis[] = "a thesis",
                  dataset[] = "a dataset", software[] = "software", page[] = "a web page",
                  standard[] = "a standard", patent[] = "a patent";

struct kind {
	const char *type, *kind;
};

static const struct kind csl[] = {
        {"article-journal", article},
        {"article-magazine", article},
        {"article-newspaper", article},
        {"review", article},
        {"review-book", article},
        {"paper-conference", paper},
        {"book", book},
        {"chapter", chapter},
        {"entry", chapter},
        {"entry-encyclopedia", chapter},
        {"entry-dictionary", chapter},
        {"report", report},
        {"article", preprint},
        {"thesis", thesis},
        {"dataset", dataset},
        {"software", software},
        {"webpage", page},
        {"post-weblog", page},
        {"standard", standard},
        {"patent", patent},
};

/* As datasets, BibTeX, RIS, Crossref and DataCite name them, without marks. */
static const struct kind cited[] = {
        {"article journal", article},
        {"journal article", article},
        {"article", article},
        {"jour", article},
        {"paper conference", paper},
        {"conference paper", paper},
        {"proceedings article", paper},
        {"inproceedings", paper},
        {"conference", paper},
        {"cpaper", paper},
        {"book", book},
        {"monograph", book},
        {"edited book", book},
        {"textbook", book},
        {"chapter", chapter},
        {"book chapter", chapter},
        {"chap", chapter},
        {"incollection", chapter},
        {"inbook", chapter},
        {"technical report", report},
        {"report", report},
        {"techreport", report},
        {"rprt", report},
        {"preprint", preprint},
        {"posted content", preprint},
        {"thesis", thesis},
        {"dissertation", thesis},
        {"phdthesis", thesis},
        {"mastersthesis", thesis},
        {"dataset", dataset},
        {"software", software},
        {"webpage", page},
        {"web page", page},
        {"website", page},
        {"standard", standard},
        {"patent", patent},
};

static const char *find(const struct kind *rows, size_t n, struct str type)
{
	for (size_t i = 0; i < n; i++)
		if (str_eqz(type, rows[i].type))
			return rows[i].kind;
	return NULL;
}

const char *kind_of_cited(struct str type)
{
	CLEANUP(arena_release) struct arena arena = {0};

	return find(cited, ARRAY_LEN(cited), fold_words(&arena, type));
}

const char *kind_of_csl(struct str type)
{
	return find(csl, ARRAY_LEN(csl), type);
}

bool kinds_agree(const char *a, const char *b)
{
	/* Publishers register proceedings as books, and reports as books. */
	static const char *const alike[][2] = {
	        {paper, chapter},
	        {paper, article},
	        {report, book},
	        {standard, report},
	};

	if (a == b)
		return true;
	for (size_t i = 0; i < ARRAY_LEN(alike); i++)
		if ((a == alike[i][0] && b == alike[i][1]) ||
		    (a == alike[i][1] && b == alike[i][0]))
			return true;
	return false;
}
