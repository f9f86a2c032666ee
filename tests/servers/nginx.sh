#!/bin/sh
# nginx.sh DIR: start nginx on 127.0.0.2-50, with http and with TLS, for DIR/www. DIR/ports
# holds the two port numbers, DIR/ca.pem the authority, DIR/nginx.pid the process;
# DIR/access.log has a line "ADDRESS CONNECTION METHOD URI STATUS" a request (not with
# STEMMA_NO_LOG). Status 77: nginx or openssl is not installed.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
dir=$1
nginx=$(PATH=$PATH:/usr/sbin command -v nginx) || exit 77
"$here/ca.sh" "$dir"
cd "$dir"
dir=$(pwd)
mkdir -p www tmp

log='access.log plain'
if [ "${STEMMA_NO_LOG:-}" ]; then log=off; fi

# Whoever starts it can read the folder; nobody else can.
user=
if [ "$(id -u)" = 0 ]; then user="user $(id -un) $(id -gn);"; fi

listens() { # PORT MORE
	i=2
	while [ $i -le 50 ]; do
		echo "listen 127.0.0.$i:$1 $2 backlog=1024;"
		i=$((i + 1))
	done
}

configure() { # PORT TLSPORT
	cat >nginx.conf <<-END
		$user
		worker_processes 1;
		pid $dir/nginx.pid;
		error_log $dir/error.log error;
		daemon on;
		events { worker_connections 4096; }
		http {
			log_format plain '\$server_addr \$connection \$request_method \$uri \$status';
			access_log $log;
			client_body_temp_path $dir/tmp/body;
			proxy_temp_path $dir/tmp/proxy;
			fastcgi_temp_path $dir/tmp/fastcgi;
			uwsgi_temp_path $dir/tmp/uwsgi;
			scgi_temp_path $dir/tmp/scgi;
			types { text/html html; text/plain txt; }
			gzip on;
			gzip_min_length 1;
			keepalive_requests 100000;
			server {
				$(listens "$1" '')
				root $dir/www;
				include $dir/locations.conf;
			}
			server {
				$(listens "$2" 'ssl http2')
				root $dir/www;
				ssl_certificate $dir/good.pem;
				ssl_certificate_key $dir/good.pem;
				include $dir/locations.conf;
			}
		}
	END
}

[ -e locations.conf ] || : >locations.conf
# Another one may sit on the ports already: then the next pair is tried.
for port in 38311 41911 44873 47923; do
	configure $port $((port + 1))
	if "$nginx" -e "$dir/error.log" -p "$dir" -c "$dir/nginx.conf" 2>"$dir/start.log"; then
		echo "$port $((port + 1))" >ports
		exit 0
	fi
done
cat start.log >&2
exit 77
