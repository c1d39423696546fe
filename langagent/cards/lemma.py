"""Base forms of single words by simplemma, whose dictionaries are read one at a time, on first use."""

import asyncio
from collections.abc import Sequence
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

from langagent.accounts.languages import LANGUAGES
from langagent.cards.text import normalise, shows_base_form, strip_article

if TYPE_CHECKING:
    from simplemma.strategies import DefaultStrategy

_one_at_a_time = Lock()


def lemma_of(word: str, language: str) -> str:
    """Return the base form of `word` without its article.

    Phrases, words of languages without a dictionary and words that no rule knows come back as they are.
    The first word of a language takes up to two seconds: call `lemmas_of` from the event loop.
    """
    text = normalise(word)
    bare = strip_article(text, language)
    code = LANGUAGES[language].lemmatizer
    if code is None or " " in bare or shows_base_form(text, language):
        return bare
    with _one_at_a_time:
        return _strategy().get_lemma(bare, code) or bare


async def lemmas_of(words: Sequence[str], language: str) -> list[str]:
    """Return the base form of each word, in order, worked out beside the event loop."""
    return await asyncio.to_thread(lambda: [lemma_of(word, language) for word in words])


@cache
def _strategy() -> "DefaultStrategy":
    from simplemma.strategies import DefaultStrategy

    return DefaultStrategy(low_memory=True)
