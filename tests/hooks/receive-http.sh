#!/bin/sh
# A push over HTTP: git http-backend behind a real server. Exit status 77: it is not installed.
#
#     receive-http.sh STEMMA
. "$(dirname "$0")/lib.sh"
busybox --list 2>/dev/null | grep -qx httpd || exit 77

mkdir -p www/cgi-bin && git init -q --bare -b main www/server.git &&
	git -C www/server.git config http.receivepack true || exit 2
cat >www/cgi-bin/git <<END
#!/bin/sh
export GIT_PROJECT_ROOT='$tmp/www' GIT_HTTP_EXPORT_ALL=1 PATH='$PATH' HOME='$HOME'
exec git http-backend
END
chmod +x www/cgi-bin/git
(cd www/server.git && stemma hooks install) >/dev/null || exit 1

for port in 38231 41873 45119 47717; do
	busybox httpd -f -p "127.0.0.1:$port" -h "$tmp/www" 2>/dev/null &
	server=$!
	sleep 0.3
	kill -0 $server 2>/dev/null && break
	server=
done
[ "$server" ] || exit 77
started=$server

. "$repo/tests/cli/lib/history.sh"
git remote add origin "http://127.0.0.1:$port/cgi-bin/git/server.git"
push_all_kinds
exit $failed
