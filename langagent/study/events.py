"""What study tells the rooms above it, inside the transaction that did it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class CardRated:
    """A rating was logged; ``duration_ms`` is how long the learner took."""

    user_id: UUID
    profile_id: UUID
    card_id: UUID
    rating: int
    local_date: date
    duration_ms: int | None


@dataclass(frozen=True, slots=True)
class RatingUndone:
    """A rating was taken back; its daily counters go back with it, the streak stays."""

    user_id: UUID
    profile_id: UUID
    card_id: UUID
    rating: int
    local_date: date
    duration_ms: int | None
