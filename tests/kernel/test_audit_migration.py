"""Lines that were written before there was a chain are chained by the migration, tenant by tenant."""

from alembic import command
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from core.app import create_app
from core.kernel import audit_chain, migrations
from core.kernel.ids import new_id
from core.kernel.row_security import OWNER
from core.testing.database import TestServer, role_url, settings_for

TENANT = """
    INSERT INTO tenancy_tenant (id, slug, kind, place_code, district, district_key, name, number, country,
        language, timezone, office_word, signed_up_at, terms, second_factor, single_sign_on)
    VALUES (:id, :id, 'kind', :id, '', '', 'Name', '', 'NO', 'nb', 'Europe/Oslo', '', now(), '{}', '', '')"""
LINE = """
    INSERT INTO kernel_audit_entry (id, tenant_id, at, actor_kind, action, subject_kind, subject_id, fields,
        reason)
    VALUES (:id, :tenant, timestamptz '2026-01-01 00:00:00.000001+01' + :hours * interval '1 hour',
        'system', 'test.done', 'promise', :id, '["title"]', '')"""


def test_lines_from_before_the_chain_are_chained_in_the_order_of_time(admin_url: str) -> None:
    server = TestServer(admin_url)
    database = server.new_database()
    owner = role_url(admin_url, OWNER, database)
    config = migrations._config(owner, migrations.CORE)
    command.upgrade(config, "0005")
    tenants = [new_id() for _ in range(2)]
    with create_engine(owner, poolclass=NullPool).begin() as connection:
        for tenant in tenants:
            values = {"id": str(tenant)[-20:], "tenant": tenant}
            connection.execute(text(TENANT.replace(":id, :id", ":tenant, :id")), values)
        for hours in (3, 1, 2):
            for tenant in tenants:
                connection.execute(text(LINE), {"id": new_id(), "tenant": tenant, "hours": hours})
    command.upgrade(config, "head")
    app = create_app(settings_for(admin_url, database))
    with app.app_context():
        assert [(head.tenant_id, head.number) for head in audit_chain.heads()] == [
            (tenant, 3) for tenant in tenants
        ]
        assert [audit_chain.first_fault(tenant) for tenant in tenants] == [None, None]
    with create_engine(owner, poolclass=NullPool).connect() as connection:
        rows = connection.execute(
            text("SELECT tenant_id, number FROM kernel_audit_entry ORDER BY at, number")
        )
        numbers = [row.number for row in rows]
    assert numbers == [1, 1, 2, 2, 3, 3]
    server.stop()
