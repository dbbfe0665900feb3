"""What this machine keeps for itself in ``var/``: secrets made once, and the environment they make."""

import json
import os
import secrets
import shlex
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy.engine import make_url

from core.documents.seals.authority import make_authority
from core.kernel.embedded import postmaster
from core.kernel.keyring import new_key
from core.kernel.row_security import OWNER, PLATFORM, ROLES, WEB, WORKER
from core.running.places import DATABASE, SEAL, SETTINGS, port

DATABASE_NAME = "fotfeste"
BYTES_OF_A_SECRET = 32
URLS = {
    "DATABASE_URL": WEB,
    "DATABASE_URL_WORKER": WORKER,
    "DATABASE_URL_PLATFORM": PLATFORM,
    "DATABASE_URL_OWNER": OWNER,
}


@dataclass(frozen=True)
class LocalSettings:
    """The secrets of this machine; ``passwords`` are those of the database roles, by role."""

    secret_key: str
    passwords: Mapping[str, str]
    encryption_keys: str
    seal_password: str


def settings(file: Path = SETTINGS) -> LocalSettings:
    """Read the secrets of this machine; make those that are missing, readable only for their owner."""
    kept = json.loads(file.read_text()) if file.exists() else {}
    if kept.keys() == LocalSettings.__annotations__.keys():
        return LocalSettings(**kept)
    fresh = LocalSettings(_secret(), {role: _secret() for role in ROLES}, new_key(), _secret())
    made = LocalSettings(**{**asdict(fresh), **kept})
    file.parent.mkdir(parents=True, exist_ok=True)
    _write_for_owner(file, json.dumps(asdict(made), indent=2).encode())
    return made


def _write_for_owner(file: Path, content: bytes) -> None:
    draft = file.with_suffix(".new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as opened:
        opened.write(content)
    draft.replace(file)


def seal(local: LocalSettings, file: Path = SEAL) -> Path:
    """The file with this machine's own seal; the authority that vouches for it is made at the first start."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        _write_for_owner(file, make_authority(local.seal_password))
    return file


def environment(local: LocalSettings, admin_url: str, seal_file: Path = SEAL) -> dict[str, str]:
    """The variables with which every process of this machine starts."""
    admin = make_url(admin_url)
    urls = {
        name: admin.set(username=role, password=local.passwords[role], database=DATABASE_NAME)
        for name, role in URLS.items()
    }
    return {
        "FLASK_APP": "core.app",
        "FOTFESTE_ENV": "development",
        "PUBLIC_URL": f"http://localhost:{port()}",
        "SECRET_KEY": local.secret_key,
        "ENCRYPTION_KEYS": local.encryption_keys,
        "SEAL_CERTIFICATE": str(seal(local, seal_file)),
        "SEAL_PASSWORD": local.seal_password,
        **{name: url.render_as_string(hide_password=False) for name, url in urls.items()},
    }


def main() -> int:
    """Print the environment of the running product as lines for a shell; 1 when it does not run."""
    server = postmaster.read(DATABASE)
    if server is None or not server.listens():
        print("The product does not run here. Start it in another terminal:  make run", file=sys.stderr)
        return 1
    for name, value in environment(settings(), server.admin_url).items():
        print(f"export {name}={shlex.quote(value)}")
    return 0


def _secret() -> str:
    return secrets.token_urlsafe(BYTES_OF_A_SECRET)


if __name__ == "__main__":
    sys.exit(main())
