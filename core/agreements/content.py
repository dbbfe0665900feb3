"""What is signed: an agreement fully resolved as plain JSON, and its fingerprint."""

import hashlib
import json
from typing import Any
from uuid import UUID

from core.agreements import parts as agreement_parts
from core.agreements.annexes.content import frozen_annexes
from core.agreements.parts import Parts
from core.agreements.types import DeclaredClause, DeclaredSection
from core.agreements.values import filled, printed
from core.documents import service as documents
from core.documents.blocks import parse, to_json
from core.tenancy.service import current_tenant

FORMAT = 1


def resolve(agreement_id: UUID) -> dict[str, Any]:
    """The content of an agreement as it stands. Shape: see `resolved`. Raises NotFound or Conflict."""
    return resolved(agreement_parts.load(agreement_id))


def fingerprint(content: dict[str, Any]) -> str:
    """SHA-256 of the content in its one canonical form: what signatures bind to."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def resolved(parts: Parts) -> dict[str, Any]:
    """Title, parties, sections with filled clauses, goals, meetings, contacts; duration; annexes.

    What amends an agreement in force says so.
    """
    annexes, amends = frozen_annexes(parts), parts.agreement.amends_id is not None
    return _text(parts) | ({"annexes": annexes} if annexes else {}) | ({"amends": True} if amends else {})


def _text(parts: Parts) -> dict[str, Any]:
    agreement = parts.agreement
    return {
        "format": FORMAT,
        "type": agreement.type_key,
        "edition": agreement.edition,
        "language": agreement.language,
        "title": agreement.title,
        "heading": parts.text.title,
        "parties": [_party(parts, party.key) for party in parts.kind.parties],
        "sections": _sections(parts),
        "duration": _duration(parts),
        "signatories": [
            {
                "party_key": party.key,
                "party_name": parts.parties[party.key].name,
                "name": contact.name,
                "role_title": contact.role_title,
                "email": contact.email,
            }
            for party in parts.kind.parties
            if (contact := parts.signatory(party.key)) is not None
        ],
    }


def _party(parts: Parts, key: str) -> dict[str, Any]:
    declared, row = parts.kind.party(key), parts.parties[key]
    logo_id = current_tenant().logo_id if declared.is_tenant else row.logo_id
    return {
        "key": key,
        "title": declared.title.in_language(parts.agreement.language),
        "name": row.name,
        "number": row.number,
        "sector": row.sector,
        "is_tenant": declared.is_tenant,
        "logo": documents.fingerprint_of(logo_id) if logo_id else "",
    }


def _sections(parts: Parts) -> list[dict[str, Any]]:
    values = printed(parts)
    shown = [section for section in parts.kind.sections if parts.section_is_in(section.key)]
    return [_section(parts, section, str(number), values) for number, section in enumerate(shown, start=1)]


def _section(parts: Parts, section: DeclaredSection, number: str, values: dict[str, str]) -> dict[str, Any]:
    return {
        "key": section.key,
        "number": number,
        "title": parts.text.section(section.key).title,
        "clauses": [
            _clause(parts, clause, values) for clause in section.clauses if parts.clauses[clause.key].included
        ],
        "goals": [
            _goal(parts, one.key) for one in parts.kind.goals_in(section.key) if parts.goals[one.key].included
        ],
        "meetings": [
            _meeting(parts, one.key)
            for one in parts.kind.meetings_in(section.key)
            if parts.meetings[one.key].included
        ],
        "contacts": [
            _contact(parts, one.key)
            for one in parts.kind.contacts_in(section.key)
            if parts.contacts[one.key].name
        ],
        "duration": parts.kind.duration.section == section.key,
    }


def _clause(parts: Parts, clause: DeclaredClause, values: dict[str, str]) -> dict[str, Any]:
    row = parts.clauses[clause.key]
    responsible = parts.parties[clause.responsible].name if clause.responsible else ""
    return {
        "key": clause.key,
        "blocks": to_json(filled(parts, parse(row.text, lenient=True), values)),
        "references": [{"law": one.law, "place": one.place, "url": one.url} for one in clause.references],
        "responsible": responsible,
    }


def _goal(parts: Parts, key: str) -> dict[str, Any]:
    row, declared = parts.goals[key], parts.kind.goal(key)
    target = int(row.target) if float(row.target).is_integer() else float(row.target)
    above = {"parent": declared.parent} if declared.parent else {}
    return above | {
        "key": key,
        "title": parts.text.goal(key).title,
        "target": None if declared.qualitative else target,
        "unit": declared.unit_key,
        "period_months": row.period_months,
        "counting_rule": row.counting_rule,
    }


def _meeting(parts: Parts, key: str) -> dict[str, Any]:
    row, declared, text = parts.meetings[key], parts.kind.meeting(key), parts.text.meeting(key)
    return {
        "key": key,
        "kind": declared.kind.value,
        "title": text.title,
        "every_months": row.every_months,
        "first_after_months": row.first_after_months,
        "called_by": parts.parties[declared.called_by].name,
        "participants": [parts.text.contact(one).title for one in declared.participants],
        "agenda": list(text.agenda),
    }


def _contact(parts: Parts, key: str) -> dict[str, Any]:
    row, declared = parts.contacts[key], parts.kind.contact(key)
    return {
        "key": key,
        "party": parts.parties[declared.party].name,
        "title": parts.text.contact(key).title,
        "name": row.name,
        "role_title": row.role_title,
        "email": row.email,
        "phone": row.phone,
    }


def _duration(parts: Parts) -> dict[str, Any]:
    starts, ends = parts.agreement.starts_on, parts.agreement.ends_on
    return {
        "starts_on": starts.isoformat() if starts else None,
        "ends_on": ends.isoformat() if ends else None,
        "reminder_days": parts.kind.duration.reminder_days,
    }
