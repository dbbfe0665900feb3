"""What an agreement still lacks before it can be signed, each with the place where it is mended."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext as _

from core.access import service as access
from core.agreements import parts as agreement_parts
from core.agreements import reach
from core.agreements.by_law.asking import UnansweredError
from core.agreements.by_law.lacking import FoundByLaw, found_by_law
from core.agreements.parts import Parts
from core.agreements.states import status_of
from core.agreements.types import DeclaredParty, NumberNeed
from core.agreements.values import filled, printed
from core.documents.blocks import parse, placeholders
from core.kernel import clock
from core.plugin_host.declarations import (
    AgreementFacts,
    Finding,
)
from core.tenancy.kinds import host
from core.tenancy.service import current_tenant
from core.web.languages import current_language

PARTIES, DURATION, CHECK, FINDINGS = "parties", "duration", "check", "findings"
STOPS = frozenset({"not_met", "unknown"})


@dataclass(frozen=True)
class Missing:
    """One thing to do before sending. ``step`` is the page of the composer, ``anchor`` the place on it."""

    step: str
    anchor: str
    message: str


@dataclass(frozen=True)
class Advice:
    """What a plugin found that does not stop the sending; ``anchor`` is the place that it is about."""

    plugin: str
    status: str
    message: str
    anchor: str = ""


def missing(agreement_id: UUID) -> list[Missing]:
    """What must be done before an agreement can be sent, in the order of its pages."""
    access.require(reach.READ)
    parts = agreement_parts.load(agreement_id)
    reach.require(reach.READ, parts.agreement)
    return missing_in(parts)


def missing_in(parts: Parts) -> list[Missing]:
    """The same for an agreement that is loaded already."""
    stops, _advice = findings(parts)
    return _joined([*_parties(parts), *_sections(parts), *_duration(parts)], stops)


def _joined(ours: list[Missing], stops: list[Missing]) -> list[Missing]:
    """Each place once: what a plugin says of a place that lacks something goes before our own sentence."""
    said = {one.anchor: one.message for one in stops}
    places = {one.anchor for one in ours}
    mended = [Missing(one.step, one.anchor, said.get(one.anchor, one.message)) for one in ours]
    return [*mended, *(one for one in stops if one.anchor not in places)]


def _parties(parts: Parts) -> Iterator[Missing]:
    for declared in parts.kind.parties:
        party = parts.parties[declared.key]
        title = declared.title.in_language(current_language())
        anchor = f"party-{declared.key}"
        if not party.name and not declared.is_person:
            yield Missing(PARTIES, anchor, _("Write the name of the party: %(party)s.", party=title))
        if declared.number is NumberNeed.REQUIRED and not party.number:
            yield Missing(
                PARTIES, anchor, _("Write the organisation number of the party: %(party)s.", party=title)
            )
        if declared.asks_sector and not party.sector:
            yield Missing(
                PARTIES, anchor, _("Say whether this party is private or public: %(party)s.", party=title)
            )
        if _lacks_signatory(parts, declared):
            yield Missing(
                PARTIES, anchor, _("Name who signs, with e-mail address, for: %(party)s.", party=title)
            )
    yield from _contacts(parts)


def _lacks_signatory(parts: Parts, declared: DeclaredParty) -> bool:
    """Whether a party has nobody to ask; a person is asked for among the contacts, with or without a mail."""
    signatory = parts.signatory(declared.key)
    is_ready = signatory is not None and bool(signatory.name) and bool(signatory.email)
    return declared.signs and not declared.is_person and not is_ready


def _contacts(parts: Parts) -> Iterator[Missing]:
    for declared in parts.kind.contacts:
        contact, title = parts.contacts[declared.key], parts.text.contact(declared.key).title
        anchor = f"contact-{declared.key}"
        if declared.required and not contact.name:
            yield Missing(PARTIES, anchor, _("Name a person: %(role)s.", role=title))
        if declared.authority and contact.name and not contact.authority:
            yield Missing(PARTIES, anchor, _("Confirm what this person may decide: %(role)s.", role=title))


def _sections(parts: Parts) -> Iterator[Missing]:
    values = printed(parts)
    typed = {one.key: one.required for one in parts.kind.placeholders if not one.source}
    declared = {one.key for one in parts.kind.placeholders}
    named: set[str] = set()
    for section in parts.kind.sections:
        title = parts.text.section(section.key).title
        if section.required and not parts.section_is_in(section.key):
            yield Missing(
                section.key, "section", _("Keep at least one clause in the section: %(title)s.", title=title)
            )
        for clause in section.clauses:
            row = parts.clauses[clause.key]
            if not row.included:
                continue
            blocks = filled(parts, parse(row.text, lenient=True), values)
            if not blocks:
                anchor = f"clause-{anchor_of(clause.key)}"
                yield Missing(
                    section.key, anchor, _("Write the clause or leave it out, in: %(title)s.", title=title)
                )
            for key in sorted(placeholders(blocks) - declared - named):
                named.add(key)
                unknown = _("There is no field called %(name)s. Correct the word in braces.", name=key)
                yield Missing(section.key, f"clause-{anchor_of(clause.key)}", unknown)
            for key in sorted((placeholders(blocks) & set(typed)) - named):
                named.add(key)
                label = parts.text.placeholder(key).label
                yield Missing(section.key, f"value-{key}", _("Fill in: %(label)s.", label=label))


def anchor_of(key: str) -> str:
    """A clause's key as it stands in an address."""
    return key.replace(".", "-")


