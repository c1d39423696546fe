"""Built clients, and sites of every kind."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from uuid import uuid4

import pytest

from benchmarks.backup.s3 import make_bucket, moto
from ops.web.bucket import Bucket, BucketSite
from ops.web.site import FolderSite, Site

Build = Callable[..., Path]


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Builds a client: its index page names its assets, given as name and content."""

    def run(assets: Mapping[str, str]) -> Path:
        folder = tmp_path / uuid4().hex
        (folder / "assets").mkdir(parents=True)
        (folder / "index.html").write_text(" ".join(assets))
        for name, content in assets.items():
            (folder / "assets" / name).write_text(content)
        return folder

    return run


@pytest.fixture(scope="session")
def moto_url() -> Iterator[str]:
    with moto() as url:
        yield url


@pytest.fixture
def bucket(moto_url: str) -> Bucket:
    made = make_bucket(moto_url, f"site-{uuid4().hex}")
    return Bucket(
        name=made.name, prefix="client/", endpoint=moto_url, access_key=made.access_key, secret_key=made.secret_key
    )


@pytest.fixture(params=["folder", "bucket"])
def site(request: pytest.FixtureRequest) -> Site:
    if request.param == "folder":
        return FolderSite(request.getfixturevalue("tmp_path") / "site")
    return BucketSite(request.getfixturevalue("bucket"))
