/* The record of random releases, against what was put into each of them. */
#include "../sandbox.h"
#include "digest/digest.h"

#include "record/record.h"

#define CONFIG \
	"title: Notes\n" \
	"collections:\n" \
	"  notes:\n" \
	"    folder: notes\n" \
	"    roles: {id: /id, history: /history}\n"
#define ENTRIES 8
#define RELEASES 40

/* One entry in one release. */
struct sight {
	int version; /* 0: not there */
	struct str path;
	struct oid blob;
};

struct world {
	struct sandbox box;
	struct arena arena;
	struct repo *repo;
	struct dataset *dataset;
	struct record record;
	struct sight sights[RELEASES][ENTRIES];
	struct buf history[ENTRIES];
	struct err err;
};

static void line(struct world *w, size_t e, int version, enum event event,
                 struct str content)
{
	struct history_line l = {.version = version,
	                         .event = event,
	                         .date = STR("2026-06-20"),
	                         .by = STR("A <a@example.org>"),
	                         .content = content,
	                         .sources = -1};

	buf_addz(&w->history[e], "  - ");
	history_line_text(&w->history[e], &l);
	buf_addc(&w->history[e], '\n');
}

/* The content of VERSION, with all lines so far. */
static void put(struct world *w, size_t e, struct sight *s)
{
	struct str text = arena_fmt(&w->arena, "id: e%zu\nyear: %d\nhistory:\n" STR_FMT,
	                            e, s->version, STR_ARG(buf_str(&w->history[e])));

	assert_true(repo_write_blob(&s->blob, w->repo, text, &w->err));
}

static void next_version(struct world *w, size_t e, struct sight *s)
{
	char sum[65];
	struct str content;

	s->version++;
	sha256_text(sum,
	            arena_fmt(&w->arena, "{\"id\":\"e%zu\",\"year\":%d}", e, s->version));
	content = arena_fmt(&w->arena, FINGERPRINT_SCHEME "%s", sum);
	line(w, e, s->version, EVENT_REVIEW, content);
	line(w, e, s->version, EVENT_APPROVED, content);
}

static struct str place(struct world *w, size_t e, uint32_t folder)
{
	if (!folder)
		return arena_fmt(&w->arena, "notes/e%zu.yaml", e);
	return arena_fmt(&w->arena, "notes/%u/e%zu.yaml", folder, e);
}

/* What happens to entry E in the release RELEASE: most often nothing. */
static void step(struct world *w, size_t release, size_t e, uint64_t *seed)
{
	struct sight *s = &w->sights[release][e];

	if (release)
		*s = w->sights[release - 1][e];
	switch (pick(seed, 12)) {
	case 0:
	case 1:
		next_version(w, e, s);
		if (!s->path.s)
			s->path = place(w, e, pick(seed, 3));
		put(w, e, s);
		break;
	case 2:
		if (s->path.s)
			s->path = place(w, e, pick(seed, 3));
		break;
	case 3:
		if (!s->version)
			break;
		line(w, e, s->version, EVENT_DEPRECATED, STR("c1-sha256:0"));
		put(w, e, s);
		break;
	default:
		break;
	}
}

static int by_path(const void *a, const void *b)
{
	return str_cmp(((const struct repo_edit *)a)->path,
	               ((const struct repo_edit *)b)->path);
}

static struct oid commit(struct world *w, size_t release, const struct oid *parent)
{
	CLEANUP(buf_release) struct buf text = BUF_INIT(1000);
	struct release said = {.name = arena_fmt(&w->arena, "r%zu", release),
	                       .date = STR("2026-06-20"),
	                       .config = STR("stemma.yaml")};
	struct repo_edit edits[ENTRIES + 1];
	struct oid tree, id;
	size_t n = 0;

