/*
 * changelog.c - the notes of all releases, the newest first
 *
 * They are the messages of the tags: made with the release, and never made anew.
 */
#include "export/form.h"

#include "base/limits.h"

/* A signature stands behind the notes. */
static struct str without_signature(struct str message)
{
	static const char *const marks[] = {"-----BEGIN PGP SIGNATURE-----",
	                                    "-----BEGIN SSH SIGNATURE-----"};
	struct str rest = message, line;

	while (str_split(&rest, '\n', &line))
		for (size_t i = 0; i < ARRAY_LEN(marks); i++)
			if (str_eqz(line, marks[i]))
				return str_sub(message, 0, (size_t)(line.s - message.s));
	return message;
}

static bool find_notes(struct str *out, const struct record *r,
                       const struct release *release, struct arena *arena,
                       struct err *err)
{
	struct str tag;

	*out = release->notes;
	if (release->preview)
		return true;
	tag = record_tag(r, release->name, arena);
	return repo_tag_message(out, r->repo, tag, arena) ||
	       err_set(err, ERR_REPO,
	               "the notes of release " STR_FMT " are in its tag " STR_FMT
	               ", which is not here; fetch the tags (git fetch --tags), "
	               "or leave them out with --without changelog",
	               STR_ARG(release->name), STR_ARG(tag));
}

/*
 * NOTES as a part of the whole: headings are one level deeper, and the first line, which names
 * the release, is the heading that programs look for.
 * Source: Keep a Changelog 1.1.0
 */
static void add_part(struct buf *out, const struct release *r, struct str notes)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	struct str rest = notes, line;
	struct str title = arena_fmt(&scratch, "Release " STR_FMT, STR_ARG(r->name));
	bool first = true;

	buf_addf(out, "\n## [" STR_FMT "] - " STR_FMT "\n", STR_ARG(r->name),
	         STR_ARG(r->date));
	for (; str_split(&rest, '\n', &line); first = false) {
		if (first && str_ends(line, title))
			continue;
		if (str_starts(line, STR("#")))
			buf_addc(out, '#');
		buf_add(out, line);
		buf_addc(out, '\n');
	}
}

static bool add_notes(struct buf *out, struct form_run *f, const struct release *release,
                      struct err *err)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	struct str notes;

	if (!find_notes(&notes, f->edition->record, release, &scratch, err))
		return false;
	add_part(out, release, str_trim(without_signature(notes)));
	return true;
}

static bool write_notes(struct form_run *f, struct err *err)
{
	CLEANUP(buf_release) struct buf out = BUF_INIT(LIMIT_OUTPUT_BYTES);
	const struct record *r = f->edition->record;

	buf_addz(&out, "# Changelog\n");
	for (size_t i = r->n; i > 0; i--) {
		if (!add_notes(&out, f, &r->releases[i - 1], err) ||
		    !file_write(f->file, buf_str(&out), err))
			return false;
		buf_reset(&out);
	}
	return true;
}

const struct form form_changelog = {.name = "changelog",
                                    .summary = "what is new, for people",
                                    .file = "CHANGELOG.md",
                                    .end = write_notes};
