"""`python -m ops.docker.healthcheck [PORT [PATH]]`: exit 0 when a server in this container says that it is well."""

import http.client
import sys

TIMEOUT_SECONDS = 4.0


def is_well(port: int, path: str) -> bool:
    """Say whether 127.0.0.1 answers with a 200."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_SECONDS)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    port, path = [*sys.argv[1:], *("8000", "/health/ready")[len(sys.argv) - 1 :]]
    sys.exit(not is_well(int(port), path))
