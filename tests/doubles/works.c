/* works.c - what is registered: recorded works, and 5,000 made by number */
#include "double.h"
#include "works.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* In each row of this many numbers the works are of these kinds, in this order. */
#define ROW 250
#define DATACITE_FROM 210
#define OTHER_AT 248
#define SPECIAL_AT 249

static bool same(struct str a, struct str b)
{
	return a.n == b.n && !strncasecmp(a.s ? a.s : "", b.s ? b.s : "", a.n);
}

/* What is special about the special ones: alias, deleted, not registered, comma, bare. */
static struct str special_doi(int i, struct arena *arena)
{
	static const char *const names[] = {"alias", "deleted", "missing", "", "bare"};
	int which = i / ROW % 5;

	if (which == 3)
		return arena_fmt(arena, "10.1002/(sici)1097,%05d:1<aid2>3.0.co;2-q", i);
	return arena_fmt(arena, "10.1016/%s.%05d", names[which], i);
}

struct str work_doi(int i, struct arena *arena)
{
	int at = i % ROW;

	if (at == SPECIAL_AT)
		return special_doi(i, arena);
	if (at == OTHER_AT)
		return arena_fmt(arena, "10.3280/double2020-%05d", i);
	if (at >= DATACITE_FROM)
		return arena_fmt(arena, "10.5281/zenodo.77%05d", i);
	if (i % 3 == 0)
		return arena_fmt(arena, "10.1109/DOUBLE.2016.%05d", i);
	return arena_fmt(arena, "10.1016/j.double.2019.%05d", i);
}

static enum work_kind special_kind(int i)
{
	static const enum work_kind kinds[] = {WORK_ALIAS, WORK_DELETED, WORK_NONE,
	                                       WORK_CROSSREF, WORK_BARE};

	return kinds[i / ROW % 5];
}

static void set_generated(struct work *out, int i)
{
	int at = i % ROW;

	out->number = i;
	out->kind = at == SPECIAL_AT      ? special_kind(i)
	            : at == OTHER_AT      ? WORK_OTHER
	            : at >= DATACITE_FROM ? WORK_DATACITE
	                                  : WORK_CROSSREF;
	out->agency = out->kind == WORK_NONE       ? NULL
	              : out->kind == WORK_OTHER    ? (i / ROW % 2 ? "JaLC" : "mEDRA")
	              : out->kind == WORK_DATACITE ? "DataCite"
	                                           : "Crossref";
	out->unlisted = at == 7; /* 4 of 1,000 were missing from batches */
}

/* The number in a DOI of ours: its last five digits, if it is the DOI of that number. */
static bool find_generated(struct work *out, struct str doi, struct arena *arena)
{
	for (size_t at = 0; at + 5 <= doi.n; at++) {
		int i = 0;
		size_t k = 0;

		for (; k < 5 && doi.s[at + k] >= '0' && doi.s[at + k] <= '9'; k++)
			i = i * 10 + (doi.s[at + k] - '0');
		if (k < 5)
			continue;
		out->doi = work_doi(i, arena);
		if (!same(out->doi, doi))
			continue;
		set_generated(out, i);
		return true;
	}
	return false;
}

void work_find(struct work *out, struct str doi, struct arena *arena)
{
	for (size_t i = 0; i < recorded_n; i++)
		if (same(recorded[i].doi, doi)) {
			*out = recorded[i];
			return;
		}
	*out = (struct work){.number = -1, .doi = doi};
	if (find_generated(out, doi, arena)) {
		if (out->kind == WORK_DELETED)
			out->url = "http://www.crossref.org/deleted_DOI.html";
		if (out->kind == WORK_ALIAS)
			out->url = arena_fmt(arena,
			                     "https://doi.org/10.1016/"
			                     "j.double.2019.%05d",
			                     out->number / ROW * ROW + 1)
			                   .s;
		return;
	}
	*out = (struct work){.number = -1, .doi = doi};
}

static void add_doi(struct buf *out, struct str doi, bool upper)
{
	char text[400];
	size_t n = doi.n < sizeof(text) ? doi.n : sizeof(text);

	for (size_t i = 0; i < n; i++) {
		char c = doi.s[i];
		bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';

		text[i] = !letter ? c : (char)(upper ? c & ~0x20 : c | 0x20);
	}
	doc_json_string(out, (struct str){text, n});
}

void work_crossref(struct buf *out, const struct work *w, bool upper)
{
	buf_addz(out, "{\"DOI\":");
	add_doi(out, w->doi, upper);
	if (w->recorded) {
		buf_addf(out, ",%s}", w->recorded);
		return;
	}
	buf_addf(
	        out,
	        ",\"title\":[\"Study <i>%d</i> of doubles &amp; limits\"],"
	        "\"container-title\":[\"Journal of Doubles\"],\"author\":[{\"given\":\"A. "
	        "%d\",\"family\":\"Author\",\"sequence\":\"first\",\"affiliation\":[]},"
	        "{\"name\":\"Consortium %d\"}],\"issued\":{\"date-parts\":[[%d,%d]]},"
	        "\"published-print\":{\"date-parts\":[[null]]},\"type\":"
	        "\"journal-article\",\"publisher\":\"Doubles\",\"relation\":{}}",
	        w->number, w->number, w->number % 10, 1990 + w->number % 35,
	        1 + w->number % 12);
}

void work_datacite(struct buf *out, const struct work *w)
{
	buf_addz(out, "{\"id\":");
	add_doi(out, w->doi, false);
	buf_addz(out, ",\"type\":\"dois\",\"attributes\":{\"doi\":");
	add_doi(out, w->doi, false);
	if (w->recorded)
		buf_addf(out, ",%s", w->recorded);
	else
		buf_addf(
		        out,
		        ",\"creators\":[{\"name\":\"Author, A. %d\",\"nameType\":"
		        "\"Personal\",\"givenName\":\"A. %d\",\"familyName\":\"Author\"}],"
		        "\"titles\":[{\"title\":\"Data %d\"}],\"publisher\":\"Zenodo\","
		        "\"publicationYear\":%d,\"types\":{\"resourceTypeGeneral\":"
		        "\"Dataset\"},\"dates\":[{\"date\":\"%d-01-24\",\"dateType\":"
		        "\"Issued\"}],\"relatedIdentifiers\":[]",
		        w->number, w->number, w->number, 2015 + w->number % 10,
		        2015 + w->number % 10);
	buf_addz(out, ",\"state\":\"findable\",\"isActive\":true},\"relationships\":{}}");
}
