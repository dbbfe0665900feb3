"""What follows when all have signed: the final PDF is sealed and kept, and everybody is told."""

from uuid import UUID

from core.agreements.printing.service import is_kept, keep_final, make_final
from core.agreements.signing import mails
from core.agreements.signing.case import open_case
from core.kernel import audit
from core.kernel.unit_of_work import unit_of_work


def complete(agreement_id: UUID) -> None:
    """Keep the final PDF and write the mails together; a second call finds the file and does nothing.

    The file is made before anything is locked, because sealing may wait for a time stamp. Of two that are
    made at once the first is kept, and nobody ever sees the other.
    """
    if is_kept(agreement_id):
        return
    final = make_final(agreement_id)
    with unit_of_work():
        if not keep_final(agreement_id, final):
            return
        case = open_case(agreement_id)
        for request in case.people:
            mails.say_all_have_signed(case.agreement, request)
        mails.tell_adviser_of_force(case.agreement)
        audit.record("agreement.pdf_kept", "agreement", agreement_id)
        if final.seal is not None:
            audit.record("agreement.sealed", "agreement", agreement_id)
