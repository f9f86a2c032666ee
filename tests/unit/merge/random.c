/*
 * Ten thousand random merges: clean results have the values of the reference, conflicts are
 * never fewer than its own, and nothing that a side added is lost.
 */
#include "reference.h"

#define MERGES 10000
#define MOST_CAUTIOUS (MERGES / 10) /* conflicts that the reference has not */

struct dice {
	uint64_t seed;
	struct arena *arena;
	const struct roles *roles;
	unsigned next; /* number of the next value or comment */
};

static bool one_in(struct dice *d, uint32_t n)
{
	return pick(&d->seed, n) == 0;
}

/* ---- values ---- */

static struct model *fresh_scalar(struct dice *d)
{
	uint32_t form = pick(&d->seed, 4);
	struct model *m;

	/* The same on both sides, now and then. */
	if (one_in(d, 12))
		return model_new(d->arena, MODEL_TEXT,
		                 arena_fmt(d->arena, "same%u", pick(&d->seed, 3)));
	if (form == 3)
		return model_new(d->arena, MODEL_NUMBER,
		                 arena_fmt(d->arena, "%u", 1000000 + d->next++));
	m = model_new(d->arena, MODEL_TEXT, STR_NONE);
	m->quote = "\"'\""[form];
	if (form < 2 && one_in(d, 2))
		m->quote = '\0';
	m->text = form == 0   ? arena_fmt(d->arena, "q%uq", d->next++)
	          : form == 1 ? arena_fmt(d->arena, "q%uq words of it", d->next++)
	                      : arena_fmt(d->arena, "q%uq: it, [x] # no", d->next++);
	return m;
}

static struct model *fresh_block(struct dice *d)
{
	return model_new(
	        d->arena, MODEL_BLOCK,
	        arena_fmt(d->arena, "q%uq: one\n  two # no\n- three\n", d->next++));
}

static struct str fresh_comment(struct dice *d)
{
	return arena_fmt(d->arena, "c%uc", d->next++);
}

/* A name that both sides may come to, or one of its own. */
static struct model *fresh_name(struct dice *d)
{
	if (one_in(d, 3))
		return model_new(d->arena, MODEL_TEXT,
		                 arena_fmt(d->arena, "p%u", pick(&d->seed, 4)));
	return model_new(d->arena, MODEL_TEXT, arena_fmt(d->arena, "q%uq", d->next++));
}

static void put(struct model *m, const char *key, struct model *value)
{
	(void)model_add(m, m->n, key ? str_of(key) : STR_NONE, value);
}

static struct model *fresh_source(struct dice *d)
{
	struct model *m = model_new(d->arena, MODEL_MAP, STR_NONE);

	if (one_in(d, 6))
		put(m, "title", fresh_scalar(d));
	put(m, "key", fresh_name(d));
	put(m, "year", fresh_scalar(d));
	if (one_in(d, 2))
		put(m, "url", fresh_scalar(d));
	m->flow = one_in(d, 3);
	return m;
}

static struct model *fresh_author(struct dice *d)
{
	struct model *m = model_new(d->arena, MODEL_MAP, STR_NONE);

	put(m, "family", fresh_scalar(d));
	m->flow = true;
	return m;
}

static struct model *fresh_alias(struct dice *d)
{
	struct model *m = model_new(d->arena, MODEL_MAP, STR_NONE);

	put(m, "text", fresh_name(d));
	put(m, "lang", fresh_scalar(d));
	m->flow = !one_in(d, 4);
	return m;
}

static struct model *fresh_line(struct dice *d)
{
	static const char *const events[] = {"review",     "approved",  "returned",
	                                     "deprecated", "withdrawn", "reinstated"};
	struct model *m = model_new(d->arena, MODEL_MAP, STR_NONE);

	put(m, "version",
	    model_new(d->arena, MODEL_NUMBER,
	              arena_fmt(d->arena, "%u", 1 + pick(&d->seed, 2))));
	put(m, "event",
	    model_new(d->arena, MODEL_TEXT, str_of(events[pick(&d->seed, 6)])));
	m->flow = true;
	return m;
}

typedef struct model *fresh_fn(struct dice *d);

/* What is put into a list, by the list's key. */
static fresh_fn *item_maker(struct str key)
{
	if (str_eqz(key, "sources"))
		return fresh_source;
	if (str_eqz(key, "aliases"))
		return fresh_alias;
	if (str_eqz(key, "authors"))
		return fresh_author;
	if (str_eqz(key, "history"))
		return fresh_line;
	return fresh_name;
}

