"""Ask the product whether it is ready: ``python -m core.running.health``, as the container does."""

import sys
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException

from core.running.places import port


def is_ready() -> bool:
    """Whether ``/health/ready`` of this machine says yes; no answer is a no."""
    connection = HTTPConnection("127.0.0.1", port(), timeout=5)
    try:
        connection.request("GET", "/health/ready", headers={"Host": f"localhost:{port()}"})
        return connection.getresponse().status == HTTPStatus.OK
    except (HTTPException, OSError):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(0 if is_ready() else 1)
