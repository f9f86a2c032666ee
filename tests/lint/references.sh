#!/bin/sh
# No file names a place that only one machine has. Brackets keep this file out of its own
# net.
. "$(dirname "$0")/lib.sh"

# What surrounds a checkout is known to .ci/run alone.
told=$(our_files . | grep -vxE '(\./)?\.ci/run' | grep -vE '(^|/)corpus/' | tr '\n' '\0' |
	xargs -0 grep -nIE '(^|[^[:alnum:]_.-])(\.\./)?[s]hared/|(^|[^[:alnum:]_./-])/([w]ork|[r]oot|[h]ome/[a-z]+|[U]sers)/' /dev/null)
[ -z "$told" ] || complain "$told"
exit $bad
