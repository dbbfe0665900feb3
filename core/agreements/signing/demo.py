"""Agreements of the demo that are signed in rounds, in a meeting or on paper; made by the adviser's verbs."""

from uuid import UUID

from core.access import service as access
from core.agreements import parts as agreement_parts
from core.agreements.printing.service import printed
from core.agreements.signing import service as signing
from core.agreements.signing.case import Case, open_case, today
from core.agreements.signing.gathering import service as gatherings
from core.agreements.signing.keys import key_of_link
from core.agreements.signing.order import as_planned
from core.agreements.signing.paper import service as papers
from core.agreements.signing.paper.scans import read_scan
from core.agreements.signing.paper.service import OnPaper
from core.agreements.signing.plan import Onlooker, Plan
from core.agreements.ways import Part

STATES = frozenset({"rounds", "in_meeting", "on_paper"})


def bring_on(agreement_id: UUID, state: str) -> None:
    """Send a complete draft and sign it in the way of its state."""
    if state == "rounds":
        _in_rounds(agreement_id)
        return
    signing.send(agreement_id)
    case = open_case(agreement_id)
    if state == "in_meeting":
        _in_a_meeting(case)
    else:
        _on_paper(case)


def _in_rounds(agreement_id: UUID) -> None:
    """The adviser approves, the other party signs, and the tenant's own signature is the last round."""
    kind, member = agreement_parts.load(agreement_id).kind, access.require(signing.SEND)
    name = access.names_of([member.account_id])[member.account_id]
    approves = Onlooker(name, member.email, Part.APPROVES)
    reads = Onlooker("Innsyn Eksempel", "innsyn@lesere.example", Part.SEES)
    turns = {party.key: 2 if party.is_tenant else 1 for party in kind.parties}
    for link in signing.send(agreement_id, as_planned(Plan(turns, (approves, reads), with_code=True))):
        _answer(open_case(agreement_id), link)


def _answer(case: Case, link: signing.IssuedLink) -> None:
    key, request = key_of_link(link.token), case.request(link.request_id)
    if request.part == Part.APPROVES:
        signing.approve(key, case.version.sha256)
    elif request.part == Part.SIGNS:
        table = gatherings.begin(case.agreement.id, "")
        gatherings.sign_at(
            table, request.id, name=request.name, role=request.role_title, sha256=case.version.sha256
        )


def _in_a_meeting(case: Case) -> None:
    table = gatherings.begin(case.agreement.id, "Rådhuset")
    for one in case.requests:
        gatherings.sign_at(table, one.id, name=one.name, role=one.role_title, sha256=case.version.sha256)
    gatherings.end(table)


def _on_paper(case: Case) -> None:
    """The printed agreement itself stands for the scan."""
    scan = read_scan(printed(case.agreement.id).content)
    signed = [OnPaper(one.id, one.name, one.role_title, today(), "Rådhuset") for one in case.requests]
    papers.register(case.agreement.id, scan, signed)
