/*
 * check.c - the rules of history lines: of one file, and between two of its revisions
 */
#include "version/version.h"

#include <string.h>

/* What the rules of one history look at. */
struct checking {
	const struct roles *roles;
	const struct doc_node *root;
	const struct history *h;
	struct str content; /* the fingerprint; absent: there is none */
	struct arena *scratch;
	struct diag_list *out;
};

static struct diag *tell(struct checking *c, const struct rule *rule,
                         const struct doc_node *node, const char *fmt, ...)
        PRINTF_FORMAT(4, 5);

/* A finding about NODE, the history or one of its lines. */
static struct diag *tell(struct checking *c, const struct rule *rule,
                         const struct doc_node *node, const char *fmt, ...)
{
	CLEANUP(buf_release) struct buf pointer = BUF_INIT(4096);
	const struct doc_node *list = c->h->node;
	struct str text;
	struct diag *d;
	va_list ap;

	va_start(ap, fmt);
	text = arena_vfmt(c->scratch, fmt, ap);
	va_end(ap);
	d = diag_add(c->out, rule, doc_span(node), STR_FMT, STR_ARG(text));
	doc_pointer_key(&pointer, history_key(c->roles));
	if (list->kind == DOC_LIST && node != list)
		doc_pointer_index(&pointer, (size_t)(node - list->items));
	d->pointer = arena_str(c->out->arena, buf_str(&pointer));
	return d;
}

static const char *restore_advice =
        "history lines are written by stemma; restore them with git and use `stemma "
        "submit` or `stemma approve`";

static void check_shape(struct checking *c)
{
	const struct doc_node *root = c->root;

	if (c->h->bad)
		tell(c, &rule_history_line, c->h->bad, "the history line %s",
		     c->h->bad_why)
		        ->suggestion = str_of(restore_advice);
	if (root->kind != DOC_MAP || !root->n ||
	    str_eq(root->members[root->n - 1].key, history_key(c->roles)))
		return;
	tell(c, &rule_history_last, c->h->node, "other keys follow the history")
	        ->suggestion = STR("move it to the end of the file");
}

static bool is_scheme(struct str content)
{
	struct str digits = str_sub(content, sizeof(FINGERPRINT_SCHEME) - 1, content.n);

	if (!str_starts(content, STR(FINGERPRINT_SCHEME)) || digits.n != 64)
		return false;
	for (size_t i = 0; i < digits.n; i++)
		if (str_find(STR("0123456789abcdef"), digits.s[i]) == 16)
			return false;
	return true;
}

static bool is_day(struct str date)
{
	static const char form[] = "0000-00-00";

	if (date.n != sizeof(form) - 1)
		return false;
	for (size_t i = 0; i < date.n; i++)
		if (form[i] == '-' ? date.s[i] != '-'
		                   : date.s[i] < '0' || date.s[i] > '9')
			return false;
	return true;
}

/*
 * The last line before I that its day is measured against: work and public status are each
 * ordered by themselves, since a merge can bring the two together from two branches.
 */
static const struct history_line *dated_before(const struct history *h, size_t i)
{
	const struct history_line *l = &h->lines[i];

	for (; i > 0; i--) {
		const struct history_line *p = &h->lines[i - 1];

		if (is_day(p->date) &&
		    (p->version == l->version ||
		     event_is_public(p->event) == event_is_public(l->event)))
			return p;
	}
	return NULL;
}

static void check_date(struct checking *c, size_t i)
{
	const struct history_line *l = &c->h->lines[i], *before;

	if (!is_day(l->date)) {
		tell(c, &rule_history_date, l->node,
		     "\"" STR_FMT "\" is no day; YYYY-MM-DD is expected",
		     STR_ARG(diag_quote(c->scratch, l->date)));
		return;
	}
	before = dated_before(c->h, i);
	if (before && str_cmp(l->date, before->date) < 0)
		tell(c, &rule_history_date, l->node,
		     STR_FMT " is before " STR_FMT ", the day of %s", STR_ARG(l->date),
		     STR_ARG(before->date),
		     before == l - 1 ? "the line above" : "a line above");
}

static void check_two_person(struct checking *c, const struct standing *s,
                             const struct history_line *l)
{
	if (l->event == EVENT_APPROVED && s->open && str_eq(s->open_by, l->by))
		tell(c, &rule_history_two_person, l->node,
		     "v%d was submitted and approved by the same person, " STR_FMT,
		     l->version, STR_ARG(diag_quote(c->scratch, l->by)));
}

/* S: what the lines before say. */
static void check_line(struct checking *c, const struct standing *s, size_t i)
{
	const struct history_line *l = &c->h->lines[i];
	const struct rule *rule;
	const char *why;

	if (!is_scheme(l->content)) {
		tell(c, &rule_history_content, l->node,
		     "\"" STR_FMT "\" is no fingerprint; " FINGERPRINT_SCHEME
		     " and 64 hexadecimal digits are expected",
		     STR_ARG(diag_quote(c->scratch, l->content)));
		return;
	}
	why = history_refuses(s, c->h, i, l, &rule, c->scratch);
	if (why)
		tell(c, rule, l->node, "`%s` of v%d is not possible here: %s",
		     event_name(l->event), l->version, why)
		        ->suggestion = str_of(restore_advice);
	if (event_needs_reason(l->event) && !l->reason.n)
		tell(c, &rule_history_reason, l->node, "v%d is %s without a reason",
		     l->version, event_name(l->event));
	check_date(c, i);
	check_two_person(c, s, l);
}

