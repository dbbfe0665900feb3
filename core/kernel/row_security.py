"""The fourth wall: row-level security in PostgreSQL, and the rights of each database role."""

from collections.abc import Callable, Iterable, Mapping

OWNER = "fotfeste_owner"
WEB = "fotfeste_web"
WORKER = "fotfeste_worker"
PLATFORM = "fotfeste_platform"
ROLES = (OWNER, WEB, WORKER, PLATFORM)

EVERYTHING = ("SELECT", "INSERT", "UPDATE", "DELETE")
APPEND_ONLY = ("SELECT", "INSERT")
READ_ONLY = ("SELECT",)

Execute = Callable[[str], object]


def secure_owned_table(
    execute: Execute,
    table: str,
    *,
    rights: Iterable[str] = EVERYTHING,
    account_column: str | None = None,
) -> None:
    """Force the tenant of the transaction on every row of a table, and grant what the serving roles need.

    ``account_column`` lets an account read its own rows outside every tenant.
    """
    tenant = "tenant_id = NULLIF(current_setting('app.tenant_id', true), '')::uuid"
    execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    for role in (WEB, WORKER):
        execute(f"CREATE POLICY {table}_{role} ON {table} TO {role} USING ({tenant}) WITH CHECK ({tenant})")
    for role in (OWNER, PLATFORM):
        execute(f"CREATE POLICY {table}_{role} ON {table} TO {role} USING (true) WITH CHECK (true)")
    if account_column:
        own = f"{account_column} = NULLIF(current_setting('app.account_id', true), '')::uuid"
        execute(f"CREATE POLICY {table}_own ON {table} FOR SELECT TO {WEB} USING ({own})")
    grant(execute, table, {WEB: rights, WORKER: rights, PLATFORM: EVERYTHING})


def grant(execute: Execute, table: str, rights: Mapping[str, Iterable[str]]) -> None:
    """Grant rights on a table to roles."""
    for role, verbs in rights.items():
        execute(f"GRANT {', '.join(verbs)} ON {table} TO {role}")
