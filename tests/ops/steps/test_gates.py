"""Gates: what passes, what does not, and what is told of it."""

from collections.abc import Callable, Iterable

import pytest

from ops.errors import OpsError
from ops.health.probe import Answer
from ops.steps.background import Background
from ops.steps.gate import Gate
from ops.steps.gate_proxy import GateProxy
from ops.steps.gates import Traffic, complaint, traffic
from ops.steps.watch import Watch
from tests.ops.steps.made import READY, UNREADY, FakeTime, tools
from tests.ops.steps.server import inspected, server

METRICS = """\
# TYPE http_requests_total counter
http_requests_total{handler="/api/cards",method="GET",status="200"} 90.0
http_requests_total{handler="/api/cards",method="POST",status="502"} 10.0
http_requests_total{handler="/health/ready",method="GET",status="503"} 40.0
"""


def _in_turn(answers: Iterable[Answer]) -> Callable[[str, str], Answer]:
    """Answer in turn, and go on with the last."""
    left = list(answers)
    return lambda _url, _domain: left.pop(0) if len(left) > 1 else left[0]


@pytest.mark.parametrize(
    ("answers", "questions"),
    [
        ([READY], 3),
        ([UNREADY, READY], 4),
        ([READY, READY, UNREADY, READY], 6),
        ([Answer(0, "no answer (ConnectionRefusedError)")] * 5 + [READY], 8),
    ],
)
def test_passes_when_it_is_ready_so_often_in_a_row(answers: list[Answer], questions: int) -> None:
    found = Gate(tools(server(inspected("backend-green")), _in_turn(answers))).do()
    assert (found["questions"], found["revision"]) == (questions, "rev-2")


def test_fails_when_the_time_is_up_with_the_reason_and_the_last_lines() -> None:
    time = FakeTime()
    gate = Gate(tools(server(inspected("backend-green")), lambda _url, _domain: UNREADY, time))
    with pytest.raises(OpsError) as failed:
        gate.do()
    assert failed.value.message == (
        "Gate ready: backend-green did not pass: 503 answer: database: no answer. Its container is running. "
        "Its last lines:\n    starting\n    KeyError: no such thing"
    )
    assert time.passed == 10


@pytest.mark.parametrize("state", [{"restarts": 1}, {"Status": "exited", "ExitCode": 3}, {"Status": "restarting"}])
def test_a_crash_is_told_at_once(state: dict[str, object]) -> None:
    time = FakeTime()
    host = server(inspected("backend-green", **state), answers={("docker", "events"): "3\n3\n"})
    with pytest.raises(OpsError, match="it crashed") as failed:
        Gate(tools(host, time=time)).do()
    assert "it ended with exit code 3." in failed.value.message
    assert time.passed == 0


def test_flapping_never_passes() -> None:
    answers = [READY, READY, UNREADY] * 20
    with pytest.raises(OpsError, match="Gate ready"):
        Gate(tools(server(inspected("backend-green")), _in_turn(answers))).do()


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (READY, ""),
        (Answer(200, document={"release": "rev-1"}), "the answer comes from release rev-1, not rev-2"),
        (UNREADY, "503 answer: database: no answer"),
        (Answer(502, "<html>bad gateway"), "502 answer: <html>bad gateway"),
        (Answer(0, "no answer (TimeoutError)"), "no answer (TimeoutError)"),
    ],
)
def test_complaints(answer: Answer, told: str) -> None:
    assert complaint(answer, "rev-2") == told


def test_the_proxy_is_asked_for_the_domain_over_tls() -> None:
    asked: list[tuple[str, str]] = []

    def probe(url: str, domain: str) -> Answer:
        asked.append((url, domain))
        return READY

    GateProxy(tools(server(inspected("backend-green")), probe)).do()
    assert set(asked) == {("https://127.0.0.1/health/ready", "tutor.example")}


def test_errors_are_counted_without_questions_about_health() -> None:
    assert traffic(METRICS) == Traffic(100, 10)


@pytest.mark.parametrize(
    ("seen", "bad"), [(Traffic(9, 9), False), (Traffic(100, 5), False), (Traffic(100, 6), True), (Traffic(0, 0), False)]
)
def test_how_many_errors_are_too_many(seen: Traffic, bad: bool) -> None:
    assert seen.is_bad is bad


def _site(ready: Callable[[], Answer], errors: Callable[[], int]) -> Callable[[str, str], Answer]:
    def probe(url: str, _domain: str) -> Answer:
        if url.endswith("/metrics"):
            lines = METRICS.replace(" 10.0", f" {errors()}.0").replace(" 90.0", f" {errors() + 90}.0")
            return Answer(200, lines)
        return ready()

    return probe


def test_a_quiet_watch_lasts_as_long_as_it_was_asked_to() -> None:
    time = FakeTime()
    found = Watch(tools(server(inspected("backend-green")), _site(lambda: READY, lambda: 0), time)).do()
    assert (found["looks"], found["complaints"], time.passed) == (4, [], 2)


def test_one_bad_answer_may_be_an_accident_two_are_the_release() -> None:
    bad = iter([UNREADY])
    Watch(tools(server(inspected("backend-green")), _site(lambda: next(bad, READY), lambda: 0))).do()
    with pytest.raises(OpsError, match=r"Gate watch.*; then"):
        Watch(tools(server(inspected("backend-green")), _site(lambda: UNREADY, lambda: 0))).do()


def test_a_release_that_answers_with_errors_does_not_pass_the_watch() -> None:
    counts = iter([0, 0, 40, 40])
    with pytest.raises(OpsError, match="40 of 80 answers were errors"):
        Watch(tools(server(inspected("backend-green")), _site(lambda: READY, lambda: next(counts)))).do()


def test_background_processes_settle_or_the_release_fails() -> None:
    both = [inspected(name, Health={"Status": "healthy"}) for name in ("worker", "schedule")]
    assert Background(tools(server(*both))).do() == {"worker": "running", "schedule": "running"}
    sick = [inspected("worker", Health={"Status": "unhealthy"}), both[1]]
    with pytest.raises(OpsError, match="Gate background: worker did not pass: it is unhealthy"):
        Background(tools(server(*sick))).do()
