"""Deep links: the documented vector, every verb, and what is none."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langagent.core.chat.deep_links import DeepLink, decode_id, encode_id, link_to, read_link

ID = UUID("0f8fad5b-d9cb-469f-a165-70867728950e")
CODE = "0TMXp8QPR6yGvKuV2GZQ10"


def test_the_documented_vector() -> None:
    assert encode_id(ID) == CODE
    assert decode_id(CODE) == ID


@given(st.uuids(allow_nil=True))
def test_every_id_comes_back(id_: UUID) -> None:
    assert decode_id(encode_id(id_)) == id_
    assert len(link_to("notification", id_).payload) <= 64


@pytest.mark.parametrize(
    ("payload", "link"),
    [
        ("home", DeepLink("home")),
        ("add-card", DeepLink("add-card")),
        (f"card-{CODE}", DeepLink("card", CODE)),
        (f"materials-{CODE}", DeepLink("materials", CODE)),
        ("invite-abc-DEF_1", DeepLink("invite", "abc-DEF_1")),
        ("promo-SUMMER", DeepLink("promo", "SUMMER")),
    ],
)
def test_links_are_read_and_written_alike(payload: str, link: DeepLink) -> None:
    assert read_link(payload) == link
    assert link.payload == payload


@pytest.mark.parametrize(
    "payload",
    ["", "unknown", "card", "card-", f"card-{CODE}0", f"card-{'z' * 22}", "home-1", "invite-", "a b", "x" * 65, "дом"],
)
def test_what_is_no_link(payload: str) -> None:
    assert read_link(payload) is None
