# What ./run and ./test share: bringing a machine to the point where the site can start.
# Sourced from the root of the repository. POSIX sh only: a bare Debian has no bash to count on, and no make.

venv=.venv
python=$venv/bin/python
install_log=var/log/install.log
uv_version=0.13.9
python_packages="python3 python3-venv"
# The last one is not needed to make a PDF, but makes it two to four times faster.
pdf_packages="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

# say LINE...
say() {
    printf '%s\n' "$@"
}

# give_up WHAT HOW...: what failed, and a line for each way to mend it.
give_up() {
    { printf '\nStopped: %s\n' "$1"; shift; [ $# = 0 ] || printf '  %s\n' "$@"; } >&2
    exit 1
}

have() {
    command -v "$1" >/dev/null 2>&1
}

# quietly COMMAND...: its output goes to the install log; the end of it is shown when the command fails.
quietly() {
    mkdir -p "${install_log%/*}"
    printf '\n$ %s\n' "$*" >>"$install_log"
    log_start=$(wc -l <"$install_log")
    "$@" >>"$install_log" 2>&1 </dev/null && return 0
    quiet_status=$?
    say "This failed: $*" >&2
    tail -n "+$((log_start + 1))" "$install_log" | tail -n 15 | sed 's/^/  | /' >&2
    return "$quiet_status"
}

is_root() {
    [ "$(id -u)" = 0 ]
}

may_become_root() {
    is_root && return 0
    have sudo || return 1
    sudo -n true 2>/dev/null && return 0
    [ -t 0 ] && say "Your password is asked to install Debian packages." && sudo -v
}

as_root() {
    if is_root; then "$@"; else sudo -n "$@"; fi
}

# install_line NAME...: what a person types who wants to install these packages.
install_line() {
    line="apt-get update && apt-get install -y --no-install-recommends $*"
    if is_root; then
        say "$line"
    elif have sudo; then
        say "sudo sh -c '$line'"
    else
        say "su -c '$line'"
    fi
}

# missing_packages NAME...: those that dpkg does not know as installed; nothing on a system without dpkg.
missing_packages() {
    have dpkg-query || return 0
    for package; do
        case $(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) in
            installed*) ;;
            *) printf '%s ' "$package" ;;
        esac
    done
}

may_install() {
    have apt-get && may_become_root
}

install_packages() {
    may_install || return 1
    say "Installing with apt-get: $*"
    mkdir -p "${install_log%/*}"
    # A list that can't be refreshed need not matter: the installation itself tells.
    as_root apt-get -q update >>"$install_log" 2>&1 </dev/null || true
    quietly as_root env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends \
        -o DPkg::Lock::Timeout=120 "$@"
}

# Asks for ensurepip too: Debian's python3 lacks it, and a venv made without it is left half made.
# The system's own goes first: one compiled by hand is often not optimised, and half as fast.
find_python() {
    for name in /usr/bin/python3 python3 python3.14 python3.13 python3.12 python3.11; do
        have "$name" || continue
        "$name" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
        base_python=$(command -v "$name")
        return 0
    done
    return 1
}

# make_venv FILE...: the virtual environment with what the requirement files name, only when they changed.
make_venv() {
    remove_broken_venv
    if [ ! -d "$venv" ]; then
        say "Making $venv with $("$base_python" -V)."
        quietly "$base_python" -m venv "$venv" || {
            rm -rf "$venv"
            give_up "the virtual environment could not be made." \
                "Look in $install_log, and check that the disk is not full."
        }
    fi
    requirements_installed "$@" || install_requirements "$@"
}

remove_broken_venv() {
    [ -e "$venv" ] || return 0
    "$python" -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && return 0
    say "$venv does not work here and is made anew."
    rm -rf "$venv"
}

requirements_installed() {
    [ -f "$venv/.installed" ] || return 1
    for file; do
        grep -qxF "$(cksum "$file")" "$venv/.installed" || return 1
    done
}

install_requirements() {
    say "Installing the Python packages of $*."
    with_uv "$@" || with_pip "$@" || give_up "the Python packages could not be installed." \
        "Check the connection to the Python package index, then start again. All output: $install_log"
    cksum "$@" >"$venv/.installed"
}

with_uv() {
    "$python" -m uv --version >/dev/null 2>&1 \
        || quietly "$python" -m pip install --disable-pip-version-check "uv==$uv_version" || return 1
    quietly "$python" -m uv pip install --python "$python" --require-hashes $(as_options "$@")
}

with_pip() {
    say "uv did not manage; pip does it now, which takes longer."
    quietly "$python" -m pip install --disable-pip-version-check --require-hashes $(as_options "$@")
}

as_options() {
    printf -- '-r %s ' "$@"
}
