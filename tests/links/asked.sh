#!/bin/sh
# asked.sh STEMMA ROGUED DOUBLE: links are asked, told and remembered.
. "$(dirname "$0")/lib.sh"

for path in ok/a 'ok/a#b' status/404 status/410 status/500 status/503 close chain/2 chain/30; do
	echo "$ROGUE/$path"
done >list
expect 1 links --urls list --format gnu <<'END'
list:3:1: error: ROGUE/status/404 is dead: it answers 404, not found [link.dead]
list:4:1: error: ROGUE/status/410 is dead: it answers 410, gone [link.dead]
list:5:1: note: ROGUE/status/500 could not be judged: it answers 500, trouble with the server [link.unknown]
list:6:1: note: ROGUE/status/503 could not be judged: it answers 503, trouble with the server [link.unknown]
list:7:1: note: ROGUE/close could not be judged: the connection was closed without an answer [link.unknown]
list:8:1: note: ROGUE/chain/2 has moved for good; write ROGUE/chain/0 [link.redirected]
list:9:1: warning: ROGUE/chain/30 answers, but not as it should: it redirects to ROGUE/chain/20, and there more than 10 redirects [link.warning]
END
links --urls list --format json >report.json
"$stemma" validate --schema "$repo/schema/links.schema.json" report.json >valid || {
	cat valid
	failed=1
}

# Only what says nothing is asked again.
grep -E 'ok/a|status/4|chain/2' list >good
before=$(requests)
links --urls good >again
is 'status from memory' $? 1
is 'requests with a warm cache' "$(requests)" "$before"
links --urls good --max-age 0 >anew
[ "$(requests)" -gt "$before" ] || { echo '--max-age 0 asks nobody' && failed=1; }
cmp again anew || failed=1
before=$(requests)
links --urls good --no-cache >without 2>&1
links --urls good --date 2026-07-20 >later
[ "$(requests)" -gt "$before" ] || { echo 'answers stay good for ever' && failed=1; }

# Unknown is no failure, unless it is asked for.
echo "$ROGUE/close" >unknown
links --urls unknown >/dev/null
is 'status of unknown' $? 0
links --urls unknown --strict >/dev/null
is 'status of unknown with --strict' $? 4
links --urls list --strict >/dev/null
is 'status of dead with --strict' $? 1

# No socket to addresses that are not public.
before=$(requests)
"$stemma" links --urls good --no-cache --format gnu >blocked
is 'status of blocked' $? 0
is 'blocked' "$(grep -c 'is not public \[link.blocked\]' blocked)" 5
is 'requests to what is blocked' "$(requests)" "$before"
"$stemma" links --urls good --no-cache --offline >/dev/null
is 'requests offline' "$(requests)" "$before"

# What stands behind # is looked for on request.
page='say?HTTP/1.1%20200%20OK%0D%0AContent-Type:%20text/html%0D%0AConnection:%20close%0D%0A%0D%0A%3Cp%20id=here%3E'
printf '%s\n' "$ROGUE/$page#here" "$ROGUE/$page#nowhere" >parts
links --urls parts >/dev/null
is 'status without --fragments' $? 0
links --urls parts --fragments --format gnu >told
is 'status with --fragments' $? 0
is 'fragments' "$(grep -c '\[link.warning\]$' told)" 2
is 'the one that is not there' "$(grep -c 'nowhere' told)" 2

# Copies of what is dead are looked for on request.
echo "$ROGUE/status/404/archived" >gone
links --urls gone >/dev/null
links --urls gone --wayback --format json >told
is 'copies' "$(grep -c '"archived": "DOUBLE/web/[0-9]*/' told)" 1
"$stemma" validate --schema "$repo/schema/links.schema.json" told >/dev/null || failed=1
exit $failed
