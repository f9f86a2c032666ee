#include "repo/internal.h"

#include "base/source.h"

#include <string.h>

static bool place_add(struct place *p, struct str piece)
{
	if (piece.n + 1 >= sizeof(p->s) - p->n)
		return false;
	p->s[p->n++] = '/';
	memcpy(p->s + p->n, piece.s, piece.n);
	p->n += piece.n;
	return true;
}

static void place_up(struct place *p)
{
	while (p->n && p->s[--p->n] != '/')
		;
}

/*
 * Append PATH to P without '.', '..' and empty pieces; "" is the root. Above the root there is
 * the root again (ROOTED), or nothing: false.
 */
static bool place_join(struct place *p, struct str path, bool rooted)
{
	struct str piece;

	while (str_split(&path, '/', &piece)) {
		if (!piece.n || str_eqz(piece, "."))
			continue;
		if (!str_eqz(piece, "..")) {
			if (!place_add(p, piece))
				return false;
		} else if (!p->n && !rooted) {
			return false;
		} else {
			place_up(p);
		}
	}
	p->s[p->n] = '\0';
	return true;
}

/* Leave what lies below the absolute folder TOP. */
static bool place_cut(struct place *p, struct str top)
{
	struct str whole = {p->n ? p->s : "/", p->n ? p->n : 1};

	if (!path_below(top, whole))
		return false;
	if (!str_eqz(top, "/")) {
		p->n -= top.n;
		memmove(p->s, p->s + top.n, p->n + 1);
	}
	if (p->n)
		memmove(p->s, p->s + 1, p->n--);
	p->s[p->n] = '\0';
	return true;
}

/*
 * The absolute path P again, with the links of its folders followed as far as they are there;
 * its last piece stays, for that may be a link of the repository.
 */
static bool place_real(struct place *p)
{
	struct place real = {{0}, 0};
	struct arena arena = {0};
	size_t n = p->n;
	bool ok = false;

	while (n && !ok) {
		struct str folder;

		while (n && p->s[--n] != '/')
			;
		p->s[n] = '\0';
		folder = real_path(n ? (struct str){p->s, n} : STR("/"), &arena);
		p->s[n] = '/';
		if (folder.s)
			ok = place_join(&real, folder, true) &&
			     place_join(&real, str_sub((struct str){p->s, p->n}, n, p->n),
			                true);
	}
	arena_release(&arena);
	if (ok)
		*p = real;
	return ok;
}

bool place_at_top(struct place *out, struct str path)
{
	out->n = 0;
	if (memchr(path.n ? path.s : "", '\0', path.n))
		return false;
	return place_join(out, path, false) && place_cut(out, STR("/"));
}

bool place_of(struct place *out, const struct repo *r, struct str path)
{
	struct str cwd = str_starts(path, STR("/")) ? STR_NONE : r->cwd;
	struct place whole;

	if (!r->top.s)
		return place_at_top(out, path);
	out->n = 0;
	if (memchr(path.n ? path.s : "", '\0', path.n))
		return false;
	if (!place_join(out, cwd, true) || !place_join(out, path, true))
		return false;
	whole = *out;
	if (place_cut(out, r->top))
		return true;
	return place_real(&whole) && place_cut(&whole, r->top) && (*out = whole, true);
}

struct str repo_path(const struct repo *r, struct str path, struct arena *arena)
{
	struct place place;

	if (!place_of(&place, r, path))
		return STR_NONE;
	return arena_str(arena, (struct str){place.s, place.n});
}
