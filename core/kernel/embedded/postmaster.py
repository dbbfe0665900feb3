"""What a running PostgreSQL says about itself in the file ``postmaster.pid`` of its data folder."""

import socket as sockets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

PORT = 5432
LINES = 8
PROCESSES = Path("/proc")


@dataclass(frozen=True)
class Postmaster:
    """The server's own word: its number, its socket's folder, and ``starting``, ``ready`` or ``stopping``."""

    pid: int
    socket_folder: Path
    status: str

    @property
    def socket(self) -> Path:
        """Where it listens."""
        return self.socket_folder / f".s.PGSQL.{PORT}"

    @property
    def admin_url(self) -> str:
        """The administrator's address."""
        return admin_url(self.socket_folder)

    def listens(self) -> bool:
        """Whether somebody answers; the file alone outlives a killed server."""
        with sockets.socket(sockets.AF_UNIX, sockets.SOCK_STREAM) as knock:
            return knock.connect_ex(str(self.socket)) == 0

    def lives(self) -> bool:
        """Whether its number still is a PostgreSQL's: not another program's, nor a dead one's uncollected."""
        try:
            lines = (PROCESSES / str(self.pid) / "status").read_text().splitlines()
        except (FileNotFoundError, ProcessLookupError):
            return False
        said = dict(line.split(":\t", 1) for line in lines if ":\t" in line)
        return said["Name"] == "postgres" and said["State"][0] not in "ZX"


def admin_url(socket_folder: Path) -> str:
    """The address of the administrator of the server whose socket lies in a folder."""
    return f"postgresql+psycopg://postgres@/postgres?host={quote(str(socket_folder), safe='/')}"


def read(data: Path) -> Postmaster | None:
    """Read the lines pid, folder, start, port, socket folder, host, shared memory, status.

    None when there is no file, or when the server is still writing it.
    """
    try:
        lines = _file(data).read_text().splitlines()
    except FileNotFoundError:
        return None
    if len(lines) < LINES:
        return None
    return Postmaster(int(lines[0]), Path(lines[4].strip()), lines[7].strip())


def forget(data: Path, dead: Postmaster) -> None:
    """Remove the files of a server that no longer lives: PostgreSQL may take its number for another server.

    Whether backends of the dead server still use the data is not decided here: PostgreSQL sees that from its
    shared memory, and refuses. Where processes cannot be looked at, the files stay and PostgreSQL decides.
    """
    if PROCESSES.is_dir():
        _file(data).unlink(missing_ok=True)
        dead.socket.with_name(f"{dead.socket.name}.lock").unlink(missing_ok=True)


def _file(data: Path) -> Path:
    return data / "postmaster.pid"
