"""Words in what a learner types."""

import pytest

from langagent.cards.words import requested_words, words_of


@pytest.mark.parametrize(
    ("argument", "words"),
    [
        ("", []),
        ("sol", ["sol"]),
        ("sol, luna; mar", ["sol", "luna", "mar"]),
        ('sol "el pan" «la luz» “buenos días”', ["sol", "el pan", "la luz", "buenos días"]),
        ('"" " " sol', ["sol"]),
        ('"el pan', ["el", "pan"]),
        ("l'eau", ["l'eau"]),
        ("a\nb", ["a", "b"]),
    ],
)
def test_quotes_keep_phrases_together(argument: str, words: list[str]) -> None:
    assert words_of(argument) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("add el pan to cards", ["el pan"]),
        ("Add the words sol, la luz to my flashcards!", ["sol", "la luz"]),
        ("please add “to be” to cards", ["to be"]),
        ("Добавь el pan в карточки", ["el pan"]),
        ("пожалуйста, добавьте слова sol; luna в мои карточки.", ["sol", "luna"]),
        ("add to cards", []),
        ("How do I add words to cards?", []),
        ("добавь соли", []),
        ("", []),
    ],
)
def test_requests_in_a_sentence(text: str, words: list[str]) -> None:
    assert requested_words(text) == words
