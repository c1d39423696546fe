"""The texts of decks and cards as requests carry them: in NFC, trimmed, within the limits of their columns."""

import unicodedata
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from langagent.cards.text import normalise
from langagent.core.http.schemas import no_control_characters

WORD_MAX: Final = 100


def _one_line(value: Any) -> Any:
    return normalise(value) if isinstance(value, str) else value


def _composed(value: Any) -> Any:
    return unicodedata.normalize("NFC", value).strip() if isinstance(value, str) else value


_Line = BeforeValidator(_one_line)
_Lines = BeforeValidator(_composed)
_Visible = AfterValidator(no_control_characters)


def _sized(minimum: int, maximum: int) -> StringConstraints:
    """Comes before the validators, which wrap it: behind them pydantic would count items."""
    return StringConstraints(min_length=minimum, max_length=maximum)


Word = Annotated[str, _sized(1, WORD_MAX), _Line, _Visible]
Translation = Annotated[str, _sized(1, 200), _Line, _Visible]
Example = Annotated[str, _sized(0, 500), _Lines, _Visible]
Context = Annotated[str, _sized(0, 500), _Lines, _Visible]
Notes = Annotated[str, _sized(0, 1000), _Lines, _Visible]
Transcription = Annotated[str, _sized(0, 200), _Line, _Visible]
Tag = Annotated[str, _sized(1, 50), _Line, _Visible]
Tags = Annotated[tuple[Tag, ...], Field(max_length=20)]
DeckName = Annotated[str, _sized(1, 100), _Line, _Visible]
Description = Annotated[str, _sized(0, 500), _Lines, _Visible]
Search = Annotated[str, _sized(1, 200), _Line, _Visible]
