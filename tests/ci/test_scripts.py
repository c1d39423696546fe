"""`.ci/image` and `.ci/deploy`, before a Docker that notes what it is told."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DIGEST = f"sha256:{'ab' * 32}"
SECRETS = {"SSH_PRIVATE_KEY": "planted-key", "GHCR_TOKEN": "planted-token", "CI_TELEGRAM_BOT_TOKEN": "planted-bot"}
DOCKER = f"""#!/bin/sh
echo "$@" >>"$NOTES"
case "$*" in *"image inspect"*) echo "registry.test/tutor@{DIGEST}";; esac
"""


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    docker = tmp_path / "bin" / "docker"
    docker.parent.mkdir()
    docker.write_text(DOCKER)
    docker.chmod(0o755)
    return tmp_path / "notes"


def _run(notes: Path, script: str, *arguments: str, **variables: str) -> str:
    path = f"{notes.parent / 'bin'}:{os.environ['PATH']}"
    env = {"PATH": path, "NOTES": str(notes), **variables}
    done = subprocess.run([ROOT / script, *arguments], env=env, capture_output=True, text=True, timeout=30, check=True)
    return done.stdout


@pytest.mark.parametrize(
    ("branch", "tags"), [("main", {"abc", "main", "latest"}), ("feature/x y", {"abc", "feature-x-y"})]
)
def test_both_images_get_every_tag(notes: Path, branch: str, tags: set[str]) -> None:
    assert _run(notes, ".ci/image", "registry.test/tutor", "abc", branch).split() == [f"digest={DIGEST}"]
    pushed = [line.split()[-1] for line in notes.read_text().splitlines() if line.startswith("push")]
    assert set(pushed) == {f"registry.test/tutor:{tag}{suffix}" for tag in tags for suffix in ("", "-ops")}


def test_the_image_knows_its_revision(notes: Path) -> None:
    _run(notes, ".ci/image", "registry.test/tutor", "abc", "main")
    builds = [line for line in notes.read_text().splitlines() if line.startswith("build")]
    assert len(builds) == 2
    assert all("--build-arg REVISION=abc" in line for line in builds)


def test_a_deploy_goes_by_digest_with_the_image_s_own_command(notes: Path) -> None:
    _run(notes, ".ci/deploy", "registry.test/tutor", "abc", DIGEST, SERVER_FINGERPRINT="SHA256:x", **SECRETS)
    trust, deploy = notes.read_text().splitlines()
    assert trust.endswith(f"registry.test/tutor@{DIGEST} langagent server trust")
    assert deploy.endswith(f"registry.test/tutor@{DIGEST} langagent deploy abc@{DIGEST} --image registry.test/tutor")


def test_secrets_are_handed_on_by_name(notes: Path) -> None:
    _run(notes, ".ci/deploy", "registry.test/tutor", "abc", DIGEST, **SECRETS)
    (deploy,) = notes.read_text().splitlines()
    assert [name for name in SECRETS if f"--env={name}" not in deploy.split()] == []
    assert "planted" not in deploy
