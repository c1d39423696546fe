#!/usr/bin/env bash
# Makes .venv as requirements-dev.lock says. PYTHONS: names to try; UV: version of uv to install with.
set -euo pipefail

fail() {
    echo "$1" >&2
    echo "Nothing was installed. Next: $2" >&2
    exit 2
}

fits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null; }

find_python() {
    local name
    for name in $PYTHONS; do
        if fits "$name"; then
            echo "$name"
            return
        fi
    done
    fail "Python 3.11 to 3.14 is needed and none was found." "apt install python3 python3-venv"
}

make_venv() {
    if fits .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1; then return; fi
    local python
    python=$(find_python)
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        fail "$("$python" --version) has no venv module." "apt install $(basename "$python")-venv"
    echo "Making .venv with $("$python" --version)"
    "$python" -m venv --clear .venv
}

install_uv() {
    if [ "$(.venv/bin/uv --version 2>/dev/null | cut -d' ' -f2)" = "$UV" ]; then return; fi
    echo "Installing uv $UV"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check "uv==$UV"
}

install_packages() {
    echo "Installing the packages of requirements-dev.lock"
    .venv/bin/uv pip sync --quiet --require-hashes requirements-dev.lock
    .venv/bin/uv pip install --quiet --offline --no-deps --no-build-isolation --editable .
}

export VIRTUAL_ENV=$PWD/.venv
make_venv
install_uv
install_packages
