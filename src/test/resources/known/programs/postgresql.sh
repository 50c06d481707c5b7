#!/bin/sh
# A PostgreSQL of its own, until standard input ends. Prints the target of its System V segment.
set -eu
home=$(mktemp -d)
programs=$(find /usr/lib/postgresql -name initdb -printf '%h\n' | sort -V | tail -1)
as=
if [ "$(id -u)" = 0 ]; then
    chown postgres "$home"
    as="runuser -u postgres --"
fi
cd "$home"
# shellcheck disable=SC2086 # the words are to be split
trap '$as "$programs/pg_ctl" -D "$home/data" -m immediate stop >&2; rm -rf "$home"' EXIT
$as "$programs/initdb" -D "$home/data" -N -A trust >&2
$as "$programs/pg_ctl" -D "$home/data" -l "$home/log" -w \
    -o "-k '$home' -c listen_addresses= -c shared_buffers=1MB" start >&2
awk 'NR == 7 { print "id:" $2 }' "$home/data/postmaster.pid"
awk 'NR == 1 { print "pid " $1 }' "$home/data/postmaster.pid"
echo "inode $(stat -c %i "$home/data")"
cat >/dev/null
