"""The harness itself: tests do not see each other's rows, and nothing leaves this machine."""

import socket

import psycopg
import pytest
import redis
from pytest_socket import SocketConnectBlockedError

INSERT = "insert into users (telegram_id, first_name) values (1, 'Ada')"


@pytest.mark.parametrize("attempt", [1, 2])
def test_rows_of_one_test_are_gone_in_the_next(database_url: str, attempt: int) -> None:
    with psycopg.connect(database_url) as connection:
        assert connection.execute("select count(*) from users").fetchone() == (0,)
        connection.execute(INSERT)


@pytest.mark.parametrize("attempt", [1, 2])
def test_keys_of_one_test_are_gone_in_the_next(redis_url: str, attempt: int) -> None:
    with redis.Redis.from_url(redis_url) as client:
        assert client.dbsize() == 0
        client.set("seen", attempt)


def test_the_schema_version_survives_cleaning(database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        assert connection.execute("select count(*) from schema_state").fetchone() == (1,)


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
def test_other_machines_cannot_be_reached() -> None:
    with socket.socket() as client, pytest.raises(SocketConnectBlockedError):
        client.connect(("192.0.2.1", 80))
