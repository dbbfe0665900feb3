"""What the audit says in plain words about evaluations; their lines stand with the promise they keep."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select

from core.agreements.evaluating.models import Assessment
from core.kernel.database import db
from core.plugin_host.declarations import (
    ActionText,
    SubjectText,
)
from core.plugin_host.wording import Wording


def _assessors(ids: Collection[UUID]) -> Mapping[UUID, str]:
    query = select(Assessment.id, Assessment.name, Assessment.party_name)
    rows = db.session.execute(query.where(Assessment.id.in_(ids)))
    return {row.id: f"{row.name} ({row.party_name})" for row in rows}


_ACTIONS = {
    "evaluation.begun": Wording(
        nb="begynte på evalueringen", da="begyndte på evalueringen", en="began the evaluation"
    ),
    "evaluation.next_begun": Wording(
        nb="begynte på neste versjon av avtalen",
        da="begyndte på næste version af aftalen",
        en="began the next version of the agreement",
    ),
    "evaluation.saved": Wording(
        nb="skrev vår del av evalueringen",
        da="skrev vores del af evalueringen",
        en="wrote our part of the evaluation",
    ),
    "evaluation.asked": Wording(
        nb="ba om en vurdering fra", da="bad om en vurdering fra", en="asked for an assessment from"
    ),
    "evaluation.answered": Wording(
        nb="svarte på evalueringen", da="svarede på evalueringen", en="answered the evaluation"
    ),
    "evaluation.point_added": Wording(
        nb="la til et punkt i evalueringen",
        da="tilføjede et punkt i evalueringen",
        en="added a point to the evaluation",
    ),
    "evaluation.point_decided": Wording(
        nb="bestemte hva et punkt i evalueringen fører til",
        da="besluttede, hvad et punkt i evalueringen fører til",
        en="decided what comes of a point of the evaluation",
    ),
    "evaluation.point_taken": Wording(
        nb="tok en endring fra evalueringen inn i en ny versjon",
        da="tog en ændring fra evalueringen med i en ny version",
        en="took a change from the evaluation into a new version",
    ),
    "evaluation.closed": Wording(
        nb="avsluttet evalueringen", da="afsluttede evalueringen", en="closed the evaluation"
    ),
    "evaluation.sent": Wording(nb="sendte evalueringen", da="sendte evalueringen", en="sent the evaluation"),
    "evaluation.person_erased": Wording(
        nb="tok en person ut av evalueringen",
        da="tog en person ud af evalueringen",
        en="took a person out of the evaluation",
    ),
    "assessment.read": Wording(nb="leste", da="læste", en="read"),
}

HISTORY: tuple[ActionText | SubjectText, ...] = (
    SubjectText(
        "assessment",
        Wording(nb="Vurdering", da="Vurdering", en="Assessment"),
        {"assessment": Wording(nb="vurdering", da="vurdering", en="assessment")},
        names=_assessors,
        acts_as="assessor",
    ),
    *(ActionText(action, text) for action, text in _ACTIONS.items()),
)
