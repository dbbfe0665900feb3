"""The words around the content of an agreement, in the agreement's own language."""

from dataclasses import dataclass

from flask_babel import gettext as _

from core.web.languages import in_language


@dataclass(frozen=True)
class EvidenceLabels:
    """What stands on the page that tells how an agreement was signed."""

    title: str
    says: str
    columns: tuple[str, ...]
    name: str
    asked: str
    opened: str
    signed: str
    not_noted: str
    how: str
    link: str
    member: str
    of_text: str
    agreement: str
    version: str
    fingerprint: str
    verify: str


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
    signatures: str
    signature_columns: tuple[str, ...]
    not_signed: str
    bound: str
    by_notice: str
    in_force: str
    signed_at: str
    draft: str
    sent: str
    signed: str
    cancelled: str
    version: str
    page: str
    evidence: EvidenceLabels
    seal_reason: str


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
            draft=_("Draft"),
            sent=_("Out for signing"),
            signed=_("Signed by all parties"),
            cancelled=_("Cancelled"),
            version=_("version {number}"),
            page=_("Page {page} of {pages}"),
            evidence=_evidence_labels(),
            seal_reason=_("Sealed by Fotfeste when all parties had signed"),
        )


def _evidence_labels() -> EvidenceLabels:
    return EvidenceLabels(
        title=_("How this agreement was signed"),
        says=_(
            "Each party was asked to sign by a personal link in an e-mail, could read the whole text, "
            "and signed it with name and role. Fotfeste noted these times."
        ),
        columns=(_("What"), _("Noted")),
        name=_("Who signed"),
        asked=_("Asked to sign"),
        opened=_("Opened the first time"),
        signed=_("Signed"),
        not_noted=_("not noted"),
        how=_("How"),
        link=_("personal link by e-mail to {email}"),
        member=_("signed in to Fotfeste with {email}"),
        of_text=_("What the signatures are bound to"),
        agreement=_("The agreement's id"),
        version=_("Version"),
        fingerprint=_("Fingerprint of the text (SHA-256)"),
        verify=_(
            "This file has an electronic seal. At {address} everybody can check whether the file is "
            "intact and whether there is a newer version."
        ),
    )
