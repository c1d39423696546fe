"""The draft of a first profile."""

from dataclasses import dataclass

from langagent.accounts.profiles.models import Code, Goals
from langagent.accounts.users.models import NativeLanguage
from langagent.core.http.schemas import Answer, Body


class Draft(Body):
    """What the learner has chosen so far; it replaces the draft before it."""

    language: Code | None = None
    current_level: Code | None = None
    target_level: Code | None = None
    goals: Goals | None = None
    native_language: NativeLanguage | None = None


class DraftAnswer(Answer):
    language: str | None = None
    current_level: str | None = None
    target_level: str | None = None
    goals: list[str] | None = None
    native_language: NativeLanguage | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What came before there was a profile, to be dealt with after the set-up; empty for nothing.

    Attributes:
        said: what was written.
        origin: payload of the deep link that was opened.
    """

    said: str = ""
    origin: str = ""
