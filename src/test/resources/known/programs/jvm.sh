#!/bin/sh
# A Java virtual machine that does nothing, until standard input ends. Prints the target of its
# performance data and its process id.
set -eu
home=$(mktemp -d)
trap 'kill "$machine" 2>/dev/null || true; wait "$machine" || true; rm -rf "$home"' EXIT
cat >"$home/Idle.java" <<JAVA
class Idle { public static void main(String[] a) throws Exception { System.out.println(1); Thread.sleep(600_000); } }
JAVA
"${JAVA:-java}" -Xmx32m -XX:+UseSerialGC "$home/Idle.java" >"$home/out" &
machine=$!
i=0
until [ -s "$home/out" ]; do
    i=$((i + 1))
    [ $i -lt 400 ] || exit 1
    sleep 0.05
done
echo "file:/tmp/hsperfdata_$(id -un)/$machine"
echo "pid $machine"
cat >/dev/null
