"""Every hook times an exception: the plugin is set aside, or the page and the act go on as the phase says."""

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from seminars.models import Seminar
from sqlalchemy import select

from core.delivery import REACT, ListenerFailedError
from core.kernel import clock, jobs
from core.kernel.database import db
from core.kernel.scope import tenant_scope
from core.kernel.unit_of_work import unit_of_work
from core.plugin_host import specs
from core.plugin_host.host import Host
from core.plugin_host.specs import hook
from core.testing.contract import ARGUMENTS, start_with
from core.testing.factories import make_tenant, signed_in

DECLARE = [kind.name for kind in specs.KINDS.values() if kind.phase == specs.DECLARE]
ASKED = [kind.name for kind in specs.KINDS.values() if kind.phase in {specs.EVALUATE, specs.RENDER}]
REACTING = [kind.name for kind in specs.KINDS.values() if kind.phase == specs.REACT]


class MuteError(Exception):
    """An error that cannot even say what it is."""

    def __str__(self) -> str:
        raise RuntimeError("no words")


ERRORS = [ValueError("broken"), KeyError("broken"), RecursionError(), SystemExit(3), MuteError()]


def failing(module: ModuleType, hook_name: str, error: BaseException) -> ModuleType:
    """A copy of a plugin's module in which one hook raises."""
    copy = ModuleType(module.__name__)
    vars(copy).update(vars(module))
    whole = getattr(module, hook_name)

    @functools.wraps(whole)
    def raising(*_arguments: Any, **_named: Any) -> Any:
        raise error

    setattr(copy, hook_name, hook(raising))
    return copy


@contextmanager
def hook_replaced(app: Flask, hook_name: str, function: Any) -> Iterator[None]:
    """Let the miniature's hook be another function for a while."""
    module = app.extensions["fotfeste_host"]._manager.get_plugin("seminars")
    whole = getattr(module, hook_name)
    setattr(module, hook_name, function)
    try:
        yield
    finally:
        setattr(module, hook_name, whole)


def arguments_of(hook_name: str) -> dict[str, Any]:
    wanted = specs.Hooks.__dict__[hook_name].__code__.co_varnames[1:]
    return {name: ARGUMENTS[name] for name in wanted}


def raise_(error: BaseException) -> Any:
    def raising(*_arguments: Any, **_named: Any) -> Any:
        raise error

    return raising


