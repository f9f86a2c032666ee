#!/bin/sh
# The real pre-commit runs .pre-commit-hooks.yaml. Exit status 77: it is not installed.
#
#     pre-commit.sh STEMMA
. "$(dirname "$0")/lib.sh"
command -v pre-commit >/dev/null || exit 77
export PRE_COMMIT_HOME="$tmp/pre-commit"

mkdir hooks && cp "$repo/.pre-commit-hooks.yaml" hooks && git -C hooks init -q &&
	git -C hooks add . && git -C hooks commit -qm hooks && git -C hooks tag v1 || exit 1

. "$repo/tests/cli/lib/history.sh"
cat >.pre-commit-config.yaml <<END
repos:
  - repo: $tmp/hooks
    rev: v1
    hooks: [{id: stemma}]
END
rm -f .git/hooks/*
pre-commit install >/dev/null || exit 1
write alpha Alpha
git add . && expect 0 'a dataset that is well' git commit -qm one
write beta Beta nowhere
git add . && expect 1 'a relation to nowhere' git commit -qm two
has 'dataset.dangling-related'
write beta Beta alpha && git add notes/beta.yaml && write alpha Alpha nowhere
expect 0 'what is broken is not staged' git commit -qm three
has 'Passed'
git checkout -q . && echo text >README && git add . && expect 0 'nothing of the dataset' git commit -qm four
has 'Skipped'

# Both at once: ours runs first what was there.
expect 0 'installed beside it' stemma hooks install pre-commit
write beta Beta nowhere
git add . && expect 1 'refused by both' git commit -qm five
exit $failed
