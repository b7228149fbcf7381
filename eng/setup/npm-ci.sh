#!/bin/sh
# Installs the locked npm packages of a folder, unless they are there already.
#
#   eng/setup/npm-ci.sh <folder>
#
# Safe to call from several processes at once: one installs, the others wait for it.
set -eu

folder=${1:?usage: npm-ci.sh <folder with package.json and package-lock.json>}
least_node=20

fail() {
  echo "$*" >&2
  exit 1
}

cd "$folder" 2>/dev/null || fail "There is no folder '$folder'."
[ -f package-lock.json ] || fail "There is no package-lock.json in $PWD."

cure="Install Node.js $least_node or newer with npm: 'sudo apt-get install nodejs npm' (Debian 13, Ubuntu 26.04), 'brew install node', or the installer from the Node.js site."
command -v node >/dev/null 2>&1 || fail "Node.js is missing. $cure"
command -v npm >/dev/null 2>&1 || fail "npm is missing. $cure"
node_major=$(node -p 'process.versions.node.split(".")[0]')
[ "$node_major" -ge "$least_node" ] || fail "Node.js $(node --version) is too old. $cure"

# npm writes this file last, so its age tells whether an install of this very lock was completed.
installed=node_modules/.package-lock.json
is_current() { [ -f "$installed" ] && [ ! package-lock.json -nt "$installed" ]; }

install() {
  if is_current; then
    echo "npm packages of $PWD are up to date."
    return
  fi
  echo "Installing the npm packages of $PWD (npm ci) …"
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
  touch "$installed"
}

# The lock stands outside node_modules, which npm ci removes. macOS has no flock: there only one process may install.
if command -v flock >/dev/null 2>&1; then
  exec 9>.npm-ci.lock
  flock -w 600 9 || fail "Another process has been installing the npm packages of $PWD for 10 minutes. Is it hanging?"
fi
install
