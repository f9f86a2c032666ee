#!/bin/sh
# stopped.sh STEMMA ROGUED DOUBLE: a run that is stopped tells what it has, and the next one
# goes on where it was.
. "$(dirname "$0")/lib.sh"

# Stop it with SIGNAL once the misbehaving server has been asked for the page that hangs.
stopped() {
	signal=$1
	shift
	timeout --foreground --preserve-status -s "$signal" "$wait" "$stemma" links \
		--allow-address 127.0.0.1 --date 2026-06-20 --cache cache.sqlite --format json "$@"
}

for path in ok/a ok/b status/404 status/500 hang; do
	echo "$ROGUE/$path"
done >list
wait=5
for signal in INT TERM; do
	rm -f cache.sqlite*
	stopped $signal --urls list --timeout 60 >out 2>err
	status=$?
	case $signal in
	INT) is "status after SIG$signal" $status 130 ;;
	TERM) is "status after SIG$signal" $status 143 ;;
	esac
	grep -q '"complete": false' out || { echo 'it does not say that it is not whole' && failed=1; }
	grep -q 'stopped before all was asked' err || { echo 'nor does it on stderr' && failed=1; }
	"$stemma" validate --schema "$repo/schema/links.schema.json" out >valid || failed=1
	is "verdicts after SIG$signal" "$(grep -c '"verdict": "\(alive\|dead\)", .*"url\|"url".*"verdict": "\(alive\|dead\)"' out)" 3
	is "what hangs after SIG$signal" "$(grep -c '/hang", "verdict": "not-checked"' out)" 1
done

# What was known is not asked again, whatever it was; what was killed neither.
grep -v hang list >rest
before=$(requests)
links --urls rest >/dev/null
after=$(requests)
[ $((after - before)) -le 2 ] || { echo "$((after - before)) requests again" && failed=1; }
rm -f cache.sqlite*
stopped KILL --urls list --timeout 60 >out 2>err
before=$(requests)
grep ok list >rest
links --urls rest >/dev/null
after=$(requests)
[ $((after - before)) -le 1 ] || { echo "$((after - before)) requests after SIGKILL" && failed=1; }

# The time can be limited.
rm -f cache.sqlite*
links --urls list --deadline 2 --timeout 60 --format json >told
is 'status when the time is up' $? 1
grep -q '"complete": false' told || { echo 'it does not say that time was up' && failed=1; }
is 'what is said then' "$(grep -c '^the time is up' told)" 1
echo "$ROGUE/hang" >rest
links --urls rest --deadline 1 --strict >told
is 'status then with --strict' $? 4
exit $failed
