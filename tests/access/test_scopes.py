"""How far a permission reaches: the pure part, and the question every service asks."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from flask import Flask

from core.access import service as access
from core.access.membership import Member
from core.access.permissions import CONFIDENTIAL, GROUPS, PERMISSIONS
from core.access.roles import CORE_ROLES
from core.access.scopes import SCOPES, Extent, Reach, holds, widest
from core.kernel.errors import NotFound, Refused
from core.kernel.ids import new_id
from core.testing.drafts import acting
from core.testing.factories import MadeTenant, make_member, make_tenant, signed_in
from core.testing.statements import counted

ME, OTHER, MY_UNIT, OTHER_UNIT = new_id(), new_id(), new_id(), new_id()
ROWS = {
    "mine": Reach(own=frozenset({ME})),
    "names me": Reach(own=frozenset({OTHER}), related=frozenset({ME})),
    "of my unit": Reach(own=frozenset({OTHER}), unit_id=MY_UNIT),
    "of another unit": Reach(own=frozenset({OTHER}), unit_id=OTHER_UNIT),
    "of nobody": Reach(),
}


@pytest.mark.parametrize(
    ("scope", "reached"),
    [
        ("", []),
        ("own", ["mine"]),
        ("related", ["mine", "names me"]),
        ("unit", ["mine", "names me", "of my unit"]),
        ("all", list(ROWS)),
    ],
)
def test_each_scope_holds_the_ones_before_it(scope: str, reached: list[str]) -> None:
    extent = Extent(scope, frozenset({ME}), frozenset({MY_UNIT}))
    assert [name for name, row in ROWS.items() if extent.covers(row)] == reached


def test_somebody_without_a_unit_does_not_reach_what_has_none() -> None:
    assert not Extent("unit", frozenset({ME})).covers(Reach(unit_id=None))


def test_of_several_roles_the_widest_counts() -> None:
    grants = widest(["own:person:read", "all:person:read", "unit:person:read", "own:health:read"])
    assert grants == {"person:read": "all", "health:read": "own"}
    assert [scope for scope in SCOPES if holds(grants, "person:read", scope)] == list(SCOPES)
    assert [scope for scope in SCOPES if holds(grants, "health:read", scope)] == ["own"]
    assert not holds(grants, "agreement:read", "own")


def test_every_permission_stands_in_one_group() -> None:
    named = [permission for _title, permissions in GROUPS for permission in permissions]
    assert sorted(named) == sorted(PERMISSIONS)


def test_an_administrator_reads_nothing_confidential() -> None:
    administrator = next(role for role in CORE_ROLES if role.key == "access.administrator")
    granted = widest(administrator.permissions)
    assert set(PERMISSIONS) - set(granted) == CONFIDENTIAL | {"privacy:manage"}
    assert set(granted.values()) == {"all"}


@pytest.fixture
def tenant(app: Flask) -> MadeTenant:
    return make_tenant("norway.municipality")


@pytest.fixture
def adviser(app: Flask, tenant: MadeTenant) -> Iterator[Member]:
    with acting(app, tenant, make_member(tenant, "access.adviser")):
        yield access.require_member()


def test_a_member_stands_for_their_own_account(adviser: Member) -> None:
    assert adviser.stands_for == {adviser.account_id}
    assert access.reach("person:read") == Extent("unit", adviser.stands_for, frozenset())
    assert access.reach("audit:read") == Extent("", adviser.stands_for, frozenset())


def mine(adviser: Member) -> Reach:
    return Reach(own=frozenset({adviser.account_id}))


def somebody_elses(account_id: UUID = OTHER) -> Reach:
    return Reach(own=frozenset({account_id}))


def test_what_is_mine_is_within_reach(adviser: Member) -> None:
    assert access.require("person:write", of=mine(adviser)) == adviser
    assert access.require("health:read", of=mine(adviser)) == adviser


def test_a_thing_out_of_reach_does_not_exist(adviser: Member) -> None:
    for permission in ("person:read", "person:write", "health:read", "audit:read", "national_id:reveal"):
        with pytest.raises(NotFound):
            access.require(permission, of=somebody_elses())


def test_a_verb_that_the_role_lacks_on_a_thing_one_reads_is_refused_with_a_sentence(
    app: Flask, tenant: MadeTenant
) -> None:
    with acting(app, tenant, make_member(tenant, "access.reader")):
        with pytest.raises(Refused) as refused:
            access.require("agreement:write", of=somebody_elses())
        assert refused.value.code == "access.not_in_role"
        with pytest.raises(NotFound):
            access.require("person:write", of=somebody_elses())


def test_a_stranger_is_told_of_nothing(app: Flask, tenant: MadeTenant) -> None:
    with acting(app, tenant, make_tenant("norway.municipality").admin_email):
        assert access.reach("agreement:read") == Extent()
        with pytest.raises(NotFound):
            access.require("agreement:read")


def test_a_role_whose_module_is_gone_grants_nothing(app: Flask, tenant: MadeTenant) -> None:
    with acting(app, tenant, make_member(tenant, "nowhere.emperor")):
        assert access.require_member().permissions == frozenset()


def test_who_somebody_is_and_what_they_may_do_is_one_question_to_the_database(
    app: Flask, tenant: MadeTenant
) -> None:
    with acting(app, tenant), counted() as sent:
        access.require("agreement:read")
        access.require("people:manage")
    assert sum("access_" in one for one in sent) == 1


def test_who_reads_no_agreements_has_a_home_all_the_same(app: Flask, tenant: MadeTenant) -> None:
    officer = signed_in(app, make_member(tenant, "access.privacy_officer"))
    answer = officer.get(f"/t/{tenant.slug}/")
    assert answer.status_code == 200
    assert "Agreements</a>" not in answer.text
    assert officer.get(f"/t/{tenant.slug}/agreements").status_code == 403
    assert officer.get(f"/t/{tenant.slug}/people").status_code == 200
