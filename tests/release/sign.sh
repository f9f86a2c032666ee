#!/bin/sh
# `stemma release --sign` signs as git's configuration says; without a key nothing is made.
#
#     sign.sh STEMMA
. "$(dirname "$0")/lib.sh"
command -v ssh-keygen >/dev/null || exit 77
prepare
cd data || exit 2
git config gpg.format ssh
git config user.signingKey "$top/none.pub"
before=$(git for-each-ref)
stemma release --sign --date 2026-06-02 >../told 2>&1 && complain 'signed without a key'
[ "$before" = "$(git for-each-ref)" ] || complain 'something was made without a key'
grep -q 'git cannot sign' ../told || complain "$(cat ../told)"

ssh-keygen -q -t ed25519 -N '' -f "$top/key" || exit 77
echo "c@example.org $(cat "$top/key.pub")" >"$top/signers"
git config user.signingKey "$top/key.pub"
git config gpg.ssh.allowedSignersFile "$top/signers"
stemma release --sign --date 2026-06-02 >../told 2>&1 || complain "$(cat ../told)"
git verify-tag v2026.06 2>../told || complain "tag: $(cat ../told)"
git verify-commit published 2>../told || complain "commit: $(cat ../told)"
[ "$(git log -1 --format=%ct published)" = 1780358400 ] || complain 'not the day given'
[ "$(git rev-parse 'v2026.06^{commit}')" = "$(git rev-parse published)" ] || complain 'tag'
git tag -l --format='%(contents:body)' v2026.06 | grep -q '^## Added' || complain 'notes'
exit $bad
