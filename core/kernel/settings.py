"""Configuration by environment: every setting is described here and nowhere else."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from core.kernel.keyring import Keyring, KeyringError

DEVELOPMENT_SECRET = "development-only-secret"  # noqa: S105  refused in production
DEVELOPMENT_KEYS = "development:ZGV2ZWxvcG1lbnQtb25seS1kZXZlbG9wbWVudC1vbmw="
"""Everybody has this key: refused in production."""
SHORTEST_SECRET = 32


class SettingsError(Exception):
    """The environment does not make a safe configuration; the message says which variable to change."""


@dataclass(frozen=True)
class Settings:
    """What the environment decides.

    ======================  ==============================================================================
    variable                meaning
    ======================  ==============================================================================
    FOTFESTE_ENV            ``production`` (default) or ``development`` (local mailbox page, plain http)
    SECRET_KEY              signs cookies and links; at least 32 characters in production
    ENCRYPTION_KEYS         ``id:base64key,id2:…``: the first encrypts stored secrets, all of them decrypt
    DATABASE_URL            PostgreSQL 15 or newer, as the role that serves pages (owns nothing)
    DATABASE_URL_WORKER     the same database as the role that runs jobs
    DATABASE_URL_PLATFORM   the same database as the role that works across tenants, with a reason
    DATABASE_URL_OWNER      the same database as the role that owns the tables; only for migrations
    PUBLIC_URL              the address people use, without a slash at the end; links in mail begin with it
    MAIL_URL                ``smtp://user:password@host:587``; empty in development: the mailbox page
    MAIL_FROM               sender of all mail
    SMS_URL                 ``https://…`` of a gateway for text messages; empty: codes go by mail alone
    SMS_TOKEN               the bearer token that the gateway asks for
    SMS_FROM                sender of all text messages: a number, or at most 11 letters and digits
    FOTFESTE_PLUGINS        comma separated allow-list of plugins; empty: all that are installed
    PROXY_HOPS              how many reverse proxies stand in front (0: none; wrong values weaken rate limits)
    SESSION_IDLE_MINUTES    a sign-in ends when nothing is seen of it for so long (120)
    SESSION_HOURS           a sign-in ends after so many hours whatever happens (12)
    SEAL_CERTIFICATE        path of a PKCS#12 file: key, certificate and chain that seal PDFs; empty: no seal
    SEAL_PASSWORD           the password of that file
    SEAL_TIMESTAMP_URL      ``http(s)://…`` of a time stamp service (RFC 3161); empty: no time stamp
    ======================  ==============================================================================
    """

    environment: str
    secret_key: str
    database_url: str
    database_url_worker: str
    database_url_platform: str
    database_url_owner: str
    public_url: str = "http://localhost:8000"
    mail_url: str = ""
    mail_from: str = "Fotfeste <no-reply@fotfeste.example>"
    sms_url: str = ""
    sms_token: str = field(default="", repr=False)
    sms_from: str = "Fotfeste"
    plugins: tuple[str, ...] = ()
    proxy_hops: int = 0
    session_idle_minutes: int = 120
    session_hours: int = 12
    seal_certificate: str = ""
    seal_password: str = field(default="", repr=False)
    seal_timestamp_url: str = ""
    door: str = "web"
    encryption_keys: str = field(default=DEVELOPMENT_KEYS, repr=False)

    @property
    def development(self) -> bool:
        """Whether this is somebody's own machine."""
        return self.environment == "development"

    def serving_urls(self) -> dict[str, str]:
        """The addresses that this process serves with, by variable: its own door's and the platform's."""
        worker = self.door == "worker"
        own = "DATABASE_URL_WORKER" if worker else "DATABASE_URL"
        return {
            own: self.database_url_worker if worker else self.database_url,
            "DATABASE_URL_PLATFORM": self.database_url_platform,
        }

    @classmethod
    def from_environ(cls, environ: Mapping[str, str] | None = None, *, door: str = "web") -> "Settings":
        """Read and check the environment.

        ``door`` is the database role the process enters by: ``web`` or ``worker``.
        Raises SettingsError naming the variable.
        """
        env = os.environ if environ is None else environ
        settings = cls(
            environment=env.get("FOTFESTE_ENV", "production"),
            secret_key=env.get("SECRET_KEY", DEVELOPMENT_SECRET),
            database_url=_database(env, "DATABASE_URL"),
            database_url_worker=_database(env, "DATABASE_URL_WORKER"),
            database_url_platform=_database(env, "DATABASE_URL_PLATFORM"),
            database_url_owner=_database(env, "DATABASE_URL_OWNER"),
            public_url=env.get("PUBLIC_URL", "http://localhost:8000").rstrip("/"),
            mail_url=env.get("MAIL_URL", ""),
            mail_from=env.get("MAIL_FROM", "Fotfeste <no-reply@fotfeste.example>"),
            sms_url=env.get("SMS_URL", ""),
            sms_token=env.get("SMS_TOKEN", ""),
            sms_from=env.get("SMS_FROM", "Fotfeste"),
            plugins=tuple(
                name.strip() for name in env.get("FOTFESTE_PLUGINS", "").split(",") if name.strip()
            ),
            proxy_hops=_count(env, "PROXY_HOPS"),
            session_idle_minutes=_count(env, "SESSION_IDLE_MINUTES", 120),
            session_hours=_count(env, "SESSION_HOURS", 12),
            seal_certificate=env.get("SEAL_CERTIFICATE", ""),
            seal_password=env.get("SEAL_PASSWORD", ""),
            seal_timestamp_url=env.get("SEAL_TIMESTAMP_URL", ""),
            door=door,
            encryption_keys=env.get("ENCRYPTION_KEYS", DEVELOPMENT_KEYS),
        )
        _check(settings)
        return settings


