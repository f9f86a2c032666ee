/*
 * gitfloor.c - the least that answers about versions cost
 *
 *     gitfloor open             initialise libgit2 and open the repository, nothing else
 *     gitfloor events REV       read all blobs of REV and pull libyaml's events from them
 *     gitfloor both OLD NEW     the same for both sides of what differs between two revisions
 *     gitfloor hash REV         read every blob of REV and its ancestors, hashes checked
 *
 * In one thread, in the repository of the current folder. The cost of `stemma show`, `status`,
 * `diff` and `verify` is told as a multiple of these.
 */
#include <git2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

static git_repository *repo;

static void must(int code, const char *what)
{
	if (code >= 0)
		return;
	fprintf(stderr, "gitfloor: %s: %s\n", what,
	        git_error_last() ? git_error_last()->message : "");
	exit(3);
}

static void pull_events(const void *bytes, size_t n)
{
	yaml_parser_t parser;
	yaml_event_t event;
	int last = 0;

	if (!yaml_parser_initialize(&parser))
		exit(3);
	yaml_parser_set_input_string(&parser, bytes, n);
	while (!last && yaml_parser_parse(&parser, &event)) {
		last = event.type == YAML_STREAM_END_EVENT;
		yaml_event_delete(&event);
	}
	yaml_parser_delete(&parser);
}

static void read_blob(const git_oid *id, int events)
{
	git_blob *blob;

	must(git_blob_lookup(&blob, repo, id), "blob");
	if (events)
		pull_events(git_blob_rawcontent(blob), (size_t)git_blob_rawsize(blob));
	git_blob_free(blob);
}

static git_tree *tree_of(const char *rev)
{
	git_object *object;

	must(git_revparse_single(&object, repo, rev), rev);
	must(git_object_peel((git_object **)&object, object, GIT_OBJECT_TREE), rev);
	return (git_tree *)object;
}

static int one_event(const char *root, const git_tree_entry *e, void *unused)
{
	(void)root;
	(void)unused;
	if (git_tree_entry_type(e) == GIT_OBJECT_BLOB)
		read_blob(git_tree_entry_id(e), 1);
	return 0;
}

static void events(const char *rev)
{
	must(git_tree_walk(tree_of(rev), GIT_TREEWALK_PRE, one_event, NULL), "walk");
}

static void both(const char *old, const char *new, int with_events)
{
	git_diff *diff;

	must(git_diff_tree_to_tree(&diff, repo, old ? tree_of(old) : NULL, tree_of(new),
	                           NULL),
	     "diff");
	for (size_t i = 0; i < git_diff_num_deltas(diff); i++) {
		const git_diff_delta *d = git_diff_get_delta(diff, i);

		if (with_events && d->old_file.mode)
			read_blob(&d->old_file.id, with_events);
		if (d->new_file.mode)
			read_blob(&d->new_file.id, with_events);
	}
	git_diff_free(diff);
}

/* Every version once: what each release has that the one before it has not. */
static void hash(const char *rev)
{
	char name[GIT_OID_HEXSZ + 1], parent[GIT_OID_HEXSZ + 1];
	git_revwalk *walk;
	git_object *tip;
	git_oid id;

	must(git_revparse_single(&tip, repo, rev), rev);
	must(git_revwalk_new(&walk, repo), "walk");
	must(git_revwalk_push(walk, git_object_id(tip)), "walk");
	while (!git_revwalk_next(&id, walk)) {
		git_commit *c;

		must(git_commit_lookup(&c, repo, &id), "commit");
		git_oid_tostr(name, sizeof(name), &id);
		if (git_commit_parentcount(c))
			git_oid_tostr(parent, sizeof(parent), git_commit_parent_id(c, 0));
		both(git_commit_parentcount(c) ? parent : NULL, name, 0);
		git_commit_free(c);
	}
}

int main(int argc, char **argv)
{
	const char *mode = argc > 1 ? argv[1] : "";

	git_libgit2_init();
	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, !strcmp(mode, "hash"));
	must(git_repository_open(&repo, "."), "open");
	if (!strcmp(mode, "events") && argc == 3)
		events(argv[2]);
	else if (!strcmp(mode, "both") && argc == 4)
		both(argv[2], argv[3], 1);
	else if (!strcmp(mode, "hash") && argc == 3)
		hash(argv[2]);
	else if (strcmp(mode, "open") != 0)
		return 2;
	return 0;
}
