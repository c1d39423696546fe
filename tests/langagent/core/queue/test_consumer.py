"""The consumer: what becomes of a row, by what its handler does."""

import asyncio
from datetime import timedelta

import pytest

from langagent.core.database import Connection
from langagent.core.queue.consumer import Consumer
from langagent.core.queue.models import Claim, Policy, Postponed
from tests.langagent.core.queue.probe import NO_PAUSES, TABLE, Probe, consumer, eventually, running

ASLEEP = timedelta(hours=1)


async def done(probe: Probe) -> None:
    async def condition() -> bool:
        return await probe.open_rows() == 0

    await eventually(condition)


async def test_lanes_run_in_order_and_beside_each_other_on_two_workers(probe: Probe) -> None:
    items = await probe.add(*(f"lane-{number % 7}" for number in range(70)))
    async with running(consumer(probe.database, probe.act), consumer(probe.database, probe.act, worker="bob")):
        await done(probe)
    effects = await probe.effects()
    assert sorted(effects) == items
    for lane in range(7):
        of_lane = items[lane::7]
        assert [item for item in effects if item in of_lane] == of_lane


async def test_a_row_runs_again_until_it_succeeds(probe: Probe) -> None:
    async def fails_twice(claim: Claim) -> None:
        if claim.attempts < 2:
            raise ValueError("not yet")
        await probe.act(claim)

    (item,) = await probe.add("a")
    async with running(consumer(probe.database, fails_twice)):
        await done(probe)
    row = await probe.row(item)
    assert (row["attempts"], row["failed_at"]) == (2, None)
    assert await probe.effects() == [item]


async def test_the_fifth_failure_makes_a_dead_letter_and_the_lane_goes_on(
    probe: Probe, caplog: pytest.LogCaptureFixture
) -> None:
    async def fails_on_the_first(claim: Claim) -> None:
        if claim.key == bad:
            raise ValueError("password=hunter2 is wrong")
        await probe.act(claim)

    bad, good = await probe.add("a", "a")
    async with running(consumer(probe.database, fails_on_the_first)):
        await done(probe)
    row = await probe.row(bad)
    assert row["attempts"] == 5
    assert row["failed_at"] is not None
    assert row["error"] == f"ValueError: *** is wrong [probe.items-{bad}-5]"
    assert await probe.effects() == [good]
    assert [record.levelname for record in caplog.records if record.__dict__.get("event") == "dead_letter"] == ["ERROR"]


async def test_the_pauses_between_tries_are_1_5_30_and_120_seconds(probe: Probe) -> None:
    async def fails(_claim: Claim) -> None:
        raise ValueError

    (item,) = await probe.add("a")
    one = consumer(probe.database, fails, policy=Policy())
    pauses = []
    async with running(one):
        for attempts in range(1, 5):

            async def rests(attempts: int = attempts) -> bool:
                row = await probe.row(item)
                return row["attempts"] == attempts and row["claimed_by"] is None

            await eventually(rests)
            pauses.append((await probe.row(item))["wait"])
            await probe.change("claimed_until = now()")
            one.wake()
        await done(probe)
    assert pauses == pytest.approx([1, 5, 30, 120], abs=0.9)


async def test_the_end_of_a_pause_wakes_the_consumer_by_itself(probe: Probe) -> None:
    async def fails_once(claim: Claim) -> None:
        if not claim.attempts:
            raise ValueError
        await probe.act(claim)

    await probe.add("a")
    policy = Policy(retries=(timedelta(milliseconds=100),), poll=ASLEEP)
    async with running(consumer(probe.database, fails_once, policy=policy)):
        await done(probe)
    assert len(await probe.effects()) == 1


async def test_a_row_in_hand_at_three_deaths_is_poison_and_is_not_handed_out_again(probe: Probe) -> None:
    bad, good = await probe.add("a", "a")
    await probe.change("deaths = 2, claimed_by = 'killed', claimed_until = now() where id = $1", bad)
    async with running(consumer(probe.database, probe.act)):
        await done(probe)
    row = await probe.row(bad)
    assert (row["deaths"], row["attempts"]) == (3, 0)
    assert "3 workers died" in row["error"]
    assert await probe.effects() == [good]


async def test_a_handler_that_takes_too_long_is_ended_and_counts_as_a_failure(probe: Probe) -> None:
    async def hangs(_claim: Claim) -> None:
        await asyncio.Event().wait()

    (item,) = await probe.add("a")
    policy = Policy(limit=timedelta(milliseconds=20), retries=())
    async with running(consumer(probe.database, hangs, policy=policy)):
        await done(probe)
    assert (await probe.row(item))["error"].startswith("TimeoutError")


