/*
 * files.c - the files of a draft, held against ours by their sums
 *
 * The service knows MD5 sums only. They tell whether bytes arrived, not who made them: for
 * that the release has SHA256SUMS.
 */
#include "deposit/internal.h"

#include "digest/digest.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* "md5:<32 digits>" of FILE; absent with the error noted when it cannot be read. */
static struct str sum_of(const struct session *s, const struct deposit_file *file)
{
	char hex[33];
	int error = file_md5(hex, file->path.s);

	if (!error)
		return PATH(s, "md5:%s", hex);
	(void)err_set(s->err, ERR_IO, STR_FMT ": %s", STR_ARG(file->path),
	              strerror(error));
	return STR_NONE;
}

static const struct doc_node *entry_of(const struct doc_node *list, struct str key)
{
	const struct doc_node *entries = doc_get(list, "entries");

	for (uint32_t i = 0; entries && entries->kind == DOC_LIST && i < entries->n; i++)
		if (str_eq(doc_text(doc_get(&entries->items[i], "key")), key))
			return &entries->items[i];
	return NULL;
}

static struct str file_path(const struct session *s, const struct deposited *d,
                            struct str key, const char *what)
{
	return PATH(s, "/records/" STR_FMT "/draft/files/" STR_FMT "%s",
	            STR_ARG(d->record), STR_ARG(encoded(s, key)), what);
}

static bool take_away(const struct session *s, const struct deposited *d, struct str key)
{
	const struct question q = {"DELETE", file_path(s, d, key, ""), STR_NONE, NULL};
	struct answer a;

	if (!ask(&a, s, &q))
		return false;
	/* 404: gone already, by a try whose answer was lost. */
	if (a.status != 404 && (a.status < 200 || a.status >= 300))
		return refused(s, &a, "take a file away");
	return true;
}

static bool announce(const struct session *s, const struct deposited *d,
                     const struct deposit_file *file)
{
	CLEANUP(buf_release) struct buf body = BUF_INIT(file->key.n * 6 + 32);
	struct question q = {
	        "POST", PATH(s, "/records/" STR_FMT "/draft/files", STR_ARG(d->record)),
	        STR_NONE, NULL};
	struct answer a;

	buf_addz(&body, "[{\"key\": ");
	doc_json_string(&body, file->key);
	buf_addz(&body, "}]");
	q.body = buf_str(&body);
	return ask_for(&a, s, &q, "take another file");
}

static bool send_file(const struct session *s, const struct deposited *d,
                      const struct deposit_file *file, struct str sum)
{
	const struct question content = {"PUT", file_path(s, d, file->key, "/content"),
	                                 STR_NONE, file};
	const struct question commit = {"POST", file_path(s, d, file->key, "/commit"),
	                                STR_NONE, NULL};
	struct str told;
	struct answer a;

	if (s->opt->sending)
		s->opt->sending(s->opt->ctx, file);
	if (!announce(s, d, file) ||
	    !ask_for(&a, s, &content, "take the file's content") ||
	    !ask_for(&a, s, &commit, "keep the file"))
		return false;
	told = doc_text(doc_get(a.json, "checksum"));
	if (str_eq(told, sum))
		return true;
	return err_set(s->err, ERR_IO,
	               STR_FMT " has other bytes of " STR_FMT " than were sent (" STR_FMT
	                       ", not " STR_FMT "); run the same command again",
	               STR_ARG(s->opt->api), STR_ARG(file->key),
	               STR_ARG(diag_quote(s->arena, told)), STR_ARG(sum));
}

static bool bring(struct deposited *out, const struct session *s,
                  const struct doc_node *list, const struct deposit_file *file)
{
	const struct doc_node *there = entry_of(list, file->key);
	struct str sum = sum_of(s, file);

	if (!sum.n)
		return false;
	if (there && str_eqz(doc_text(doc_get(there, "status")), "completed") &&
	    str_eq(doc_text(doc_get(there, "checksum")), sum)) {
		out->kept++;
		return true;
	}
	if (there && !take_away(s, out, file->key))
		return false;
	out->sent++;
	return send_file(s, out, file, sum);
}

static bool is_wanted(const struct session *s, struct str key)
{
	for (size_t i = 0; i < s->opt->files_n; i++)
		if (str_eq(s->opt->files[i].key, key))
			return true;
	return false;
}

bool files_send(struct deposited *out, const struct session *s)
{
	const struct question q = {
	        "GET", PATH(s, "/records/" STR_FMT "/draft/files", STR_ARG(out->record)),
	        STR_NONE, NULL};
	const struct doc_node *entries;
	struct answer a;

	if (!ask_for(&a, s, &q, "list the draft's files"))
		return false;
	entries = doc_get(a.json, "entries");
	for (uint32_t i = 0; entries && entries->kind == DOC_LIST && i < entries->n;
	     i++) {
		struct str key = doc_text(doc_get(&entries->items[i], "key"));

		if (key.n && !is_wanted(s, key) && !take_away(s, out, key))
			return false;
	}
	for (size_t i = 0; i < s->opt->files_n; i++)
		if (!bring(out, s, a.json, &s->opt->files[i]))
			return false;
	return true;
}
