# shellcheck shell=bash
# Brings a bare Debian 12 / Pardus 23 (Python 3.11 and nothing else of ours) to where the program can start.
# Sourced by ./run and ./test, which then call
#
#     prepare run|test      run: the program and the libraries of its windows; test: also the developers' tools
#
# The caller sets "root", the absolute path of the checkout. Everything made here lies in .tools/ (uv, in a venv of
# its own) and .venv/ (the locked packages); the rest is Debian packages. What is in place is recognised by a stamp
# and the linker's cache, so that a second start costs some hundredths of a second.
#
# Everything said goes to standard error: standard output belongs to the program. On failure the script ends with 1.

tools="$root/.tools"
venv="$root/.venv"
stamp="$venv/danisma-stamp"
system_certificates=/etc/ssl/certs/ca-certificates.crt

say() { printf '%s\n' "$*" >&2; }

fail() {
    say "$@"
    exit 1
}

# --- what is there, what is missing ---------------------------------------------------------------------------------

# missing_packages GROUP…: packages of setup/libraries.txt whose library the linker cannot find, one a line.
missing_packages() {
    local groups=" $* " known group library package
    known=$(/sbin/ldconfig -p 2>/dev/null)
    while read -r group library package; do
        [[ $groups == *" $group "* && $known != *"$library "* ]] && printf '%s\n' "$package"
    done < <(grep -v '^#' "$root/setup/libraries.txt")
    return 0
}

# missing_for LEVEL: the same for "run" or "test". Windows need more than drawing does; on a machine without a
# screen, where nobody here may install it, that part can wait.
missing_for() {
    if [[ $1 == test ]] || { [[ -z ${DISPLAY:-}${WAYLAND_DISPLAY:-} ]] && ! find_root_rights; }; then
        missing_packages base
    else
        missing_packages base window
    fi
}

# The lock and the place, as they must stand in the stamp. A moved checkout or another Python spoils a venv.
wanted_lock() { cat "$root/uv.lock" "$root/pyproject.toml" | sha256sum | cut -d' ' -f1; }
wanted_place() { printf '%s %s' "$("$venv/bin/python" -V 2>/dev/null)" "$root"; }

# is_synced LEVEL: the venv holds what the lock says, for this level.
is_synced() {
    local place lock level
    [[ -r $stamp ]] || return 1
    { read -r place && read -r lock && read -r level; } <"$stamp"
    [[ $place == "$(wanted_place)" && $lock == "$(wanted_lock)" ]] && [[ $level == test || $level == "$1" ]]
}

