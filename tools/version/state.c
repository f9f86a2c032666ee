#include "version/version.h"

static const char *const state_names[STATES_N] = {"draft",     "review",     "approved",
                                                  "published", "deprecated", "withdrawn"};

static const struct {
	const char *name;
	bool is_public, needs_reason;
} events[EVENTS_N] = {
        [EVENT_REVIEW] = {"review", false, false},
        [EVENT_RETURNED] = {"returned", false, true},
        [EVENT_APPROVED] = {"approved", false, false},
        [EVENT_DEPRECATED] = {"deprecated", true, false},
        [EVENT_WITHDRAWN] = {"withdrawn", true, true},
        [EVENT_REINSTATED] = {"reinstated", true, false},
};

/* All there is; what is not here is not allowed. */
static const struct {
	enum state from;
	enum event event;
	enum state to;
} transitions[] = {
        {STATE_DRAFT, EVENT_REVIEW, STATE_REVIEW},
        {STATE_REVIEW, EVENT_RETURNED, STATE_DRAFT},
        {STATE_REVIEW, EVENT_APPROVED, STATE_APPROVED},
        {STATE_PUBLISHED, EVENT_DEPRECATED, STATE_DEPRECATED},
        {STATE_PUBLISHED, EVENT_WITHDRAWN, STATE_WITHDRAWN},
        {STATE_DEPRECATED, EVENT_WITHDRAWN, STATE_WITHDRAWN},
        {STATE_DEPRECATED, EVENT_REINSTATED, STATE_PUBLISHED},
        {STATE_WITHDRAWN, EVENT_REINSTATED, STATE_PUBLISHED},
};

const char *state_name(enum state s)
{
	return state_names[s];
}

const char *event_name(enum event e)
{
	return events[e].name;
}

bool event_parse(enum event *out, struct str text)
{
	for (size_t i = 0; i < EVENTS_N; i++) {
		if (!str_eqz(text, events[i].name))
			continue;
		*out = (enum event)i;
		return true;
	}
	return false;
}

bool event_is_public(enum event e)
{
	return events[e].is_public;
}

bool event_needs_reason(enum event e)
{
	return events[e].needs_reason;
}

bool state_next(enum state *out, enum state from, enum event e)
{
	for (size_t i = 0; i < ARRAY_LEN(transitions); i++) {
		if (transitions[i].from != from || transitions[i].event != e)
			continue;
		*out = transitions[i].to;
		return true;
	}
	return false;
}
