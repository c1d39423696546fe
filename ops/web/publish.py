"""Publish a built client: assets before pages, those of earlier releases kept for the pages that are still open."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ops.errors import ConfigurationError
from ops.events import Event
from ops.web.site import Site

ASSETS: Final = "assets"
LEDGER: Final = "published.json"
RELEASES_KEPT: Final = 3  # the one that serves and the two before it
FOR_EVER: Final = "public, max-age=31536000, immutable"
NEVER: Final = "no-cache"


@dataclass(frozen=True, slots=True)
class Published:
    """What a run changed."""

    uploaded: list[str]
    removed: list[str]


def publish(built: Path, site: Site, tell: Callable[[Event], None]) -> Published:
    """Put a built client on a site; repeating it changes nothing, a killed run is taken up.

    Raises:
        ConfigurationError: the folder holds no built client.
        SiteError: the site refused a file; pages that were published before go on working.
    """
    pages, assets = _files(built)
    there = site.sizes(ASSETS)
    new = [asset for asset in assets if there.get(asset) != (built / asset).stat().st_size]
    tell(Event("publish", f"Publishing {len(new)} of {len(assets)} assets to {site.name}"))
    for asset in new:
        site.put(asset, (built / asset).read_bytes(), cache=FOR_EVER)
    releases = _with(_releases(site) or [sorted(there)], assets)
    site.put(LEDGER, json.dumps(releases).encode(), cache=NEVER)
    changed = [page for page in pages if site.read(page) != (built / page).read_bytes()]
    for page in changed:
        site.put(page, (built / page).read_bytes(), cache=NEVER)
    if changed:
        site.refresh(["", *changed])
    wanted = {asset for release in releases for asset in release}
    removed = sorted(there.keys() - wanted)
    for asset in removed:
        site.delete(asset)
    return Published([*new, *changed], removed)


def _files(built: Path) -> tuple[list[str], list[str]]:
    if not (built / "index.html").is_file():
        raise ConfigurationError(
            f"{built} holds no built client: there is no index.html in it.",
            state="Nothing was published.",
            next_command="langagent web build",
        )
    pages = sorted(path.name for path in built.iterdir() if path.is_file())
    assets = sorted(path.relative_to(built).as_posix() for path in (built / ASSETS).iterdir() if path.is_file())
    return sorted(pages, key=lambda page: page == "index.html"), assets


def _releases(site: Site) -> list[list[str]]:
    """The assets of the last releases, the newest first; nothing when there is no list, or none that can be read."""
    return list(_valid(site.read(LEDGER) or b"[]"))


def _valid(text: bytes) -> Iterator[list[str]]:
    try:
        found = json.loads(text)
    except ValueError:
        return
    for release in found if isinstance(found, list) else ():
        if isinstance(release, list) and all(isinstance(asset, str) for asset in release):
            yield release


def _with(releases: Sequence[list[str]], assets: list[str]) -> list[list[str]]:
    return [assets, *(release for release in releases if release != assets)][:RELEASES_KEPT]
