"""Dockerfile and compose.yaml are not built here; what they name exists."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from ruamel.yaml import YAML

from core import cli
from core.kernel.row_security import ROLES
from core.running import verbs
from core.running.places import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE: dict[str, Any] = YAML(typ="safe").load((ROOT / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if "build" in service}
ASKED_FOR = re.compile(r"\$\{(\w+)")
OUR_NAMES = re.compile(r"fotfeste_\w+(?=:)")
CODE = "\n".join(path.read_text() for path in (ROOT / "core").glob("**/*.py"))


def commands() -> Iterator[list[str]]:
    for service in OURS.values():
        yield service.get("command", [])
        yield service.get("healthcheck", {}).get("test", ["CMD"])[1:]
    yield [word.strip('", \\\n') for word in DOCKERFILE[DOCKERFILE.index("\nCMD [") + 6 :].split(",")]
    for line in DOCKERFILE.splitlines():
        if line.startswith("RUN "):
            yield line.removeprefix("RUN ").split()


def test_every_copied_path_exists() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
    paths = [path for sources in copied for path in sources.split()]
    assert {"core", "plugins", "pyproject.toml", "templates", "tenants"} <= set(paths)
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_what_the_ignore_file_lets_through_is_what_is_copied() -> None:
    let_through = {
        line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")
    }
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
    assert let_through == {path for sources in copied for path in sources.split()}


def test_every_verb_and_module_exists() -> None:
    named = [command for command in commands() if command[:1] == ["python"]]
    assert ["python", "core/bootstrap.py", "set-up-production"] in named
    for _, first, second in named:
        if first == "-m":
            assert (ROOT / Path(*second.split("."))).with_suffix(".py").exists(), second
        else:
            assert (ROOT / first).exists()
            assert second in verbs.VERBS


def test_every_flask_command_exists() -> None:
    groups = {group.name: group for group in vars(cli).values() if isinstance(group, click.Group)}
    named = [command[1:] for command in commands() if command[:1] == ["flask"]]
    assert ["jobs", "work"] in named
    for group, verb in named:
        assert verb in groups[group].commands


def test_the_server_starts_the_application_factory() -> None:
    [command] = [command for command in commands() if command[:1] == ["gunicorn"]]
    assert "core.app:create_app()" in " ".join(command)


@pytest.mark.parametrize("name", OURS)
def test_every_variable_is_one_that_the_code_reads(name: str) -> None:
    for variable in OURS[name]["environment"]:
        assert variable in CODE or variable.startswith("PASSWORD_"), variable


def test_every_database_role_is_one_of_ours() -> None:
    assert set(OUR_NAMES.findall((ROOT / "compose.yaml").read_text())) == set(ROLES)


def test_only_migrations_know_the_owner() -> None:
    knowing = {name for name, service in OURS.items() if "fotfeste_owner" in str(service["environment"])}
    assert knowing == {"migrate"}


def test_the_image_has_no_database_and_no_rights() -> None:
    assert "embedded" not in DOCKERFILE
    assert "pgserver" not in (ROOT / "core" / "locks" / "production.txt").read_text()
    assert re.search(r"^USER (?!root|0)", DOCKERFILE, re.MULTILINE)


def test_services_wait_for_what_they_need() -> None:
    for service in SERVICES.values():
        assert set(service.get("depends_on", {})) <= set(SERVICES)
    assert "database" in COMPOSE["volumes"]
