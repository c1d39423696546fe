"""Cursors: opaque, signed, good for their own list only."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langagent.core.errors import AppError
from langagent.core.http.pagination import Cursors
from langagent.settings import Secret

CURSORS = Cursors(Secret("k" * 32))


@given(st.lists(st.text(max_size=50), max_size=4))
def test_a_cursor_gives_its_values_back(values: list[str]) -> None:
    assert CURSORS.decode("cards", CURSORS.encode("cards", values)) == values


@given(st.binary(max_size=80))
def test_anything_else_is_refused(raw: bytes) -> None:
    with pytest.raises(AppError):
        CURSORS.decode("cards", base64.urlsafe_b64encode(raw).decode())


def test_a_cursor_of_another_list_is_refused() -> None:
    with pytest.raises(AppError):
        CURSORS.decode("cards", CURSORS.encode("messages", ["1"]))


def test_every_changed_bit_is_noticed() -> None:
    raw = base64.urlsafe_b64decode(CURSORS.encode("cards", ["2026-01-01"]) + "==")
    for position in range(len(raw)):
        changed = bytearray(raw)
        changed[position] ^= 1
        with pytest.raises(AppError):
            CURSORS.decode("cards", base64.urlsafe_b64encode(bytes(changed)).decode())


def test_a_page_says_whether_there_is_more() -> None:
    page = CURSORS.page("cards", [1, 2, 3], 2, lambda row: [row])
    assert (page.data, page.pagination.has_more) == ([1, 2], True)
    assert CURSORS.decode("cards", page.pagination.next_cursor or "") == ["2"]
    assert CURSORS.page("cards", [1, 2], 2, lambda row: [row]).pagination.next_cursor is None
