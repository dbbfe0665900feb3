"""Agreements in force for tests, put down as rows: quick, where nobody cares how they were signed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from core.agreements.content import fingerprint
from core.agreements.models import Agreement, Contact, Version
from core.kernel import clock
from core.kernel.database import db
from core.kernel.ids import new_id
from core.kernel.scope import tenant_scope
from core.kernel.unit_of_work import unit_of_work
from core.obligations import service as obligations
from core.testing.agreements import CONTACT, MEETING, content, section
from core.testing.factories import MadeTenant

SIGNED_AT = datetime(2026, 11, 30, 9, tzinfo=UTC)
STARTS, ENDS = date(2026, 11, 30), date(2028, 11, 30)
REPORT = MEETING | {
    "key": "status_report",
    "kind": "report",
    "title": "Rapport om samarbeidet",
    "every_months": 4,
    "first_after_months": 4,
    "participants": ["Leder hos bakeriet"],
    "agenda": [],
}
CONTACT_LIST = REPORT | {
    "key": "contact_list",
    "kind": "contact_list",
    "title": "Gjennomgang av kontaktlisten",
}
OURS = CONTACT | {
    "key": "first_leader",
    "party": "Nordvik",
    "title": "Leder hos Nordvik",
    "name": "Kari Oppdiktet",
    "email": "kari@example.org",
}
PEOPLE: Sequence[Mapping[str, Any]] = (OURS, CONTACT)


@dataclass(frozen=True)
class Pact:
    """An agreement in force from 30 November 2026 for two years, with a leader on each side."""

    tenant: MadeTenant
    id: UUID


def pact(tenant: MadeTenant, people: Sequence[Mapping[str, Any]] = PEOPLE) -> Pact:
    """Put down an agreement of a tenant that promises meetings, reports and a list of contacts."""
    text = content(
        sections=[
            *content()["sections"][:1],
            section("2", "Møter", meetings=[MEETING, REPORT, CONTACT_LIST]),
            section("3", "Kontakter", contacts=list(people), duration=True),
        ]
    )
    agreement_id = new_id()
    with clock.frozen(SIGNED_AT), tenant_scope(tenant.id), unit_of_work():
        db.session.add(_agreement(agreement_id, tenant))
        db.session.flush()
        version = Version(agreement_id=agreement_id, number=1, content=text, sha256=fingerprint(text))
        db.session.add_all([version, *(_contact(agreement_id, one) for one in people)])
        obligations.make_for_agreement(agreement_id, text, STARTS, ENDS)
    return Pact(tenant, agreement_id)


def _agreement(agreement_id: UUID, tenant: MadeTenant) -> Agreement:
    return Agreement(
        id=agreement_id,
        type_key="made.by_hand",
        edition="2026-1",
        language="nb",
        title="Samarbeid om arbeidstrening",
        adviser_id=tenant.admin_id,
        sent_at=SIGNED_AT,
        activated_at=SIGNED_AT,
        starts_on=STARTS,
        ends_on=ENDS,
    )


def _contact(agreement_id: UUID, one: Mapping[str, Any]) -> Contact:
    names = ("key", "name", "role_title", "email", "phone")
    return Contact(id=new_id(), agreement_id=agreement_id, **{name: one[name] for name in names})
