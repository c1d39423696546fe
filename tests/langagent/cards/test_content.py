"""Content without a model: what it knows, and how it says what it does not."""

import pytest

from langagent.cards.content import ContentProvider, Described, Learning, Lemma, OfflineContent, Unknown

RUSSIAN = Learning("es", "ru", "A1")
ENGLISH = Learning("es", "en", "A1")


@pytest.fixture
def offline() -> ContentProvider:
    return OfflineContent()


@pytest.mark.parametrize(
    ("word", "lemma", "display"),
    [
        ("casa", "casa", "la casa"),
        ("la casa", "casa", "la casa"),
        ("una casa", "casa", "la casa"),
        ("las casas", "casa", "la casa"),
        ("  EL   agua ", "agua", "el agua"),
        ("bebo", "beber", "beber"),
        ("hay", "haber", "hay"),
        ("haber", "haber", "hay"),
        ("Buenos Días", "buenos días", "buenos días"),
        ("mañana", "mañana", "mañana"),
    ],
)
async def test_a_word_of_the_starter_deck_is_shown_as_there(
    offline: ContentProvider, word: str, lemma: str, display: str
) -> None:
    (found,) = await offline.lemmas([word], RUSSIAN)
    assert (found.lemma, found.display) == (lemma, display)


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("mariposas", "mariposa"),
        ("la amiga", "amiga"),
        ("la mañana", "mañana"),
        ("la tarde", "tarde"),
        ("me gusta", "me gusta"),
    ],
)
async def test_another_word_is_shown_as_given_and_described_as_unknown(
    offline: ContentProvider, word: str, lemma: str
) -> None:
    lemmas = await offline.lemmas([word], RUSSIAN)
    assert lemmas == [Lemma(word, lemma, word)]
    assert await offline.describe(lemmas, RUSSIAN) == [Unknown(word, "tutor_unavailable")]


async def test_a_known_word_is_described_in_the_native_language(offline: ContentProvider) -> None:
    lemmas = await offline.lemmas(["agua"], ENGLISH)
    assert await offline.describe(lemmas, ENGLISH) == [
        Described(
            word="el agua",
            lemma="agua",
            translation="water",
            translation_language="en",
            example="El agua está muy fría.",
            example_translation="The water is very cold.",
            notes="Feminine, but takes “el” in the singular: el agua fría, las aguas.",
            part_of_speech="noun",
            gender="f",
            transcription="el ˈaɡwa",
        )
    ]
    (russian,) = await offline.describe(lemmas, RUSSIAN)
    assert isinstance(russian, Described)
    assert (russian.translation, russian.translation_language) == ("вода", "ru")


async def test_every_word_is_answered_in_order(offline: ContentProvider) -> None:
    words = ["perro", "mariposa", "gato", "perro"]
    lemmas = await offline.lemmas(words, RUSSIAN)
    answers = await offline.describe(lemmas, RUSSIAN)
    assert [each.word for each in lemmas] == words
    assert [each.word for each in answers] == ["el perro", "mariposa", "el gato", "el perro"]
    assert [type(each) for each in answers] == [Described, Unknown, Described, Described]


async def test_a_language_without_a_starter_deck_still_has_lemmas(offline: ContentProvider) -> None:
    german = Learning("de", "ru", "A1")
    lemmas = await offline.lemmas(["Häuser"], german)
    assert lemmas == [Lemma("Häuser", "Haus", "Häuser")]
    assert await offline.describe(lemmas, german) == [Unknown("Häuser", "tutor_unavailable")]


async def test_no_words_ask_for_nothing(offline: ContentProvider) -> None:
    assert await offline.lemmas([], RUSSIAN) == []
    assert await offline.describe([], RUSSIAN) == []
