#!/bin/sh
# Many releases of random work: each is the one before and its delta, its counts are those of
# its tree, and nothing that was published ever goes.
#
#     delta.sh STEMMA
. "$(dirname "$0")/lib.sh"
prepare
cd data || exit 2
releases=${RELEASES:-12}
seed=${SEED:-1}

# A number below $1 in $dice.
roll() {
	seed=$(((seed * 1103515245 + 12345) % 2147483648))
	dice=$((seed / 65536 % $1))
}

# One of the entries in $one; $file is where it is.
any() {
	roll "$(find notes -name '*.yaml' | wc -l)"
	file=$(find notes -name '*.yaml' | sort | sed -n "$((dice + 1))p")
	one=$(basename "$file" .yaml)
}

quietly() {
	"$@" >/dev/null 2>&1
}

# One thing that may happen to an entry; what is refused does not.
work() { # DAY N
	any
	roll 9
	case $dice in
	0) entry "new-$2" "New $2" && quietly approve_all "$1" "new-$2" ;;
	1) entry "draft-$2" "Draft $2" ;;
	2 | 3) sed -i "s/^year: .*/year: $((2000 + $2))/" "$file" && quietly approve_all "$1" "$one" ;;
	4) sed -i "s/^year: .*/year: $((1900 + $2))/" "$file" ;;
	5) quietly stemma deprecate --date "$1" "$one" ;;
	6) quietly stemma withdraw --date "$1" "$one" --reason random ;;
	7) quietly stemma reinstate --date "$1" "$one" ;;
	8)
		roll 3
		mkdir -p "notes/$dice"
		[ "$file" = "notes/$dice/$one.yaml" ] || mv "$file" "notes/$dice/$one.yaml"
		;;
	esac
}

# The delta of release $1 as lines "collection/id path version state sources content".
delta() {
	git show "v$1:release.json" | sed -n 's/^    {"collection": "\([^"]*\)", "id": "\([^"]*\)", "change": "[a-z]*", "path": "\([^"]*\)", "from": [^,]*, "to": \([0-9]*\), "state": "\([a-z]*\)", "sources": \([0-9]*\), "content": "\([^"]*\)"}.*/\1\/\2 \3 \4 \5 \6 \7/p'
}

check_release() { # NAME BEFORE
	# full(n) = full(n-1) + delta(n)
	delta "$1" >../delta
	awk '{ line[$1] = $0 } END { for (id in line) print line[id] }' ../full ../delta |
		LC_ALL=C sort >../full.new
	mv ../full.new ../full
	git ls-tree -r --name-only "v$1" notes | LC_ALL=C sort >../paths
	cut -d ' ' -f 2 ../full | LC_ALL=C sort | cmp -s - ../paths ||
		complain "$1: the files are not those of all deltas"
	# The version each file says of itself, by its last approved line with that content.
	while read -r _ path version _ _ content; do
		git show "v$1:$path" | grep 'event: approved' | grep -F "$content" | tail -n 1 |
			grep -q "{version: $version," || complain "$1: $path has no v$version"
	done <../full
	for state in published deprecated withdrawn; do
		git show "v$1:release.json" | grep -q "\"$state\": $(grep -c " $state " ../full)[,}]" ||
			complain "$1: counts of $state"
	done
	git show "v$1:release.json" | grep -q "\"sources\": $(awk '{ n += $5 } END { print n + 0 }' ../full),$" ||
		complain "$1: count of sources"
	# What was published is the beginning of what is.
	[ -z "$2" ] || git ls-tree -r --name-only "v$2" notes | while read -r path; do
		now=$(grep "/$(basename "$path" .yaml) " ../full | cut -d ' ' -f 2)
		git show "v$2:$path" | sed '1,/^history:/d' >../lines.old
		git show "v$1:$now" | sed '1,/^history:/d' | head -n "$(wc -l <../lines.old)" |
			cmp -s - ../lines.old || echo "$1: $path has lost lines"
	done >../lost
	[ ! -s ../lost ] || complain "$(cat ../lost)"
}

: >../full
check_release 2026.05 ''
last=2026.05 made=1 days=0 n=0
while [ $made -lt "$releases" ] && [ $days -lt 300 ]; do
	days=$((days + 1))
	date=$(printf '2027-%02d-%02d' $((days / 28 + 1)) $((days % 28 + 1)))
	for _ in 1 2 3 4; do
		n=$((n + 1))
		work "$date" $n
	done
	git add -A && quietly git commit -m "$date"
	# Stale approvals are held back.
	set -- --date "$date"
	for id in $(stemma release --dry-run "$@" 2>&1 | sed -n 's/.* with --hold \([^ ]*\)$/\1/p'); do
		set -- "$@" --hold "$id"
	done
	stemma release "$@" >../told 2>&1 || {
		complain "$date: $(cat ../told)"
		break
	}
	name=$(sed -n 's/^\(2027[0-9.]*\): .*/\1/p' ../told)
	[ -n "$name" ] || continue
	check_release "$name" "$last"
	[ $bad = 0 ] || break
	last=$name made=$((made + 1))
done
git fsck --strict >../sound 2>&1 || complain "$(cat ../sound)"
[ $made = "$releases" ] || complain "only $made releases in $days days"
echo "$made releases, $(wc -l <../full) entries: $(sed 's/.* \(published\|deprecated\|withdrawn\) .*/\1/' ../full | sort | uniq -c | tr -s '\n ' ' ')"
exit $bad
