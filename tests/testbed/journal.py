"""What a deploy is at, as the journal on the server tells it, and accidents that strike at that moment."""

import json
from collections.abc import Callable

from tests.testbed.server import Server

# $1: a state of a step as the journal writes it; $2: what then happens, with the release in $release.
_AT = """
before=$(ls /var/app/releases | tail -n 1)
for _ in $(seq 6000); do
    release=$(ls /var/app/releases | grep -v '[.]tmp$' | tail -n 1)
    if [ "$release" != "$before" ] && grep -qs "$1" "/var/app/releases/$release/journal.jsonl"; then
        eval "$2"
        exit 0
    fi
    sleep 0.02
done
echo "it never came to $1" >&2
exit 1
"""
# As the kernel would for want of memory; `docker kill` would count as somebody's wish that it stay down.
KILL = 'kill -9 "$(docker inspect -f "{{.State.Pid}}" "langagent-executor-$release")"'
STOP = 'docker kill "langagent-executor-$release" >/dev/null'
CUT = 'pkill -9 -f "sshd[a-z-]*: [d]eploy"'
RESTART_ENGINE = "pkill -x dockerd"


def strike(server: Server, step: str, accident: str, state: str = "done") -> Callable[[], None]:
    """Have an accident happen on the server when a step is so far; return what waits for it."""
    mark = json.dumps({"step": step, "state": state})[1:-1]
    waiting = server.begin(["sh", "-c", _AT, "sh", mark, accident])

    def wait() -> None:
        _, complaint = waiting.communicate(timeout=300)
        assert waiting.returncode == 0, complaint

    return wait


def assert_converged(server: Server, tag: str) -> None:
    """One release serves, it is the one of this tag, nobody holds the lock, and the ledger is whole."""
    status = server.result("status")
    assert status["release"]["tag"] == tag
    assert not status["unfinished"]
    assert not status["holder"]
    assert server.ready_release() == tag
    assert all(release.get("result") for release in server.releases())
    assert server.shell("grep -c '^server backend-' /var/app/proxy/upstream.conf").strip() == "1"
    server.shell("flock --nonblock /var/app/lock true")
