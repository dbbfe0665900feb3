"""A kit for authors of plugins: does a plugin keep the contract? Its answer is a list of sentences."""

import ast
import importlib
import inspect
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import Table

from core.app import ALWAYS_ON, create_app, installed, start_host
from core.kernel.database import PluginTables
from core.kernel.guard import is_owned
from core.kernel.migrations import upgrade
from core.kernel.personal import tables_of_plugin, undecided_columns
from core.kernel.settings import Settings
from core.lineages import all_lineages
from core.page_reader import PageReader
from core.plugin_host import specs
from core.plugin_host.declarations import AgreementFacts
from core.plugin_host.host import Host
from core.plugin_host.privacy import PersonKey
from core.plugin_host.wording import Wording
from core.testing.database import TestServer, settings_for
from core.testing.passwords import hash_quickly

ROOTS = frozenset({"core", "tenants", "plugins"})
NOWHERE = "postgresql+psycopg://nobody@localhost:1/nothing"
ARGUMENTS: dict[str, Any] = {
    "country": "ZZ",
    "year": 2026,
    "email": "nobody@nowhere.example",
    "facts": AgreementFacts(type_key="nobody.nothing", status="draft", language="nb"),
    "who": PersonKey(),
    "text": "",
    "dry_run": True,
    "now": datetime(2026, 12, 1, tzinfo=UTC),
    "held": [],
    "keys": [],
    "from_account": UUID(int=0),
    "to_account": UUID(int=0),
    "wanted": [],
}
"""What the hooks of the evaluate and render phases are asked with: nobody's country, type and person."""
NEEDS_A_DATABASE = frozenset({"erase_expired", "hand_over_work"})
"""Hooks that look for rows, whoever they are asked about."""


def plugin_in(folder: Path, name: str) -> Callable[[], ModuleType]:
    """What imports the plugin ``name`` whose package lies in ``folder``, without installing it."""

    def load() -> ModuleType:
        if str(folder) not in sys.path:
            sys.path.insert(0, str(folder))
        return importlib.import_module(f"{name}.plugin")

    return load


def start_with(plugins: Mapping[str, Callable[[], ModuleType]]) -> Host:
    """A host that has started with what is installed and with ``plugins``, without database and pages."""
    settings = Settings("development", "for-a-contract-test", NOWHERE, NOWHERE, NOWHERE, NOWHERE)
    app = Flask("contract", static_folder=None)
    app.config["FOTFESTE"] = settings
    return start_host(app, {**installed(settings), **plugins}, PageReader(ALWAYS_ON))


def app_with(server: TestServer, plugins: Mapping[str, Callable[[], ModuleType]]) -> tuple[Flask, str]:
    """An application with ``plugins`` on a migrated database of its own, and the name of that database."""
    database = server.new_database()
    settings = settings_for(server.admin_url, database)
    app = create_app(settings, plugins)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    app.extensions["fotfeste_limiter"].enabled = False
    hash_quickly(app)
    with app.app_context():
        upgrade(settings.database_url_owner, all_lineages())
    return app, database


def complaints_about(name: str, load: Callable[[], ModuleType], *, requires: Iterable[str] = ()) -> list[str]:
    """Everything that a plugin does against the contract, as sentences; empty when it keeps it.

    ``load`` imports its module (`plugin_in`), ``requires`` names packages that it may import besides the SDK,
    such as ``plugins.norway``. The plugin is started among what is installed; no database is needed.
    """
    host = start_with({name: load})
    if name in host.unavailable:
        return [f"{name} is not available: {host.unavailable[name]}"]
    module = load()
    return [
        *_unequal_declarations(name, module),
        *_empty_wordings(name, module),
        *_failing_answers(host, name, module),
        *_foreign_imports(name, module, tuple(requires)),
        *_unowned_tables(name),
        *_undecided_columns(name),
    ]


def _implemented(module: ModuleType, *phases: str) -> list[specs.HookKind]:
    return [kind for kind in specs.KINDS.values() if kind.phase in phases and hasattr(module, kind.name)]


def _unequal_declarations(name: str, module: ModuleType) -> Iterator[str]:
    for kind in _implemented(module, specs.DECLARE):
        declare = getattr(module, kind.name)
        if not _same(declare(), declare()):
            yield f"{name}.{kind.name} gives another answer the second time: declarations are pure"


def _same(one: Any, other: Any) -> bool:
    if callable(one) and callable(other):
        return getattr(one, "__code__", one) == getattr(other, "__code__", other)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    if is_dataclass(one) and type(one) is type(other):
        return all(_same(getattr(one, field.name), getattr(other, field.name)) for field in fields(one))
    return bool(one == other)


def _empty_wordings(name: str, module: ModuleType) -> Iterator[str]:
    declared = [getattr(module, kind.name)() for kind in _implemented(module, specs.DECLARE)]
    for wording in _wordings([module.MANIFEST, *declared]):
        if not all(text.strip() for text in (wording.nb, wording.da, wording.en)):
            yield f"{name}: {wording} is not said in every language"


def _wordings(value: Any) -> Iterator[Wording]:
    if isinstance(value, Wording):
        yield value
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _wordings(one)
    elif isinstance(value, Mapping):
        yield from _wordings(list(value.values()))
    elif is_dataclass(value):
        for field in fields(value):
            yield from _wordings(getattr(value, field.name))


def _failing_answers(host: Host, name: str, module: ModuleType) -> Iterator[str]:
    for kind in _implemented(module, specs.EVALUATE, specs.RENDER):
        if kind.name in NEEDS_A_DATABASE:
            continue
        wanted = inspect.signature(getattr(module, kind.name)).parameters
        answer = host.ask(name, kind.name, **{argument: ARGUMENTS[argument] for argument in wanted})
        if answer.error:
            yield f"{name}.{kind.name} failed: {answer.error}"
        elif answer.value:
            yield f"{name}.{kind.name} answers for a country or a type that is not its own"


def _foreign_imports(name: str, module: ModuleType, requires: tuple[str, ...]) -> Iterator[str]:
    own = str(module.__package__)
    allowed = ("core.sdk", own, *requires)
    for file in sorted(Path(str(module.__file__)).parent.rglob("*.py")):
        for imported in imports_of(file):
            ours = imported.split(".")[0] in ROOTS
            if ours and not any(imported == one or imported.startswith(f"{one}.") for one in allowed):
                yield f"{name}: {file.name} imports {imported}; a plugin may import {', '.join(allowed)}"


def imports_of(file: Path) -> Iterator[str]:
    """The modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names if node.module in ROOTS)


def _unowned_tables(name: str) -> Iterator[str]:
    base = PluginTables.bases.get(name)
    for mapper in base.registry.mappers if base else ():
        table = mapper.local_table
        if not isinstance(table, Table) or not is_owned(table):
            yield f"{name}: the table {table} belongs to no tenant: derive its class from Owned"


def _undecided_columns(name: str) -> Iterator[str]:
    for column in undecided_columns(tables_of_plugin(name)):
        yield f"{name}: say of {column} whether it is personal(...) or impersonal(why), in its info"
