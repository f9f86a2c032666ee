# For tests of `stemma links` with real servers: . "$(dirname "$0")/lib.sh"
# shellcheck shell=sh
#
# $1 is stemma, $2 the misbehaving server, $3 the double of the registries. The current folder is
# a new one; ROGUE and DOUBLE are the addresses of the servers.
set -u
stemma=$(realpath "$1") rogued=$(realpath "$2") double=$(realpath "$3")
repo=$(realpath "$(dirname "$0")/../..")
tmp=$(mktemp -d) || exit 2
trap 'kill $servers 2>/dev/null; rm -rf "$tmp"' EXIT
trap 'exit 129' HUP INT TERM
servers= failed=0
cd "$tmp" || exit 2
export LC_ALL=C TZ=UTC HOME="$tmp" GIT_CONFIG_NOSYSTEM=1 XDG_CACHE_HOME="$tmp/cache"
export GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@example.org
export GIT_COMMITTER_NAME=C GIT_COMMITTER_EMAIL=c@example.org
export LSAN_OPTIONS="suppressions=$repo/tests/cli/leaks.txt:print_suppressions=0"

# Wait until FILE has a line.
wait_for() {
	n=0
	until [ -s "$1" ]; do
		n=$((n + 1))
		[ $n -lt 300 ] || { echo "$1 stays empty" && exit 1; }
		sleep 0.1
	done
}

"$rogued" >rogue.out &
rogue_pid=$!
: >control
"$double" -c control -l double.log >double.out &
servers="$rogue_pid $!"
wait_for rogue.out
wait_for double.out
ROGUE=$(cat rogue.out) DOUBLE=$(cat double.out)

# Requests to the misbehaving server so far.
requests() {
	: >rogue.out
	kill -USR1 $rogue_pid
	wait_for rogue.out
	cat rogue.out
}

# `stemma links` that reaches the servers, with their addresses made readable.
links() {
	"$stemma" links --allow-address 127.0.0.1 --date 2026-06-20 --cache cache.sqlite \
		--service doi="$DOUBLE/doi" --service crossref="$DOUBLE/crossref" \
		--service datacite="$DOUBLE/datacite" --service arxiv="$DOUBLE/arxiv" \
		--service wayback="$DOUBLE/wayback" "$@" >out 2>err
	status=$?
	sed "s|$ROGUE|ROGUE|g; s|$DOUBLE|DOUBLE|g; s|^stemma: ||" out err
	return $status
}

# What standard input says is what COMMAND... prints, and its status: expect STATUS COMMAND...
expect() {
	cat >want
	want_status=$1
	shift
	"$@" >got
	got_status=$?
	diff -u want got >difference && [ $got_status = "$want_status" ] && return
	echo "$*: status $got_status, not $want_status"
	cat difference
	failed=1
}

# is WHAT GOT WANT
is() {
	[ "$2" = "$3" ] || { echo "$1: $2, not $3" && failed=1; }
}
