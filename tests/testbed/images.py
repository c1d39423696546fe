"""Images of the product: two that work, and those that fail in one way each."""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.testbed import acme
from tests.testbed.bed import PROJECT, REGISTRY_HERE, REGISTRY_THERE, SESSION, Bed

NAME = f"langagent/testbed-{SESSION}"
THERE = f"{REGISTRY_THERE}/{NAME}"
_APPENDED = "COPY {0}.txt /tmp/\nRUN cat /tmp/{0}.txt >>/app/langagent/app.py"
FAULTS = {
    "never": _APPENDED.format("never"),
    "flap": _APPENDED.format("flap"),
    "stubborn": _APPENDED.format("stubborn"),
    "waits": (
        "RUN printf 'alter table notifications add column testbed int;\\n' >/app/migrations/9001.waits.sql"
        " && printf 'alter table notifications drop column testbed;\\n' >/app/migrations/9001.waits.rollback.sql"
    ),
    "crash": "RUN echo 'raise SystemExit(\"planted: it crashes at start\")' >/app/langagent/app.py",
    "migration": (
        "RUN printf 'create table half_way (id int);\\nselect 1/0;\\n' >/app/migrations/9000.half.sql"
        " && printf 'drop table half_way;\\n' >/app/migrations/9000.half.rollback.sql"
    ),
}


@dataclass(frozen=True, slots=True)
class Images:
    """Builds and pushes; every version is a layer on one base, so that it is its own release in a second."""

    bed: Bed
    context: Path

    def base(self) -> None:
        """Build the project as it lies here."""
        for target, name in (("backend", f"{NAME}:base"), ("ops", f"{NAME}:base-ops")):
            version = ("--build-arg", "VERSION=0.1.0", "--build-arg", "REVISION=base")
            _docker("build", "--quiet", "--target", target, *version, "--tag", name, str(PROJECT))

    def version(self, tag: str, fault: str = "") -> None:
        """Push a version that works, or fails in the way of `FAULTS`."""
        for suffix in ("", "-ops"):
            lines = [f"FROM {NAME}:base{suffix}", "USER root", "COPY ca.pem /ca.pem", f"ENV RELEASE={tag}"]
            lines.append(f"RUN echo 'export {{}}' >/app/web/dist/assets/lazy-{tag}.js")
            file = self.context / f"Dockerfile.{tag}{suffix}"
            file.write_text("\n".join([*lines, FAULTS.get(fault, ""), "USER appuser", ""]))
            image = f"{REGISTRY_HERE}/{NAME}:{tag}{suffix}"
            _docker("build", "--quiet", "--file", str(file), "--tag", image, str(self.context))
            _docker("push", "--quiet", image)


def prepare(bed: Bed, context: Path) -> Images:
    """Start the ACME server, build the base and lay out what versions are made with."""
    acme.start(bed, context)
    for source in Path(__file__).with_name("images").glob("*.txt"):
        shutil.copy(source, context)
    images = Images(bed, context)
    images.base()
    return images


def remove() -> None:
    """Remove the session's images from the engine here."""
    for name in (NAME, f"{REGISTRY_HERE}/{NAME}"):
        found = subprocess.run(["docker", "images", "--quiet", name], capture_output=True, text=True, check=True)
        ids = list(dict.fromkeys(found.stdout.split()))
        if ids:
            subprocess.run(["docker", "rmi", "--force", *ids], capture_output=True, check=False)


def _docker(*arguments: str) -> None:
    subprocess.run(["docker", *arguments], check=True, capture_output=True)
