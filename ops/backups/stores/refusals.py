"""What mends a bucket that refuses, by the code of its answer."""

from typing import Final

DOCTOR: Final = "langagent backup doctor"
_RIGHTS: Final = (
    "allow the key s3:ListBucket and s3:ListBucketMultipartUploads on {bucket}, and s3:GetObject, s3:PutObject and "
    "s3:AbortMultipartUpload on its objects; s3:DeleteObject only if it shall prune"
)
_KEY: Final = "compare the access key and the secret key with those of the bucket's provider"
_REGION: Final = "set the region and the endpoint that the provider names for {bucket}"
_CLOCK: Final = "timedatectl set-ntp true"
_NO_BUCKET: Final = "aws s3api create-bucket --bucket {bucket}{endpoint}, or name another one"
_MENDS: Final = {
    "AccessDenied": _RIGHTS,
    "403": _RIGHTS,  # an answer to HEAD has no words
    "NoSuchBucket": _NO_BUCKET,
    "404": _NO_BUCKET,
    "InvalidAccessKeyId": _KEY,
    "SignatureDoesNotMatch": _KEY,
    "AuthorizationHeaderMalformed": _REGION,
    "PermanentRedirect": _REGION,
    "RequestTimeTooSkewed": _CLOCK,
}


def mend(code: str, bucket: str, endpoint: str) -> str:
    """Return the next command, or what to change; the doctor's, where the code does not tell."""
    return _MENDS.get(code, DOCTOR).format(bucket=bucket, endpoint=f" --endpoint-url {endpoint}" if endpoint else "")
