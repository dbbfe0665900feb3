"""Where the benchmark happens: a tenant with many agreements among other tenants with theirs.

A few agreements are made through the services; the others are copies made by one statement for each table.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

import psycopg
from flask import Flask
from flask.testing import FlaskClient
from psycopg import sql
from sqlalchemy import Table

import core.tables  # noqa: F401  imported for what it declares
from core.agreements.drafts import service as drafts
from core.agreements.signing import service as signing
from core.agreements.signing.keys import key_of_link
from core.app import create_app
from core.kernel import clock
from core.kernel.database import SHARED_METADATA, db
from core.kernel.database_roles import driver_url
from core.kernel.migrations import upgrade
from core.lineages import all_lineages
from core.obligations import service as obligations
from core.obligations.cadence import add_months
from core.testing.database import TestServer, settings_for
from core.testing.drafts import acting, complete_draft
from core.testing.factories import MadeTenant, make_tenant, signed_in

KIND: Final = "norway.municipality"
TYPE: Final = "no_introduction.nav_cooperation"
TIMEZONE: Final = "Europe/Oslo"
TEMPLATES: Final = 4
COPIED: Final = (
    "agreements_agreement",
    "agreements_word",
    "agreements_party",
    "agreements_clause",
    "agreements_value",
    "agreements_contact",
    "agreements_goal",
    "agreements_meeting",
    "agreements_version",
    "agreements_signature_request",
    "obligations_obligation",
)
LINKS: Final = frozenset({"id", "agreement_id", "version_id", "subject_id"})
OWN_WORDS: Final = "replace(source.content::text, 'verdi for', 'verdi ' || copy_number || ' for')::jsonb"
"""What somebody typed differs between the copies of an agreement, as it does in life."""
BUSY_MONTHS: Final = 39
BUSY_RHYTHM: Final = {"included": True, "every_months": 5, "first_after_months": 3}
BUSY_OBLIGATIONS: Final = 60
BUSY_SINCE: Final = timedelta(days=400)


@dataclass(frozen=True)
class Size:
    """How much there is: agreements of the reader's tenant, other tenants, agreements of each of those."""

    agreements: int = 10_000
    others: int = 50
    each: int = 20


@dataclass(frozen=True)
class Place:
    """The product on its database, whom it is measured for, and the agreements that are opened."""

    app: Flask
    owner_url: str
    tenant: MadeTenant
    agreement_id: UUID
    busy_id: UUID


def settle(server: TestServer, size: Size) -> Place:
    """Make the database and fill it."""
    settings = settings_for(server.admin_url, server.new_database())
    app = create_app(settings)
    app.config["RATELIMIT_ENABLED"] = False
    with app.app_context():
        upgrade(settings.database_url_owner, all_lineages())
        tenant = make_tenant(KIND)
        signed = _write(app, tenant)
    owner_url = driver_url(settings.database_url_owner)
    with psycopg.connect(owner_url, autocommit=True) as owner:
        _copy_tenant(owner, tenant.id, size.others)
        _copy_agreements(owner, tenant.id, own=size.agreements, others=size.each)
        busy = _write_busy(app, tenant)
        owner.execute("ANALYZE")
    return Place(app, owner_url, tenant, signed, busy)


def signed_in_at(app: Flask, place: Place) -> FlaskClient:
    """The browser of the tenant's administrator, at the product or at another application on its database."""
    app.config["WTF_CSRF_ENABLED"] = False
    client = signed_in(app, place.tenant.admin_email)
    app.config["WTF_CSRF_ENABLED"] = True
    return client


def let_go(app: Flask) -> None:
    """Close an application's connections, so that its database can be copied."""
    with app.app_context():
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()


