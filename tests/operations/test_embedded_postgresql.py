"""The embedded PostgreSQL: held by one process, found again after a kill, at home in any folder."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from core.kernel import embedded
from core.kernel.embedded import postmaster

HOLD = """
import sys, time
from pathlib import Path
from core.kernel import embedded
server = embedded.start(Path(sys.argv[1]), durable=False)
print(server.pid, flush=True)
time.sleep(600)
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("embedded") / "postgres"


@pytest.fixture
def killed_holder(data: Path) -> int:
    """The number of a server whose holder got SIGKILL."""
    holder = subprocess.Popen([sys.executable, "-c", HOLD, data], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    server = int(holder.stdout.readline())
    with pytest.raises(embedded.InUseError, match="in use by another process"):
        embedded.start(data)
    holder.kill()
    holder.communicate()
    return server


def is_listening(data: Path) -> bool:
    found = postmaster.read(data)
    return found is not None and found.listens()


def answer(server: embedded.EmbeddedServer, question: str) -> object:
    with psycopg.connect(server.url.replace("+psycopg", "")) as connection:
        *_, last = connection.execute(question).results()
        row = last.fetchone()
    assert row is not None
    return row[0]


def test_it_keeps_its_data_and_knows_nordic_letters(data: Path) -> None:
    with embedded.start(data, durable=False) as server:
        assert answer(server, "SELECT lower('ÆØÅ')") == "æøå"
        assert answer(server, "SHOW server_encoding") == "UTF8"
        answer(server, "CREATE TABLE kept AS SELECT 'ja' AS word; SELECT 1")
    with embedded.start(data, durable=False) as server:
        assert answer(server, "SELECT word FROM kept") == "ja"
    assert not server.alive()


def test_a_server_whose_holder_was_killed_is_found_again(data: Path, killed_holder: int) -> None:
    with embedded.start(data, durable=False) as server:
        assert server.pid == killed_holder
        assert server.alive()
        assert answer(server, "SELECT 1") == 1
    assert not server.alive()


def test_a_killed_server_is_started_anew(data: Path, killed_holder: int) -> None:
    os.kill(killed_holder, signal.SIGKILL)
    while is_listening(data):
        os.sched_yield()
    with embedded.start(data, durable=False) as server:
        assert server.pid != killed_holder
        assert answer(server, "SELECT 1") == 1


def test_only_the_holder_stops_it(data: Path) -> None:
    with embedded.start(data, durable=False) as server:
        child = os.fork()
        if child == 0:
            server.stop()
            os._exit(0)
        os.waitpid(child, 0)
        assert answer(server, "SELECT 1") == 1


def test_a_deep_folder_with_a_strange_name_is_no_obstacle(tmp_path: Path) -> None:
    folder = tmp_path / "a folder, with ø" / ("deep" * 30) / "postgres"
    with embedded.start(folder, durable=False) as server:
        assert answer(server, "SELECT 1") == 1
        assert str(folder) not in server.url


def test_another_version_of_postgresql_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "postgres"
    folder.mkdir()
    (folder / "PG_VERSION").write_text("9\n")
    with pytest.raises(embedded.EmbeddedError, match="made by PostgreSQL 9"):
        embedded.start(folder)
