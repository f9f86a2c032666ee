/*
 * export.c - from a release to a folder
 */
#include "export/press.h"

#include "base/limits.h"
#include "base/threads.h"

#include <stdatomic.h>

struct record record_until(const struct record *r, size_t i)
{
	struct record until = *r;

	until.n = i + 1;
	return until;
}

/* ---- forms at work ---- */

static bool begin_run(struct form_run *f, struct err *err)
{
	struct folder *folder = f->edition->folder;

	if (f->form->file && !file_open(&f->file, folder, str_of(f->form->file), err))
		return false;
	return !f->form->begin || f->form->begin(f, err);
}

static bool end_run(struct form_run *f, struct err *err)
{
	bool ok = !f->form->end || f->form->end(f, err);

	if (f->file)
		ok = file_close(f->file, err) && ok;
	f->file = NULL;
	return ok;
}

static void release_run(struct form_run *f)
{
	struct err ignored = {0};

	if (f->file && file_close(f->file, &ignored))
		f->file = NULL;
	if (f->form->release)
		f->form->release(f);
}

static struct form_run run_of(struct press *p, const struct form *form)
{
	return (struct form_run){
	        .form = form, .edition = &p->edition, .arena = &p->arena};
}

/* FORM must know what stemma.yaml does not say: LACKS. */
static bool leave_out(struct press *p, const struct form *form, struct str lacks,
                      struct err *err)
{
	const struct export_request *r = p->request;
	struct export_result *out = p->result;

	if (r->named)
		return err_set(
		        err, ERR_CONFIG,
		        "the form %s cannot be made: stemma.yaml does not say " STR_FMT,
		        form->name, STR_ARG(lacks));
	out->left_out[out->left_out_n++] =
	        (struct export_left_out){form->name, arena_str(r->arena, lacks)};
	return true;
}

/* The forms that can be made, into the edition. */
static bool choose_forms(struct press *p, struct err *err)
{
	CLEANUP(buf_release) struct buf lacks = BUF_INIT(LIMIT_OUTPUT_BYTES);
	const struct export_request *r = p->request;
	const struct form **made =
	        arena_array(&p->arena, const struct form *, r->forms_n);
	size_t n = 0;

	p->result->left_out = arena_array(r->arena, struct export_left_out, r->forms_n);
	for (size_t i = 0; i < r->forms_n; i++) {
		const struct form *form = r->forms[i];

		buf_reset(&lacks);
		if (!form->lacks || !form->lacks(&lacks, form, &p->edition))
			made[n++] = form;
		else if (!leave_out(p, form, buf_str(&lacks), err))
			return false;
	}
	p->edition.forms = made;
	p->edition.forms_n = n;
	return true;
}

static void choose_runs(struct press *p)
{
	const struct edition *x = &p->edition;

	p->runs = arena_array(&p->arena, struct form_run, x->forms_n);
	for (size_t i = 0; i < x->forms_n; i++)
		if (x->forms[i]->stage == FORM_ENTRIES)
			p->runs[p->runs_n++] = run_of(p, x->forms[i]);
}

/* A thread that ends forms: each has state and files of its own. */
struct ending {
	struct press *press;
	atomic_size_t *next; /* 0: those that list works; i + 1: run i */
	struct err err;
};

/* A file that is made of works alone: it may be that of the folder before. */
static bool is_of_works(const struct form *form)
{
	return form->work && !form->render;
}

/* Begin the forms of works alone, but those whose file is there. */
static bool begin_works(struct press *p, struct err *err)
{
	struct cache_key works, key;

	sorted_key(&works, p->works);
	for (size_t i = 0; i < p->runs_n; i++) {
		struct form_run *f = &p->runs[i];

		if (!is_of_works(f->form))
			continue;
		key = cache_key_of_file(str_of(f->form->file), &works, 1);
		if (folder_link(p->edition.folder, str_of(f->form->file), &key))
			continue;
		if (!begin_run(f, err))
			return false;
		file_set_key(f->file, &key);
	}
	return true;
}

static void end_works(struct press *p, struct err *err)
{
	if (!p->works || !begin_works(p, err) ||
	    !works_write(p->works, p->runs, p->runs_n, err))
		return;
	for (size_t i = 0; i < p->runs_n; i++)
		if (p->runs[i].form->work && p->runs[i].file)
			(void)end_run(&p->runs[i], err);
}

