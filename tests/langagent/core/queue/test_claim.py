"""Claims: which rows a worker gets, and that nobody else gets them."""

import asyncio
from collections import Counter
from datetime import timedelta

import asyncpg
import pytest

from langagent.core.queue import queries
from langagent.core.queue.consumer import complete
from langagent.core.queue.models import Claim, ClaimLost
from tests.langagent.core.queue.probe import TABLE, Probe

MINUTE = timedelta(minutes=1)


async def claim(probe: Probe, worker: str = "ann", limit: int = 10) -> list[Claim]:
    async with probe.database.connection() as connection:
        return await queries.claim(connection, TABLE, worker, limit, MINUTE)


async def test_an_empty_queue_gives_nothing(probe: Probe) -> None:
    assert await claim(probe) == []


async def test_only_the_oldest_row_of_each_lane_is_claimed_in_order_of_age(probe: Probe) -> None:
    first, _, third, _ = await probe.add("a", "a", "b", "b")
    assert [one.key for one in await claim(probe)] == [first, third]
    assert await claim(probe, "bob") == []


async def test_no_more_rows_than_asked_for(probe: Probe) -> None:
    items = await probe.add("a", "b", "c")
    assert [one.key for one in await claim(probe, limit=2)] == items[:2]
    assert [one.key for one in await claim(probe, limit=2)] == items[2:]


async def test_a_lane_goes_on_when_its_row_is_done(probe: Probe) -> None:
    _, second = await probe.add("a", "a")
    (held,) = await claim(probe)
    await probe.act(held)
    assert [one.key for one in await claim(probe)] == [second]


async def test_a_later_row_is_invisible_and_delays_nobody(probe: Probe) -> None:
    await probe.add("a", after=MINUTE)
    (now,) = await probe.add("a")
    assert [one.key for one in await claim(probe)] == [now]


async def test_a_resting_row_holds_its_lane_until_its_pause_is_over(probe: Probe) -> None:
    first, _ = await probe.add("a", "a")
    (held,) = await claim(probe)
    async with probe.database.connection() as connection:
        assert await queries.pause(connection, held, MINUTE, 1, "it failed")
    assert await claim(probe) == []
    await probe.change("claimed_until = now() where id = $1", first)
    (again,) = await claim(probe)
    assert (again.key, again.attempts, again.deaths) == (first, 1, 0)


async def test_a_row_that_arrives_late_does_not_enter_a_lane_in_hand(probe: Probe) -> None:
    await probe.add("a")
    await claim(probe)
    await probe.change("id = 100")
    await probe.add("a")
    assert await claim(probe, "bob") == []


async def test_the_database_itself_refuses_a_second_row_of_a_lane(probe: Probe) -> None:
    await probe.add("a", "a")
    await claim(probe)
    with pytest.raises(asyncpg.UniqueViolationError):
        await probe.change("claimed_by = 'bob', claimed_until = now() where claimed_by is null")


async def test_a_living_lease_is_respected_and_a_dead_one_taken_over_as_a_death(probe: Probe) -> None:
    await probe.add("a")
    (old,) = await claim(probe)
    assert await claim(probe, "bob") == []
    await probe.change("claimed_until = now()")
    (new,) = await claim(probe, "bob")
    assert (new.number, new.deaths, new.attempts) == (old.number + 1, 1, 0)


async def test_a_worker_that_comes_back_takes_its_own_rows_at_once_and_no_others(probe: Probe) -> None:
    mine, _ = await probe.add("a", "b")
    await claim(probe, "ann", limit=1)
    await claim(probe, "bob", limit=1)
    async with probe.database.connection() as connection:
        await queries.recover(connection, TABLE, "ann")
    assert [one.key for one in await claim(probe, "ann")] == [mine]


async def test_renewing_prolongs_and_tells_what_is_lost(probe: Probe) -> None:
    kept, lost = await probe.add("a", "b")
    await claim(probe, "ann")
    await probe.change("claimed_by = 'bob', claim_no = 7 where id = $1", lost)
    await probe.change("claimed_until = now()")
    async with probe.database.connection() as connection:
        assert await queries.renew(connection, TABLE, "ann", [kept, lost], MINUTE) == {kept: 1}
    assert (await probe.row(kept))["wait"] > 50
    assert (await probe.row(lost))["wait"] <= 0


async def test_a_row_given_back_is_as_if_untouched(probe: Probe) -> None:
    await probe.add("a")
    (held,) = await claim(probe)
    async with probe.database.connection() as connection:
        await queries.give_back(connection, held)
    (again,) = await claim(probe, "bob")
    assert (again.attempts, again.deaths) == (0, 0)


async def test_a_lost_claim_leaves_no_effect(probe: Probe) -> None:
    await probe.add("a")
    (old,) = await claim(probe, "ann")
    await probe.change("claimed_until = now()")
    (new,) = await claim(probe, "bob")
    with pytest.raises(ClaimLost):
        await probe.act(old)
    assert await probe.effects() == []
    await probe.act(new)
    with pytest.raises(ClaimLost):
        await probe.act(new)
    assert await probe.effects() == [new.key]


async def test_a_rolled_back_transaction_leaves_the_row_in_hand(probe: Probe) -> None:
    await probe.add("a")
    (held,) = await claim(probe)

    async def complete_and_fail() -> None:
        async with probe.database.unit_of_work() as connection:
            await complete(connection, held)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await complete_and_fail()
    assert (await probe.row(held.key))["claimed_by"] == "ann"


async def test_ten_claimers_at_once_never_share_a_lane(probe: Probe) -> None:
    await probe.add(*(f"lane-{number % 20}" for number in range(200)))

    async def greedy(worker: int) -> list[Claim]:
        found: list[Claim] = []
        for _ in range(10):
            try:
                found += await claim(probe, f"worker-{worker}", limit=3)
            except asyncpg.UniqueViolationError:
                continue
        return found

    taken = [one for claims in await asyncio.gather(*map(greedy, range(10))) for one in claims]
    assert Counter(one.row["lane"] for one in taken) == {f"lane-{number}": 1 for number in range(20)}
    assert {one.key for one in taken} == set(range(min(one.key for one in taken), min(one.key for one in taken) + 20))


@pytest.mark.parametrize(
    ("state", "due"),
    [
        ("done_at = now()", None),
        ("not_before = now() + interval '30 s'", 30),
        ("claimed_by = 'ann', claimed_until = now() + interval '20 s'", 20),
        ("attempts = 1, claimed_until = now() + interval '5 s'", 5),
    ],
)
async def test_the_next_moment_at_which_something_is_due(probe: Probe, state: str, due: float | None) -> None:
    await probe.add("a")
    await probe.change(state)
    async with probe.database.connection() as connection:
        found = await queries.next_due(connection, TABLE)
    assert found == due if due is None else found == pytest.approx(due, abs=2)


async def test_the_backlog_counts_what_is_due_and_its_age(probe: Probe) -> None:
    await probe.add("a", "a", "b")
    await probe.add("c", after=MINUTE)
    await probe.change("not_before = now() - interval '40 s' where lane = 'b'")
    async with probe.database.connection() as connection:
        rows, age = await queries.backlog(connection, TABLE)
    assert rows == 3
    assert age == pytest.approx(40, abs=5)
