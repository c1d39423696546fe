"""What goes into an image, and what cannot. The built image is tried on the testbed."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "Dockerfile").read_text()
IGNORED = (ROOT / ".dockerignore").read_text().splitlines()


def test_only_what_is_named_reaches_the_build() -> None:
    rules = [line for line in IGNORED if line and not line.startswith("#")]
    assert rules[0] == "*"
    assert {rule for rule in rules if rule.startswith("!")} == {
        "!pyproject.toml",
        "!README.md",
        "!requirements.lock",
        "!requirements-dev.lock",
        "!langagent",
        "!cli",
        "!ops",
        "!migrations",
        "!web",
    }


@pytest.mark.parametrize("rule", ["**/.env*", "web/node_modules", "web/dist", "web/e2e"])
def test_what_lies_within_and_is_not_wanted_is_left_out(rule: str) -> None:
    assert rule in IGNORED


def test_one_uv_installs_everywhere() -> None:
    here = re.search(r"^ARG UV=(.+)$", TEXT, re.MULTILINE)
    in_development = re.search(r"^UV := (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert here
    assert in_development
    assert here[1] == in_development[1]


def test_packages_are_those_of_the_lock() -> None:
    installs = [line for line in TEXT.splitlines() if re.search(r"uv pip (sync|install)", line)]
    assert len(installs) == 3
    assert sum("--require-hashes" in line for line in installs) == 2  # the third is the product itself


def test_commands_get_signals() -> None:
    assert re.findall(r"^(?:CMD|ENTRYPOINT) (.)", TEXT, re.MULTILINE) == ["[", "["]


def test_forwarding_headers_are_the_product_s_to_judge() -> None:
    assert '"--no-proxy-headers"' in TEXT


def test_connections_outlive_the_proxy_s_wish_to_keep_them() -> None:
    ours = re.search(r'"--timeout-keep-alive", "(\d+)"', TEXT)
    proxy = (ROOT / "ops/nginx/files/nginx.conf").read_text()
    theirs = re.search(r"keepalive 64;.*?keepalive_timeout (\d+)s;", proxy, re.DOTALL)
    assert ours
    assert theirs
    assert int(ours[1]) > int(theirs[1])
