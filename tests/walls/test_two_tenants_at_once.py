"""Two tenants that write and read random things at the same time never see anything of each other's."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from core.kernel.database import db
from core.kernel.ids import new_id
from core.kernel.scope import tenant_scope
from core.kernel.unit_of_work import unit_of_work
from core.obligations.models import Obligation

MARK = "random"
Step = tuple[str, int]
STEPS = st.lists(
    st.tuples(st.sampled_from(["write", "change", "change many", "remove", "look"]), st.integers(0, 9)),
    min_size=1,
    max_size=8,
)


class Desk:
    """What one tenant does, and which rows it must see: exactly those that it wrote itself."""

    def __init__(self, tenant_id: UUID, other: UUID) -> None:
        self.tenant_id, self.other = tenant_id, other
        self.titles: dict[UUID, str] = {}
        self.verbs: dict[str, Callable[[int], None]] = {
            "write": self.write,
            "change": self.change,
            "change many": self.change_many,
            "remove": self.remove,
            "look": lambda _number: None,
        }

    def work(self, steps: list[Step]) -> None:
        with tenant_scope(self.tenant_id):
            for verb, number in steps:
                self.verbs[verb](number)
                self.look()
            self.change_many(0)
            for _row in range(len(self.titles)):
                self.remove(0)
            self.look()

    def write(self, number: int) -> None:
        days = {name: date(2026, 12, 1) for name in ("nominal_on", "due_on")}
        kinds = {"subject_kind": MARK, "subject_title": "", "key": "", "kind": MARK}
        row = Obligation(id=new_id(), subject_id=new_id(), index=number, title=f"{number}", **kinds, **days)
        with unit_of_work():
            db.session.add(row)
        self.titles[row.id] = row.title

    def change(self, number: int) -> None:
        if row := self._one(number):
            with unit_of_work():
                row.title = self.titles[row.id] = f"changed {number}"

    def change_many(self, number: int) -> None:
        with unit_of_work():
            statement = update(Obligation).where(Obligation.kind == MARK).values(title=f"all {number}")
            assert db.session.execute(statement).rowcount == len(self.titles)
        self.titles = dict.fromkeys(self.titles, f"all {number}")

    def remove(self, number: int) -> None:
        if row := self._one(number):
            with unit_of_work():
                db.session.delete(row)
            del self.titles[row.id]

    def look(self) -> None:
        rows = db.session.scalars(select(Obligation).where(Obligation.kind == MARK)).all()
        assert {row.id: row.title for row in rows} == self.titles
        others = select(func.count()).select_from(Obligation).where(Obligation.tenant_id == self.other)
        assert db.session.scalar(others) == 0

    def _one(self, number: int) -> Obligation | None:
        chosen = list(self.titles)[number % len(self.titles)] if self.titles else None
        return chosen and db.session.get(Obligation, (self.tenant_id, chosen))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(one=STEPS, two=STEPS)
def test_two_tenants_at_once_see_only_their_own(house: Any, one: list[Step], two: list[Step]) -> None:
    def work(desk: Desk, steps: list[Step]) -> None:
        with house.app.app_context():
            desk.work(steps)

    desks = Desk(house.one.id, house.two.id), Desk(house.two.id, house.one.id)
    with ThreadPoolExecutor(2) as threads:
        for done in [threads.submit(work, *pair) for pair in zip(desks, (one, two), strict=True)]:
            done.result()
