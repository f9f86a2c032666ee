#include "version/version.h"

static const char *const state_names[] = {"draft",     "review",     "approved",
                                          "published", "deprecated", "withdrawn"};

const char *state_name(enum state s)
{
	return state_names[s];
}

/* The top-level key of the history role, which the fingerprint leaves out. */
static struct str history_key(const struct roles *roles)
{
	return roles->history && roles->history->n == 1 ? roles->history->steps[0].key
	                                                : STR_NONE;
}

static int line_version(const struct doc_node *line)
{
	const struct doc_node *v = doc_get(line, "version");

	return v && v->kind == DOC_NUMBER && v->fits && v->integer > 0 &&
	                       v->integer < 1000000
	               ? (int)v->integer
	               : 0;
}

static bool is_event(const struct doc_node *line, const char *event)
{
	return str_eqz(doc_text(doc_get(line, "event")), event);
}

struct working version_working(const struct roles *roles, const struct doc_node *root)
{
	const struct doc_node *history = path_first(roles->history, root), *bad;
	struct working w = {.state = STATE_DRAFT, .version = 1};
	const struct doc_node *last = NULL;
	char print[FINGERPRINT_SIZE];

	if (!history || history->kind != DOC_LIST)
		return w;
	for (uint32_t i = 0; i < history->n; i++) {
		const struct doc_node *line = &history->items[i];

		if (is_event(line, "approved") && line_version(line) >= w.version)
			w.version = line_version(line) + 1;
		if (is_event(line, "approved") || is_event(line, "review"))
			last = line;
		else if (is_event(line, "returned"))
			last = NULL;
	}
	if (!last || !line_version(last) ||
	    !version_fingerprint(print, root, history_key(roles), &bad) ||
	    !str_eqz(doc_text(doc_get(last, "content")), print))
		return w;
	w.state = is_event(last, "approved") ? STATE_APPROVED : STATE_REVIEW;
	w.version = line_version(last);
	w.date = doc_text(doc_get(last, "date"));
	return w;
}
