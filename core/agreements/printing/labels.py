"""The words around the content of an agreement, in the agreement's own language."""

from dataclasses import dataclass

from flask_babel import gettext as _

from core.agreements.annexes.labels import AnnexLabels, annex_labels
from core.agreements.printing.evidence_labels import EvidenceLabels, evidence_labels
from core.web.languages import in_language


@dataclass(frozen=True)
class Labels:
    """What stands beside the text: headings of tables, sentences of duration, words of state.

    Texts with braces are filled by `str.format`.
    """

    language: str
    number: str
    period: str
    responsible: str
    goals: str
    goal_columns: tuple[str, ...]
    meetings: str
    meeting_columns: tuple[str, ...]
    called_by: str
    first_after: str
    contacts: str
    contact_columns: tuple[str, ...]
    from_signing: str
    without_end: str
    from_to: str
    from_on: str
    one_month: str
    months: str
    count: str
    one_day: str
    days: str
    described: str
    sub_goal: str
    signatures: str
    signature_columns: tuple[str, ...]
    not_signed: str
    bound: str
    by_notice: str
    in_force: str
    signed_at: str
    on_behalf: str
    draft: str
    sent: str
    signed: str
    cancelled: str
    version: str
    page: str
    evidence: EvidenceLabels
    seal_reason: str
    annexes: AnnexLabels


def labels_in(language: str) -> Labels:
    """The labels in a language: `nb`, `da` or `en`. Needs an application context."""
    with in_language(language):
        return Labels(
            language=language,
            number=_("organisation number {number}"),
            period=_("Period"),
            responsible=_("Responsible: {name}"),
            goals=_("Goals that we count"),
            goal_columns=(_("Goal"), _("Target"), _("Period"), _("How it is counted")),
            meetings=_("Meetings, reports and evaluations"),
            meeting_columns=(_("What"), _("How often"), _("Who takes part"), _("Agenda")),
            called_by=_("called by {name}"),
            first_after=_("first time {months} after the start"),
            contacts=_("Contacts"),
            contact_columns=(_("Contact"), _("Name"), _("For"), _("E-mail and telephone")),
            from_signing=_("the day when all have signed"),
            without_end=_("no end date"),
            from_to=_("The agreement applies from {start} to {end}."),
            from_on=_("The agreement applies from {start}. It has no end date."),
            one_month=_("1 month"),
            months=_("{count} months"),
            count=_("{count} in number"),
            one_day=_("1 day"),
            days=_("{count} days"),
            described=_("described, without a number"),
            sub_goal=_("Sub-goal: {title}"),
            signatures=_("Signatures"),
            signature_columns=(_("Party"), _("Name"), _("Role"), _("Signed")),
            not_signed=_("not signed yet"),
            bound=_("Each signature is bound to exactly this text. Its fingerprint (SHA-256) is {sha256}"),
            by_notice=_(
                "This version came by notice: only details that need no signatures are new. "
                "The signatures are bound to the text before it, whose fingerprint (SHA-256) is {sha256}"
            ),
            in_force=_("All parties have signed. The agreement applies from {date}."),
            signed_at=_("{date} at {time}"),
            on_behalf=_("{name}, on behalf of {signatory}"),
            draft=_("Draft"),
            sent=_("Out for signing"),
            signed=_("Signed by all parties"),
            cancelled=_("Cancelled"),
            version=_("version {number}"),
            page=_("Page {page} of {pages}"),
            evidence=evidence_labels(),
            seal_reason=_("Sealed by Fotfeste when all parties had signed"),
            annexes=annex_labels(language),
        )
