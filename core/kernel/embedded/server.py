"""The life of an embedded server: started or found again, held, stopped."""

import fcntl
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from core.kernel.embedded import creation, postmaster
from core.kernel.embedded.creation import Account
from core.kernel.embedded.errors import EmbeddedError, InUseError

MOST_CONNECTIONS = 200
PATIENCE = 60.0
# 104 bytes on macOS and 108 on Linux, less the names of the socket and of its lock file.
LONGEST_SOCKET_FOLDER = 80
# PostgreSQL and its client library read a comma as "or".
PLAIN_PATH = re.compile(r"[\w./+-]+", re.ASCII)
# Only for databases that may be lost with the machine.
FORGETFUL = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@dataclass
class EmbeddedServer:
    """A running server, held by this process; leave the ``with`` block or call ``stop()`` to end it.

    ``url`` is the administrator's, as ``postgresql+psycopg://postgres@/postgres?host=…``.
    """

    data: Path
    url: str
    pid: int
    _lock: IO[str]
    _socket_folder: Path
    _process: subprocess.Popen[bytes] | None
    _holder: int = field(default_factory=os.getpid)

    def alive(self) -> bool:
        """Whether the server still runs."""
        if self._process is not None:
            return self._process.poll() is None
        found = postmaster.read(self.data)
        return found is not None and found.pid == self.pid and found.listens()

    def stop(self) -> None:
        """End the server and let go of its folder; nothing happens in a process that does not hold it."""
        if self._lock.closed or os.getpid() != self._holder:
            return
        for how in (signal.SIGINT, signal.SIGQUIT):
            if self.alive():
                os.kill(self.pid, how)
                _wait_until(lambda: not self.alive(), PATIENCE / 2)
        if self._socket_folder != self.data:
            shutil.rmtree(self._socket_folder)
        self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def start(data: Path, *, durable: bool = True) -> EmbeddedServer:
    """Start the server of ``data``, or find the one that a killed holder left behind, and hold it.

    The folder is made when it is not there. ``durable=False`` trades safety for speed: only for tests.
    Raises InUseError while another process holds it, and EmbeddedError when it cannot run.
    """
    data = data.resolve()
    programs = creation.programs()
    data.parent.mkdir(parents=True, exist_ok=True)
    lock = _hold(data)
    try:
        return _start_held(data, programs, lock, durable=durable)
    except BaseException:
        lock.close()
        raise


def discard(data: Path) -> None:
    """Remove the data folder and all that is in it; a server that a killed holder left behind is stopped.

    Raises InUseError while another process holds it.
    """
    data = data.resolve()
    if not data.exists():
        return
    lock = _hold(data)
    found = _find(data)
    if found is not None:
        EmbeddedServer(data, found.admin_url, found.pid, lock, found.socket_folder, None).stop()
    shutil.rmtree(data)
    lock.close()


def _hold(data: Path) -> IO[str]:
    lock = data.with_name(f".{data.name}.lock").open("a")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise InUseError(
            f"The database in {data} is in use by another process. Stop that first (Ctrl-C where it runs)."
        ) from None
    return lock


def _start_held(data: Path, programs: Path, lock: IO[str], *, durable: bool) -> EmbeddedServer:
    account = creation.account_for(programs, data)
    if not (data / "PG_VERSION").exists():
        creation.create(data, programs, account)
    creation.check_version(data, programs)
    found = _find(data)
    if found is not None:
        return EmbeddedServer(data, found.admin_url, found.pid, lock, found.socket_folder, None)
    folder = _socket_folder(data, account)
    process = _launch(data, programs, folder, account, durable=durable)
    return EmbeddedServer(data, postmaster.admin_url(folder), process.pid, lock, folder, process)


def _find(data: Path) -> postmaster.Postmaster | None:
    """The server that already runs on the folder, once it is neither starting nor stopping."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found = postmaster.read(data)
        if found is None:
            return None
        if found.listens():
            if found.status == "ready":
                return found
        elif not found.lives():
            postmaster.forget(data, found)
            return None
        time.sleep(0.05)
    raise EmbeddedError(f"The database in {data} neither starts nor stops; see {_log_of(data)}")


def _socket_folder(data: Path, account: Account) -> Path:
    """The data folder itself, or a short one where its path is too long or too strange for a socket."""
    if len(os.fsencode(data)) <= LONGEST_SOCKET_FOLDER and PLAIN_PATH.fullmatch(str(data)):
        return data
    root = Path(tempfile.gettempdir())
    if len(os.fsencode(root)) > LONGEST_SOCKET_FOLDER // 2:
        root = Path("/tmp")  # noqa: S108  the folder made there is private
    folder = Path(tempfile.mkdtemp(prefix="fotfeste-", dir=root))
    creation.give(folder, account)
    return folder


def _launch(
    data: Path, programs: Path, socket_folder: Path, account: Account, *, durable: bool
) -> subprocess.Popen[bytes]:
    """Start the server in a session of its own, so that Ctrl-C reaches its holder and not the server."""
    with _log_of(data).open("wb") as log:
        process = subprocess.Popen(
            [programs / "postgres", *_options(data, socket_folder, durable=durable)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=data,
            env=creation.environment(),
            start_new_session=True,
            **account,
        )
    _wait_until(lambda: process.poll() is not None or _is_ready(data, process.pid), PATIENCE)
    if process.poll() is not None or not _is_ready(data, process.pid):
        process.kill()
        said = _log_of(data).read_text(errors="replace").strip().splitlines()[-5:]
        raise EmbeddedError(f"The database in {data} did not start:\n" + "\n".join(said))
    return process


def _options(data: Path, socket_folder: Path, *, durable: bool) -> list[str]:
    options = ["listen_addresses=", f"max_connections={MOST_CONNECTIONS}", "unix_socket_permissions=0700"]
    options += ["timezone=UTC", "log_timezone=UTC", *(() if durable else FORGETFUL)]
    places = ["-D", str(data), "-p", str(postmaster.PORT), "-k", str(socket_folder)]
    return [*places, *(part for option in options for part in ("-c", option))]


def _is_ready(data: Path, pid: int) -> bool:
    found = postmaster.read(data)
    return found is not None and found.pid == pid and found.status == "ready"


def _wait_until(done: Callable[[], bool], patience: float) -> None:
    deadline = time.monotonic() + patience
    while not done() and time.monotonic() < deadline:
        time.sleep(0.02)


def _log_of(data: Path) -> Path:
    return data / "server.log"
