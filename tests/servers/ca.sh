#!/bin/sh
# ca.sh DIR: a certificate authority for tests, and what it signed, as PEM files with their
# keys: ca.pem (the authority alone), good.pem (127.0.0.1-50 and localhost), expired.pem,
# early.pem, other.pem (another host), self.pem (signed by itself), stranger.pem (an authority
# nobody knows). Status 77: openssl is not installed.
set -eu
dir=$1
command -v openssl >/dev/null || exit 77
mkdir -p "$dir"
cd "$dir"

hosts=DNS:localhost
i=1
while [ $i -le 50 ]; do
	hosts=$hosts,IP:127.0.0.$i
	i=$((i + 1))
done

key() {
	openssl ecparam -name prime256v1 -genkey -noout -out "$1.key" 2>/dev/null
}

# authority NAME: NAME.crt, signed by itself, and what `openssl ca` wants beside it.
authority() {
	key "$1"
	mkdir -p "$1.new"
	: >"$1.index"
	echo 01 >"$1.serial"
	cat >"$1.conf" <<-END
		[ca]
		default_ca = this
		[this]
		database = $1.index
		new_certs_dir = $1.new
		serial = $1.serial
		private_key = $1.key
		certificate = $1.crt
		default_md = sha256
		policy = any
		copy_extensions = copy
		unique_subject = no
		[any]
		commonName = supplied
		[req]
		distinguished_name = dn
		[dn]
		[v3]
		basicConstraints = critical,CA:true
		subjectKeyIdentifier = hash
	END
	openssl req -new -x509 -config "$1.conf" -extensions v3 -key "$1.key" \
		-subj "/CN=$1 of the tests" -days 36500 -out "$1.crt" 2>/dev/null
}

# leaf AUTHORITY NAME FROM TO SUBJECTALTNAME
leaf() {
	key "$2"
	openssl req -new -config "$1.conf" -key "$2.key" -subj "/CN=$2" \
		-addext "subjectAltName=$5" -out "$2.csr" 2>/dev/null
	openssl ca -batch -notext -config "$1.conf" -in "$2.csr" -out "$2.crt" \
		-startdate "$3" -enddate "$4" 2>/dev/null
	cat "$2.crt" "$1.crt" "$2.key" >"$2.pem"
}

authority ca
authority nobody
cp ca.crt ca.pem
leaf ca good 20200101000000Z 21200101000000Z "$hosts"
leaf ca expired 20190101000000Z 20200101000000Z "$hosts"
leaf ca early 21190101000000Z 21200101000000Z "$hosts"
leaf ca other 20200101000000Z 21200101000000Z DNS:other.example
leaf nobody stranger 20200101000000Z 21200101000000Z "$hosts"
key self
openssl req -new -x509 -config ca.conf -key self.key -subj /CN=self -days 36500 \
	-addext "subjectAltName=$hosts" -out self.crt 2>/dev/null
cat self.crt self.key >self.pem
