# Releases and history lines as stemma would refuse to make them, for cases that find them out.
# shellcheck shell=sh
#
# . "$REPO/tests/cli/lib/versioned.sh" comes first.

# The fingerprint of entry ID TITLE of versioned.sh, without related entries.
fingerprint() {
	printf 'c1-sha256:%s' "$(printf \
		'{"id":"%s","sources":[{"doi":"10.1000/%s","key":"a"}],"title":"%s","year":2020}' \
		"$1" "$1" "$2" | sha256sum | cut -c1-64)"
}

# A history line: line FILE VERSION EVENT CONTENT [SOURCES [MORE]]
line() {
	grep -q '^history:' "$1" || echo 'history:' >>"$1"
	echo "  - {version: $2, event: $3, date: 2026-06-20, by: \"A <a@example.org>\"," \
		"sources: ${5:-1}, content: \"$4\"${6:-}}" >>"$1"
}

# The entry ID TITLE, submitted and approved as VERSION: approved ID TITLE VERSION
approved() {
	kept=$(sed -n '/^history:/,$p' "notes/$1.yaml")
	entry "$1" "$2"
	[ -z "$kept" ] || echo "$kept" >>"notes/$1.yaml"
	line "notes/$1.yaml" "$3" review "$(fingerprint "$1" "$2")"
	line "notes/$1.yaml" "$3" approved "$(fingerprint "$1" "$2")"
}

# A release named NAME of all that lies in the work tree, whatever it is; its release.json says
# SAYS: fabricate NAME [SAYS]
fabricate() {
	GIT_INDEX_FILE=.git/fabricated
	export GIT_INDEX_FILE
	rm -f "$GIT_INDEX_FILE"
	source=$(git rev-parse HEAD)
	printf '{"release": "%s", "date": "2026-06-20", "source": "%s", "config": "stemma.yaml"}\n' \
		"${2:-$1}" "$source" >release.json
	git add -A
	tree=$(git write-tree)
	unset GIT_INDEX_FILE
	rm release.json
	parent=$(git rev-parse -q --verify refs/heads/published)
	commit=$(printf 'Release %s\n\nRelease: %s\nDate: 2026-06-20\nSource: %s\nConfig: stemma.yaml\n' \
		"$1" "$1" "$source" | git commit-tree "$tree" ${parent:+-p "$parent"})
	git update-ref refs/heads/published "$commit"
	git tag -a -m "Release $1" "v$1" "$commit"
}
