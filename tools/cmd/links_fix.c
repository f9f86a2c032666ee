/*
 * links_fix.c - `stemma links --fix`: new addresses in place of old ones
 *
 * Only the bytes of the value change. The new text is read again before anything is written:
 * the value must be the new address, and nothing else may differ.
 */
#include "cmd/links.h"

#include "base/limits.h"
#include "cmd/replace.h"
#include "digest/digest.h"

#include <stdlib.h>

struct fix {
	const struct link_place *place;
	struct str url; /* the new one */
};

struct fixing {
	struct linking *l;
	struct replacing all;
	struct fix *items; /* sorted by file and place */
	size_t n, cap;
	size_t fixed, files, left;
};

/* The new address for what is written at P: with its own fragment. */
static struct str new_url(const struct link_url *u, const struct link_place *p,
                          struct arena *arena)
{
	struct str fragment = link_fragment(p->text);

	if (!fragment.s || link_fragment(u->result.final_url).s)
		return u->result.final_url;
	return arena_fmt(arena, STR_FMT "#" STR_FMT, STR_ARG(u->result.final_url),
	                 STR_ARG(fragment));
}

static void collect(struct fixing *f)
{
	const struct link_set *set = &f->l->set;
	struct arena *arena = f->l->run->arena;

	for (size_t i = 0; i < set->urls.n; i++) {
		const struct link_url *u = set->urls.items[i].value;

		if (u->result.verdict != LINK_REDIRECTED || !u->result.final_url.n)
			continue;
		for (const struct link_place *p = u->places; p; p = p->next)
			if (p->pointer.s)
				*arena_push(arena, f->items, f->n, f->cap) =
				        (struct fix){p, new_url(u, p, arena)};
	}
}

static int by_place(const void *a, const void *b)
{
	const struct link_place *x = ((const struct fix *)a)->place;
	const struct link_place *y = ((const struct fix *)b)->place;
	int c = str_cmp(x->file, y->file);

	if (c)
		return c;
	return x->from < y->from ? -1 : x->from > y->from;
}

/* Whether URL can stand without quotes, also inside of { } and [ ]. YAML 1.2.2, 7.3.3 */
static bool is_plain(struct str url)
{
	static const struct str bad[] = {STR(","), STR("["), STR("]"), STR("{"),
	                                 STR("}")};

	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		if (str_find(url, bad[i].s[0]) < url.n)
			return false;
	return url.n && url.s[url.n - 1] != ':';
}

/* URL as OLD is written: plain or in the same quotes; false for anything else. */
static bool add_value(struct buf *out, struct str old, struct str text, struct str url)
{
	char quote = old.n ? old.s[0] : '\0';

	if (str_eq(old, text) && is_plain(url)) {
		buf_add(out, url);
		return true;
	}
	/* Neither quote, backslash nor control character is in an address. */
	if (!str_eq(old, text) && quote != '"' && quote != '\'')
		return false;
	quote = str_eq(old, text) ? '"' : quote;
	if (str_find(url, quote) < url.n || str_find(url, '\\') < url.n)
		return false;
	buf_addc(out, quote);
	buf_add(out, url);
	buf_addc(out, quote);
	return true;
}

/* The new text of one file into OUT; how many of its N values could be written. */
static size_t rewrite(struct buf *out, struct str bytes, const struct fix *fixes,
                      size_t n)
{
	size_t at = 0, done = 0;

	for (size_t i = 0; i < n; i++) {
		const struct link_place *p = fixes[i].place;
		size_t before;

		if (p->from < at || p->to < p->from || p->to > bytes.n)
			continue; /* the same bytes, by an alias */
		buf_add(out, str_sub(bytes, at, p->from - at));
		before = out->n;
		if (add_value(out, str_sub(bytes, p->from, p->to - p->from), p->text,
		              fixes[i].url)) {
			done++;
		} else {
			buf_truncate(out, before);
			buf_add(out, str_sub(bytes, p->from, p->to - p->from));
		}
		at = p->to;
	}
	buf_add(out, str_sub(bytes, at, bytes.n));
	return done;
}

/* Whether TEXT, read again, has at each place the new address, or still the old one. */
static bool holds(struct fixing *f, struct str path, struct str text,
                  const struct fix *fixes, size_t n)
{
	CLEANUP(arena_release) struct arena arena = {0};
	const struct collection *c = dataset_collection_of(f->l->dataset, path);
	const struct source source = {path, text};
	struct diag_list unused;
	struct docs docs;

	diag_init(&unused, &arena);
	if (!c || !doc_read(&docs, &source, &c->read, &arena, &unused))
		return false;
	for (size_t i = 0; i < n; i++) {
		const struct link_place *p = fixes[i].place;
		size_t number = (size_t)p->document;
		struct str now;

		if (number < 1 || number > docs.n)
			return false;
		now = doc_text(doc_at(&docs.items[number - 1].root, p->pointer));
		if (!str_eq(now, fixes[i].url) && !str_eq(now, p->text))
			return false;
	}
	return true;
}

static bool fix_file(struct fixing *f, const struct fix *fixes, size_t n, struct err *err)
{
	CLEANUP(buf_release)
	struct buf bytes = BUF_INIT(LIMIT_FILE_BYTES), text = BUF_INIT(LIMIT_FILE_BYTES);
	struct arena *arena = f->l->run->arena;
	struct str path = fixes[0].place->file;
	char *digest = arena_array(arena, char, 65);
	struct source source;
	const char *why = "it is too large";
	size_t done;

	if (source_read(&source, &bytes, path, &why) != SOURCE_OK)
		return err_set(err, ERR_IO, STR_FMT ": %s", STR_ARG(path), why);
	sha256_text(digest, source.bytes);
	done = rewrite(&text, source.bytes, fixes, n);
	f->left += n - done;
	if (!done)
		return true;
	if (text.overflow || !holds(f, path, buf_str(&text), fixes, n)) {
		f->left += done;
		return true;
	}
	f->fixed += done;
	f->files++;
	return replacing_add(&f->all, path, digest, buf_str(&text), err);
}

static bool fix_all(struct fixing *f, struct err *err)
{
	for (size_t from = 0, to; from < f->n; from = to) {
		for (to = from + 1; to < f->n && str_eq(f->items[to].place->file,
		                                        f->items[from].place->file);)
			to++;
		if (!fix_file(f, f->items + from, to - from, err))
			return false;
	}
	return replacing_finish(&f->all, err);
}

bool links_fix(struct linking *l, struct err *err)
{
	struct fixing f = {.l = l};
	bool ok;

	collect(&f);
	if (!f.n)
		return true;
	qsort(f.items, f.n, sizeof(*f.items), by_place);
	replacing_begin(&f.all, l->run->arena);
	ok = fix_all(&f, err);
	replacing_release(&f.all);
	if (!ok)
		return false;
	run_say(l->run, "%zu %s in %zu %s written anew", f.fixed,
	        f.fixed == 1 ? "link" : "links", f.files,
	        f.files == 1 ? "file was" : "files were");
	if (f.left)
		run_say(l->run, "%zu %s left as %s: change %s by hand", f.left,
		        f.left == 1 ? "link was" : "links were",
		        f.left == 1 ? "it is" : "they are", f.left == 1 ? "it" : "them");
	return true;
}
