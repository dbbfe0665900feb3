"""What people wrote when they asked for an approval or stood in for one another."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import or_, select

from core.access.approvals.models import Approval
from core.access.models import StandIn
from core.kernel.database import db
from core.kernel.personal import values_of
from core.kernel.personal_texts import mentioning, mentions, redact
from core.plugin_host.privacy import Erasure, Outcome, PersonalColumn, PersonalData, PersonRecord, Retention
from core.plugin_host.wording import Wording

COOPERATION = "access.cooperation"
_REASON = Wording(nb="Begrunnelse", da="Begrundelse", en="Reason")
_ANSWER = Wording(nb="Svar", da="Svar", en="Answer")


def declared(legal_basis: Wording) -> PersonalData:
    """The category: reasons and answers in words."""
    return PersonalData(
        key=COOPERATION,
        title=Wording(
            nb="Vikarer og godkjenninger", da="Stedfortrædere og godkendelser", en="Deputies and approvals"
        ),
        about=Wording(
            nb="Medarbeidere og dem saken gjelder",
            da="Medarbejdere og dem, sagen handler om",
            en="Members of staff and those it is about",
        ),
        purpose=Wording(
            nb="Vise hvem som handlet for hvem, og hvorfor to personer bestemte noe",
            da="Vise, hvem der handlede for hvem, og hvorfor to personer bestemte noget",
            en="Showing who acted for whom, and why two people decided something",
        ),
        legal_basis=legal_basis,
        retention=Retention(
            Wording(nb="det tok slutt", da="det ophørte", en="it ended"),
            months=24,
        ),
        outcome=Outcome.ANONYMISE,
        columns=(
            PersonalColumn("access_approval.reason", _REASON),
            PersonalColumn("access_approval.answer", _ANSWER),
            PersonalColumn("access_stand_in.reason", _REASON),
        ),
    )


def export(
    subject_ids: list[UUID], account_ids: list[UUID], membership_ids: list[UUID], words: Collection[str]
) -> list[PersonRecord]:
    """What was written by the accounts or about the subjects, and what mentions the words."""
    by_them = _approvals(subject_ids, account_ids)
    return [
        *(PersonRecord(COOPERATION, "approval", row.id, values_of(row), "", row.asked_at) for row in by_them),
        *(
            PersonRecord(COOPERATION, "approval", row.id, mentioning(row, words), "", row.asked_at)
            for row in _mentioning(words)
            if row not in by_them
        ),
        *(
            PersonRecord(COOPERATION, "stand_in", row.id, values_of(row), "", row.begins_at)
            for row in _stand_ins(membership_ids)
        ),
    ]


def erase(
    subject_ids: list[UUID],
    account_ids: list[UUID],
    membership_ids: list[UUID],
    words: Collection[str],
    *,
    dry_run: bool,
) -> Erasure:
    """Take what they wrote away, and the words where others did; that it was asked for and answered stays."""
    approvals, stand_ins = _approvals(subject_ids, account_ids), _stand_ins(membership_ids)
    mentioned = [row for row in _mentioning(words) if row not in approvals]
    if not dry_run:
        for approval in approvals:
            approval.reason = approval.answer = ""
        for stand_in in stand_ins:
            stand_in.reason = ""
        for row in mentioned:
            redact(row, words)
    return Erasure(COOPERATION, Outcome.ANONYMISE, len(approvals) + len(stand_ins) + len(mentioned))


def _approvals(subject_ids: list[UUID], account_ids: list[UUID]) -> list[Approval]:
    query = select(Approval).where(
        or_(
            Approval.subject_id.in_(subject_ids),
            Approval.asked_by.in_(account_ids),
            Approval.decided_by.in_(account_ids),
        )
    )
    return list(db.session.scalars(query))


def _mentioning(words: Collection[str]) -> list[Approval]:
    rows = db.session.scalars(select(Approval).where(mentions(Approval, words)))
    return [row for row in rows if mentioning(row, words)]


def _stand_ins(membership_ids: list[UUID]) -> list[StandIn]:
    query = select(StandIn).where(
        or_(StandIn.absent_id.in_(membership_ids), StandIn.deputy_id.in_(membership_ids))
    )
    return list(db.session.scalars(query))
