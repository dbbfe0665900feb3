"""What the audit says in plain words about promises with dates."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select

from core.kernel.database import db
from core.obligations.filters import FIELDS
from core.obligations.models import Obligation
from core.plugin_host.declarations import (
    ActionText,
    SubjectText,
)
from core.plugin_host.wording import Wording


def _titles(ids: Collection[UUID]) -> Mapping[UUID, str]:
    query = select(Obligation.id, Obligation.title).where(Obligation.id.in_(ids))
    return {row.id: row.title for row in db.session.execute(query)}


_FIELDS = {
    "done_at": Wording(nb="gjort", da="gjort", en="done"),
    "dropped_at": Wording(nb="falt bort", da="bortfaldet", en="dropped"),
    "waived_at": Wording(nb="frafalt", da="frafaldet", en="waived"),
    "due_on": Wording(nb="dato", da="dato", en="date"),
    "owner_id": Wording(nb="ansvarlig", da="ansvarlig", en="owner"),
    "participants": Wording(nb="deltakere", da="deltagere", en="participants"),
    "attended": Wording(nb="frammøte", da="fremmøde", en="attendance"),
    "minutes": Wording(nb="referat", da="referat", en="minutes"),
    "evaluation": Wording(nb="evaluering", da="evaluering", en="evaluation"),
    "decisions": Wording(nb="beslutninger", da="beslutninger", en="decisions"),
}

_ACTIONS = {
    "obligations.made": Wording(
        nb="satte opp fristene i", da="satte fristerne op i", en="set up the deadlines of"
    ),
    "obligation.done": Wording(nb="markerte som gjort", da="markerede som gjort", en="marked as done"),
    "obligations.dropped": Wording(
        nb="lot fristene falle bort i", da="lod fristerne bortfalde i", en="dropped the deadlines of"
    ),
    "obligation.waived": Wording(nb="frafalt", da="frafaldt", en="waived"),
    "obligation.moved": Wording(nb="satte ny dato for", da="satte en ny dato for", en="set another date for"),
    "obligation.fell_away": Wording(
        nb="lot fristen falle bort", da="lod fristen bortfalde", en="dropped the deadline"
    ),
    "obligation.reopened": Wording(nb="åpnet igjen", da="åbnede igen", en="reopened"),
    "obligation.given": Wording(
        nb="endret hvem som er ansvarlig for",
        da="ændrede, hvem der er ansvarlig for",
        en="changed the owner of",
    ),
    "obligation.planned": Wording(nb="planla møtet", da="planlagde mødet", en="planned the meeting"),
    "obligation.invited": Wording(nb="kalte inn til", da="indkaldte til", en="sent invitations to"),
    "obligation.held": Wording(nb="førte referat fra", da="førte referat fra", en="recorded the meeting"),
    "obligation.minutes_saved": Wording(
        nb="endret referatet fra", da="ændrede referatet fra", en="changed the minutes of"
    ),
    "obligation.minutes_sent": Wording(
        nb="sendte referatet fra", da="sendte referatet fra", en="sent the minutes of"
    ),
    "obligation.action_added": Wording(nb="la til oppgaven", da="tilføjede opgaven", en="added the action"),
    "obligation.action_removed": Wording(
        nb="fjernet oppgaven", da="fjernede opgaven", en="removed the action"
    ),
    "obligation.reminded": Wording(nb="minnet om", da="mindede om", en="reminded of"),
    "obligation.read": Wording(nb="leste", da="læste", en="read"),
}

HISTORY: tuple[ActionText | SubjectText, ...] = (
    SubjectText(
        "obligation",
        Wording(nb="Frist", da="Frist", en="Deadline"),
        _FIELDS,
        names=_titles,
        endpoint="agreements_obligations.page",
        argument="obligation_id",
    ),
    SubjectText("deadline_list", Wording(nb="Frister", da="Frister", en="Deadlines"), FIELDS),
    ActionText(
        "obligations.exported",
        Wording(
            nb="lastet ned listen over frister",
            da="hentede listen over frister",
            en="downloaded the list of deadlines",
        ),
    ),
    *(ActionText(action, text) for action, text in _ACTIONS.items()),
)
