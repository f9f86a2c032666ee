#!/bin/sh
# `stemma deposit` against a double of InvenioRDM that gets into every kind of trouble.
#
#     deposit.sh STEMMA DOUBLE
double=$(realpath "$2") || exit 2
. "$(dirname "$0")/../release/lib.sh"
prepare
cd data || exit 2
cat >>stemma.yaml <<'END'
license: CC-BY-4.0
about:
  description: Notes & <remarks> of a test.
  creators: [{family: Doe, given: Jane, orcid: 0000-0002-1825-0097}]
END
git commit -qam 'about it'
stemma release --date 2026-06-02 >../told 2>&1
stemma snapshot -o ../out --only csv,sources >>../told 2>&1

"$double" 127.0.0.2 ../port ../control ../log &
trap 'kill $!; rm -rf "$top"' EXIT
for _ in 1 2 3 4 5 6 7 8 9 10; do [ -s ../port ] || sleep 0.2; done
[ -s ../port ] || { echo 'the double does not start' && exit 2; }
url=http://127.0.0.2:$(cat ../port)
STEMMA_DEPOSIT_TOKEN=good-token
export STEMMA_DEPOSIT_TOKEN

# try STATUS WHAT [OPTION...]: words go to ../told
try() {
	wanted=$1 what=$2
	shift 2
	stemma deposit ../out --url "$url" --allow-address 127.0.0.2 "$@" >../told 2>&1
	status=$?
	[ $status = "$wanted" ] || complain "$what: status $status, not $wanted: $(cat ../told)"
	! grep -q 'good-token\|bad-token' ../told || complain "$what: the token is told"
}
told() {
	grep -q -- "$1" ../told || complain "\"$1\" is expected: $(cat ../told)"
}
asked() { # METHOD PART: how many times
	grep -c "^$1 .*$2" ../log
}

try 0 'a dry run' --dry-run
told 'as a new record'
told 'MANIFEST.json'
told '"Notes &amp; &lt;remarks&gt; of a test."' # descriptions are HTML there
try 0 'the address as the documents of the API have it' --dry-run --url "$url/api/"
told "$url/api, as a new record"
[ ! -e ../log ] || complain 'a dry run asked the service'

for wrong in nowhere ftp://example.org https://u:secret@example.org; do
	stemma deposit ../out --url $wrong >../told 2>&1
	[ $? = 2 ] || complain "the address $wrong"
	told "the service's address"
	! grep -q secret ../told || complain 'a password is told'
done
STEMMA_DEPOSIT_TOKEN=bad-token try 2 'a wrong token'
told 'does not let this token'
(unset STEMMA_DEPOSIT_TOKEN && try 2 'no token') || complain 'no token'
stemma deposit ../out --url "https://${url#*//}" >../told 2>&1 &&
	complain 'a private address was reached'
told 'is not public'

for plain in "$url" "http://someone:secret@$(echo "$url" | cut -c8-)"; do
	stemma deposit ../out --url "$plain" --dry-run >../told 2>&1
	[ $? = 2 ] || complain "the token went out in the clear: $(cat ../told)"
	! grep -q secret ../told || complain 'a password is told'
done
told 'user name or password'

echo 'POST /records hostile 1' >../control
try 3 'a record whose id is no word'
told 'is no record'
[ ! -e .git/stemma/deposits ] || complain 'it was noted'
echo 'POST /records year 1' >../control
try 3 'a pause of a year'
told 'asks to wait for 31536000 seconds'
rm ../log
echo 'PUT /content 413 9' >../control
try 3 'a quota'
told 'Quota exceeded'
echo 'PUT /content cut 9' >../control
try 3 'a connection that breaks in mid-upload'
echo 'PUT /content garbled 1' >../control
try 3 'bytes that are changed on the way'
told 'other bytes'
echo 'PUT /draft 429 2' >../control
try 0 'a draft, in spite of two pauses' --draft
told 'a draft, DOI 10.5281/example.1'
[ "$(asked POST '/api/records ')" = 1 ] || complain 'more than one draft was made'
[ "$(asked POST '/publish')" = 0 ] || complain 'a draft was published'

rm .git/stemma/deposits
echo 'POST /publish 503 1' >../control
try 0 'published; nothing noted here, but the draft was left over'
told 'deposited and published'
told 'its draft was there: 0 files sent'
try 0 'once more'
told 'was deposited before'
[ "$(asked POST '/api/records ')" = 1 ] || complain 'a second record was made'

sed -i 's/^title: .*/title: Better/' notes/alpha.yaml
stemma submit alpha >/dev/null 2>&1 && stemma approve alpha --commit >/dev/null 2>&1
stemma release --date 2026-06-03 >/dev/null 2>&1 || complain 'no second release'
rm -rf ../out && stemma snapshot -o ../out --only csv,sources >/dev/null
echo 'POST /publish silent 1' >../control
try 0 'the next version, whose publication is not answered'
told 'deposited and published'
[ "$(asked POST '/versions')" = 1 ] || complain 'no new version'

rm .git/stemma/deposits
try 0 'again from another clone, which knows an older version' --record rec-0
told 'was deposited before'
[ "$(asked POST '/versions')" = 1 ] || complain 'a version too many'

# all the way in one command
git init -q --bare -b main ../remote.git && git remote add origin ../remote.git
printf 'deposit: {url: "%s"}\n' "$url" >>stemma.yaml
sed -i 's/^title: .*/title: Best/' notes/alpha.yaml
stemma submit alpha >/dev/null 2>&1 && stemma approve alpha --commit >/dev/null 2>&1
git add -A && git commit -qm 'where to'
way() {
	stemma release --date 2026-06-04 --push origin --snapshot ../way --deposit \
		--allow-address 127.0.0.2 "$@" >../told 2>&1
}
expect() { # STATUS WHAT
	[ $? = "$1" ] || complain "$2: $(cat ../told)"
}
refs=$(git for-each-ref)
(unset STEMMA_DEPOSIT_TOKEN && way)
expect 2 'no token'
[ "$refs" = "$(git for-each-ref)" ] || complain 'a release was made that could not go all the way'
way --dry-run
expect 0 'a dry run of the way'
told 'then: push to origin'
told 'then: deposit of it, published'
[ ! -e ../way ] || complain 'a dry run made a snapshot'
[ "$refs" = "$(git for-each-ref)" ] || complain 'a dry run made a release'
way --push elsewhere
expect 2 'a remote that is none'
told 'no remote "elsewhere"'
[ "$refs" = "$(git for-each-ref)" ] || complain 'a release was made that could not be pushed'
echo 'POST /publish 403 9' >../control
way
expect 2 'a deposit that is refused'
told 'is made and stays'
git -C ../remote.git rev-parse -q --verify published >/dev/null || complain 'not pushed'
rm ../control
way
expect 0 'the rest of the way'
told 'nothing to release'
told 'deposited and published'
exit $bad