/* Content without a fingerprint has a number that cannot be in one. */
static void check_numbers(struct checking *c)
{
	const struct doc_node *bad = NULL;
	char print[FINGERPRINT_SIZE];

	if (version_fingerprint(print, c->root, history_key(c->roles), &bad) || !bad)
		return;
	diag_add(c->out, &rule_history_number, doc_span(bad),
	         "the number " STR_FMT
	         " has no fingerprint: a double does not carry it without loss",
	         STR_ARG(diag_quote(c->scratch, bad->text)))
	        ->suggestion = STR("write it as text, in quotes");
}

/* Whether line I says how many sources the content that stands here has. */
static bool is_counted(const struct checking *c, size_t i)
{
	const struct history_line *l = &c->h->lines[i];

	return l->sources >= 0 && str_eq(l->content, c->content);
}

/* Source counts of lines about the content that stands here, and of equal content elsewhere. */
static void check_counts(struct checking *c)
{
	size_t i = 0;
	int64_t count;

	/* Most histories have one line about this content, many have none. */
	while (i < c->h->n && !is_counted(c, i))
		i++;
	if (i == c->h->n)
		return;
	count = (int64_t)entry_source_count(c->roles, c->root);
	for (; i < c->h->n; i++) {
		const struct history_line *l = &c->h->lines[i];

		if (is_counted(c, i) && l->sources != count)
			tell(c, &rule_history_sources, l->node,
			     "the line counts %lld sources, but the entry cites %lld "
			     "distinct works",
			     (long long)l->sources, (long long)count)
			        ->suggestion = str_of(restore_advice);
	}
}

void history_check_read(const struct roles *roles, const struct doc_node *root,
                        const struct history *h, struct str content,
                        struct arena *scratch, struct diag_list *out)
{
	struct checking c = {.roles = roles,
	                     .root = root,
	                     .h = h,
	                     .content = content,
	                     .scratch = scratch,
	                     .out = out};
	struct standing s = STANDING_INIT;

	if (!history_key(roles).s)
		return;
	if (h->node)
		check_shape(&c);
	for (size_t i = 0; i < h->n && !diag_drops(out); i++) {
		check_line(&c, &s, i);
		standing_step(&s, &h->lines[i]);
	}
	if (content.n)
		check_counts(&c);
	else
		check_numbers(&c);
}

void history_check(const struct roles *roles, const struct doc_node *root,
                   struct arena *scratch, struct diag_list *out)
{
	struct history h;

	if (!history_key(roles).s)
		return;
	history_read(&h, roles, root, scratch);
	history_check_read(roles, root, &h, version_content(roles, root, scratch),
	                   scratch, out);
}

static void tell_added(struct checking *c, const struct history_line *l)
{
	tell(c, &rule_state_authority, l->node,
	     "this change adds `%s` of v%d, as of " STR_FMT, event_name(l->event),
	     l->version, STR_ARG(diag_quote(c->scratch, l->by)))
	        ->suggestion = STR("merge it only if that is so");
}

/* An approval whose content the file does not have can be released from nowhere but here. */
static void check_unseen(struct checking *c,
                         size_t from) /* index of the first new item */
{
	struct str content = version_content(c->roles, c->root, c->scratch);
	struct standing s = history_standing(c->h, c->h->n);
	const struct history_line *l = history_approved(c->h, c->h->n, s.approved);

	if (!l || l->node < &c->h->node->items[from] || str_eq(l->content, content))
		return;
	tell(c, &rule_history_unseen, l->node,
	     "v%d is approved, but the content of this file is another one", l->version)
	        ->suggestion =
	        STR("commit the approved content before you edit it further");
}

void history_check_between(const struct roles *roles, const struct doc_node *old,
                           const struct doc_node *new, struct arena *scratch,
                           struct diag_list *out)
{
	struct checking c = {.roles = roles, .root = new, .scratch = scratch, .out = out};
	struct history before, after;
	enum history_relation relation;
	size_t same;

	if (!history_key(roles).s)
		return;
	history_read(&before, roles, old, scratch);
	history_read(&after, roles, new, scratch);
	c.h = &after;
	if (!after.node)
		after.node = new;
	relation = history_relate(&same, &before, &after);
	if (relation == HISTORY_REMOVED)
		tell(&c, &rule_history_removed, after.node,
		     "%zu history %s that %s committed %s missing", before.node->n - same,
		     before.node->n - same == 1 ? "line" : "lines",
		     before.node->n - same == 1 ? "was" : "were",
		     before.node->n - same == 1 ? "is" : "are")
		        ->suggestion = STR("restore the history, keep the content");
	if (relation == HISTORY_CHANGED)
		tell(&c, &rule_history_changed, &after.node->items[same],
		     "this is not the line that was committed in its place")
		        ->suggestion = STR("restore the history, keep the content");
	if (relation != HISTORY_APPENDED)
		return;
	for (size_t i = 0; i < after.n && !diag_drops(out); i++)
		if (after.lines[i].node >= &after.node->items[same])
			tell_added(&c, &after.lines[i]);
	check_unseen(&c, same);
}
