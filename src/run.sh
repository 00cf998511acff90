#!/bin/sh
# run.sh [FILE]: installs what is missing, builds, and opens Camadas. With no display it runs the sample experiment
# with camadas-cli instead, and says where plots and model lie.
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
sh "$top/src/setup.sh" build

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  exec "$top/build/src/app/camadas" "$@"
fi

out=$top/build/sample
echo "There is no display, so Camadas runs its breast-cancer sample on the command line."
"$top/build/src/cli/camadas-cli" run "$top/data/breast-cancer.json" --out "$out"
echo
echo "Model:   $out/model.keras"
for plot in "$out"/*.svg; do echo "Plot:    $plot"; done
echo "History: $out/history.csv"
echo "Report:  $out/report.json"
