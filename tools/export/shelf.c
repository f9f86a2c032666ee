#include "export/shelf_internal.h"

#include "base/limits.h"
#include "base/write.h"
#include "export/shards.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- files ---- */

bool shelf_none(struct str dir, struct err *err)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	struct stat st;

	if (stat(arena_str(&scratch, dir).s, &st))
		return err_set(err, ERR_USAGE,
		               STR_FMT ": %s; `stemma snapshot -o DIR` makes a snapshot",
		               STR_ARG(dir), strerror(errno));
	if (!S_ISDIR(st.st_mode))
		return err_set(err, ERR_USAGE,
		               STR_FMT " is no folder; a snapshot is one, and `stemma "
		                       "snapshot -o DIR` makes it",
		               STR_ARG(dir));
	return err_set(err, ERR_USAGE,
	               STR_FMT " is no snapshot: it has no MANIFEST.json of one; `stemma "
	                       "snapshot -o DIR` makes one",
	               STR_ARG(dir));
}

bool shelf_damaged(struct str path, const char *why, struct err *err)
{
	return err_set(err, ERR_IO,
	               STR_FMT
	               ": %s; `stemma verify` tells what is wrong with a snapshot",
	               STR_ARG(path), why);
}

bool shelf_json(const struct doc_node **out, struct str path, struct arena *arena,
                struct err *err)
{
	CLEANUP(buf_release) struct buf bytes = BUF_INIT(LIMIT_OUTPUT_BYTES);
	struct doc_options json = {.format = DOC_JSON, .nodes = LIMIT_SNAPSHOT_NODES};
	struct source *source = arena_new(arena, struct source);
	const char *why = "it is too large";
	struct diag_list unused;
	struct docs docs;

	if (source_read(source, &bytes, path, &why) != SOURCE_OK)
		return shelf_damaged(path, why, err);
	source->bytes = arena_str(arena, source->bytes);
	diag_init(&unused, arena);
	if (!doc_read(&docs, source, &json, arena, &unused))
		return shelf_damaged(path, "it is no JSON", err);
	*out = &docs.items[0].root;
	return true;
}

struct str shelf_path(struct str dir, const char *name, struct arena *arena)
{
	return arena_fmt(arena, STR_FMT "/%s", STR_ARG(dir), name);
}

/* Whether MANIFEST.json in DIR begins as that of a snapshot. */
bool shelf_is_one(struct str dir)
{
	static const char mark[] =
	        "{\"format\":\"manifest/1\",\"snapshot\":\"snapshot/1\"";
	CLEANUP(arena_release) struct arena scratch = {0};
	char head[sizeof(mark) - 1];
	int fd CLEANUP(fd_release) =
	        shelf_file(shelf_path(dir, "MANIFEST.json", &scratch).s);

	return fd >= 0 && read(fd, head, sizeof(head)) == (ssize_t)sizeof(head) &&
	       !memcmp(head, mark, sizeof(head));
}

bool shelf_may_replace(bool *out, struct str dir, struct err *err)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	struct stat st;

	*out = false;
	while (dir.n > 1 && dir.s[dir.n - 1] == '/')
		dir.n--;
	if (lstat(arena_str(&scratch, dir).s, &st))
		return true;
	*out = S_ISDIR(st.st_mode) && shelf_is_one(dir);
	return *out ||
	       err_set(err, ERR_USAGE,
	               STR_FMT " is there and is no snapshot: it is left as it is; "
	                       "name another folder, or remove it yourself",
	               STR_ARG(dir));
}

/* ---- words ---- */

struct words shelf_words(const struct doc_node *node)
{
	const struct doc_node *fallback = doc_get(node, "fallback");

	return (struct words){doc_text(doc_get(node, "text")),
	                      doc_text(doc_get(node, "lang")),
	                      fallback && fallback->truth};
}

static struct words words_at(const struct doc_node *words, const char *name)
{
	return shelf_words(doc_get(words, name));
}

static void read_words(struct compare_words *w, const struct doc_node *node)
{
	w->brand = words_at(node, "brand");
	w->title = words_at(node, "title");
	w->lead = words_at(node, "lead");
	w->corner = words_at(node, "attribute");
	w->missing = words_at(node, "missing");
	w->note_differs = shelf_text(node, "note_differs");
	w->note_same = shelf_text(node, "note_same");
	w->note_language = shelf_text(node, "note_language");
	w->separator = shelf_text(node, "separator");
	w->citation = shelf_text(node, "citation");
	w->citation_line = shelf_text(node, "citation_line");
	w->url = shelf_text(node, "url");
	w->permalink = shelf_text(node, "permalink");
	w->page_lang = shelf_text(node, "page_lang");
}

