/*
 * draft.c - the record of the service: found, made, described, published
 */
#include "deposit/internal.h"

#include "base/limits.h"

#include <string.h>

static struct str kept(const struct session *s, const struct doc_node *node)
{
	struct str text = doc_text(node);

	return text.n ? arena_str(s->arena, text) : STR_NONE;
}

/* An id is part of addresses and of a line of notes: it must be one plain word. */
static struct str id_of(const struct session *s, const struct doc_node *record)
{
	struct str id = kept(s, doc_get(record, "id"));

	return str_eq(encoded(s, id), id) && !str_starts(id, STR(".")) ? id : STR_NONE;
}

void record_read(struct deposited *out, const struct session *s,
                 const struct doc_node *record)
{
	const struct doc_node *parent = doc_get(record, "parent");
	struct str doi = kept(s, doc_at(record, STR("/pids/doi/identifier")));
	struct str all = kept(s, doc_at(parent, STR("/pids/doi/identifier")));
	struct str page = kept(s, doc_at(record, STR("/links/self_html")));

	out->record = id_of(s, record);
	out->published = doc_is_true(doc_get(record, "is_published"));
	if (doi.n)
		out->doi = doi;
	if (all.n)
		out->all_doi = all;
	if (page.n)
		out->page = page;
}

/* Whether RECORD is about this release, by title and version. */
static bool is_ours(const struct session *s, const struct doc_node *record)
{
	const struct doc_node *metadata = doc_get(record, "metadata");

	return str_eq(doc_text(doc_get(metadata, "title")), s->opt->title) &&
	       str_eq(doc_text(doc_get(metadata, "version")), s->opt->version);
}

/* The answer must be a record; else what it is cannot be said. */
static bool take(struct deposited *out, const struct session *s, const struct answer *a,
                 const char *what)
{
	record_read(out, s, a->json);
	if (out->record.n)
		return true;
	return err_set(s->err, ERR_IO,
	               STR_FMT
	               " answers %s with something that is no record; is this the "
	               "address of the API?",
	               STR_ARG(s->opt->api), what);
}

/* Look for this release in the list of records that PATH asks for. */
static bool find(struct deposited *out, const struct session *s, struct str path,
                 bool published, const char *what)
{
	const struct question q = {"GET", path, STR_NONE, NULL};
	const struct doc_node *hits;
	struct answer a;

	if (!ask_for(&a, s, &q, what))
		return false;
	hits = doc_at(a.json, STR("/hits/hits"));
	for (uint32_t i = 0; hits && hits->kind == DOC_LIST && i < hits->n; i++)
		if (is_ours(s, &hits->items[i]) &&
		    doc_is_true(doc_get(&hits->items[i], "is_published")) == published) {
			record_read(out, s, &hits->items[i]);
			break;
		}
	return true;
}

/* A draft of this release that an earlier run left behind, of which nothing was noted. */
static bool find_left_over(struct deposited *out, const struct session *s)
{
	if (!find(out, s,
	          PATH(s, "/user/records?q=is_published:false&size=%d",
	               LIMIT_DEPOSIT_DRAFTS),
	          false, "list its drafts"))
		return false;
	out->resumed = out->record.n > 0;
	return true;
}

/* The same, published: the record that is known is one of older versions. */
static bool find_version(struct deposited *out, const struct session *s)
{
	if (!find(out, s,
	          PATH(s, "/records/" STR_FMT "/versions?size=%d",
	               STR_ARG(s->opt->record), LIMIT_DEPOSIT_VERSIONS),
	          true, "list the versions of the record"))
		return false;
	out->found = out->record.n > 0;
	return true;
}

static struct str new_record(const struct session *s)
{
	return PATH(s,
	            "{\"access\": {\"record\": \"public\", \"files\": \"public\"}, "
	            "\"files\": {\"enabled\": true}, \"metadata\": " STR_FMT "}",
	            STR_ARG(s->opt->metadata));
}

