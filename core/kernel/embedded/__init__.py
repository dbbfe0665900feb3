"""PostgreSQL from a wheel, for a laptop and for tests: one process holds it, everybody else gets a URL.

The holder is known by a lock that the operating system releases when it dies, however it dies. A server
whose holder was killed keeps running; the next holder finds it again and takes it over. PostgreSQL refuses
to run as root, so for root it runs as an account without rights. Production never imports this package.
"""

from core.kernel.embedded.errors import EmbeddedError, InUseError
from core.kernel.embedded.server import EmbeddedServer, discard, start

__all__ = ["EmbeddedError", "EmbeddedServer", "InUseError", "discard", "start"]
