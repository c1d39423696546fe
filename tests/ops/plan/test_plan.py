"""Plans: their steps, and their way to the server."""

import pytest

from ops.plan import sequence
from ops.plan.models import Plan
from ops.steps.registry import STEPS
from tests.ops.plan.made import plan

DEPLOY = sequence.deploy(first=False, backup=True)


def test_the_order_in_which_nobody_notices() -> None:
    positions = [
        DEPLOY.index(step) for step in ("backup", "migrate", "start", "gate", "switch", "gate_proxy", "retire")
    ]
    assert positions == sorted(positions)


@pytest.mark.parametrize(
    ("first", "backup", "expected"),
    [
        (False, True, {"backup"}),
        (True, True, {"first_backup"}),
        (False, False, set[str]()),
        (True, False, set[str]()),
    ],
)
def test_a_backup_before_or_after_the_first_release(first: bool, backup: bool, expected: set[str]) -> None:
    steps = sequence.deploy(first=first, backup=backup)
    assert {"backup", "first_backup"} & set(steps) == expected


def test_a_rollback_touches_neither_images_nor_schema() -> None:
    assert {"pull", "backup", "migrate", "base"}.isdisjoint(sequence.rollback())


def test_the_data_of_a_backup_comes_back_while_nobody_writes_and_before_anything_is_started() -> None:
    steps = sequence.with_backup(migrate=True)
    order = ("hold", "restore", "migrate", "start", "gate_proxy", "reopen", "publish", "watch", "background", "record")
    positions = [steps.index(step) for step in order]
    assert positions == sorted(positions)


@pytest.mark.parametrize(
    "steps",
    [
        DEPLOY,
        sequence.deploy(first=True, backup=True),
        sequence.rollback(),
        sequence.with_backup(migrate=True),
    ],
)
def test_every_step_is_built_and_described(steps: tuple[str, ...]) -> None:
    assert set(steps) <= STEPS.keys()
    assert [name for name, _ in sequence.described(plan(steps=steps))] == list(steps)


def test_what_was_sent_is_what_is_read() -> None:
    assert Plan.decode(plan().encode().decode()) == plan()


def test_what_a_later_release_adds_to_plans_is_no_matter() -> None:
    text = plan().encode().decode().strip()[:-1] + ', "mood": "fine"}'
    assert Plan.decode(text) == plan()


def test_a_plan_of_another_version_is_refused() -> None:
    text = plan(version=2).encode().decode()
    with pytest.raises(ValueError, match="version 2; this release knows version 1"):
        Plan.decode(text)
