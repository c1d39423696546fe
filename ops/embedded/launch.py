"""Run a program that dies with its parent: `python -IS launch.py PARENT_PID SIGNAL IDENTITY PROGRAM [ARGUMENT…]`.

IDENTITY is `same`, `UID:GID` or `namespace` (root becomes uid 1000 of a new user namespace; its files stay its own).
Standard library only, and no import of `ops`: it starts in 15 ms.
"""

import ctypes
import os
import sys
from pathlib import Path

PR_SET_PDEATHSIG = 1
PR_SET_KEEPCAPS = 8
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
CLONE_NEWUSER = 0x10000000
CAP_DAC_OVERRIDE = 1
CAPABILITY_VERSION_3 = 0x20080522
PARENT_IS_GONE = 125

_libc = ctypes.CDLL(None, use_errno=True)


def _call(name: str, *arguments: object) -> None:
    if getattr(_libc, name)(*arguments) == -1:
        code = ctypes.get_errno()
        raise OSError(code, f"{name}: {os.strerror(code)}")


def enter_namespace() -> None:
    """Become an unprivileged user of a new namespace whose files are still ours."""
    uid, gid = os.geteuid(), os.getegid()
    _call("unshare", CLONE_NEWUSER)
    process = Path("/proc/self")
    (process / "setgroups").write_text("deny")
    (process / "uid_map").write_text(f"1000 {uid} 1")
    (process / "gid_map").write_text(f"1000 {gid} 1")


def become(uid: int, gid: int) -> None:
    """Drop root for another user, keeping only the right to pass folders of root on the way to the data."""
    _call("prctl", PR_SET_KEEPCAPS, 1, 0, 0, 0)
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)
    wanted = 1 << CAP_DAC_OVERRIDE
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    _call("capset", header, (ctypes.c_uint32 * 6)(wanted, wanted, wanted, 0, 0, 0))
    _call("prctl", PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_DAC_OVERRIDE, 0, 0)


def assume(identity: str) -> None:
    if identity == "namespace":
        enter_namespace()
    elif identity != "same":
        uid, gid = identity.split(":")
        become(int(uid), int(gid))


def die_with_parent(parent: int, signal: int) -> None:
    """Ask the kernel for the signal; a parent that died before the request is noticed, too."""
    if sys.platform == "linux":
        _call("prctl", PR_SET_PDEATHSIG, signal, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit(PARENT_IS_GONE)


def main(arguments: list[str]) -> None:
    parent, signal, identity, *program = arguments
    assume(identity)  # before the request: a change of credentials forgets the death signal
    die_with_parent(int(parent), int(signal))
    os.execvp(program[0], program)  # noqa: S606 - the caller's own argv, no shell


if __name__ == "__main__":
    main(sys.argv[1:])
