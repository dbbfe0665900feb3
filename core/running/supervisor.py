"""The product on one machine: database, web and worker, started together and stopped together."""

import time
from collections.abc import Mapping
from typing import Protocol

from core.kernel import embedded
from core.kernel.database_roles import create_database, create_roles
from core.running import local
from core.running.children import Children, do, own_environment, told_to_stop
from core.running.health import is_ready
from core.running.places import DATABASE, port
from core.running.troubles import Trouble, need_port

READY_WITHIN = 90.0
PAUSE = 0.2
WEB = (
    "gunicorn",
    "--worker-class=gthread",
    "--workers=2",
    "--threads=8",
    "--preload",
    "--graceful-timeout=5",
    "--log-level=warning",
    "--no-control-socket",
)


class Living(Protocol):
    """Something that may die by itself."""

    def alive(self) -> bool:
        """Whether it still runs."""


def serve() -> None:
    """Start everything, say where it is, and stay until told to stop. Raises Trouble when something ends."""
    need_port(port())
    heard = told_to_stop()
    with embedded.start(DATABASE) as server:
        try:
            environment = prepare(server.url)
        except Trouble:
            if heard:
                return
            raise
        with Children(environment) as children:
            _start(children)
            watch(children, server, heard)


def start_over() -> None:
    """Forget the database, and make it anew with its demo data."""
    embedded.discard(DATABASE)
    with embedded.start(DATABASE) as server:
        prepare(server.url)
    print("The demo data are as on the first day. Start the product:  make run")


def prepare(admin_url: str) -> Mapping[str, str]:
    """Make roles, database, tables and demo data where they are missing; the environment for processes."""
    secrets = local.settings()
    create_roles(admin_url, secrets.passwords)
    create_database(admin_url, local.DATABASE_NAME)
    environment = own_environment(local.environment(secrets, admin_url))
    if do(environment, "core.running.data"):
        raise Trouble("The tables or the demo data could not be prepared; the reason stands above.")
    return environment


def _start(children: Children) -> None:
    children.start("web", *WEB, f"--bind=127.0.0.1:{port()}", "core.app:create_app()")
    children.start("worker", "flask", "jobs", "work", FOTFESTE_DOOR="worker")


def watch(children: Children, server: Living, heard: list[int]) -> None:
    """Say once that the product is ready, and return when told to stop. Raises Trouble when a part ends."""
    deadline = time.monotonic() + READY_WITHIN
    ready = False
    while not heard:
        ended = children.ended() or (None if server.alive() else "the database")
        if ended:
            raise Trouble(f"A part of the product ended by itself: {ended}. The others were stopped.")
        if not ready and is_ready():
            ready = True
            print(f"\nFotfeste is ready:  http://localhost:{port()}\nStop it with Ctrl-C.", flush=True)
        if not ready and time.monotonic() > deadline:
            raise Trouble(f"The product did not get ready within {READY_WITHIN:.0f} seconds.")
        time.sleep(PAUSE)
