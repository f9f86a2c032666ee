#!/bin/sh
# Every rule that `stemma help rules` lists has a failing and a passing case in
# tests/cli/rules: its id ends a line about a file "bad...", and stands in the name or the
# text of a file "good...", about which nothing is told.
#
#     rules.sh STEMMA
set -u
cases=$(dirname "$0")/rules
ids=$("$1" help rules | sed -n 's/^\([a-z-]*\.[A-Za-z-]*\) .*/\1/p') || exit 1
[ -n "$ids" ] || exit 1

bad=0
for id in $ids; do
	grep -q "^bad.*\[$id\]\$" "$cases"/*/stdout || {
		echo "$id: has no failing case"
		bad=1
	}
	[ -n "$(find "$cases"/*/good* -name "$id.*")" ] ||
		grep -rqwF -- "$id" "$cases"/*/good* ||
		grep -q "good/.*$id" "$cases"/*/cmd || {
		echo "$id: has no passing case"
		bad=1
	}
done
if grep '^good' "$cases"/*/stdout; then
	echo 'something is told about a passing case'
	bad=1
fi
exit $bad
