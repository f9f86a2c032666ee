#!/bin/sh
# Words that our C does without, and why.
. "$(dirname "$0")/lib.sh"

tmp=$(mktemp) || exit 2
trap 'rm -f "$tmp"' EXIT

# All code as "FILE:LINE:text", comments and strings left out: read once, searched often.
c_files tools | while read -r file; do
	code_of "$file" | awk -v file="$file" '/[^ \t]/ { print file ":" NR ":" $0 }'
done >"$tmp"

# ban REGEX WHY [FILES]: an extended regular expression, what to do instead, and which
# files may use it all the same.
ban() {
	hits=$(grep -E "^[^:]*:[0-9]*:$1" "$tmp" | grep -vE "^(${3:-none}):") || return
	complain "$hits" | sed "s|\$|    <-- $2|"
	bad=1
}

# A word, and a call of one of the names.
ban_word() {
	ban "(.*[^_[:alnum:]])?$1" "$2" "${3:-}"
}

ban_call() {
	ban_word "($1)[[:space:]]*\\(" "$2" "${3:-}"
}

ban_call 'strcpy|stpcpy|strcat|strncpy|strncat|sprintf|vsprintf|gets' 'no bound: buf.h, arena_fmt()'
ban_call 'atoi|atol|atoll|atof|sscanf' 'errors cannot be seen: parse the str'
ban_call 'strtok|strtok_r|strsep' 'str_split()'
ban_call 'gmtime|localtime|ctime|asctime|setlocale|rand|srand' 'hidden state'
ban_call 'system|popen|alloca|setjmp|longjmp' 'not in this program'
ban_word 'goto([^_[:alnum:]]|$)' 'return early, clean up by attribute'
ban_word 'typedef[[:space:]]+(struct|union|enum)' 'no typedef of structs'
ban '.*<locale\.h>' 'there is no locale'
ban '.*//' 'comments are /* */'
ban_call '_?exit|abort|_Exit|quick_exit' 'only main ends the program' 'tools/(main|base/(arena|late))\.c'
ban_call 'v?printf|puts|putchar|v?fprintf|fputs|perror|errx?|warnx?' 'only commands print' \
	'tools/(main\.c|cmd/.*)'
exit $bad
