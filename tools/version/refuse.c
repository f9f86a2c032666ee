/*
 * refuse.c - what may follow what: the one place that says no, for commands and for checks
 */
#include "version/version.h"

static const char *say(struct arena *arena, const char *fmt, ...) PRINTF_FORMAT(2, 3);

static const char *say(struct arena *arena, const char *fmt, ...)
{
	va_list ap;
	struct str text;

	va_start(ap, fmt);
	text = arena_vfmt(arena, fmt, ap);
	va_end(ap);
	return text.s;
}

/* The state that S gives to the content that LINE names: what its event starts from. */
static enum state work_state(const struct standing *s, const struct history_line *line)
{
	if (s->open && str_eq(s->open_content, line->content))
		return STATE_REVIEW;
	if (!s->open && s->approved && str_eq(s->approved_content, line->content))
		return STATE_APPROVED;
	return STATE_DRAFT;
}

static const char *refuses_work(const struct standing *s, const struct history_line *line,
                                const struct rule **rule, struct arena *arena)
{
	enum state from = work_state(s, line), to;

	*rule = &rule_history_event;
	if (s->public_state == STATE_WITHDRAWN && line->event != EVENT_RETURNED)
		return say(arena, "v%d is withdrawn: reinstate it first",
		           s->public_version);
	if (!state_next(&to, from, line->event)) {
		int version = from == STATE_APPROVED ? s->approved : s->approved + 1;

		if (line->event != EVENT_REVIEW && s->open)
			return say(
			        arena,
			        "the content changed after v%d was submitted: submit it "
			        "again",
			        s->open);
		if (line->event == EVENT_RETURNED)
			return say(arena,
			           "v%d is %s: only what is in review can be returned",
			           version, from == STATE_DRAFT ? "a draft" : "approved");
		if (from == STATE_DRAFT)
			return say(arena, "v%d is a draft: submit it first", version);
		return say(arena, "v%d is %s already", version,
		           from == STATE_REVIEW ? "in review" : "approved");
	}
	*rule = &rule_history_version;
	if (line->version <= s->approved)
		return say(arena, "v%d was approved before", line->version);
	if (line->version != s->approved + 1)
		return say(arena, "the next version is v%d, not v%d", s->approved + 1,
		           line->version);
	return NULL;
}

static const char *refuses_public(const struct standing *s, const struct history *prior,
                                  size_t n, const struct history_line *line,
                                  const struct rule **rule, struct arena *arena)
{
	const struct history_line *approved = history_approved(prior, n, line->version);
	enum state from = standing_public(s, line->version), to;

	*rule = &rule_history_version;
	if (!approved)
		return say(arena, "v%d was never approved", line->version);
	if (line->version < s->public_version)
		return say(arena, "v%d is not what readers get: v%d came after it",
		           line->version, s->public_version);
	*rule = &rule_history_content;
	if (!str_eq(approved->content, line->content))
		return say(arena,
		           "this is not the fingerprint with which v%d was approved",
		           line->version);
	*rule = &rule_history_event;
	if (from != STATE_PUBLISHED && line->version != s->public_version)
		return say(arena, "v%d is %s: reinstate it first", s->public_version,
		           state_name(from));
	if (state_next(&to, from, line->event))
		return NULL;
	return say(arena, "v%d is %s%s", line->version, state_name(from),
	           line->event == EVENT_REINSTATED ? ", neither deprecated nor withdrawn"
	                                           : " already");
}

const char *history_refuses(const struct standing *s, const struct history *prior,
                            size_t n, const struct history_line *line,
                            const struct rule **rule, struct arena *arena)
{
	return event_is_public(line->event)
	               ? refuses_public(s, prior, n, line, rule, arena)
	               : refuses_work(s, line, rule, arena);
}
