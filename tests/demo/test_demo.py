"""The demo is made through the services: every tenant, every state, and nothing twice."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from core import demo
from core.agreements.comments.models import Comment
from core.agreements.models import Agreement
from core.agreements.states import Status, status_of
from core.kernel import clock
from core.kernel.database import db
from core.kernel.scope import tenant_scope
from core.obligations.models import Obligation
from core.plugin_host.demo import DemoTenant
from core.tenancy.kinds import host
from core.tenancy.service import every_tenant
from core.testing.factories import signed_in


def test_the_demo_holds_agreements_in_every_state_and_is_made_once(app: Flask) -> None:
    declared = [one.value for one in host().declared("register_demo")]
    tenants = [one for one in declared if isinstance(one, DemoTenant)]
    assert demo.load() == len(tenants)
    assert demo.load() == 0
    states: dict[str, set[Status]] = {}
    commented: set[str] = set()
    for card in every_tenant("look at the demo"):
        with tenant_scope(card.id):
            today = clock.today(card.timezone)
            rows = list(db.session.scalars(select(Agreement)))
            states[card.country] = states.get(card.country, set()) | {status_of(row, today) for row in rows}
            open_ones = select(Obligation).where(
                Obligation.done_at.is_(None), Obligation.dropped_at.is_(None)
            )
            late = open_ones.where(Obligation.due_on < today)
            oldest = today - demo.LEFT_OPEN - timedelta(days=1)
            assert all(one.due_on >= oldest for one in db.session.scalars(late))
            advisers = select(Agreement.adviser_id).where(Agreement.id == Comment.agreement_id)
            said = select(Comment).where(Comment.written_by.not_in(advisers.scalar_subquery()))
            commented |= {card.country} if list(db.session.scalars(said)) else set()
    assert all(found == set(Status) for found in states.values()), states
    assert commented == set(states)


def test_everybody_of_the_demo_can_sign_in(app: Flask) -> None:
    demo.load()
    for tenant in (
        one.value for one in host().declared("register_demo") if isinstance(one.value, DemoTenant)
    ):
        for _role, _name, email in tenant.people:
            assert signed_in(app, email).get("/tenants").status_code in {200, 302, 303}
