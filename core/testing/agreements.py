"""Agreements for tests: a content made by hand, in the shape that `core.agreements.content` gives."""

from typing import Any


def party(key: str, title: str, name: str, *, is_tenant: bool = False, number: str = "") -> dict[str, Any]:
    """One party of the content."""
    return {
        "key": key,
        "title": title,
        "name": name,
        "number": number,
        "sector": "",
        "is_tenant": is_tenant,
        "logo": "",
    }


def paragraph(text: str) -> dict[str, Any]:
    """A block of plain text."""
    return {"kind": "paragraph", "runs": [{"text": text}]}


MEETING = {
    "key": "steering_group",
    "kind": "meeting",
    "title": "Møte i styringsgruppen",
    "every_months": 6,
    "first_after_months": 6,
    "called_by": "Nordvik",
    "participants": ["Leder hos Nordvik", "Leder hos bakeriet"],
    "agenda": ["Måltallene", "Neste halvår"],
}
EVALUATION = MEETING | {
    "key": "evaluation",
    "kind": "evaluation",
    "title": "Evaluering",
    "every_months": 12,
    "first_after_months": 12,
}
GOAL = {
    "key": "share",
    "title": "Ansettelser",
    "target": 70,
    "unit": "percent",
    "period_months": 12,
    "counting_rule": "Andelen som fikk jobb av dem som fullførte.",
}
CONTACT = {
    "key": "second_leader",
    "party": "Fjord Bakeri AS",
    "title": "Leder hos bakeriet",
    "name": "Ola Oppdiktet",
    "role_title": "daglig leder",
    "email": "ola@example.org",
    "phone": "+47 99 00 00 00",
}


def section(number: str, title: str, **more: Any) -> dict[str, Any]:
    """A section; what is not named is empty."""
    empty = {"clauses": [], "goals": [], "meetings": [], "contacts": [], "duration": False}
    return {"key": f"section{number}", "number": number, "title": title} | empty | more


def clause(key: str, *blocks: dict[str, Any], responsible: str = "") -> dict[str, Any]:
    """A clause with one reference."""
    reference = {"law": "en lov", "place": "§ 1", "url": "https://example.org/lov"}
    return {"key": key, "blocks": list(blocks), "references": [reference], "responsible": responsible}


def content(language: str = "nb", **more: Any) -> dict[str, Any]:
    """The whole content; `more` replaces its top level."""
    return {
        "format": 1,
        "type": "made.by_hand",
        "edition": "2026-1",
        "language": language,
        "title": "Samarbeid om arbeidstrening",
        "heading": "Intensjonsavtale",
        "parties": [
            party("first", "Første part", "Nordvik", is_tenant=True, number="312345676"),
            party("second", "Andre part", "Fjord Bakeri AS", number="312345676"),
        ],
        "sections": [
            section(
                "1",
                "Formål",
                clauses=[clause("purpose", paragraph("Vi samarbeider om arbeid."))],
                goals=[GOAL],
            ),
            section("2", "Møter", meetings=[MEETING, EVALUATION]),
            section("3", "Varighet", contacts=[CONTACT], duration=True),
        ],
        "duration": {"starts_on": None, "ends_on": "2027-12-01", "reminder_days": 60},
        "signatories": [
            {
                "party_key": key,
                "party_name": name,
                "name": f"Kari for {key}",
                "role_title": "leder",
                "email": f"{key}@example.org",
            }
            for key, name in (("first", "Nordvik"), ("second", "Fjord Bakeri AS"))
        ],
    } | more