def _write(app: Flask, tenant: MadeTenant) -> UUID:
    """A draft, a refused agreement, one that waits for its second signature, and one in force: the last."""
    now = clock.now()
    with acting(app, tenant):
        begun = [complete_draft(f"Samarbeid {number}", type_key=TYPE) for number in range(TEMPLATES)]
        with clock.frozen(now - timedelta(days=20)):
            signing.refuse(key_of_link(signing.send(begun[1])[-1].token), "Ikke nå")
            _sign(signing.send(begun[2])[:1])
        with clock.frozen(now - timedelta(days=200)):
            _sign(signing.send(begun[3]))
    return begun[3]


def _write_busy(app: Flask, tenant: MadeTenant) -> UUID:
    """An agreement with sixty promises, of which two thirds of those that were due have been kept."""
    with acting(app, tenant):
        agreement_id = complete_draft("Et langt samarbeid", type_key=TYPE)
        drafts.save_meeting(agreement_id, "leader_meeting", BUSY_RHYTHM)
        with clock.frozen(clock.now() - BUSY_SINCE):
            drafts.save_duration(agreement_id, None, add_months(clock.today(TIMEZONE), BUSY_MONTHS))
            _sign(signing.send(agreement_id))
        promises = obligations.for_subject(agreement_id)
        _refuse_other_number(len(promises))
        for number, promise in enumerate(one for one in promises if one.is_late):
            if number % 3:
                obligations.mark_done(promise.id)
    return agreement_id


def _refuse_other_number(promises: int) -> None:
    if promises != BUSY_OBLIGATIONS:
        raise ValueError(f"the agreement with {BUSY_OBLIGATIONS} obligations has {promises}")


def _sign(links: list[signing.IssuedLink]) -> None:
    for link in links:
        case, request = signing.look(key_of_link(link.token))
        key = key_of_link(link.token)
        signing.sign(key, name=request.name, role=request.role_title, sha256=case.version.sha256)


_COPY_TENANT = """
INSERT INTO tenancy_tenant ({columns})
SELECT {values} FROM tenancy_tenant AS source CROSS JOIN generate_series(1, %(count)s) AS copies(copy_number)
WHERE source.id = %(tenant)s
"""
_COPY_ROWS = """
INSERT INTO {table} ({columns})
SELECT {values} FROM {table} AS source
CROSS JOIN tenancy_tenant AS target
CROSS JOIN generate_series(
    1, CASE WHEN target.id = %(tenant)s THEN %(own)s ELSE %(others)s END
) AS copies(copy_number)
WHERE source.tenant_id = %(tenant)s
"""


def _copy_tenant(owner: psycopg.Connection, tenant_id: UUID, count: int) -> None:
    table = SHARED_METADATA.tables["tenancy_tenant"]
    anew = {
        "id": "md5(source.id::text || copy_number)::uuid",
        "slug": "source.slug || '-' || copy_number",
        "district_key": "copy_number::text",
    }
    owner.execute(_filled(_COPY_TENANT, table, anew), {"tenant": tenant_id, "count": count})


def _copy_agreements(owner: psycopg.Connection, tenant_id: UUID, *, own: int, others: int) -> None:
    rounds = {"own": max(0, own // TEMPLATES - 1), "others": others // TEMPLATES}
    for name in COPIED:
        table = SHARED_METADATA.tables[name]
        anew = {"tenant_id": "target.id", "token_hash": "md5(source.token_hash || target.id || copy_number)"}
        anew["content"] = OWN_WORDS
        anew |= {link: f"md5(source.{link}::text || target.id || copy_number)::uuid" for link in LINKS}
        owner.execute(_filled(_COPY_ROWS, table, anew), {"tenant": tenant_id, **rounds})


def _filled(statement: str, table: Table, anew: dict[str, str]) -> sql.Composed:
    """A statement that copies every column but those that are made anew, by name."""
    columns = [column.name for column in table.columns]
    values = [sql.SQL(anew[name]) if name in anew else sql.Identifier("source", name) for name in columns]
    return sql.SQL(statement).format(
        table=sql.Identifier(table.name),
        columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
        values=sql.SQL(", ").join(values),
    )
