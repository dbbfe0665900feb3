"""Who is asked about an agreement and in which round, as it is decided when it is sent. Pure functions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from core.agreements.parts import Parts
from core.agreements.ways import Part


@dataclass(frozen=True)
class Onlooker:
    """Somebody beside the signatories, who approves before the next round begins or only sees the text."""

    name: str
    email: str
    part: Part
    turn: int = 1
    role: str = ""


@dataclass(frozen=True)
class Plan:
    """`turns` is the round of each signatory by party, the first one where nothing is said.

    `with_code` asks for a one-time code beside the personal link.
    """

    turns: Mapping[str, int] = field(default_factory=dict)
    onlookers: tuple[Onlooker, ...] = ()
    with_code: bool = False

    def ranks(self, party_keys: Iterable[str]) -> dict[int, int]:
        """Rounds as they were numbered, and as they count: from 1 without a gap."""
        wanted = {self.turns.get(key, 1) for key in party_keys}
        wanted |= {one.turn for one in self.onlookers if one.part is Part.APPROVES}
        return {turn: rank for rank, turn in enumerate(sorted(wanted), start=1)}


def declared_plan(parts: Parts, *, with_code: bool = False) -> Plan:
    """What the agreement's type proposes: rounds of its parties, and contacts who approve or see."""
    return Plan(
        turns={party.key: party.signs_in for party in parts.kind.parties},
        onlookers=tuple(_declared_onlookers(parts)),
        with_code=with_code,
    )


def _declared_onlookers(parts: Parts) -> Iterable[Onlooker]:
    for declared in parts.kind.contacts:
        contact = parts.contacts[declared.key]
        if declared.signing and contact.name and contact.email:
            yield Onlooker(
                contact.name, contact.email, Part(declared.signing), declared.signs_in, contact.role_title
            )