async def test_postponing_is_no_failure_and_keeps_the_lane_waiting(probe: Probe) -> None:
    seen: list[int] = []

    async def postpones_first(claim: Claim) -> None:
        seen.append(claim.key)
        if len(seen) < 8:
            raise Postponed(timedelta(0))
        await probe.act(claim)

    first, second = await probe.add("a", "a")
    async with running(consumer(probe.database, postpones_first)):
        await done(probe)
    assert seen == [first] * 8 + [second]
    assert (await probe.row(first))["attempts"] == 0


async def test_a_handler_without_effects_need_not_complete(probe: Probe) -> None:
    async def nothing(_claim: Claim) -> None:
        return

    (item,) = await probe.add("a")
    async with running(consumer(probe.database, nothing)):
        await done(probe)
    assert (await probe.row(item))["failed_at"] is None


async def test_stopping_finishes_what_runs_and_claims_no_more(probe: Probe) -> None:
    started, may_end = asyncio.Event(), asyncio.Event()

    async def waits(claim: Claim) -> None:
        started.set()
        await may_end.wait()
        await probe.act(claim)

    first, second = await probe.add("a", "a")
    async with running(consumer(probe.database, waits)) as stop:
        await started.wait()
        stop.set()
        may_end.set()
    assert await probe.effects() == [first]
    assert (await probe.row(second))["claim_no"] == 0


async def test_what_does_not_end_in_time_is_given_back_unharmed(probe: Probe) -> None:
    started = asyncio.Event()

    async def hangs(_claim: Claim) -> None:
        started.set()
        await asyncio.Event().wait()

    (item,) = await probe.add("a")
    async with running(consumer(probe.database, hangs, policy=Policy(drain=timedelta(0)))):
        await started.wait()
    row = await probe.row(item)
    assert (row["claimed_by"], row["claimed_until"], row["attempts"], row["deaths"]) == (None, None, 0, 0)


async def test_a_lease_is_renewed_while_the_handler_runs(probe: Probe) -> None:
    renewed = asyncio.Event()

    async def waits(claim: Claim) -> None:
        await renewed.wait()
        await probe.act(claim)

    (item,) = await probe.add("a")
    policy = Policy(lease=timedelta(milliseconds=300))
    async with running(consumer(probe.database, waits, policy=policy)):
        lease_ends = set()

        async def prolonged_thrice() -> bool:
            lease_ends.add((await probe.row(item))["claimed_until"])
            return len(lease_ends - {None}) > 3

        await eventually(prolonged_thrice)
        renewed.set()
        await done(probe)
    row = await probe.row(item)
    assert (row["deaths"], row["claim_no"]) == (0, 1)


async def test_a_handler_whose_row_was_taken_is_cancelled_and_writes_nothing(probe: Probe) -> None:
    started, cancelled = asyncio.Event(), asyncio.Event()

    async def hangs(_claim: Claim) -> None:
        started.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.set()
            raise

    (item,) = await probe.add("a")
    policy = Policy(lease=timedelta(milliseconds=90))
    async with running(consumer(probe.database, hangs, policy=policy)):
        await started.wait()
        await probe.change("claimed_by = 'bob', claim_no = claim_no + 1, claimed_until = now() + interval '1 hour'")
        await cancelled.wait()
    row = await probe.row(item)
    assert (row["claimed_by"], row["attempts"], row["done_at"]) == ("bob", 0, None)


async def test_what_follows_a_dead_letter_is_in_its_transaction(probe: Probe) -> None:
    async def fails(_claim: Claim) -> None:
        raise ValueError

    async def tell(connection: Connection, claim: Claim) -> None:
        await connection.execute("insert into probe.effects (item) values ($1)", claim.key)

    (item,) = await probe.add("a")
    policy = Policy(retries=())
    one = Consumer(probe.database, TABLE, fails, worker="ann", concurrency=1, policy=policy, buried=tell)
    async with running(one):
        await done(probe)
    assert await probe.effects() == [item]


async def test_a_dead_letter_of_which_nobody_can_be_told_frees_its_lane_all_the_same(probe: Probe) -> None:
    async def fails(_claim: Claim) -> None:
        raise ValueError

    async def fails_too(_connection: Connection, _claim: Claim) -> None:
        raise RuntimeError

    (item,) = await probe.add("a")
    policy = Policy(retries=())
    one = Consumer(probe.database, TABLE, fails, worker="ann", concurrency=1, policy=policy, buried=fails_too)
    async with running(one):
        await done(probe)
    assert (await probe.row(item))["failed_at"] is not None


async def test_one_slow_lane_does_not_stop_the_others(probe: Probe) -> None:
    may_end = asyncio.Event()

    async def slow_on_a(claim: Claim) -> None:
        if claim.row["lane"] == "a":
            await may_end.wait()
        await probe.act(claim)

    first, *others = await probe.add("a", "b", "c", "b", "c")
    async with running(consumer(probe.database, slow_on_a, concurrency=2, policy=NO_PAUSES)):

        async def others_done() -> bool:
            return await probe.open_rows() == 1

        await eventually(others_done)
        may_end.set()
        await done(probe)
    assert await probe.effects() == [*others, first]
