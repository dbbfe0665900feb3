"""What the audit says in plain words about promises with dates."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select

from core.kernel.database import db
from core.obligations.models import Obligation
from core.plugin_host.declarations import ActionText, SubjectText
from core.plugin_host.wording import Wording


def _titles(ids: Collection[UUID]) -> Mapping[UUID, str]:
    query = select(Obligation.id, Obligation.title).where(Obligation.id.in_(ids))
    return {row.id: row.title for row in db.session.execute(query)}


HISTORY: tuple[ActionText | SubjectText, ...] = (
    SubjectText(
        "obligation",
        Wording(nb="Frist", da="Frist", en="Deadline"),
        {
            "done_at": Wording(nb="gjort", da="gjort", en="done"),
            "due_on": Wording(nb="dato", da="dato", en="date"),
            "dropped_at": Wording(nb="falt bort", da="bortfaldet", en="dropped"),
        },
        names=_titles,
    ),
    ActionText(
        "obligations.made",
        Wording(nb="satte opp fristene i", da="satte fristerne op i", en="set up the deadlines of"),
    ),
    ActionText(
        "obligation.done",
        Wording(nb="markerte som gjort", da="markerede som gjort", en="marked as done"),
    ),
    ActionText(
        "obligation.moved",
        Wording(nb="flyttet fristen", da="flyttede fristen", en="moved the deadline"),
    ),
    ActionText(
        "obligation.fell_away",
        Wording(nb="lot fristen falle bort", da="lod fristen bortfalde", en="dropped the deadline"),
    ),
    ActionText(
        "obligations.dropped",
        Wording(
            nb="lot fristene falle bort i", da="lod fristerne bortfalde i", en="dropped the deadlines of"
        ),
    ),
)
