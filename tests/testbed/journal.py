"""What a deploy is at, as the journal on the server tells it, and accidents that strike at that moment."""

import json
from collections.abc import Callable

from tests.testbed.server import Server

# Its arguments: a state of a step as the journal writes it, and a script for that moment, which finds the release in
# $release and the executor's process in $pid. Perl, because each server has it, and the last steps take milliseconds.
_AT = r"""
use strict;
my ($mark, $accident) = @ARGV;
my $folder = "/var/app/releases";

sub newest {
    opendir(my $all, $folder) or return "";
    return (sort grep { !/^[.]|[.]tmp$/ } readdir $all)[-1] // "";
}

sub content {
    open(my $file, "<", shift) or return "";
    local $/;
    return readline($file) // "";
}

sub executor {
    for my $path (glob "/proc/[0-9]*/cmdline") {
        return $path =~ m{(\d+)} if content($path) =~ m{ops[.]executor\0$folder/$ENV{release}\0};
    }
}

my ($before, $pid, $seen, $end) = (newest(), 0, 0, time + 180);
while (time < $end) {
    $ENV{release} = newest();
    my $journal = $ENV{release} eq $before ? "" : content("$folder/$ENV{release}/journal.jsonl");
    if (index($journal, $mark) >= 0) {
        ($pid) = executor() unless $pid && kill 0, $pid;
        $ENV{pid} = $pid;
        exec "sh", "-c", $accident;
    }
    ($pid) = executor() if length $journal != $seen;
    $seen = length $journal;
    select undef, undef, undef, 0.002;
}
die "it never came to $mark\n";
"""
# As the kernel would for want of memory; `docker kill` would count as somebody's wish that it stay down.
KILL = 'kill -9 "$pid"'
FREEZE = 'kill -STOP "$pid"'
THAW = 'pkill -CONT -f "[o]ps.executor"'
STOP = 'docker kill "langagent-executor-$release" >/dev/null'
CUT = 'pkill -9 -f "sshd[a-z-]*: [d]eploy"'
RESTART_ENGINE = "pkill -x dockerd"


def strike(server: Server, step: str, accident: str, state: str = "done") -> Callable[[], None]:
    """Have an accident happen on the server when a step is so far; return what waits for it."""
    mark = json.dumps({"step": step, "state": state})[1:-1]
    waiting = server.begin(["perl", "-e", _AT, mark, accident])

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
