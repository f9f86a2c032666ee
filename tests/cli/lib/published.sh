# Approvals and releases made by plain git, for cases that only read them:
# . "$REPO/tests/cli/lib/published.sh", behind versioned.sh or in a folder like its.
# shellcheck shell=sh

# The canonical JSON of an entry as `entry` of versioned.sh writes it, history left out.
canonical() { # FILE
	awk '
		function quote(s) { return "\"" s "\"" }
		/^history:/ { exit }
		/^ *#/ { next }
		/^id: / { id = $2 }
		/^title: / { sub(/^title: /, ""); sub(/ #.*/, ""); title = $0 }
		/^year: / { year = $2 }
		/^[a-z]*:$/ { list = $1 }
		/^  - / && list == "related:" {
			related = related (related ? "," : "") quote($2)
		}
		/^  - / && list == "sources:" {
			gsub(/[{},]/, "")
			doi = $5
			sources = sources (sources ? "," : "") \
				"{\"doi\":" quote(doi) ",\"key\":" quote($3) "}"
		}
		END {
			printf "{\"id\":%s", quote(id)
			if (related) printf ",\"related\":[%s]", related
			printf ",\"sources\":[%s],\"title\":%s,\"year\":%s}", sources, quote(title), year
		}' "$1"
}

fingerprint() { # FILE
	echo "c1-sha256:$(canonical "$1" | sha256sum | cut -c 1-64)"
}

# Append one history line: event ID VERSION EVENT DAY BY [MORE]
event() {
	file=$(find notes -name "$1.yaml")
	print=${7:-$(fingerprint "$file")}
	sources=$(sed '/^history:/,$d' "$file" | grep -c '^  - {key:')
	grep -q '^history:' "$file" || echo 'history:' >>"$file"
	printf '  - {version: %d, event: %s, date: %s, by: "%s", sources: %d%s, content: "%s"}\n' \
		"$2" "$3" "$4" "$5" "$sources" "${6:+, $6}" "$print" >>"$file"
}

# Review and approval: approved DAY VERSION ID...
approved() {
	day=$1 version=$2
	shift 2
	for id in "$@"; do
		event "$id" "$version" review "$day" 'A. Curator <a@example.org>'
		event "$id" "$version" approved "$day" 'B. Editor <b@example.org>'
	done
}

# What was said of the content with which VERSION was approved: public ID VERSION EVENT DAY [MORE]
public() {
	file=$(find notes -name "$1.yaml")
	old=$(sed -n "s/.*version: $2, event: approved.*content: \"\(.*\)\"}/\1/p" "$file")
	event "$1" "$2" "$3" "$4" 'B. Editor <b@example.org>' "${5-}" "$old"
}

# Release HEAD as NAME: publish NAME DAY [HELD...]; held entries stay as they were published.
publish() {
	name=$1 day=$2
	shift 2
	parent=$(git rev-parse -q --verify refs/heads/published)
	(
		GIT_INDEX_FILE=$PWD/.git/publish-index
		export GIT_INDEX_FILE
		git read-tree HEAD
		for id in "$@"; do
			git rm -q --cached "notes/$id.yaml"
			[ -z "$parent" ] ||
				git ls-tree "$parent" "notes/$id.yaml" | git update-index --index-info
		done
		tree=$(git write-tree)
		commit=$(printf 'Release %s\n\nRelease: %s\nDate: %s\nSource: %s\nConfig: stemma.yaml\n' \
			"$name" "$name" "$day" "$(git rev-parse HEAD)" |
			git commit-tree "$tree" ${parent:+-p "$parent"})
		git update-ref refs/heads/published "$commit"
		git tag -a -m "Release $name" "v$name" "$commit"
	)
	rm -f .git/publish-index
}

# Two releases: alpha v1, v2 (another title, a second source); beta v1, which is deprecated in
# 2026.06; gamma v1, withdrawn in the work tree; delta, a draft; epsilon, approved.
story() {
	entry gamma Gamma
	approved 2026-05-01 1 alpha beta gamma
	commit 'three entries approved'
	publish 2026.05 2026-05-02
	sed -i 's/^title: Alpha/title: Alpha again/; s/^  - {key: a,/  - {key: b, doi: 10.1000\/b}\n&/' \
		notes/alpha.yaml
	approved 2026-06-01 2 alpha
	public beta 1 deprecated 2026-06-02 'successors: [alpha]'
	commit 'alpha revised'
	publish 2026.06 2026-06-03
	public gamma 1 withdrawn 2026-07-01 'reason: "cannot be reproduced"'
	entry delta Delta
	entry epsilon Epsilon
	approved 2026-07-02 1 epsilon
	sed -i 's/^year: 2020/year: 2021/' notes/alpha.yaml
	event alpha 3 review 2026-07-03 'A. Curator <a@example.org>'
	commit 'under way'
}
