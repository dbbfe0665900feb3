"""The rows of a new agreement, one for each thing that its type declares."""

from collections.abc import Iterator, Mapping

from core.agreements.models import Agreement, Clause, Contact, Goal, Meeting, Party, Value
from core.agreements.types import AgreementType, DeclaredParty
from core.documents.blocks import parse, to_source
from core.kernel import clock
from core.obligations.cadence import add_months
from core.tenancy.service import TenantCard

Rows = Party | Clause | Value | Contact | Goal | Meeting


def rows_of(
    kind: AgreementType,
    agreement: Agreement,
    tenant: TenantCard,
    names: Mapping[str, str],
) -> Iterator[Rows]:
    """Parties, clauses, values, contacts, goals and meetings with what the type says from the start."""
    text, parent = kind.text(agreement.language), agreement.id
    agreement.ends_on = add_months(clock.today(tenant.timezone), kind.duration.months)
    for party in kind.parties:
        yield _party(kind, party, agreement, tenant, names)
    for clause in kind.clauses():
        words = to_source(parse(text.clause(clause.key).text))
        yield Clause(
            agreement_id=parent, key=clause.key, included=clause.included or clause.required, text=words
        )
    for placeholder in kind.placeholders:
        if not placeholder.source:
            default = "" if placeholder.default is None else str(placeholder.default)
            yield Value(agreement_id=parent, key=placeholder.key, value=default)
    for contact in kind.contacts:
        yield Contact(agreement_id=parent, key=contact.key)
    for goal in kind.goals:
        yield Goal(
            agreement_id=parent,
            key=goal.key,
            target=goal.target or 0,
            period_months=goal.period_months,
            counting_rule=" ".join(text.goal(goal.key).counting_rule.split()),
        )
    for meeting in kind.meetings:
        yield Meeting(
            agreement_id=parent,
            key=meeting.key,
            every_months=meeting.every_months,
            first_after_months=meeting.first_after_months,
        )


def _party(
    kind: AgreementType,
    party: DeclaredParty,
    agreement: Agreement,
    tenant: TenantCard,
    names: Mapping[str, str],
) -> Party:
    signing = next((one.key for one in kind.contacts if one.party == party.key and one.may_sign), "")
    return Party(
        agreement_id=agreement.id,
        key=party.key,
        name=tenant.name if party.is_tenant else names.get(party.key, ""),
        number=tenant.number if party.is_tenant else "",
        signatory_key=signing,
    )
