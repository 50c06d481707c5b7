#!/bin/sh
# An X server whose screen lies in shared memory, until standard input ends. Nothing is drawn on it.
# Prints the target.
set -eu
home=$(mktemp -d)
trap 'kill "$server" 2>/dev/null || true; wait "$server" || true; ipcrm -m "$shmid" 2>/dev/null || true; rm -rf "$home"' EXIT
mkfifo "$home/display"
exec 3<>"$home/display"
Xvfb -displayfd 3 -screen 0 64x48x24 -shmem -nolisten tcp >"$home/log" 2>&1 &
server=$!
read -r display <&3
shmid=$(sed -n 's/.*shmid \([0-9]*\).*/\1/p' "$home/log" | head -1)
DISPLAY=:$display xsetroot -solid '#cc2200' 2>/dev/null || true
echo "id:$shmid"
cat >/dev/null
