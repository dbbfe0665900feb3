"""Which lines of migrations the application has: core first, then plugins after what they require."""

from pathlib import Path

from flask import current_app

from core.kernel.migrations import CORE, Lineage
from core.plugin_host.host import Host


def all_lineages() -> list[Lineage]:
    """Core and every available plugin that keeps a folder ``migrations`` in its package."""
    host: Host = current_app.extensions["fotfeste_host"]
    return [CORE, *(line for name in in_order(host) if (line := _of(host, name)))]


def in_order(host: Host) -> list[str]:
    """Plugin names, each after what it requires."""
    done: list[str] = []

    def visit(name: str) -> None:
        if name not in done:
            for needed in sorted(host.manifests[name].requires):
                visit(needed)
            done.append(name)

    for name in sorted(host.manifests):
        visit(name)
    return done


def _of(host: Host, name: str) -> Lineage | None:
    folder = Path(host.module_file(name)).parent / "migrations"
    return Lineage(name, folder) if folder.is_dir() else None
