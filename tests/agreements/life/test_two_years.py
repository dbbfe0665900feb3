"""Two years in the life of one agreement, day by day as its people live them."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from core.agreements.life import renewing, service
from core.agreements.life.quiet import quiet
from core.agreements.models import Agreement
from core.agreements.signing import service as signing
from core.agreements.states import Status, status_of
from core.kernel import clock
from core.obligations import service as obligations
from core.obligations.models import Obligation
from tests.agreements.life.steps import noon, sign_all


def test_an_agreement_lives_and_its_status_follows_day_by_day(
    agreement_id: UUID, agreement: Callable[[], Agreement], promises: Callable[[], list[Obligation]]
) -> None:
    def status(day: date) -> Status:
        return status_of(agreement(), day)

    made = {one.id for one in promises()}
    with clock.frozen(noon(date(2027, 2, 1))):
        service.pause(agreement_id, date(2027, 2, 15), None, "Ombygging.")
    assert (status(date(2027, 2, 14)), status(date(2027, 2, 15))) == (Status.ACTIVE, Status.PAUSED)
    with clock.frozen(noon(date(2027, 8, 2))):
        service.resume(agreement_id, "Ferdig bygd.")
        assert obligations.late(20) == []
    assert status(date(2027, 8, 2)) is Status.ACTIVE
    with clock.frozen(noon(date(2027, 10, 4))):
        service.shorten(agreement_id, date(2028, 6, 30), "Partene vil prøve et kortere samarbeid.")
    with clock.frozen(noon(date(2028, 3, 1))):
        assert [one.agreement_id for one in quiet(5)] == [agreement_id]
        service.extend(agreement_id, date(2028, 9, 30), "Det gikk godt.")
        assert quiet(5) == ()
    with clock.frozen(noon(date(2028, 8, 1))):
        new_id = renewing.renew(agreement_id)
        sign_all(signing.send(new_id), new_id)
        renewing.tell_predecessor(new_id)
    assert (status(date(2028, 9, 30)), status(date(2028, 10, 1))) == (Status.ACTIVE, Status.RENEWED)
    assert made <= {one.id for one in promises()}
