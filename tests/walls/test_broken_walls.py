"""Walls that are broken on purpose: each one left standing alone still stops the leak.

Every attack is tried with all walls but one removed, for each wall in its way; and once with none left, where
it has to succeed: an attack that never worked would show nothing.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError

from core.agreements.models import Agreement, Version
from core.kernel import guard
from core.kernel.database import ScopedSession, UnsafeStatementError, db, raw_sql_allowed
from core.kernel.guard import WrongTenantError
from core.kernel.ids import new_id
from core.kernel.scope import NoTenantScopeError, tenant_scope
from core.kernel.unit_of_work import unit_of_work
from core.obligations.models import Obligation
from core.tenancy import gate
from tests.walls.furnishing import Probed

STOPPED = (NoTenantScopeError, UnsafeStatementError, WrongTenantError, StaleDataError, DBAPIError)
FOUND = 200

Wall = Callable[[Probed], Any]
Attack = Callable[[Probed], bool]


@contextmanager
def without_criteria(_probed: Probed) -> Iterator[None]:
    with unheard("do_orm_execute", guard._add_criteria):
        yield


@contextmanager
def without_check_of_rows(_probed: Probed) -> Iterator[None]:
    with unheard("before_flush", guard._check_rows):
        yield


@contextmanager
def unheard(name: str, listener: Any) -> Iterator[None]:
    event.remove(ScopedSession, name, listener)
    try:
        yield
    finally:
        event.listen(ScopedSession, name, listener)


def without_check_of_statements(_probed: Probed) -> Any:
    return raw_sql_allowed()


def without_scope(_probed: Probed) -> Any:
    """Nobody enters the tenant of an address."""
    patch = pytest.MonkeyPatch()
    stack = ExitStack()
    stack.callback(patch.undo)
    patch.setattr(gate, "tenant_scope", lambda _tenant_id: nullcontext())
    return stack


@contextmanager
def without_row_security(probed: Probed) -> Iterator[None]:
    for table in sorted(guard.owned_tables()):
        probed.as_administrator(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    yield


@contextmanager
def without_keys(probed: Probed) -> Iterator[None]:
    name = "fk_agreements_version_tenant_id_agreement_id"
    probed.as_administrator(f"ALTER TABLE agreements_version DROP CONSTRAINT {name}")
    yield


def theirs(probed: Probed) -> UUID:
    return probed.theirs.tenant.id


def promise_of(tenant_id: UUID) -> Obligation:
    texts = {name: name for name in ("subject_kind", "subject_title", "key", "kind", "title")}
    days = {name: date(2026, 12, 1) for name in ("nominal_on", "due_on")}
    return Obligation(tenant_id=tenant_id, id=new_id(), subject_id=new_id(), index=1, **texts, **days)


def read_everything(probed: Probed) -> bool:
    with tenant_scope(probed.mine.tenant.id):
        return theirs(probed) in db.session.scalars(select(Obligation.tenant_id)).all()


def count_theirs(probed: Probed) -> bool:
    query = select(func.count()).select_from(Agreement).where(Agreement.tenant_id == theirs(probed))
    with tenant_scope(probed.mine.tenant.id):
        return bool(db.session.scalar(query))


def fetch_by_key(probed: Probed) -> bool:
    key = (theirs(probed), UUID(probed.theirs.examples["obligation_id"]))
    with tenant_scope(probed.mine.tenant.id):
        return db.session.get(Obligation, key) is not None


def read_by_hand(probed: Probed) -> bool:
    with tenant_scope(probed.mine.tenant.id):
        rows = db.session.execute(text("SELECT tenant_id FROM obligations_obligation")).scalars().all()
    return theirs(probed) in rows


def read_without_a_scope(probed: Probed) -> bool:
    return theirs(probed) in db.session.scalars(select(Obligation.tenant_id)).all()


def write_a_row_of_theirs(probed: Probed) -> bool:
    with tenant_scope(probed.mine.tenant.id), unit_of_work():
        db.session.add(promise_of(theirs(probed)))
    return True


def change_a_row_of_theirs(probed: Probed) -> bool:
    with tenant_scope(theirs(probed)), unit_of_work():
        row = promise_of(theirs(probed))
        db.session.add(row)
    with tenant_scope(probed.mine.tenant.id), unit_of_work():
        db.session.add(row)
        row.title = "Taken"
    return True


def hang_my_version_on_their_agreement(probed: Probed) -> bool:
    their_agreement = UUID(probed.theirs.examples["agreement_id"])
    with tenant_scope(probed.mine.tenant.id), unit_of_work():
        mine = db.session.scalars(select(Version).where(Version.tenant_id == probed.mine.tenant.id)).first()
        columns = {column.name: getattr(mine, column.name) for column in Version.__table__.columns}
        db.session.add(Version(**columns | {"id": new_id(), "agreement_id": their_agreement, "number": 99}))
    with tenant_scope(probed.mine.tenant.id):
        joined = select(Agreement.title).join(Version, Version.agreement_id == Agreement.id)
        return bool(db.session.scalars(joined.where(Agreement.id == their_agreement)).all())


def list_their_people(probed: Probed) -> bool:
    page = probed.mine.insider.get(probed.mine.url("/t/<slug>/people"))
    return page.status_code == FOUND and probed.theirs.tenant.admin_email in page.text


CRITERIA, ROWS, STATEMENTS = without_criteria, without_check_of_rows, without_check_of_statements
SCOPE, KEYS, SECURITY = without_scope, without_keys, without_row_security
WALLS_AGAINST: dict[Attack, tuple[Wall, ...]] = {
    read_everything: (CRITERIA, SECURITY),
    count_theirs: (CRITERIA, SECURITY),
    fetch_by_key: (CRITERIA, SECURITY),
    list_their_people: (CRITERIA, SECURITY),
    read_by_hand: (STATEMENTS, SECURITY),
    read_without_a_scope: (STATEMENTS, SECURITY),
    write_a_row_of_theirs: (ROWS, SECURITY),
    change_a_row_of_theirs: (ROWS, SECURITY),
    hang_my_version_on_their_agreement: (KEYS, CRITERIA, SECURITY),
}
ALONE = [(attack, standing) for attack, walls in WALLS_AGAINST.items() for standing in walls]


def succeeds(probed: Probed, attack: Attack, removed: list[Wall]) -> bool:
    """Whether an attack reaches the other tenant when walls are removed; everything is undone."""
    with probed.undone(), ExitStack() as broken:
        for wall in removed:
            broken.enter_context(wall(probed))
        try:
            return attack(probed)
        except STOPPED:
            return False
        finally:
            db.session.close()


def words(value: Any) -> str:
    return value.__name__.replace("_", " ")


@pytest.mark.parametrize(("attack", "standing"), ALONE, ids=words)
def test_each_wall_alone_stops_the_attack(probed: Probed, attack: Attack, standing: Wall) -> None:
    removed = [wall for wall in WALLS_AGAINST[attack] if wall is not standing]
    assert not succeeds(probed, attack, removed)


@pytest.mark.parametrize("attack", WALLS_AGAINST, ids=words)
def test_without_any_wall_the_attack_would_succeed(probed: Probed, attack: Attack) -> None:
    """So the test above fails as soon as its wall is gone."""
    assert succeeds(probed, attack, list(WALLS_AGAINST[attack]))
