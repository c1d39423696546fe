"""One order and one rule of keeping, for every kind of site."""

from pathlib import Path

import pytest

from ops.errors import ConfigurationError
from ops.events import Event
from ops.web.publish import LEDGER, RELEASES_KEPT, Published, publish
from ops.web.site import FolderSite, Site, SiteError
from tests.ops.web.conftest import Build


def _publish(built: Path, site: Site) -> Published:
    return publish(built, site, lambda event: None)


def test_everything_is_there(build: Build, site: Site) -> None:
    done = _publish(build({"app-1.js": "one", "app-1.css": "two"}), site)
    assert done.uploaded == ["assets/app-1.css", "assets/app-1.js", "index.html"]
    assert site.read("assets/app-1.js") == b"one"
    assert site.sizes("assets") == {"assets/app-1.css": 3, "assets/app-1.js": 3}


def test_again_changes_nothing(build: Build, site: Site) -> None:
    built = build({"app-1.js": "one"})
    _publish(built, site)
    assert _publish(built, site) == Published([], [])


def test_pages_still_open_find_the_parts_of_two_releases_before(build: Build, site: Site) -> None:
    for number in range(RELEASES_KEPT):
        assert _publish(build({f"app-{number}.js": "x", "shared.js": "same"}), site).removed == []
    assert _publish(build({"app-new.js": "x"}), site).removed == ["assets/app-0.js"]
    assert site.read("assets/app-1.js") == b"x"
    assert site.read("assets/shared.js") == b"same"


def test_going_back_keeps_what_it_goes_back_from(build: Build, site: Site) -> None:
    first, second = build({"app-1.js": "x"}), build({"app-2.js": "x"})
    for built in (first, second, first, second, first):
        assert _publish(built, site).removed == []


def test_what_was_there_before_the_first_list_counts_as_a_release(build: Build, site: Site) -> None:
    site.put("assets/by-hand.js", b"x", cache="no-cache")
    site.put(LEDGER, b'[["torn', cache="no-cache")
    assert _publish(build({"app-1.js": "x"}), site).removed == []


def test_a_half_written_asset_is_written_again(build: Build, site: Site) -> None:
    site.put("assets/app-1.js", b"o", cache="no-cache")
    assert "assets/app-1.js" in _publish(build({"app-1.js": "one"}), site).uploaded


def test_what_is_no_client_is_refused(tmp_path: Path, site: Site) -> None:
    with pytest.raises(ConfigurationError, match=r"no index\.html"):
        _publish(tmp_path, site)


def test_it_says_how_much_there_is_to_do(build: Build, site: Site) -> None:
    told: list[Event] = []
    publish(build({"app-1.js": "one"}), site, told.append)
    assert told[0].message == f"Publishing 1 of 1 assets to {site.name}"


class _Failing(FolderSite):
    """Refuses one path."""

    def __init__(self, root: Path, refused: str) -> None:
        super().__init__(root)
        self.refused = refused

    def put(self, path: str, content: bytes, *, cache: str) -> None:
        if path == self.refused:
            raise SiteError("refused")
        super().put(path, content, cache=cache)


@pytest.mark.parametrize("refused", ["assets/b.js", LEDGER, "index.html"])
def test_wherever_it_ends_the_old_pages_work(tmp_path: Path, build: Build, refused: str) -> None:
    old, new = build({"a.js": "old"}), build({"b.js": "new", "c.js": "new"})
    _publish(old, FolderSite(tmp_path / "site"))
    with pytest.raises(SiteError):
        _publish(new, _Failing(tmp_path / "site", refused))
    site = FolderSite(tmp_path / "site")
    assert (site.read("index.html"), site.read("assets/a.js")) == (b"a.js", b"old")
    _publish(new, site)
    assert (site.read("index.html"), site.read("assets/b.js")) == (b"b.js c.js", b"new")
