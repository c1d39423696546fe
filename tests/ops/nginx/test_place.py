"""The proxy's folder for a run by hand."""

from pathlib import Path

from langagent.settings import Settings
from ops.hosts.local import LocalHost
from ops.nginx.place import place, proxy_of
from ops.nginx.render import Proxy, upstream


def test_the_folder_is_whole(tmp_path: Path) -> None:
    place(LocalHost(), str(tmp_path), Proxy())
    assert (tmp_path / "nginx.conf").exists()
    assert (tmp_path / "pages/unavailable.html").exists()
    assert (tmp_path / "upstream.conf").read_text() == upstream("backend-blue")


def test_the_backend_that_serves_goes_on_serving(tmp_path: Path) -> None:
    (tmp_path / "upstream.conf").write_text(upstream("backend-green"))
    place(LocalHost(), str(tmp_path), Proxy())
    assert (tmp_path / "upstream.conf").read_text() == upstream("backend-green")


def test_the_settings_choose_the_limits() -> None:
    environ = {"PROXY_REQUESTS_PER_SECOND": "7", "PROXY_TRUSTS": "192.0.2.0/24"}
    assert proxy_of(Settings.of_group("server", environ)) == Proxy(rate=7, trusted=("192.0.2.0/24",))
