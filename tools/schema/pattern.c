#include "schema/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>

#include "base/limits.h"
#include "schema/pattern_translate.h"

struct pattern {
	pcre2_code *code;
};

/* What a thread matches with. The results are yes or no, so one pair of offsets will do. */
struct scratch {
	pcre2_match_data *data;
	pcre2_match_context *context;
	pcre2_jit_stack *stack;
};

/* ---- compiling: the library's memory is the arena's ---- */

static void *take(size_t size, void *arena)
{
	return arena_alloc(arena, size, _Alignof(max_align_t));
}

static void give_back(void *p, void *arena)
{
	(void)p;
	(void)arena;
}

static void free_general(pcre2_general_context **c)
{
	pcre2_general_context_free(*c);
}

static void free_compile(pcre2_compile_context **c)
{
	pcre2_compile_context_free(*c);
}

/* The last "(" before what PCRE2 complains of, as a byte offset in the pattern. */
static size_t place_of(const struct pattern_translation *t, size_t out)
{
	size_t at = 0;

	for (size_t i = 0; i < t->places_n && t->places[i].out <= out; i++)
		at = t->places[i].at;
	return at;
}

/* What the translation lets through and PCRE2 refuses is valid ECMA-262 that it cannot do. */
static void refused(struct pattern_translation *t, int code, size_t out)
{
	size_t at = place_of(t, out);
	PCRE2_UCHAR text[160];

	switch (code) {
	case PCRE2_ERROR_LOOKBEHIND_NOT_FIXED_LENGTH:
	case PCRE2_ERROR_LOOKBEHIND_TOO_COMPLICATED:
	case PCRE2_ERROR_LOOKBEHIND_TOO_LONG:
		pattern_unsupported(t, at, "a look-behind without a fixed length",
		                    "leave * + ? {n,m} out of (?<=...) and (?<!...)");
		break;
	case PCRE2_ERROR_UNKNOWN_UNICODE_PROPERTY:
		(void)pattern_bad(t, at, "an unknown script in \\p{...}",
		                  "write its Unicode name, as in \\p{Script=Old_Italic}");
		break;
	case PCRE2_ERROR_PATTERN_TOO_LARGE:
	case PCRE2_ERROR_PATTERN_STRING_TOO_LONG:
		pattern_unsupported(t, at, "a pattern that is too large",
		                    "make the numbers in {...} smaller");
		break;
	default:
		pcre2_get_error_message(code, text, sizeof(text));
		pattern_unsupported(t, at, (const char *)text, "write it in another way");
	}
}

/* Translate TEXT and compile it into the arena of T. */
static bool compile(pcre2_code **out, struct pattern_translation *t, struct str text)
{
	const uint32_t options = PCRE2_UTF | PCRE2_NO_UTF_CHECK | PCRE2_DOLLAR_ENDONLY |
	                         PCRE2_ALLOW_EMPTY_CLASS | PCRE2_MATCH_UNSET_BACKREF |
	                         PCRE2_NEVER_BACKSLASH_C;
	pcre2_general_context *memory CLEANUP(free_general) =
	        pcre2_general_context_create(take, give_back, t->arena);
	pcre2_compile_context *context CLEANUP(free_compile) =
	        pcre2_compile_context_create(memory);
	PCRE2_SIZE offset;
	int code;

	if (!pattern_translate(t, text))
		return false;
	pcre2_set_max_pattern_length(context, LIMIT_PATTERN_BYTES);
	pcre2_set_parens_nest_limit(context, PATTERN_NESTING);
	*out = pcre2_compile((PCRE2_SPTR)buf_z(t->out), t->out->n, options, &code,
	                     &offset, context);
	if (!*out)
		refused(t, code, offset);
	return *out != NULL;
}

bool pattern_compile(struct pattern **out, struct str text, struct arena *arena,
                     struct err *err)
{
	struct buf translated CLEANUP(buf_release) = BUF_INIT(LIMIT_PATTERN_BYTES);
	struct pattern_translation t = {.out = &translated, .arena = arena, .err = err};
	struct pattern *p = arena_new(arena, struct pattern);

	if (!compile(&p->code, &t, text))
		return false;
	/* Without JIT matching is slower, not different. */
	(void)pcre2_jit_compile(p->code, PCRE2_JIT_COMPLETE);
	*out = p;
	return true;
}

void pattern_release(struct pattern *p)
{
	pcre2_code_free(p->code);
	p->code = NULL;
}

bool pattern_valid(struct str text)
{
	struct buf translated CLEANUP(buf_release) = BUF_INIT(LIMIT_PATTERN_BYTES);
	struct arena arena CLEANUP(arena_release) = {0};
	struct err err = {0};
	struct pattern_translation t = {.out = &translated, .arena = &arena, .err = &err};
	pcre2_code *code;

	return compile(&code, &t, text) || t.unsupported;
}

/* ---- matching ---- */

static struct scratch *scratch_open(void)
{
	struct scratch *s = mem_alloc(sizeof(*s));

	*s = (struct scratch){
	        .data = pcre2_match_data_create(1, NULL),
	        .context = pcre2_match_context_create(NULL),
	        .stack = pcre2_jit_stack_create(LIMIT_PATTERN_STACK_BYTES / 64,
	                                        LIMIT_PATTERN_STACK_BYTES, NULL),
	};
	if (!s->data || !s->context || !s->stack)
		out_of_memory();
	pcre2_set_match_limit(s->context, LIMIT_PATTERN_STEPS);
	pcre2_set_depth_limit(s->context, LIMIT_PATTERN_DEPTH);
	pcre2_set_heap_limit(s->context, LIMIT_PATTERN_HEAP_KIB);
	pcre2_jit_stack_assign(s->context, NULL, s->stack);
	return s;
}

enum pattern_result pattern_match(const struct pattern *p, struct str value, void **match)
{
	struct scratch *s = *match ? *match : (*match = scratch_open());
	const char *subject = value.s ? value.s : "";
	int found = pcre2_match(p->code, (PCRE2_SPTR)subject, value.n, 0,
	                        PCRE2_NO_UTF_CHECK, s->data, s->context);

	if (found >= 0)
		return PATTERN_YES;
	return found == PCRE2_ERROR_NOMATCH ? PATTERN_NO : PATTERN_EXPLODED;
}

void pattern_match_release(void **match)
{
	struct scratch *s = *match;

	if (!s)
		return;
	pcre2_jit_stack_free(s->stack);
	pcre2_match_context_free(s->context);
	pcre2_match_data_free(s->data);
	free(s);
	*match = NULL;
}
