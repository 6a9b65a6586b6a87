#!/usr/bin/env bash
# Installs what the tests here need, below build/vscode: tests/vscode/setup.sh
#
# VS Code as code-server has it on npm, since that is the only VS Code that a package registry holds, and Chromium from
# Debian. Install scripts are left out, because some of them download built programs: what has to be compiled is compiled.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

readonly PACKAGES=(chromium ripgrep libkrb5-dev fonts-dejavu-core g++ make python3)
readonly here=$PWD/tests/vscode app=$PWD/build/vscode/app
readonly code=$app/node_modules/code-server/lib/vscode
readonly npm=(npm --ignore-scripts --no-audit --no-fund --loglevel=error)

missing=()
for package in "${PACKAGES[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  root=()
  [ "$(id -u)" -eq 0 ] || root=(sudo)
  "${root[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

# Tasks run in terminals. The last script of node-pty's wants a list for its own editors, and fails when all is built.
build_terminals() {
  local built=$code/node_modules/node-pty/build/Release/pty.node
  [ -f "$built" ] || (cd "$code" && npm rebuild --loglevel=silent node-pty) || [ -f "$built" ]
}

# The mark is written last: an installation that was interrupted is made anew.
if cmp -s "$here/package-lock.json" "$app/installed"; then
  build_terminals
  exit
fi
echo "installing VS Code into build/vscode (a few minutes, once)"
rm -rf "$app" && mkdir -p "$app"
cp "$here/package.json" "$here/package-lock.json" "$app/"
cd "$app"
"${npm[@]}" ci
npm rebuild --loglevel=error --build-from-source argon2

cd "$code"
"${npm[@]}" install --omit=dev
(cd extensions && "${npm[@]}" install --omit=dev)
npm rebuild --loglevel=error @vscode/spdlog native-watchdog @parcel/watcher kerberos
ln -sfn node_modules node_modules.asar
mkdir -p node_modules/@vscode/ripgrep/bin
ln -sfn "$(command -v rg)" node_modules/@vscode/ripgrep/bin/rg
build_terminals
cp "$here/package-lock.json" "$app/installed"
