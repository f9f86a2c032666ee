# What cases of `stemma release` share: . "$REPO/tests/cli/lib/release.sh"
# shellcheck shell=sh
. "$REPO/tests/cli/lib/versioned.sh"

# Approve entries on the day DAY and commit: ready DAY ID...
ready() {
	approve_all "$@" 2>/dev/null || echo "not approved: $*"
	commit "approved $*"
}

# Run a command; both its streams and its status, names of commits left out.
told() {
	"$@" >"$HOME/told" 2>&1
	status=$?
	sed -E "s/\\b[0-9a-f]{40}\\b/HASH/g; s/\\b[0-9a-f]{12}\\b/HASH/g
		s|$(realpath "$HOME/..")|TOP|g" "$HOME/told"
	[ $status = 0 ] || echo "status $status"
}

# What readers have: each file, its last history line without the fingerprint, and its year.
readers() { # [REV]
	git ls-tree -r --name-only "${1:-published}" | grep /.*yaml | while read -r file; do
		git show "${1:-published}:$file" | sed -n "
			s/, by:.*//
			s/^year: \(.*\)/$(basename "$file" .yaml) of \1/p
			\$s/.*{/    /p"
	done
}

# Change the year of an entry: edit ID YEAR
edit() {
	sed -i "s/^year: .*/year: $2/" "notes/$1.yaml"
}

# Add one history line by hand: line ID 'version: 1, event: ...'
line() {
	print=$(sed -n 's/.*approved.*content: "\(.*\)".*/\1/p' "notes/$1.yaml" | tail -n 1)
	echo "  - {$2, by: \"C <c@example.org>\", content: \"$print\"}" >>"notes/$1.yaml"
}

# A bare repository beside this one, as its remote, with what there is so far.
remote() {
	git init -q --bare -b main ../server.git
	git remote add origin "file://$(realpath ../server.git)"
	git push -q origin main
}
