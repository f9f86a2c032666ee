/* The state table: every event from every state, and what a row of events allows next. */
#include "version/version.h"

#include "../check.h"

/* Rows: from; columns: event; what it leads to, or "-". */
static const char *const table[STATES_N][EVENTS_N] = {
        /* review, returned, approved, deprecated, withdrawn, reinstated */
        [STATE_DRAFT] = {"review", "-", "-", "-", "-", "-"},
        [STATE_REVIEW] = {"-", "draft", "approved", "-", "-", "-"},
        [STATE_APPROVED] = {"-", "-", "-", "-", "-", "-"},
        [STATE_PUBLISHED] = {"-", "-", "-", "deprecated", "withdrawn", "-"},
        [STATE_DEPRECATED] = {"-", "-", "-", "-", "withdrawn", "published"},
        [STATE_WITHDRAWN] = {"-", "-", "-", "-", "-", "published"},
};

static void every_event_from_every_state(void **state)
{
	(void)state;
	for (size_t from = 0; from < STATES_N; from++)
		for (size_t e = 0; e < EVENTS_N; e++) {
			enum state to;
			bool ok = state_next(&to, (enum state)from, (enum event)e);

			assert_str(str_of(ok ? state_name(to) : "-"), table[from][e]);
		}
}

static void names_are_read_back(void **state)
{
	enum event e;

	(void)state;
	for (size_t i = 0; i < EVENTS_N; i++) {
		assert_true(event_parse(&e, str_of(event_name((enum event)i))));
		assert_int_equal(e, i);
	}
	assert_false(event_parse(&e, STR("approve")));
	assert_false(event_parse(&e, STR("")));
}

/*
 * A history as words "r1a": the first letter of the event (b: back, returned; d, w, and i:
 * reinstated), the version and a letter for the content.
 */
static void add_line(struct history_line *l, const char *word, struct arena *arena)
{
	static const char letters[EVENTS_N] = {'r', 'b', 'a', 'd', 'w', 'i'};
	const char *letter = memchr(letters, word[0], EVENTS_N);

	*l = (struct history_line){.sources = -1};
	assert_non_null(letter);
	l->event = (enum event)(letter - letters);
	l->version = word[1] - '0';
	l->content = arena_str(arena, (struct str){word + 2, 1});
	l->date = STR("2026-01-01");
	l->by = STR("A");
}

struct sequence {
	const char *words; /* the last one is refused for WHY, or (NULL) all are fine */
	const char *why;
};

static void check_sequence(const struct sequence *c)
{
	struct arena arena = {0};
	struct history_line lines[16];
	struct history h = {.lines = lines};
	struct standing s = STANDING_INIT;
	const char *why = NULL;
	struct str rest = str_of(c->words), word;

	while (str_split(&rest, ' ', &word)) {
		const struct rule *rule;

		assert_null(why);
		add_line(&lines[h.n], word.s, &arena);
		why = history_refuses(&s, &h, h.n, &lines[h.n], &rule, &arena);
		standing_step(&s, &lines[h.n++]);
	}
	if (!c->why ? why != NULL : !why || strcmp(why, c->why))
		fail_msg("%s: got \"%s\", want \"%s\"", c->words, why ? why : "(fine)",
		         c->why ? c->why : "(fine)");
	arena_release(&arena);
}

static const struct sequence sequences[] = {
        {"r1x", NULL},
        {"r1x r1y", NULL}, /* edited in review and submitted again */
        {"r1x b1x", NULL},
        {"r1x b1x r1x a1x", NULL},
        {"r1x a1x", NULL},
        {"r1x a1x r2y a2y", NULL},
        {"r1x a1x d1x", NULL},
        {"r1x a1x w1x", NULL},
        {"r1x a1x d1x w1x i1x", NULL},
        {"r1x a1x d1x i1x w1x i1x d1x", NULL},
        {"r1x a1x r2y w1x", NULL}, /* while v2 is in review */
        {"r1x a1x r2y a2y w1x", NULL}, /* while v2 waits for its release */
        {"r1x a1x r2y w1x b2y", NULL},
        {"r1x a1x d1x r2y a2y d2y", NULL},
        {"r1x a1x w1x i1x r2y a2y w2y", NULL},
        {"a1x", "v1 is a draft: submit it first"},
        {"b1x", "v1 is a draft: only what is in review can be returned"},
        {"r2x", "the next version is v1, not v2"},
        {"r1x r1x", "v1 is in review already"},
        {"r1x a1y", "the content changed after v1 was submitted: submit it again"},
        {"r1x b1y", "the content changed after v1 was submitted: submit it again"},
        {"r1x a2x", "the next version is v1, not v2"},
        {"r1x b1x a1x", "v1 is a draft: submit it first"},
        {"r1x a1x a1x", "v1 is approved already"},
        {"r1x a1x r2x", "v1 is approved already"},
        {"r1x a1x b1x", "v1 is approved: only what is in review can be returned"},
        {"r1x a1x r1y", "v1 was approved before"},
        {"r1x a1x r3y", "the next version is v2, not v3"},
        {"r1x a1x a2y", "v2 is a draft: submit it first"},
        {"r1x a1x r2y a1y", "v1 was approved before"},
        {"d1x", "v1 was never approved"},
        {"r1x w1x", "v1 was never approved"},
        {"r1x a1x d1y", "this is not the fingerprint with which v1 was approved"},
        {"r1x a1x i1x", "v1 is published, neither deprecated nor withdrawn"},
        {"r1x a1x d1x d1x", "v1 is deprecated already"},
        {"r1x a1x w1x w1x", "v1 is withdrawn already"},
        {"r1x a1x w1x d1x", "v1 is withdrawn already"},
        {"r1x a1x d1x i1x i1x", "v1 is published, neither deprecated nor withdrawn"},
        {"r1x a1x w1x r2y", "v1 is withdrawn: reinstate it first"},
        {"r1x a1x r2y w1x a2y", "v1 is withdrawn: reinstate it first"},
        {"r1x a1x r2y a2y w1x w2y", "v1 is withdrawn: reinstate it first"},
        {"r1x a1x r2y a2y d2y w1x", "v1 is not what readers get: v2 came after it"},
};

static void sequences_of_events(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(sequences); i++)
		check_sequence(&sequences[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(every_event_from_every_state),
	        cmocka_unit_test(names_are_read_back),
	        cmocka_unit_test(sequences_of_events),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
