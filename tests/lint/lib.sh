# Shared by the lints: the repository's root, its C files, and telling.
# shellcheck shell=sh
set -u
root=$(cd "$(dirname "$0")/../.." && pwd) || exit 2
cd "$root" || exit 2
LC_ALL=C
export LC_ALL

bad=0
complain() {
	echo "$*"
	bad=1
}

# Files of ours, as git knows them or, in an unpacked archive, as they lie there.
our_files() {
	if git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
		git ls-files --cached --others --exclude-standard -- "$@" | while read -r file; do
			if [ -f "$file" ]; then echo "$file"; fi
		done
	else
		find "$@" -type f ! -path 'build/*'
	fi
}

c_files() {
	our_files "$@" | grep '\.[ch]$'
}

# FILE without comments and the contents of strings; lines keep their numbers.
code_of() {
	awk '{
		line = ""
		for (i = 1; i <= length($0); i++) {
			c = substr($0, i, 1); two = substr($0, i, 2)
			if (comment) { if (two == "*/") { comment = 0; i++ } ; continue }
			if (quote) {
				if (c == "\\") i++
				else if (c == quote) { quote = ""; line = line c }
				continue
			}
			if (two == "/*") { comment = 1; i++; continue }
			if (c == "\"" || c == "\047") quote = c
			line = line c
		}
		quote = ""
		print line
	}' "$1"
}
