"""Expand and contract: what the rule refuses, and what it lets pass."""

import pytest

from tests.lint.__main__ import ROOT
from tests.lint.migrations import contractions, examine_migrations


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("drop table cards;", "drops"),
        ("alter table cards drop column note;", "drops"),
        ("DROP VIEW readable_cards;", "drops"),
        ("alter table cards rename column note to remark;", "renames"),
        ("alter table cards rename to notes;", "renames"),
        ("alter table cards alter column note type text;", "changes the type"),
        ("alter table cards alter note set data type text;", "changes the type"),
        ("alter table cards alter column note set not null;", "demands a value"),
        ("alter table cards add column note text not null;", "leave out"),
        ("alter table cards\n    add note text not null,\n    add rank int not null default 0;", "leave out"),
    ],
)
def test_refused(sql: str, told: str) -> None:
    [breach] = contractions(f"-- Why.\n{sql}")
    assert told in breach.message
    assert breach.line in (2, 3)


@pytest.mark.parametrize(
    "sql",
    [
        "create table cards (id uuid primary key, note text not null);",
        "alter table cards add column note text;",
        "alter table cards add column note text not null default '';",
        "alter table cards add column kind text not null generated always as ('x') stored;",
        "alter table cards add constraint note_fk foreign key (note) references notes;",
        "drop index cards_note_idx;",
        "-- drop table cards, one day\nselect 1;",
    ],
)
def test_let_pass(sql: str) -> None:
    assert list(contractions(f"-- Why.\n{sql}")) == []


def test_a_contract_may_take_away_what_it_says_it_does() -> None:
    assert list(contractions("-- Why.\n-- contract: floor 0009\ndrop table cards;")) == []


def test_the_product_s_own() -> None:
    assert examine_migrations(ROOT / "migrations") == []
