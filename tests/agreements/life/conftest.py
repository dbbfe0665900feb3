"""An agreement in force, and a clock that is set."""

from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from core.agreements.drafts import service as drafts
from core.agreements.models import Agreement
from core.agreements.signing import service as signing
from core.kernel import clock
from core.kernel.database import db
from core.kernel.mail import OutgoingMail
from core.kernel.scope import platform_scope
from core.obligations.models import Obligation
from core.testing.drafts import acting, complete_draft
from core.testing.factories import MadeTenant, make_tenant
from tests.agreements.life.steps import ENDS, NOW, sign_all

TYPE = "no_work_training.intention_agreement"


@pytest.fixture
def tenant(app: Flask) -> MadeTenant:
    return make_tenant("norway.municipality")


@pytest.fixture
def inside(app: Flask, tenant: MadeTenant) -> Iterator[None]:
    """The test runs as the tenant's administrator, on Monday 30 November 2026."""
    with clock.frozen(NOW), acting(app, tenant):
        yield


def in_force() -> UUID:
    """An agreement from 30 November 2026 to 30 November 2028."""
    made = complete_draft(type_key=TYPE)
    drafts.save_duration(made, None, ENDS)
    sign_all(signing.send(made), made)
    return made


@pytest.fixture
def agreement_id(inside: None) -> UUID:
    return in_force()


@pytest.fixture
def begin(inside: None) -> Callable[[], UUID]:
    """Makes another agreement in force each time."""
    return in_force


@pytest.fixture
def agreement(agreement_id: UUID) -> Callable[[], Agreement]:
    def read() -> Agreement:
        return db.session.scalars(select(Agreement).where(Agreement.id == agreement_id)).one()

    return read


@pytest.fixture
def promises(agreement_id: UUID) -> Callable[[], list[Obligation]]:
    def read() -> list[Obligation]:
        query = select(Obligation).where(Obligation.subject_id == agreement_id)
        return list(db.session.scalars(query.order_by(Obligation.due_on, Obligation.id)))

    return read


@pytest.fixture
def mails(inside: None) -> Callable[[str], list[OutgoingMail]]:
    """The mails whose subject begins with a word."""

    def read(word: str) -> list[OutgoingMail]:
        with platform_scope("read the mails of a test"):
            query = select(OutgoingMail).where(OutgoingMail.subject.startswith(word))
            return list(db.session.scalars(query.order_by(OutgoingMail.id)))

    return read