	edits[n].path = said.config;
	edits[n].removed = false;
	assert_true(repo_write_blob(&edits[n++].blob, w->repo, STR(CONFIG), &w->err));
	for (size_t e = 0; e < ENTRIES; e++) {
		const struct sight *s = &w->sights[release][e];

		if (s->version)
			edits[n++] = (struct repo_edit){s->path, s->blob, false};
	}
	qsort(edits, n, sizeof(*edits), by_path);
	assert_true(repo_write_tree(&tree, w->repo, NULL, edits, n, &w->err));
	buf_addz(&text, "Release\n\n");
	release_trailer(&text, &said);
	assert_true(repo_write_commit(&id, w->repo, &tree, parent,
	                              STR("A <a@example.org>"), 0, buf_str(&text),
	                              &w->err));
	return id;
}

static void open_world(struct world *w, uint64_t seed)
{
	struct diag_list diags;
	struct oid tip;

	*w = (struct world){0};
	sandbox_open(&w->box);
	assert_int_equal(system("git init -q -b main ."), 0);
	sandbox_write("stemma.yaml", CONFIG);
	assert_true(repo_open(&w->repo, STR("."), &w->arena, &w->err));
	diag_init(&diags, &w->arena);
	assert_true(dataset_open(&w->dataset, &tree_disk, STR("stemma.yaml"), &w->arena,
	                         &diags, &w->err));
	for (size_t e = 0; e < ENTRIES; e++)
		w->history[e] = BUF_INIT(1 << 20);
	for (size_t i = 0; i < RELEASES; i++) {
		for (size_t e = 0; e < ENTRIES; e++)
			step(w, i, e, &seed);
		tip = commit(w, i, i ? &tip : NULL);
	}
	if (!record_open_at(&w->record, w->repo, w->dataset, &tip, &w->arena, &w->err))
		fail_msg("%s", w->err.text);
	assert_int_equal(w->record.n, RELEASES);
}

static void close_world(struct world *w)
{
	for (size_t e = 0; e < ENTRIES; e++)
		buf_release(&w->history[e]);
	dataset_release(w->dataset);
	repo_close(w->repo);
	sandbox_close(&w->box);
	arena_release(&w->arena);
}

/* ---- the versions of one entry ---- */

static void check_entry(struct world *w, size_t e, const struct entry_record *got)
{
	const struct sight *last = &w->sights[RELEASES - 1][e];
	size_t n = 0;

	for (size_t i = 0; i < RELEASES; i++) {
		const struct sight *s = &w->sights[i][e];
		const struct entry_version *v;

		if (!s->version)
			continue;
		if (!i || w->sights[i - 1][e].version != s->version)
			n++;
		assert_true(n <= got->n);
		v = &got->versions[n - 1];
		assert_int_equal(v->version, s->version);
		assert_ptr_equal(v, entry_version_find(got, s->version));
		assert_true(v->first <= i && i <= v->last);
		if (v->first == i) {
			assert_true(str_eq(v->file.path, s->path));
			assert_true(oid_eq(&v->file.blob, &s->blob));
		}
	}
	assert_int_equal(got->n, n);
	assert_int_equal(got->newest.path.s != NULL, last->version > 0);
	if (last->version)
		assert_true(oid_eq(&got->newest.blob, &last->blob));
}

static void entries_have_their_versions(void **state)
{
	static const char *const hints[] = {NULL, "notes/1/e0.yaml", "notes/2/e5.yaml",
	                                    "stemma.yaml", "../e1.yaml"};
	struct world w;

	(void)state;
	for (uint64_t seed = 1; seed < 4; seed++) {
		open_world(&w, seed);
		for (size_t e = 0; e < ENTRIES; e++)
			for (size_t h = 0; h < ARRAY_LEN(hints); h++) {
				struct entry_record got;
				struct str id = arena_fmt(&w.arena, "e%zu", e);

				assert_true(record_entry_near(
				        &got, &w.record, STR("notes"), id,
				        str_of(hints[h]), &w.arena, &w.err));
				check_entry(&w, e, &got);
			}
		close_world(&w);
	}
}

