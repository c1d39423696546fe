"""A learner as an update of the bot finds them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from langagent.accounts.users.models import NativeLanguage, TelegramPerson

ACTIVITY_WRITTEN_EVERY: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Correspondent:
    """What an update needs of its sender's account, in one row."""

    telegram_id: int
    id: UUID
    native_language: NativeLanguage
    timezone: str
    plan: str
    is_admin: bool
    is_blocked: bool
    is_unreachable: bool
    first_name: str
    last_name: str | None
    username: str | None
    language_code: str | None
    last_activity: datetime | None

    def is_stale(self, person: TelegramPerson, now: datetime) -> bool:
        """Whether the account must be refreshed: new names, a chat opened again, activity a minute old."""
        known = (self.first_name, self.last_name, self.username, self.language_code)
        shown = (person.first_name, person.last_name, person.username, person.language_code or self.language_code)
        is_quiet = self.last_activity is None or now - self.last_activity >= ACTIVITY_WRITTEN_EVERY
        return known != shown or self.is_unreachable or is_quiet
