"""The one table of languages, with the levels and goals of a learner."""

from dataclasses import dataclass
from typing import Final

LEVELS: Final = ("A1", "A2", "B1", "B2", "C1", "C2")
GOALS: Final = (
    "work",
    "study",
    "travel",
    "communication",
    "reading",
    "self_development",
    "relationships",
    "relocation",
)
NATIVE_LANGUAGES: Final = ("ru", "en")
POPULAR: Final = ("en", "es", "fr", "de", "it")


@dataclass(frozen=True, slots=True)
class Language:
    """A language that can be studied.

    `lemmatizer` and `frequency` are the codes simplemma and wordfreq know it by; None where they do not.
    `article` says that a noun is shown with its article, `starter` that a starter deck ships with the product.
    """

    code: str
    name_ru: str
    name_en: str
    name_native: str
    flag: str
    lemmatizer: str | None
    frequency: str | None
    article: bool = False
    rtl: bool = False
    starter: bool = False

    def name(self, native_language: str) -> str:
        """Return the language's name in `native_language`."""
        return self.name_ru if native_language == "ru" else self.name_en


_TABLE: Final = (
    Language("en", "Английский", "English", "English", "🇬🇧", "en", "en"),
    Language("es", "Испанский", "Spanish", "Español", "🇪🇸", "es", "es", article=True, starter=True),
    Language("fr", "Французский", "French", "Français", "🇫🇷", "fr", "fr", article=True),
    Language("de", "Немецкий", "German", "Deutsch", "🇩🇪", "de", "de", article=True),
    Language("it", "Итальянский", "Italian", "Italiano", "🇮🇹", "it", "it", article=True),
    Language("pt", "Португальский", "Portuguese", "Português", "🇵🇹", "pt", "pt", article=True),
    Language("nl", "Нидерландский", "Dutch", "Nederlands", "🇳🇱", "nl", "nl", article=True),
    Language("sv", "Шведский", "Swedish", "Svenska", "🇸🇪", "sv", "sv", article=True),
    Language("el", "Греческий", "Greek", "Ελληνικά", "🇬🇷", "el", "el", article=True),
    Language("pl", "Польский", "Polish", "Polski", "🇵🇱", "pl", "pl"),
    Language("uk", "Украинский", "Ukrainian", "Українська", "🇺🇦", "uk", "uk"),
    Language("cs", "Чешский", "Czech", "Čeština", "🇨🇿", "cs", "cs"),
    Language("fi", "Финский", "Finnish", "Suomi", "🇫🇮", "fi", "fi"),
    Language("tr", "Турецкий", "Turkish", "Türkçe", "🇹🇷", "tr", "tr"),
    Language("ru", "Русский", "Russian", "Русский", "🇷🇺", "ru", "ru"),
    Language("sr", "Сербский", "Serbian", "Српски", "🇷🇸", "hbs", "sh"),
    Language("ka", "Грузинский", "Georgian", "ქართული", "🇬🇪", "ka", None),
    Language("ar", "Арабский", "Arabic", "العربية", "🇸🇦", "ar", "ar", rtl=True),
    Language("he", "Иврит", "Hebrew", "עברית", "🇮🇱", "he", "he", rtl=True),
    Language("zh", "Китайский", "Chinese", "中文", "🇨🇳", None, None),
    Language("ja", "Японский", "Japanese", "日本語", "🇯🇵", None, None),
    Language("ko", "Корейский", "Korean", "한국어", "🇰🇷", None, None),
)
LANGUAGES: Final = {language.code: language for language in _TABLE}


def is_at_least(level: str, floor: str) -> bool:
    """Say whether `level` is `floor` or higher; both must be in LEVELS."""
    return LEVELS.index(level) >= LEVELS.index(floor)


def next_level(level: str) -> str:
    """Return the level above `level`; the highest is its own next."""
    return LEVELS[min(LEVELS.index(level) + 1, len(LEVELS) - 1)]


def levels_path(current: str, target: str) -> str:
    """Return from where to where, for people; one level when it is both."""
    return current if current == target else f"{current} → {target}"


def in_display_order(native_language: str) -> list[Language]:
    """Return the languages other than the native one: popular ones first, the rest by their name in it."""
    popular = [LANGUAGES[code] for code in POPULAR]
    others = sorted((each for each in _TABLE if each.code not in POPULAR), key=lambda each: each.name(native_language))
    return [each for each in popular + others if each.code != native_language]
