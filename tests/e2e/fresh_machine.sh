#!/bin/bash
# Shows that a clean clone sets itself up and works where nothing of ours was ever installed: a minimal Debian 12
# (debootstrap minbase and python3) in a chroot, with a bare environment, the C locale, and a path that holds a space
# and Turkish letters.
#
#   sudo tests/e2e/fresh_machine.sh [--keep] [STEP…]
#
# Steps (default: all, in this order):
#   refused   someone without any rights is told the apt line and nothing else happens
#   version   ./run --version: first start (sets up), second start (must stay under 2 s), start by another user who
#             may not write, and two first starts at once from a moved checkout
#   window    the libraries of the X11 and Wayland plug-ins are complete (ldd), and ./run stands as a window on an X
#             server (build/fresh-machine/window.png)
#   tour      ./run tour --out build/tour; what it writes is copied to build/fresh-machine/ of this checkout
#   test      ./test
#
# Tested is the commit HEAD, not the working tree. --keep leaves the chroot and says where. Not part of ./test:
# it needs root, Debian's archive and PyPI, and a few minutes. The bare system is kept as
# /var/tmp/danisma-bookworm.tar, so that only the first run waits for debootstrap; delete it to renew it.
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
base=/var/tmp/danisma-bookworm.tar
mirror=${DEBIAN_MIRROR:-http://deb.debian.org}
place='/opt/danışma masası'
results="$root/build/fresh-machine"

keep=no
[[ ${1:-} == --keep ]] && { keep=yes; shift; }
(($#)) || set -- refused version window tour test
((EUID == 0)) || { echo "fresh_machine.sh needs root (chroot, debootstrap)" >&2; exit 2; }

say() { printf '== %s\n' "$*"; }
wrong() { printf '!! %s\n' "$*" >&2; exit 1; }

# --- the bare machine -----------------------------------------------------------------------------------------------
make_base() {
    [[ -e $base ]] && return
    command -v debootstrap >/dev/null || apt-get install -y -qq --no-install-recommends debootstrap >/dev/null
    say "making $base"
    debootstrap --variant=minbase --include=python3 bookworm "$room" "$mirror/debian" >/var/tmp/danisma-debootstrap.log
    rm -rf "$room"/var/cache/apt/archives/*.deb
    tar -C "$room" -cf "$base.part" . && mv "$base.part" "$base"
}

# What an administrator of the place would have set: package sources, name service, the institution's own
# certificate authorities (the file names do not matter to update-ca-certificates).
furnish() {
    cat >"$room/etc/apt/sources.list" <<EOF
deb $mirror/debian bookworm main
deb $mirror/debian bookworm-updates main
deb $mirror/debian-security bookworm-security main
EOF
    cp -L /etc/resolv.conf /etc/hosts "$room/etc/"
    mkdir -p "$room/usr/local/share/ca-certificates"
    awk -v folder="$room/usr/local/share/ca-certificates" \
        '/BEGIN CERT/ { n++ } n { print > (folder "/authority-" n ".crt") }' /etc/ssl/certs/ca-certificates.crt
    chroot "$room" useradd --create-home gise
}

# inside USER COMMAND…: in the chroot, in the checkout, with nothing of this machine's environment but proxy settings.
# The namespaces take mounts and left-over processes away when the command ends.
inside() {
    local user=$1 name
    local -a passed=()
    shift
    for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY; do
        [[ -n ${!name:-} ]] && passed+=("$name=${!name}")
    done
    # shellcheck disable=SC2016  # expanded by the inner shells
    local -a command=(setpriv --reuid "$user" --regid "$user" --init-groups --reset-env env "${passed[@]}"
        sh -c 'cd "$0" && exec "$@"' "$place" "$@")
    # shellcheck disable=SC2016
    env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin TERM=dumb \
        unshare --mount --pid --fork --kill-child bash -c '
            mount --rbind /dev "$0/dev" && mount -t proc proc "$0/proc" && mount -t tmpfs tmpfs "$0/run" || exit 1
            exec chroot "$0" "$@"' "$room" "${command[@]}" </dev/null
}

# timed NAME COMMAND…: prints and sets "took" (seconds).
timed() {
    local name=$1 began=$EPOCHREALTIME
    shift
    say "$name"
    "$@"
    took=$(awk -v a="$began" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.2f", b - a }')
    say "$name: $took s"
}

# --- the steps ------------------------------------------------------------------------------------------------------
step_refused() {
    cp -a "$room$place" "$room/home/gise/" && chroot "$room" chown -R gise: /home/gise
    local said status=0
    said=$(place="/home/gise/${place##*/}" inside gise ./run --version 2>&1) || status=$?
    printf '%s\n' "$said"
    [[ $status == 1 && $said == *'sudo apt-get update && sudo apt-get install'*libegl1*python3-venv* ]] ||
        wrong "without rights: expected exit 1 and the apt line, got exit $status"
    rm -rf "$room/home/gise/${place##*/}"
}

step_version() {
    timed 'first ./run --version' inside root ./run --version
    inside root ./run --version >/dev/null # the first start after a set-up still fills caches
    timed 'second ./run --version' inside root ./run --version
    awk -v t="$took" 'BEGIN { exit !(t < 2) }' || wrong "a second start took $took s"
    timed 'another user, who may not write here' inside gise ./run --version
    mv "$room$place" "$room$place 2" && place="$place 2"
    timed 'moved checkout, two starts at once' inside root sh -c './run --version & ./run --version && wait $!'
}

step_window() {
    inside root ./run --version
    # shellcheck disable=SC2016  # expanded in the chroot
    inside root bash -c '
        cd .venv/lib/python3*/site-packages/PySide6 && ! ldd QtWidgets.abi3.so QtSvg.abi3.so QtNetwork.abi3.so QtTest.abi3.so \
            Qt/plugins/platforms/libq{offscreen,xcb,wayland,eglfs}.so Qt/plugins/{xcbglintegrations,wayland-*-client,wayland-shell-integration}/*.so \
            Qt/plugins/imageformats/libq{svg,jpeg,ico}.so Qt/plugins/iconengines/*.so Qt/plugins/platforminputcontexts/lib{compose,ibus}*.so |
            grep "not found"' || wrong 'a library is missing'
    say 'the libraries are complete'
    # The X server runs outside, so that nothing it needs helps the program.
    command -v Xvfb >/dev/null || apt-get install -y -qq --no-install-recommends xvfb >/dev/null
    local server application status=0
    Xvfb :77 -screen 0 1440x900x24 -nolisten tcp 2>/dev/null & server=$!
    inside root env DISPLAY=:77 timeout 20 ./run & application=$!
    sleep 12
    inside root .venv/bin/python -c 'from PIL import ImageGrab; ImageGrab.grab(xdisplay=":77").save("build-window.png")'
    wait "$application" || status=$?
    kill "$server"
    ((status == 124)) || wrong "./run on an X server should stand until it is stopped, but ended with $status"
    mkdir -p "$results" && mv "$room$place/build-window.png" "$results/window.png"
    say "the window of ./run on an X server: $results/window.png"
}

step_tour() {
    timed './run tour' inside root ./run tour --out build/tour
    rm -rf "$results/tour" && mkdir -p "$results" && cp -r "$room$place/build/tour" "$results/"
    say "pictures in $results/tour"
}

step_test() { timed './test' inside root ./test; }

# --------------------------------------------------------------------------------------------------------------------
room=$(mktemp -d /var/tmp/danisma-fresh.XXXXXX)
chmod 755 "$room"
end() {
    if [[ $keep == yes ]]; then say "the chroot stays at $room"; else rm -rf --one-file-system "$room"; fi
}
trap end EXIT
make_base
rm -rf --one-file-system "$room" && mkdir -m 755 "$room" && tar -C "$room" -xpf "$base"
furnish
git clone --quiet --no-hardlinks "file://$root" "$room$place"
for step; do
    "step_$step"
done
say "everything asked for works: $*"