static struct model *fresh_list(struct dice *d, const char *key, size_t most)
{
	struct model *m = model_new(d->arena, MODEL_LIST, STR_NONE);

	for (size_t n = pick(&d->seed, (uint32_t)most + 1); m->n < n;)
		put(m, NULL, item_maker(str_of(key))(d));
	m->inset = one_in(d, 2);
	m->flow = item_maker(str_of(key)) == fresh_name && one_in(d, 3);
	return m;
}

static struct model *fresh_entry(struct dice *d)
{
	struct model *m = model_new(d->arena, MODEL_MAP, STR_NONE);
	struct model *name = model_new(d->arena, MODEL_MAP, STR_NONE);
	struct model *deep = model_new(d->arena, MODEL_MAP, STR_NONE);

	put(m, "id", model_new(d->arena, MODEL_TEXT, STR("x")));
	put(name, "en", fresh_scalar(d));
	put(name, "vi", fresh_scalar(d));
	name->flow = one_in(d, 3);
	put(m, "name", name);
	put(m, "year", fresh_scalar(d));
	put(m, "tags", fresh_list(d, "tags", 6));
	put(m, "aliases", fresh_list(d, "aliases", 3));
	put(m, "summary", one_in(d, 2) ? fresh_block(d) : fresh_scalar(d));
	put(deep, "authors", fresh_list(d, "authors", 2));
	put(deep, "more", fresh_scalar(d));
	put(deep, "words", fresh_list(d, "words", 4));
	put(m, "deep", deep);
	put(m, "sources", fresh_list(d, "sources", 4));
	if (!one_in(d, 3))
		put(m, "history", fresh_list(d, "history", 3));
	for (size_t i = 0; i < m->n; i++) {
		if (one_in(d, 4))
			m->kids[i].lead = fresh_comment(d);
		if (one_in(d, 4) && in_flow(m->kids[i].value))
			m->kids[i].trail = fresh_comment(d);
	}
	return m;
}

/* ---- changes ---- */

/* A list or map of the entry, and the key it stands under. */
struct spot {
	struct model *m;
	struct str key;
	bool in_flow;
};

static size_t list_spots(struct spot *out, size_t n, struct model *m, struct str key,
                         bool flow)
{
	if (is_scalar_model(m))
		return n;
	flow = flow || in_flow(m);
	out[n++] = (struct spot){m, key, flow};
	for (size_t i = 0; i < m->n; i++)
		n = list_spots(out, n, m->kids[i].value, m->kids[i].key, flow);
	return n;
}

static void add_kid(struct dice *d, const struct spot *s)
{
	size_t at = pick(&d->seed, (uint32_t)s->m->n + 1);
	struct str key;

	if (s->m->kind == MODEL_LIST) {
		(void)model_add(s->m, at, STR_NONE, item_maker(s->key)(d));
		return;
	}
	key = arena_fmt(d->arena, "k%u", pick(&d->seed, 6));
	if (model_get(s->m, key))
		return;
	if (!s->in_flow && one_in(d, 4))
		(void)model_add(s->m, at, key, fresh_list(d, "tags", 3));
	else if (!s->in_flow && one_in(d, 6))
		(void)model_add(s->m, at, key, fresh_block(d));
	else
		(void)model_add(s->m, at, key, fresh_scalar(d));
}

static void change_kid(struct dice *d, const struct spot *s, struct model_kid *kid)
{
	bool block = kid->value->kind == MODEL_BLOCK;

	if (str_eqz(kid->key, "id") && s->m->n > 2)
		return;
	if (!is_scalar_model(kid->value) && !one_in(d, 8))
		return;
	kid->value = block && !one_in(d, 4)             ? fresh_block(d)
	             : s->key.s == NULL && one_in(d, 2) ? fresh_name(d)
	                                                : fresh_scalar(d);
}

static void change_layout(struct dice *d, const struct spot *s, struct model_kid *kid)
{
	struct model *m = kid->value;

	switch (pick(&d->seed, 4)) {
	case 0:
		if (!s->in_flow)
			kid->lead = fresh_comment(d);
		return;
	case 1:
		if (!s->in_flow && in_flow(m))
			kid->trail = fresh_comment(d);
		return;
	case 2:
		m->inset = !m->inset;
		return;
	default:
		if (m->kind == MODEL_TEXT)
			m->quote = m->quote == '"' ? '\'' : '"';
	}
}

