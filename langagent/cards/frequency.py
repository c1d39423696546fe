"""How often words are used, by the lists of wordfreq, which are read one at a time, on first use."""

import asyncio
from collections.abc import Sequence
from threading import Lock
from typing import Final

from langagent.accounts.languages import LANGUAGES

# The small lists hold what comes at least once in a million words (zipf 3). The large ones reach zipf 1 and would take
# a hundred megabytes for one language, in every process.
_LIST: Final = "small"
_one_at_a_time = Lock()


def zipf_of(lemma: str, language: str) -> float | None:
    """Return how often `lemma` is used: the decimal logarithm of its number in a billion words.

    A phrase is rarer than its rarest word. None says that the lists do not have the word, or the language.
    The first word of a language takes a second: call `zipf_values` from the event loop.
    Source: Marc Brysbaert's Zipf scale, as wordfreq computes it.
    """
    code = LANGUAGES[language].frequency
    if code is None:
        return None
    from wordfreq import zipf_frequency

    with _one_at_a_time:
        return zipf_frequency(lemma, code, wordlist=_LIST) or None


async def zipf_values(lemmas: Sequence[str], language: str) -> list[float | None]:
    """Return `zipf_of` each lemma, in order, worked out beside the event loop."""
    return await asyncio.to_thread(lambda: [zipf_of(lemma, language) for lemma in lemmas])
