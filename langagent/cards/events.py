"""What the cards' room tells those above it, inside the transaction."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class CardAdded:
    """A learner has a new card; ``source`` says where it came from."""

    user_id: UUID
    profile_id: UUID
    card_id: UUID
    source: str


@dataclass(frozen=True, slots=True)
class DeckDeleted:
    """A deck was soft-deleted with its cards."""

    user_id: UUID
    profile_id: UUID
    deck_id: UUID
