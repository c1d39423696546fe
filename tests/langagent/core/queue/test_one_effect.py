"""Whatever goes wrong on the way: a row has exactly one effect, or is a dead letter with none."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from langagent.core.queue.consumer import complete
from langagent.core.queue.models import Claim, Policy, Postponed
from tests.langagent.core.queue.probe import Probe, consumer, eventually, running

# fails before its last transaction, in it, is taken away before it, asks for another time
MISHAPS = st.text(alphabet="fitp", max_size=6)
ROWS = st.lists(st.tuples(st.sampled_from("abc"), MISHAPS), max_size=12)
POLICY = Policy(retries=(timedelta(0),) * 4, deaths=7)


def ends_dead(mishaps: str) -> bool:
    """What the plan of a row comes to: five failures before the first quiet run."""
    failures = step = 0
    while mishap := mishaps[step : step + 1]:
        failures += mishap in "fi"
        step += 2 if mishap == "t" else 1  # a thief counts the claim up, too
    return failures >= 5


async def handle(probe: Probe, claim: Claim) -> None:
    mishap = claim.row["plan"][claim.number - 1 :][:1]
    if mishap == "f":
        raise ValueError
    if mishap == "p":
        raise Postponed(timedelta(0))
    if mishap == "t":
        await probe.change(
            "claimed_by = 'thief', claim_no = claim_no + 1, claimed_until = now() where id = $1", claim.key
        )
    async with probe.database.unit_of_work() as connection:
        await complete(connection, claim)
        await connection.execute("insert into probe.effects (item) values ($1)", claim.key)
        if mishap == "i":
            raise ValueError


@given(rows=ROWS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_every_row_has_one_effect_or_is_a_dead_letter(probe: Probe, rows: list[tuple[str, str]]) -> None:
    await probe.change("done_at = now() where done_at is null")
    before = len(await probe.effects())
    items = [(await probe.add(lane, plan=plan))[0] for lane, plan in rows]

    async def work(claim: Claim) -> None:
        await handle(probe, claim)

    async def none_open() -> bool:
        return await probe.open_rows() == 0

    ann, bob = (consumer(probe.database, work, worker=name, policy=POLICY) for name in ("ann", "bob"))
    async with running(ann, bob):
        await eventually(none_open)
    effects = (await probe.effects())[before:]
    dead = {item for item, (_, mishaps) in zip(items, rows, strict=True) if ends_dead(mishaps)}
    assert {item for item in items if (await probe.row(item))["failed_at"]} == dead
    assert sorted(effects) == [item for item in items if item not in dead]
    for lane in "abc":
        of_lane = [item for item, (its_lane, _) in zip(items, rows, strict=True) if its_lane == lane]
        assert [item for item in effects if item in of_lane] == [item for item in of_lane if item not in dead]
