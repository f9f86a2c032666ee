#include "describe/feed.h"

#include "describe/internal.h"
#include "describe/xml.h"

/* The feed is another thing than the first release, though the commit is the same. */
#define FEED_FROM 4

static int digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : 0;
}

/* A UUID made of 16 bytes of COMMIT from FROM on. Source: RFC 9562, section 5.8 (version 8) */
static struct str uuid(struct str commit, size_t from, struct arena *arena)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT(64);

	commit = str_sub(commit, 2 * from, commit.n);

	buf_addz(&b, "urn:uuid:");
	for (size_t i = 0; i < 32 && i < commit.n; i++) {
		int nibble = digit(commit.s[i]);

		if (i == 8 || i == 12 || i == 16 || i == 20)
			buf_addc(&b, '-');
		if (i == 12)
			nibble = 8;
		if (i == 16)
			nibble = 8 | (nibble & 3);
		buf_addc(&b, "0123456789abcdef"[nibble]);
	}
	return arena_str(arena, buf_str(&b));
}

static void updated(struct xml *x, struct str date, struct arena *arena)
{
	xml_element(x, "updated", arena_fmt(arena, STR_FMT "T00:00:00Z", STR_ARG(date)));
}

static void link_to(struct xml *x, struct str address)
{
	if (!address.n)
		return;
	xml_open(x, "link");
	xml_attribute(x, "rel", STR("alternate"));
	xml_attribute(x, "href", address);
	xml_close(x);
}

/* A feed must have an author: where nobody is named, the dataset speaks for itself. */
static void authors(struct xml *x, const struct about *a, struct arena *arena)
{
	for (size_t i = 0; i < a->creators_n; i++) {
		xml_open(x, "author");
		xml_element(x, "name", creator_name(&a->creators[i], arena));
		xml_close(x);
	}
	if (a->creators_n)
		return;
	xml_open(x, "author");
	xml_element(x, "name", a->publisher.n ? a->publisher : a->title);
	xml_close(x);
}

void feed_begin(struct buf *out, const struct feed *f)
{
	CLEANUP(arena_release) struct arena arena = {0};
	const struct about *a = f->about;
	struct xml x = {.out = out};

	xml_begin(&x);
	xml_open(&x, "feed");
	xml_attribute(&x, "xmlns", STR("http://www.w3.org/2005/Atom"));
	xml_attribute(&x, "xml:lang", STR("en"));
	xml_element(&x, "id", uuid(f->first_commit, FEED_FROM, &arena));
	xml_element(&x, "title", a->title);
	updated(&x, f->date, &arena);
	authors(&x, a, &arena);
	link_to(&x, a->homepage);
	xml_element(&x, "rights", a->license);
}

static void item(struct xml *x, const struct feed *f, struct str id, int version,
                 struct arena *arena)
{
	struct str page =
	        entry_page(f->about->entry_page, f->default_language, id, arena);

	xml_open(x, "li");
	if (page.n) {
		xml_open(x, "a");
		xml_attribute(x, "href", page);
		xml_text(x, id);
		xml_close(x);
		x->inlined = true;
	} else {
		xml_text(x, id);
	}
	xml_text(x, arena_fmt(arena, " v%d", version));
	xml_close(x);
}

static void change(struct xml *x, const struct feed *f, const struct feed_change *c,
                   struct arena *arena)
{
	if (!c->n)
		return;
	xml_element(x, "p", arena_fmt(arena, "%zu %s", c->n, c->what));
	if (!c->ids_n)
		return;
	xml_open(x, "ul");
	for (size_t i = 0; i < c->ids_n; i++)
		item(x, f, c->ids[i], c->versions[i], arena);
	if (c->n > c->ids_n)
		xml_element(x, "li", arena_fmt(arena, "and %zu more", c->n - c->ids_n));
	xml_close(x);
}

static struct str summary(const struct feed_release *r, struct arena *arena)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT(4096);

	for (size_t i = 0; i < r->changes_n; i++)
		if (r->changes[i].n)
			buf_addf(&b, "%s%zu %s", b.n ? ", " : "", r->changes[i].n,
			         r->changes[i].what);
	return b.n ? arena_str(arena, buf_str(&b)) : STR("no entry changed");
}

void feed_release(struct buf *out, const struct feed *f, const struct feed_release *r)
{
	CLEANUP(arena_release) struct arena arena = {0};
	struct xml x = {.out = out, .names = {"feed"}, .depth = 1};

	xml_open(&x, "entry");
	xml_element(&x, "id", uuid(r->commit, 0, &arena));
	xml_element(&x, "title", r->name);
	updated(&x, r->date, &arena);
	link_to(&x, f->about->homepage);
	xml_element(&x, "summary", summary(r, &arena));
	xml_open(&x, "content");
	xml_attribute(&x, "type", STR("xhtml"));
	xml_open(&x, "div");
	xml_attribute(&x, "xmlns", STR("http://www.w3.org/1999/xhtml"));
	for (size_t i = 0; i < r->changes_n; i++)
		change(&x, f, &r->changes[i], &arena);
	xml_close(&x);
	xml_close(&x);
	xml_close(&x);
}

void feed_end(struct buf *out)
{
	struct xml x = {.out = out, .names = {"feed"}, .depth = 1};

	xml_close(&x);
}
