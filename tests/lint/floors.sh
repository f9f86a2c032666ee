#!/bin/sh
# Each #include in tools/ against the floor plan (USES in CMakeLists.txt) and the doors.
#
# A folder includes its own headers and the public ones (HEADERS) of the folders it USES.
# A third-party library is included by private files of exactly one folder.
. "$(dirname "$0")/lib.sh"

# Where each library's door is: a pattern of headers, and the only folder that may
# include them.
doors='
uni*.h base
yaml.h doc
gmp.h doc
pcre2.h schema
uriparser/* schema
idn2.h base
jansson.h render
git2.h repo
git2/* repo
curl/* http
sqlite3.h store
archive*.h tarball
openssl/* digest
expat.h registry
'

# "FOLDER floor floor..." and "+FOLDER header header..." for each stemma_floor().
plan=$(awk '
	/^stemma_floor\(/ { block = ""; inside = 1 }
	inside { block = block " " $0 }
	inside && /\)[ \t]*$/ {
		inside = 0
		sub(/stemma_floor/, "", block)
		gsub(/[()]/, " ", block)
		n = split(block, word, /[ \t]+/)
		name = part = uses = headers = ""
		for (i = 1; i <= n; i++) {
			if (word[i] == "") continue
			if (name == "") { name = word[i]; continue }
			if (word[i] ~ /^(SOURCES|HEADERS|USES|DOORS)$/) { part = word[i]; continue }
			if (part == "USES") uses = uses " " word[i]
			if (part == "HEADERS") headers = headers " " word[i]
		}
		print name uses
		print "+" name headers
	}' CMakeLists.txt)

# Whether folder $1's line names $2: the folder itself, a floor it uses, or (+) its
# header.
names() {
	case " $(echo "$plan" | awk -v f="$1" '$1 == f') " in
	*" $2 "*) return 0 ;;
	esac
	return 1
}

is_private() { # path below tools/
	! names "+${1%%/*}" "${1##*/}"
}

check_project() { # file folder header
	to=${3%%/*}
	if [ ! -f "tools/$3" ]; then
		echo "$1: there is no \"$3\" in tools/ (the system's headers stand in <>)"
	elif [ "$2" = . ]; then
		case $to in
		base | cmd) ;;
		*) echo "$1: main sees cmd and base only, not \"$3\"" ;;
		esac
	elif ! names "$2" "$to"; then
		echo "$1: folder $2 does not use $to, but includes \"$3\""
	elif [ "$2" != "$to" ] && is_private "$3"; then
		echo "$1: \"$3\" is private to folder $to"
	fi
}

check_system() { # file folder header
	echo "$doors" | while read -r pattern owner; do
		# shellcheck disable=SC2254 # it is a pattern
		case $3 in
		unistd.h) continue ;;
		$pattern) ;;
		*) continue ;;
		esac
		if [ "$2" != "$owner" ]; then
			echo "$1: <$3> has its door in folder $owner"
		elif ! is_private "${1#tools/}"; then
			echo "$1: <$3> must not stand in a public header"
		fi
	done
}

check_file() {
	folder=$(dirname "${1#tools/}")
	sed -n 's/^[ \t]*#[ \t]*include[ \t]*\([<"][^>"]*\)[>"].*/\1/p' "$1" | while read -r include; do
		case $include in
		\"*/*) check_project "$1" "$folder" "${include#?}" ;;
		\"*) echo "$1: \"${include#?}\" needs its folder: \"$folder/${include#?}\"" ;;
		*) check_system "$1" "$folder" "${include#?}" ;;
		esac
	done
}

[ -n "$plan" ] || complain 'CMakeLists.txt: no stemma_floor() found'
told=$(c_files tools | while read -r file; do
	check_file "$file"
done)
[ -z "$told" ] || complain "$told"
exit $bad
