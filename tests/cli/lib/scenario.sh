# What scenarios share, with the merge driver set up: . "$REPO/tests/cli/lib/scenario.sh"
# shellcheck shell=sh
. "$REPO/tests/cli/lib/release.sh"

# Have git merge entries by field in this clone.
driver() {
	git config merge.stemma.name 'entries by field'
	git config merge.stemma.driver 'stemma merge-driver %O %A %B %L %P'
}

# Say what comes, between the answers.
say() {
	echo "--- $*"
}

# The history of entries, without names and fingerprints: lines ID...
lines() {
	for one in "$@"; do
		find notes -name "$one.yaml" -exec sed -n \
			'/^history:/,$ {s/, by:.*content: "c1-sha256:\(....\).*/ \1/; s/, by:.*//; p}' {} +
	done
}

# The files that a merge left in conflict.
conflicts() {
	git diff --name-only --diff-filter=U
}

# What validate says, a line a finding: findings OPTION...
findings() {
	told stemma validate --format gnu "$@"
}

# Forget the merge driver.
no_driver() {
	git config --remove-section merge.stemma
}

# All that there is in the repository but for what is not reachable and what `status` keeps for
# the next run, to see that it stays so.
state() {
	git for-each-ref
	git status --porcelain
	find . -path ./.git/objects -prune -o -type f ! -name FETCH_HEAD \
		! -path './.git/stemma/table-*' -print | sort | xargs sha256sum
}

# Run commands that must change nothing: unchanged COMMAND...
unchanged() {
	state >"$HOME/before" 2>/dev/null
	told "$@"
	state >"$HOME/after" 2>/dev/null
	cmp -s "$HOME/before" "$HOME/after" || {
		echo "CHANGED by $*:"
		diff "$HOME/before" "$HOME/after"
	}
}

# Each command that needs a repository, one after the other; none may change anything. What it
# says is told, too.
each() {
	for call in 'validate --staged --format gnu' 'validate --since HEAD --format gnu' \
		'submit --date 2026-07-01 alpha --commit' 'approve --date 2026-07-01 --commit alpha' \
		'deprecate --date 2026-07-01 alpha' 'withdraw --date 2026-07-01 --reason wrong alpha' \
		'log alpha' 'show alpha@v1' 'blame alpha' 'status' 'diff' 'diff HEAD' 'diff 2026.05' 'diff alpha@v1' \
		'release --date 2026-07-01 --offline' 'release --first --date 2026-07-01 --dry-run' \
		'verify --no-mark'; do
		say "$call"
		# shellcheck disable=SC2086 # words
		unchanged stemma $call
	done
}

echo '*.yaml merge=stemma' >.gitattributes
driver
commit 'merge entries by field'
