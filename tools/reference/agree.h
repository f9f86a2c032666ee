/*
 * agree.h - whether a source says of a work what the registry's record says
 */
#pragma once

#include "entry/cited.h"
#include "reference/reference.h"

/* Which part of a source a remark is about. */
enum remark_part { REMARK_DOI, REMARK_TITLE, REMARK_AUTHOR, REMARK_YEAR, REMARK_TYPE };

struct remark {
	const struct rule *rule;
	enum severity severity; /* the rule's, or less */
	enum remark_part part;
	struct str text; /* names what the source and what the record says */
	struct str suggestion; /* absent: none */
};

#define REMARKS_MAX 16

/* {0} is empty. There is room for all that can be told of one work. */
struct remarks {
	struct remark items[REMARKS_MAX];
	size_t n;
};

/*
 * Compare WORK with the record R: title, first author, year, type. What one of them does not
 * say is not compared. Texts go to ARENA.
 */
void reference_agree(struct remarks *out, const struct cited_work *work,
                     const struct reference *r, struct arena *arena);
/*
 * What has become of the work of R: retracted, doubted, corrected; or that R is itself a notice.
 * A reinstatement lifts what came before it.
 * WORK  the source that cites it, or NULL; one of status "retracted" tells nobody news
 */
void reference_standing(struct remarks *out, const struct cited_work *work,
                        const struct reference *r, struct arena *arena);
/* The same for what another list says of DOI: UPDATES, N of them. */
void reference_standing_of(struct remarks *out, const struct cited_work *work,
                           struct str doi, const struct reference_update *updates,
                           size_t n, struct arena *arena);
/* How grave an update of TYPE is: SEVERITY_ERROR, _WARNING, _NOTE; _OFF: not at all. */
enum severity reference_severity(struct str type);

/* ---- for titles and names by themselves ---- */

/*
 * How near two titles are, 0 to 100: markup, entities, case, marks and punctuation do not count;
 * '+' and '#' do. 100: the same.
 */
int reference_title_ratio(struct str a, struct str b);
/* A and B name the same person or body: the family name is the same without particles. */
bool reference_same_name(const struct reference_name *a, const struct reference_name *b);
