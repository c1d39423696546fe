"""The ways to sign in, and their answer."""

from dataclasses import dataclass
from typing import Annotated, Final, Self
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from langagent.accounts.sessions.models import Credentials
from langagent.accounts.users.models import PersonName, UserAnswer
from langagent.core.http.schemas import Answer, Body, Moment

Timezone = Annotated[str, Field(max_length=64)]
TelegramId = Annotated[int, Field(ge=1, lt=2**53)]
Text = Annotated[str, Field(max_length=255)]

WIDGET_FIELDS: Final = ("id", "first_name", "last_name", "username", "photo_url", "auth_date", "hash")


@dataclass(frozen=True, slots=True)
class Visit:
    """Where a sign-in comes from.

    Attributes:
        language: what the browser asks for, `ru` or `en`; for those whom Telegram gives no language.
        address: of the client; only Redis sees it, and for ten minutes.
    """

    user_agent: str
    address: str
    language: str
    timezone: str | None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A successful sign-in."""

    user: UserAnswer
    is_new: bool
    credentials: Credentials


@dataclass(frozen=True, slots=True)
class IssuedCode:
    """A one-time link's token and the code that stands for it; shown once, kept hashed."""

    token: str
    code: str


@dataclass(frozen=True, slots=True)
class LiveCode:
    """A code that waits to be used."""

    id: UUID
    user_id: UUID
    code_hash: bytes


class LaunchData(Body):
    """What Telegram gave the Mini App."""

    init_data: str
    timezone: Timezone | None = None
    client_version: Annotated[str, Field(max_length=40)] | None = None


class WidgetData(Body):
    """What Telegram's Login Widget gave the page."""

    id: TelegramId
    first_name: Text
    last_name: Text | None = None
    username: Text | None = None
    photo_url: Annotated[str, Field(max_length=500)] | None = None
    auth_date: Annotated[int, Field(ge=0, lt=2**53)]
    hash: Annotated[str, Field(max_length=64)]
    timezone: Timezone | None = None

    def received(self) -> dict[str, str]:
        """The widget's own fields as text, only those that came."""
        given = self.model_dump(include=set(WIDGET_FIELDS), exclude_none=True)
        return {name: str(value) for name, value in given.items()}


class OneTime(Body):
    """Either the token of a link or a code."""

    token: Annotated[str, Field(min_length=1, max_length=64)] | None = None
    code: Annotated[str, Field(min_length=1, max_length=20)] | None = None
    timezone: Timezone | None = None

    @model_validator(mode="after")
    def _demand_one(self) -> Self:
        if (self.token is None) == (self.code is None):
            raise PydanticCustomError("missing", "either a token or a code is needed")
        return self


class DevPerson(Body):
    """Whom dev sign-in creates or picks."""

    telegram_id: TelegramId
    first_name: PersonName = "Developer"
    timezone: Timezone | None = None


class SignInAnswer(Answer):
    user: UserAnswer
    token: str
    expires_at: Moment
    is_new: bool
