"""What the product stores, the commands find: both know objects by the same names, and drafts by the same ending."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from langagent.core.clock import system_clock
from langagent.media.folder import FolderStorage
from langagent.media.links import Links
from langagent.media.s3 import S3Storage
from langagent.media.storage import Storage
from langagent.settings import Secret, Settings
from ops.backups.stores.base import Store
from ops.backups.stores.folder import FolderStore
from ops.media.config import MediaConfig, open_stores
from ops.media.verify import verify
from tests.ops.backups.conftest import empty_bucket
from tests.ops.media.conftest import Told, stored


@pytest.fixture(params=["local", "s3"])
def settings(request: pytest.FixtureRequest, tmp_path: Path, moto_url: str) -> Settings:
    bucket = empty_bucket(moto_url)
    return Settings(
        secret_key=Secret("k" * 32),
        media_backend=request.param,
        media_root=str(tmp_path),
        s3_bucket=bucket.name if request.param == "s3" else "",
        s3_endpoint=moto_url,
        s3_access_key=Secret(bucket.access_key),
        s3_secret_key=bucket.secret_key,
    )


@pytest.fixture
def product(settings: Settings) -> Storage:
    if settings.media_backend == "s3":
        return S3Storage(settings)
    return FolderStorage(Path(settings.media_root), Links(settings, system_clock))


@pytest.fixture
def commands(settings: Settings) -> Store:
    [store] = open_stores(MediaConfig(settings))
    return store


async def content() -> AsyncIterator[bytes]:
    yield b"some content"


async def test_what_the_product_stores_is_whole(product: Storage, commands: Store, told: Told) -> None:
    stored = await product.put(content())
    report = verify(commands, None, told)
    assert (report.whole, report.bytes, report.is_good) == (1, stored.bytes, True)


async def test_what_the_commands_bring_back_the_product_has(product: Storage, commands: Store) -> None:
    [name] = stored(commands, 1)
    assert await product.exists(name)


async def test_a_draft_of_either_is_none_to_the_other(tmp_path: Path) -> None:
    commands = FolderStore(tmp_path)
    product = FolderStorage(tmp_path, Links(Settings(), system_clock))
    dead = commands.sink("a" * 64)
    dead.write(b"half")
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    assert [page async for page in product.names(tomorrow)] == []
    await product.tidy(tomorrow)
    assert commands.unfinished("") == []
    dead.abort()

    async def watched() -> AsyncIterator[bytes]:
        yield b"half"
        assert commands.objects("") == []
        assert len(commands.unfinished("")) == 1

    await product.put(watched())
    assert len(commands.objects("")) == 1
