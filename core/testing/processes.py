"""Real processes of the product for tests that kill them: web and worker, each in its own process group."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener, urlopen

from core.kernel.settings import Settings

PATIENCE = 60.0
PAUSE = 0.05
WEB = (
    "-m",
    "gunicorn",
    "--worker-class=gthread",
    "--threads=4",
    "--log-level=warning",
    "--no-control-socket",
)
WORKER = """
import asyncio
from core.app import create_app
from core.kernel import worker
from core.kernel.settings import Settings
worker.STALLED_AFTER_SECONDS = {stalled}
settings = Settings.from_environ(door="worker")
asyncio.run(worker.work(worker.make_worker(create_app(settings), settings.database_url_worker)))
"""


def until(met: Callable[[], object], what: str) -> None:
    """Wait for another process; raises AssertionError naming what never came."""
    deadline = time.monotonic() + PATIENCE
    while not met():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {PATIENCE:.0f} seconds in vain: {what}")
        time.sleep(PAUSE)


def environment(settings: Settings) -> dict[str, str]:
    """The variables of a process with these settings."""
    return os.environ | {
        "FOTFESTE_ENV": settings.environment,
        "SECRET_KEY": settings.secret_key,
        "ENCRYPTION_KEYS": settings.encryption_keys,
        "DATABASE_URL": settings.database_url,
        "DATABASE_URL_WORKER": settings.database_url_worker,
        "DATABASE_URL_PLATFORM": settings.database_url_platform,
        "DATABASE_URL_OWNER": settings.database_url_owner,
        "PUBLIC_URL": settings.public_url,
        "MAIL_URL": settings.mail_url,
    }


class Process:
    """A process with its children."""

    def __init__(self, settings: Settings, *command: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, *command],
            env=environment(settings),
            start_new_session=True,
        )

    def kill(self) -> None:
        """SIGKILL to it and its children: nothing can be finished or tidied up."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


@contextmanager
def web(settings: Settings) -> Iterator[tuple[Process, str]]:
    """A web process with its address; killed at the end if it still lives."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    process = Process(settings, *WEB, f"--bind={address}", "core.app:create_app()")
    try:
        until(lambda: _answers(f"http://{address}/health/live"), "the web process answers")
        yield process, f"http://{address}"
    finally:
        process.kill()


@contextmanager
def worker(settings: Settings, *, stalled_after: float = 20.0) -> Iterator[Process]:
    """A worker process, which takes up the jobs of others that gave no sign for `stalled_after` seconds."""
    process = Process(settings, "-c", WORKER.format(stalled=stalled_after))
    try:
        yield process
    finally:
        process.kill()


def _answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=5) as answer:  # noqa: S310  our own address
            return bool(answer.status == 200)  # noqa: PLR2004
    except (URLError, OSError):
        return False


class Visitor:
    """A browser without JavaScript that keeps its cookies and sends back the hidden fields of forms."""

    def __init__(self) -> None:
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, url: str) -> str:
        """A page. Raises URLError when the process is gone."""
        return self._open(url)

    def submit(self, url: str, **fields: str) -> str:
        """The page's form with the same address, filled in; gives the page that follows."""
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', self.get(url)))
        return self._open(url, urlencode(hidden | fields).encode())

    def _open(self, url: str, body: bytes | None = None) -> str:
        try:
            with self._opener.open(url, body, timeout=PATIENCE) as answer:
                return str(answer.read().decode())
        except HTTPError as error:
            return str(error.read().decode())
