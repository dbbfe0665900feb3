"""A wall that somebody takes down in the database is noticed by the test that reads its catalogue."""

from collections.abc import Callable
from typing import Any

import pytest

import tests.walls.test_catalogue as checks
from core.kernel.database import raw_sql_allowed
from tests.walls.furnishing import Probed

SECURED = checks.test_row_level_security_is_enabled_and_forced_on_every_owned_table
POLICIES = checks.test_every_owned_table_has_a_policy_for_each_role_in_both_directions
OWN_ROWS = checks.test_only_memberships_can_be_read_by_their_account
SAME_AS_MAPPERS = checks.test_the_migrations_make_exactly_what_the_mappers_say
KEYS = checks.test_the_key_of_every_owned_table_begins_with_its_tenant
ROLES = checks.test_the_serving_roles_own_nothing_and_cannot_pass_by
RIGHTS = checks.test_nobody_else_has_rights_on_the_tables
FUNCTIONS = checks.test_only_the_chain_of_the_audit_runs_with_the_rights_of_its_maker
OWNED = checks.test_every_table_with_a_tenant_is_owned_in_the_mappers_and_the_other_way_round
LISTED = checks.test_every_other_table_of_ours_is_named

POLICY = "agreements_agreement_fotfeste_web ON agreements_agreement"
LINK = "fk_agreements_version_tenant_id_agreement_id"
DAMAGE: dict[str, Callable[[Any], None]] = {
    "ALTER TABLE agreements_agreement DISABLE ROW LEVEL SECURITY": SECURED,
    "ALTER TABLE agreements_agreement NO FORCE ROW LEVEL SECURITY": SECURED,
    f"DROP POLICY {POLICY}": POLICIES,
    f"ALTER POLICY {POLICY} USING (true)": POLICIES,
    f"ALTER POLICY {POLICY} WITH CHECK (true)": POLICIES,
    f"ALTER POLICY {POLICY} TO PUBLIC": POLICIES,
    "CREATE POLICY more ON agreements_agreement TO fotfeste_web USING (true)": POLICIES,
    "CREATE POLICY agreements_agreement_own ON agreements_agreement USING (true)": OWN_ROWS,
    f"ALTER TABLE agreements_version DROP CONSTRAINT {LINK}": SAME_AS_MAPPERS,
    "ALTER TABLE agreements_version DROP CONSTRAINT pk_agreements_version CASCADE": KEYS,
    "ALTER ROLE fotfeste_web BYPASSRLS": ROLES,
    "GRANT fotfeste_platform TO fotfeste_web": ROLES,
    "ALTER TABLE agreements_agreement OWNER TO fotfeste_web": ROLES,
    "GRANT SELECT ON agreements_agreement TO PUBLIC": RIGHTS,
    "CREATE FUNCTION leak() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'": FUNCTIONS,
    "CREATE TABLE agreements_stray (tenant_id uuid)": OWNED,
    "CREATE TABLE stray (id int)": LISTED,
}


@pytest.mark.parametrize("statement", DAMAGE)
def test_the_catalogue_shows_what_was_taken_down(probed: Probed, statement: str) -> None:
    check = DAMAGE[statement]
    with probed.undone(), raw_sql_allowed():
        probed.as_administrator("RESET ROLE")
        check(probed.connection)
        probed.as_administrator(statement)
        with pytest.raises((AssertionError, KeyError)):
            check(probed.connection)
