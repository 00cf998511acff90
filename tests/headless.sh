#!/bin/sh
# headless.sh COMMAND…: runs it on an X server of its own, which ends with it.
dir=$(mktemp -d) && mkfifo "$dir/n" || exit 99
Xvfb -displayfd 3 -screen 0 1440x960x24 -nolisten tcp 3>"$dir/n" 2>/dev/null &
xvfb=$!
trap 'kill $xvfb 2>/dev/null; wait $xvfb 2>/dev/null; rm -rf "$dir"' EXIT
trap 'exit 143' TERM INT
read -r n <"$dir/n"
DISPLAY=:$n "$@"
