"""Whether somebody is waited for, in Python and in SQL."""

from datetime import timedelta
from itertools import product
from typing import Any

from flask import Flask
from sqlalchemy import select

from core.agreements.models import Agreement, SignatureRequest
from core.agreements.signing.case import open_case
from core.agreements.signing.states import is_waited_for, waiting_sql
from core.agreements.ways import Part
from core.kernel import clock
from core.kernel.database import db
from core.kernel.ids import new_id
from core.kernel.scope import tenant_scope
from core.kernel.unit_of_work import unit_of_work

DATES = ("invited_at", "approved_at", "signed_at", "refused_at", "revoked_at", "opened_at")


def test_lists_and_pages_wait_for_the_same_people(app: Flask, sent: Any) -> None:
    now = clock.now()
    with tenant_scope(sent.tenant.id), unit_of_work():
        version = open_case(sent.agreement_id).version
        for place, (part, *set_dates, days) in enumerate(product(Part, *[(None, now)] * len(DATES), (-1, 1))):
            db.session.add(
                SignatureRequest(
                    id=new_id(),
                    agreement_id=sent.agreement_id,
                    version_id=version.id,
                    party_key=f"party{place}",
                    party_name="",
                    part=part,
                    name="N",
                    role_title="",
                    email="n@example.org",
                    token_hash=f"hash{place}",
                    expires_at=now + timedelta(days=days),
                    **dict(zip(DATES, set_dates, strict=True)),
                )
            )
    with tenant_scope(sent.tenant.id):
        rows = list(db.session.scalars(select(SignatureRequest)))
        query = select(SignatureRequest.id).join(
            Agreement,
            (Agreement.id == SignatureRequest.agreement_id)
            & (Agreement.tenant_id == SignatureRequest.tenant_id),
        )
        listed = set(db.session.scalars(query.where(*waiting_sql())))
        assert listed == {row.id for row in rows if is_waited_for(row, now)}
        assert len(listed) > len(sent.links)
