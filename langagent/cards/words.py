"""Words in what a learner types; pure."""

import re
from typing import Final

_QUOTED_OR_BARE: Final = re.compile(r"[\"«“„]([^\"»”“«]+)[\"»”“]|(\S+)")
_QUOTES: Final = "\"'«»“”„ "
_STOPS: Final = ",;"

_REQUESTS: Final = (
    re.compile(
        r"(?:пожалуйста,? )?добав(?:ь|ьте|ить) (?:мне )?(?:(?:слов[оа]|фраз[уы]) )?(.+?)"
        r" (?:в|к) (?:мои |мою )?(?:карточк[иу]|карточкам|колоду)[.!]?",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:please,? )?add (?:(?:the )?(?:words?|phrases?) )?(.+?) to (?:my )?(?:flash ?)?cards?[.!]?",
        re.IGNORECASE,
    ),
)


def words_of(argument: str) -> list[str]:
    """Return the words of a command's argument; quotes keep phrases together."""
    found = (quoted or bare.strip(_STOPS) for quoted, bare in _QUOTED_OR_BARE.findall(argument))
    return [word for word in (unquoted(each) for each in found) if word]


def requested_words(text: str) -> list[str]:
    """Return the words of "add … to cards", in Russian or English; nothing for any other text."""
    line = " ".join(text.split())
    for request in _REQUESTS:
        if found := request.fullmatch(line):
            return [word for word in (unquoted(each) for each in re.split("[,;]", found[1])) if word]
    return []


def unquoted(text: str) -> str:
    """Return the text without the quotes and spaces around it."""
    return text.strip(_QUOTES)
