"""Commands for whoever runs the product; they reach ``flask`` by entry points."""

import asyncio
import getpass
import os
from typing import Any, BinaryIO, TextIO
from uuid import UUID

import click
from flask import current_app
from flask.cli import AppGroup

from core.access import operators as access_operators
from core.access.methods import lost as lost_factors
from core.kernel import audit_chain, bounces, rotation, worker
from core.kernel.database_roles import create_database, create_roles
from core.kernel.errors import Problem
from core.kernel.keyring import UnreadableSecretError, new_key
from core.kernel.migrations import upgrade
from core.kernel.queue import failed
from core.kernel.row_security import ROLES
from core.kernel.settings import Settings
from core.lineages import all_lineages
from core.plugin_host.host import Host
from core.tenancy import service as tenancy

database = AppGroup("database", help="Roles and tables.")
jobs = AppGroup("jobs", help="The worker.")
tenants = AppGroup("tenants", help="Tenants, seen by the platform.")
accounts = AppGroup("accounts", help="People who cannot come in.")
operators = AppGroup("operators", help="Who may open the pages of those who run the product.")
plugins = AppGroup("plugins", help="What is installed.")
audit = AppGroup("audit", help="The chain of each tenant's audit.")
mail = AppGroup("mail", help="What becomes of mail.")
secrets = AppGroup("secrets", help="The keys that stored secrets are encrypted with.")


def _settings() -> Settings:
    found: Settings = current_app.config["FOTFESTE"]
    return found


@database.command("roles", with_appcontext=False)
@click.option("--admin-url", envvar="ADMIN_DATABASE_URL", required=True, help="A superuser's address.")
@click.option("--name", default="fotfeste", show_default=True, help="The database; made when missing.")
def make_roles(admin_url: str, name: str) -> None:
    """Make the four database roles, with passwords from PASSWORD_OWNER, _WEB, _WORKER and _PLATFORM."""
    passwords: dict[str, str] = {}
    for role in ROLES:
        variable = f"PASSWORD_{role.rpartition('_')[2].upper()}"
        if not os.environ.get(variable):
            raise click.ClickException(f"set {variable} to the password of {role}")
        passwords[role] = os.environ[variable]
    create_roles(admin_url, passwords)
    create_database(admin_url, name)
    click.echo(f"the four roles and the database {name} are there")


@database.command("prepare")
def prepare() -> None:
    """Bring core's tables and every plugin's to their newest state, as the owner role."""
    url = _settings().database_url_owner
    if not url:
        raise click.ClickException("set DATABASE_URL_OWNER: migrations run as the role that owns the tables")
    upgrade(url, all_lineages(), click.echo)


@jobs.command("work")
def work() -> None:
    """Run jobs until told to stop."""
    made = worker.make_worker(_application(), _settings().database_url_worker)
    asyncio.run(worker.work(made))


def _application() -> Any:
    return current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  Flask's own way


@jobs.command("failed")
def list_failed() -> None:
    """Name the jobs that were given up after their last attempt."""
    for one in failed():
        click.echo(f"{one.id:>10} {one.name:30} {one.attempts} attempts {one.tenant_id}")


@tenants.command("confirm")
@click.argument("slug")
def confirm(slug: str) -> None:
    """Say that the people behind a tenant speak for it: now it may write to other parties."""
    try:
        card = tenancy.confirm(slug)
    except Problem as problem:
        raise click.ClickException(str(problem.message)) from problem
    click.echo(f"{card.name} is confirmed")


@tenants.command("release")
@click.argument("slug")
def release(slug: str) -> None:
    """Free the place of a tenant that was never confirmed, after a typing error or by someone who may not."""
    try:
        card = tenancy.release(slug)
    except Problem as problem:
        raise click.ClickException(str(problem.message)) from problem
    click.echo(f"the place of {card.name} is free again")


@tenants.command("list")
def list_tenants() -> None:
    """Name every tenant and whether it is confirmed."""
    for card in tenancy.every_tenant("list the tenants for the operator"):
        click.echo(f"{card.slug:40} {card.kind:30} {'confirmed' if card.confirmed else 'not confirmed'}")


