"""What the profiles' room tells those above it, inside the transaction."""

from dataclasses import dataclass
from uuid import UUID

from langagent.accounts.profiles.models import Profile


@dataclass(frozen=True, slots=True)
class ProfileCreated:
    """A learner took up a language.

    Attributes:
        plan: effective plan of the learner, whose limits what is installed must keep.
        starter_deck: key the learner asked for; who handles it refuses unknown keys.
    """

    profile: Profile
    native_language: str
    plan: str
    starter_deck: str | None


@dataclass(frozen=True, slots=True)
class ProfileDeleted:
    """A profile was soft-deleted; what belongs to it goes with it."""

    profile_id: UUID
    user_id: UUID
