"""Starter decks as the API shows them."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from langagent.accounts.plans.models import LimitWarning
from langagent.cards.decks.models import DeckAnswer
from langagent.cards.models import Duplicate
from langagent.core.http.schemas import Answer, Body, Query


class StarterAnswer(Answer):
    """A starter deck, its title in the learner's native language."""

    key: str
    language: str
    title: str
    level: str
    cards_count: int
    installed: bool


class StartersQuery(Query):
    """Starter decks of one language, or of all."""

    language: Annotated[str, Field(max_length=5)] | None = None


class Install(Body):
    """For the named profile, or for the active one."""

    profile_id: UUID | None = None


class Installed(Answer):
    """The deck, how many cards it got now, and the words that the profile had already."""

    deck: DeckAnswer
    created: int
    duplicates: list[Duplicate]
    limit_warning: LimitWarning | None
