#!/bin/sh
# fixed.sh STEMMA ROGUED DOUBLE: links that have moved for good are written anew, and nothing
# else changes.
. "$(dirname "$0")/lib.sh"

mkdir notes
cat >stemma.yaml <<'END'
collections:
  notes: {folder: notes, files: ["*.yaml", "*.json", "*.md"], roles: {id: /id, history: /history, sources: /sources/*, source: {key: /key, url: /url}}}
END
write() {
	cat >notes/a.yaml <<END
# a comment
id:   a
sources:
  - {key: x, url: $1/chain/2}   # in braces
  - key: y
    url:   "$1/chain/2#part"
  - {key: z, url: '$1/chain/1', seen: "$1/ok/a"}
see: >-
  $1/chain/2
more: $1/chain/2
END
	printf '{"id": "b", "see": ["%s/chain/2", "%s/status/404"]}\n' "$1" "$1" >notes/b.json
	printf -- '---\nid: c\nsee: %s/chain/2\n---\nText with %s/chain/2\n' "$1" "$1" >notes/c.md
}
write "$ROGUE"
links --fix >told
is 'status of --fix' $? 1
is 'what is said' "$(grep -c '^6 links in 3 files were written anew$' told)" 1
is 'what is left' "$(grep -c '^1 link was left as it is: change it by hand$' told)" 1
cat >want.yaml <<END
# a comment
id:   a
sources:
  - {key: x, url: $ROGUE/chain/0}   # in braces
  - key: y
    url:   "$ROGUE/chain/0#part"
  - {key: z, url: '$ROGUE/chain/0', seen: "$ROGUE/ok/a"}
see: >-
  $ROGUE/chain/2
more: $ROGUE/chain/0
END
diff -u want.yaml notes/a.yaml || failed=1
printf '{"id": "b", "see": ["%s/chain/0", "%s/status/404"]}\n' "$ROGUE" "$ROGUE" | diff -u - notes/b.json || failed=1
printf -- '---\nid: c\nsee: %s/chain/0\n---\nText with %s/chain/2\n' "$ROGUE" "$ROGUE" | diff -u - notes/c.md || failed=1
exit $failed
