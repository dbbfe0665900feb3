"""Databases for tests: one server, one migrated template, a clone for each test process."""

import atexit
import os
import shutil
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from uuid import uuid4

from sqlalchemy import make_url

from core.documents.seals.authority import make_authority
from core.kernel.database_roles import create_database, create_roles, drop_database
from core.kernel.row_security import OWNER, PLATFORM, ROLES, WEB, WORKER
from core.kernel.settings import Settings

PASSWORD = "for-tests-only"  # noqa: S105  a throw-away server


@dataclass
class TestServer:
    """A PostgreSQL server for one test run: embedded, or the one that ``TEST_ADMIN_URL`` names."""

    __test__ = False

    admin_url: str
    _held: ExitStack = field(default_factory=ExitStack)
    _made: list[str] = field(default_factory=list)

    @classmethod
    def start(cls) -> "TestServer":
        """Start the embedded server in a temporary folder, or use the named one."""
        held = ExitStack()
        url = os.environ.get("TEST_ADMIN_URL", "")
        if not url:
            from core.kernel import embedded  # noqa: PLC0415  not installed where a server is named

            folder = held.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
            url = held.enter_context(embedded.start(Path(folder) / "postgres", durable=False)).url
        url = url.replace("postgresql://", "postgresql+psycopg://", 1)
        create_roles(url, dict.fromkeys(ROLES, PASSWORD))
        return cls(url, held)

    def new_database(self, template: str | None = None) -> str:
        """Make a database of its own name, empty or as a clone."""
        name = f"fotfeste_test_{uuid4().hex[:12]}"
        create_database(self.admin_url, name, template=template)
        self._made.append(name)
        return name

    def stop(self) -> None:
        """Drop what was made and stop the server."""
        for name in reversed(self._made):
            drop_database(self.admin_url, name)
        self._held.close()


@cache
def seal_file() -> Path:
    """A development certificate to seal with, made once for each test process."""
    folder = Path(tempfile.mkdtemp(prefix="seal-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    file = folder / "seal.p12"
    file.write_bytes(make_authority(PASSWORD))
    return file


def role_url(admin_url: str, role: str, database: str) -> str:
    """The address of a test database for one of the roles."""
    url = make_url(admin_url).set(username=role, password=PASSWORD, database=database)
    return url.render_as_string(hide_password=False)


def settings_for(
    admin_url: str, database: str, *, door: str = "web", public_url: str = "http://localhost"
) -> Settings:
    """Development settings for a test database."""
    return Settings(
        environment="development",
        secret_key="a-secret-for-tests-of-32-characters",  # noqa: S106
        database_url=role_url(admin_url, WEB, database),
        database_url_worker=role_url(admin_url, WORKER, database),
        database_url_platform=role_url(admin_url, PLATFORM, database),
        database_url_owner=role_url(admin_url, OWNER, database),
        public_url=public_url,
        door=door,
        seal_certificate=str(seal_file()),
        seal_password=PASSWORD,
    )
