#!/bin/sh
# Installs redis-server with the system's package manager when it is absent; does nothing when it is present.
# Safe to call from several processes at once: one installs, the others wait for it and then find it present.
set -eu

present() { command -v redis-server >/dev/null 2>&1; }

if present; then exit 0; fi

if command -v apt-get >/dev/null 2>&1; then
    # RUNLEVEL=1 keeps Debian from starting a server of its own on the default port after the installation.
    install='apt-get update && DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y --no-install-recommends redis-server'
elif command -v dnf >/dev/null 2>&1; then
    install='dnf install -y redis || dnf install -y valkey-compat-redis'
elif command -v apk >/dev/null 2>&1; then
    install='apk add --no-cache redis'
elif command -v brew >/dev/null 2>&1; then
    install='brew install redis'
else
    echo 'redis-server is missing and no known package manager was found: install Redis 6.2 or later so that redis-server is on the PATH.' >&2
    exit 1
fi

# brew refuses to run as root; every other manager needs it.
if ! command -v brew >/dev/null 2>&1 || command -v apt-get >/dev/null 2>&1; then
    if [ "$(id -u)" -ne 0 ]; then
        if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
            install="sudo -n sh -c '$install'"
        else
            printf 'redis-server is missing and installing it needs root. Type:\n  sudo sh -c '\''%s'\''\n' "$install" >&2
            exit 1
        fi
    fi
fi

# A directory is created by exactly one process. A holder that died leaves it behind: its id tells, and the lock is taken over.
lock="${TMPDIR:-/tmp}/apipoc-redis-server.lock"
while ! mkdir "$lock" 2>/dev/null; do
    holder="$(cat "$lock/pid" 2>/dev/null || true)"
    if [ -n "$holder" ] && ! kill -0 "$holder" 2>/dev/null; then rm -rf "$lock"; continue; fi
    sleep 1
done
echo $$ > "$lock/pid"
trap 'rm -rf "$lock"' EXIT
trap 'exit 130' INT TERM

if present; then exit 0; fi

echo "redis-server is missing: installing it once with: $install"
sh -c "$install" >&2

if ! present; then
    echo 'The package manager reported success but redis-server is still not on the PATH.' >&2
    exit 1
fi