static void read_language(struct shelf *s, const struct doc_node *root)
{
	const struct doc_node *fallback = doc_get(root, "fallback");
	const struct doc_node *rows = doc_get(root, "rows");
	struct str *chain = arena_array(s->arena, struct str, shelf_list_n(fallback) + 1);
	struct view_row *list =
	        arena_array(s->arena, struct view_row, shelf_list_n(rows));

	chain[s->chain_n++] = shelf_text(root, "lang");
	for (size_t i = 0; i < shelf_list_n(fallback); i++)
		chain[s->chain_n++] = doc_text(&fallback->items[i]);
	s->chain = chain;
	for (size_t i = 0; i < shelf_list_n(rows); i++)
		list[i] = (struct view_row){shelf_text(&rows->items[i], "key"),
		                            words_at(&rows->items[i], "label"),
		                            shelf_text(&rows->items[i], "type"),
		                            shelf_text(&rows->items[i], "comparator")};
	s->rows = list;
	s->rows_n = shelf_list_n(rows);
	read_words(&s->words, doc_get(root, "words"));
}

/* ---- opening ---- */

/* "en, vi and tr" without the and: the languages of a snapshot. */
static struct str language_list(const struct doc_node *languages, struct arena *arena)
{
	CLEANUP(buf_release) struct buf out = BUF_INIT(SHELF_NAMES_BYTES);

	for (size_t i = 0; i < shelf_list_n(languages) && !out.overflow; i++)
		buf_addf(&out, "%s" STR_FMT, i ? ", " : "",
		         STR_ARG(doc_text(&languages->items[i])));
	return arena_str(arena, buf_str(&out));
}

static bool choose_language(struct shelf *s, struct str lang, struct err *err)
{
	const struct doc_node *languages = doc_get(s->about, "languages");

	for (size_t i = 0; i < shelf_list_n(languages); i++) {
		struct str one = doc_text(&languages->items[i]);

		if ((!lang.s || str_eq(one, lang)) && language_valid(one)) {
			s->lang = one;
			return true;
		}
	}
	return err_set(err, ERR_USAGE,
	               "the snapshot " STR_FMT " has no language \"" STR_FMT
	               "\", only " STR_FMT,
	               STR_ARG(s->dir), STR_ARG(lang.s ? lang : STR("")),
	               STR_ARG(language_list(languages, s->arena)));
}

static bool is_shard_name(struct str name)
{
	for (size_t i = 0; i < name.n; i++)
		if (!name.s[i] || !strchr("0123456789abcdef", name.s[i]))
			return false;
	return name.n == SHARD_NAME_DIGITS;
}

static bool read_index(struct shelf *s, struct err *err)
{
	struct str path = shelf_path(s->dir, "entries/index.json", s->arena);
	const struct doc_node *root, *list;

	if (!shelf_json(&root, path, s->arena, err))
		return false;
	list = doc_get(root, "shards");
	s->shards = arena_array(s->arena, struct shard, shelf_list_n(list));
	for (size_t i = 0; i < shelf_list_n(list); i++) {
		struct shard *one = &s->shards[s->shards_n++];

		one->name = shelf_text(&list->items[i], "name");
		one->first = shelf_text(&list->items[i], "first");
		one->last = shelf_text(&list->items[i], "last");
		if (!is_shard_name(one->name))
			return shelf_damaged(path, "it names no file of entries", err);
	}
	return true;
}

bool shelf_open(struct shelf **out, struct str dir, struct str lang, struct arena *arena,
                struct err *err)
{
	struct shelf *s = arena_new(arena, struct shelf);
	const struct doc_node *root;
	struct str path;

	*out = s;
	while (dir.n > 1 && dir.s[dir.n - 1] == '/')
		dir.n--;
	*s = (struct shelf){.dir = arena_str(arena, dir), .arena = arena};
	if (!shelf_is_one(s->dir))
		return shelf_none(s->dir, err);
	path = shelf_path(s->dir, "snapshot.json", arena);
	if (access(path.s, F_OK) && errno == ENOENT)
		return err_set(
		        err, ERR_USAGE,
		        STR_FMT
		        " has no entries to compare: it was made without the form "
		        "`snapshot`, or files were removed (`stemma verify " STR_FMT
		        "` tells); make it again with that form",
		        STR_ARG(s->dir), STR_ARG(s->dir));
	if (!shelf_json(&s->about, path, arena, err) || !choose_language(s, lang, err))
		return false;
	path = arena_fmt(arena, STR_FMT "/languages/" STR_FMT ".json", STR_ARG(s->dir),
	                 STR_ARG(s->lang));
	if (!shelf_json(&root, path, arena, err))
		return false;
	read_language(s, root);
	return read_index(s, err);
}

struct str shelf_release(const struct shelf *s)
{
	return shelf_text(s->about, "release");
}

struct str shelf_date(const struct shelf *s)
{
	return shelf_text(s->about, "date");
}

struct str shelf_commit(const struct shelf *s)
{
	return shelf_text(s->about, "commit");
}
