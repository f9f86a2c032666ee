#!/bin/sh
# Run golden cases of the command line.
#
#     run.sh [--accept] STEMMA CASE...
#
# A case is a folder: `cmd` (a shell script; `stemma` is on its PATH), `stdout`, `stderr`
# and `status` (what is expected; missing: nothing, 0), and inputs. It runs in a fresh
# copy of the folder and in a fixed environment; $REPO is the repository. All three are
# compared byte for byte. --accept, or STEMMA_ACCEPT=1, writes down what came instead.
set -u

accept=${STEMMA_ACCEPT:-}
if [ "${1-}" = --accept ]; then
	accept=1
	shift
fi
if [ $# -lt 2 ]; then
	echo 'usage: run.sh [--accept] STEMMA CASE...' >&2
	exit 2
fi
stemma=$(realpath "$1") && repo=$(realpath "$(dirname "$0")/../..") || exit 2
shift

tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
trap 'exit 129' HUP INT TERM
mkdir "$tmp/bin" "$tmp/home"
ln -s "$stemma" "$tmp/bin/stemma"

# Run $case in $tmp/work and leave stdout, stderr and status in $tmp.
run_case() {
	rm -rf "$tmp/work"
	cp -R "$case" "$tmp/work"
	rm -f "$tmp/work/cmd" "$tmp/work/stdout" "$tmp/work/stderr" "$tmp/work/status"
	(
		cd "$tmp/work" || exit 2
		env -i PATH="$tmp/bin:/usr/local/bin:/usr/bin:/bin" HOME="$tmp/home" REPO="$repo" \
			LSAN_OPTIONS="suppressions=$repo/tests/cli/leaks.txt:print_suppressions=0" \
			LC_ALL=C TZ=UTC TERM=dumb GIT_CONFIG_NOSYSTEM=1 \
			GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@example.org \
			GIT_COMMITTER_NAME=C GIT_COMMITTER_EMAIL=c@example.org \
			GIT_AUTHOR_DATE='2026-01-01T00:00:00Z' \
			GIT_COMMITTER_DATE='2026-01-01T00:00:00Z' \
			sh "$case/cmd" </dev/null >"$tmp/stdout" 2>"$tmp/stderr"
		echo $? >"$tmp/status"
	)
}

expected() {
	if [ -e "$case/$1" ]; then
		cat "$case/$1"
	elif [ "$1" = status ]; then
		echo 0
	fi
}

# An expectation that says nothing is no file.
write_down() {
	for part in stdout stderr status; do
		if [ -s "$tmp/$part" ] && ! { [ $part = status ] && [ "$(cat "$tmp/status")" = 0 ]; }; then
			cp "$tmp/$part" "$case/$part"
		else
			rm -f "$case/$part"
		fi
	done
}

compare() {
	for part in stdout stderr status; do
		expected $part >"$tmp/expected"
		if ! cmp -s "$tmp/expected" "$tmp/$part"; then
			echo "$case: $part differs:"
			diff -u --label "expected $part" --label "actual $part" \
				"$tmp/expected" "$tmp/$part"
			failed=1
		fi
	done
}

failed=0
for case in "$@"; do
	case=$(realpath "$case") || exit 2
	run_case
	if [ "$accept" ]; then
		write_down
	else
		compare
	fi
done
exit $failed
