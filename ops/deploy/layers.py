"""An image archive without the layers that the receiving engine has already.

`docker load` opens the file of a layer only if no image of the engine stands on the same layers up to it
(moby, daemon/internal/image/tarexport/load.go); blobs of layers are named after their uncompressed digest, as
`RootFS.Layers` lists them. An engine with containerd's image store wants every blob, and is sent every blob.
"""

import subprocess
import tarfile
from collections.abc import Collection, Iterator, Sequence
from pathlib import PurePosixPath

from ops.errors import HostError

BLOCK = 512
CHUNK = 1 << 20

Layers = tuple[str, ...]


def superfluous(ours: Collection[Layers], theirs: Collection[Layers]) -> set[str]:
    """Return the digests of layers that need not be sent: at the bottom of an image here and of one there."""
    there = {image[:height] for image in theirs for height in range(1, len(image) + 1)}
    sent: set[str] = set()
    spared: set[str] = set()
    for image in ours:
        for height, layer in enumerate(image, 1):
            (spared if image[:height] in there else sent).add(layer)
    return spared - sent


def archive(argv: Sequence[str], spared: Collection[str]) -> Iterator[bytes]:
    """Yield the archive that a command writes, without the blobs of some digests.

    Raises:
        HostError: the command failed; what was yielded is no whole archive.
    """
    names = {digest.partition(":")[2] for digest in spared}
    with subprocess.Popen(argv, stdout=subprocess.PIPE) as process:  # noqa: S603 - an argv list of ours
        with tarfile.open(fileobj=process.stdout, mode="r|") as incoming:
            for member in incoming:
                if PurePosixPath(member.name).name not in names:
                    yield from _member(incoming, member)
        yield bytes(2 * BLOCK)
        if process.wait():
            raise HostError(f"`{' '.join(argv[:3])}` failed on this machine with exit code {process.returncode}.")


def _member(incoming: tarfile.TarFile, member: tarfile.TarInfo) -> Iterator[bytes]:
    yield member.tobuf()
    content = incoming.extractfile(member) if member.isreg() else None
    if content:
        while chunk := content.read(CHUNK):
            yield chunk
        yield bytes(-member.size % BLOCK)
