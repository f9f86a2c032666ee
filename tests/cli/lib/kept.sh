# Whether `status` says the same with what it kept as without: . "$REPO/tests/cli/lib/kept.sh"
# shellcheck shell=sh

# same WHAT: twice, for the first may be what is kept and the second what is taken from it.
same() {
	stemma status --all --no-cache >"$HOME/.fresh" 2>&1
	stemma status --format json --no-cache >>"$HOME/.fresh" 2>&1
	for round in 1 2; do
		stemma status --all >"$HOME/.kept" 2>&1
		stemma status --format json >>"$HOME/.kept" 2>&1
		if cmp -s "$HOME/.fresh" "$HOME/.kept"; then continue; fi
		echo "$1, round $round:"
		diff "$HOME/.fresh" "$HOME/.kept"
	done
	echo "$1"
}

# settle: wait until what was written lies before the clock's next tick, to be believed.
settle() {
	sleep 0.05
}
