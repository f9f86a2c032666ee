#include "merge/internal.h"

#include "base/limits.h"

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

static const char *const side_names[SIDES] = {"the common ancestor", "ours", "theirs"};

/* How ours writes its file: the result is written so too. */
struct writing {
	bool mark, crlf;
};

/* Whether every line ends in CR LF, or none has a CR. */
static bool line_ends(struct str text, bool *crlf)
{
	size_t cr = 0, pairs = 0, lines = 0;

	for (size_t i = 0; i < text.n; i++) {
		cr += text.s[i] == '\r';
		lines += text.s[i] == '\n';
		pairs += text.s[i] == '\n' && i && text.s[i - 1] == '\r';
	}
	*crlf = cr > 0;
	return cr == pairs && (!cr || pairs == lines);
}

/* TEXT without byte order mark, with LF at the end of each line. */
static struct str plain_text(struct str text, struct writing *w, struct arena *arena)
{
	struct buf b = BUF_INIT(LIMIT_OUTPUT_BYTES);
	struct str rest, line, out;

	w->mark = str_starts(text, STR(BYTE_ORDER_MARK));
	if (w->mark)
		text = str_sub(text, sizeof(BYTE_ORDER_MARK) - 1, text.n);
	if (!w->crlf && (!text.n || str_ends(text, STR("\n"))))
		return text;
	for (rest = text; str_split(&rest, '\n', &line);) {
		buf_add(&b, w->crlf && str_ends(line, STR("\r"))
		                    ? str_sub(line, 0, line.n - 1)
		                    : line);
		buf_addc(&b, '\n');
	}
	out = arena_str(arena, buf_str(&b));
	buf_release(&b);
	return out;
}

/* The plain TEXT as ours writes: the opposite of plain_text(). */
static struct str written_text(struct str text, const struct writing *w,
                               struct arena *arena)
{
	struct buf b = BUF_INIT(LIMIT_OUTPUT_BYTES);
	struct str out;

	if (w->mark)
		buf_addz(&b, BYTE_ORDER_MARK);
	for (size_t i = 0; i < text.n; i++) {
		if (text.s[i] == '\n' && w->crlf)
			buf_addc(&b, '\r');
		buf_addc(&b, text.s[i]);
	}
	out = arena_str(arena, buf_str(&b));
	buf_release(&b);
	return out;
}

/* ---- the file as one conflict ---- */

/* Bytes of whole lines that all sides end with, behind FROM. */
static size_t common_end(const struct str text[SIDES], size_t from)
{
	size_t least = text[BASE].n, n = 0, end = 0;

	for (int s = OURS; s < SIDES; s++)
		least = text[s].n < least ? text[s].n : least;
	while (n < least - from) {
		char c = text[BASE].s[text[BASE].n - 1 - n];

		if (c == '\n')
			end = n;
		if (c != text[OURS].s[text[OURS].n - 1 - n] ||
		    c != text[THEIRS].s[text[THEIRS].n - 1 - n])
			return end;
		n++;
	}
	return n;
}

static void whole_file(struct merging *m, struct str why)
{
	static const size_t column[SIDES];
	struct str middle[SIDES];
	size_t start = lines_common(m->text), end = common_end(m->text, start);

	buf_reset(&m->out);
	buf_add(&m->out, str_sub(m->text[BASE], 0, start));
	for (int s = BASE; s < SIDES; s++)
		middle[s] = str_sub(m->text[s], start, m->text[s].n - start - end);
	markers_add(m, middle, column, 0);
	buf_add(&m->out, str_sub(m->text[BASE], m->text[BASE].n - end, end));
	m->clashes = arena_new(m->arena, struct clash);
	m->clashes[0].why = why;
	m->n = 1;
}

/* ---- reading ---- */

static const struct doc_node *read_root(struct merging *m, struct str text,
                                        struct str name, struct str *why)
{
	struct source *source = arena_new(m->arena, struct source);
	struct doc_options opt = m->opt->read;
	struct diag_list diags;
	struct docs docs = {0};

