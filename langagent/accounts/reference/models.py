"""What everybody may know."""

from datetime import date
from typing import Literal

from langagent.accounts.plans.models import PublicPlan
from langagent.core.http.schemas import Answer, Query


class Names(Answer):
    """One name in each interface language."""

    ru: str
    en: str


class LanguageEntry(Answer):
    """A language that can be studied.

    ``has_starter_deck``: a deck to begin with ships with the product. ``has_article``: nouns are shown with theirs.
    """

    code: str
    names: Names
    native_name: str
    flag: str
    is_rtl: bool
    has_article: bool
    has_starter_deck: bool


class Named(Answer):
    key: str
    names: Names


class RatingEntry(Answer):
    rating: int
    key: str
    names: Names


class SignInOffer(Answer):
    """Which ways of signing in a browser may show."""

    dev: bool
    widget: bool
    bot_username: str


class Meta(Answer):
    """Everything a client shows before it knows the learner; ``popular`` codes come first in lists."""

    version: str
    minimum_client_version: str
    native_languages: list[str]
    languages: list[LanguageEntry]
    popular: list[str]
    levels: list[str]
    goals: list[Named]
    ratings: list[RatingEntry]
    plans: list[PublicPlan]
    bot_username: str
    legal_version: str
    sign_in: SignInOffer


class LegalQuery(Query):
    """Without ``lang`` the language of the reader is taken."""

    lang: Literal["ru", "en"] | None = None


class LegalAnswer(Answer):
    version: str
    effective_date: date
    content: str