def _database(env: Mapping[str, str], name: str) -> str:
    url = env.get(name, "")
    if url and not url.startswith(("postgresql://", "postgresql+psycopg://", "postgres://")):
        raise SettingsError(f"{name} must begin with postgresql:// (PostgreSQL is the one engine)")
    scheme, _, rest = url.partition("://")
    return f"postgresql+psycopg://{rest}" if scheme else ""


def _count(env: Mapping[str, str], name: str, usual: int = 0) -> int:
    text = env.get(name) or str(usual)
    if not text.isdigit():
        raise SettingsError(f"{name} must be a whole number, not {text!r}")
    return int(text)


def _check(settings: Settings) -> None:
    if settings.environment not in {"production", "development"}:
        raise SettingsError("FOTFESTE_ENV must be production or development")
    for variable, url in settings.serving_urls().items():
        if not url:
            raise SettingsError(f"{variable} must be set: an address that begins with postgresql://")
    if not settings.public_url.startswith(("http://", "https://")):
        raise SettingsError("PUBLIC_URL must begin with http:// or https://")
    _check_seal(settings)
    _check_keys(settings)
    if settings.development:
        return
    if settings.sms_url and not (settings.sms_url.startswith("https://") and settings.sms_token):
        raise SettingsError("SMS_URL must begin with https:// and SMS_TOKEN be set, or text messages leak")
    if settings.secret_key == DEVELOPMENT_SECRET or len(settings.secret_key) < SHORTEST_SECRET:
        raise SettingsError(
            f"SECRET_KEY must be set to a secret of at least {SHORTEST_SECRET} characters in production",
        )
    if not settings.mail_url.startswith(("smtp://", "smtps://")):
        raise SettingsError("MAIL_URL must be set to smtp://… in production, or nobody gets a link")
    if not settings.public_url.startswith("https://"):
        raise SettingsError("PUBLIC_URL must begin with https:// in production")


def _check_seal(settings: Settings) -> None:
    url = settings.seal_timestamp_url
    if url and not url.startswith(("http://", "https://")):
        raise SettingsError("SEAL_TIMESTAMP_URL must begin with http:// or https://")


def _check_keys(settings: Settings) -> None:
    if settings.encryption_keys == DEVELOPMENT_KEYS and not settings.development:
        raise SettingsError(
            "ENCRYPTION_KEYS must be set in production: make one with 'flask secrets new-key'"
        )
    try:
        Keyring.read(settings.encryption_keys)
    except KeyringError as error:
        raise SettingsError(f"ENCRYPTION_KEYS: {error}") from error
