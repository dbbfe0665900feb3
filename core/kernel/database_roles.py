"""Roles and databases, made once by an administrator of the server; safe to repeat."""

from collections.abc import Mapping

import psycopg
from psycopg import sql

from core.kernel.row_security import OWNER, PLATFORM, ROLES, WEB, WORKER


class UnsafeRoleError(Exception):
    """A role that serves pages could pass by the walls; the message says which and why."""


def driver_url(url: str) -> str:
    """The address as psycopg itself reads it."""
    return url.replace("postgresql+psycopg://", "postgresql://", 1)


def create_roles(admin_url: str, passwords: Mapping[str, str]) -> None:
    """Make the four roles, or set their passwords anew: none is superuser, none passes by row security."""
    with psycopg.connect(driver_url(admin_url), autocommit=True) as connection:
        # Roles belong to the server: two who make them at once would trip over one another.
        connection.execute("SELECT pg_advisory_lock(hashtext('fotfeste roles'))")
        for role in ROLES:
            known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
            verb = sql.SQL("ALTER" if known else "CREATE")
            connection.execute(
                sql.SQL("{} ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE PASSWORD {}").format(
                    verb,
                    sql.Identifier(role),
                    sql.Literal(passwords[role]),
                ),
            )


def create_database(admin_url: str, name: str, *, template: str | None = None) -> bool:
    """Make a database that the owner role owns, with a fixed locale; False when it was there already."""
    with psycopg.connect(driver_url(admin_url), autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return False
        source = sql.Identifier(template or "template0")
        locale = sql.SQL("" if template else " ENCODING 'UTF8' LOCALE 'C.UTF-8'")
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}{}").format(
                sql.Identifier(name),
                sql.Identifier(OWNER),
                source,
                locale,
            ),
        )
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))
        for role in (WEB, WORKER, PLATFORM):
            connection.execute(
                sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(
                    sql.Identifier(name), sql.Identifier(role)
                ),
            )
    return True


def drop_database(admin_url: str, name: str) -> None:
    """Drop a database and end whoever is connected to it."""
    with psycopg.connect(driver_url(admin_url), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


_STRONGEST_ROLE = """
SELECT current_user, rolname, rolsuper OR rolbypassrls FROM pg_roles
WHERE pg_has_role(current_user, oid, 'MEMBER') AND (rolsuper OR rolbypassrls OR rolname = ANY(%s))
ORDER BY rolname = current_user DESC LIMIT 1
"""


def refuse_unsafe_role(variable: str, url: str) -> None:
    """Raise UnsafeRoleError when the role behind a serving address could pass by row-level security.

    That is a superuser, a role with BYPASSRLS, the owner of the tables, whoever may become one of these and,
    except for the platform's own address, the platform's role.
    """
    beyond = [OWNER] if variable == "DATABASE_URL_PLATFORM" else [OWNER, PLATFORM]
    with psycopg.connect(driver_url(url)) as connection:
        row = connection.execute(_STRONGEST_ROLE, [beyond]).fetchone()
    if row is None:
        return
    role, stronger, unbound = row
    may_become = "" if role == stronger else f", which may become {stronger},"
    reason = "may bypass row-level security" if unbound else "sees the rows of every tenant"
    raise UnsafeRoleError(
        f"{variable}: the database role {role}{may_become} {reason}; the application refuses to serve "
        "with it: use the roles made by `flask database roles`",
    )
