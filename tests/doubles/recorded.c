/* recorded.c - works in the words of their registries */
#include "works.h"

#include "base/macro.h"

#define UPDATED(parts) "\"updated\":{\"date-parts\":[[" parts "]]}"

static const char wakefield[] =
        "\"title\":[\"RETRACTED: Ileal-lymphoid-nodular hyperplasia, non-specific colitis, "
        "and pervasive developmental disorder in children\"],\"container-title\":[\"The "
        "Lancet\"],\"author\":[{\"given\":\"AJ\",\"family\":\"Wakefield\",\"sequence\":"
        "\"first\",\"affiliation\":[]},{\"given\":\"SH\",\"family\":\"Murch\",\"sequence\":"
        "\"additional\",\"affiliation\":[]}],\"issued\":{\"date-parts\":[[1998,2]]},"
        "\"type\":\"journal-article\",\"publisher\":\"Elsevier BV\",\"relation\":{},"
        "\"updated-by\":[{\"DOI\":\"10.1016/s0140-6736(04)15715-2\",\"type\":"
        "\"correction\",\"label\":\"Correction\",\"source\":\"retraction-watch\"," UPDATED(
                "2004,3,6") ",\"record-id\":\"17269\"},{\"DOI\":"
                            "\"10.1016/s0140-6736(10)60175-4\",\"type\":\"retraction\",\"label\":"
                            "\"Retraction\",\"source\":\"publisher\"," UPDATED(
                                    "2010,2,6") "},{\"DOI\":"
                                                "\"10.1016/s0140-6736(10)60175-4\",\"type\":\"retraction\",\"label\":"
                                                "\"Retraction\",\"source\":\"retraction-watch\"," UPDATED(
                                                        "2010,2,6") ","
                                                                    "\"record-id\":\"4036\"}]";

static const char notice[] =
        "\"title\":[\"Retraction\\u2014Ileal-lymphoid-nodular hyperplasia, non-specific "
        "colitis, and pervasive developmental disorder in children\"],\"container-title\":"
        "[\"The Lancet\"],\"author\":[{\"name\":\"The Editors of The Lancet\"}],"
        "\"issued\":{\"date-parts\":[[2010,2]]},\"type\":\"journal-article\","
        "\"update-to\":[{\"DOI\":\"10.1016/s0140-6736(97)11096-0\",\"type\":"
        "\"retraction\",\"label\":\"Retraction\",\"source\":\"publisher\"," UPDATED(
                "2010,2,6") "}]";

static const char residual[] =
        "\"title\":[\"Deep Residual Learning for Image Recognition\"],\"container-title\":"
        "[\"2016 IEEE Conference on Computer Vision and Pattern Recognition (CVPR)\"],"
        "\"author\":[{\"given\":\"Kaiming\",\"family\":\"He\",\"sequence\":\"first\","
        "\"affiliation\":[]},{\"given\":\"Xiangyu\",\"family\":\"Zhang\"},{\"given\":"
        "\"Shaoqing\",\"family\":\"Ren\"},{\"given\":\"Jian\",\"family\":\"Sun\"}],"
        "\"issued\":{\"date-parts\":[[2016,6]]},\"type\":\"proceedings-article\","
        "\"publisher\":\"IEEE\"";

static const char subword[] =
        "\"title\":[\"Enriching Word Vectors with Subword Information\"],"
        "\"container-title\":[\"Transactions of the Association for Computational "
        "Linguistics\"],\"author\":[{\"given\":\"Piotr\",\"family\":\"Bojanowski\","
        "\"sequence\":\"first\"},{\"given\":\"Edouard\",\"family\":\"Grave\"}],"
        "\"issued\":{\"date-parts\":[[2017,12]]},\"type\":\"journal-article\"";

static const char short_target[] =
        "\"title\":[\"A work with a short DOI\"],\"author\":[{\"name\":\"Somebody\"}],"
        "\"issued\":{\"date-parts\":[[1996]]},\"type\":\"journal-article\"";

static const char attention[] =
        "\"creators\":[{\"name\":\"Vaswani, Ashish\",\"nameType\":\"Personal\","
        "\"givenName\":\"Ashish\",\"familyName\":\"Vaswani\"},{\"name\":\"Shazeer, "
        "Noam\",\"nameType\":\"Personal\",\"givenName\":\"Noam\",\"familyName\":"
        "\"Shazeer\"}],\"titles\":[{\"title\":\"Attention Is All You Need\"}],"
        "\"publisher\":\"arXiv\",\"publicationYear\":2017,\"types\":"
        "{\"resourceTypeGeneral\":\"Preprint\"},\"dates\":[{\"date\":\"2017\","
        "\"dateType\":\"Issued\"}],\"version\":\"7\"";

static const char entangled[] =
        "\"creators\":[{\"name\":\"Hidding, Johan\",\"nameType\":\"Personal\","
        "\"givenName\":\"Johan\",\"familyName\":\"Hidding\",\"affiliation\":[],"
        "\"nameIdentifiers\":[]}],\"titles\":[{\"title\":\"Entangled\"}],\"publisher\":"
        "\"Zenodo\",\"publicationYear\":2022,\"types\":{\"resourceTypeGeneral\":"
        "\"Software\"},\"dates\":[{\"date\":\"2022-01-24\",\"dateType\":\"Issued\"}],"
        "\"relatedIdentifiers\":[{\"relationType\":\"HasVersion\",\"relatedIdentifier\":"
        "\"10.5281/zenodo.5898417\",\"relatedIdentifierType\":\"DOI\"}],\"version\":"
        "\"v1.3.0\"";

#define WORK(kind_, agency_, doi_, recorded_) \
	{ \
		.kind = (kind_), .agency = (agency_), .doi = {(doi_), sizeof(doi_) - 1}, \
		.recorded = (recorded_), .number = -1 \
	}

const struct work recorded[] = {
        WORK(WORK_CROSSREF, "Crossref", "10.1016/S0140-6736(97)11096-0", wakefield),
        WORK(WORK_CROSSREF, "Crossref", "10.1016/S0140-6736(10)60175-4", notice),
        WORK(WORK_CROSSREF, "Crossref", "10.1109/CVPR.2016.90", residual),
        WORK(WORK_CROSSREF, "Crossref", "10.1016/S0933-3657(96)00367-3", short_target),
        WORK(WORK_CROSSREF, "Crossref", "10.1162/tacl_a_00051", subword),
        WORK(WORK_DATACITE, "DataCite", "10.48550/arXiv.1706.03762", attention),
        WORK(WORK_DATACITE, "DataCite", "10.5281/zenodo.3877116", entangled),
};
const size_t recorded_n = ARRAY_LEN(recorded);