@plugins.command("list")
def list_plugins() -> None:
    """Name every plugin, its version, and why one is not available."""
    host: Host = current_app.extensions["fotfeste_host"]
    for name in sorted(host.manifests):
        click.echo(f"{name:30} {host.manifests[name].version}")
    for name, reason in sorted(host.unavailable.items()):
        click.echo(f"{name:30} NOT AVAILABLE: {reason}")


@secrets.command("new-key", with_appcontext=False)
def make_key() -> None:
    """Print a fresh key to put first in ENCRYPTION_KEYS; nothing is stored."""
    click.echo(new_key())


@secrets.command("rotate")
def rotate() -> None:
    """Encrypt every stored secret with the first key. It can be stopped and begun again."""
    try:
        done = rotation.rotate(click.echo)
    except UnreadableSecretError as problem:
        raise click.ClickException(f"{problem}. Nothing of the last batch was changed.") from problem
    click.echo(f"{done} secrets encrypted anew; the older keys are not needed any more")


@audit.command("heads")
def list_heads() -> None:
    """Print where each tenant's chain ends: tenant, number, hash. Keep it where the database is not."""
    for head in audit_chain.heads():
        click.echo(str(head))


@audit.command("verify")
@click.option("--tenant", default="", help="Only the tenant with this address.")
@click.option("--heads", type=click.File(), help="What 'flask audit heads' once printed, kept outside.")
def verify_audit(tenant: str, heads: TextIO | None) -> None:
    """Say of each chain whether a line was changed, removed, put in or put elsewhere; exit code 1 if so."""
    kept = _kept_heads(heads)
    cards = [card for card in tenancy.every_tenant("verify every audit") if tenant in {"", card.slug}]
    if tenant and not cards:
        raise click.ClickException(f"no tenant has the address {tenant}")
    faults = 0
    for card in cards:
        fault = audit_chain.first_fault(card.id, kept.pop(card.id, None))
        faults += fault is not None
        click.echo(f"{card.slug:40} {fault or 'the chain is whole'}")
    for lost in () if tenant else kept.values():
        faults += 1
        click.echo(f"{lost.tenant_id} has no audit any more: compare with the certificate of its closing")
    if faults:
        raise click.ClickException(f"{faults} audits are not as they were written")


def _kept_heads(file: TextIO | None) -> dict[UUID, audit_chain.Head]:
    try:
        return {head.tenant_id: head for head in audit_chain.read_heads(file or ())}
    except audit_chain.KeptHeadsError as problem:
        raise click.ClickException(f"the file of heads: {problem}") from problem


@mail.command("bounced")
@click.argument("message", type=click.File("rb"), default="-")
def take_bounced(message: BinaryIO) -> None:
    """Read a mail that has come back (RFC 3464) from the input, and give its adviser a task."""
    found = bounces.take(message.read(bounces.LONGEST))
    click.echo(f"{found} mail noted as not delivered" if found else "no mail of ours came back in this")


@operators.command("add")
@click.argument("email")
def add_operator(email: str) -> None:
    """Let an account open the pages below /platform."""
    try:
        access_operators.add(email, named_by=f"command of {getpass.getuser()}")
    except Problem as problem:
        raise click.ClickException(str(problem.message)) from problem
    click.echo(f"{email} is an operator")


@operators.command("end")
@click.argument("email")
def end_operator(email: str) -> None:
    """Let an account be an operator no longer; the account itself stays."""
    try:
        access_operators.end(email)
    except Problem as problem:
        raise click.ClickException(str(problem.message)) from problem
    click.echo(f"{email} is no longer an operator")


@operators.command("list")
def list_operators() -> None:
    """Name every operator, since when, and by whom."""
    for one in access_operators.every_operator():
        until = f" until {one.ended_at:%Y-%m-%d}" if one.ended_at else ""
        click.echo(f"{one.email:40} since {one.since:%Y-%m-%d}{until}, named by {one.named_by}")


@accounts.command("forget-second-factors")
@click.argument("email")
def forget_second_factors(email: str) -> None:
    """Let somebody in by the password alone who has lost everything else; check first who is asking."""
    try:
        with current_app.test_request_context():
            lost_factors.forget_second_factors(email)
    except Problem as problem:
        raise click.ClickException(str(problem.message)) from problem
    click.echo("The password opens the account again. The owner has got a mail.")
