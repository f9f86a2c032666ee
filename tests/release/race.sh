#!/bin/sh
# Two releases at once: one is made, whoever makes it, and the other run says so.
#
#     race.sh STEMMA
. "$(dirname "$0")/lib.sh"
prepare
for n in 1 2 3 4 5 6 7 8 9 10; do
	rm -rf try && cp -R data try && cd try || exit 2
	(stemma release --date 2026-06-02 >../one 2>&1; echo $? >../one.status) &
	(stemma release --date 2026-06-02 >../two 2>&1; echo $? >../two.status) &
	wait
	cd .. || exit 2
	for who in one two; do
		case $(cat $who.status),$(head -n 1 $who) in
		'0,2026.06: '* | '0,nothing to release since 2026.06') ;;
		'3,stemma: another release is being made'*) ;;
		*) complain "$n: $who: status $(cat $who.status): $(cat $who)" ;;
		esac
	done
	[ "$(cat one two | grep -c '^2026.06: ')" = 1 ] || complain "$n: $(cat one two)"
	[ "$(git -C try rev-list --count published)" = 2 ] || complain "$n: not two releases"
	[ "$(git -C try tag -l | tr '\n' ' ')" = 'v2026.05 v2026.06 ' ] || complain "$n: tags"
	git -C try fsck --strict >sound 2>&1 || complain "$n: git fsck: $(cat sound)"
done
exit $bad
