"""The bucket's own: headers, invalidation, refusals."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import boto3  # type: ignore[import-untyped]
import pytest

from ops.errors import ConfigurationError
from ops.web.bucket import Bucket, BucketSite
from ops.web.publish import publish
from ops.web.site import FolderSite, SiteError
from ops.web.target import find_site
from tests.ops.web.conftest import Build


def _client(bucket: Bucket, service: str) -> Any:
    return boto3.session.Session().client(
        service,
        endpoint_url=bucket.endpoint,
        region_name=bucket.region,
        aws_access_key_id=bucket.access_key,
        aws_secret_access_key=bucket.secret_key.reveal(),
    )


def _head(bucket: Bucket, path: str) -> Mapping[str, str]:
    answer = _client(bucket, "s3").head_object(Bucket=bucket.name, Key=bucket.prefix + path)
    return {"cache": answer["CacheControl"], "type": answer["ContentType"]}


def test_browsers_keep_assets_for_ever_and_ask_for_pages(bucket: Bucket, build: Build) -> None:
    publish(build({"app-1.js": "one", "app-1.css": "two"}), BucketSite(bucket), lambda event: None)
    assert _head(bucket, "assets/app-1.js") == {
        "cache": "public, max-age=31536000, immutable",
        "type": "text/javascript; charset=utf-8",
    }
    assert _head(bucket, "assets/app-1.css")["type"] == "text/css; charset=utf-8"
    assert _head(bucket, "index.html") == {"cache": "no-cache", "type": "text/html; charset=utf-8"}


def test_the_cdn_drops_its_pages(bucket: Bucket, build: Build) -> None:
    cdn = _client(bucket, "cloudfront")
    domain = f"{bucket.name}.s3.amazonaws.com"
    origin = {"Id": "o", "DomainName": domain, "S3OriginConfig": {"OriginAccessIdentity": ""}}
    behaviour = {"TargetOriginId": "o", "ViewerProtocolPolicy": "https-only"}
    made = cdn.create_distribution(
        DistributionConfig={
            "CallerReference": "1",
            "Comment": "",
            "Enabled": True,
            "Origins": {"Quantity": 1, "Items": [origin]},
            "DefaultCacheBehavior": behaviour,
        }
    )
    distribution = made["Distribution"]["Id"]
    site = BucketSite(replace(bucket, distribution=distribution))
    built = build({"app-1.js": "one"})
    publish(built, site, lambda event: None)
    publish(built, site, lambda event: None)
    dropped = cdn.list_invalidations(DistributionId=distribution)["InvalidationList"]["Items"]
    assert len(dropped) == 1
    batch = cdn.get_invalidation(DistributionId=distribution, Id=dropped[0]["Id"])["Invalidation"]["InvalidationBatch"]
    assert batch["Paths"]["Items"] == ["/client/", "/client/index.html"]


def test_a_bucket_out_of_reach_is_named(bucket: Bucket) -> None:
    with pytest.raises(SiteError, match="s3://nobody-s-bucket/client"):
        BucketSite(replace(bucket, name="nobody-s-bucket")).put("index.html", b"", cache="no-cache")


def test_a_folder_wins(tmp_path: Path) -> None:
    assert isinstance(find_site(tmp_path, tmp_path / ".env", {"WEB_S3_BUCKET": "b"}), FolderSite)


@pytest.mark.parametrize(
    ("environ", "said"),
    [({}, "nowhere to publish"), ({"WEB_S3_BUCKET": "b", "WEB_S3_ACCESS_KEY": "k"}, "WEB_S3_SECRET_KEY is not")],
)
def test_without_a_bucket_or_its_key_nothing_is_published(tmp_path: Path, environ: dict[str, str], said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        find_site(None, tmp_path / ".env", environ)


def test_the_settings_name_the_bucket(tmp_path: Path) -> None:
    environ = {"WEB_S3_BUCKET": "b", "WEB_S3_PREFIX": "p/", "WEB_S3_ACCESS_KEY": "k", "WEB_S3_SECRET_KEY": "s"}
    assert find_site(None, tmp_path / ".env", environ).name == "s3://b/p"
