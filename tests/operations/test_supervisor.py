"""The product on one machine: secrets made once, processes that live and die together."""

import json
import os
import stat
import time
from pathlib import Path

import pytest
from sqlalchemy import make_url

from core.kernel.row_security import ROLES
from core.kernel.settings import Settings
from core.running import local, supervisor
from core.running.children import Children
from core.running.troubles import Trouble

ADMIN = "postgresql+psycopg://postgres@/postgres?host=/some%20where"


class Server:
    """Stands for the database where only its life matters."""

    def alive(self) -> bool:
        return True


def test_the_secrets_of_a_machine_are_made_once_and_only_for_its_owner(tmp_path: Path) -> None:
    file = tmp_path / "var" / "settings.json"
    made = local.settings(file)
    assert local.settings(file) == made
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len({made.secret_key, *made.passwords.values()}) == 1 + len(ROLES)
    assert set(json.loads(file.read_text())["passwords"]) == set(ROLES)


def test_a_machine_from_before_there_were_keys_gets_one_and_keeps_the_rest(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    made = local.settings(file)
    kept = {name: value for name, value in json.loads(file.read_text()).items() if name != "encryption_keys"}
    file.write_text(json.dumps(kept))
    renewed = local.settings(file)
    assert (renewed.secret_key, renewed.passwords) == (made.secret_key, made.passwords)
    assert renewed == local.settings(file)
    assert renewed.encryption_keys not in {"", made.encryption_keys}


def test_the_environment_makes_valid_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "8123")
    made = local.settings(tmp_path / "settings.json")
    settings = Settings.from_environ(local.environment(made, ADMIN, tmp_path / "seal.p12"))
    assert settings.development
    assert settings.public_url == "http://localhost:8123"
    assert settings.encryption_keys == made.encryption_keys
    url = make_url(settings.database_url_worker)
    assert (url.username, url.database, url.query["host"]) == (
        "fotfeste_worker",
        "fotfeste",
        "/some where",
    )
    assert url.password == made.passwords["fotfeste_worker"]


def test_processes_are_ended_together() -> None:
    with Children(os.environ) as children:
        children.start("web", "http.server", "--bind", "127.0.0.1", "0")
        children.start("worker", "http.server", "--bind", "127.0.0.1", "0")
        processes = list(children.running.values())
        assert children.ended() is None
    assert all(process.returncode is not None for process in processes)


def test_a_process_that_ends_by_itself_is_named_and_the_others_are_stopped() -> None:
    with pytest.raises(Trouble, match=r"worker \(exit code 1\)"), Children(os.environ) as children:
        children.start("web", "http.server", "--bind", "127.0.0.1", "0")
        web = children.running["web"]
        children.start("worker", "no_such_module")
        supervisor.watch(children, Server(), heard=[])
    assert web.returncode is not None


def test_being_told_to_stop_ends_the_watch() -> None:
    began = time.monotonic()
    with Children(os.environ) as children:
        supervisor.watch(children, Server(), heard=[2])
    assert time.monotonic() - began < 1
