"""A local Telegram that is started anew."""

from emulators.telegram.clock import HandClock
from emulators.telegram.emulator import TelegramEmulator
from emulators.telegram.models import Person
from emulators.telegram.updates import Update


def first_update(clock: HandClock) -> Update:
    emulator = TelegramEmulator(clock=clock)
    emulator.people.add(Person(1, "Ann"))
    update = emulator.people.start(1)
    assert update
    return update


def test_it_gives_no_update_an_id_of_its_former_life(clock: HandClock) -> None:
    before = first_update(clock).update_id
    clock.advance(1)
    assert first_update(clock).update_id > before
