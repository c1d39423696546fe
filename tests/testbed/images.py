"""Images of the product: two that work, and those that fail in one way each."""

import json
import shutil
import subprocess
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from tests.testbed import acme
from tests.testbed.bed import PROJECT, REGISTRY_HERE, REGISTRY_THERE, SESSION, Bed

NAME = f"langagent/testbed-{SESSION}"
THERE = f"{REGISTRY_THERE}/{NAME}"
_APPENDED = "COPY {0}.txt /tmp/\nRUN cat /tmp/{0}.txt >>/app/langagent/app.py"
_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"
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

    def tear(self, tag: str) -> None:
        """Overwrite a version's own layer in the registry: as many bytes, and not those that its digest promises."""
        url = f"http://{REGISTRY_HERE}/v2/{NAME}/manifests/{tag}"
        with urllib.request.urlopen(urllib.request.Request(url, headers={"Accept": _MANIFEST}), timeout=10) as answer:
            layer = json.load(answer)["layers"][-1]
        found = f"$(find / -path '*/blobs/sha256/*/{layer['digest'].partition(':')[2]}/data' 2>/dev/null)"
        self.bed.inside("registry", "sh", "-c", f'head -c {layer["size"]} /dev/zero >"{found}"')


def prepare(bed: Bed, context: Path) -> Images:
    """Start the ACME server, build the base and lay out what versions are made with."""
    acme.start(bed, context)
    for source in Path(__file__).with_name("images").glob("*.txt"):
        shutil.copy(source, context)
    images = Images(bed, context)
    images.base()
    return images


def copy_project(folder: Path) -> None:
    """Copy the files of the project as they lie here."""
    for name in subprocess.check_output(["git", "ls-files", "-z"], cwd=PROJECT, text=True).split("\0"):
        if name and (PROJECT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(PROJECT / name, folder / name)


def remove() -> None:
    """Remove the session's images from the engine here, by their names: other sessions have names for the same."""
    for name in (NAME, f"{REGISTRY_HERE}/{NAME}"):
        listed = ["docker", "images", "--format", "{{.Repository}}:{{.Tag}}", name]
        names = subprocess.run(listed, capture_output=True, text=True, check=True).stdout.split()
        if names:
            subprocess.run(["docker", "rmi", *names], capture_output=True, check=False)


def _docker(*arguments: str) -> None:
    subprocess.run(["docker", *arguments], check=True, capture_output=True)
