"""`python -m benchmarks.backup.upload FILE URL`: what the plain script copies with, boto3 as it comes."""

import sys
from pathlib import Path

from benchmarks.backup.ours import BUCKET
from benchmarks.backup.s3 import bucket_at
from ops.backups.stores.s3 import S3Store


def main() -> None:
    file, url = Path(sys.argv[1]), sys.argv[2]
    S3Store(bucket_at(url, BUCKET)).client.upload_file(str(file), BUCKET, "script.sql.gz")
    print(file.stat().st_size)


if __name__ == "__main__":
    main()
