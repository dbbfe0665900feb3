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
from core.agreements.signing import service as signing
from core.agreements.signing.keys import key_of_link
from core.app import create_app
from core.kernel import clock
from core.kernel.database import SHARED_METADATA
from core.kernel.database_roles import driver_url
from core.kernel.migrations import upgrade
from core.lineages import all_lineages
from core.testing.database import TestServer, settings_for
from core.testing.drafts import acting, complete_draft
from core.testing.factories import MadeTenant, make_tenant, signed_in

KIND: Final = "norway.municipality"
TYPE: Final = "no_introduction.nav_cooperation"
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


@dataclass(frozen=True)
class Size:
    """How much there is: agreements of the reader's tenant, other tenants, agreements of each of those."""

    agreements: int = 200
    others: int = 50
    each: int = 20


@dataclass(frozen=True)
class Place:
    """The product on its database, whom it is measured for, and the agreement that is opened."""

    app: Flask
    owner_url: str
    tenant: MadeTenant
    agreement_id: UUID


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
        owner.execute("ANALYZE")
    return Place(app, owner_url, tenant, signed)


def signed_in_at(app: Flask, place: Place) -> FlaskClient:
    """The browser of the tenant's administrator, at the product or at another application on its database."""
    app.config["WTF_CSRF_ENABLED"] = False
    client = signed_in(app, place.tenant.admin_email)
    app.config["WTF_CSRF_ENABLED"] = True
    return client


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
