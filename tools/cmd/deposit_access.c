/*
 * deposit_access.c - where a deposit goes, and by whose leave
 */
#include "cmd/deposit.h"

#include "base/limits.h"
#include "http/url.h"

#include <stdlib.h>

/* Whoever listens on the way may take a token: it goes out in the clear to no public host. */
static bool check_api(struct run *r, struct str api, const struct deposit_args *args,
                      struct err *err)
{
	struct str shown = http_url_shown(r->arena, api);
	struct http_url url;
	const char *why;

	if (!http_url_parse(&url, r->arena, api, &why))
		return err_set(err, ERR_USAGE, "the service's address " STR_FMT ": %s",
		               STR_ARG(shown), why);
	return str_eqz(url.scheme, "https") || args->network.allow.n ||
	       err_set(err, ERR_USAGE,
	               "the service's address " STR_FMT
	               " must begin with https://: the token would be sent in the clear",
	               STR_ARG(shown));
}

bool deposit_api(struct str *out, struct run *r, const struct dataset *d,
                 const struct deposit_args *args, struct err *err)
{
	struct str url = args->url.n ? args->url
	                             : doc_text(doc_at(d->config, STR("/deposit/url")));

	while (url.n && url.s[url.n - 1] == '/')
		url.n--;
	if (!url.n)
		return err_set(err, ERR_USAGE,
		               "where to? Give the service's address: --url "
		               "https://sandbox.zenodo.org, or `deposit: {url: ...}` in "
		               "stemma.yaml");
	*out = str_ends(url, STR("/api")) ? url : arena_cat(r->arena, url, STR("/api"));
	return check_api(r, *out, args, err);
}

bool deposit_token(struct str *out, struct run *r, const struct deposit_args *args,
                   struct err *err)
{
	CLEANUP(buf_release) struct buf bytes = BUF_INIT(LIMIT_TOKEN_BYTES);
	const char *variable = getenv(DEPOSIT_TOKEN_VARIABLE);
	struct source source;
	const char *why = "it is too large for a token";

	*out = variable ? str_of(variable) : STR_NONE;
	if (args->token_file.n) {
		if (source_read(&source, &bytes, args->token_file, &why) != SOURCE_OK)
			return err_set(err, ERR_IO, STR_FMT ": %s",
			               STR_ARG(args->token_file), why);
		*out = arena_str(r->arena, str_trim(source.bytes));
	}
	if (!out->n)
		return err_set(
		        err, ERR_USAGE,
		        "there is no token: put it into the variable " DEPOSIT_TOKEN_VARIABLE
		        ", or into a file that --token-file names");
	for (size_t i = 0; i < out->n; i++)
		if (out->s[i] <= ' ' || out->s[i] > '~')
			return err_set(err, ERR_USAGE,
			               "the token has characters that no token has; was "
			               "something else put in its place?");
	return true;
}
