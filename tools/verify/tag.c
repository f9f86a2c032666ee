/*
 * tag.c - what stands beside the tree of a release: its tag, its signature, release.json
 */
#include "verify/internal.h"

#include "base/limits.h"

size_t verify_tags_known(const struct record *r)
{
	CLEANUP(arena_release) struct arena arena = {0};
	struct oid object;
	size_t n = r->n;

	if (!record_has_remote(r) && !repo_is_shallow(r->repo))
		return n;
	for (; n > 0; n--) {
		struct str tag = record_tag(r, r->releases[n - 1].name, &arena);

		if (repo_ref(&object, r->repo,
		             arena_fmt(&arena, "refs/tags/" STR_FMT, STR_ARG(tag)).s))
			break;
	}
	return n;
}

static void check_tag(struct diag_list *out, const struct record *r,
                      const struct release *release)
{
	CLEANUP(arena_release) struct arena arena = {0};
	struct str tag = record_tag(r, release->name, &arena);
	const char *ref = arena_fmt(&arena, "refs/tags/" STR_FMT, STR_ARG(tag)).s;
	struct oid object, commit;

	if (!repo_ref(&object, r->repo, ref)) {
		diag_add(out, &rule_release_tag, (struct span){0},
		         "there is no tag " STR_FMT, STR_ARG(tag))
		        ->suggestion = STR("fetch the tags: git fetch --tags");
		return;
	}
	if (!repo_peel(&commit, r->repo, &object) || !oid_eq(&commit, &release->commit)) {
		diag_add(out, &rule_release_tag, (struct span){0},
		         "the tag " STR_FMT " points at %.12s, but the release is %.12s",
		         STR_ARG(tag), oid_hex(&object, OID_HEX, &arena).s,
		         oid_hex(&release->commit, OID_HEX, &arena).s)
		        ->suggestion =
		        STR("find out who moved it before you trust either");
		return;
	}
	if (oid_eq(&object, &commit))
		diag_add(out, &rule_release_tag, (struct span){0},
		         "the tag " STR_FMT
		         " is not annotated: it says neither who nor when",
		         STR_ARG(tag));
}

static void check_key(struct diag_list *out, const struct doc_node *root, const char *key,
                      struct str want)
{
	struct str got = doc_text(doc_get(root, key));

	if (!str_eq(got, want))
		diag_add(out, &rule_release_record, (struct span){0},
		         "release.json says %s \"" STR_FMT
		         "\", the commit says \"" STR_FMT "\"",
		         key, STR_ARG(diag_quote(out->arena, got)),
		         STR_ARG(diag_quote(out->arena, want)));
}

static void check_record(struct diag_list *out, const struct record *r,
                         const struct release *release)
{
	CLEANUP(buf_release) struct buf bytes = BUF_INIT(LIMIT_FILE_BYTES);
	CLEANUP(arena_release) struct arena arena = {0};
	struct source source = {.name = STR("release.json")};
	struct diag_list unused;
	struct err err = {0};
	struct docs docs;
	struct oid blob;

	diag_init(&unused, &arena);
	if (repo_at(&blob, r->repo, &release->tree, source.name) != TREE_FILE ||
	    !repo_blob(&bytes, r->repo, &blob, &err)) {
		diag_add(out, &rule_release_record, (struct span){0},
		         "there is no release.json");
		return;
	}
	source.bytes = buf_str(&bytes);
	if (!doc_read(&docs, &source, NULL, &arena, &unused)) {
		diag_add(out, &rule_release_record, (struct span){0},
		         "release.json is no JSON");
		return;
	}
	check_key(out, &docs.items[0].root, "release", release->name);
	check_key(out, &docs.items[0].root, "date", release->date);
	check_key(out, &docs.items[0].root, "config", release->config);
	check_key(out, &docs.items[0].root, "source",
	          oid_hex(&release->source, OID_HEX, &arena));
}

void verify_tag(struct diag_list *out, const struct record *r, size_t i, bool known)
{
	diag_file(out, r->releases[i].name);
	if (known)
		check_tag(out, r, &r->releases[i]);
	check_record(out, r, &r->releases[i]);
}

bool verify_signature(struct diag_list *out, const struct record *r, size_t i,
                      struct err *err)
{
	CLEANUP(buf_release) struct buf talk = BUF_INIT(LIMIT_FILE_BYTES);
	CLEANUP(arena_release) struct arena arena = {0};
	struct str tag = record_tag(r, r->releases[i].name, &arena), said, line;
	const char *args[] = {"verify-tag", tag.s, NULL};
	int status;

	if (!repo_git(r->repo, args, STR_NONE, NULL, &talk, &status, err))
		return false;
	if (!status)
		return true;
	said = buf_str(&talk);
	line = STR("it is not signed");
	(void)str_split(&said, '\n', &line);
	diag_file(out, r->releases[i].name);
	diag_add(out, &rule_release_signature, (struct span){0},
	         "the tag " STR_FMT " has no good signature (" STR_FMT ")", STR_ARG(tag),
	         STR_ARG(diag_quote(out->arena, line)));
	return true;
}
