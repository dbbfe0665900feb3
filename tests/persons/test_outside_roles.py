"""What somebody outside can be is declared like a role, and is no role of a member."""

import pytest

from core.access import invitations
from core.access.own_roles import roles_here
from core.access.roles import outside_roles, read_role, roles_in_force
from core.kernel.scope import tenant_scope
from core.persons.wordings import kind_titles
from core.plugin_host.checks import BadPluginError
from core.plugin_host.declarations import Role
from core.plugin_host.wording import Wording
from core.tenancy.terms import choose_terms
from core.testing.pages import page_of
from tests.persons.office import Office

WORDS = Wording(nb="Gjest", da="Gæst", en="Guest")
OURS = {"persons.participant", "persons.employer_contact", "persons.workplace_mentor"}


def test_core_knows_participants_contacts_and_mentors(office: Office) -> None:
    with tenant_scope(office.tenant.id):
        assert {role.key for role in outside_roles()} == OURS


def test_no_member_can_have_what_is_for_people_outside(office: Office) -> None:
    with office.inside(office.tenant.admin_email):
        for offered in (roles_in_force(), roles_here(), invitations.grantable_roles()):
            assert not OURS & {role.key for role in offered}


@pytest.mark.parametrize("scope", ["unit", "all"])
def test_nobody_outside_reaches_further_than_what_concerns_them(scope: str) -> None:
    role = Role("guests.guest", WORDS, frozenset({f"{scope}:person:read"}), outside=True)
    with pytest.raises(BadPluginError, match="no further than related"):
        read_role("guests", role)


def test_a_tenant_has_its_own_word_for_a_participant(office: Office) -> None:
    with office.inside(office.tenant.admin_email):
        choose_terms({"persons.participant": "Programdeltaker"})
        assert kind_titles("nb")["persons.participant"] == "Programdeltaker"


def test_nobody_is_registered_as_something_that_a_member_is(office: Office) -> None:
    data = {"kind": "access.adviser", "name": "Noen", "language": "nb"}
    answer = office.browser.post(office.url("/new"), data=data)
    assert page_of(answer, 422).error("kind")
