"""What README and docs name exists: commands, files, addresses, variables, links, accounts, tests."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException

from core import cli, demo
from core.access.roles import all_roles
from core.agreements.catalogue import all_types
from core.agreements.types import AgreementType
from core.law import commands
from core.plugin_host.demo import DemoTenant
from core.running import verbs
from core.running.places import ROOT
from core.tenancy.kinds import host

README = ROOT / "README.md"
OURS = [README, *(ROOT / "docs" / f"{name}.md" for name in ("tenants", "operators", "deploying", "coverage"))]
ALL = [README, *sorted((ROOT / "docs").rglob("*.md"))]
IMAGES = sorted((ROOT / "docs" / "images").glob("*"))
MOST_IMAGES, LARGEST_IMAGE = 4, 150_000
FOLDERS = ("core", "tenants", "plugins", "templates", "tests", "docs", ".ci")
STATES = {"yes", "in part", "later"}
ASKED_FOR = [*range(1, 21), *range(50, 59), 79, 80, *range(229, 259), *range(294, 302), 305, 306]


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def _code(file: Path) -> Iterator[str]:
    """What stands between single backticks, outside blocks."""
    return iter(re.findall(r"(?<!`)`([^`\n]+)`(?!`)", re.sub(r"```.*?```", "", _text(file), flags=re.DOTALL)))


def _commands(file: Path) -> Iterator[str]:
    """Lines of shell blocks, and commands in running text; variables that are set in front are left out."""
    lines = [
        line
        for block in re.findall(r"```sh\n(.*?)```", _text(file), re.DOTALL)
        for line in block.splitlines()
    ]
    for command in (*lines, *_code(file)):
        for part in command.split(" && "):
            yield re.sub(r"^([A-Z_]+=\S+ )*(\.venv/bin/)?", "", part.strip())


def _slug(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-")


@pytest.mark.parametrize("file", ALL, ids=lambda file: file.name)
def test_every_link_leads_somewhere(file: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"```.*?```", "", _text(file), flags=re.DOTALL)):
        if target.startswith(("http://", "https://")):
            continue
        path, _, anchor = target.partition("#")
        found = (file.parent / path).resolve() if path else file
        assert found.exists(), target
        headings = re.findall(r"^#+ (.+)$", _text(found), re.MULTILINE) if anchor else []
        assert not anchor or anchor in map(_slug, headings), target


@pytest.mark.parametrize("file", OURS, ids=lambda file: file.name)
def test_every_command_exists(file: Path) -> None:
    groups = {group.name: group for group in vars(cli).values() if isinstance(group, click.Group)}
    groups |= {"demo": demo.demo, "rules": commands.rules}
    for command in _commands(file):
        words = command.split()
        if words[:1] == ["make"] and len(words) > 1:
            assert words[1] in verbs.VERBS, command
        if words[:1] == ["flask"]:
            assert words[2] in groups[words[1]].commands, command
        if words[:2] == ["python3", "core/bootstrap.py"]:
            assert words[2] in verbs.VERBS, command
        if words[:2] == ["python", "-m"] and words[2].split(".")[0] in FOLDERS:
            module = ROOT.joinpath(*words[2].split("."))
            assert module.with_suffix(".py").exists() or (module / "__main__.py").exists(), command


@pytest.mark.parametrize("file", OURS, ids=lambda file: file.name)
def test_every_named_file_exists(file: Path) -> None:
    for named in _code(file):
        path, _, test = named.partition("::")
        if not re.fullmatch(r"[\w./-]+", path) or path.split("/")[0] not in FOLDERS or "/" not in path:
            continue
        assert (ROOT / path).exists(), named
        assert not test or f"def {test}(" in _text(ROOT / path), named


@pytest.mark.parametrize("file", OURS, ids=lambda file: file.name)
def test_every_named_variable_is_read(file: Path) -> None:
    places = [*(ROOT / "core").rglob("*.py"), ROOT / "compose.yaml", ROOT / "Makefile"]
    read = "\n".join(map(_text, places))
    for named in _code(file):
        name = named.partition("=")[0]
        if re.fullmatch(r"[A-Z][A-Z_]{4,}", name):
            assert name in read, named


@pytest.mark.parametrize("file", OURS, ids=lambda file: file.name)
def test_every_named_address_answers_to_somebody(app: Flask, file: Path) -> None:
    local = re.findall(r"<http://localhost:8000(/[^>]*)>", _text(file))
    addresses = app.url_map.bind("localhost")
    for path in (*local, *(one for one in _code(file) if re.fullmatch(r"/[\w/-]+", one))):
        if path == "/t/":
            continue
        try:
            addresses.match(path)
        except HTTPException as problem:
            pytest.fail(f"{path}: {problem}")


def test_the_readme_names_every_demo_account_and_no_other(app: Flask) -> None:
    language = "en"
    titles = {role.key: role.title.in_language(language).lower() for role in all_roles()}
    tenants = [one.value for one in host().declared("register_demo") if isinstance(one.value, DemoTenant)]
    declared = {
        (tenant.name, titles[role], email) for tenant in tenants for role, _name, email in tenant.people
    }
    declared |= {("none", "operator", demo.OPERATOR[1])}
    rows = re.findall(r"^\| ([^|(]+?)(?: \(.+\))? \| ([\w ]+) \| (\S+@\S+) \|$", _text(README), re.MULTILINE)
    assert set(rows) == declared
    assert len(rows) == len(declared)
    assert f"`{demo.PASSWORD}`" in _text(README)


def test_pictures_are_few_small_and_shown() -> None:
    assert 0 < len(IMAGES) <= MOST_IMAGES
    for image in IMAGES:
        assert image.stat().st_size < LARGEST_IMAGE, image.name
        assert f"docs/images/{image.name}" in _text(README), image.name


def test_every_requirement_has_a_line_in_coverage() -> None:
    lines = re.findall(
        r"^\| R(\d{3}) \| (.+?) \| (.+?) \| (.+) \|$", _text(ROOT / "docs/coverage.md"), re.MULTILINE
    )
    assert [int(number) for number, *_rest in lines] == ASKED_FOR
    assert {state for _number, _asked, state, _where in lines} == STATES


def test_coverage_names_keys_that_the_types_declare(app: Flask) -> None:
    known = {key for kind in all_types() for key in _keys(kind)}
    named = {one for one in _code(ROOT / "docs/coverage.md") if re.fullmatch(r"[a-z_]+(\.[a-z_]+)?", one)}
    assert named - known == set()


def _keys(kind: AgreementType) -> Iterator[str]:
    for section in kind.sections:
        yield from (section.key, *(clause.key for clause in section.clauses))
    for parts in (kind.placeholders, kind.goals, kind.meetings, kind.contacts):
        yield from (part.key for part in parts)
