"""What must hold between the parts of an agreement type; a check yields one problem per broken rule."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from core.agreements.declaration_problem import Problem
from core.agreements.goal_checks import problems_of_goal
from core.agreements.type_texts import Keyed
from core.agreements.types import (
    AgreementType,
    DeclaredContact,
    DeclaredParty,
    DeclaredPlaceholder,
    MeetingKind,
    NumberNeed,
    PlaceholderKind,
)
from core.rules.yaml_lines import Place

TENANT_SOURCES = ("tenant.office_word",)
PARTY_SOURCES = ("name", "number")

_BOUNDED = {
    PlaceholderKind.NUMBER,
    PlaceholderKind.PERCENT,
    PlaceholderKind.INTERVAL,
    PlaceholderKind.MONEY,
}
_LARGEST_PERCENT = 100
_SHORTEST_MONTH_DAYS = 28


def problems_of_type(kind: AgreementType, folder: Path) -> Iterator[Problem]:
    """Everything in `type.yaml` that contradicts itself or the folder it lies in."""
    yield from _identity(kind, folder)
    yield from problems_of_parts(kind)


def problems_of_parts(kind: AgreementType) -> Iterator[Problem]:
    """Everything in a type that contradicts itself, wherever it is stored."""
    if kind.valid_to is not None and kind.valid_to < kind.valid_from:
        yield Problem(("valid_to",), "valid_to is before valid_from")
    yield from _unique_keys(kind)
    yield from _parties(kind)
    yield from _placeholders(kind)
    yield from _sections(kind)
    yield from _goals(kind)
    yield from _meetings(kind)
    yield from _contacts(kind)
    yield from _aims(kind)
    yield from _duration(kind)
    yield from _annexes(kind)


def _annexes(kind: AgreementType) -> Iterator[Problem]:
    for index, annex in enumerate(kind.annexes):
        if annex in kind.annexes[:index]:
            yield Problem(("annexes", index), f"the annex {annex} is named twice")


def _identity(kind: AgreementType, folder: Path) -> Iterator[Problem]:
    if not kind.key.startswith(f"{kind.plugin}."):
        yield Problem(("key",), f"the key must begin with the plugin's name: {kind.plugin}.")
    if kind.key.rsplit(".", 1)[-1] != folder.parent.name:
        yield Problem(("key",), f"the last part of the key must be the folder's name: {folder.parent.name}")
    if kind.edition != folder.name:
        yield Problem(("edition",), f"the edition must be the folder's name: {folder.name}")


def _unique_keys(kind: AgreementType) -> Iterator[Problem]:
    groups: dict[str, Sequence[Keyed]] = {
        "parties": kind.parties,
        "placeholders": kind.placeholders,
        "sections": kind.sections,
        "goals": kind.goals,
        "meetings": kind.meetings,
        "contacts": kind.contacts,
        "aims": kind.aims,
    }
    for field, items in groups.items():
        yield from _repeated(((field, index, "key"), item.key) for index, item in enumerate(items))
    yield from _repeated(((*place, "key"), key) for place, key in _clause_places(kind))


def _repeated(keys: Iterable[tuple[Place, str]]) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, key in keys:
        if key in seen:
            yield Problem(place, f"the key {key} is used twice")
        seen.add(key)


def _parties(kind: AgreementType) -> Iterator[Problem]:
    tenants = [index for index, party in enumerate(kind.parties) if party.is_tenant]
    if len(tenants) != 1:
        yield Problem(("parties",), "exactly one party must have is: tenant")
    if len(kind.parties) == len(tenants):
        yield Problem(("parties",), "at least one party must have is: other")
    if not any(party.signs for party in kind.parties):
        yield Problem(("parties",), "at least one party must sign")
    for index, party in enumerate(kind.parties):
        yield from _signatories(kind, party, ("parties", index))


def _signatories(kind: AgreementType, party: DeclaredParty, place: Place) -> Iterator[Problem]:
    people = [contact for contact in kind.contacts if contact.party == party.key]
    signing = any(contact.may_sign for contact in people)
    if party.signs and not signing:
        yield Problem(place, f"no contact with may_sign: true can sign for {party.key}")
    if not party.signs and signing:
        yield Problem((*place, "signs"), f"{party.key} does not sign, but has a contact with may_sign: true")
    if party.is_person and (party.is_tenant or party.number is not NumberNeed.NONE or party.asks_sector):
        yield Problem((*place, "person"), "a person is another party, without number and sector")
    if party.is_person and [contact.required for contact in people] != [True]:
        yield Problem((*place, "person"), "a person has exactly one contact, a required one: themselves")


def _placeholders(kind: AgreementType) -> Iterator[Problem]:
    sources = {
        *TENANT_SOURCES,
        *(f"{party.key}.{field}" for party in kind.parties for field in PARTY_SOURCES),
    }
    for index, placeholder in enumerate(kind.placeholders):
        place = ("placeholders", index)
        if placeholder.source and placeholder.source not in sources:
            yield Problem((*place, "from"), f"unknown source; known are: {', '.join(sorted(sources))}")
        if placeholder.source and placeholder.kind is not PlaceholderKind.TEXT:
            yield Problem((*place, "kind"), "a placeholder with from is always of kind text")
        yield from _limits(placeholder, place)
        yield from _default(placeholder, place)


def _limits(placeholder: DeclaredPlaceholder, place: Place) -> Iterator[Problem]:
    is_choice = placeholder.kind is PlaceholderKind.CHOICE
    if is_choice != bool(placeholder.choices):
        yield Problem((*place, "choices"), "choices belong to kind choice, which needs at least one")
    if len(set(placeholder.choices)) != len(placeholder.choices):
        yield Problem((*place, "choices"), "a choice is written twice")
    if (placeholder.kind is PlaceholderKind.MONEY) != bool(placeholder.currency):
        yield Problem((*place, "currency"), "a currency belongs to kind money, which needs one")
    bounds = [bound for bound in (placeholder.minimum, placeholder.maximum) if bound is not None]
    if bounds and placeholder.kind not in _BOUNDED:
        yield Problem(place, "min and max belong to the kinds number, percent, interval and money")
    if bounds != sorted(bounds):
        yield Problem((*place, "max"), "max is smaller than min")
    if placeholder.kind is PlaceholderKind.PERCENT and any(bound > _LARGEST_PERCENT for bound in bounds):
        yield Problem((*place, "max"), "a percentage is at most 100")


def _default(placeholder: DeclaredPlaceholder, place: Place) -> Iterator[Problem]:
    default = placeholder.default
    if default is None:
        return
    where = (*place, "default")
    if placeholder.kind is PlaceholderKind.CHOICE:
        if default not in placeholder.choices:
            yield Problem(where, "the default must be one of the choices")
    elif placeholder.kind not in _BOUNDED:
        yield Problem(
            where, f"a default cannot be given for kind {placeholder.kind}; offer examples in the texts"
        )
    elif isinstance(default, bool) or not isinstance(default, int):
        yield Problem(where, "the default must be a whole number")
    elif not (placeholder.minimum or 0) <= default <= _highest(placeholder):
        yield Problem(where, "the default must lie between min and max")


def _highest(placeholder: DeclaredPlaceholder) -> float:
    if placeholder.maximum is not None:
        return placeholder.maximum
    return _LARGEST_PERCENT if placeholder.kind is PlaceholderKind.PERCENT else float("inf")


def _clause_places(kind: AgreementType) -> Iterator[tuple[Place, str]]:
    for section_index, section in enumerate(kind.sections):
        for index, clause in enumerate(section.clauses):
            yield ("sections", section_index, "clauses", index), clause.key


def _sections(kind: AgreementType) -> Iterator[Problem]:
    shown = {kind.duration.section, *(contact.section for contact in kind.contacts)}
    shown |= {goal.section for goal in kind.goals} | {meeting.section for meeting in kind.meetings}
    parties = {party.key for party in kind.parties}
    for section_index, section in enumerate(kind.sections):
        if not section.clauses and section.key not in shown:
            yield Problem(
                ("sections", section_index), "the section has neither clauses nor anything else to show"
            )
        for index, clause in enumerate(section.clauses):
            place = ("sections", section_index, "clauses", index)
            if not clause.key.startswith(f"{section.key}."):
                yield Problem((*place, "key"), f"a clause's key begins with its section's: {section.key}.")
            if clause.required and not (section.required and clause.included):
                yield Problem(
                    (*place, "required"), "a required clause must be included, in a required section"
                )
            if clause.responsible and clause.responsible not in parties:
                yield Problem((*place, "responsible"), f"the party {clause.responsible} is not declared")


def _shown_in(kind: AgreementType, place: Place, section_key: str, *, required: bool) -> Iterator[Problem]:
    sections = {section.key: section for section in kind.sections}
    if section_key not in sections:
        yield Problem((*place, "section"), f"the section {section_key} is not declared")
    elif required and not sections[section_key].required:
        yield Problem(
            (*place, "section"), f"what is required cannot stand in {section_key}, which may be removed"
        )


def _goals(kind: AgreementType) -> Iterator[Problem]:
    for index, goal in enumerate(kind.goals):
        place = ("goals", index)
        yield from _shown_in(kind, place, goal.section, required=goal.required)
        yield from problems_of_goal(kind, index)


def _meetings(kind: AgreementType) -> Iterator[Problem]:
    parties = {party.key for party in kind.parties}
    contacts = {contact.key for contact in kind.contacts}
    for index, meeting in enumerate(kind.meetings):
        place = ("meetings", index)
        yield from _shown_in(kind, place, meeting.section, required=meeting.required)
        if meeting.called_by not in parties:
            yield Problem((*place, "called_by"), f"the party {meeting.called_by} is not declared")
        for position, participant in enumerate(meeting.participants):
            if participant not in contacts:
                where = (*place, "participants", position)
                yield Problem(where, f"the contact {participant} is not declared")


def _contacts(kind: AgreementType) -> Iterator[Problem]:
    parties = {party.key for party in kind.parties}
    for index, contact in enumerate(kind.contacts):
        yield from _shown_in(kind, ("contacts", index), contact.section, required=contact.required)
        if contact.party not in parties:
            yield Problem(("contacts", index, "party"), f"the party {contact.party} is not declared")
        yield from _authority(contact, index)
        if contact.signing and contact.may_sign:
            yield Problem(("contacts", index, "signing"), "who may sign neither approves nor only sees")
    yield from _rounds(kind)


def _rounds(kind: AgreementType) -> Iterator[Problem]:
    approving = {contact.signs_in for contact in kind.contacts if contact.signing == "approves"}
    rounds = {party.signs_in for party in kind.parties} | approving
    if rounds != set(range(1, len(rounds) + 1)):
        yield Problem(("parties",), "the rounds of signs_in begin with 1 and have no gap")


def _authority(contact: DeclaredContact, index: int) -> Iterator[Problem]:
    if contact.authority and not contact.required:
        yield Problem(("contacts", index, "authority"), "only a required contact can be asked for authority")


def _aims(kind: AgreementType) -> Iterator[Problem]:
    if kind.aims and not any(meeting.kind is MeetingKind.EVALUATION for meeting in kind.meetings):
        yield Problem(("aims",), "aims are rated at an evaluation: declare a meeting of kind evaluation")


def _duration(kind: AgreementType) -> Iterator[Problem]:
    yield from _shown_in(kind, ("duration",), kind.duration.section, required=True)
    if kind.duration.reminder_days >= kind.duration.months * _SHORTEST_MONTH_DAYS:
        yield Problem(("duration", "reminder_days"), "the reminder would come before the agreement has begun")
