#!/bin/sh
# A release that is killed before, or fails from, each call that changes the file system
# leaves the old state or a tag that the next run completes, and a sound repository.
#
#     kill.sh STEMMA TROUBLE.SO
. "$(dirname "$0")/lib.sh"
preload=$(realpath "$2")
prepare
cp -R data whole && (cd whole && stemma release --date 2026-06-02 >/dev/null) || exit 1
want=$(git -C whole rev-parse published v2026.06)
old=$(git -C data rev-parse published)

# One run in a copy of the repository, with trouble: run KIND N
run() {
	rm -rf try && cp -R data try && cd try || exit 2
	env "TROUBLE_$1=$2" LD_PRELOAD="$preload" \
		ASAN_OPTIONS=verify_asan_link_order=0 \
		stemma release --date 2026-06-02 >../told 2>&1
	status=$?
	cd .. || exit 2
}

# What is there is the old state, a tag to be completed, or the release.
check_state() { # KIND N
	git -C try fsck --strict >sound 2>&1 || complain "$1 $2: git fsck: $(cat sound)"
	branch=$(git -C try rev-parse published)
	tag=$(git -C try rev-parse -q --verify 'v2026.06^{commit}')
	case $branch,$tag in
	"$old,") ;;
	"$old,"*)
		[ "$(git -C try rev-parse 'v2026.06~')" = "$old" ] || complain "$1 $2: a tag on nothing"
		completed=$((completed + 1))
		;;
	"$tag,$tag") ;;
	*) complain "$1 $2: the branch is at $branch, the tag at $tag" ;;
	esac
}

# The next run names a lock that is in its way, and then makes what should be there.
check_next() { # KIND N
	(cd try && stemma release --date 2026-06-02) >next 2>&1
	status=$?
	find try/.git -name '*.lock' ! -path '*/stemma/*' >left
	while read -r lock; do
		[ $status = 0 ] || grep -qF "${lock#try/}" next ||
			complain "$1 $2: $lock is not named: $(cat next)"
		rm "$lock"
		locks=$((locks + 1))
	done <left
	(cd try && stemma release --date 2026-06-02) >next 2>&1 ||
		complain "$1 $2: the next run: $(cat next)"
	[ "$(git -C try rev-parse published v2026.06)" = "$want" ] ||
		complain "$1 $2: the next run made something else: $(cat next)"
}

for kind in KILL FAIL; do
	n=0 completed=0 locks=0
	while :; do
		n=$((n + 1))
		run $kind $n
		[ $n -lt 1000 ] || complain "$kind: no end"
		[ $status != 0 ] || break
		case $kind,$status in
		KILL,137 | FAIL,3) ;;
		*) complain "$kind $n: status $status: $(cat told)" ;;
		esac
		check_state $kind $n
		check_next $kind $n
		[ $bad = 0 ] || exit 1
	done
	check_state $kind $n
	echo "$kind: $((n - 1)) calls, $completed to be completed, $locks locks left over"
	[ $n -gt 20 ] || complain "$kind: only $n calls were seen"
	[ $completed -gt 0 ] || complain "$kind: no run ended between the tag and the branch"
done
exit $bad
