#include "export/check.h"

#include "base/limits.h"
#include "base/write.h"
#include "digest/digest.h"
#include "export/press.h"
#include "export/shelf_internal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define READ_BYTES (256u * 1024)

struct checking {
	struct checked *out;
	struct diag_list *diags;
	struct arena *arena;
	struct err *err;
	bool *seen; /* one a listed sum */
};

static struct diag *tell(const struct checking *c, const struct rule *rule,
                         struct str path, const char *what)
{
	diag_file(c->diags, arena_fmt(c->diags->arena, STR_FMT "/" STR_FMT,
	                              STR_ARG(c->out->dir), STR_ARG(path)));
	return diag_add(c->diags, rule, (struct span){0}, "%s", what);
}

/* ---- SHA256SUMS ---- */

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* "64 digits, two blanks, path" */
static bool read_line(struct export_sum *out, struct str line)
{
	if (line.n < 67 || line.s[64] != ' ' || line.s[65] != ' ')
		return false;
	for (size_t i = 0; i < 32; i++) {
		int high = hex_digit(line.s[2 * i]), low = hex_digit(line.s[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		out->sha256[i] = (unsigned char)(high * 16 + low);
	}
	out->path = str_sub(line, 66, line.n);
	return true;
}

static int by_path(const void *a, const void *b)
{
	return str_cmp(((const struct export_sum *)a)->path,
	               ((const struct export_sum *)b)->path);
}

static bool read_sums(struct checking *c)
{
	CLEANUP(buf_release) struct buf bytes = BUF_INIT(LIMIT_OUTPUT_BYTES);
	struct str path = shelf_path(c->out->dir, "SHA256SUMS", c->arena), rest, line;
	const char *why = "it is too large";
	struct source source;
	size_t cap = 0;

	if (source_read(&source, &bytes, path, &why) != SOURCE_OK)
		return err_set(c->err, ERR_IO,
		               STR_FMT ": %s; it lists the files of a snapshot: make the "
		                       "snapshot again",
		               STR_ARG(path), why);
	rest = arena_str(c->arena, source.bytes);
	while (str_split(&rest, '\n', &line)) {
		if (!line.n && !rest.n)
			break;
		if (!read_line(arena_push(c->arena, c->out->sums, c->out->sums_n, cap),
		               line))
			return err_set(c->err, ERR_IO,
			               STR_FMT ": line %zu is no sum and name",
			               STR_ARG(path), c->out->sums_n);
	}
	if (c->out->sums_n)
		qsort(c->out->sums, c->out->sums_n, sizeof(*c->out->sums), by_path);
	return true;
}

/* ---- the files ---- */

static bool sum_of(unsigned char sum[32], int fd)
{
	CLEANUP(arena_release) struct arena scratch = {0};
	char *bytes = arena_array(&scratch, char, READ_BYTES);
	struct sha256 *s = sha256_open();
	ssize_t n;

	while ((n = read(fd, bytes, READ_BYTES)) > 0 || (n < 0 && errno == EINTR))
		if (n > 0)
			sha256_add(s, (struct str){bytes, (size_t)n});
	sha256_close(sum, s);
	return n == 0;
}

static bool check_file(struct checking *c, int dir, const char *name, struct str path)
{
	struct export_sum wanted = {.path = path}, *listed = NULL;
	unsigned char sum[32];
	bool ok;
	int fd;

	if (c->out->sums_n)
		listed = bsearch(&wanted, c->out->sums, c->out->sums_n, sizeof(wanted),
		                 by_path);
	if (!listed && str_eqz(path, "SHA256SUMS"))
		return true;
	if (!listed) {
		tell(c, &rule_snapshot_stray, path, "SHA256SUMS does not list this file")
		        ->suggestion = STR("remove it, or make the snapshot again");
		return true;
	}
	c->seen[listed - c->out->sums] = true;
	fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
	ok = fd >= 0 && sum_of(sum, fd);
	if (fd >= 0)
		(void)close(fd);
	if (!ok)
		return err_set(c->err, ERR_IO, STR_FMT "/" STR_FMT ": %s",
		               STR_ARG(c->out->dir), STR_ARG(path), strerror(errno));
	if (memcmp(sum, listed->sha256, sizeof(sum)) != 0)
		tell(c, &rule_snapshot_changed, path,
		     "the file is not the one that SHA256SUMS lists")
		        ->suggestion = STR("make the snapshot again");
	return true;
}

static int by_name(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* The names in the open folder FD, which is closed, sorted; *N of them. */
static bool list_folder(struct str **out, size_t *n, int fd, struct arena *arena)
{
	DIR *d = fdopendir(fd);
	const struct dirent *e;
	struct str *names = NULL;
	size_t cap = 0;

	*n = 0;
	if (!d) {
		(void)close(fd);
		return false;
	}
	while ((e = readdir(d)))
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			*arena_push(arena, names, *n, cap) =
			        arena_str(arena, str_of(e->d_name));
	(void)closedir(d);
	if (*n)
		qsort(names, *n, sizeof(*names), by_name);
	*out = names;
	return true;
}

/* All below the open folder FD; BELOW is its path, "" the top. */
static bool check_folder(struct checking *c, int fd, struct str below, int depth)
{
	CLEANUP(arena_release) struct arena own = {0};
	int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
	struct str *names;
	size_t n;
	bool ok = list_folder(&names, &n, fcntl(fd, F_DUPFD_CLOEXEC, 3), &own);

	for (size_t i = 0; i < n && ok; i++) {
		CLEANUP(arena_release) struct arena scratch = {0};
		CLEANUP(fd_release) int next = -1;
		struct str path =
		        arena_fmt(&scratch, STR_FMT "%s" STR_FMT, STR_ARG(below),
		                  below.n ? "/" : "", STR_ARG(names[i]));
		struct stat st;

		if (fstatat(fd, names[i].s, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
		    S_ISREG(st.st_mode)) {
			ok = check_file(c, fd, names[i].s, path);
			continue;
		}
		if (depth < LIMIT_WALK_DEPTH)
			next = openat(fd, names[i].s, flags);
		if (next >= 0)
			ok = check_folder(c, next, path, depth + 1);
		else
			tell(c, &rule_snapshot_stray, path,
			     "this is neither a regular file nor a folder");
	}
	return ok;
}

static bool check_files(struct checking *c)
{
	CLEANUP(fd_release)
	int fd = open(c->out->dir.s, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	c->seen = arena_array(c->arena, bool, c->out->sums_n);
	if (fd < 0 || !check_folder(c, fd, STR(""), 0))
		return err_set(c->err, ERR_IO, STR_FMT " cannot be read: %s",
		               STR_ARG(c->out->dir), strerror(errno));
	for (size_t i = 0; i < c->out->sums_n; i++)
		if (!c->seen[i])
			tell(c, &rule_snapshot_missing, c->out->sums[i].path,
			     "SHA256SUMS lists this file, which is not there");
	return true;
}

/* ---- whether it agrees with itself ---- */

static bool is_listed(const struct checked *c, const char *path)
{
	struct export_sum wanted = {.path = str_of(path)};

	return c->sums_n && bsearch(&wanted, c->sums, c->sums_n, sizeof(wanted), by_path);
}

static bool read_json(const struct doc_node **out, struct checking *c, const char *name)
{
	*out = NULL;
	return !is_listed(c->out, name) ||
	       shelf_json(out, shelf_path(c->out->dir, name, c->arena), c->arena, c->err);
}

static void check_number(const struct checking *c, const char *file, const char *what,
                         size_t has)
{
	if (has != c->out->entries)
		tell(c, &rule_snapshot_contradiction, str_of(file),
		     arena_fmt(c->arena, "%s %zu entries, but MANIFEST.json lists %zu",
		               what, has, c->out->entries)
		             .s);
}

static void check_same(const struct checking *c, const char *file, const char *what,
                       struct str here, struct str there)
{
	if (!str_eq(here, there))
		tell(c, &rule_snapshot_contradiction, str_of(file),
		     arena_fmt(c->arena,
		               "the %s is " STR_FMT ", but MANIFEST.json says " STR_FMT,
		               what, STR_ARG(diag_quote(c->arena, here)),
		               STR_ARG(diag_quote(c->arena, there)))
		             .s);
}

static bool check_about(struct checking *c)
{
	const struct doc_node *about, *index, *shards;
	size_t n = 0;

	if (!read_json(&about, c, "snapshot.json") ||
	    !read_json(&index, c, "entries/index.json"))
		return false;
	if (about) {
		check_same(c, "snapshot.json", "release", shelf_text(about, "release"),
		           c->out->release);
		check_same(c, "snapshot.json", "commit", shelf_text(about, "commit"),
		           c->out->commit);
		check_number(c, "snapshot.json", "it speaks of",
		             shelf_count(about, "entries"));
	}
	if (!index)
		return true;
	shards = doc_get(index, "shards");
	for (size_t i = 0; shards && i < shelf_list_n(shards); i++)
		n += shelf_count(&shards->items[i], "entries");
	check_number(c, "entries/index.json", "its files have", n);
	return true;
}

bool snapshot_check(struct checked *out, struct diag_list *diags, struct str dir,
                    struct arena *arena, struct err *err)
{
	struct checking c = {out, diags, arena, err, NULL};

	while (dir.n > 1 && dir.s[dir.n - 1] == '/')
		dir.n--;
	*out = (struct checked){.dir = arena_str(arena, dir)};
	if (!shelf_is_one(out->dir))
		return shelf_none(dir, err);
	if (!read_sums(&c) || !check_files(&c) ||
	    !shelf_json(&out->manifest, shelf_path(out->dir, "MANIFEST.json", arena),
	                arena, err))
		return false;
	out->release = shelf_text(out->manifest, "release");
	out->commit = shelf_text(out->manifest, "commit");
	out->preview = doc_is_true(doc_get(out->manifest, "preview"));
	out->previous = shelf_text(out->manifest, "previous");
	out->entries = shelf_list_n(doc_get(out->manifest, "entries"));
	return check_about(&c) && check_contents(out, diags, arena, err);
}

/* ---- made again ---- */

struct comparing {
	const struct checked *checked;
	struct checking *checking;
};

static void compare_sums(void *ctx, const struct export_sum *sums, size_t n)
{
	const struct comparing *k = ctx;
	const struct checked *c = k->checked;
	size_t i = 0, j = 0;

	while (i < n || j < c->sums_n) {
		int order = i == n           ? 1
		            : j == c->sums_n ? -1
		                             : by_path(&sums[i], &c->sums[j]);

		/* The list of sums cannot list itself. */
		if (order < 0 && !str_eqz(sums[i].path, "SHA256SUMS"))
			tell(k->checking, &rule_snapshot_release, sums[i].path,
			     "the release gives this file, which the snapshot has not");
		if (order > 0)
			tell(k->checking, &rule_snapshot_release, c->sums[j].path,
			     "the release does not give this file");
		if (!order && memcmp(sums[i].sha256, c->sums[j].sha256, 32) != 0)
			tell(k->checking, &rule_snapshot_release, sums[i].path,
			     "the release gives other bytes");
		i += order <= 0;
		j += order >= 0;
	}
}

static bool read_forms(struct export_request *out, const struct checked *c,
                       struct arena *arena, struct err *err)
{
	const struct doc_node *names = doc_get(c->manifest, "forms");
	size_t n = shelf_list_n(names);
	const struct form **list = arena_array(arena, const struct form *, n);

	for (size_t i = 0; i < n; i++) {
		list[i] = form_find(doc_text(&names->items[i]));
		if (!list[i])
			return err_set(
			        err, ERR_USAGE,
			        "the snapshot has a form \"" STR_FMT
			        "\" that this program does not know: it cannot be "
			        "made again; give --no-rebuild, or a newer stemma",
			        STR_ARG(diag_quote(arena, doc_text(&names->items[i]))));
	}
	out->forms = list;
	out->forms_n = n;
	return true;
}

bool snapshot_can_rebuild(const struct checked *c)
{
	return str_eqz(doc_text(doc_get(c->manifest, "revision")), EXPORT_REVISION);
}

bool snapshot_rebuild(struct diag_list *diags, const struct checked *c,
                      const struct record *r, struct str temp, int jobs,
                      struct arena *arena, struct err *err)
{
	struct checked same = *c;
	struct checking checking = {&same, diags, arena, err, NULL};
	struct comparing comparing = {c, &checking};
	struct export_request request = {.named = true,
	                                 .arena = arena,
	                                 .instead = compare_sums,
	                                 .ctx = &comparing};
	struct export_result result;

	request.options.bom = doc_is_true(doc_get(c->manifest, "bom"));
	request.options.csv_guard = doc_is_true(doc_get(c->manifest, "csv_guard"));
	request.options.jobs = jobs;
	request.dir = arena_fmt(arena, STR_FMT "/stemma-verify-%d", STR_ARG(temp),
	                        (int)getpid());
	request.replace = true; /* nothing gets that name */
	return read_forms(&request, c, arena, err) &&
	       export_make(&result, &request, r, err);
}
