#!/bin/sh
# chronyd with a clock in shared memory (unit 0), until standard input ends. It sets no clock. Then
# a sample is written as a receiver would: mode 0, counted, valid.
set -eu
home=$(mktemp -d)
trap 'kill "$clock" 2>/dev/null || true; wait "$clock" || true; ipcrm -M 0x4e545030; rm -rf "$home"' EXIT
cat >"$home/conf" <<CONF
refclock SHM 0 refid TEST poll 10 noselect
port 0
cmdport 0
bindcmdaddress /
pidfile $home/pid
CONF
chronyd -x -d -f "$home/conf" >"$home/log" 2>&1 &
clock=$!
i=0
until ipcs -m | grep -q 0x4e545030; do
    i=$((i + 1))
    [ $i -lt 200 ] || { cat "$home/log" >&2; exit 1; }
    sleep 0.05
done
perl -e '
    my $id = shmget(0x4e545030, 96, 0600) // die $!;
    my $sample = pack("l l q l x4 q l l l l l L L", 0, 7, 1764108000, 123456, 1764108000,
        123999, 0, -20, 3, 1, 123456789, 123999001);
    shmwrite($id, $sample, 0, length $sample) or die $!;
    print "id:$id\n"'
cat >/dev/null