static void who_is_not_there_has_none(void **state)
{
	static const char *const ids[] = {"e99", "", "..", "1/e0", "stemma"};
	struct entry_record got;
	struct world w;

	(void)state;
	open_world(&w, 5);
	for (size_t i = 0; i < ARRAY_LEN(ids); i++) {
		assert_true(record_entry(&got, &w.record, STR("notes"), str_of(ids[i]),
		                         &w.arena, &w.err));
		assert_int_equal(got.n, 0);
		assert_null(got.newest.path.s);
	}
	assert_true(record_entry(&got, &w.record, STR("others"), STR("e0"), &w.arena,
	                         &w.err));
	assert_int_equal(got.n, 0);
	close_world(&w);
}

/* ---- what happened to all entries ---- */

static bool same_file(const struct release_file *f, const struct sight *s)
{
	if (!s || !s->version)
		return !f;
	return f && str_eq(f->path, s->path) && oid_eq(&f->blob, &s->blob);
}

/* How many steps entry E has from FROM to TO; each one that C has is right. */
static size_t check_chain(struct world *w, size_t e, size_t from, size_t to,
                          const struct entry_chain *c)
{
	const struct entry_step *step = c ? c->first : NULL;
	size_t n = 0;

	for (size_t i = from; i <= to; i++) {
		const struct sight *old = i ? &w->sights[i - 1][e] : NULL;
		const struct sight *new = &w->sights[i][e];

		if (old ? old->version == new->version &&
		                    (!new->version || (str_eq(old->path, new->path) &&
		                                       oid_eq(&old->blob, &new->blob)))
		        : !new->version)
			continue;
		assert_non_null(step);
		assert_int_equal(step->release->index, i);
		assert_true(same_file(step->old, old));
		assert_true(same_file(step->new, new));
		step = step->next;
		n++;
	}
	assert_null(step);
	return n;
}

static void chains_tell_every_step(void **state)
{
	static const size_t spans[][2] = {
	        {0, RELEASES - 1}, {1, RELEASES - 1},           {0, 0}, {7, 7},
	        {10, 25},          {RELEASES - 1, RELEASES - 1}};
	struct world w;

	(void)state;
	open_world(&w, 9);
	for (int jobs = 1; jobs < 4; jobs++)
		for (size_t i = 0; i < ARRAY_LEN(spans); i++) {
			struct chains chains;
			size_t n = 0;

			assert_true(record_chains(&chains, &w.record, spans[i][0],
			                          spans[i][1], jobs, &w.err));
			for (size_t e = 0; e < ENTRIES; e++) {
				struct str id = arena_fmt(&w.arena, "e%zu", e);
				const struct entry_chain *c = NULL;

				for (size_t k = 0; k < chains.n; k++)
					if (str_eq(chains.items[k].id, id))
						c = &chains.items[k];
				n += check_chain(&w, e, spans[i][0], spans[i][1], c) > 0;
			}
			assert_int_equal(chains.n, n);
			chains_release(&chains);
		}
	close_world(&w);
}

/* ---- releases by name ---- */

static void releases_have_names(void **state)
{
	struct release parsed;
	struct commit c = {0};
	struct world w;

	(void)state;
	open_world(&w, 2);
	assert_int_equal(record_find(&w.record, STR("r7"))->index, 7);
	assert_int_equal(record_find(&w.record, STR("vr7"))->index, 7);
	assert_null(record_find(&w.record, STR("r99")));
	assert_str(record_tag(&w.record, STR("r7"), &w.arena), "vr7");
	assert_false(record_has_remote(&w.record));
	c.message = STR("Release\n\nConfig: a.yaml\nRelease: one \nRelease: two\n");
	assert_true(release_parse(&parsed, &c, &w.arena));
	assert_str(parsed.name, "two");
	assert_true(oid_is_zero(&parsed.source));
	c.message = STR("Release: two\n");
	assert_false(release_parse(&parsed, &c, &w.arena));
	c.message = STR("Release: two\nConfig: a.yaml\nSource: HEAD\n");
	assert_false(release_parse(&parsed, &c, &w.arena));
	close_world(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(entries_have_their_versions),
	        cmocka_unit_test(who_is_not_there_has_none),
	        cmocka_unit_test(chains_tell_every_step),
	        cmocka_unit_test(releases_have_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