static void swap_kids(struct dice *d, const struct spot *s)
{
	size_t a = pick(&d->seed, (uint32_t)s->m->n),
	       b = pick(&d->seed, (uint32_t)s->m->n);
	struct model_kid kid = s->m->kids[a];

	s->m->kids[a] = s->m->kids[b];
	s->m->kids[b] = kid;
}

static void change_history(struct dice *d, const struct spot *s)
{
	if (one_in(d, 12) && s->m->n)
		model_remove(s->m, pick(&d->seed, (uint32_t)s->m->n));
	else
		(void)model_add(s->m, s->m->n, STR_NONE, fresh_line(d));
}

static void change_once(struct dice *d, struct model *entry)
{
	struct spot spots[512], s;
	size_t n = list_spots(spots, 0, entry, STR("entry"), false), at;

	s = spots[pick(&d->seed, (uint32_t)n)];
	if (str_eqz(s.key, "history")) {
		change_history(d, &s);
		return;
	}
	/* A line of the history is no place for changes. */
	if (model_get(s.m, STR("event")))
		return;
	if (!s.m->n || one_in(d, 4)) {
		add_kid(d, &s);
		return;
	}
	at = pick(&d->seed, (uint32_t)s.m->n);
	switch (pick(&d->seed, 8)) {
	case 0:
		if (s.m->n > 1 && !str_eqz(s.m->kids[at].key, "id"))
			model_remove(s.m, at);
		return;
	case 1:
		swap_kids(d, &s);
		return;
	case 2:
	case 3:
		change_layout(d, &s, &s.m->kids[at]);
		return;
	default:
		change_kid(d, &s, &s.m->kids[at]);
	}
}

/* What a block cannot hold within brackets is taken out of them. */
static void settle(struct model *m)
{
	for (size_t i = 0; i < m->n; i++) {
		settle(m->kids[i].value);
		if (m->flow && !in_flow(m->kids[i].value))
			m->flow = false;
	}
	for (size_t i = 0; i < m->n; i++)
		if (!in_flow(m->kids[i].value) && m->kids[i].value->kind == MODEL_BLOCK)
			m->kids[i].trail = STR_NONE;
}

static struct model *changed(struct dice *d, const struct model *base)
{
	struct model *m = model_copy(d->arena, base);

	for (uint32_t n = 1 + pick(&d->seed, 4); n; n--)
		change_once(d, m);
	settle(m);
	return m;
}

static struct str yaml_of(struct dice *d, const struct model *m)
{
	struct buf b = BUF_INIT(1 << 20);
	struct str out;

	buf_addz(&b, "# An entry.\n\n");
	yaml_block(&b, m, 0, false);
	out = arena_str(d->arena, buf_str(&b));
	buf_release(&b);
	return out;
}

/* ---- what must hold ---- */

struct trial {
	struct str text[3];
	struct merge_result got;
	unsigned number;
};

static void complain(const struct trial *t, const char *what)
{
	fail_msg("merge %u: %s\n--- base\n" STR_FMT "--- ours\n" STR_FMT
	         "--- theirs\n" STR_FMT "--- result\n" STR_FMT "--- %zu: " STR_FMT "\n",
	         t->number, what, STR_ARG(t->text[0]), STR_ARG(t->text[1]),
	         STR_ARG(t->text[2]), STR_ARG(t->got.text), t->got.n,
	         STR_ARG(t->got.n ? t->got.conflicts[0].why : STR_NONE));
}

static bool contains(struct str text, struct str word)
{
	return memmem(text.s, text.n, word.s, word.n) != NULL;
}

/* Each number of a value or comment that only this side has is in the result. */
static void check_kept(const struct trial *t, int side)
{
	struct str s = t->text[side];

	for (size_t i = 0; i + 1 < s.n; i++) {
		size_t end = i + 1;
		struct str word;

		while (end < s.n && s.s[end] >= '0' && s.s[end] <= '9')
			end++;
		if (end == i + 1 || end == s.n)
			continue;
		if ((s.s[i] != 'q' && s.s[i] != 'c') || s.s[end] != s.s[i]) {
			word = str_sub(s, i + 1, end - i - 1);
			if (word.n != 7)
				continue;
		} else {
			word = str_sub(s, i, end - i + 1);
		}
		if (!contains(t->text[0], word) && !contains(t->got.text, word))
			complain(t, "something that a side added is lost");
		i = end - 1;
	}
}

