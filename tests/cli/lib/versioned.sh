# A small versioned dataset in a repository of its own, for cases: . "$REPO/tests/cli/lib/versioned.sh"
# shellcheck shell=sh
#
# Makes ./data with stemma.yaml, a schema and the entries alpha and beta, commits them on
# main and stays in that folder. Days are given to every command that writes a date.

# One entry, as it would be written by hand: entry ID TITLE [RELATED...]
entry() {
	id=$1
	title=$2
	shift 2
	{
		echo "id: $id"
		echo "title: $title # as printed"
		echo 'year: 2020'
		if [ $# -gt 0 ]; then
			echo 'related:'
			for one in "$@"; do echo "  - $one"; done
		fi
		echo 'sources:'
		echo "  - {key: a, doi: 10.1000/$id}"
	} >"notes/$id.yaml"
}

commit() { # message
	git add -A && git commit -q -m "$1"
}

# Take entries all the way to approved: approve_all DAY ID...
approve_all() {
	day=$1
	shift
	stemma submit --date "$day" "$@" >/dev/null 2>&1 &&
		stemma approve --date "$day" --by 'B. Editor <b@example.org>' "$@" >/dev/null 2>&1
}

# A vocabulary for two more keys: alpha is biology, beta is physics.
with_terms() {
	mkdir vocab
	cat >vocab/area.yaml <<'END'
id: area
title: {en: Area}
terms:
  biology: {label: {en: Biology}}
  physics: {label: {en: Physics}}
END
	cat >>stemma.yaml <<'END'
    terms: {/area: area, /tags/*: area}
vocabularies: {area: vocab/area.yaml}
END
	sed -i 's/"year":/"area": {}, "tags": {}, "year":/' note.schema.json
	echo 'area: biology' >>notes/alpha.yaml
	echo 'area: physics' >>notes/beta.yaml
}

# A release of what HEAD has, made with git alone: publish NAME DAY
publish() {
	export GIT_INDEX_FILE=.git/publishing
	parent=$(git rev-parse -q --verify refs/heads/published)
	note=$(echo "{\"release\": \"$1\"}" | git hash-object -w --stdin)
	release=$(git read-tree HEAD &&
		git update-index --add --cacheinfo "100644,$note,release.json" &&
		printf 'Release %s\n\nRelease: %s\nDate: %s\nSource: %s\nConfig: stemma.yaml\n' \
			"$1" "$1" "$2" "$(git rev-parse HEAD)" |
		git commit-tree "$(git write-tree)" ${parent:+-p "$parent"})
	unset GIT_INDEX_FILE
	git update-ref refs/heads/published "$release" &&
		git tag -a -m "Release $1" "v$1" "$release"
}

mkdir data && cd data || exit 3
git init -q -b main
mkdir notes
cat >stemma.yaml <<'END'
title: Notes
collections:
  notes:
    folder: notes
    schema: note.schema.json
    roles:
      id: /id
      name: /title
      related: /related/*
      history: /history
      sources: /sources/*
      source: {key: /key, doi: /doi, url: /url}
END
cat >note.schema.json <<'END'
{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "type": "object",
  "required": ["id", "title"],
  "properties": {
    "id": {"type": "string"},
    "title": {"type": "string", "minLength": 1},
    "year": {"type": "integer"},
    "related": {"type": "array", "items": {"type": "string"}},
    "sources": {"type": "array", "items": {"type": "object"}},
    "history": {"type": "array"}
  },
  "additionalProperties": false
}
END
entry alpha Alpha
entry beta Beta alpha
commit 'first entries'
