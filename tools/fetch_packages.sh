#!/usr/bin/env bash
# The libraries that overt is built with, unpacked into a folder: tools/fetch_packages.sh FOLDER
#
# For machines with a compiler where nobody may install anything: apt fetches and verifies Debian's packages as usual, but
# with lists and cache of its own, and nothing is installed. Needs apt and dpkg-deb. FOLDER/usr is then a prefix.
set -euo pipefail

packages=(
  libabsl-dev libtbb-dev libmimalloc-dev liblmdb-dev libxxhash-dev libutf8proc-dev
  nlohmann-json3-dev libcli11-dev libtomlplusplus-dev
)
for program in apt-get apt-cache dpkg-deb; do
  if ! command -v "$program" >/dev/null; then
    echo "fetch_packages: there is no $program here" >&2
    exit 1
  fi
done
mkdir -p "$1"
folder=$(cd "$1" && pwd)
rm -rf "$folder/lists" "$folder/cache" "$folder/files"
mkdir -p "$folder/lists/partial" "$folder/cache/archives/partial" "$folder/files"
options=(
  -o "Dir::State::lists=$folder/lists" -o "Dir::Cache=$folder/cache" -o Debug::NoLocking=true -o APT::Sandbox::User=
)
apt-get "${options[@]}" -qq update
# The shared libraries themselves are packages with the ABI in their names, which differ from release to release: what the
# packages above depend on, less the C and C++ runtimes, which the compiler brought.
libraries=$(apt-cache "${options[@]}" depends --recurse --important "${packages[@]}" |
  grep -E '^lib' | grep -vE -e '^lib(c6|crypt1|gcc-|stdc)|-dev$' | sort -u)
# shellcheck disable=SC2086
(cd "$folder/files" && apt-get "${options[@]}" -qq download "${packages[@]}" $libraries)
for file in "$folder"/files/*.deb; do
  dpkg-deb -x "$file" "$folder"
done
rm -rf "$folder/lists" "$folder/cache" "$folder/files"
touch "$folder/complete"
