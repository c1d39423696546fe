"""What the users' room tells those above it, inside the transaction."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class UserRegistered:
    """The first sign-in made an account."""

    user_id: UUID


@dataclass(frozen=True, slots=True)
class AccountErased:
    """A learner deleted the account: what must go at once goes now, the rest after 30 days."""

    user_id: UUID
