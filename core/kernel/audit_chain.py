"""Checking the chain of the audit: was a line changed, removed, put in or put elsewhere?"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, text

from core.kernel.audit import AuditHead
from core.kernel.database import db, raw_sql_allowed
from core.kernel.scope import platform_scope

# One statement, so that lines which are written meanwhile cannot look like faults.
_FIRST_FAULT = text("""
WITH line AS (
    SELECT number, hash, previous, kernel_audit_hash(entry) AS computed,
           row_number() OVER chain AS place, lag(hash, 1, '') OVER chain AS before
    FROM kernel_audit_entry AS entry WHERE tenant_id = :tenant_id WINDOW chain AS (ORDER BY number)
), last AS (
    SELECT number, hash FROM line ORDER BY number DESC LIMIT 1
), head AS (
    SELECT number, hash FROM kernel_audit_head WHERE tenant_id = :tenant_id AND id = :tenant_id
), fault AS (
    SELECT LEAST(place, number) AS number, CASE
        WHEN number > place THEN 'removed'
        WHEN number < place THEN 'inserted'
        WHEN computed <> hash THEN 'changed'
        ELSE 'unlinked' END AS kind
    FROM line WHERE number <> place OR computed <> hash OR previous <> before
    UNION ALL
    SELECT COALESCE(last.number, 0) + 1, 'tail_removed' FROM head LEFT JOIN last ON true
    WHERE head.number > COALESCE(last.number, 0)
    UNION ALL
    SELECT COALESCE(head.number, 0) + 1, 'tail_inserted' FROM last LEFT JOIN head ON true
    WHERE last.number > COALESCE(head.number, 0)
    UNION ALL
    SELECT last.number, 'changed' FROM last JOIN head ON head.number = last.number AND head.hash <> last.hash
    UNION ALL
    SELECT :known, 'not_as_kept'
    WHERE :known > 0 AND NOT EXISTS (SELECT FROM line WHERE number = :known AND hash = :known_hash)
)
SELECT number, kind FROM fault ORDER BY number, kind <> 'tail_inserted' LIMIT 1
""")
_KEPT_LINE = re.compile(r"(?P<tenant>[0-9a-f-]{36}) +(?P<number>\d+) +(?P<hash>[0-9a-f]{64}|-)")

SENTENCES = {
    "removed": "line {number} is missing",
    "inserted": "line {number} was put in",
    "changed": "line {number} was changed or stands in another's place",
    "unlinked": "line {number} does not follow the line before it: lines were put in, removed or exchanged",
    "tail_removed": "line {number} and what followed are missing at the end",
    "tail_inserted": "line {number} at the end was put in beside the chain",
    "not_as_kept": "line {number} is not the one whose hash was kept: the chain was written anew up to there",
}


@dataclass(frozen=True)
class Head:
    """Where a tenant's chain ends: the number and the hash of its last line."""

    tenant_id: UUID
    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.tenant_id} {self.number} {self.hash or '-'}"


@dataclass(frozen=True)
class Fault:
    """The first line of a chain that is not as it was written."""

    number: int
    kind: str

    def __str__(self) -> str:
        return SENTENCES[self.kind].format(number=self.number)


class KeptHeadsError(ValueError):
    """A file of kept heads has a line that is none; the message says which."""


def heads() -> list[Head]:
    """The ends of all chains, to be kept where whoever can write in the database cannot reach."""
    with platform_scope("note where each tenant's audit ends"):
        rows = db.session.scalars(select(AuditHead).order_by(AuditHead.tenant_id))
        return [Head(row.tenant_id, row.number, row.hash) for row in rows if row.id == row.tenant_id]


def head_of(tenant_id: UUID) -> Head:
    """Where the chain of a tenant ends; number 0 when nothing was ever written. Works in the open scope."""
    query = select(AuditHead).where(AuditHead.tenant_id == tenant_id, AuditHead.id == tenant_id)
    row = db.session.scalar(query)
    return Head(tenant_id, row.number, row.hash) if row else Head(tenant_id, 0, "")


def first_fault(tenant_id: UUID, kept: Head | None = None) -> Fault | None:
    """The first fault in the chain of a tenant, or None; ``kept`` is an end that was kept outside."""
    values = {
        "tenant_id": tenant_id,
        "known": kept.number if kept else 0,
        "known_hash": kept.hash if kept else "",
    }
    with platform_scope("verify the chain of an audit"), raw_sql_allowed():
        row = db.session.execute(_FIRST_FAULT, values).one_or_none()
    return Fault(row.number, row.kind) if row else None


def read_heads(lines: Iterable[str]) -> Iterator[Head]:
    """Read heads as ``str(head)`` wrote them; empty lines are passed over. Raises KeptHeadsError."""
    for place, line in enumerate(lines, 1):
        if not line.strip():
            continue
        found = _KEPT_LINE.fullmatch(line.strip())
        if found is None:
            raise KeptHeadsError(f"line {place} is not a tenant's id, a number and a hash")
        kept_hash = found["hash"].removeprefix("-")
        yield Head(UUID(found["tenant"]), int(found["number"]), kept_hash)
