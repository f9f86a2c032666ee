#!/bin/sh
# clang-tidy.sh BUILD: .clang-tidy has nothing to tell about tools/. Status 77: not
# installed.
. "$(dirname "$0")/lib.sh"

build=${1:?usage: clang-tidy.sh BUILD}
command -v clang-tidy >/dev/null || exit 77
jobs=$(nproc 2>/dev/null || echo 2)

# Only what the build knows: files of a folder that is not wired up yet are left out.
c_files tools | grep '\.c$' | while read -r file; do
	if grep -qF "/$file\"" "$build/compile_commands.json"; then echo "$file"; fi
done | xargs -r -P "$jobs" -n 4 clang-tidy -p "$build" --quiet 2>/dev/null |
	grep -E '(error|warning):' && bad=1
exit $bad
