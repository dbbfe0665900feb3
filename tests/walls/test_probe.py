"""The permission table holds: at every address come in exactly those whom its line names.

Each address is first opened by whoever has just what its line asks for; only then by everybody else. One
account has each role in turn, so that nothing but the role makes the difference.
"""

from collections.abc import Iterable, Sequence

from core.access.permissions import PERMISSIONS, scopes_of
from core.access.scopes import ALL, OWN, RELATED, UNIT, widest
from tests.walls.furnishing import FORM
from tests.walls.permission_table import Row
from tests.walls.probe_roles import all_but, only
from tests.walls.probing import (
    COLLEAGUE,
    EXTERNAL,
    HIDDEN,
    INSIDE,
    MEMBER,
    NOBODY,
    OPEN,
    OPERATOR,
    OUTSIDE,
    STRANGER,
    TABLE,
    UNREADABLE,
    Probe,
    came_in,
    each,
)
from tests.walls.product import product

DECLARED = {
    role.value.key: set() if role.value.outside else set(widest(role.value.permissions))
    for role in product().extensions["fotfeste_host"].declared("register_roles")
}


NO_MATTER_OF_REACH = ("only who was asked", "only who saved it", "of the whole tenant")


def graded(row: Row) -> bool:
    """Whether it depends on how far a permission reaches; the note says so where it does not."""
    return not any(words in row.note for words in NO_MATTER_OF_REACH) and all(
        one in PERMISSIONS and len(scopes_of(one)) > 1 for way in row.ways for one in way
    )


def words_of(permissions: Iterable[str]) -> set[str]:
    """What is true of a member with permissions; the addresses of the probe hold working personal links."""
    return {*permissions, *OPEN, "signed-in", "member"}


@each(INSIDE)
def test_just_what_the_line_asks_for_is_enough(probe: Probe, row: Row) -> None:
    for way in row.ways:
        if set(way) <= words_of(PERMISSIONS):
            answer = probe.ask_as(only([one for one in way if one in PERMISSIONS]), row)
            assert came_in(answer), f"{way}: {answer.status}"


@each(INSIDE)
def test_everything_but_what_the_line_asks_for_is_not(probe: Probe, row: Row) -> None:
    for missing in {one for way in row.ways for one in way if one in PERMISSIONS}:
        may = row.allows(words_of(set(PERMISSIONS) - {missing}))
        for form in (FORM, {}):
            answer = probe.ask_as(all_but(missing), row, form=form)
            assert came_in(answer) == may or (not form and answer.status_code == UNREADABLE), answer.status


@each(INSIDE)
def test_declared_roles_get_what_the_table_says(probe: Probe, row: Row) -> None:
    """In turn one of the roles that may and two that may not: all that makes them differ is tried above."""
    allowed = [role for role, permissions in DECLARED.items() if row.allows(words_of(permissions))]
    denied = [role for role in DECLARED if role not in allowed]
    for role in in_turn(row, allowed, 1):
        answer = probe.ask_as(role, row)
        assert came_in(answer), f"{role}: {answer.status}"
    for role in in_turn(row, denied, 2):
        assert not came_in(probe.ask_as(role, row, fragment=True)), role


def in_turn(row: Row, roles: Sequence[str], number: int) -> set[str]:
    """Some of the roles; the next ones for the next row."""
    first = INSIDE.index(row) * number
    return {roles[(first + step) % len(roles)] for step in range(number) if roles}


def test_every_role_has_its_turn_where_it_may_and_where_it_may_not() -> None:
    may, may_not = set(), set()
    for row in INSIDE:
        allowed = [role for role, permissions in DECLARED.items() if row.allows(words_of(permissions))]
        may |= in_turn(row, allowed, 1)
        may_not |= in_turn(row, [role for role in DECLARED if role not in allowed], 2)
    assert may_not == set(DECLARED)
    assert may >= {role for role, permissions in DECLARED.items() if permissions}


@each(INSIDE)
def test_a_part_of_a_page_is_refused_like_the_page(probe: Probe, row: Row) -> None:
    for role, permissions in {only([]): set(), "access.reader": DECLARED["access.reader"]}.items():
        answer = probe.ask_as(role, row, fragment=True)
        assert came_in(answer) == row.allows(words_of(permissions)), f"{role}: {answer.status}"


@each([row for row in TABLE if row.method == "GET"])
def test_asking_for_the_head_alone_tells_no_more(probe: Probe, row: Row) -> None:
    whole, head = (probe.ask_as("access.reader", row, method=method) for method in ("GET", "HEAD"))
    assert head.status_code == whole.status_code
    assert head.get_data() == b""


@each(INSIDE)
def test_asking_what_an_address_takes_tells_strangers_nothing(probe: Probe, row: Row) -> None:
    if not row.allows({"personal link"}):
        assert probe.send(probe.browser(STRANGER), row, method="OPTIONS").status_code == HIDDEN
    if not row.allows({"single sign-on"}):
        assert probe.ask_as(only([]), row, method="OPTIONS").get_data() == b""


@each(OUTSIDE)
def test_an_address_outside_the_tenants_opens_to_whom_its_line_names(probe: Probe, row: Row) -> None:
    words = {
        NOBODY: OPEN,
        STRANGER: OPEN | {"signed-in"},
        MEMBER: OPEN | {"signed-in"},
        OPERATOR: OPEN | {"signed-in", "operator"},
    }
    for visitor, mine in words.items():
        with probe.probed.undone():
            answer = probe.send(probe.browser(visitor), row)
        assert came_in(answer) == row.allows(mine), f"{visitor}: {answer.status}"


@each(INSIDE)
def test_somebody_from_outside_reaches_their_own_pages_and_no_other(probe: Probe, row: Row) -> None:
    with probe.probed.undone():
        answer = probe.send(probe.browser(EXTERNAL), row)
    assert came_in(answer) == row.allows(OPEN | {"external"}), answer.status


@each([row for row in INSIDE if not row.allows({"personal link"})])
def test_who_runs_the_product_is_a_stranger_in_a_tenant(probe: Probe, row: Row) -> None:
    with probe.probed.undone():
        assert probe.send(probe.browser(OPERATOR), row).status_code == HIDDEN


@each([row for row in INSIDE if "<uuid:" in row.path and graded(row)])
def test_what_belongs_to_a_colleague_is_out_of_reach(probe: Probe, row: Row) -> None:
    for way in row.ways:
        assert came_in(probe.ask_as(only(way, ALL), row, visitor=COLLEAGUE))
        for scope in (OWN, RELATED, UNIT):
            assert came_in(probe.ask_as(only(way, scope), row))
            assert probe.ask_as(only(way, scope), row, visitor=COLLEAGUE).status_code == HIDDEN, scope