static void *end_some(void *arg)
{
	struct ending *e = arg;
	struct press *p = e->press;

	for (size_t i; (i = atomic_fetch_add(e->next, 1)) <= p->runs_n;) {
		if (i == 0)
			end_works(p, &e->err);
		else if (!p->runs[i - 1].form->work)
			(void)end_run(&p->runs[i - 1], &e->err);
	}
	return NULL;
}

/* Databases and sorted works take their time when all entries have been seen. */
static bool end_all(struct press *p, struct err *err)
{
	atomic_size_t next = 0;
	size_t n = threads_for(p->request->options.jobs, p->edition.entries_n);
	struct ending *endings = arena_array(&p->arena, struct ending, n);
	bool ok;

	for (size_t i = 0; i < n; i++)
		endings[i] = (struct ending){.press = p, .next = &next};
	ok = threads_run(end_some, endings, sizeof(*endings), n, err);
	for (size_t i = 0; i < n && ok; i++)
		if (endings[i].err.code)
			ok = err_set(err, endings[i].err.code, "%s", endings[i].err.text);
	return ok;
}

static bool run_all(struct press *p, struct err *err)
{
	for (size_t i = 0; i < p->runs_n; i++) {
		struct form_run *f = &p->runs[i];

		if (!is_of_works(f->form) && !begin_run(f, err))
			return false;
		if (f->form->work && !p->works &&
		    !sorted_open(&p->works, p->edition.folder, p->cache, &p->arena, err))
			return false;
	}
	return press_entries(p, err) && end_all(p, err);
}

/* Forms that see no entries, but what the others made. */
static bool run_stage(struct press *p, enum form_stage stage, struct err *err)
{
	const struct edition *x = &p->edition;

	for (size_t i = 0; i < x->forms_n; i++) {
		struct form_run f = run_of(p, x->forms[i]);
		bool ok;

		if (f.form->stage != stage)
			continue;
		ok = begin_run(&f, err) && end_run(&f, err);
		release_run(&f);
		if (!ok)
			return false;
	}
	return true;
}

/* ---- the whole ---- */

static bool open_cache(struct press *p, struct err *err)
{
	unsigned char digest[32];
	struct cache_made made;

	if (!p->request->cache.s)
		return true;
	edition_digest(digest, p);
	if (!cache_open(&p->cache, p->request->cache, digest, p->runs_n + 1, &p->arena,
	                err))
		return false;
	edition_keys(p);
	made = cache_made(p->cache);
	folder_follow(p->edition.folder, made.dir, made.files, made.n);
	return true;
}

/* The snapshot is made all the same: that the next one takes longer is told, no more. */
static void finish_cache(struct press *p)
{
	struct folder *folder = p->edition.folder;
	struct err why = {0};
	size_t n;
	const struct export_sum *sums = folder_sums(folder, &n);

	if (p->cache && !cache_finish(p->cache, folder_place(folder), sums, n, &why))
		p->result->not_kept = arena_str(p->request->arena, str_of(why.text));
	cache_release(p->cache);
	p->cache = NULL;
}

static void count(struct press *p)
{
	const struct export_sum *sums = folder_sums(p->edition.folder, &p->result->files);

	p->result->entries = p->edition.entries_n;
	p->result->linked = folder_linked(p->edition.folder);
	for (size_t i = 0; i < p->result->files; i++)
		p->result->bytes += sums[i].bytes;
}

static bool make(struct press *p, struct err *err)
{
	const struct export_request *r = p->request;

	if (!folder_begin(&p->edition.folder, r->dir, r->replace, &p->arena, err) ||
	    !edition_open(p, err) || !choose_forms(p, err))
		return false;
	choose_runs(p);
	if (!open_cache(p, err) || !run_all(p, err) || !run_stage(p, FORM_ABOUT, err) ||
	    !run_stage(p, FORM_ARCHIVE, err) || !run_stage(p, FORM_SUMS, err))
		return false;
	count(p);
	if (r->instead) {
		size_t n;
		const struct export_sum *sums = folder_sums(p->edition.folder, &n);

		r->instead(r->ctx, sums, n);
		return true;
	}
	/* A signal that waits ends the program as soon as the folder is finished. */
	finish_cache(p);
	return folder_finish(p->edition.folder, err);
}

bool export_make(struct export_result *out, const struct export_request *request,
                 const struct record *r, struct err *err)
{
	struct press p = {.record = *r, .request = request, .result = out};
	bool ok;

	*out = (struct export_result){0};
	ok = make(&p, err);
	for (size_t i = 0; i < p.runs_n; i++)
		release_run(&p.runs[i]);
	sorted_release(p.works);
	cache_release(p.cache);
	folder_abandon(p.edition.folder);
	edition_release(&p);
	return ok;
}
