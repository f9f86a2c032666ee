# What has to be installed to build, to run and to test: the one list. Read by tests/run and
# tools/quickstart after they have set `root`, the repository's folder.
# shellcheck shell=sh

# Debian's package, and how to see that it is there without asking dpkg:
# command:NAME, library:PKG-CONFIG-NAME or header:NAME.
build_packages='
gcc command:cc
libc6-dev header:stdio.h
cmake command:cmake
ninja-build command:ninja
pkg-config command:pkg-config
libyaml-dev library:yaml-0.1
libjansson-dev library:jansson
libpcre2-dev library:libpcre2-8
liburiparser-dev library:liburiparser
libidn2-dev library:libidn2
libgmp-dev library:gmp
libssl-dev library:libcrypto
libgit2-dev library:libgit2
libsqlite3-dev library:sqlite3
libexpat1-dev library:expat
libcurl4-openssl-dev library:libcurl
libunistring-dev header:unicase.h
libarchive-dev library:libarchive
git command:git
'
test_packages='
libcmocka-dev library:cmocka
clang-format command:clang-format
clang-tidy command:clang-tidy
shellcheck command:shellcheck
pre-commit command:pre-commit
busybox command:busybox
openssh-server command:/usr/sbin/sshd
openssl command:openssl
nginx-light command:/usr/sbin/nginx
curl command:curl
gnupg command:gpg
libxml2-utils command:xmllint
sqlite3 command:sqlite3
bibutils command:bib2xml
zstd command:zstd
'

is_there() { # probe
	case $1 in
	command:*) command -v "${1#*:}" ;;
	library:*) pkg-config --exists "${1#*:}" ;;
	header:*) echo "#include <${1#*:}>" | cc -E -x c - ;;
	esac >/dev/null 2>&1
}

# The packages of LIST whose probe fails, separated by blanks.
missing_of() {
	echo "$1" | while read -r package probe; do
		if [ "$package" ] && ! is_there "$probe"; then printf '%s ' "$package"; fi
	done
}

as_root() {
	if [ "$(id -u)" = 0 ]; then
		env "$@"
	elif [ -t 0 ]; then
		sudo env "$@"
	else
		sudo -n env "$@"
	fi
}

apt_install() {
	as_root DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
}

# Install what is missing of LIST, quietly; a package index that is stale is fetched
# first. Ends the script with status 3 and the list when that cannot be done.
need() {
	missing=$(missing_of "$1")
	[ "$missing" ] || return 0
	if command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || command -v sudo >/dev/null; }; then
		echo "Installing: $missing" >&2
		log=$(mktemp)
		# shellcheck disable=SC2086 # a list of words
		apt_install $missing >"$log" 2>&1 || {
			as_root apt-get update -qq >>"$log" 2>&1
			apt_install $missing >>"$log" 2>&1
		} || tail -n 5 "$log" >&2
		rm -f "$log"
		missing=$(missing_of "$1")
		[ "$missing" ] || return 0
	fi
	echo 'Please install these and run this again (names as in Debian and Ubuntu):' >&2
	for package in $missing; do
		echo "    $package" >&2
	done
	exit 3
}
