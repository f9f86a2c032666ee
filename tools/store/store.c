/*
 * store.c - opening and closing, transactions
 *
 * Source: SQLite, "Database File Format", 1.3; "Defense Against The Dark Arts"
 */
#include "store/internal.h"

#include "base/arena.h"
#include "base/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool store_fail(const struct store *s, const char *what, struct err *err)
{
	return err_set(err, ERR_IO, "%s %s: %s", s->path, what, sqlite3_errmsg(s->db));
}

/* What is in the file was perhaps written by others. */
static bool harden(struct store *s)
{
	return sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL) ==
	               SQLITE_OK &&
	       sqlite3_db_config(s->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL) ==
	               SQLITE_OK &&
	       sqlite3_busy_timeout(s->db, LIMIT_STORE_WAIT_MS) == SQLITE_OK &&
	       sqlite3_exec(s->db, "PRAGMA cell_size_check = ON", NULL, NULL, NULL) ==
	               SQLITE_OK;
}

/* Without it, every piece of memory is counted under one lock for all threads. */
static void set_up_library(void)
{
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

/* A struct store in any case, for its messages; false when it cannot be worked with. */
static bool open_file(struct store **out, struct str path, int flags, struct err *err)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	struct store *s = mem_alloc(sizeof(*s));

	(void)pthread_once(&once, set_up_library);
	*s = (struct store){.path = mem_alloc(path.n + 1)};
	memcpy(s->path, path.s, path.n);
	s->path[path.n] = '\0';
	*out = s;
	if (sqlite3_open_v2(s->path, &s->db, flags | SQLITE_OPEN_NOMUTEX, NULL) ||
	    !harden(s))
		return store_fail(s, "cannot be opened", err);
	return true;
}

void store_close(struct store *s)
{
	if (!s)
		return;
	(void)sqlite3_close(s->db);
	free(s->path);
	free(s);
}

void store_close_p(struct store **s)
{
	store_close(*s);
	*s = NULL;
}

bool store_run(struct store *s, const char *sql, struct err *err)
{
	return sqlite3_exec(s->db, sql, NULL, NULL, NULL) == SQLITE_OK ||
	       store_fail(s, "cannot be used", err);
}

bool store_begin(struct store *s, struct err *err)
{
	return store_run(s, "BEGIN IMMEDIATE", err);
}

bool store_end(struct store *s, bool keep, struct err *err)
{
	return store_run(s, keep ? "COMMIT" : "ROLLBACK", err);
}

/* ---- caches ---- */

enum what { WHAT_NEW, WHAT_OURS, WHAT_OTHER, WHAT_UNREADABLE };

/* Bytes of the header up to the kind's id, which is its last part that is read here. */
#define HEADER_BYTES 72

static uint32_t id_at(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* What the file is by its first bytes: only what is known to be ours is ever replaced. */
static enum what look(const char *path, uint32_t id)
{
	static const char magic[16] = "SQLite format 3";
	unsigned char header[HEADER_BYTES];
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	ssize_t n = fd < 0 ? -1 : read(fd, header, sizeof(header));
	int problem = errno;

	if (fd >= 0)
		(void)close(fd);
	errno = problem;
	if (fd < 0 && problem == ENOENT)
		return WHAT_NEW;
	if (n < 0)
		return WHAT_UNREADABLE;
	if (n == 0)
		return WHAT_NEW;
	if (n < HEADER_BYTES || memcmp(header, magic, sizeof(magic)) != 0)
		return WHAT_OTHER;
	if (id_at(header + 68) == 0)
		return WHAT_NEW; /* as far as is known: perhaps its maker was killed */
	return id_at(header + 68) == id ? WHAT_OURS : WHAT_OTHER;
}

static bool number(struct store *s, const char *sql, int64_t *out)
{
	CLEANUP(store_query_close_p) struct store_query *q = NULL;
	struct err unused = {0};
	bool row;

	if (!store_query(&q, s, sql, &unused) || !store_step(q, &row, &unused) || !row)
		return false;
	*out = store_int(q, 0);
	return true;
}

/* Whether what S holds can be relied on: all of it is looked at once. */
static bool is_sound(struct store *s, int version)
{
	CLEANUP(store_query_close_p) struct store_query *q = NULL;
	struct err unused = {0};
	int64_t found;
	bool row;

	return number(s, "PRAGMA user_version", &found) && found == version &&
	       store_query(&q, s, "PRAGMA quick_check(1)", &unused) &&
	       store_step(q, &row, &unused) && row && str_eqz(store_text(q, 0), "ok");
}

static bool is_other(struct str path, struct err *err)
{
	return err_set(err, ERR_IO,
	               STR_FMT " is no cache of this kind and is left as it is; name "
	                       "another file, or remove it",
	               STR_ARG(path));
}

/*
 * The tables, unless another process was faster. They are in the file itself, not in a log
 * beside it: look() reads the id there.
 */
static bool make_tables(struct store *s, const struct store_kind *kind, struct err *err)
{
	char *id = sqlite3_mprintf("PRAGMA application_id = %d; PRAGMA user_version = %d",
	                           (int)kind->id, kind->version);
	int64_t tables = 0, found = 0;
	bool ok =
	        store_begin(s, err) &&
	        (number(s, "SELECT count(*) FROM sqlite_schema", &tables) ||
	         store_fail(s, "cannot be used", err)) &&
	        (tables || (store_run(s, id, err) && store_run(s, kind->tables, err))) &&
	        store_end(s, true, err);

	sqlite3_free(id);
	if (ok && tables &&
	    !(number(s, "PRAGMA application_id", &found) && found == kind->id))
		return is_other(str_of(s->path), err);
	return ok;
}

/* A lost machine may cost what a cache holds; a killed program does not. */
static bool set_up(struct store *s, struct err *err)
{
	return store_run(s, "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF", err);
}

static void remove_file(struct str path)
{
	static const char *const endings[] = {"", "-wal", "-shm", "-journal"};

	for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
		char *name = sqlite3_mprintf("%.*s%s", (int)path.n, path.s, endings[i]);

		if (name)
			(void)unlink(name);
		sqlite3_free(name);
	}
}

