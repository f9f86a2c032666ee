/*
 * releases.c - the history of a dataset: entries approved and released again and again
 *
 *     releases DIR RELEASES [EVERY] < LIST | git fast-import
 *
 * LIST names the entries, one path a line below DIR, followed by the other files of the dataset,
 * each behind a '+'. The stream has the branch `main` with one commit a release, the branch
 * `published` with one release each, and their tags. All entries are in the first release; in
 * each later one, one in EVERY (50 unless told) has a new version. The bytes follow from the input.
 */
#include "base/limits.h"
#include "doc/doc.h"
#include "entry/entry.h"
#include "version/version.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WHEN "1767225600 +0000"
#define WHO "Bench <bench@example.org>"

struct file {
	struct str path, bytes;
	struct buf history;
	int version;
};

struct maker {
	const char *dir;
	struct arena arena;
	struct file *entries, *others;
	size_t entries_n, entries_cap, others_n, others_cap;
	size_t every; /* one in so many has a new version in each release */
	struct roles roles;
	int mark;
};

static void stop(const char *what)
{
	perror(what);
	exit(3);
}

static struct str read_file(struct maker *m, const char *name)
{
	struct buf b = BUF_INIT(LIMIT_FILE_BYTES);
	struct str path = arena_fmt(&m->arena, "%s/%s", m->dir, name), bytes;
	struct source s;
	const char *why;

	if (source_read(&s, &b, path, &why) != SOURCE_OK)
		stop(path.s);
	bytes = arena_str(&m->arena, s.bytes);
	buf_release(&b);
	return bytes;
}

static void read_list(struct maker *m)
{
	char line[4096];

	while (fgets(line, sizeof(line), stdin)) {
		bool other = line[0] == '+';
		struct file f = {.history = BUF_INIT(LIMIT_FILE_BYTES)};

		line[strcspn(line, "\n")] = '\0';
		f.path = arena_str(&m->arena, str_of(line + other));
		f.bytes = read_file(m, f.path.s);
		if (other)
			*arena_push(&m->arena, m->others, m->others_n, m->others_cap) = f;
		else
			*arena_push(&m->arena, m->entries, m->entries_n, m->entries_cap) =
			        f;
	}
}

static const struct path *path(struct maker *m, const char *text)
{
	struct path *p = arena_new(&m->arena, struct path);
	struct err err = {0};

	if (!path_compile(p, str_of(text), &m->arena, &err))
		stop(text);
	return p;
}

/* The content with another year in each version. */
static struct str content(const struct file *f, struct buf *out)
{
	const char *year = strstr(f->bytes.s, "\nyear: ");

	buf_reset(out);
	if (!year)
		stop("an entry without a year");
	year += 7;
	buf_add(out, str_sub(f->bytes, 0, (size_t)(year - f->bytes.s)));
	buf_addf(out, "%d", 1800 + f->version);
	while (*year && *year != '\n')
		year++;
	buf_addz(out, year);
	return buf_str(out);
}

static void next_version(struct maker *m, struct file *f, struct buf *text)
{
	struct arena arena = {0};
	struct source s = {f->path, STR_NONE};
	struct diag_list diags;
	struct docs docs;
	struct history_line l = {.date = STR("2026-01-01"), .by = STR(WHO)};

	f->version++;
	s.bytes = content(f, text);
	diag_init(&diags, &arena);
	if (!doc_read(&docs, &s, NULL, &arena, &diags))
		stop(f->path.s);
	l.version = f->version;
	l.sources = (int64_t)entry_source_count(&m->roles, &docs.items[0].root);
	l.content = version_content(&m->roles, &docs.items[0].root, &arena);
	for (int i = 0; i < 2; i++) {
		l.event = i ? EVENT_APPROVED : EVENT_REVIEW;
		buf_addz(&f->history, "  - ");
		history_line_text(&f->history, &l);
		buf_addc(&f->history, '\n');
	}
	arena_release(&arena);
}

static void data(struct str bytes)
{
	printf("data %zu\n", bytes.n);
	fwrite(bytes.s, 1, bytes.n, stdout);
	putchar('\n');
}

static void inline_file(struct str path, struct str bytes)
{
	printf("M 100644 inline " STR_FMT "\n", STR_ARG(path));
	data(bytes);
}

/* A commit on main whose files are written to the stream; each blob gets a mark. */
static int commit(struct maker *m, const char *branch, const char *message)
{
	int mark = ++m->mark;

	printf("commit refs/heads/%s\nmark :%d\ncommitter " WHO " " WHEN "\n", branch,
	       mark);
	data(str_of(message));
	return mark;
}

static bool changes(const struct maker *m, size_t entry, size_t release)
{
	return !release || (entry * 7919 + release * 104729) % m->every == 0;
}

/* The blobs of one release: mark numbers from FIRST on, in the order of the entries. */
static void write_blobs(struct maker *m, size_t release, struct buf *text)
{
	for (size_t i = 0; i < m->entries_n; i++) {
		struct file *f = &m->entries[i];

		if (!changes(m, i, release))
			continue;
		next_version(m, f, text);
		(void)content(f, text);
		buf_addz(text, "history:\n");
		buf_add(text, buf_str(&f->history));
		printf("blob\nmark :%d\n", ++m->mark);
		data(buf_str(text));
	}
}

static void write_files(struct maker *m, size_t release, int first)
{
	if (!release)
		for (size_t i = 0; i < m->others_n; i++)
			inline_file(m->others[i].path, m->others[i].bytes);
	for (size_t i = 0; i < m->entries_n; i++)
		if (changes(m, i, release))
			printf("M 100644 :%d " STR_FMT "\n", ++first,
			       STR_ARG(m->entries[i].path));
}

static void write_release(struct maker *m, size_t release, struct buf *text)
{
	int first = m->mark, source;
	char message[400], json[300];

	write_blobs(m, release, text);
	source = commit(m, "main", "work\n");
	write_files(m, release, first);
	/* fast-import names marks, not hashes: the source is left unknown. */
	snprintf(message, sizeof(message),
	         "Release 2026.01.%zu\n\nRelease: 2026.01.%zu\nDate: 2026-01-01\n"
	         "Source: %040d\nConfig: stemma.yaml\n",
	         release, release, 0);
	snprintf(json, sizeof(json),
	         "{\"release\": \"2026.01.%zu\", \"date\": \"2026-01-01\", \"source\": "
	         "\"%040d\", \"config\": \"stemma.yaml\"}\n",
	         release, 0);
	source = commit(m, "published", message);
	write_files(m, release, first);
	inline_file(STR("release.json"), str_of(json));
	printf("tag v2026.01.%zu\nfrom :%d\ntagger " WHO " " WHEN "\n", release, source);
	data(STR("release\n"));
}

int main(int argc, char **argv)
{
	struct maker m = {.every = argc > 3 ? (size_t)atoi(argv[3]) : 50};
	struct buf text = BUF_INIT(LIMIT_FILE_BYTES);

	if (argc < 3 || argc > 4 || !m.every) {
		fputs("usage: releases DIR RELEASES [EVERY] < LIST\n", stderr);
		return 2;
	}
	m.dir = argv[1];
	m.roles = (struct roles){.history = path(&m, "/history"),
	                         .sources = path(&m, "/sources/*"),
	                         .source_key = path(&m, "/key"),
	                         .source_doi = path(&m, "/doi"),
	                         .source_url = path(&m, "/url")};
	read_list(&m);
	for (size_t i = 0; i < (size_t)atoi(argv[2]); i++)
		write_release(&m, i, &text);
	buf_release(&text);
	return ferror(stdout) ? 3 : 0;
}
