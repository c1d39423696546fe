"""The Compose file: what every container may and may not, and what fits a server of 4 GB."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

from langagent.settings import SETTINGS

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "docker-compose.yml").read_text()
DOCUMENT: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = DOCUMENT["services"]
LASTING = sorted(name for name, service in SERVICES.items() if service.get("restart") != "no")
PRODUCT = ("backend-blue", "backend-green", "worker")
SERVER_BYTES = 4 << 30
SYSTEM_BYTES = 300 << 20
OF_A_DEPLOY = {
    "BACKEND_BLUE_IMAGE",
    "BACKEND_GREEN_IMAGE",
    "WORKER_IMAGE",
    "SCHEDULE_IMAGE",
    "RELEASE_IMAGE",
    "SETTINGS_FILE",
}
OF_THE_MACHINE = {"NETWORK_PREFIX", "HTTP_PORT", "HTTPS_PORT"}


def _bytes(limit: str) -> int:
    return int(limit.removesuffix("m")) << 20


def _seconds(service: str) -> int:
    return int(SERVICES[service]["stop_grace_period"].removesuffix("s"))


@pytest.mark.parametrize("name", SERVICES)
def test_it_has_no_rights_that_it_does_not_use(name: str) -> None:
    service = SERVICES[name]
    assert service["cap_drop"] == ["ALL"]
    assert not {"cap_add", "privileged", "pid", "devices"} & service.keys()
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["read_only"] or name == "db"
    assert "docker.sock" not in str(service)
    assert service["pids_limit"]


@pytest.mark.parametrize("name", SERVICES)
def test_its_logs_and_its_memory_are_bounded(name: str) -> None:
    service = SERVICES[name]
    assert service["logging"]["options"] == {"max-size": "10m", "max-file": "5"}
    assert service["mem_limit"]


@pytest.mark.parametrize("name", LASTING)
def test_what_lasts_is_no_root_and_comes_back(name: str) -> None:
    service = SERVICES[name]
    assert service["user"] in ("10001:10001", "postgres", "redis")
    assert service["restart"] == "unless-stopped"


def test_only_the_proxy_publishes_ports() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]


def test_both_backends_and_all_else_fit_the_server() -> None:
    limits = [_bytes(SERVICES[name]["mem_limit"]) for name in LASTING]
    assert sum(limits) + SYSTEM_BYTES <= SERVER_BYTES


def test_requests_go_before_the_worker() -> None:
    assert [name for name, service in SERVICES.items() if service.get("cpu_shares", 1024) < 1024] == ["worker"]


def test_whoever_stops_has_the_time_that_it_takes() -> None:
    graceful = re.search(r'"--timeout-graceful-shutdown", "(\d+)"', (ROOT / "Dockerfile").read_text())
    assert graceful
    assert _seconds("backend-blue") == _seconds("backend-green") > int(graceful[1])
    assert _seconds("worker") > 25


@pytest.mark.parametrize("name", PRODUCT)
def test_what_answers_requests_knows_no_password_but_its_own(name: str) -> None:
    withheld = {key for key, value in SERVICES[name]["environment"].items() if value == ""}
    assert withheld >= {"POSTGRES_PASSWORD", "DATABASE_OWNER_URL", "RESTORE_DATABASE_URL", "BACKUP_DATABASE_URL"}
    assert withheld >= {"BACKUP_S3_ACCESS_KEY", "BACKUP_S3_SECRET_KEY", "WEB_S3_SECRET_KEY"}


def test_the_superuser_s_password_reaches_the_database_only() -> None:
    told = [name for name, service in SERVICES.items() if "env_file" in service]
    assert [name for name in told if SERVICES[name]["environment"].get("POSTGRES_PASSWORD") != ""] == []


def test_the_app_trusts_the_proxy_s_address() -> None:
    address = SERVICES["proxy"]["networks"]["internal"]["ipv4_address"]
    assert SERVICES["backend-blue"]["environment"]["TRUSTED_PROXIES"] == address
    for colour in ("backend-blue", "backend-green"):
        own = SERVICES[colour]["networks"]["internal"]["ipv4_address"]
        assert SERVICES["proxy"]["extra_hosts"][colour] == own


def test_addresses_that_are_given_out_are_not_the_fixed_ones() -> None:
    (pool,) = DOCUMENT["networks"]["internal"]["ipam"]["config"]
    assert pool["subnet"].endswith(".0/24")
    assert pool["ip_range"].endswith(".128/25")


def test_every_variable_is_a_setting() -> None:
    named = set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", TEXT))
    assert named - {setting.name for setting in SETTINGS} == OF_A_DEPLOY | OF_THE_MACHINE


def test_defaults_are_those_of_the_settings() -> None:
    defaults = {setting.name: setting.default for setting in SETTINGS if setting.group == "server"}
    given = dict(re.findall(r"\$\{(POSTGRES_[A-Z_]+|REDIS_MAXMEMORY|(?:DB|PROXY|REDIS)_IMAGE):-([^}]+)\}", TEXT))
    assert {name: str(defaults[name]) for name in given} == given
