"""The list of agreements: searched, filtered, ordered and paged in SQL, for a page and for a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from flask_babel import gettext
from sqlalchemy import ColumnElement, Select, and_, case, false, func, literal, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from core.access import directory
from core.access import service as access
from core.agreements import reach
from core.agreements.catalogue import title_of, types_in_force
from core.agreements.finding.models import Word
from core.agreements.finding.words import words_asked
from core.agreements.models import Agreement, Party
from core.agreements.overview.filters import ME, Choices, Filters
from core.agreements.states import Status, status_of, status_sql
from core.kernel import clock
from core.kernel.database import db
from core.tenancy.service import current_tenant
from core.tenancy.units import units
from core.web.languages import current_language

READ: Final = reach.READ
PAGE_LENGTH: Final = 25
MOST_COUNTED: Final = 1000
"""A list counts and pages so far; who has more narrows the search. So a page costs the same for everybody."""
MOST_WORDS: Final = 8
LAST_LETTER: Final = "\U0010ffff"
AT_A_TIME: Final = 500


@dataclass(frozen=True)
class Row:
    """One line of the list; ``numbers`` are those of the organisations."""

    id: UUID
    title: str
    type_title: str
    status: Status
    parties: str
    numbers: str
    unit: str
    adviser: str
    starts_on: date | None
    ends_on: date | None
    changed_at: datetime
    amends: bool = False


@dataclass(frozen=True)
class Found:
    """One page of the list. There may be more than ``total`` when ``is_more``."""

    rows: list[Row]
    total: int
    is_more: bool
    page: int
    pages: int


def choices() -> Choices:
    """What the list can be filtered by here, for the signed-in member."""
    access.require(READ)
    sees_people = access.decide(directory.READ).allowed
    people = directory.to_choose_from() if sees_people else []
    return Choices(
        types=types_in_force(current_language()),
        units={str(one.id): one.name for one in units(closed=True)},
        advisers={ME: gettext("Me"), **{str(account_id): name for account_id, name in people}},
    )


def find(filters: Filters, known: Choices, *, page: int = 1) -> Found:
    """A page of what the filters leave of the agreements that the member may read."""
    access.require(READ)
    query = _chosen(filters)
    counted = query.with_only_columns(Agreement.id).limit(MOST_COUNTED + 1).subquery()
    total = db.session.scalar(select(func.count()).select_from(counted)) or 0
    is_more, total = total > MOST_COUNTED, min(total, MOST_COUNTED)
    pages = max(1, -(-total // PAGE_LENGTH))
    page = min(max(1, page), pages)
    ordered = query.order_by(*_order(filters.sort)).limit(PAGE_LENGTH).offset((page - 1) * PAGE_LENGTH)
    rows = _rows(list(db.session.scalars(ordered)), known)
    return Found(rows, total, is_more, page, pages)


def every(filters: Filters, known: Choices, *, most: int) -> Iterator[Row]:
    """All rows in their order, some hundred in memory at a time."""
    access.require(READ)
    query = _chosen(filters).order_by(*_order(filters.sort)).limit(most)
    streamed = db.session.scalars(query.execution_options(yield_per=AT_A_TIME))
    for some in streamed.partitions():
        yield from _rows(list(some), known)


def _chosen(filters: Filters) -> Select[Agreement]:
    return select(Agreement).where(reach.within(READ), *_conditions(filters, _today()))


def _today() -> date:
    return clock.today(current_tenant().timezone)


def _conditions(filters: Filters, today: date) -> Iterator[ColumnElement[bool]]:
    if filters.q:
        yield _mentions(filters.q)
    if Status.TAKEN_UP.value not in filters.status:
        yield Agreement.taken_up_at.is_(None)
    if filters.status:
        yield status_sql(today).in_(filters.status)
    if filters.type:
        yield Agreement.type_key == filters.type
    if filters.unit_id:
        yield Agreement.unit_id == filters.unit_id
    if filters.adviser:
        yield Agreement.adviser_id == adviser_id(filters.adviser)
    if filters.sector:
        yield Agreement.id.in_(select(Party.agreement_id).where(Party.sector == filters.sector))
    yield from _dates(filters, today)


def adviser_id(adviser: str) -> UUID:
    """Who is meant by an adviser in an address."""
    return access.require_member().account_id if adviser == ME else UUID(adviser)


def _dates(filters: Filters, today: date) -> Iterator[ColumnElement[bool]]:
    starts, ends = Agreement.starts_on, Agreement.ends_on
    if filters.begins_from:
        yield starts >= filters.begins_from
    if filters.begins_to:
        yield starts <= filters.begins_to
    if filters.ends_from:
        yield ends >= filters.ends_from
    if filters.ends_to:
        yield ends <= filters.ends_to
    if filters.ends_within:
        yield ends.between(today, today + timedelta(days=filters.ends_within))


def _mentions(typed: str) -> ColumnElement[bool]:
    """Agreements with a word that begins with each of those typed."""
    wanted = words_asked(typed)[:MOST_WORDS]
    found = [
        Agreement.id.in_(select(Word.agreement_id).where(Word.word >= one, Word.word < f"{one}{LAST_LETTER}"))
        for one in wanted
    ]
    return and_(*found) if found else false()


def _order(sort: str) -> tuple[Any, ...]:
    places = {one.value: place for place, one in enumerate(Status)}
    orders: dict[str, tuple[Any, ...]] = {
        "changed": (Agreement.changed_at.desc(),),
        "title": (Agreement.title_key,),
        "party": (Agreement.parties_key,),
        "status": (case(places, value=status_sql(_today())), Agreement.changed_at.desc()),
        "ends": (Agreement.ends_on,),
    }
    return (*orders[sort], Agreement.id)


def _rows(found: list[Agreement], known: Choices) -> list[Row]:
    today, language = _today(), current_language()
    parties = _parties([one.id for one in found])
    advisers = access.names_of(one.adviser_id for one in found)
    return [
        Row(
            one.id,
            one.title,
            title_of(one.type_key, language),
            status_of(one, today),
            *parties.get(one.id, ("", "")),
            known.units.get(str(one.unit_id), ""),
            advisers.get(one.adviser_id, ""),
            one.starts_on,
            one.ends_on,
            one.changed_at,
            amends=one.amends_id is not None,
        )
        for one in found
    ]


def _parties(ids: list[UUID]) -> dict[UUID, tuple[str, str]]:
    """Names and numbers of the parties other than the tenant."""
    in_order = aggregate_order_by(literal(", "), Party.key)
    query: Select[Any] = (
        select(
            Party.agreement_id,
            func.string_agg(Party.name, in_order),
            func.coalesce(func.string_agg(func.nullif(Party.number, ""), in_order), ""),
        )
        .where(Party.agreement_id.in_(ids), Party.name != "", Party.name != current_tenant().name)
        .group_by(Party.agreement_id)
    )
    return {agreement_id: (names, numbers) for agreement_id, names, numbers in db.session.execute(query)}
