#!/bin/sh
# setup.sh [BUILD-DIR [MESON-OPTION…]]: installs what is missing (Debian 12 or newer, as root or with sudo) and builds.
# Quick when nothing is missing. With CAM_SETUP_TESTS=1 also what only the tests need.
set -eu
cd "$(dirname "$0")/.."

build_needs="gcc libc6-dev meson ninja-build pkg-config gettext
  libgtk-4-dev libadwaita-1-dev libgtksourceview-5-dev libplplot-dev plplot-driver-cairo libopenblas-pthread-dev libsqlite3-dev
  libhdf5-dev libzip-dev libjansson-dev libuchardet-dev libgdk-pixbuf-2.0-dev zlib1g-dev libglib2.0-bin
  adwaita-icon-theme librsvg2-common fonts-inter"
test_needs="xvfb dbus at-spi2-core python3 python3-gi gir1.2-gdkpixbuf-2.0 python3-xlib metacity fonts-cantarell
  poppler-utils locales libasan8 libubsan1 desktop-file-utils procps"

needs=$build_needs
[ "${CAM_SETUP_TESTS:-0}" = 0 ] || needs="$needs $test_needs"

if ! command -v dpkg-query >/dev/null 2>&1; then
  echo "setup.sh: this is not a Debian system; install the packages named in README.md by hand." >&2
else
  missing=
  for package in $needs; do
    [ "$(dpkg-query -W -f='${db:Status-Abbrev}' "$package" 2>/dev/null | cut -c1-2)" = ii ] || missing="$missing $package"
  done
  if [ -n "$missing" ]; then
    if [ "$(id -u)" = 0 ]; then as_root=
    elif command -v sudo >/dev/null 2>&1; then as_root=sudo
    else
      echo "setup.sh: these packages are missing, and there is neither root nor sudo to install them:$missing" >&2
      exit 1
    fi
    echo "Installing:$missing"
    $as_root apt-get update -qq
    # shellcheck disable=SC2086 # the list is meant to be split
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
  fi
fi

build=${1:-build}
[ $# -eq 0 ] || shift
if [ ! -f "$build/build.ninja" ]; then
  meson setup "$build" "$@" >/dev/null || { meson setup "$build" "$@"; exit 1; }
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! ninja -C "$build" >"$log" 2>&1; then
  cat "$log" >&2
  exit 1
fi
if grep -q 'warning:' "$log"; then
  cat "$log" >&2
  [ "${CAM_SETUP_TESTS:-0}" = 0 ] || { echo "setup.sh: the build is not free of warnings." >&2; exit 1; }
fi
