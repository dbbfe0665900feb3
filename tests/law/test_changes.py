"""When the law changes, on which side a matter is, and where that stands in the picture."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.law.changes import ENDS, IN_FORCE, NEW_VALUE, NEW_VERSION, SWITCH, ChangeDay, days_of_change
from core.law.timeline import LEFT, RIGHT, ROOM, timeline_of
from plugins.no_introduction.law import regime, target_group
from tests.law.lab import RULE_SET

REGIME, TARGET_GROUP = regime.RULE_SET, target_group.RULE_SET


def changes(days: tuple[ChangeDay, ...]) -> list[tuple[date, str, str]]:
    return [(day.day, one.what, one.key) for day in days for one in day.changes]


def test_every_beginning_and_end_of_every_version_is_a_day_of_change() -> None:
    days = {one.day for one in days_of_change(REGIME, {})}
    for rule_id in REGIME.own_rules:
        for version in REGIME.rules[rule_id]:
            assert {version.valid_from, version.valid_until} - {None} <= days


def test_a_version_after_another_is_no_end() -> None:
    found = changes(days_of_change(REGIME, {}))
    assert (date(2024, 7, 1), NEW_VERSION, "NO-REG-02") in found
    assert (date(2024, 7, 1), ENDS, "NO-REG-02") not in found
    assert (date(2028, 7, 1), ENDS, "NO-REG-02") in found


def test_a_value_tells_what_was_before() -> None:
    for day in days_of_change(TARGET_GROUP, {}):
        for one in day.changes:
            if one.what == NEW_VALUE:
                parameter = TARGET_GROUP.law.parameters[one.key]
                earlier = parameter.on(day.day - timedelta(days=1))
                assert one.before == (earlier and earlier.value)


def test_pending_law_is_a_change_once_it_has_a_day() -> None:
    (key, *_others) = REGIME.law.switches
    day = date(2027, 1, 1)
    assert not any(SWITCH in one.kinds for one in days_of_change(REGIME, {}))
    assert (day, IN_FORCE, key) in changes(days_of_change(REGIME, {key: day}))


def test_the_date_that_selects_is_the_one_that_is_moved() -> None:
    found = [one for day in days_of_change(RULE_SET, {}) for one in day.changes]
    assert {one.moved_by for one in found} == {("began",)}


@given(st.lists(st.dates(date(1990, 1, 1), date(2080, 1, 1)), min_size=1, unique=True))
def test_no_two_marks_of_the_picture_lie_on_each_other(days: list[date]) -> None:
    change = days_of_change(RULE_SET, {})[0].changes[0]
    there = [ChangeDay(number, day, (change,)) for number, day in enumerate(sorted(days))]
    picture = timeline_of(there, date(2026, 11, 27))
    assert len(picture.marks) == len(there)
    for one in picture.marks:
        assert LEFT <= one.x <= RIGHT
        assert one.y < picture.height
        beside = [other for other in picture.marks if other is not one and other.y == one.y]
        assert all(abs(other.x - one.x) >= ROOM for other in beside)
