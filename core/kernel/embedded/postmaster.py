"""What a running PostgreSQL says about itself in the file ``postmaster.pid`` of its data folder."""

from dataclasses import dataclass
from pathlib import Path
from socket import AF_UNIX, SOCK_STREAM
from socket import socket as Socket

PORT = 5432
LINES = 8


@dataclass(frozen=True)
class Postmaster:
    """The server's own word: its number, its socket's folder, and ``starting``, ``ready`` or ``stopping``."""

    pid: int
    socket_folder: Path
    status: str

    def listens(self) -> bool:
        """Whether somebody answers; the file alone outlives a killed server."""
        with Socket(AF_UNIX, SOCK_STREAM) as knock:
            return knock.connect_ex(str(self.socket)) == 0

    @property
    def socket(self) -> Path:
        """Where it listens."""
        return self.socket_folder / f".s.PGSQL.{PORT}"


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


def forget_if_stale(data: Path, found: Postmaster) -> None:
    """Remove the files when the number is another program's now, or a dead one's that nobody has collected.

    PostgreSQL would take either for itself and not start. Whether backends of a dead server still use the
    data is not decided here: PostgreSQL sees that from its shared memory, and refuses.
    """
    status = Path("/proc") / str(found.pid) / "status"
    if not status.exists():
        return
    said = dict(line.split(":\t", 1) for line in status.read_text().splitlines() if ":\t" in line)
    if said["Name"] != "postgres" or said["State"].startswith("Z"):
        _file(data).unlink()
        found.socket.with_name(f"{found.socket.name}.lock").unlink(missing_ok=True)


def _file(data: Path) -> Path:
    return data / "postmaster.pid"
