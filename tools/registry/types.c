/* types.c - the kinds of works of Crossref and DataCite in the words of CSL */
#include "registry/record.h"

struct type {
	const char *from, *to;
};

/* Source: Crossref, /types; DataCite 4.6, resourceTypeGeneral; CSL 1.0.2, appendix III */
static const struct type types[] = {
        {"journal-article", "article-journal"},
        {"proceedings-article", "paper-conference"},
        {"posted-content", "article"},
        {"book-chapter", "chapter"},
        {"book-section", "chapter"},
        {"book-part", "chapter"},
        {"book-track", "chapter"},
        {"reference-entry", "entry"},
        {"monograph", "book"},
        {"edited-book", "book"},
        {"reference-book", "book"},
        {"book-set", "book"},
        {"book-series", "book"},
        {"proceedings", "book"},
        {"proceedings-series", "book"},
        {"journal", "periodical"},
        {"journal-issue", "periodical"},
        {"journal-volume", "periodical"},
        {"dissertation", "thesis"},
        {"report-component", "report"},
        {"report-series", "report"},
        {"peer-review", "review"},
        {"database", "dataset"},
        {"JournalArticle", "article-journal"},
        {"DataPaper", "article-journal"},
        {"ConferencePaper", "paper-conference"},
        {"ConferenceProceeding", "book"},
        {"Preprint", "article"},
        {"Text", "document"},
        {"Book", "book"},
        {"BookChapter", "chapter"},
        {"Dissertation", "thesis"},
        {"Report", "report"},
        {"Standard", "standard"},
        {"PeerReview", "review"},
        {"Journal", "periodical"},
        {"Software", "software"},
        {"ComputationalNotebook", "software"},
        {"Workflow", "software"},
        {"Dataset", "dataset"},
        {"Collection", "collection"},
        {"Image", "graphic"},
        {"Audiovisual", "motion_picture"},
        {"Sound", "song"},
};

/* Types that come as they go. */
static const char *const csl[] = {"article",
                                  "article-journal",
                                  "article-magazine",
                                  "article-newspaper",
                                  "book",
                                  "chapter",
                                  "collection",
                                  "dataset",
                                  "document",
                                  "entry",
                                  "event",
                                  "graphic",
                                  "manuscript",
                                  "map",
                                  "motion_picture",
                                  "paper-conference",
                                  "patent",
                                  "periodical",
                                  "report",
                                  "review",
                                  "review-book",
                                  "software",
                                  "song",
                                  "speech",
                                  "standard",
                                  "thesis",
                                  "webpage"};

const char *registry_csl_type(struct str type)
{
	for (size_t i = 0; i < ARRAY_LEN(types); i++)
		if (str_eqz(type, types[i].from))
			return types[i].to;
	for (size_t i = 0; i < ARRAY_LEN(csl); i++)
		if (str_eqz(type, csl[i]))
			return csl[i];
	return "document";
}
