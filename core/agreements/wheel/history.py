"""What the audit says in plain words about the annual wheel."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select

from core.agreements.wheel.models import YearlyActivity
from core.kernel.database import db
from core.plugin_host.declarations import (
    ActionText,
    SubjectText,
)
from core.plugin_host.wording import Wording


def _titles(ids: Collection[UUID]) -> Mapping[UUID, str]:
    query = select(YearlyActivity.id, YearlyActivity.title).where(YearlyActivity.id.in_(ids))
    return {row.id: row.title for row in db.session.execute(query)}


HISTORY: tuple[ActionText | SubjectText, ...] = (
    SubjectText(
        "yearly_activity",
        Wording(nb="Aktivitet i årshjulet", da="Aktivitet i årshjulet", en="Activity in the annual wheel"),
        {
            "title": Wording(nb="navn", da="navn", en="title"),
            "month": Wording(nb="måned", da="måned", en="month"),
            "note": Wording(nb="merknad", da="bemærkning", en="note"),
        },
        names=_titles,
    ),
    ActionText(
        "yearly_activity.made",
        Wording(nb="la inn i årshjulet", da="lagde ind i årshjulet", en="put in the annual wheel"),
    ),
    ActionText(
        "yearly_activity.changed",
        Wording(nb="endret i årshjulet", da="ændrede i årshjulet", en="changed in the annual wheel"),
    ),
    ActionText(
        "yearly_activity.removed",
        Wording(nb="tok ut av årshjulet", da="tog ud af årshjulet", en="took out of the annual wheel"),
    ),
    ActionText(
        "yearly_activity.sample_taken",
        Wording(
            nb="hentet forslaget til årshjul for",
            da="hentede forslaget til årshjul for",
            en="took in the proposed annual wheel of",
        ),
    ),
)
