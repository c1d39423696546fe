"""What every host must do; `test_local.py`, `test_ssh.py` and the testbed run it against theirs."""

import pytest

from ops.errors import HostError
from ops.hosts.base import Host


class HostContract:
    """The tests; a subclass has a fixture `host` and, for files, a fixture `folder`: an empty folder there."""

    def test_a_command_gets_its_arguments_as_they_are(self, host: Host) -> None:
        words = ["two words", "$HOME", "*", "'", '"', "\\", "a\nb", "", "ы"]
        assert host.run(["printf", "%s\\0", *words]).stdout.split("\0")[:-1] == words

    def test_both_outputs_and_the_code_come_back(self, host: Host) -> None:
        done = host.run(["sh", "-c", "echo out; echo err >&2; exit 3"], check=False)
        assert (done.code, done.stdout, done.stderr) == (3, "out\n", "err\n")

    def test_a_failure_shows_the_command_and_its_last_words(self, host: Host) -> None:
        with pytest.raises(HostError, match=r"(?s)`sh -c .*exit code 4: no such thing"):
            host.run(["sh", "-c", "echo no such thing >&2; exit 4"])

    def test_input_and_output_of_any_size_flow_at_once(self, host: Host) -> None:
        assert host.run(["cat"], stdin=(b"x" * 100_000 for _ in range(50))).stdout == "x" * 5_000_000

    def test_a_command_that_reads_nothing_may_end_before_its_input(self, host: Host) -> None:
        assert host.run(["true"], stdin=b"x" * 5_000_000).code == 0

    def test_a_broken_source_of_input_is_the_error(self, host: Host) -> None:
        with pytest.raises(ZeroDivisionError):
            host.run(["cat"], stdin=(b"x" * (1 // rest) for rest in (1, 0)))

    def test_a_command_that_takes_too_long_is_given_up(self, host: Host) -> None:
        with pytest.raises(HostError, match="took longer than"):
            host.run(["sleep", "60"], timeout=0.2)

    def test_lines_come_as_they_are_written(self, host: Host) -> None:
        lines = host.lines(["sh", "-c", "echo one; echo two; sleep 60"])
        assert [next(lines), next(lines)] == ["one", "two"]
        lines.close()

    def test_closing_the_lines_ends_the_command(self, host: Host, folder: str) -> None:
        lines = host.lines(["sh", "-c", f"echo $$ >{folder}/pid; echo ready; exec sleep 60"])
        next(lines)
        lines.close()
        pid = host.read(f"{folder}/pid").decode().strip()
        gone = f"for i in $(seq 100); do kill -0 {pid} 2>/dev/null || exit 0; sleep 0.05; done; exit 1"
        assert host.run(["sh", "-c", gone], check=False).code == 0

    def test_lines_of_a_failing_command_end_in_its_error(self, host: Host) -> None:
        lines = host.lines(["sh", "-c", "echo one; echo oops >&2; exit 5"])
        assert next(lines) == "one"
        with pytest.raises(HostError, match="exit code 5: oops"):
            next(lines)

    def test_a_file_is_read_as_it_was_written(self, host: Host, folder: str) -> None:
        content = bytes(range(256)) * 1000
        host.write(f"{folder}/new/deep/file", content, mode=0o600)
        assert host.read(f"{folder}/new/deep/file") == content
        assert host.run(["stat", "-c", "%a", f"{folder}/new/deep/file"]).stdout == "600\n"

    def test_a_written_file_replaces_the_old_one_and_leaves_nothing_else(self, host: Host, folder: str) -> None:
        host.write(f"{folder}/file", b"old")
        host.write(f"{folder}/file", b"new")
        assert host.read(f"{folder}/file") == b"new"
        assert host.run(["ls", "-A", folder]).stdout == "file\n"

    def test_a_missing_file_is_said_to_be_missing(self, host: Host, folder: str) -> None:
        with pytest.raises(FileNotFoundError):
            host.read(f"{folder}/nothing")
