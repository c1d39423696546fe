"""The embedded Redis: its data, its bounds, its refusals."""

from pathlib import Path

import pytest
import redis

from ops.embedded.redis import EmbeddedRedis
from ops.errors import LockedError, PreflightError


def client(server: EmbeddedRedis) -> redis.Redis:
    return redis.Redis.from_url(server.url, decode_responses=True)


def test_keys_survive_a_restart_under_a_long_path_with_spaces(tmp_path: Path) -> None:
    folder = tmp_path / "a folder with spaces" / ("long " * 30) / "redis"
    with EmbeddedRedis(folder) as server, client(server) as connection:
        connection.set("kept", "yes")
    assert not server.is_alive
    with EmbeddedRedis(folder) as server, client(server) as connection:
        assert connection.get("kept") == "yes"


def test_memory_is_bounded_and_old_keys_give_way(redis_server: EmbeddedRedis) -> None:
    with client(redis_server) as connection:
        bounds = connection.config_get("maxmemory*")
    assert (bounds["maxmemory"], bounds["maxmemory-policy"]) == (str(64 * 1024**2), "allkeys-lru")


def test_a_second_instance_is_refused_at_once_even_in_the_same_process(redis_server: EmbeddedRedis) -> None:
    with pytest.raises(LockedError, match="redis folder"):
        EmbeddedRedis(redis_server.data.path).start()
    with client(redis_server) as connection:
        assert connection.ping()


def test_a_folder_of_postgres_is_refused(tmp_path: Path) -> None:
    (tmp_path / "langagent-postgres.lock").touch()
    with pytest.raises(PreflightError, match="not made by langagent for redis"):
        EmbeddedRedis(tmp_path).start()
