"""How often words are used, by the lists that ship with wordfreq."""

import pytest

from langagent.accounts.languages import LANGUAGES
from langagent.cards.frequency import zipf_of, zipf_values


@pytest.mark.parametrize("code", [code for code, language in LANGUAGES.items() if language.frequency])
def test_every_language_with_a_list_has_its_most_common_words(code: str) -> None:
    from wordfreq import top_n_list

    (common,) = top_n_list(LANGUAGES[code].frequency, 1, wordlist="small")
    found = zipf_of(common, code)
    assert found is not None
    assert found > 6


def test_a_phrase_is_rarer_than_its_words() -> None:
    phrase, *words = [zipf_of(lemma, "es") or 0 for lemma in ("buenas noches", "noches", "buenas")]
    assert 0 < phrase < min(words)


@pytest.mark.parametrize(("lemma", "language"), [("zzyzx", "es"), ("", "es"), ("房子", "zh"), ("სახლი", "ka")])
def test_what_the_lists_do_not_know_has_none(lemma: str, language: str) -> None:
    assert zipf_of(lemma, language) is None


async def test_many_lemmas_keep_their_order() -> None:
    assert await zipf_values(["zzyzx", "casa"], "es") == [None, zipf_of("casa", "es")]