# Sets "python" (3.11 or newer) and "python_makes_venvs" (Debian packs that part apart).
find_python() {
    local candidate answer
    python='' python_makes_venvs=no
    for candidate in /usr/bin/python3 python3 python3.11 python3.12 python3.13 python3.14; do
        answer=$("$candidate" - 2>/dev/null <<'PY'
import importlib.util, sys
if sys.version_info >= (3, 11):
    print("yes" if importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv") else "no", sys.executable)
PY
        ) || continue
        if [[ $answer == yes* ]]; then
            python=${answer#yes } python_makes_venvs=yes
            return
        fi
        # Only Debian's own Python can be completed through apt.
        [[ $answer == "no /usr/bin/"* ]] && python=${answer#no }
    done
    [[ -n $python ]] || fail "Python 3.11 ya da daha yenisi gerekli, bu makinede bulunamadı (Pardus 23 ve Debian 12'de paket adı: python3)."
}

# --- doing it -------------------------------------------------------------------------------------------------------

# with_clock TEXT COMMAND…: one line with the seconds it took; what the command prints is shown only when it fails.
with_clock() {
    local text=$1 began=$SECONDS status=0 log ticker=''
    shift
    log=$(mktemp)
    printf '  %s …' "$text" >&2
    if [[ -t 2 ]]; then
        # The ticker dies with this script ($$), also when Ctrl-C ends it.
        while sleep 1 && kill -0 $$ 2>/dev/null; do
            printf '\r  %s … %d sn' "$text" $((SECONDS - began)) >&2
        done &
        ticker=$!
    fi
    "$@" >"$log" 2>&1 </dev/null || status=$?
    if [[ -n $ticker ]]; then
        kill "$ticker" 2>/dev/null
        wait "$ticker" 2>/dev/null
        printf '\r  %s …' "$text" >&2
    fi
    if ((status == 0)); then
        printf ' tamam (%d sn)\n' $((SECONDS - began)) >&2
    else
        printf ' olmadı (%d sn)\n' $((SECONDS - began)) >&2
        tail -n 25 "$log" >&2
    fi
    rm -f "$log"
    return "$status"
}

# Sets "as_root" to the words that make a command run as root; fails when nothing does.
find_root_rights() {
    as_root=()
    ((EUID == 0)) && return
    command -v sudo >/dev/null && sudo -n true 2>/dev/null && as_root=(sudo -n)
}

apt_get() {
    # 9 is our own lock: a daemon that a package starts must not keep it.
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=a \
        apt-get -y -q -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 "$@" 9>&-
}

install_packages() {
    with_clock "Paket listesi yenileniyor" apt_get update || say "  Paket listesi yenilenemedi; eldeki listeyle deneniyor."
    with_clock "$# sistem paketi kuruluyor" apt_get install --no-install-recommends "$@" ||
        fail "Sistem paketleri kurulamadı. Ağ bağlantısını ve paket depolarını denetleyip yeniden deneyin."
}

# require_packages PACKAGE…: installs them, or says what an administrator has to type and ends.
require_packages() {
    (($#)) || return 0
    if command -v apt-get >/dev/null && find_root_rights; then
        install_packages "$@"
    elif command -v apt-get >/dev/null; then
        say "Eksik sistem paketleri var, kurmak için yönetici yetkisi gerekiyor. Bir yönetici şunu çalıştırsın:"
        say ""
        say "    sudo apt-get update && sudo apt-get install --no-install-recommends $*"
        say ""
        fail "Sonra bu komutu yeniden verin."
    else
        fail "Bu sistemde apt yok. Şu Debian paketlerinin karşılıklarını kurup yeniden deneyin: $*"
    fi
}

# offer_voice: the hall's and the kiosk's voice, once, where it can be installed; without it they are silent.
offer_voice() {
    local -a packages
    mapfile -t packages < <(missing_packages voice)
    ((${#packages[@]})) || return 0
    command -v apt-get >/dev/null && find_root_rights || return 0
    with_clock "Seslendirme (espeak-ng) kuruluyor" apt_get install --no-install-recommends "${packages[@]}" ||
        say "  Seslendirme kurulamadı: salon ekranı ve kiosk sessiz çalışır. Sonra: sudo apt-get install ${packages[*]}"
}

# The institution's own certificate authority, if it has one, is in the system's store and nowhere else; uv is told
# the same by UV_SYSTEM_CERTS. Whatever the environment says itself is left alone.
trust_system_certificates() {
    [[ -r $system_certificates && -z ${PIP_CERT:-}${REQUESTS_CA_BUNDLE:-} ]] && export PIP_CERT=$system_certificates
    export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-true}"
}

require_uv() {
    cmp -s "$root/setup/uv.txt" "$tools/uv/installed.txt" && [[ -x $tools/uv/bin/uv ]] && return
    with_clock "Kurulum aracı (uv) indiriliyor" install_uv || fail_to_download
}

install_uv() {
    "$python" -m venv --clear "$tools/uv" &&
        "$tools/uv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: \
            -r "$root/setup/uv.txt" &&
        cp "$root/setup/uv.txt" "$tools/uv/installed.txt"
}

fail_to_download() {
    fail "Python paketleri kurulamadı (neden yukarıda). Çoğu kez internet bağlantısı ya da vekil sunucu ayarı eksiktir; düzeltip komutu yeniden verin."
}

# sync_packages LEVEL: .venv as the lock says. For "run" nothing is taken away: ./test may have put its tools there.
sync_packages() {
    local -a extra=() shown=(with_clock "Python paketleri kuruluyor")
    [[ $1 == run ]] && extra=(--no-dev --inexact)
    # A person sees uv's own progress bars instead: on a slow line this takes minutes.
    [[ -t 2 ]] && say "  Python paketleri kuruluyor …" && shown=()
    discard_spoilt_venv
    rm -f "$stamp"
    "${shown[@]}" env -u VIRTUAL_ENV "$tools/uv/bin/uv" sync --project "$root" --locked --compile-bytecode \
        "${extra[@]}" >&2 9>&- || fail_to_download
    # uv compiles the packages only; whoever starts us later may have no right to write here.
    "$venv/bin/python" -m compileall -q "$root/desk" >&2 || true
    lay_down_shiboken >&2 || true
    printf '%s\n%s\n%s\n' "$(wanted_place)" "$(wanted_lock)" "$1" >"$stamp"
}

# lay_down_shiboken: PySide carries some of its Python as text inside a library and compiles that at every start of a
# window. SBK_EMBED=0 is its own switch to lay it down as files; made anew after every sync, they are of its version.
lay_down_shiboken() {
    local -a files=("$venv"/lib/python3*/site-packages/shiboken6)
    rm -rf "${files[0]}/files.dir"
    SBK_EMBED=0 "$venv/bin/python" -c 'import PySide6.QtCore' || rm -rf "${files[0]}/files.dir"
}

# Scripts and links inside a venv hold absolute paths; one that was moved or lost its Python is made anew (from
# uv's cache, in seconds).
discard_spoilt_venv() {
    local place=''
    if "$venv/bin/python" -c '' 2>/dev/null; then
        [[ -r $stamp ]] && read -r place <"$stamp"
        [[ -z $place || $place == "$(wanted_place)" ]] && return
    fi
    rm -rf "$venv"
    export UV_PYTHON="$python"
}

# prepare run|test: see the top of this file.
prepare() {
    local -a packages
    unset PYTHONDONTWRITEBYTECODE
    mapfile -t packages < <(missing_for "$1")
    if is_synced "$1"; then
        require_packages "${packages[@]}"
        return
    fi
    [[ -w $root ]] || fail "Danışma henüz kurulmamış (ya da kurulumu eskimiş) ve bu klasöre yazılamıyor: $root
Klasörün sahibi ya da bir yönetici bir kez ./run --version komutunu versin; sonra herkes çalıştırabilir."
    mkdir -p "$tools"
    # Kiosk and desk may start at the same moment: the second waits for the first and finds the work done.
    exec 9>"$tools/lock"
    flock 9
    is_synced "$1" || set_up "$1" "${packages[@]}"
    exec 9>&-
}

# set_up LEVEL PACKAGE…
set_up() {
    local level=$1
    local -a packages=("${@:2}")
    say "Danışma kuruluyor: $root"
    find_python
    [[ $python_makes_venvs == no ]] && packages+=(python3-venv)
    [[ -r $system_certificates ]] || packages+=(ca-certificates)
    require_packages "${packages[@]}"
    trust_system_certificates
    export UV_PYTHON_DOWNLOADS=never UV_PROJECT_ENVIRONMENT="$venv" UV_HTTP_TIMEOUT="${UV_HTTP_TIMEOUT:-120}"
    require_uv
    sync_packages "$level"
    [[ $level == run ]] && offer_voice
    say "Kurulum tamam."
}
