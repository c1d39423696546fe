"""Cards as messages in Telegram's HTML."""

from html import escape

from langagent.cards.models import CardAnswer


def card_text(card: CardAnswer) -> str:
    """Both sides of a card, with all that helps to remember it."""
    head = f"<b>{_safe(card.word)}</b>"
    if card.transcription:
        head += f" [{_safe(card.transcription)}]"
    parts = [f"{head}\n{_safe(card.translation)}"]
    if card.example:
        parts.append(f"{_safe(card.example)}\n<i>{_safe(card.example_translation)}</i>")
    if card.notes:
        parts.append(f"💡 {_safe(card.notes)}")
    return "\n\n".join(parts)


def side_text(card: CardAnswer, *, is_native: bool) -> str:
    """One side alone: the word, or its translation, with its example."""
    word, example = (card.translation, card.example_translation) if is_native else (card.word, card.example)
    return f"<b>{_safe(word)}</b>" + (f"\n\n<i>{_safe(example)}</i>" if example else "")


def _safe(text: str) -> str:
    return escape(text, quote=False)
