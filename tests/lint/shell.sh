#!/bin/sh
# Our shell scripts parse, and shellcheck is content. Exit status 77: it is not installed.
. "$(dirname "$0")/lib.sh"

scripts=$(our_files . | grep -v '^build/' | while read -r file; do
	if head -c 20 "$file" | head -n 1 | tr -d '\0' | grep -qE '^#!.*[/ ](ba)?sh'; then
		echo "$file"
	fi
done)
for file in $scripts; do
	[ -x "$file" ] || complain "$file: is a script, but not executable"
done
command -v shellcheck >/dev/null || exit $((bad ? bad : 77))
# shellcheck disable=SC2086 # no name of ours holds a blank
shellcheck -x --source-path=SCRIPTDIR $scripts || bad=1
exit $bad
