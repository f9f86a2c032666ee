/*
 * sqlite.c - the dataset as an SQLite database, with an index of all words
 *
 * Source: SQLite's file format and FTS5
 */
#include "export/sqlite.h"

#include "base/limits.h"
#include "export/pack.h"
#include "store/store.h"

#define FILE_NAME "dataset.sqlite"

struct database {
	struct store *store;
	struct store_query *inserts[SQLITE_TABLES_N];
};

static bool open_inserts(struct database *d, const struct edition *x, struct err *err)
{
	CLEANUP(buf_release) struct buf sql = BUF_INIT(LIMIT_OUTPUT_BYTES);

	for (int t = 0; t < SQLITE_TABLES_N; t++) {
		buf_reset(&sql);
		sqlite_insert(&sql, x, (enum sqlite_table)t);
		if (!store_query(&d->inserts[t], d->store, buf_z(&sql), err))
			return false;
	}
	return true;
}

/* What the file says of itself. */
static bool tell(struct database *d, const struct edition *x, struct err *err)
{
	CLEANUP(store_query_close_p) struct store_query *q = NULL;
	const struct {
		const char *key;
		struct str value;
	} facts[] = {{"commit", x->commit},   {"date", x->date},
	             {"license", x->license}, {"release", x->name},
	             {"title", x->title},     {"language", x->dataset->default_language}};

	if (!store_query(&q, d->store, "INSERT INTO dataset VALUES (?1, ?2)", err))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(facts); i++) {
		if (!facts[i].value.n)
			continue;
		store_bind_text(q, 1, str_of(facts[i].key));
		store_bind_text(q, 2, facts[i].value);
		if (!store_do(q, err))
			return false;
	}
	return true;
}

static bool begin(struct form_run *f, struct err *err)
{
	CLEANUP(buf_release) struct buf sql = BUF_INIT(LIMIT_OUTPUT_BYTES);
	struct database *d = arena_new(f->arena, struct database);
	struct str path = folder_path(f->edition->folder, STR(FILE_NAME), f->arena);

	f->state = d;
	sqlite_tables(&sql, f->edition);
	return store_create(&d->store, path, err) &&
	       store_run(d->store, buf_z(&sql), err) && store_begin(d->store, err) &&
	       tell(d, f->edition, err) && open_inserts(d, f->edition, err);
}

static void render(struct buf *out, const struct edition *x, const struct export_entry *e)
{
	sqlite_rows(out, x, e);
}

static bool piece(struct form_run *f, const struct piece *p, struct err *err)
{
	struct database *d = f->state;
	struct str rest = p->bytes;
	int64_t entry = (int64_t)f->pieces + 1;

	while (rest.n) {
		uint32_t table = unpack_number(&rest), cells = unpack_number(&rest);
		struct store_query *q = d->inserts[table % SQLITE_TABLES_N];

		store_bind_int(q, 1, entry);
		for (uint32_t i = 0; i < cells; i++)
			store_bind_text(q, (int)i + 2, unpack_text(&rest));
		if (!store_do(q, err))
			return false;
	}
	return true;
}

static void close_inserts(struct database *d)
{
	for (int t = 0; t < SQLITE_TABLES_N; t++) {
		store_query_close(d->inserts[t]);
		d->inserts[t] = NULL;
	}
}

static bool end(struct form_run *f, struct err *err)
{
	static const char indexes[] = "CREATE INDEX names_entry ON names (entry);"
	                              "CREATE INDEX aliases_entry ON aliases (entry);"
	                              "CREATE INDEX sources_entry ON sources (entry);"
	                              "CREATE INDEX sources_work ON sources (work);"
	                              "CREATE INDEX versions_entry ON versions (entry);"
	                              "CREATE INDEX related_entry ON related (entry);"
	                              "CREATE INDEX related_id ON related (id);";
	struct database *d = f->state;

	close_inserts(d);
	if (!store_run(d->store, "INSERT INTO search (search) VALUES ('optimize')",
	               err) ||
	    !store_run(d->store, indexes, err) || !store_end(d->store, true, err))
		return false;
	store_close_p(&d->store);
	return folder_adopt(f->edition->folder, STR(FILE_NAME), err);
}

static void release(struct form_run *f)
{
	struct database *d = f->state;

	if (!d)
		return;
	close_inserts(d);
	store_close_p(&d->store);
}

const struct form form_sqlite = {.name = "sqlite",
                                 .summary = "all tables as an SQLite database, with "
                                            "an index of all words",
                                 .begin = begin,
                                 .render = render,
                                 .piece = piece,
                                 .end = end,
                                 .release = release};
