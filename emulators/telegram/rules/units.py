"""Lengths as Telegram counts them."""


def utf16_length(text: str) -> int:
    """Return the number of UTF-16 units: 2 for a character outside the basic plane, such as most emoji."""
    return len(text) + sum(character > "\uffff" for character in text)
