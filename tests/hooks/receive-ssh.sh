#!/bin/sh
# A push over ssh: a real sshd with keys of its own. Exit status 77: it is not installed.
#
#     receive-ssh.sh STEMMA
. "$(dirname "$0")/lib.sh"
sshd=$(PATH=$PATH:/usr/sbin command -v sshd) || exit 77
command -v ssh >/dev/null || exit 77

ssh-keygen -q -t ed25519 -N '' -f host && ssh-keygen -q -t ed25519 -N '' -f key || exit 2
git init -q --bare -b main server.git && (cd server.git && stemma hooks install) >/dev/null || exit 1
chmod 700 "$tmp"
user=$(id -un)
[ "$(id -u)" != 0 ] || mkdir -p /run/sshd
for port in 38232 41874 45120 47718; do
	cat >sshd_config <<END
ListenAddress 127.0.0.1
Port $port
HostKey $tmp/host
PidFile none
AuthorizedKeysFile $tmp/key.pub
PasswordAuthentication no
KbdInteractiveAuthentication no
UsePAM no
PermitRootLogin yes
StrictModes no
SetEnv PATH=$PATH
END
	"$sshd" -D -e -f sshd_config 2>sshd.log &
	server=$!
	sleep 0.5
	kill -0 $server 2>/dev/null && break
	server=
done
[ "$server" ] || exit 77
started=$server
echo "[127.0.0.1]:$port $(cat host.pub)" >known
export GIT_SSH_COMMAND="ssh -F none -i $tmp/key -o UserKnownHostsFile=$tmp/known -o BatchMode=yes -p $port"
if ! $GIT_SSH_COMMAND "$user@127.0.0.1" true 2>login; then
	# An account that is locked or has no shell cannot log in anywhere.
	cat login sshd.log
	exit 77
fi

. "$repo/tests/cli/lib/history.sh"
git remote add origin "$user@127.0.0.1:$tmp/server.git"
push_all_kinds
exit $failed