	*source = (struct source){.name = name, .bytes = text};
	diag_init(&diags, m->arena);
	diag_file(&diags, name);
	if (!doc_read(&docs, source, &opt, m->arena, &diags) && diags.n)
		*why = arena_fmt(m->arena, "cannot be read: line %d: " STR_FMT,
		                 diags.items[0].span.line, STR_ARG(diags.items[0].text));
	else if (docs.n > 1)
		*why = STR("has several documents");
	else if (docs.n == 0)
		*why = STR("is empty");
	else if (docs.items[0].format == DOC_MARKDOWN)
		*why = STR("is front matter, which is not merged by field");
	else
		return &docs.items[0].root;
	return NULL;
}

/* The root of a base without content, of the kind that ours has. */
static const struct doc_node *empty_root(struct merging *m)
{
	struct doc_node *node = arena_new(m->arena, struct doc_node);

	node->kind = m->root[OURS]->kind;
	node->flow = true;
	return node;
}

/*
 * Read side SIDE. Where its text was made plain, the values must be those of the file: a block
 * of text that the file's end cuts short is another one with a line end.
 */
static bool read_side(struct merging *m, enum side side, const struct source *source,
                      struct str *why)
{
	const struct doc_node *original = NULL;

	m->root[side] = read_root(m, m->text[side], source->name, why);
	if (!m->root[side] || str_eq(m->text[side], source->bytes))
		return m->root[side] != NULL;
	original = read_root(m, source->bytes, source->name, why);
	if (original && !doc_equal(original, m->root[side]))
		*why = STR("ends within a block of text, without a line end");
	return original && !why->n;
}

/* False: WHY says which side cannot be merged by field. */
static bool read_sides(struct merging *m, const struct source *const sides[SIDES],
                       struct str *why)
{
	bool collection;

	for (int s = THEIRS; s >= BASE; s--) {
		struct str trouble = STR_NONE;

		if (s == BASE && !str_trim(m->text[BASE]).n) {
			collection = m->root[OURS]->kind == DOC_MAP ||
			             m->root[OURS]->kind == DOC_LIST;
			if (collection)
				m->root[BASE] = empty_root(m);
			*why = STR("both sides added the file");
			return collection;
		}
		if (!read_side(m, (enum side)s, sides[s], &trouble)) {
			*why = arena_fmt(m->arena, "%s " STR_FMT, side_names[s],
			                 STR_ARG(trouble));
			return false;
		}
	}
	return true;
}

/* The sources' pointer and their key, when the role is "all items of one list". */
static void find_sources(struct merging *m)
{
	const struct roles *roles = m->opt->roles;
	struct str list;

	if (!roles || !roles->sources || !roles->source_key ||
	    roles->source_key->n != 1 || !str_ends(roles->sources->text, STR("/*")))
		return;
	list = str_sub(roles->sources->text, 0, roles->sources->text.n - 2);
	m->source_key = roles->source_key->steps[0].key;
	for (int s = BASE; s < SIDES; s++)
		m->sources[s] = doc_at(m->root[s], list);
}

static void find_history(struct merging *m)
{
	const struct roles *roles = m->opt->roles;

	m->history_key = STR("history");
	if (roles)
		m->history_key = roles->history && roles->history->n == 1
		                         ? roles->history->steps[0].key
		                         : STR_NONE;
	for (int s = BASE; m->history_key.s && s < SIDES; s++) {
		const struct doc_member *member = doc_member(m->root[s], m->history_key);

		m->history[s] = member ? &member->value : NULL;
	}
}

/* ---- the merge, and the proof that it lost nothing ---- */

static void put_together(struct merging *m, enum side take)
{
	struct piece pieces[SIDES];
	const struct piece *p[SIDES];

	for (int s = BASE; s < SIDES; s++) {
		pieces[s] = (struct piece){.main = m->text[s], .node = m->root[s]};
		p[s] = &pieces[s];
	}
	m->take = take;
	m->n = m->work = 0;
	buf_reset(&m->out);
	buf_reset(&m->place);
	(void)piece_merge(m, p, 0);
}

