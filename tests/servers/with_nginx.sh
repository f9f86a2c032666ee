#!/bin/sh
# with_nginx.sh PROGRAM: run it with a folder as its argument that nginx.sh was started for;
# www/ and locations.conf are those of tests/unit/probe/nginx.c.
here=$(cd "$(dirname "$0")" && pwd) || exit 2
dir=$(mktemp -d) || exit 2
stop() {
	if [ -s "$dir/nginx.pid" ]; then kill "$(cat "$dir/nginx.pid")"; fi
	rm -rf "$dir"
}
trap stop EXIT
trap 'exit 129' HUP INT TERM

mkdir -p "$dir/www/plain" "$dir/www/secure"
for i in 0 1 2 3 4 5 6 7 8 9; do
	echo "<title>page $i</title><p id=there>text" | tee "$dir/www/plain/$i.html" >"$dir/www/secure/$i.html"
done
echo '<title>first page</title>' >"$dir/www/index.html"
cat >"$dir/locations.conf" <<'END'
location = /gone { return 410; }
location = /moved { return 301 /plain/0.html; }
location = /elsewhere { return 302 /plain/0.html; }
location = /loop { return 302 /loop; }
location = /home { return 302 /; }
location = /was/here.html { return 302 /; }
location = /private { return 301 http://192.168.0.1/; }
location = /closed { return 403; }
location = /down { return 503; }
location = /nohead { limit_except GET { deny all; } try_files /plain/0.html =404; }
END
"$here/nginx.sh" "$dir" || exit $?
"$1" "$dir"
