"""The reference data of `/api/meta`, from the tables in code."""

from typing import Final

from langagent import VERSION
from langagent.accounts.languages import GOALS, LANGUAGES, LEVELS, NATIVE_LANGUAGES, POPULAR, Language
from langagent.accounts.legal import DOCUMENTS, legal_text
from langagent.accounts.plans.service import Plans
from langagent.accounts.reference.models import LanguageEntry, Meta, Named, Names, RatingEntry, SignInOffer
from langagent.core import i18n
from langagent.settings import Settings

MINIMUM_CLIENT_VERSION: Final = "0.1.0"
RATINGS: Final = ("again", "hard", "good", "easy")


def meta(settings: Settings, plans: Plans) -> Meta:
    bot = settings.bot_username
    return Meta(
        version=VERSION,
        minimum_client_version=MINIMUM_CLIENT_VERSION,
        native_languages=list(NATIVE_LANGUAGES),
        languages=[_language(language) for language in LANGUAGES.values()],
        popular=list(POPULAR),
        levels=list(LEVELS),
        goals=[Named(key=goal, names=_names(f"goals.{goal}")) for goal in GOALS],
        ratings=[
            RatingEntry(rating=rating, key=key, names=_names(f"ratings.{key}"))
            for rating, key in enumerate(RATINGS, start=1)
        ],
        plans=plans.public(),
        bot_username=bot,
        legal_version=legal_text(DOCUMENTS[0], "en").version,
        sign_in=SignInOffer(dev=settings.dev_sign_in, widget=bool(bot), bot_username=bot),
    )


def _language(language: Language) -> LanguageEntry:
    return LanguageEntry(
        code=language.code,
        names=Names(ru=language.name_ru, en=language.name_en),
        native_name=language.name_native,
        flag=language.flag,
        is_rtl=language.rtl,
        has_article=language.article,
        has_starter_deck=language.starter,
    )


def _names(key: str) -> Names:
    return Names(ru=i18n.text("ru", key), en=i18n.text("en", key))
