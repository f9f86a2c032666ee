# Set-up of the tests of `stemma release` in trouble: . "$(dirname "$0")/lib.sh" STEMMA
# shellcheck shell=sh
REPO=$(realpath "$(dirname "$0")/../..") && export REPO
top=$(mktemp -d) || exit 2
trap 'rm -rf "$top"' EXIT
trap 'exit 129' HUP INT TERM
mkdir "$top/bin" "$top/home"
ln -s "$(realpath "$1")" "$top/bin/stemma"
PATH=$top/bin:$PATH HOME=$top/home
export PATH HOME LC_ALL=C TZ=UTC GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@example.org
export GIT_COMMITTER_NAME=C GIT_COMMITTER_EMAIL=c@example.org
export GIT_AUTHOR_DATE='2026-01-01T00:00:00Z' GIT_COMMITTER_DATE='2026-01-01T00:00:00Z'

# A repository with one release and approved work for the next: $top/data
prepare() {
	cd "$top" || exit 2
	# shellcheck source=SCRIPTDIR/../cli/lib/release.sh
	. "$REPO/tests/cli/lib/release.sh"
	ready 2026-05-01 alpha beta
	stemma release --first --date 2026-05-02 >/dev/null || exit 1
	edit alpha 2021
	entry gamma Gamma
	ready 2026-06-01 alpha gamma
	git gc -q
	cd "$top" || exit 2
}

bad=0
complain() {
	echo "$*"
	bad=1
}
