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

static bool add_notes(struct buf *out, struct form_run *f, const struct release *release,
                      struct err *err)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	struct str notes;

	if (!find_notes(&notes, f->edition->record, release, &scratch, err))
		return false;
	buf_addc(out, '\n');
	buf_add(out, str_trim(without_signature(notes)));
	buf_addc(out, '\n');
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
