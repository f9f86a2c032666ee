#!/bin/sh
# What Markdown files say of the commands is what the commands do.
#
#     check.sh [--accept] STEMMA FILE...
#
# In fenced blocks marked ```console, a line that starts with "$ " is a command ("> " at
# the start of the lines behind it continues it), and what follows is its output (stdout
# and stderr together); "..." alone on a line stands for any lines, within a line for
# any part of it. The commands of a file run in order, `cd` lasting, in one fresh
# repository with the dataset and what belongs to it, with `stemma` on the PATH, on one
# and the same day. Blocks marked otherwise (```sh) are not run. --accept, or
# STEMMA_ACCEPT=1, writes the output that came into the file where it differs. Exit
# status 77: there is no such file.
set -u

accept=${STEMMA_ACCEPT:-}
if [ "${1-}" = --accept ]; then
	accept=1
	shift
fi
if [ $# -lt 2 ]; then
	echo 'usage: check.sh [--accept] STEMMA FILE...' >&2
	exit 2
fi
stemma=$(realpath "$1") && repo=$(realpath "$(dirname "$0")/../..") || exit 2
shift

tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
trap 'exit 129' HUP INT TERM
mkdir "$tmp/bin" "$tmp/home"
ln -s "$stemma" "$tmp/bin/stemma"

# Cut FILE's console blocks into $tmp/N.cmd and $tmp/N.expected; the count is printed.
extract() {
	awk -v dir="$tmp" '
		/^```console[ \t]*$/ { inside = 1; next }
		/^```/ { inside = more = 0; next }
		inside && /^\$ / {
			n++
			more = 1
			print substr($0, 3) >(dir "/" n ".cmd")
			printf "" >(dir "/" n ".expected")
			print NR >(dir "/" n ".line")
			next
		}
		more && /^> / { print substr($0, 3) >(dir "/" n ".cmd"); next }
		inside && n { more = 0; print >(dir "/" n ".expected") }
		END { print n + 0 }' "$1"
}

# FILE with the outputs of $tmp/N.actual where there is an $tmp/N.differs.
rewritten() {
	awk -v dir="$tmp" '
		/^```console[ \t]*$/ { inside = 1; print; next }
		/^```/ { put(); inside = more = fresh = 0; print; next }
		inside && /^\$ / { put(); n++; more = 1; fresh = (getline x <(dir "/" n ".differs")) >= 0; print; next }
		more && /^> / { print; next }
		{ more = 0 }
		!fresh
		function put() {
			if (fresh) while ((getline line <(dir "/" n ".actual")) > 0) print line
			fresh = 0
		}' "$1"
}

# Whether the lines of $1 (with "...") match those of $2, by dynamic programming.
matches() {
	awk '
		function alike(want, have, part, n, i, at) {
			n = split(want, part, /\.\.\./)
			if (n < 2) return want == have
			if (substr(have, 1, length(part[1])) != part[1]) return 0
			have = substr(have, length(part[1]) + 1)
			for (i = 2; i < n; i++) {
				if (!(at = index(have, part[i]))) return 0
				have = substr(have, at + length(part[i]))
			}
			return length(have) >= length(part[n]) &&
				substr(have, length(have) - length(part[n]) + 1) == part[n]
		}
		NR == FNR { want[++w] = $0; next }
		{ have[++h] = $0 }
		END {
			ok[0] = 1
			for (i = 1; i <= w; i++) {
				for (j = 0; j <= h; j++) {
					if (want[i] == "...") next_ok[j] = ok[j] || (j && next_ok[j - 1])
					else next_ok[j] = j && ok[j - 1] && alike(want[i], have[j])
				}
				for (j = 0; j <= h; j++) ok[j] = next_ok[j]
			}
			exit !ok[h + 0]
		}' "$1" "$2"
}

# The day is later than what the dataset's histories have of the entries that are shown.
in_place() { # COMMAND...
	env -i PATH="$tmp/bin:/usr/local/bin:/usr/bin:/bin" HOME="$tmp/home" LC_ALL=C TZ=UTC \
		TERM=dumb SOURCE_DATE_EPOCH=1796083200 GIT_CONFIG_NOSYSTEM=1 \
		GIT_AUTHOR_NAME='A. Curator' GIT_AUTHOR_EMAIL=a@example.org \
		GIT_COMMITTER_NAME='A. Curator' GIT_COMMITTER_EMAIL=a@example.org \
		GIT_AUTHOR_DATE='2026-12-01T00:00:00Z' GIT_COMMITTER_DATE='2026-12-01T00:00:00Z' \
		"$@" </dev/null
}

run_command() { # N
	(
		cd "$(cat "$tmp/folder")" || exit 2
		# shellcheck disable=SC2016 # for the shell inside
		in_place sh -c 'trap "pwd >\"\$1\"" EXIT; . "$0"' "$tmp/$1.cmd" "$tmp/folder" \
			>"$tmp/$1.actual" 2>&1
	)
}

# A fresh repository, with nothing beside it.
make_place() {
	rm -rf "$tmp/place"
	mkdir -p "$tmp/place/stemma"
	echo "$tmp/place/stemma" >"$tmp/folder"
	for part in dataset schema .gitattributes; do
		if [ -e "$repo/$part" ]; then cp -R "$repo/$part" "$tmp/place/stemma/"; fi
	done
	(
		cd "$tmp/place/stemma" &&
			in_place git init -q -b main && in_place git add -A &&
			in_place git commit -q --allow-empty -m 'the dataset'
	)
}

failed=0
status=77
for file in "$@"; do
	[ -e "$file" ] || continue
	status=0
	make_place || exit 2
	n=$(extract "$file")
	i=0
	while [ $i -lt "$n" ]; do
		i=$((i + 1))
		run_command $i
		matches "$tmp/$i.expected" "$tmp/$i.actual" && continue
		: >"$tmp/$i.differs"
		[ -z "$accept" ] || continue
		echo "$file:$(cat "$tmp/$i.line"): \$ $(cat "$tmp/$i.cmd")"
		diff -u --label expected --label actual "$tmp/$i.expected" "$tmp/$i.actual"
		failed=1
	done
	if [ "$accept" ]; then
		rewritten "$file" >"$tmp/new" && cat "$tmp/new" >"$file"
	fi
	rm -f "$tmp"/[0-9]*
done
[ $failed = 0 ] || exit 1
exit $status
