#!/usr/bin/env bash
# The libraries that overt is built with, unpacked into a folder: tools/fetch_packages.sh FOLDER
#
# For machines with a compiler where nobody may install anything: apt fetches and verifies Debian's packages as usual, but
# with lists and cache of its own, and nothing is installed. Needs apt and dpkg-deb. FOLDER/usr is then a prefix.
set -euo pipefail

packages=(
  libabsl-dev libabsl20220623 libtbb-dev libtbb12 libtbbmalloc2 libtbbbind-2-5 libhwloc15 libmimalloc-dev libmimalloc2.0
  liblmdb-dev liblmdb0 libxxhash-dev libxxhash0 libutf8proc-dev libutf8proc2
  nlohmann-json3-dev libcli11-dev libtomlplusplus-dev
)
command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || {
  echo "fetch_packages: apt-get and dpkg-deb are needed" >&2
  exit 1
}
mkdir -p "$1"
folder=$(cd "$1" && pwd)
mkdir -p "$folder/lists/partial" "$folder/cache/archives/partial" "$folder/files"
options=(
  -o "Dir::State::lists=$folder/lists" -o "Dir::Cache=$folder/cache" -o Debug::NoLocking=true -o APT::Sandbox::User=
)
apt-get "${options[@]}" -qq update
(cd "$folder/files" && apt-get "${options[@]}" -qq download "${packages[@]}")
for file in "$folder"/files/*.deb; do
  dpkg-deb -x "$file" "$folder"
done
rm -rf "$folder/lists" "$folder/cache" "$folder/files"
touch "$folder/complete"
