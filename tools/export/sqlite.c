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
#define WAITING_BYTES (128u * 1024) /* of rows that are inserted together */

/* Rows of one table, in order. */
struct queue {
	struct store_row *first, **end;
};

struct database {
	struct store *store;
	struct store_query *inserts[SQLITE_TABLES_N];
	struct queue waiting[SQLITE_TABLES_N];
	const struct store_row *given; /* to the statement that runs */
	struct arena arena; /* of what waits */
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

static void forget(struct database *d)
{
	arena_reset(&d->arena);
	for (int t = 0; t < SQLITE_TABLES_N; t++)
		d->waiting[t] = (struct queue){NULL, &d->waiting[t].first};
}

static bool begin(struct form_run *f, struct err *err)
{
	CLEANUP(buf_release) struct buf sql = BUF_INIT(LIMIT_OUTPUT_BYTES);
	struct database *d = arena_new(f->arena, struct database);
	struct str path = folder_path(f->edition->folder, STR(FILE_NAME), f->arena);

	f->state = d;
	sqlite_tables(&sql, f->edition);
	forget(d);
	return store_create(&d->store, path, err) &&
	       store_give(d->store, &d->given, sqlite_width(f->edition), err) &&
	       store_run(d->store, buf_z(&sql), err) && store_begin(d->store, err) &&
	       tell(d, f->edition, err) && open_inserts(d, f->edition, err);
}

static void render(struct buf *out, const struct edition *x, const struct export_entry *e)
{
	sqlite_rows(out, x, e);
}

/* Insert all rows that wait. */
static bool flush(struct database *d, struct err *err)
{
	for (int t = 0; t < SQLITE_TABLES_N; t++) {
		d->given = d->waiting[t].first;
		if (d->given && !store_do(d->inserts[t], err))
			return false;
	}
	forget(d);
	return true;
}

static bool add_words(struct store_query *q, const struct store_row *row, struct err *err)
{
	store_bind_int(q, 1, row->number);
	for (size_t i = 0; i < row->texts_n; i++)
		store_bind_text(q, (int)i + 2, row->texts[i]);
	return store_do(q, err);
}

static struct store_row *take_row(struct database *d, int64_t entry, struct str *rest)
{
	struct store_row *row = arena_new(&d->arena, struct store_row);
	size_t cells = unpack_number(rest), most = rest->n / sizeof(uint32_t);
	struct str *texts;

	if (cells > most)
		cells = most;
	texts = arena_array(&d->arena, struct str, cells);
	for (size_t i = 0; i < cells; i++)
		texts[i] = unpack_text(rest);
	*row = (struct store_row){.number = entry, .texts = texts, .texts_n = cells};
	return row;
}

static bool piece(struct form_run *f, struct str bytes, struct err *err)
{
	struct database *d = f->state;
	struct str rest = arena_str(&d->arena, bytes);

	while (rest.n) {
		uint32_t table = unpack_number(&rest) % SQLITE_TABLES_N;
		struct store_row *row = take_row(d, (int64_t)f->pieces + 1, &rest);
		struct queue *waiting = &d->waiting[table];

		if (table == SQLITE_SEARCH) {
			if (!add_words(d->inserts[table], row, err))
				return false;
			continue;
		}
		*waiting->end = row;
		waiting->end = &row->next;
	}
	return d->arena.used < WAITING_BYTES || flush(d, err);
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
	static const char indexes[] = "CREATE INDEX sources_work ON sources (work);"
	                              "CREATE INDEX related_id ON related (id);";
	struct database *d = f->state;

	if (!flush(d, err))
		return false;
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
	arena_release(&d->arena);
}

const struct form form_sqlite = {.name = "sqlite",
                                 .summary = "all tables as an SQLite database, with "
                                            "an index of all words",
                                 .begin = begin,
                                 .render = render,
                                 .piece = piece,
                                 .end = end,
                                 .release = release};
