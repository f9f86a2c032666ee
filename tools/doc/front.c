#include "doc/internal.h"

/* A line of three dashes; blanks behind them do not show and do not count. */
static bool is_fence(struct str line)
{
	if (!str_starts(line, STR("---")))
		return false;
	return str_trim(str_sub(line, 3, line.n)).n == 0;
}

static size_t line_end(struct str s, size_t at)
{
	return at + str_find(str_sub(s, at, s.n), '\n');
}

bool front_matter(const struct source *source, size_t *from, size_t *to,
                  struct diag_list *diags)
{
	struct str s = source->bytes;
	size_t at = bom_length(s), end = line_end(s, at);

	if (!is_fence(str_sub(s, at, end - at))) {
		diag_add(diags, &rule_syntax_front_matter, (struct span){1, 1, 1, 1},
		         "this file has no front matter: line 1 is not ---")
		        ->suggestion =
		        STR("write a line ---, then the YAML, then a line --- again");
		return false;
	}
	*from = end < s.n ? end + 1 : end;
	for (at = *from; at < s.n; at = end + 1) {
		end = line_end(s, at);
		if (is_fence(str_sub(s, at, end - at))) {
			*to = at;
			return true;
		}
	}
	diag_add(diags, &rule_syntax_front_matter, (struct span){1, 1, 1, 4},
	         "the front matter that starts here has no end")
	        ->suggestion = STR("close it with a line ---");
	return false;
}
