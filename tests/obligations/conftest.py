"""A tenant with a signed agreement whose promises are there, on a day that the test sets."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from core.agreements.models import Agreement, Contact
from core.kernel import clock
from core.kernel.database import db
from core.kernel.ids import new_id
from core.kernel.scope import tenant_scope
from core.kernel.unit_of_work import unit_of_work
from core.obligations import service
from core.obligations.meetings.planning import Plan, plan
from core.obligations.models import Obligation
from core.testing.agreements import content
from core.testing.drafts import acting
from core.testing.factories import MadeTenant, make_tenant

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
PEOPLE = (
    ("second_leader", "Ola Oppdiktet", "ola@example.org"),
    ("first_leader", "Kari Oppdiktet", "kari@example.org"),
    ("without_address", "Per Oppdiktet", ""),
)


@dataclass(frozen=True)
class Signed:
    """An agreement in force since 30 November 2026 for a year, with meetings in May and November."""

    tenant: MadeTenant
    agreement_id: UUID

    def promises(self) -> list[Obligation]:
        query = select(Obligation).where(Obligation.subject_id == self.agreement_id)
        return list(db.session.scalars(query.order_by(Obligation.due_on, Obligation.id)))

    @property
    def meeting(self) -> Obligation:
        """The steering group of 31 May 2027."""
        return next(one for one in self.promises() if one.kind == "meeting")


@pytest.fixture
def tenant(app: Flask) -> MadeTenant:
    return make_tenant("norway.municipality")


@pytest.fixture
def make_signed() -> Callable[[MadeTenant], Signed]:
    """Makes an agreement of a tenant with its promises; its first administrator is the adviser."""

    def make(tenant: MadeTenant) -> Signed:
        agreement_id = new_id()
        with clock.frozen(NOW), tenant_scope(tenant.id), unit_of_work():
            db.session.add(
                Agreement(
                    id=agreement_id,
                    type_key="a.b",
                    edition="1",
                    language="nb",
                    title="Avtalen",
                    adviser_id=tenant.admin_id,
                )
            )
            db.session.flush()
            for key, name, email in PEOPLE:
                db.session.add(
                    Contact(agreement_id=agreement_id, key=key, name=name, role_title="leder", email=email)
                )
            service.make_for_agreement(agreement_id, content(), date(2026, 11, 30), date(2027, 11, 30))
        return Signed(tenant, agreement_id)

    return make


@pytest.fixture
def signed(tenant: MadeTenant, make_signed: Callable[[MadeTenant], Signed]) -> Signed:
    return make_signed(tenant)


@pytest.fixture
def inside(app: Flask, signed: Signed) -> Iterator[None]:
    """The adviser at work on 21 November 2026."""
    with clock.frozen(NOW), acting(app, signed.tenant):
        yield


def planned(signed: Signed, *, on: date = date(2027, 5, 31), at: time = time(10), others: str = "") -> UUID:
    """The first meeting, planned with the agreement's people."""
    keys = [key for key, _name, _email in PEOPLE]
    obligation_id = signed.meeting.id
    plan(obligation_id, Plan(on, at, 90, "Rådhuset", "Nordvik", "Måltallene", keys, others))
    return obligation_id


def at(year: int, month: int, day: int, hour: int = 12) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)
