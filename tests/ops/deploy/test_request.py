"""What may be asked for, and by whom."""

import pytest

from ops.deploy.request import Version, asked_version, parse_version, who
from ops.errors import ConfigurationError
from ops.releases.layout import Layout
from tests.ops.fake_host import FakeHost

DIGEST = "sha256:" + "a" * 64


@pytest.mark.parametrize(
    ("text", "version"),
    [("v1", Version("v1")), ("1.2.3-rc_1", Version("1.2.3-rc_1")), (f"abc1234@{DIGEST}", Version("abc1234", DIGEST))],
)
def test_versions(text: str, version: Version) -> None:
    assert parse_version(text) == version


@pytest.mark.parametrize("text", ["", "-v1", "v1 v2", "a/b", "v1@sha256:123", DIGEST, "v1;id", "ä"])
def test_what_is_no_version_is_refused(text: str) -> None:
    with pytest.raises(ConfigurationError, match="neither TAG nor TAG@sha256:DIGEST"):
        parse_version(text)


def test_references() -> None:
    version = Version("v1", DIGEST)
    assert version.reference("ghcr.io/me/tutor:old") == f"ghcr.io/me/tutor:v1@{DIGEST}"
    assert version.reference("ghcr.io/me/tutor", "-ops") == "ghcr.io/me/tutor:v1-ops"


@pytest.mark.parametrize(
    ("text", "build", "tag"), [("", False, "v7"), ("", True, "built"), ("v8", True, "v8"), ("v8", False, "v8")]
)
def test_the_version_if_none_is_named(text: str, build: bool, tag: str) -> None:
    host = FakeHost(files={"/var/app/.env": b"BACKEND_IMAGE_TAG=v7\n"})
    assert asked_version(text, host, Layout(), build=build) == Version(tag)


def test_who_asks() -> None:
    assert who({"GITHUB_ACTOR": "ann"}) == "ann (CI)"
    assert "@" in who({})
