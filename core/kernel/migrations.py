"""Migrations: core first, then each plugin in its own lineage with its own version table."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

ENVIRONMENT = Path(__file__).parent / "migration_environment"
CORE_VERSIONS = Path(__file__).parents[1] / "migrations"


@dataclass(frozen=True)
class Lineage:
    """One line of migrations. ``name`` is ``core`` or the plugin's; it names the version table."""

    name: str
    versions: Path

    @property
    def version_table(self) -> str:
        """Where the lineage remembers how far it has come."""
        return f"alembic_version_{self.name}"


CORE = Lineage("core", CORE_VERSIONS)


def upgrade(
    owner_url: str, lineages: Iterable[Lineage], say: Callable[[str], None] = lambda _line: None
) -> None:
    """Bring every lineage to its newest state, in the order given."""
    for lineage in lineages:
        say(f"migrating {lineage.name}")
        command.upgrade(_config(owner_url, lineage), "head")


def behind(url: str, lineages: Iterable[Lineage]) -> list[str]:
    """Names of the lineages that are not at their newest state."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        found = []
        for lineage in lineages:
            context = MigrationContext.configure(connection, opts={"version_table": lineage.version_table})
            newest = ScriptDirectory.from_config(_config(url, lineage)).get_heads()
            if set(context.get_current_heads()) != set(newest):
                found.append(lineage.name)
    return found


def _config(url: str, lineage: Lineage) -> Config:
    config = Config()
    config.set_main_option("script_location", str(ENVIRONMENT))
    config.set_main_option("version_locations", str(lineage.versions))
    config.set_main_option("path_separator", "newline")
    config.attributes["url"] = url
    config.attributes["lineage"] = lineage
    return config
