#!/bin/sh
# Make this checkout ready: .venv from requirements.lock, and the system programs a purpose needs.
#
#   ./setup.sh venv   Python packages only
#   ./setup.sh run    and RabbitMQ (not when AMQP_URL names a broker)
#   ./setup.sh test   and PostgreSQL; a browser with a Chinese font, where the system has one to install
#
# Does nothing, quickly, when everything is there. As root on Debian or Ubuntu it installs what is missing;
# otherwise it says what to install and ends with 1.
set -eu
cd "$(dirname "$0")"
purpose=${1:-run}
stamp_file=.venv/.setup-stamp

say() { printf 'setup: %s\n' "$*"; }
die() { printf 'setup: %s\n' "$*" >&2; exit 1; }
can_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }
first_file() { for f in "$@"; do [ -e "$f" ] && return 0; done; return 1; }

has_rabbitmq() { first_file /usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin/rabbitmq-server /usr/lib/rabbitmq/bin/rabbitmq-server /opt/rabbitmq/sbin/rabbitmq-server; }
has_postgresql() { first_file /usr/lib/postgresql/*/bin/initdb || command -v initdb >/dev/null; }
has_browser() { command -v chromium >/dev/null || command -v google-chrome >/dev/null; }
has_font() { first_file /usr/share/fonts/*/*/*CJK* /usr/share/fonts/*/*/wqy* || [ -n "$(fc-list :lang=zh 2>/dev/null)" ]; }

# The distribution starts a server as it installs one; ours are private, so hold that back for the moment.
# Out: nothing; /usr/sbin/policy-rc.d is as before when this returns or is interrupted.
apt_install() (
    exec 8>/run/lock/shangda-setup # another checkout may be at it
    flock 8
    policy=/usr/sbin/policy-rc.d
    [ -e "$policy.shangda-kept" ] || [ ! -e "$policy" ] || mv "$policy" "$policy.shangda-kept"
    restore() { rm -f "$policy"; [ ! -e "$policy.shangda-kept" ] || mv "$policy.shangda-kept" "$policy"; }
    trap restore EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
    export DEBIAN_FRONTEND=noninteractive
    say "installing $* (apt-get, about a minute)"
    apt-get -q -o DPkg::Lock::Timeout=300 update
    apt-get -q -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "$@"
    for unit in rabbitmq-server postgresql; do
        case " $* " in *" $unit "*) systemctl disable -q "$unit" 2>/dev/null || : ;; esac
    done
)

need_system() {
    missing=
    [ "$purpose" = venv ] || { [ "$purpose" = run ] && [ -n "${AMQP_URL:-}" ]; } || has_rabbitmq || missing="$missing rabbitmq-server"
    [ "$purpose" != test ] || has_postgresql || missing="$missing postgresql"
    [ -n "$missing" ] || return 0
    can_install || die "missing system programs; please install:$missing (Debian, Ubuntu: sudo apt-get install$missing), then run this again."
    # shellcheck disable=SC2086  # a list of packages
    apt_install $missing
}

# The page test can do without (it skips, and says so): Ubuntu has no browser outside snap.
want_browser() {
    wanted=
    has_browser || wanted="$wanted chromium"
    has_font || wanted="$wanted fonts-noto-cjk"
    [ -n "$wanted" ] || return 0
    # shellcheck disable=SC2086  # a list of packages
    if can_install && apt_install $wanted; then return 0; fi
    say "no$wanted here: the tests that look at a page in a browser are skipped."
}

# Out: sets python (3.11 or later, one that can make a venv if any can) or ends with 1.
find_python() {
    python=
    for candidate in python3.13 python3.12 python3.11 python3; do
        "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
        python=${python:-$candidate}
        if "$candidate" -c 'import ensurepip, venv' 2>/dev/null; then python=$candidate; return 0; fi
    done
    [ -n "$python" ] || die "no Python 3.11 or later found; please install one (Debian, Ubuntu: sudo apt-get install python3 python3-venv)."
    can_install || die "$python cannot make a virtual environment; please install $python-venv (Debian, Ubuntu: sudo apt-get install $python-venv), then run this again."
    apt_install "$python-venv"
}

fresh_stamp() { { cat requirements.lock pyproject.toml; pwd; } | sha256sum; }

# In: a log that pip writes and pip's process id. Out: a progress line every 5 seconds until pip ends; pip's status.
watch_pip() {
    total=$(grep -c '^[A-Za-z]' requirements.lock)
    while kill -0 "$2" 2>/dev/null; do
        sleep 1
        ticks=$((${ticks:-0} + 1))
        [ $((ticks % 5)) != 0 ] || say "packages: $(grep -c '^Collecting' "$1" || :) of $total"
    done
    wait "$2"
}

make_venv() {
    case "$(cat .venv/.setup-place 2>/dev/null || :)" in
    "$(pwd)") .venv/bin/python -c '' 2>/dev/null || rm -rf .venv ;;
    *) rm -rf .venv ;;
    esac
    if [ ! -d .venv ]; then
        find_python
        say "making .venv with $("$python" --version)"
        "$python" -m venv .venv
        pwd >.venv/.setup-place
    fi
    rm -f "$stamp_file"
    say "installing Python packages (about a minute the first time)"
    .venv/bin/python -m pip install --no-input --only-binary :all: --require-hashes -r requirements.lock >.venv/pip.log 2>&1 &
    watch_pip .venv/pip.log $! || { tail -n 20 .venv/pip.log >&2; die "the Python packages could not be installed (log: .venv/pip.log)."; }
    .venv/bin/python -m pip install -q --no-input --no-deps --no-build-isolation -e . >>.venv/pip.log 2>&1 \
        || { tail -n 20 .venv/pip.log >&2; die "this project could not be installed (log: .venv/pip.log)."; }
    fresh_stamp >"$stamp_file"
}

case "$purpose" in venv | run | test) ;; *) die "unknown purpose '$purpose': venv, run or test." ;; esac
need_system
[ "$purpose" != test ] || want_browser
[ "$(cat "$stamp_file" 2>/dev/null || :)" = "$(fresh_stamp)" ] && exit 0
mkdir -p data
exec 9>data/.setup-lock
flock 9
[ "$(cat "$stamp_file" 2>/dev/null || :)" = "$(fresh_stamp)" ] || make_venv
say "ready"