def _duration(parts: Parts) -> Iterator[Missing]:
    step = parts.kind.duration.section
    today = clock.today(current_tenant().timezone)
    ends = parts.agreement.ends_on
    if ends is None and not parts.kind.duration.open_ended:
        yield Missing(step, DURATION, _("Say until when the agreement lasts."))
    if ends is not None and ends <= today:
        yield Missing(step, DURATION, _("The last day of the agreement has passed. Choose a later one."))


def facts_of(parts: Parts) -> AgreementFacts:
    """What plugins may know of an agreement."""
    status = status_of(parts.agreement, clock.today(current_tenant().timezone))
    return AgreementFacts(
        type_key=parts.kind.key,
        status=status.value,
        language=parts.agreement.language,
        values={key: row.value for key, row in parts.values.items() if row.value},
        contacts=frozenset(key for key, row in parts.contacts.items() if row.name),
        authorities=frozenset(key for key, row in parts.contacts.items() if row.authority),
        goals={
            key: float(row.target)
            for key, row in parts.goals.items()
            if row.included and not parts.kind.goal(key).qualitative
        },
        clauses=frozenset(key for key, row in parts.clauses.items() if row.included),
        starts_on=parts.agreement.starts_on,
        ends_on=parts.agreement.ends_on,
    )


def findings(parts: Parts) -> tuple[list[Missing], list[Advice]]:
    """What plugins and the rules of law find: what stops the sending, and what they only advise.

    A plugin that fails stops the sending: what could not be checked never counts as in order.
    """
    stops: list[Missing] = []
    advice: list[Advice] = []
    failed: list[str] = []
    facts = facts_of(parts)
    for contribution in host().collect("provide_findings", facts=facts):
        if contribution.error:
            failed.append(contribution.plugin)
            continue
        for finding in contribution.value:
            if finding.status in STOPS:
                _sort(parts, finding, contribution.plugin, stops, advice)
    try:
        for found in found_by_law(facts):
            _sort_by_law(parts, found, stops, advice)
    except UnansweredError as error:
        failed.append(error.plugin)
    stops += [_not_checked(plugin) for plugin in dict.fromkeys(failed)]
    return stops, advice


def _not_checked(plugin: str) -> Missing:
    message = _("The module %(name)s could not check this agreement. Try again later.", name=_name_of(plugin))
    return Missing(CHECK, FINDINGS, message)


def _name_of(plugin: str) -> str:
    return host().manifests[plugin].title.in_language(current_language())


def _sort(parts: Parts, finding: Finding, plugin: str, stops: list[Missing], advice: list[Advice]) -> None:
    message = finding.message.in_language(current_language())
    step, anchor = _place_of(parts, finding.about)
    if finding.severity == "stop":
        stops.append(Missing(step, anchor, message))
    else:
        advice.append(Advice(_name_of(plugin), finding.status, message, anchor))


def _sort_by_law(parts: Parts, found: FoundByLaw, stops: list[Missing], advice: list[Advice]) -> None:
    step, anchor = _place_of(parts, found.about)
    if found.stops:
        stops.append(Missing(step, anchor, found.message))
    else:
        advice.append(Advice(_name_of(found.plugin), found.status, found.message, anchor))


def _place_of(parts: Parts, about: str) -> tuple[str, str]:
    """The page and the place of what a finding is about; that of a field is known where it is missing."""
    if about == DURATION:
        return parts.kind.duration.section, DURATION
    for section in parts.kind.sections:
        if about in {clause.key for clause in section.clauses}:
            return section.key, f"clause-{anchor_of(about)}"
    return CHECK, f"value-{about}" if about else FINDINGS
