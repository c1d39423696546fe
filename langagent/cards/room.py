"""The cards room, built whole."""

from dataclasses import dataclass

from langagent.accounts.plans.models import Resource
from langagent.accounts.profiles.events import ProfileCreated, ProfileDeleted
from langagent.accounts.room import Accounts
from langagent.cards import queries as card_queries
from langagent.cards.adding import queries as adding_queries
from langagent.cards.adding.service import Adding
from langagent.cards.content import OfflineContent
from langagent.cards.creation.routes import CreationRoutes
from langagent.cards.creation.service import Creation
from langagent.cards.decks import queries as deck_queries
from langagent.cards.decks.routes import DeckRoutes
from langagent.cards.decks.service import Decks
from langagent.cards.library.routes import LibraryRoutes
from langagent.cards.library.service import Library
from langagent.cards.routes import CardRoutes
from langagent.cards.service import Cards
from langagent.core.floor import Floor
from langagent.core.http.operation import Operation
from langagent.jobs.tasks import Purge


@dataclass(frozen=True, slots=True)
class CardsRoom:
    """What the rooms above build on; ``purges`` are for the nightly clean-up."""

    cards: Cards
    decks: Decks
    creation: Creation
    operations: tuple[Operation, ...]
    purges: tuple[Purge, ...]


def open_cards(floor: Floor, accounts: Accounts) -> CardsRoom:
    profiles, content = accounts.profiles, OfflineContent()
    adding = Adding(accounts.users, accounts.plans, floor.events, floor.clock)
    decks = Decks(floor, profiles, adding)
    cards = Cards(floor, profiles, decks, content)
    creation = Creation(floor, accounts.plans, profiles, decks, adding, content)
    library = Library(floor, profiles, decks, adding)
    floor.events.subscribe(ProfileCreated, library.welcome)
    floor.events.subscribe(ProfileDeleted, decks.forget)
    profiles.count_with("cards_count", adding_queries.counts)
    accounts.personal.count_usage(Resource.CARDS, adding_queries.count_cards)
    accounts.personal.collect("decks", deck_queries.exported)
    accounts.personal.collect("cards", card_queries.exported)
    routes = (
        DeckRoutes(decks),
        LibraryRoutes(library),
        CreationRoutes(creation),
        CardRoutes(cards),
    )
    return CardsRoom(
        cards=cards,
        decks=decks,
        creation=creation,
        operations=tuple(operation for each in routes for operation in each.operations()),
        purges=(card_queries.purge, deck_queries.purge),
    )
