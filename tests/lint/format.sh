#!/bin/sh
# clang-format has nothing to change. Exit status 77: it is not installed.
. "$(dirname "$0")/lib.sh"

command -v clang-format >/dev/null || exit 77
c_files tools tests | xargs clang-format --dry-run -Werror 2>&1 | grep -E 'error:' |
	cut -d: -f1 | sort -u >"${TMPDIR:-/tmp}/format.$$"
while read -r file; do
	complain "$file: clang-format -i would change it"
done <"${TMPDIR:-/tmp}/format.$$"
rm -f "${TMPDIR:-/tmp}/format.$$"
exit $bad
