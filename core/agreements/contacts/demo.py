"""Contacts of the demo: half of each list is confirmed; in some one has changed, and one gets no mail."""

from datetime import timedelta
from uuid import UUID

from core.agreements import parts as agreement_parts
from core.agreements.contacts import answering, asking
from core.agreements.contacts.bounces import note
from core.agreements.contacts.changing import Details
from core.agreements.contacts.people import listed
from core.kernel import clock
from core.kernel.unit_of_work import unit_of_work

ASKED_AGO = timedelta(days=6)


def look_after(agreement_id: UUID, *, with_troubles: bool) -> None:
    """Ask everybody, and let the first half confirm; with troubles the last two give the adviser work."""
    people = [one.row for one in listed(agreement_id)]
    with clock.frozen(clock.now() - ASKED_AGO):
        tokens = [asking.ask(agreement_id, one.key) for one in people]
        for token in tokens[: len(people) // 2]:
            answering.confirm(token)
    if with_troubles:
        moved, lost = people[-2], people[-1]
        answering.propose(
            tokens[-2], Details(moved.name, moved.role_title, moved.email, f"{moved.phone[:-2]}99")
        )
        with unit_of_work():
            note(agreement_parts.find(agreement_id), lost, lost.email.casefold())
