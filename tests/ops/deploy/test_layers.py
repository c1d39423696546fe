"""An image archive without what the other engine has."""

import io
import sys
import tarfile
from pathlib import Path

import pytest

from ops.deploy.layers import Layers, archive, superfluous
from ops.errors import HostError


@pytest.mark.parametrize(
    ("ours", "theirs", "spared"),
    [
        ([("a", "b", "c")], [], set[str]()),
        ([("a", "b", "c")], [("a", "b", "x")], {"a", "b"}),
        ([("a", "b", "c")], [("b", "c")], set[str]()),
        ([("a", "b"), ("a", "b", "c")], [("a", "b")], {"a", "b"}),
        ([("a", "b"), ("c", "b")], [("a", "b")], {"a"}),
    ],
    ids=["nothing there", "common ground", "other ground", "two images", "needed by the other image"],
)
def test_what_need_not_be_sent(ours: list[Layers], theirs: list[Layers], spared: set[str]) -> None:
    assert superfluous(ours, theirs) == spared


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """An archive as `docker save` writes it: two blobs and a list of them."""
    file = tmp_path / "saved.tar"
    with tarfile.open(file, "w") as written:
        folder = tarfile.TarInfo("blobs/sha256")
        folder.type = tarfile.DIRTYPE
        written.addfile(folder)
        for name, content in (("blobs/sha256/aaa", b"A" * 700), ("blobs/sha256/bbb", b"B"), ("manifest.json", b"[]")):
            member = tarfile.TarInfo(name)
            member.size = len(content)
            written.addfile(member, io.BytesIO(content))
    return file


def test_the_rest_is_whole(saved: Path) -> None:
    data = b"".join(archive(["cat", str(saved)], {"sha256:bbb"}))
    with tarfile.open(fileobj=io.BytesIO(data)) as read:
        assert read.getnames() == ["blobs/sha256", "blobs/sha256/aaa", "manifest.json"]
        content = read.extractfile("blobs/sha256/aaa")
        assert content is not None
        assert content.read() == b"A" * 700


def test_a_command_that_fails_leaves_no_whole_archive(saved: Path) -> None:
    script = f"import sys; sys.stdout.buffer.write(open({str(saved)!r}, 'rb').read()); sys.exit(3)"
    with pytest.raises(HostError, match="exit code 3"):
        list(archive([sys.executable, "-c", script], set()))
