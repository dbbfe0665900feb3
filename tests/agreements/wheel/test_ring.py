"""Where things stand in the ring of a year."""

from math import atan2, degrees, hypot
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from core.agreements.wheel.ring import ACTIVITY, CENTRE, INNER, PROMISE, Entry, Mark, Rest, ring_of
from core.agreements.wheel.year import numbered

NOBODY = UUID(int=0)
entries = st.lists(
    st.builds(
        Entry,
        number=st.just(0),
        kind=st.sampled_from([PROMISE, ACTIVITY]),
        id=st.uuids(),
        title=st.just("Budget"),
        month=st.integers(1, 12),
        day=st.none() | st.integers(1, 28),
    ),
    max_size=80,
).map(numbered)


def month_at(mark: Mark | Rest) -> int:
    angle = degrees(atan2(mark.x - CENTRE, CENTRE - mark.y)) % 360
    return int(angle // 30) + 1


@given(entries)
def test_everything_stands_in_the_field_of_its_month(found: list[Entry]) -> None:
    ring = ring_of(found)
    assert all(month_at(mark) == mark.entry.month for mark in ring.marks)
    assert all(month_at(rest) == rest.month for rest in ring.rests)


@given(entries)
def test_what_the_ring_shows_and_counts_is_what_the_list_has(found: list[Entry]) -> None:
    ring = ring_of(found)
    shown = {mark.entry.number for mark in ring.marks}
    assert len(shown) == len(ring.marks)
    assert shown <= {one.number for one in found}
    assert len(shown) + sum(rest.count for rest in ring.rests) == len(found)


@given(entries)
def test_no_mark_covers_another(found: list[Entry]) -> None:
    ring = ring_of(found)
    points = [(one.x, one.y) for one in (*ring.marks, *ring.rests)]
    assert all(
        hypot(a - c, b - d) >= 20 for place, (a, b) in enumerate(points) for c, d in points[place + 1 :]
    )
    assert all(hypot(x - CENTRE, y - CENTRE) < INNER - 10 for x, y in points)


@given(entries)
def test_numbers_go_through_the_year_without_a_gap(found: list[Entry]) -> None:
    assert [one.number for one in found] == list(range(1, len(found) + 1))
    dates = [(one.month, one.day or 0) for one in found]
    assert dates == sorted(dates)


def test_january_is_the_first_field_from_the_top_clockwise() -> None:
    first = ring_of([]).sectors[0]
    assert first.month == 1
    assert first.path.startswith(f"M{float(CENTRE)} 4.0")
    assert first.x > CENTRE > first.y


def test_a_full_month_counts_the_rest() -> None:
    many = numbered(Entry(0, PROMISE, NOBODY, "Meeting", 5, day) for day in range(1, 12))
    ring = ring_of(many)
    assert (len(ring.marks), [(rest.month, rest.count) for rest in ring.rests]) == (7, [(5, 4)])