static const struct doc_node *read_text(struct dice *d, const struct trial *t,
                                        struct str text)
{
	struct source *source = arena_new(d->arena, struct source);
	struct diag_list diags;
	struct docs docs;

	*source = text_source("result", text);
	diag_init(&diags, d->arena);
	if (!doc_read(&docs, source, NULL, d->arena, &diags) || docs.n != 1) {
		print_error(STR_FMT "\n", STR_ARG(text));
		complain(t, "this cannot be read");
	}
	return &docs.items[0].root;
}

/* The result as it is when SIDE is chosen for each conflict. */
static struct str resolved(struct dice *d, struct str text, int side)
{
	struct buf b = BUF_INIT(1 << 20);
	struct str line, out;
	int at = -1;

	while (str_split(&text, '\n', &line)) {
		if (str_starts(line, STR("<<<<<<< ")))
			at = 1;
		else if (str_starts(line, STR("||||||| ")))
			at = 0;
		else if (str_eqz(line, "======="))
			at = 2;
		else if (str_starts(line, STR(">>>>>>> ")))
			at = -1;
		else if (at == -1 || at == side)
			buf_addf(&b, STR_FMT "\n", STR_ARG(line));
	}
	out = arena_str(d->arena, buf_str(&b));
	buf_release(&b);
	return out;
}

static void check_values(struct dice *d, const struct trial *t, const struct model *want)
{
	struct buf json = BUF_INIT(1 << 20);
	struct str text;

	model_json(&json, want);
	text = arena_str(d->arena, buf_str(&json));
	buf_release(&json);
	if (!doc_equal(read_text(d, t, t->got.text), read_text(d, t, text))) {
		print_error("want " STR_FMT "\n", STR_ARG(text));
		complain(t, "the values are not those of the reference");
	}
}

static bool merge_trial(struct trial *t, struct merge_result *out, struct dice *d)
{
	return merge_strs(out, t->text[0], t->text[1], t->text[2], d->roles, d->arena);
}

/* Returns whether it was more cautious than the reference. */
static bool try_once(struct dice *d, unsigned number, size_t *conflicts)
{
	struct model *base = fresh_entry(d), *ours, *theirs, *want;
	struct reference r = {.arena = d->arena};
	struct trial t = {.number = number};
	struct merge_result again;
	bool clean;

	settle(base);
	ours = changed(d, base);
	theirs = changed(d, base);
	t.text[0] = yaml_of(d, base);
	t.text[1] = yaml_of(d, ours);
	t.text[2] = yaml_of(d, theirs);
	/* A file that one side alone changed is taken whole. */
	want = reference_merge(&r, base, ours, theirs, STR_NONE);
	if (str_eq(t.text[0], t.text[1]) || str_eq(t.text[0], t.text[2]) ||
	    str_eq(t.text[1], t.text[2])) {
		r.conflict = false;
		want = str_eq(t.text[0], t.text[1]) ? theirs : ours;
	}
	clean = merge_trial(&t, &t.got, d);
	if (number % 8 == 0) {
		(void)merge_trial(&t, &again, d);
		if (!str_eq(t.got.text, again.text))
			complain(&t, "another result the second time");
	}
	if (clean && r.conflict)
		complain(&t, "the reference has a conflict");
	if (!clean && str_starts(t.got.conflicts[0].why, STR("the parts could be")))
		complain(&t, "the last check had to step in");
	check_kept(&t, 1);
	check_kept(&t, 2);
	if (clean)
		check_values(d, &t, want);
	for (int s = 1; s < 3 && !clean; s++)
		(void)read_text(d, &t, resolved(d, t.got.text, s));
	*conflicts += r.conflict;
	return !clean && !r.conflict;
}

static void random_merges_lose_nothing(void **state)
{
	size_t cautious = 0, conflicts = 0;
	struct arena run = {0};
	struct roles roles = plain_roles(&run);

	(void)state;
	for (unsigned i = 1; i <= MERGES; i++) {
		struct arena arena = {0};
		struct dice d = {.seed = i * 0x9E3779B97F4A7C15u,
		                 .arena = &arena,
		                 .roles = &roles,
		                 .next = 1};

		cautious += try_once(&d, i, &conflicts);
		arena_release(&arena);
	}
	arena_release(&run);
	print_message("%zu conflicts, %zu more than the reference\n", conflicts,
	              cautious);
	assert_true(conflicts > MERGES / 20 && conflicts < MERGES / 2 &&
	            cautious < MOST_CAUTIOUS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(random_merges_lose_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
