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
    if fits .venv/bin/python; then return; fi
    local python
    python=$(find_python)
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        fail "$("$python" --version) has no venv module." "apt install $(basename "$python")-venv"
    echo "Making .venv with $("$python" --version)"
    "$python" -m venv --clear --without-pip .venv
}

# The pip that comes with Python, run from its wheel: installing it takes longer than all else together.
bundled_pip() {
    .venv/bin/python - <<'PYTHON'
import ensurepip, pathlib
folders = [pathlib.Path(ensurepip.__file__).parent / "_bundled", pathlib.Path("/usr/share/python-wheels")]
print(next(str(wheel) for folder in folders for wheel in folder.glob("pip-*.whl")) + "/pip")
PYTHON
}

install_uv() {
    if [ "$(.venv/bin/uv --version 2>/dev/null | cut -d' ' -f2)" = "$UV" ]; then return; fi
    echo "Installing uv $UV"
    local pip
    pip=$(bundled_pip) || fail "Python came without its pip wheel." "apt install python3-venv"
    .venv/bin/python "$pip" install --quiet --disable-pip-version-check --no-compile "uv==$UV" ||
        fail "uv could not be installed (pip's words are above)." "make up, with a network"
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
