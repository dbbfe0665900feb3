"""Work without a page: every job and command says which tenant it is for, or is listed with a reason."""

import inspect
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import click
import pytest
from flask import Flask
from sqlalchemy import text

from core.kernel import jobs
from core.kernel.database import SHARED_METADATA, db, raw_sql_allowed
from core.kernel.guard import is_owned
from tests.walls.furnishing import Inside, Probed
from tests.walls.product import product

PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"
PLATFORM_JOBS = {
    "access.forget_attempts": "attempts to sign in belong to no tenant",
    "access.forget_sessions": "sessions belong to accounts",
    "agreements.keep_figures_everywhere": "writes one job for each tenant",
    "agreements.ask_contacts_everywhere": "writes one job for each tenant",
    "agreements.look_ahead_everywhere": "writes one job for each tenant",
    "agreements.remind_everywhere": "writes one job for each tenant",
    "agreements.remind_of_deadlines_everywhere": "writes one job for each tenant",
    "kernel.send_mail": "outgoing mail is a platform table, one letter by its id",
    "notices.gather_everywhere": "writes one job for each tenant",
    "kernel.send_sms": "outgoing texts are a platform table, one text by its id",
    "platform.count_hooks": "how long hooks of modules took, and nothing of any tenant",
    "privacy.erase_account": "an account is emptied when no tenant needs it any more",
    "privacy.let_go_everywhere": "writes one job for each tenant",
    "privacy.let_go_on_platform": "old messages and unused accounts belong to no tenant",
    "tenants.delete_those_who_left": "deletes tenants whose waiting period is over",
}
"""Jobs that run outside every tenant, each with the reason. Think twice before adding one."""

PLATFORM_COMMANDS = {
    "accounts forget-second-factors": "an account belongs to no tenant",
    "audit heads": "where each tenant's chain ends: one hash, to be kept elsewhere",
    "database prepare": "makes the tables of all",
    "database roles": "makes the database roles",
    "demo load": "makes demo tenants, and writes in each one's scope",
    "jobs failed": "the queue holds the jobs of all tenants",
    "jobs work": "each job enters its own tenant",
    "mail bounced": "a mail that comes back names no tenant; the job it writes runs in the one that wrote it",
    "operators add": "operators belong to no tenant",
    "operators end": "operators belong to no tenant",
    "operators list": "operators belong to no tenant",
    "plugins list": "reads no rows",
    "rules check": "reads declarations of plugins, and no rows",
    "rules describe": "reads declarations of plugins, and no rows",
    "rules list": "reads declarations of plugins, and no rows",
    "rules pending": "which law is in force is the same for all tenants",
    "rules switch": "which law is in force is the same for all tenants",
    "secrets new-key": "makes a key and reads no rows",
    "secrets rotate": "encrypts stored secrets anew, and shows none",
    "tenants list": "what tenants there are, and nothing of what is in them",
}
"""Commands that take no tenant, each with the reason."""

BY_TENANT = {"slug", "tenant"}
TELLING: Mapping[str, str] = {"event": "on_agreement_activated", "plugin": "seminars"}
DECLARED = {one.name: one for one in (product(), jobs.declared_jobs())[1]}
OF_TENANTS = sorted(name for name, one in DECLARED.items() if not one.platform)


def commands() -> Iterator[tuple[str, set[str]]]:
    """Every command of ours with the names of what it takes."""
    entries = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]["entry-points"]
    for name, place in entries["flask.commands"].items():
        module, _colon, attribute = place.partition(":")
        yield from walked(name, getattr(import_module(module), attribute))


def walked(name: str, command: click.Command) -> Iterator[tuple[str, set[str]]]:
    if isinstance(command, click.Group):
        for key, below in command.commands.items():
            yield from walked(f"{name} {key}", below)
    else:
        yield name, {str(one.name) for one in command.params}


def test_every_job_outside_the_tenants_is_listed_with_its_reason() -> None:
    assert {name for name, one in DECLARED.items() if one.platform} == set(PLATFORM_JOBS)


def test_every_command_takes_a_tenant_or_is_listed_with_its_reason() -> None:
    assert {name for name, takes in commands() if not takes & BY_TENANT} == set(PLATFORM_COMMANDS)


def test_no_command_of_a_library_changes_accounts() -> None:
    """Commands of Flask-Security's would pass by the audit."""
    assert set(product().cli.commands) == set()


@pytest.mark.parametrize("name", OF_TENANTS)
def test_a_job_of_tenants_is_not_written_without_one(app: Flask, name: str) -> None:
    with pytest.raises(LookupError):
        jobs.defer(name)


@pytest.mark.parametrize("name", OF_TENANTS)
def test_a_job_of_tenants_does_not_run_without_one(app: Flask, name: str) -> None:
    with pytest.raises(LookupError):
        jobs.run(name, dict.fromkeys(inspect.signature(DECLARED[name].body).parameters, ""))


@pytest.mark.parametrize("name", OF_TENANTS)
def test_a_job_of_one_tenant_with_ids_of_another_changes_nothing_there(probed: Probed, name: str) -> None:
    with probed.undone():
        before = rows_of(probed, probed.theirs)
        with suppress(Exception):
            jobs.run(name, {"tenant_id": str(probed.mine.tenant.id), **their_ids(probed, name)})
        db.session.close()
        assert rows_of(probed, probed.theirs) == before


def their_ids(probed: Probed, job: str) -> dict[str, str]:
    known = {**TELLING, **probed.theirs.examples, "subject_id": probed.theirs.examples["agreement_id"]}
    wanted = inspect.signature(DECLARED[job].body).parameters
    missing = set(wanted) - set(known)
    assert not missing, f"give an example of {missing} to `furnished` in furnishing.py"
    return {name: known[name] for name in wanted}


def rows_of(probed: Probed, inside: Inside) -> dict[str, str]:
    """A checksum of all rows of a tenant, by table."""
    found = {}
    with raw_sql_allowed():
        probed.connection.execute(text("RESET ROLE"))
        for table in (one.name for one in SHARED_METADATA.sorted_tables if is_owned(one)):
            query = (
                f"SELECT md5(string_agg(row::text, '' ORDER BY id)) FROM {table} AS row WHERE tenant_id = :t"
            )
            found[table] = str(probed.connection.scalar(text(query), {"t": inside.tenant.id}))
    return found
