"""What buttons carry after their verb; people's clients may send anything."""

from uuid import UUID

from langagent.core.chat.context import Chat
from langagent.core.errors import AppError, ErrorCode


def word_at(chat: Chat, position: int) -> str:
    """Raises: AppError CONFLICT when the button carries less."""
    if position >= len(chat.arguments):
        raise _unknown()
    return chat.arguments[position]


def id_at(chat: Chat, position: int) -> UUID:
    """Raises: AppError CONFLICT when there is no id."""
    try:
        return UUID(hex=word_at(chat, position))
    except ValueError:
        raise _unknown() from None


def number_at(chat: Chat, position: int) -> int:
    """Raises: AppError CONFLICT when there is no number of at most nine digits."""
    word = word_at(chat, position)
    if not (word.isascii() and word.isdecimal() and len(word) <= 9):
        raise _unknown()
    return int(word)


def _unknown() -> AppError:
    return AppError(ErrorCode.CONFLICT, message="errors.unknown_button")
