# A dataset with histories and releases made by hand: . "$REPO/tests/cli/lib/history.sh"
# shellcheck shell=sh
#
# Makes ./data, a repository with stemma.yaml and no entry, and stays in it. Nothing is
# committed yet. Entries are written into the folder $folder, or notes.

# The fingerprint of an entry that `write` makes: content ID TITLE [RELATED]
content() {
	printf '{"id":"%s",%s"title":"%s"}' "$1" "${3:+\"related\":[\"$3\"],}" "$2" |
		sha256sum | sed 's/^\(.\{64\}\).*/c1-sha256:\1/'
}

# An entry without a history: write ID TITLE [RELATED]
write() {
	{
		echo "id: $1"
		echo "title: $2"
		if [ "${3-}" ]; then echo "related: [$3]"; fi
	} >"${folder:-notes}/$1.yaml"
	last=$(content "$@")
}

# Append a line about the content written last: event ID VERSION EVENT [MORE]
event() {
	grep -q '^history:' "${folder:-notes}/$1.yaml" || echo 'history:' >>"${folder:-notes}/$1.yaml"
	echo "  - {version: $2, event: $3, date: 2026-06-20, by: \"A <a@example.org>\"${4:+, $4}, content: \"$last\"}" >>"${folder:-notes}/$1.yaml"
}

# An entry that is approved as v1: approved ID TITLE [RELATED]
approved() {
	write "$@"
	event "$1" 1 review
	event "$1" 1 approved 'sources: 0'
}

commit() { # message
	git add -A && git commit -q -m "$1"
}

# The approved entries of HEAD become a release: release NAME
release() {
	parent=$(git rev-parse -q --verify published)
	source=$(git rev-parse HEAD)
	made=$(
		export GIT_INDEX_FILE=.git/release-index
		git read-tree HEAD
		git grep -L --cached 'event: approved' -- '*/*.yaml' | git update-index --force-remove --stdin
		said=$(printf '{"release": "%s", "date": "2026-06-20", "source": "%s", "config": "stemma.yaml"}' "$1" "$source" |
			git hash-object -w --stdin)
		git update-index --add --cacheinfo "100644,$said,release.json"
		printf 'Release %s\n\nRelease: %s\nDate: 2026-06-20\nSource: %s\nConfig: stemma.yaml\n' \
			"$1" "$1" "$source" | git commit-tree "$(git write-tree)" ${parent:+-p "$parent"}
	) && git update-ref refs/heads/published "$made" &&
		git tag -a -m "Release $1" "v$1" "$made"
}

mkdir data && cd data || exit 3
git init -q -b main
mkdir notes
cat >stemma.yaml <<'END'
collections:
  notes:
    folder: notes
    roles: {id: /id, name: /title, related: /related/*, history: /history, sources: /sources/*}
END