@pytest.mark.parametrize(
    ("hook_name", "error"),
    [*((name, ERRORS[0]) for name in DECLARE), *((DECLARE[0], error) for error in ERRORS[1:])],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
def test_a_plugin_that_fails_to_declare_is_named_and_the_others_start(
    hook_name: str,
    error: BaseException,
    seminars: ModuleType,
) -> None:
    host = start_with({"seminars": lambda: failing(seminars, hook_name, error)})
    assert type(error).__name__ in host.unavailable["seminars"]
    assert {"norway", "denmark", "tenants", "agreements"} <= set(host.manifests)
    for kind in specs.KINDS:
        assert "seminars" not in {one.plugin for one in host.declared(kind)}


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("hook_name", ASKED)
def test_a_plugin_that_fails_to_answer_leaves_the_others_theirs(
    hook_name: str,
    error: BaseException,
    mini: Flask,
) -> None:
    tenant = make_tenant("seminars.village")
    host: Host = mini.extensions["fotfeste_host"]
    with tenant_scope(tenant.id), hook_replaced(mini, hook_name, raise_(error)):
        answers = {one.plugin: one for one in host.collect(hook_name, **arguments_of(hook_name))}
    assert type(error).__name__ in answers["seminars"].error
    assert answers["seminars"].value is None
    assert all(not one.error for name, one in answers.items() if name != "seminars")


@pytest.mark.parametrize(
    "answer", [None, "text", [object()], {1}, ()], ids=lambda answer: type(answer).__name__
)
@pytest.mark.parametrize("hook_name", ASKED)
def test_an_answer_of_the_wrong_type_is_an_error(hook_name: str, answer: Any, mini: Flask) -> None:
    tenant = make_tenant("seminars.village")
    host: Host = mini.extensions["fotfeste_host"]
    with tenant_scope(tenant.id), hook_replaced(mini, hook_name, lambda **_named: answer):
        found = host.ask("seminars", hook_name, **arguments_of(hook_name))
    assert found.error.startswith("BadPluginError: seminars.")


def break_the_transaction(**_named: Any) -> Any:
    not_a_pattern = "["
    return db.session.scalars(select(Seminar).where(Seminar.title.op("~")(not_a_pattern))).all()


@pytest.mark.parametrize("hook_name", ASKED)
def test_a_plugin_that_breaks_the_transaction_does_not_break_the_page(hook_name: str, mini: Flask) -> None:
    tenant = make_tenant("seminars.village")
    host: Host = mini.extensions["fotfeste_host"]
    with tenant_scope(tenant.id):
        with unit_of_work():
            db.session.add(Seminar(title="Kept", held_on=clock.today("UTC")))
        with hook_replaced(mini, hook_name, break_the_transaction):
            assert host.ask("seminars", hook_name, **arguments_of(hook_name)).error
        assert db.session.scalars(select(Seminar.title)).all() == ["Kept"]


@pytest.mark.parametrize("hook_name", ASKED)
def test_a_plugin_that_breaks_the_transaction_does_not_break_the_act(hook_name: str, mini: Flask) -> None:
    tenant = make_tenant("seminars.village")
    host: Host = mini.extensions["fotfeste_host"]
    with tenant_scope(tenant.id):
        with unit_of_work(), hook_replaced(mini, hook_name, break_the_transaction):
            db.session.add(Seminar(title="Before", held_on=clock.today("UTC")))
            assert host.ask("seminars", hook_name, **arguments_of(hook_name)).error
            db.session.add(Seminar(title="After", held_on=clock.today("UTC")))
        assert set(db.session.scalars(select(Seminar.title))) == {"Before", "After"}


@pytest.mark.parametrize("hook_name", ASKED)
def test_a_plugin_that_writes_while_it_is_asked_fails_and_nothing_is_written(
    hook_name: str, mini: Flask
) -> None:
    def write(**_named: Any) -> Any:
        db.session.add(Seminar(title="Smuggled", held_on=clock.today("UTC")))
        return specs.KINDS[hook_name].container()

    tenant = make_tenant("seminars.village")
    host: Host = mini.extensions["fotfeste_host"]
    with tenant_scope(tenant.id):
        with hook_replaced(mini, hook_name, write):
            assert "UnsavedChangesError" in host.ask("seminars", hook_name, **arguments_of(hook_name)).error
        assert db.session.scalars(select(Seminar)).all() == []


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("hook_name", REACTING)
def test_a_listener_that_fails_is_told_again_and_the_others_are_told_once(
    hook_name: str,
    error: BaseException,
    mini: Flask,
) -> None:
    tenant = make_tenant("seminars.village")
    told: list[Any] = []
    arguments = {
        "plugin": "seminars",
        "event": hook_name,
        "subject_id": str(uuid4()),
        "tenant_id": str(tenant.id),
    }
    with hook_replaced(mini, hook_name, raise_(error)), pytest.raises(ListenerFailedError, match="seminars"):
        jobs.run(REACT, arguments)
    with hook_replaced(mini, hook_name, lambda **named: told.append(named)):
        jobs.run(REACT, arguments)
    assert len(told) == 1


@pytest.mark.parametrize("hook_name", ASKED)
def test_the_pages_of_a_tenant_answer_while_a_plugin_fails(hook_name: str, mini: Flask) -> None:
    tenant = make_tenant("seminars.village")
    browser = signed_in(mini, tenant.admin_email)
    with hook_replaced(mini, hook_name, raise_(ValueError("broken"))):
        assert browser.get(f"/t/{tenant.slug}/seminars/").status_code == 200
        assert mini.test_client().get("/").status_code == 200


def test_how_a_plugin_has_fared_is_kept(mini: Flask) -> None:
    tenant = make_tenant("seminars.village")
    host: Host = mini.extensions["fotfeste_host"]
    before = host.health["seminars", "slot_next_steps"].errors
    with tenant_scope(tenant.id), hook_replaced(mini, "slot_next_steps", raise_(ValueError("broken"))):
        host.collect("slot_next_steps", **arguments_of("slot_next_steps"))
    health = host.health["seminars", "slot_next_steps"]
    assert (health.errors, health.last_error) == (before + 1, "ValueError: broken")
