"""What follows when all have signed: the PDF is kept, and every party and the adviser are told."""

from uuid import UUID

from core.agreements.printing.service import keep_signed
from core.agreements.signing import mails
from core.agreements.signing.case import open_case
from core.kernel import audit
from core.kernel.unit_of_work import unit_of_work


def complete(agreement_id: UUID) -> None:
    """Keep the signed PDF and write the mails together; a second call finds the file and does nothing."""
    with unit_of_work():
        if not keep_signed(agreement_id):
            return
        case = open_case(agreement_id)
        for request in case.requests:
            mails.say_all_have_signed(case.agreement, request)
        mails.tell_adviser_of_force(case.agreement)
        audit.record("agreement.pdf_kept", "agreement", agreement_id)
