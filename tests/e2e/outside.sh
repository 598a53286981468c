#!/bin/bash
# The windows seen from outside: an X server of its own, a session bus of its own, the accessibility tree, keys.
#
#   tests/e2e/outside.sh [SCRIPT…]      tree, kiosk, hall, by_tree and by_keys unless named; run by ./test --e2e
#
# Every script gets a sample database and a window of its own. Needs Xvfb, dbus-run-session, at-spi2-core, xdotool and
# python3-pyatspi (Debian's own python3 runs the scripts). Nothing of the user's session is touched.
set -u
here=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)
root=$(cd -- "$here/../.." && pwd)

if [[ -z ${E2E_INSIDE:-} ]]; then
    work=$(mktemp -d "${TMPDIR:-/tmp}/danisma-e2e.XXXXXX")
    trap 'kill "${xvfb:-}" 2>/dev/null; rm -rf "$work"' EXIT
    mkdir -m 700 "$work/runtime" "$work/home"
    # Xvfb chooses a free number itself and writes it to descriptor 3.
    exec 3>"$work/display"
    Xvfb -displayfd 3 -screen 0 1440x900x24 -nolisten tcp >"$work/xvfb.log" 2>&1 &
    xvfb=$!
    exec 3>&-
    for _ in {1..100}; do [[ -s $work/display ]] && break; sleep 0.1; done
    [[ -s $work/display ]] || { echo 'Xvfb açılamadı'; cat "$work/xvfb.log"; exit 1; }
    DISPLAY=":$(cat "$work/display")"
    export DISPLAY E2E_INSIDE=1 E2E_WORK="$work" HOME="$work/home" XDG_RUNTIME_DIR="$work/runtime" LC_ALL=C.UTF-8 \
        XDG_CONFIG_HOME="$work/home" XDG_DATA_HOME="$work/home" XDG_CACHE_HOME="$work/home" DESK_CACHE_DIR="$work/cache"
    unset WAYLAND_DISPLAY AT_SPI_BUS_ADDRESS
    dbus-run-session -- "$0" "$@"
    exit $?
fi

for launcher in /usr/libexec/at-spi-bus-launcher /usr/lib/at-spi2-core/at-spi-bus-launcher; do
    [[ -x $launcher ]] && break
done
"$launcher" --launch-immediately >"$E2E_WORK/bus.log" 2>&1 &
launcher_pid=$!

# Inside the same interpreter that the tests use; its packages are the locked ones.
export E2E_DESK="$root/.venv/bin/python -m desk" E2E_OUT="${E2E_OUT:-$root/build/e2e}" E2E_ROOT="$root"
mkdir -p "$E2E_OUT"
cd "$root" || exit 1
failed=0
scripts=("$@")
((${#scripts[@]})) || scripts=(tree kiosk hall by_tree by_keys)
for script in "${scripts[@]}"; do
    export E2E_DATA="$E2E_WORK/$script"
    $E2E_DESK simulate --days 3 --visitors-per-day 60 --seed 5 --data-dir "$E2E_DATA" >"$E2E_WORK/log" 2>&1 ||
        { cat "$E2E_WORK/log"; failed=1; continue; }
    role=()
    if [[ $script == kiosk || $script == hall ]]; then
        role=("$script")
        /usr/bin/python3 "$here/open_all_day.py"
    fi
    PYTHONFAULTHANDLER=1 QT_QPA_PLATFORM=xcb QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1 \
        $E2E_DESK "${role[@]}" --data-dir "$E2E_DATA" >"$E2E_OUT/$script.log" 2>&1 &
    window=$!
    /usr/bin/python3 "$here/$script.py" || failed=1
    kill "$window" 2>/dev/null
    wait "$window" 2>/dev/null
    if grep -qE 'Traceback|Fatal Python error' "$E2E_OUT/$script.log"; then
        echo "  FAILED  the window wrote a traceback:"
        cat "$E2E_OUT/$script.log"
        failed=1
    fi
done
kill "$launcher_pid" 2>/dev/null
exit "$failed"
