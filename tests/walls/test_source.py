"""The walls in the source: ways out of a tenant, the place that commits, and hand-written SQL, all listed."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted(file for room in ("core", "tenants", "plugins") for file in (ROOT / room).rglob("*.py"))

WAYS_OUT: dict[str, tuple[int, str]] = {
    "core/access/service.py": (1, "founding a tenant makes a tenant, an account and a membership at once"),
    "core/access/operators.py": (3, "operators belong to no tenant"),
    "core/demo.py": (2, "accounts of the people of the demo, who belong to no tenant yet"),
    "core/kernel/audit_chain.py": (2, "verifying the chain of every tenant, and noting where each ends"),
    "core/kernel/bounces.py": (1, "a mail that has come back says by its id whose it was"),
    "core/kernel/rotation.py": (1, "encrypting stored secrets anew goes over every table"),
    "core/law/pending.py": (2, "when pending law takes effect is the same for all tenants"),
    "core/mailbox.py": (2, "a developer's own mailbox; it does not answer in production"),
    "core/platform/law.py": (2, "which pending law is in force is the same for all tenants"),
    "core/platform/jobs.py": (3, "the queue holds the jobs of all tenants"),
    "core/platform/tenants.py": (2, "operators see every tenant's state, and nothing of what is in it"),
    "core/platform/plugins.py": (2, "how plugins go and what is withheld belong to no tenant"),
    "core/tenancy/availability.py": (1, "what a kind of tenant may use is the platform's"),
    "core/tenancy/closing.py": (2, "deleting a tenant takes its audit and its jobs too"),
    "core/tenancy/exports.py": (1, "removing what has been kept long enough, of all tenants"),
    "core/privacy/erasures.py": (1, "an account is the platform's: emptied when no tenant needs it any more"),
    "core/privacy/periods.py": (
        1,
        "messages and accounts belong to no tenant, and their time is over by night",
    ),
    "core/tenancy/life.py": (2, "suspending a tenant and lifting it is the platform's"),
    "core/tenancy/service.py": (3, "confirming a tenant; going over each tenant in turn"),
    "core/testing/factories.py": (1, "people for tests"),
    "core/testing/letters.py": (1, "mail that tests read"),
}
"""Files that may work across tenants: how often each does, and the reason. Think twice before adding one."""

RAW_SQL = {
    "core/health.py": "asks when a worker was last seen, which is in the job queue's own tables",
    "core/kernel/": "the kernel keeps the walls",
    "core/migrations/": "migrations make the walls",
}
"""Where hand-written SQL may stand."""


def named(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def calls(file: Path) -> Iterator[tuple[str, int]]:
    """The last name of everything that is called in a file, with its line."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            yield name, node.lineno


def test_every_way_out_of_a_tenant_is_listed_with_its_reason() -> None:
    found = Counter(
        named(file)
        for file in FILES
        for name, _line in calls(file)
        if name == "platform_scope" and named(file) != "core/kernel/scope.py"
    )
    assert found == {file: count for file, (count, _reason) in WAYS_OUT.items()}, (
        "platform_scope is the only way out of a tenant: give the count and the reason in WAYS_OUT"
    )


def test_every_way_out_says_why_in_words() -> None:
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "platform_scope":
                (reason,) = node.args
                words = ast.unparse(reason)
                assert isinstance(reason, ast.Name) or len(words.split()) >= 3, f"{named(file)}: {words}"


def test_only_the_unit_of_work_commits() -> None:
    committing = {named(file) for file in FILES for name, _line in calls(file) if name == "commit"}
    assert committing == {"core/kernel/unit_of_work.py"}


@pytest.mark.parametrize("word", ["text", "exec_driver_sql", "raw_sql_allowed", "literal_column"])
def test_hand_written_sql_stands_where_it_may(word: str) -> None:
    for file in FILES:
        if named(file).startswith(tuple(RAW_SQL)) or named(file).startswith("core/testing/"):
            continue
        imported = re.search(rf"from sqlalchemy import [^\n]*\b{word}\b", file.read_text(encoding="utf-8"))
        assert not imported, f"{named(file)} imports {word}: SQL by hand stands only in {', '.join(RAW_SQL)}"
        if word != "text":
            assert word not in {name for name, _line in calls(file)}, f"{named(file)} calls {word}"


def test_nobody_opens_a_connection_of_its_own() -> None:
    makers = {"create_engine", "sessionmaker", "scoped_session", "Session"}
    allowed = ("core/kernel/", "core/testing/", "core/running/")
    for file in FILES:
        if not named(file).startswith(allowed):
            assert not makers & {name for name, _line in calls(file)}, (
                f"{named(file)} opens a connection of its own"
            )


def test_nobody_switches_a_wall_off() -> None:
    """What only the walls themselves may say stands nowhere else."""
    words = re.compile(
        r"app\.tenant_id|set_config|SET (LOCAL )?ROLE|ROW LEVEL SECURITY|BYPASSRLS", re.IGNORECASE
    )
    allowed = ("core/kernel/", "core/migrations/", "core/testing/", "core/sdk/tables.py", "core/cli.py")
    for file in FILES:
        if not named(file).startswith(allowed):
            found = words.search(file.read_text(encoding="utf-8"))
            assert not found, f"{named(file)} says {found[0] if found else ''}"
