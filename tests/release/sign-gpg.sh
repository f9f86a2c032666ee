#!/bin/sh
# `stemma release --sign` with a key of GnuPG, and `stemma verify --signatures` of what it made.
#
#     sign-gpg.sh STEMMA
command -v gpg >/dev/null && command -v gpgconf >/dev/null || exit 77
. "$(dirname "$0")/lib.sh"
GNUPGHOME=$top/g # short: a socket lies in it
export GNUPGHOME
mkdir -m 700 "$GNUPGHOME"
trap 'gpgconf --kill all; rm -rf "$top"' EXIT
prepare
cd data || exit 2
before=$(git for-each-ref)
git config user.signingKey c@example.org
stemma release --sign --date 2026-06-02 >../told 2>&1 && complain 'signed without a key'
[ "$before" = "$(git for-each-ref)" ] || complain 'something was made without a key'
grep -q 'git cannot sign' ../told || complain "$(cat ../told)"

gpg --batch --quiet --passphrase '' --quick-generate-key 'C <c@example.org>' ed25519 sign never \
	2>../told || exit 77
stemma release --sign --date 2026-06-02 >../told 2>&1 || complain "$(cat ../told)"
git verify-tag v2026.06 2>../told || complain "tag: $(cat ../told)"
git verify-commit published 2>../told || complain "commit: $(cat ../told)"
[ "$(git log -1 --format=%ct published)" = 1780358400 ] || complain 'not the day given'
git tag -l --format='%(contents:body)' v2026.06 | grep -q '^## Added' || complain 'notes'

# The first release was made without; the second one has a good signature until its tag is another.
stemma verify --signatures --no-mark --rev 2026.06 >../told 2>&1 || complain "$(cat ../told)"
stemma verify --signatures --no-mark --format gnu >../told 2>&1 && complain 'an unsigned one passes'
[ "$(sed -n 's/:.*release.signature.*//p' ../told)" = 2026.05 ] || complain "$(cat ../told)"
tag=$(git cat-file tag v2026.06 | sed 's/^## Added/## Adding/' | git mktag)
git update-ref refs/tags/v2026.06 "$tag"
stemma verify --signatures --no-mark --format gnu --rev 2026.06 >../told 2>&1 &&
	complain 'changed notes pass'
grep -q '^2026.06:.*release.signature' ../told || complain "$(cat ../told)"

exit $bad
