"""What can go wrong on somebody's machine, and what that person can do about it."""

import errno
import shutil
import socket
from pathlib import Path

GIGABYTE = 1024**3
LAST_LINES = 12
NO_SPACE = ("No space left on device", "ENOSPC")
NO_NETWORK = (
    "Connection refused",
    "ConnectTimeout",
    "EAI_AGAIN",
    "ECONNREFUSED",
    "ENOTFOUND",
    "ETIMEDOUT",
    "Failed to establish a new connection",
    "Name or service not known",
    "NameResolutionError",
    "Network is unreachable",
    "Temporary failure in name resolution",
)


class Trouble(Exception):  # noqa: N818  a person's word: it is printed as it is, without a traceback
    """A sentence that says what is wrong and what to do."""


def disk_full(folder: Path) -> Trouble:
    """The trouble of a disk without room for ``folder``."""
    free = shutil.disk_usage(folder).free / GIGABYTE
    return Trouble(f"The disk of {folder} is full ({free:.1f} GB free). Make room and run the same again.")


def need_space(folder: Path, gigabytes: float) -> None:
    """Raise Trouble unless the disk of ``folder`` has so much room."""
    free = shutil.disk_usage(folder).free / GIGABYTE
    if free < gigabytes:
        raise Trouble(
            f"The disk of {folder} has {free:.1f} GB free, and set-up needs {gigabytes:.1f} GB. "
            "Make room and run the same again."
        )


def need_port(port: int) -> None:
    """Raise Trouble when another program listens on the port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except PermissionError:
            raise Trouble(f"Port {port} needs more rights than you have. Choose one above 1023.") from None
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            raise Trouble(
                f"Port {port} is taken by another program, perhaps another 'make run'. "
                f"Stop that one, or choose another port:  make run PORT={port + 1}"
            ) from None


def explain(what: str, output: str, folder: Path) -> Trouble:
    """The trouble behind the output of a program that failed at ``what``."""
    if any(sign in output for sign in NO_SPACE):
        return disk_full(folder)
    lines = output.strip().splitlines()
    if any(sign in output for sign in NO_NETWORK):
        return Trouble(
            f"{what} did not work: the package registry cannot be reached. Check the network (or the proxy "
            f"and the index of pip and npm) and run the same again. The last word was:\n\n{lines[-1]}"
        )
    said = "\n".join(lines[-LAST_LINES:])
    return Trouble(f"{what} did not work. What the program said last:\n\n{said}")
