"""What the environment may say, and what the application refuses to start with."""

import re
from dataclasses import fields, replace

import psycopg
import pytest
from psycopg import sql

from core.app import create_app
from core.kernel.database_roles import UnsafeRoleError, driver_url, refuse_unsafe_role
from core.kernel.ids import new_id
from core.kernel.keyring import new_key
from core.kernel.row_security import OWNER, PLATFORM, WEB, WORKER
from core.kernel.settings import DEVELOPMENT_KEYS, DEVELOPMENT_SECRET, Settings, SettingsError
from core.testing.database import PASSWORD, role_url, settings_for

GOOD = {
    "FOTFESTE_ENV": "production",
    "SECRET_KEY": "s" * 32,
    "ENCRYPTION_KEYS": new_key(),
    "DATABASE_URL": "postgresql://web@host/db",
    "DATABASE_URL_WORKER": "postgresql://worker@host/db",
    "DATABASE_URL_PLATFORM": "postgresql://platform@host/db",
    "PUBLIC_URL": "https://fotfeste.example/",
    "MAIL_URL": "smtp://host:587",
}


def test_a_good_environment_is_read() -> None:
    settings = Settings.from_environ(GOOD | {"FOTFESTE_PLUGINS": "norway, denmark,", "PROXY_HOPS": "2"})
    assert settings.database_url == "postgresql+psycopg://web@host/db"
    assert settings.public_url == "https://fotfeste.example"
    assert settings.plugins == ("norway", "denmark")
    assert settings.proxy_hops == 2
    assert not settings.development


def test_production_is_what_one_gets_without_asking() -> None:
    with pytest.raises(SettingsError, match="SECRET_KEY"):
        Settings.from_environ(
            {name: value for name, value in GOOD.items() if name not in {"FOTFESTE_ENV", "SECRET_KEY"}}
        )


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("FOTFESTE_ENV", "staging"),
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", DEVELOPMENT_SECRET),
        ("ENCRYPTION_KEYS", ""),
        ("ENCRYPTION_KEYS", DEVELOPMENT_KEYS),
        ("ENCRYPTION_KEYS", "k1:c2hvcnQ="),
        ("ENCRYPTION_KEYS", "no id"),
        ("DATABASE_URL", ""),
        ("DATABASE_URL", "sqlite:///here.db"),
        ("DATABASE_URL_PLATFORM", ""),
        ("DATABASE_URL_OWNER", "mysql://here"),
        ("PUBLIC_URL", "fotfeste.example"),
        ("PUBLIC_URL", "http://fotfeste.example"),
        ("MAIL_URL", ""),
        ("MAIL_URL", "host:587"),
        ("PROXY_HOPS", "-1"),
        ("PROXY_HOPS", "some"),
    ],
)
def test_an_unsafe_environment_is_refused_with_the_name_of_the_variable(variable: str, value: str) -> None:
    with pytest.raises(SettingsError, match=variable):
        Settings.from_environ(GOOD | {variable: value})


def test_a_worker_needs_its_own_address() -> None:
    with pytest.raises(SettingsError, match="DATABASE_URL_WORKER"):
        Settings.from_environ(GOOD | {"DATABASE_URL_WORKER": ""}, door="worker")
    assert Settings.from_environ(GOOD | {"DATABASE_URL": ""}, door="worker").door == "worker"


def test_a_laptop_needs_neither_secret_nor_mail_nor_encryption() -> None:
    environ = GOOD | {"FOTFESTE_ENV": "development", "PUBLIC_URL": "http://localhost:8000", "MAIL_URL": ""}
    del environ["SECRET_KEY"], environ["ENCRYPTION_KEYS"]
    assert Settings.from_environ(environ).development


def test_settings_show_no_key_when_they_are_printed() -> None:
    key = new_key()
    assert key not in repr(Settings.from_environ(GOOD | {"ENCRYPTION_KEYS": key}))


def test_every_setting_is_described() -> None:
    described = set(re.findall(r"^ +([A-Z][A-Z_]+)  ", str(Settings.__doc__), re.MULTILINE))
    assert described >= set(GOOD)
    assert len(described) == len(fields(Settings)) - 1, "each but the door, which the command decides"


@pytest.mark.parametrize(
    ("variable", "role"),
    [("DATABASE_URL", WEB), ("DATABASE_URL_WORKER", WORKER), ("DATABASE_URL_PLATFORM", PLATFORM)],
)
def test_the_role_of_its_own_door_is_safe(admin_url: str, database: str, variable: str, role: str) -> None:
    refuse_unsafe_role(variable, role_url(admin_url, role, database))


@pytest.mark.parametrize(
    ("variable", "role"),
    [
        ("DATABASE_URL", OWNER),
        ("DATABASE_URL", PLATFORM),
        ("DATABASE_URL_WORKER", OWNER),
        ("DATABASE_URL_WORKER", PLATFORM),
        ("DATABASE_URL_PLATFORM", OWNER),
    ],
)
def test_a_role_that_sees_every_tenant_is_refused(
    admin_url: str, database: str, variable: str, role: str
) -> None:
    with pytest.raises(UnsafeRoleError, match=f"{variable}: the database role {role} sees the rows of every"):
        refuse_unsafe_role(variable, role_url(admin_url, role, database))


@pytest.mark.parametrize("variable", ["DATABASE_URL", "DATABASE_URL_WORKER", "DATABASE_URL_PLATFORM"])
def test_a_superuser_is_refused(admin_url: str, variable: str) -> None:
    with pytest.raises(UnsafeRoleError, match="may bypass row-level security"):
        refuse_unsafe_role(variable, admin_url)


@pytest.mark.parametrize("right", ["BYPASSRLS", "NOBYPASSRLS IN ROLE fotfeste_platform"])
def test_a_role_made_by_hand_is_refused_for_what_it_may(admin_url: str, database: str, right: str) -> None:
    name = f"fotfeste_test_{new_id().hex}"
    with psycopg.connect(driver_url(admin_url), autocommit=True) as connection:
        connection.execute(
            sql.SQL("CREATE ROLE {} LOGIN PASSWORD {} ").format(sql.Identifier(name), sql.Literal(PASSWORD))
            + sql.SQL(right)
        )  # type: ignore[arg-type]
        try:
            connection.execute(f"GRANT CONNECT ON DATABASE {database} TO {name}".encode())
            with pytest.raises(UnsafeRoleError, match=name):
                refuse_unsafe_role("DATABASE_URL", role_url(admin_url, name, database))
        finally:
            connection.execute(f"REVOKE CONNECT ON DATABASE {database} FROM {name}".encode())
            connection.execute(f"DROP ROLE {name}".encode())


def production(admin_url: str, database: str) -> Settings:
    return replace(
        settings_for(admin_url, database),
        environment="production",
        public_url="https://x.example",
        seal_certificate="",
    )


def test_the_application_starts_in_production_with_its_roles(admin_url: str, database: str) -> None:
    assert create_app(production(admin_url, database)).test_client().get("/health/live").status_code == 200


@pytest.mark.parametrize("field", ["database_url", "database_url_platform"])
def test_the_application_does_not_start_in_production_as_a_superuser(
    admin_url: str,
    database: str,
    field: str,
) -> None:
    with pytest.raises(UnsafeRoleError, match=field.upper()):
        create_app(replace(production(admin_url, database), **{field: admin_url}))


def test_the_worker_does_not_start_in_production_as_a_superuser(admin_url: str, database: str) -> None:
    settings = replace(production(admin_url, database), door="worker", database_url_worker=admin_url)
    with pytest.raises(UnsafeRoleError, match="DATABASE_URL_WORKER"):
        create_app(settings)
