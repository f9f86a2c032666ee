# For tests of hooks with real programs: . "$(dirname "$0")/lib.sh"
# shellcheck shell=sh
#
# Sets repo, and a fresh folder tmp, which is the current one, where `stemma` ($1) is on the PATH.
stemma=$(realpath "$1") && repo=$(realpath "$(dirname "$0")/../..") || exit 2
tmp=$(mktemp -d) || exit 2
started=
trap 'for one in $started; do kill "$one" 2>/dev/null; done; rm -rf "$tmp"' EXIT
trap 'exit 129' HUP INT TERM
cd "$tmp" && mkdir bin home && ln -s "$stemma" bin/stemma || exit 2
export PATH="$tmp/bin:$PATH" HOME="$tmp/home" GIT_CONFIG_NOSYSTEM=1 GIT_TERMINAL_PROMPT=0 \
	GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@example.org \
	GIT_COMMITTER_NAME=C GIT_COMMITTER_EMAIL=c@example.org
unset XDG_CONFIG_HOME GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE

failed=0
# expect STATUS WHAT COMMAND...: its words go to $tmp/told
expect() {
	wanted=$1
	what=$2
	shift 2
	"$@" >"$tmp/told" 2>&1
	status=$?
	[ $status = "$wanted" ] && return
	echo "$what: status $status, but $wanted is expected"
	cat "$tmp/told"
	failed=1
}

has() { # TEXT
	grep -qF -- "$1" "$tmp/told" && return
	echo "\"$1\" is expected, but this was told:"
	cat "$tmp/told"
	failed=1
}

# Pushes to the remote `origin`, whose server runs the hook pre-receive.
push_all_kinds() {
	approved alpha Alpha
	write beta Beta alpha
	commit one
	release 2026.06
	expect 0 'all is well' git push -q origin main published v2026.06
	write beta Beta nowhere && git commit -qam 'nowhere'
	expect 1 'a relation to nowhere' git push -q origin main
	has 'dataset.dangling-related'
	git reset -q --hard HEAD~ && sed -i '/approved/d' notes/alpha.yaml && git commit -qam 'less'
	expect 1 'a line less' git push -q origin main
	has 'history.line-removed'
	git reset -q --hard HEAD~ && git checkout -q --orphan other && commit 'no release'
	expect 1 'a branch of releases that is rewound' git push -qf origin other:published
	has 'it only ever grows'
	git tag -f v2026.06 other >/dev/null
	expect 1 'a tag that is moved' git push -qf origin v2026.06
	has 'stays where it is'
	expect 1 'a branch of releases that is deleted' git push -q origin :published
	has 'kept for ever'
	git checkout -q main && write beta Better alpha && git commit -qam 'better'
	expect 0 'a change that is well' git push -q origin main
}
