#!/bin/sh
# with_ca.sh PROGRAM: run it with a folder of fresh certificates as its argument.
dir=$(mktemp -d) || exit 2
trap 'rm -rf "$dir"' EXIT
sh "$(dirname "$0")/ca.sh" "$dir" || exit $?
"$1" "$dir"