static bool open_new(struct store **out, struct str path, const struct store_kind *kind,
                     struct err *err)
{
	return open_file(out, path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, err) &&
	       make_tables(*out, kind, err) && set_up(*out, err);
}

/* A cache of ours as it is, else an empty one in its place. */
static bool open_ours(struct store **out, struct str path, const struct store_kind *kind,
                      struct err *err)
{
	struct err unused = {0};

	if (open_file(out, path, SQLITE_OPEN_READWRITE, &unused) &&
	    set_up(*out, &unused) && is_sound(*out, kind->version))
		return true;
	if (sqlite3_errcode((*out)->db) == SQLITE_BUSY)
		return store_fail(*out, "is in use", err);
	if (access(path.s, W_OK) != 0)
		return store_fail(*out, "cannot be written", err);
	store_close_p(out);
	remove_file(path);
	return open_new(out, path, kind, err);
}

static bool open_cache(struct store **out, struct str path, const struct store_kind *kind,
                       struct err *err)
{
	switch (look(path.s, kind->id)) {
	case WHAT_OTHER:
		return is_other(path, err);
	case WHAT_UNREADABLE:
		return err_set(err, ERR_IO, STR_FMT " cannot be read: %s", STR_ARG(path),
		               strerror(errno));
	case WHAT_OURS:
		return open_ours(out, path, kind, err);
	case WHAT_NEW:
		break;
	}
	return open_new(out, path, kind, err);
}

bool store_cache(struct store **out, struct str path, const struct store_kind *kind,
                 struct err *err)
{
	*out = NULL;
	if (open_cache(out, path, kind, err))
		return true;
	store_close_p(out);
	return false;
}

/* ---- results and inputs ---- */

/*
 * What a result has in its gaps is in it elsewhere as well, and need not be wiped out. It grows
 * at its ends: pages are not wanted again soon, and a few of them in memory are enough.
 */
bool store_create(struct store **out, struct str path, struct err *err)
{
	*out = NULL;
	remove_file(path);
	if (open_file(out, path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, err) &&
	    store_run(*out,
	              "PRAGMA page_size = 8192; PRAGMA encoding = 'UTF-8'; "
	              "PRAGMA cache_size = -4096; PRAGMA journal_mode = MEMORY; "
	              "PRAGMA synchronous = OFF; PRAGMA secure_delete = OFF",
	              err))
		return true;
	store_close_p(out);
	return false;
}

bool store_read(struct store **out, struct str path, struct err *err)
{
	int64_t unused;

	*out = NULL;
	if (open_file(out, path, SQLITE_OPEN_READONLY, err) &&
	    (number(*out, "SELECT count(*) FROM sqlite_schema", &unused) ||
	     store_fail(*out, "cannot be read", err)))
		return true;
	store_close_p(out);
	return false;
}
