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
    return StringConstraints(min_length=minimum, max_length=maximum)


Word = Annotated[str, _Line, _sized(1, WORD_MAX), _Visible]
Translation = Annotated[str, _Line, _sized(1, 200), _Visible]
Example = Annotated[str, _Lines, _sized(0, 500), _Visible]
Context = Annotated[str, _Lines, _sized(0, 500), _Visible]
Notes = Annotated[str, _Lines, _sized(0, 1000), _Visible]
Transcription = Annotated[str, _Line, _sized(0, 200), _Visible]
Tag = Annotated[str, _Line, _sized(1, 50), _Visible]
Tags = Annotated[tuple[Tag, ...], Field(max_length=20)]
DeckName = Annotated[str, _Line, _sized(1, 100), _Visible]
Description = Annotated[str, _Lines, _sized(0, 500), _Visible]
Search = Annotated[str, _Line, _sized(1, 200), _Visible]