static void index_clashes(struct merging *m)
{
	map_init(&m->clash_of, m->arena);
	for (size_t i = 0; i < m->n; i++)
		map_set(&m->clash_of, clash_key(m, m->clashes[i].nodes), &m->clashes[i]);
}

/* Whether the text, where side TAKE stands for each clash, has the values that it must have. */
static bool proved(struct merging *m, enum side take)
{
	const struct doc_node *root;
	struct doc_node want;
	struct str text, why;
	size_t n = m->n;

	if (n)
		put_together(m, take);
	text = arena_str(m->arena, buf_str(&m->out));
	m->take = take;
	if (m->n != n || m->out.overflow || !value_merge(&want, m, m->root) || m->astray)
		return false;
	root = read_root(m, text, STR("result"), &why);
	return root && doc_equal(root, &want) &&
	       (m->n || comments_survive(m, text, root));
}

static void merge_roots(struct merging *m)
{
	struct str text;

	put_together(m, BASE);
	if (m->n == 1 && m->clashes[0].nodes[OURS] == m->root[OURS]) {
		whole_file(m, m->clashes[0].why);
		return;
	}
	if (m->out.overflow || m->n > LIMIT_MERGE_CONFLICTS) {
		whole_file(m, STR("there are too many conflicts to show one by one"));
		return;
	}
	text = arena_str(m->arena, buf_str(&m->out));
	index_clashes(m);
	if (!proved(m, OURS) || (m->n && !proved(m, THEIRS))) {
		whole_file(m,
		           STR("the parts could be merged, but the result could not be "
		               "proved to keep every value and comment"));
		return;
	}
	buf_reset(&m->out);
	buf_add(&m->out, text);
}

static void tell(struct merge_result *out, struct merging *m, const struct writing *w)
{
	struct merge_conflict *c = arena_array(m->arena, struct merge_conflict, m->n);

	for (size_t i = 0; i < m->n; i++)
		c[i] = (struct merge_conflict){m->clashes[i].place, m->clashes[i].why};
	*out = (struct merge_result){.conflicts = c, .n = m->n};
	out->text = written_text(buf_str(&m->out), w, m->arena);
}

/* Nothing to merge: one side did not change the file, or both made the same of it. */
static bool only_one_changed(struct merge_result *out,
                             const struct source *const s[SIDES])
{
	const struct source *take = NULL;

	if (str_eq(s[OURS]->bytes, s[BASE]->bytes))
		take = s[THEIRS];
	else if (str_eq(s[THEIRS]->bytes, s[BASE]->bytes) ||
	         str_eq(s[OURS]->bytes, s[THEIRS]->bytes))
		take = s[OURS];
	if (take)
		*out = (struct merge_result){.text = take->bytes};
	return take != NULL;
}

static void release(struct merging *m)
{
	buf_release(&m->out);
	buf_release(&m->place);
}

bool merge_texts(struct merge_result *out, const struct source *base,
                 const struct source *ours, const struct source *theirs,
                 const struct merge_options *opt, struct arena *arena)
{
	const struct source *const sides[SIDES] = {base, ours, theirs};
	CLEANUP(release)
	struct merging m = {
	        .opt = opt,
	        .arena = arena,
	        .out = BUF_INIT(LIMIT_OUTPUT_BYTES),
	        .place = BUF_INIT(LIMIT_OUTPUT_BYTES),
	};
	struct writing w[SIDES] = {{0}};
	struct str why = STR_NONE;
	bool plain = true;

	if (only_one_changed(out, sides))
		return true;
	for (int s = BASE; s < SIDES; s++) {
		plain = line_ends(sides[s]->bytes, &w[s].crlf) && plain;
		m.text[s] = plain_text(sides[s]->bytes, &w[s], arena);
	}
	if (!plain) {
		whole_file(&m, STR("the ends of its lines are of several kinds"));
	} else if (!read_sides(&m, sides, &why)) {
		whole_file(&m, why);
	} else {
		find_history(&m);
		find_sources(&m);
		merge_roots(&m);
	}
	tell(out, &m, &w[OURS]);
	return m.n == 0;
}