static bool make(struct deposited *out, const struct session *s)
{
	const struct question q = {"POST", STR("/records"), new_record(s), NULL};
	struct answer a;

	if (!find_left_over(out, s))
		return false;
	if (out->record.n)
		return true;
	return ask_for(&a, s, &q, "make a draft") && take(out, s, &a, "a new draft");
}

/* The next version of the record: the service gives back its draft when there is one. */
static bool make_version(struct deposited *out, const struct session *s)
{
	const struct question q = {"POST",
	                           PATH(s, "/records/" STR_FMT "/versions",
	                                STR_ARG(encoded(s, s->opt->record))),
	                           STR_NONE, NULL};
	struct answer a;

	return ask_for(&a, s, &q, "make a new version of the record") &&
	       take(out, s, &a, "a new version");
}

bool draft_open(struct deposited *out, const struct session *s)
{
	struct str record =
	        PATH(s, "/records/" STR_FMT, STR_ARG(encoded(s, s->opt->record)));
	const struct question draft = {"GET", PATH(s, STR_FMT "/draft", STR_ARG(record)),
	                               STR_NONE, NULL};
	const struct question published = {"GET", record, STR_NONE, NULL};
	struct answer a;

	if (!s->opt->record.n)
		return make(out, s);
	if (!ask(&a, s, &draft))
		return false;
	if (a.status == 200 && !doc_is_true(doc_get(a.json, "is_published"))) {
		out->resumed = true;
		return take(out, s, &a, "the draft");
	}
	if (!ask(&a, s, &published))
		return false;
	if (a.status == 404)
		return err_set(s->err, ERR_CONFIG,
		               STR_FMT " has no record " STR_FMT
		                       " that this token may see; was its draft deleted?",
		               STR_ARG(s->opt->api), STR_ARG(s->opt->record));
	if (a.status != 200)
		return refused(s, &a, "show the record");
	if (is_ours(s, a.json)) {
		out->found = true;
		return take(out, s, &a, "the record");
	}
	if (!find_version(out, s))
		return false;
	return out->found || make_version(out, s);
}

/* The service takes drafts with errors, but would not publish them. */
static bool refuse_errors(const struct session *s, const struct doc_node *record)
{
	const struct doc_node *errors = doc_get(record, "errors");
	struct answer a = {400, record};

	if (!errors || errors->kind != DOC_LIST || !errors->n)
		return true;
	return refused(s, &a, "take the description");
}

bool draft_describe(struct deposited *out, const struct session *s)
{
	struct str draft = PATH(s, "/records/" STR_FMT "/draft", STR_ARG(out->record));
	const struct question describe = {"PUT", draft, new_record(s), NULL};
	const struct question reserve = {
	        "POST", PATH(s, STR_FMT "/pids/doi", STR_ARG(draft)), STR_NONE, NULL};
	struct answer a;

	if (!ask_for(&a, s, &describe, "take the description") ||
	    !refuse_errors(s, a.json))
		return false;
	record_read(out, s, a.json);
	if (out->doi.n)
		return true;
	if (!ask_for(&a, s, &reserve, "reserve a DOI"))
		return false;
	return take(out, s, &a, "a reserved DOI");
}

bool draft_publish(struct deposited *out, const struct session *s)
{
	const struct question q = {"POST",
	                           PATH(s, "/records/" STR_FMT "/draft/actions/publish",
	                                STR_ARG(out->record)),
	                           STR_NONE, NULL};
	const struct question look = {"GET",
	                              PATH(s, "/records/" STR_FMT, STR_ARG(out->record)),
	                              STR_NONE, NULL};
	struct answer a;

	if (!ask(&a, s, &q))
		return false;
	/* 404: an earlier try was carried out, and its answer was lost. */
	if (a.status != 404 && (a.status < 200 || a.status >= 300))
		return refused(s, &a, "publish the draft");
	/* Its own word is no proof: the record must be there for readers. */
	if (!ask_for(&a, s, &look, "show the published record"))
		return false;
	if (!take(out, s, &a, "the published record"))
		return false;
	out->published = true;
	return true;
}
